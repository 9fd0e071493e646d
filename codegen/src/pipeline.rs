//! The pipeline, stage by stage: what edmark does, on one page.
//!
//! | stage | module | from → to |
//! | --- | --- | --- |
//! | load | [`source`](crate::source) | folders → [`SourceMap`] |
//! | parse | [`markdown`] | text → [`Page`](crate::page::Page) |
//! | read | [`read`](mod@crate::read) | `Page` → [`Schema`]; [`read::csdl`]: metadata → the same |
//! | resolve | [`resolve`](mod@crate::resolve) | `Schema` → [`Model`] |
//! | emit | [`emit`](mod@crate::emit) | `Model` → [`FileSet`](crate::file_set::FileSet) |
//! | write | [`file_set`](crate::file_set) | `FileSet` → disk |

use crate::cache::{Kept, Pages, Reading};
use crate::config::Selection;
use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::model::replays::Replay;
use crate::schema::Schema;
use crate::source::{FileId, Format, SourceMap};
use crate::{markdown, parallel, read, resolve};

/// Parses and reads every page.
pub fn read(sources: &SourceMap) -> (Schema, Diagnostics) {
    let (schema, diagnostics, _) = read_again(sources, &[], &Pages::default());
    (schema, diagnostics)
}

/// Parses and reads the pages that are not known from earlier runs; `hashes` are the pages', or none where nothing is to be kept.
pub(crate) fn read_again(sources: &SourceMap, hashes: &[u128], known: &Pages) -> (Schema, Diagnostics, Vec<Kept>) {
    let pages = sources.files().filter(|(_, file)| file.format == Format::Page);
    let files: Vec<_> = pages.map(|(id, _)| id).collect();
    let pages = parallel::map(&files, |file| {
        known.get_or_read(hashes.get(file.index()).copied(), *file, || read_page(sources, *file))
    });
    let mut schema = Schema::default();
    let mut diagnostics = Diagnostics::default();
    let mut keep = Vec::new();
    for (page, problems, kept) in pages {
        schema.append(page);
        diagnostics.append(problems);
        keep.extend(kept);
    }
    (schema, diagnostics, keep)
}

/// Reads the service's metadata.
///
/// # Errors
/// [`MetadataError`](read::csdl::MetadataError) for a document that is none.
pub fn read_metadata(sources: &SourceMap) -> Result<(Schema, Diagnostics), read::csdl::MetadataError> {
    let mut diagnostics = Diagnostics::default();
    let schema = read::csdl::read(sources, &mut diagnostics)?;
    Ok((schema, diagnostics))
}

/// Parses and reads one page.
pub(crate) fn read_page(sources: &SourceMap, file: FileId) -> Reading {
    let mut diagnostics = Diagnostics::default();
    let page = markdown::parse(sources, file, &mut diagnostics);
    let schema = read::read(&page, &mut diagnostics);
    Reading::new(sources, (schema, diagnostics))
}

/// Settles what the pages say.
pub fn resolve(schema: &Schema, sources: &SourceMap, options: &resolve::Options) -> (Model, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let model = resolve::resolve(schema, sources, options, &mut diagnostics);
    (model, diagnostics)
}

/// Finds the calls that make the example requests of the pages, for tests of the code of a model.
pub fn replays(schema: &Schema, model: &Model, sources: &SourceMap) -> Vec<Replay> {
    resolve::replays(schema, model, sources)
}

/// Leaves out what was not asked for.
///
/// # Errors
/// [`SelectionError`](resolve::SelectionError) for a name that fits nothing.
pub fn select(mut model: Model, sources: &SourceMap, selection: &Selection) -> Result<Model, resolve::SelectionError> {
    resolve::select(&mut model, sources, selection)?;
    Ok(model)
}
