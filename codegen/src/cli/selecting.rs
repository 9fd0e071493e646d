//! The arguments that select types and operations, which several subcommands share.

use crate::config::{Config, Navigation};

/// The types and operations to generate.
#[derive(Debug, clap::Args)]
pub(super) struct Selecting {
    /// Only this type and what it needs, may be given several times: a qualified or simple name, a
    /// namespace, with `*` for anything; or an operation, by the name of its page
    #[arg(long, value_name = "NAME")]
    include: Vec<String>,
    /// Without this type, namespace or operation; may be given several times
    #[arg(long, value_name = "NAME")]
    exclude: Vec<String>,
    /// What becomes of navigation properties to types that are not included
    #[arg(long, value_enum, value_name = "HOW")]
    navigation: Option<Navigation>,
}

impl Selecting {
    /// Adds the arguments to the selection of a configuration.
    pub(super) fn add_to(&self, config: Config) -> Config {
        let config = config.include(&self.include).exclude(&self.exclude);
        match self.navigation {
            Some(navigation) => config.navigation(navigation),
            None => config,
        }
    }
}
