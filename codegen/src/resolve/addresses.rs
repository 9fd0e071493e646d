//! What a path leads to, as far as the model tells: entity sets and singletons by the names of their types, then property by property
//! (OData URL Conventions 4.01, 4).
//!
//! Pages describe no entity container, so the first segment is taken by its name: `users` holds the entity type `user`, `me` is a user,
//! and a singleton has its type's name. A segment that the type before it does not know is taken as the one navigation property of
//! that name that the service has, if all of them lead to the same type.

use std::collections::HashMap;

use crate::model::{Model, Segment, TypeId, TypeKind, ValueType};

/// The properties of a model, by what a path calls them.
pub(super) struct Addresses<'m> {
    model: &'m Model,
    /// Entity sets and singletons, in lower case.
    roots: HashMap<String, TypeId>,
    /// Where all navigation properties of a name lead, in lower case; `None` where they do not agree.
    anywhere: HashMap<String, Option<TypeId>>,
}

impl<'m> Addresses<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut roots = HashMap::new();
        let mut anywhere: HashMap<String, Option<TypeId>> = HashMap::new();
        for (id, ty) in model.structured_types() {
            for property in &ty.properties {
                if let (true, ValueType::Structured(target)) = (property.is_navigation, &property.ty.item) {
                    let target = *target;
                    let known = anywhere.entry(property.name.to_ascii_lowercase()).or_insert(Some(target));
                    *known = known.filter(|known| *known == target);
                }
            }
            if ty.kind == TypeKind::Entity {
                let name = ty.name.name.to_ascii_lowercase();
                for root in [plural(&name), name] {
                    roots.entry(root).or_insert(id);
                }
            }
        }
        if let Some(user) = roots.get("user").copied() {
            roots.insert("me".to_owned(), user);
        }
        Addresses { model, roots, anywhere }
    }

    /// The type of what a path addresses: of the value, or of a collection's items. `None` where it leads to no structured value.
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
        if let Some((_, simple)) = name.rsplit_once('.') {
            // A cast, or the qualified name of an action.
            return self.roots.get(simple).copied();
        }
        let declared = at.and_then(|at| self.property(at, &name));
        let root = || if first { self.roots.get(&name).copied() } else { None };
        declared.or_else(root).or_else(|| self.anywhere.get(&name).copied().flatten())
    }

    /// Where a property of a type, or of one derived from it, leads.
    fn property(&self, owner: TypeId, name: &str) -> Option<TypeId> {
        let of = |id: TypeId| self.model.structured(id).properties.iter();
        let mut properties = self
            .model
            .ancestry(owner)
            .flat_map(of)
            .chain(self.model.descendants(owner).into_iter().flat_map(of))
            .filter(|property| property.name.eq_ignore_ascii_case(name));
        properties.find_map(|property| match property.ty.item {
            ValueType::Structured(target) => Some(target),
            _ => None,
        })
    }
}

/// English, as far as entity sets need it.
fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x']) || name.ends_with("ch") || name.ends_with("sh") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}
