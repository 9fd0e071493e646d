//! Why a run ended without a result.
//!
//! The errors of a build-dependency are written out: deriving them would make everybody who builds it wait for syn first.

use std::error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::config::ConfigError;
use crate::file_set::WriteError;
use crate::read::csdl::MetadataError;
use crate::resolve::SelectionError;
use crate::source::LoadError;

/// Why nothing, or not everything, was generated. Problems of single pages are no errors but
/// [`Diagnostics`](crate::diagnostics::Diagnostics).
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Neither a folder of pages nor a document of metadata was named.
    NoDocs,
    /// A document of metadata is not understood.
    Metadata(MetadataError),
    /// The pages could not be loaded.
    Load(LoadError),
    /// A configuration file could not be read.
    ReadConfig {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A configuration file was not understood.
    Config(ConfigError),
    /// A type to include or to exclude is not there.
    Selection(SelectionError),
    /// The folder that is to hold `edmark-runtime` does not.
    NoRuntime {
        /// The folder.
        path: PathBuf,
    },
    /// Neither an output folder nor the environment variable `OUT_DIR` is set.
    NoOutDir,
    /// The code could not be written.
    Write(WriteError),
    /// Standard output is closed or full.
    Output(io::Error),
    /// Pages have problems, and warnings are denied.
    Denied {
        /// How many there are.
        count: usize,
        /// The first in one line, with its place.
        first: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoDocs => {
                f.write_str(
                    "no folder of pages is given: call `docs`, pass `--docs DIR`, or set `docs` in edmark.toml; or the service's \
                     metadata: `metadata`, `--metadata FILE`",
                )
            }
            Error::Load(error) => error.fmt(f),
            Error::Metadata(error) => error.fmt(f),
            Error::ReadConfig { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Error::Config(error) => error.fmt(f),
            Error::Selection(error) => error.fmt(f),
            Error::NoRuntime { path } => {
                write!(f, "{} is not the folder of edmark-runtime: there is no Cargo.toml in it", path.display())
            }
            Error::NoOutDir => f.write_str(
                "no output folder: OUT_DIR is not set (it is in a build script) and `out_dir` was not called",
            ),
            Error::Write(error) => error.fmt(f),
            Error::Output(error) => write!(f, "cannot write to standard output: {error}"),
            Error::Denied { count, first } => {
                write!(f, "{count} problems on the pages, and warnings are denied; the first: {first}")
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            // These say what the error inside says.
            Error::Load(error) => error.source(),
            Error::Write(error) => error.source(),
            Error::ReadConfig { source, .. } => Some(source),
            Error::Output(source) => Some(source),
            Error::Config(_)
            | Error::Metadata(_)
            | Error::Selection(_)
            | Error::NoDocs
            | Error::NoRuntime { .. }
            | Error::NoOutDir
            | Error::Denied { .. } => None,
        }
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        Error::Load(error)
    }
}

impl From<MetadataError> for Error {
    fn from(error: MetadataError) -> Self {
        Error::Metadata(error)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Error::Config(error)
    }
}

impl From<SelectionError> for Error {
    fn from(error: SelectionError) -> Self {
        Error::Selection(error)
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        Error::Write(error)
    }
}
