//! The reasons why a run ended without a result.

use std::io;
use std::path::PathBuf;

use crate::config::ConfigError;
use crate::file_set::WriteError;
use crate::read::csdl::MetadataError;
use crate::resolve::SelectionError;
use crate::source::LoadError;

/// The reason why the code was not, or not completely, generated. Problems of single pages are not
/// errors but [`Diagnostics`](crate::diagnostics::Diagnostics).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Neither a folder of pages nor a metadata document was given.
    #[error(
        "no folder of pages is given: call `docs`, pass `--docs DIR`, or set `docs` in edmark.toml; or the service's metadata: `metadata`, \
         `--metadata FILE`"
    )]
    NoDocs,
    /// A metadata document is not valid.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// The pages could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A configuration file could not be read, or is not valid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A type to include or to exclude does not exist.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// The folder given for `edmark-runtime` does not contain it.
    #[error(
        "{} is not the folder of edmark-runtime: there is no Cargo.toml in it; pass the folder that has it to `--runtime-path`",
        .path.display()
    )]
    NoRuntime {
        /// The folder.
        path: PathBuf,
    },
    /// Neither an output folder nor the environment variable `OUT_DIR` is set.
    #[error("no output folder: OUT_DIR is not set (it is in a build script), so call `out_dir`")]
    NoOutDir,
    /// There is nothing to generate: the folder is not that of reference pages, or none of them can
    /// be read. Writing would remove all code of an earlier run.
    #[error(
        "no page describes a type or an operation ({pages} in all), so nothing was written; {}",
        .first.as_deref().unwrap_or("name the folders of the reference pages")
    )]
    NothingDescribed {
        /// The number of pages and metadata documents.
        pages: usize,
        /// The first problem in one line, with its place.
        first: Option<String>,
    },
    /// The code could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Standard output is closed or full.
    #[error("cannot write to standard output: {0}")]
    Output(#[source] io::Error),
    /// Pages have problems, and [`Config::deny_warnings`](crate::Config::deny_warnings) was called.
    #[error("{count} problems on the pages, and warnings are denied; the first: {first}")]
    Denied {
        /// The number of problems.
        count: usize,
        /// The first problem in one line, with its place.
        first: String,
    },
}
