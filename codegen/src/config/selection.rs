//! What `include`, `exclude` and `navigation` say about the types and operations to generate. Data
//! only: the `select` stage applies it.

use std::collections::BTreeMap;

/// Which types and operations to generate.
///
/// A name is that of a type, qualified (`microsoft.graph.user`) or simple (`user`, in every
/// namespace that has one), or that of a namespace, which stands for the types directly in it, or
/// that of an operation: its page's name without `.md` (`user-list-messages`). `*` stands for any
/// characters and `?` for one: `microsoft.graph.callRecords.*`, `workbook*`, `user-list-*`. Case
/// does not matter. A name that fits a type means no operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What to generate, with all that it needs. None: everything.
    ///
    /// A type needs its base types and the types of its structural properties, and brings the
    /// operations of its page. An operation needs the types that it carries and answers with; once
    /// one is named, types that are only needed bring no operations of their own.
    pub include: Vec<String>,
    /// Types and operations to leave out, also where others need them.
    pub exclude: Vec<String>,
    /// What becomes of navigation properties to types that are not among them.
    pub navigation: Navigation,
    /// Types that another crate, or another part of this one, has: names as above, and the path of
    /// the code that was generated there. They are referred to by that path, and neither they nor
    /// what only they need are generated.
    pub external: BTreeMap<String, String>,
}

/// What becomes of a navigation property whose target was not selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Navigation {
    /// The target is selected as well, and what it needs
    Follow,
    /// The property stays, its value is untyped
    #[default]
    Untyped,
    /// The property is left out; what the service sends for it is kept with the members that no
    /// page describes
    Omit,
}

impl Navigation {
    /// All of them by their names in `edmark.toml`.
    pub(crate) const NAMES: [(&str, Navigation); 3] =
        [("follow", Navigation::Follow), ("untyped", Navigation::Untyped), ("omit", Navigation::Omit)];
}
