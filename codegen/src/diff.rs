//! What a change of the pages does to the callers of the generated code.
//!
//! Two [surfaces](crate::surface) are compared, so what is said is true of the code, whatever was
//! edited on which page. Each change has a [`Grade`], by the rules of
//! [Cargo's book](https://doc.rust-lang.org/cargo/reference/semver.html) and of
//! [Semantic Versioning 2.0.0](https://semver.org), for callers in other crates:
//!
//! | change | grade | because |
//! | --- | --- | --- |
//! | removed | breaking | who named it no longer compiles |
//! | renamed | breaking | as removed |
//! | another type, signature or kind of item | breaking | as removed |
//! | no longer derived from a type | breaking | who made the one of the other no longer compiles |
//! | added | minor | no struct can be built or matched without `..`, and no enum matched without `_`: see the generated code |
//! | deprecated | minor | Semantic Versioning, rule 7 |
//! | read-only, or no longer | minor | what compiled compiles; the service decides what it takes |
//! | another name or path in the service | minor | what compiled compiles, and does something else |
//! | no longer deprecated, another documentation | documentation | |

mod compare;
mod inherited;
pub mod markdown;
mod renames;
mod sentence;

use std::fmt;

pub use compare::compare;

use crate::surface::{ItemKind, Shape};

/// What two surfaces do not have in common, by type.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// The types that differ, by path.
    pub types: Vec<TypeChanges>,
}

/// The changes of a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TypeChanges {
    /// Its path below the root of the generated code; the new one where it was renamed.
    pub path: String,
    /// The type of the service that it stands for.
    pub origin: String,
    /// What it is in Rust.
    pub shape: Shape,
    /// What changed: that which concerns the type itself, then its items by grade and in the order
    /// of the code.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The item of the type; `None` for the type itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemName>,
    /// What happened to it.
    #[serde(flatten)]
    pub what: What,
    /// What that means to callers.
    pub grade: Grade,
    /// The types that derive from this one and have the same change, as they have the same
    /// property.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
}

/// An item of a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ItemName {
    /// What it is.
    pub kind: ItemKind,
    /// Its name in Rust; the new one where it was renamed.
    pub name: String,
}

/// What happened to a type or an item.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum What {
    /// It is new.
    Added {
        /// Its type; empty for a type, and for what has none.
        signature: String,
    },
    /// It is gone.
    Removed {
        /// The type that it had.
        signature: String,
    },
    /// It has another name.
    Renamed {
        /// The old one.
        from: String,
        /// It stands for the same thing of the service. Otherwise it only looks like it: one is
        /// gone and one is new.
        certain: bool,
    },
    /// It has another type.
    Retyped {
        /// The old one.
        from: String,
        /// The new one.
        to: String,
    },
    /// It does not derive any more from a type that it derived from.
    Rebased {
        /// The type that it derived from directly.
        from: String,
        /// The one that it derives from now; empty for none.
        to: String,
    },
    /// Only the service sets it now. To set it still compiles.
    ReadOnly,
    /// It can be set, as it could not before.
    Writable,
    /// It stands for something else of the service.
    Rewired {
        /// The old name, or method and path.
        from: String,
        /// The new one.
        to: String,
    },
    /// It is not to be used any more.
    Deprecated {
        /// Why; may be empty.
        reason: String,
    },
    /// It may be used again.
    Undeprecated,
    /// What is said about it differs.
    Documented,
}

/// What a change means to a caller in another crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Nothing to the compiler, nor to what the code does.
    Documentation,
    /// There is more than before, or something to look at; what compiled compiles.
    Minor,
    /// Code that uses it does not compile any more.
    Breaking,
}

impl Grade {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Grade::Documentation => "documentation",
            Grade::Minor => "minor",
            Grade::Breaking => "breaking",
        }
    }
}

impl What {
    /// What it means to callers: the table of the [module](self).
    pub fn grade(&self) -> Grade {
        match self {
            What::Removed { .. } | What::Renamed { .. } | What::Retyped { .. } | What::Rebased { .. } => {
                Grade::Breaking
            }
            What::Added { .. } | What::Deprecated { .. } | What::ReadOnly | What::Writable | What::Rewired { .. } => {
                Grade::Minor
            }
            What::Undeprecated | What::Documented => Grade::Documentation,
        }
    }
}

/// A part of a version number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// No release is needed.
    None,
    /// 1.2.3 → 1.2.4
    Patch,
    /// 1.2.3 → 1.3.0
    Minor,
    /// 1.2.3 → 2.0.0
    Major,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Step::None => "none",
            Step::Patch => "patch",
            Step::Minor => "minor",
            Step::Major => "major",
        })
    }
}

impl Comparison {
    /// All changes with their types.
    pub fn changes(&self) -> impl Iterator<Item = (&TypeChanges, &Change)> {
        self.types.iter().flat_map(|ty| ty.changes.iter().map(move |change| (ty, change)))
    }

    /// How many changes have a grade; one that derived types share counts once.
    pub fn count(&self, grade: Grade) -> usize {
        self.changes().filter(|(_, change)| change.grade == grade).count()
    }

    /// The gravest grade; `None` where nothing differs.
    pub fn grade(&self) -> Option<Grade> {
        self.changes().map(|(_, change)| change.grade).max()
    }

    /// The part of the version that the next release raises, from 1.0.0 on.
    pub fn step(&self) -> Step {
        match self.grade() {
            None => Step::None,
            Some(Grade::Documentation) => Step::Patch,
            Some(Grade::Minor) => Step::Minor,
            Some(Grade::Breaking) => Step::Major,
        }
    }

    /// The same for a version 0.x.y, where cargo takes x for the major part and y for the minor
    /// one. (Of a version 0.0.y, every release is breaking.)
    pub fn step_before_1(&self) -> Step {
        match self.step() {
            Step::Major => Step::Minor,
            Step::Minor => Step::Patch,
            step => step,
        }
    }
}
