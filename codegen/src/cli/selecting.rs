//! Arguments that say which types and operations are meant; the same for all subcommands that
//! select.

use crate::config::{Config, Navigation};

/// Which types and operations.
#[derive(Debug, clap::Args)]
pub(super) struct Selecting {
    /// Only these types and what they need: qualified or simple names, namespaces, with `*` for
    /// anything; or operations, by the names of their pages
    #[arg(long, value_name = "NAME", num_args = 1..)]
    include: Vec<String>,
    /// Without these types, namespaces and operations
    #[arg(long, value_name = "NAME", num_args = 1..)]
    exclude: Vec<String>,
    /// What becomes of navigation properties to types that are not included
    #[arg(long, value_enum, value_name = "HOW")]
    navigation: Option<Navigation>,
}

impl Selecting {
    /// Adds to what a configuration selects.
    pub(super) fn add_to(&self, config: Config) -> Config {
        let config = config.include(&self.include).exclude(&self.exclude);
        match self.navigation {
            Some(navigation) => config.navigation(navigation),
            None => config,
        }
    }
}
