//! The types and operations to generate: `include`, `exclude` and `navigation`. This is data only:
//! the `select` stage applies it.

use std::collections::BTreeMap;

/// The types and operations to generate.
///
/// A name is that of a type, a namespace or an operation. A type is named qualified
/// (`microsoft.graph.user`) or simple (`user`, in every namespace that has one). A namespace stands
/// for the types directly in it. An operation is named by its page without `.md`
/// (`user-list-messages`). `*` stands for any characters and `?` for one:
/// `microsoft.graph.callRecords.*`, `workbook*`, `user-list-*`. Upper and lower case are the same.
/// A name that matches a type does not select operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The types and operations to generate, with everything that they need. If empty: everything.
    ///
    /// A type needs its base types and the types of its structural properties, and includes the
    /// operations of its page. An operation needs the types of its request and of its response. If
    /// an operation is named, types that are only needed do not include operations of their own.
    pub include: Vec<String>,
    /// Types and operations to leave out, even if others need them.
    pub exclude: Vec<String>,
    /// The treatment of navigation properties to types that are not included.
    pub navigation: Navigation,
    /// Types that are generated in another crate, or in another part of this one: names as above,
    /// and the path of the code that was generated there. They are referred to by that path.
    /// Neither they nor types that only they need are generated.
    pub external: BTreeMap<String, String>,
}

/// The treatment of a navigation property whose target type is not selected.
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
    /// All values with their names in `edmark.toml`.
    pub(crate) const NAMES: [(&str, Navigation); 3] =
        [("follow", Navigation::Follow), ("untyped", Navigation::Untyped), ("omit", Navigation::Omit)];
}
