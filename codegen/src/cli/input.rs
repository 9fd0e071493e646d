//! The arguments for the pages and metadata to read, which all subcommands share.

use std::path::PathBuf;

use crate::config::{Config, ConfigError};
use crate::error::Error;

/// The pages and metadata to read.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// A folder of pages (*.md), may be given several times; without it and --metadata, what the
    /// nearest edmark.toml says
    #[arg(long, value_name = "DIR")]
    pub(super) docs: Vec<PathBuf>,
    /// The service's own metadata (CSDL XML or JSON, the response of `$metadata`), with or without
    /// pages; may be given several times
    #[arg(long, value_name = "FILE")]
    metadata: Vec<PathBuf>,
    /// Read this configuration, not the nearest edmark.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Input {
    /// The configuration with the values of the arguments. `--docs` and `--metadata` replace those
    /// of the file. A file is only searched for if neither is given, so that such a command has the
    /// same result in every folder.
    pub(super) fn config(&self) -> Result<Config, Error> {
        let mut config = match &self.config {
            Some(path) => Config::from_file(path)?,
            None if self.docs.is_empty() && self.metadata.is_empty() => nearest()?,
            None => Config::new(),
        };
        if !self.docs.is_empty() {
            config.options.docs.clone_from(&self.docs);
        }
        if !self.metadata.is_empty() {
            config.options.metadata.clone_from(&self.metadata);
        }
        Ok(config)
    }
}

fn nearest() -> Result<Config, Error> {
    let here = std::env::current_dir().map_err(|source| ConfigError::Read { path: ".".into(), source })?;
    let Some(found) = Config::find(&here) else {
        return Err(Error::NoDocs);
    };
    // A path relative to the current folder: `edmark.toml`, `../edmark.toml`.
    let depth = here.strip_prefix(found.parent().unwrap_or(&here)).map_or(0, |below| below.components().count());
    let path: PathBuf = std::iter::repeat_n("..", depth).chain([crate::config::FILE_NAME]).collect();
    Ok(Config::from_file(path)?)
}
