//! A run where nothing but the wording of descriptions has changed since an earlier one: its model, and only the files whose text is another.

use std::path::Path;

use crate::cache::{Cache, KeptBase, Record};
use crate::emit::{self, Layout};
use crate::file_set::FileSet;
use crate::parallel;
use crate::source::SourceMap;

/// What the run that `kept` is of would be for the pages of now, whose hashes are `hashes`, and what is to be written. `None` where it takes a
/// whole run.
pub(super) fn files(
    kept: &KeptBase,
    layout: &Layout,
    out: &Path,
    cache: &Cache,
    sources: &SourceMap,
    hashes: &[u128],
) -> Option<(Record, FileSet)> {
    let rewording = kept.rewording(sources, hashes, &cache.pages())?;
    let mut base = kept.open()?;
    rewording.relocate(&mut base.run.diagnostics)?;
    rewording.describe(&mut base.model);
    if let Layout::SingleFile { .. } = layout {
        let files = emit::emit(&base.model, sources, &emit::Options { layout: layout.clone() });
        return Some((base.run, files));
    }
    let mut changed = base.run.output.changed_in(out);
    let units = emit::units::units(&base.model);
    let mut wanted = Vec::new();
    for placed in &base.placed {
        let has_changed = changed.remove(&placed.path);
        let unit = units.get(placed.unit)?;
        if has_changed || unit.hash() != placed.hash {
            wanted.push((placed, unit));
        }
    }
    // Files that hold no unit are not written alone.
    if !changed.is_empty() {
        return None;
    }
    let mut files = base.run.output.without(wanted.iter().map(|(placed, _)| placed.path.as_str()));
    let texts = parallel::map(&wanted, |(_, unit)| unit.file_text());
    for ((placed, _), text) in wanted.iter().zip(texts) {
        files.insert(placed.path.as_str(), text);
    }
    Some((base.run, files))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Config;
    use crate::file_set::Edits;
    use crate::run::{Keep, Output, Prepared, prepare};

    /// A page with a problem of reading (a row without a name) and one of resolving (a type that no page describes).
    const PAGE: &str = "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n\n\
        | Property | Type | Description |\n|:---|:---|:---|\n| size | Int32 | How large. |\n| | String | No name. |\n\
        | owner | [elsewhere](elsewhere.md) | Whose it is. |\n";

    struct Run {
        folder: tempfile::TempDir,
        config: Config,
        layout: Layout,
    }

    impl Run {
        fn prepare<'c>(&self, cache: Option<&'c Cache>) -> Prepared<'c> {
            prepare(&self.config, &self.layout, &self.folder.path().join("out"), cache, &|_| ()).expect("a run")
        }

        /// Gives the page a text; whether the next run is not a whole one, and has the problems of a whole one.
        fn is_reworded(&self, cache: &Cache, text: &str) -> bool {
            fs::write(self.folder.path().join("docs/thing.md"), text).expect("written");
            let prepared = self.prepare(Some(cache));
            assert_eq!(prepared.diagnostics, self.prepare(None).diagnostics);
            prepared.write(&self.folder.path().join("out"), Edits::Keep).expect("written");
            matches!(prepared.output, Output::New { keep: Some(Keep { learnt: None, .. }), .. })
        }
    }

    #[test]
    fn problems_move_with_the_text() {
        for layout in [Layout::Modules, Layout::SingleFile { name: "all.rs".to_owned() }] {
            let folder = tempfile::tempdir().expect("a folder");
            let docs = folder.path().join("docs");
            fs::create_dir(&docs).expect("a folder");
            let run = Run { folder, config: Config::new().docs(docs), layout };
            let cache = Cache::at(run.folder.path().to_owned()).expect("a program");
            assert!(!run.is_reworded(&cache, PAGE), "the first run");
            assert!(run.prepare(None).diagnostics.len() >= 2);
            assert!(run.is_reworded(&cache, &PAGE.replace("How large.", "How large it is.")));
            assert!(run.is_reworded(&cache, &PAGE.replace("A thing.", "\n\nWhat things are.")));
            assert!(!run.is_reworded(&cache, &PAGE.replace("How large.", "How large. Read-only.")), "a fact");
            assert!(run.is_reworded(&cache, &PAGE.replace("How large.", "The size. Read-only.")));
            assert!(!run.is_reworded(&cache, &PAGE.replace("Int32", "Int64")), "a type");
        }
    }
}
