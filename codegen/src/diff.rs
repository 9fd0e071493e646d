//! The effects of a change of the pages on callers of the generated code.
//!
//! Two [surfaces](crate::surface) of generated code are compared, so the result does not depend on
//! which page was edited. Each change has a [`Grade`] for callers in other crates, by the rules of
//! [Cargo's book](https://doc.rust-lang.org/cargo/reference/semver.html) and of [Semantic
//! Versioning 2.0.0](https://semver.org):
//!
//! | change | grade | because |
//! | --- | --- | --- |
//! | removed | breaking | who named it no longer compiles; what only a removed function led to is named there |
//! | renamed | breaking | as removed |
//! | another type, signature or kind of item | breaking | as removed |
//! | no longer derived from a type | breaking | who made the one of the other no longer compiles |
//! | added | minor | no struct can be built or matched without `..`, and no enum matched without `_`: see the generated code |
//! | deprecated | minor | Semantic Versioning, rule 7 |
//! | read-only, or no longer | minor | what compiled compiles; the service decides what it takes |
//! | another name or path in the service | minor | what compiled compiles, and does something else |
//! | no longer deprecated, another documentation | documentation | |

mod compare;
mod consequences;
mod inherited;
pub mod markdown;
mod renames;
mod sentence;

use std::fmt;

pub use compare::compare;

use crate::surface::{ItemKind, Shape};

/// The differences of two surfaces, by type.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// The types that differ, by path.
    pub types: Vec<TypeChanges>,
}

/// The changes of a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TypeChanges {
    /// Its path below the root of the generated code; the new one if it was renamed.
    pub path: String,
    /// The type of the service that it represents.
    pub origin: String,
    /// The kind of the Rust item.
    pub shape: Shape,
    /// The changes: first those of the type itself, then those of its items, by grade and then in
    /// the order of the code.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The item of the type; `None` for the type itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemName>,
    /// The kind of change.
    #[serde(flatten)]
    pub what: What,
    /// The grade of the change for callers.
    pub grade: Grade,
    /// The derived types that inherit the same property and therefore have the same change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
    /// The builders and the parameters of actions that only this function led to, and that are gone
    /// with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// An item of a type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ItemName {
    /// The kind of item.
    pub kind: ItemKind,
    /// Its name in Rust; the new one if it was renamed.
    pub name: String,
}

/// A kind of change to a type or an item.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum What {
    /// It is new.
    Added {
        /// Its type; empty for a type, and for items without a type.
        signature: String,
    },
    /// It was removed.
    Removed {
        /// The type that it had.
        signature: String,
    },
    /// It has another name.
    Renamed {
        /// The old one.
        from: String,
        /// True if both stand for the same element of the service. Otherwise they are only similar:
        /// one was removed and one was added.
        certain: bool,
    },
    /// It has another type.
    Retyped {
        /// The old one.
        from: String,
        /// The new one.
        to: String,
    },
    /// It no longer derives from a type that it derived from.
    Rebased {
        /// The former direct base type.
        from: String,
        /// The new base type; empty for none.
        to: String,
    },
    /// Only the service sets it now. Code that sets it still compiles.
    ReadOnly,
    /// It can be set, and could not be set before.
    Writable,
    /// It represents another element of the service.
    Rewired {
        /// The old name, or method and path.
        from: String,
        /// The new one.
        to: String,
    },
    /// It is deprecated.
    Deprecated {
        /// The reason; may be empty.
        reason: String,
    },
    /// It is no longer deprecated.
    Undeprecated,
    /// Its documentation is different.
    Documented,
}

/// The effect of a change on callers in another crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// No effect on compilation or behaviour.
    Documentation,
    /// There is something new, or something to check; existing code compiles.
    Minor,
    /// Code that uses it no longer compiles.
    Breaking,
}

impl Grade {
    /// The name of the grade.
    pub fn name(self) -> &'static str {
        match self {
            Grade::Documentation => "documentation",
            Grade::Minor => "minor",
            Grade::Breaking => "breaking",
        }
    }
}

impl What {
    /// The grade of the change: the table of the [module](self).
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

    /// The number of changes of a grade; one that derived types share counts once.
    pub fn count(&self, grade: Grade) -> usize {
        self.changes().filter(|(_, change)| change.grade == grade).count()
    }

    /// The highest grade; `None` if there are no differences.
    pub fn grade(&self) -> Option<Grade> {
        self.changes().map(|(_, change)| change.grade).max()
    }

    /// The part of the version that the next release has to increase, from 1.0.0 on.
    pub fn step(&self) -> Step {
        match self.grade() {
            None => Step::None,
            Some(Grade::Documentation) => Step::Patch,
            Some(Grade::Minor) => Step::Minor,
            Some(Grade::Breaking) => Step::Major,
        }
    }

    /// The same for a version 0.x.y, in which cargo treats x as the major and y as the minor part.
    /// (For a version 0.0.y, every release is breaking.)
    pub fn step_before_1(&self) -> Step {
        match self.step() {
            Step::Major => Step::Minor,
            Step::Minor => Step::Patch,
            step => step,
        }
    }
}
