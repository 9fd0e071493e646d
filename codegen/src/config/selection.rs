//! What `include`, `exclude` and `navigation` say about the types to generate. Data only: the `select` stage applies it.

use std::collections::BTreeMap;

/// Which types to generate.
///
/// A name is that of a type, qualified (`microsoft.graph.user`) or simple (`user`, in every namespace that has one), or that of a namespace, which
/// stands for the types directly in it. `*` stands for any characters and `?` for one: `microsoft.graph.callRecords.*`, `workbook*`. Case does
/// not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The types to generate, with what they need: their base types and the types of their structural properties. None: all types.
    pub include: Vec<String>,
    /// Types to leave out, also where others need them.
    pub exclude: Vec<String>,
    /// What becomes of navigation properties to types that are not among them.
    pub navigation: Navigation,
    /// Types that another crate, or another part of this one, has: names as above, and the path of the code that was generated there. They are
    /// referred to by that path, and neither they nor what only they need are generated.
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
    /// The property is left out; what the service sends for it is kept with the members that no page describes
    Omit,
}

impl Navigation {
    /// All of them by their names in `edmark.toml`.
    pub(crate) const NAMES: [(&str, Navigation); 3] =
        [("follow", Navigation::Follow), ("untyped", Navigation::Untyped), ("omit", Navigation::Omit)];
}
