//! What a path leads to, as far as the model tells: entity sets and singletons by the names of
//! their types, then property by property (OData URL Conventions 4.01, 4).
//!
//! Pages describe no entity container, so the first segment is taken by its name: `users` holds the
//! entity type `user`, `me` is a user, and a singleton has its type's name. A segment that the type
//! before it does not know is taken as the one navigation property of that name that the service
//! has, if all of them lead to the same type.

use super::requests::vocabulary::Vocabulary;
use crate::model::{Model, Segment, TypeId, ValueType};

/// The properties of a model, by what a path calls them.
pub(super) struct Addresses<'m> {
    vocabulary: Vocabulary<'m>,
}

impl<'m> Addresses<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Addresses { vocabulary: Vocabulary::new(model) }
    }

    /// The type of what a path addresses: of the value, or of a collection's items. `None` where it
    /// leads to no structured value.
    pub(super) fn target(&self, path: &[Segment]) -> Option<TypeId> {
        let mut at = None;
        for (position, segment) in path.iter().enumerate() {
            at = match segment {
                Segment::Literal(name) => self.step(at, name, position == 0),
                Segment::Key(_) | Segment::Mixed(_) => at,
                Segment::ByPath { anchor, .. } if anchor.starts_with('{') => at,
                Segment::ByPath { anchor, .. } => self.step(at, anchor, position == 0),
                Segment::Call { .. } => None,
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
            // A cast, or the qualified name of an action.
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
