//! Finds the type that a path addresses, as far as the model tells: the first segment is an entity
//! set or singleton, and every further one is a property (OData URL Conventions 4.01, 4).
//!
//! Pages do not describe the entity container, so the first segment is interpreted by its name:
//! `users` contains the entity type `user`, `me` is a user, and a singleton has the name of its
//! type. If the type before a segment does not declare it, the segment is interpreted as a
//! navigation property of that name of any type, provided that all of these have the same target
//! type.

use super::requests::vocabulary::Vocabulary;
use crate::model::{Model, Segment, TypeId, ValueType};

/// The properties of a model, by their names in paths.
pub(super) struct Addresses<'m> {
    vocabulary: Vocabulary<'m>,
}

impl<'m> Addresses<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Addresses { vocabulary: Vocabulary::new(model) }
    }

    /// The type of the value or of the collection's items that a path addresses. `None` if it does
    /// not address structured values.
    pub(super) fn target(&self, path: &[Segment]) -> Option<TypeId> {
        let mut at = None;
        for (position, segment) in path.iter().enumerate() {
            at = match segment {
                Segment::Literal(name) => self.step(at, name, position == 0),
                Segment::Key(_) | Segment::Mixed(_) => at,
                Segment::ByPath { anchor, .. } if anchor.starts_with('{') => at,
                Segment::ByPath { anchor, .. } => self.step(at, anchor, position == 0),
                Segment::Call { .. } | Segment::NamedKey { .. } => None,
            };
        }
        at
    }

    fn step(&self, at: Option<TypeId>, name: &str, first: bool) -> Option<TypeId> {
        if name.starts_with('$') {
            return None;
        }
        let name = name.to_ascii_lowercase();
        if name.contains('.') {
            // A type cast, or the qualified name of an action.
            return self.vocabulary.cast(&name, at);
        }
        let declared = at.and_then(|at| match self.vocabulary.property(at, &name)?.ty.item {
            ValueType::Structured(target) => Some(target),
            _ => None,
        });
        let root = || if first { self.vocabulary.root(&name) } else { None };
        declared.or_else(|| root().or_else(|| self.vocabulary.navigation(&name)).map(|(target, _)| target))
    }
}
