//! What the model calls things, for paths: types, properties, and the names of entity sets and
//! singletons, of which pages have no list.

use std::collections::HashMap;

use crate::model::{Model, Property, TypeId, TypeKind, ValueType};
use crate::schema::{MemberKind, TypeItem};

/// The names of a model. All are looked up in lower case.
pub(in crate::resolve) struct Vocabulary<'m> {
    pub(in crate::resolve) model: &'m Model,
    /// Entity types by the plural of their names: entity sets are called so.
    sets: HashMap<String, TypeId>,
    /// Entity types by their names: singletons are called so.
    singletons: HashMap<String, TypeId>,
    /// Structured types by their simple names.
    types: HashMap<String, Vec<TypeId>>,
    /// Entity sets and singletons by name, where the metadata says them.
    container: HashMap<String, (TypeId, bool)>,
    /// Where the navigation properties of a name lead.
    navigation: HashMap<String, Navigation>,
}

/// What all navigation properties of a name have in common.
#[derive(Clone, Copy, Debug)]
struct Navigation {
    /// Where they lead; `None` where they do not agree.
    target: Option<TypeId>,
    /// All of them are collections.
    collection: bool,
    /// None of them is.
    single: bool,
}

impl<'m> Vocabulary<'m> {
    pub(in crate::resolve) fn new(model: &'m Model) -> Self {
        let mut vocabulary = Vocabulary {
            model,
            sets: HashMap::new(),
            singletons: HashMap::new(),
            types: HashMap::new(),
            container: HashMap::new(),
            navigation: HashMap::new(),
        };
        for (id, ty) in model.structured_types() {
            let name = ty.name.name.to_ascii_lowercase();
            for property in &ty.properties {
                if let (true, ValueType::Structured(target)) = (property.is_navigation, &property.ty.item) {
                    let (target, collection) = (*target, property.ty.collection);
                    let known = vocabulary.navigation.entry(property.name.to_ascii_lowercase()).or_insert(Navigation {
                        target: Some(target),
                        collection,
                        single: !collection,
                    });
                    known.target = known.target.filter(|known| *known == target);
                    known.collection &= collection;
                    known.single &= !collection;
                }
            }
            if ty.kind == TypeKind::Entity {
                vocabulary.sets.entry(plural(&name)).or_insert(id);
                vocabulary.singletons.entry(name.clone()).or_insert(id);
            }
            vocabulary.types.entry(name).or_default().push(id);
        }
        for (singleton, ty) in &model.service.singletons {
            let simple = ty.rsplit('.').next().unwrap_or_default();
            if let Some(ty) = vocabulary.singletons.get(&simple.to_ascii_lowercase()).copied() {
                vocabulary.singletons.insert(singleton.to_ascii_lowercase(), ty);
            }
        }
        for member in &model.container {
            let (ty, many) = match &member.kind {
                MemberKind::EntitySet(ty) => (ty, true),
                MemberKind::Singleton(ty) => (ty, false),
                MemberKind::ActionImport(_) | MemberKind::FunctionImport(_) => continue,
            };
            let TypeItem::Named(name) = &ty.item else { continue };
            if let Some(id) = vocabulary.cast(&name.name.to_ascii_lowercase(), None) {
                vocabulary.container.insert(member.name.value.to_ascii_lowercase(), (id, many));
            }
        }
        vocabulary
    }

    /// What the entity container has by a name: the type, and whether many of it.
    pub(in crate::resolve) fn declared(&self, name: &str) -> Option<(TypeId, bool)> {
        self.container.get(name).copied()
    }

    /// Whether a name can only be that of a collection.
    pub(in crate::resolve) fn is_set(&self, name: &str) -> bool {
        let navigation = self.navigation.get(name);
        navigation.is_some_and(|navigation| navigation.collection)
            || navigation.is_none() && self.sets.contains_key(name)
    }

    /// The type that a first segment leads to by its name, and whether to many of it.
    pub(in crate::resolve) fn root(&self, name: &str) -> Option<(TypeId, bool)> {
        let set = self.sets.get(name).map(|id| (*id, true));
        set.or_else(|| self.singletons.get(name).map(|id| (*id, false)))
    }

    /// Where all navigation properties of a name lead, if they agree.
    pub(in crate::resolve) fn navigation(&self, name: &str) -> Option<(TypeId, bool)> {
        let navigation = self.navigation.get(name)?;
        let target = navigation.target?;
        (navigation.collection != navigation.single).then_some((target, navigation.collection))
    }

    /// Whether a name is the end of an entity type's, in the singular or plural, as names of
    /// relationships are: `presence`, `assignments` for `educationAssignment`.
    pub(in crate::resolve) fn is_called(&self, ty: TypeId, name: &str) -> bool {
        let ty = self.model.structured(ty);
        let full = ty.name.name.to_ascii_lowercase();
        ty.kind == TypeKind::Entity && !name.is_empty() && (full.ends_with(name) || plural(&full).ends_with(name))
    }

    /// The type that a cast names: `microsoft.graph.user`.
    pub(in crate::resolve) fn cast(&self, name: &str, from: Option<TypeId>) -> Option<TypeId> {
        let simple = name.rsplit('.').next().unwrap_or_default();
        let candidates = self.types.get(simple)?;
        let is_named = |id: &&TypeId| self.model.structured(**id).name.to_string().eq_ignore_ascii_case(name);
        let exact = candidates.iter().find(is_named);
        let derived = || candidates.iter().find(|id| from.is_some_and(|from| self.related(**id, from)));
        exact.or_else(derived).copied()
    }

    /// A property of a type or, as paths may leave casts out on pages, of one derived from it.
    pub(in crate::resolve) fn property(&self, owner: TypeId, name: &str) -> Option<&'m Property> {
        let model = self.model;
        let of = |id: TypeId| model.structured(id).properties.iter();
        let is_called = |property: &&Property| property.name.eq_ignore_ascii_case(name);
        let declared = model.ancestry(owner).flat_map(of).find(is_called);
        declared.or_else(|| model.descendants(owner).into_iter().flat_map(of).find(is_called))
    }

    /// Whether one of two types derives from the other.
    pub(in crate::resolve) fn related(&self, one: TypeId, other: TypeId) -> bool {
        self.derives(one, other) || self.derives(other, one)
    }

    /// Whether a type is another one or derives from it.
    pub(in crate::resolve) fn derives(&self, derived: TypeId, base: TypeId) -> bool {
        self.model.ancestry(derived).any(|up| up == base)
    }

    pub(in crate::resolve) fn is_entity(&self, id: TypeId) -> bool {
        self.model.structured(id).kind == TypeKind::Entity
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
