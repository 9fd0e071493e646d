//! The names that paths consist of: types, properties, and entity sets and singletons, which pages
//! do not list.

use crate::hashing::HashMap;

use super::plural::plural;
use crate::model::{Model, Property, TypeId, TypeKind, ValueType};
use crate::schema::{ContainerMember, HasName, MemberKind, TypeItem, simple_name};

/// The names of a model, all in lower case.
pub(in crate::resolve) struct Vocabulary<'m> {
    pub(in crate::resolve) model: &'m Model,
    /// Entity types by the plural of their names, which are the usual names of entity sets.
    sets: HashMap<String, TypeId>,
    /// Entity types by their names, which are the usual names of singletons.
    singletons: HashMap<String, TypeId>,
    /// Structured types by their simple names.
    types: HashMap<String, Vec<TypeId>>,
    /// Entity sets and singletons by name, if metadata declares them.
    container: HashMap<String, (TypeId, bool)>,
    /// The common target of all navigation properties with a name.
    navigation: HashMap<String, Navigation>,
}

/// The common facts of all navigation properties with a name.
#[derive(Clone, Copy, Debug)]
struct Navigation {
    /// The type of their targets; `None` if they differ.
    target: Option<TypeId>,
    /// True if all of them are collections.
    collection: bool,
    /// True if none of them is a collection.
    single: bool,
}

impl<'m> Vocabulary<'m> {
    pub(in crate::resolve) fn new(model: &'m Model) -> Self {
        let mut vocabulary = Vocabulary {
            model,
            sets: HashMap::default(),
            singletons: HashMap::default(),
            types: HashMap::default(),
            container: HashMap::default(),
            navigation: HashMap::default(),
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
            let simple = simple_name(ty);
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

    /// The type of an entity set or singleton of the metadata, and true if it is an entity set.
    pub(in crate::resolve) fn declared(&self, name: &str) -> Option<(TypeId, bool)> {
        self.container.get(name).copied()
    }

    /// Returns true if a singleton of the metadata may be null.
    pub(in crate::resolve) fn is_nullable(&self, name: &str) -> bool {
        let is_called = |member: &&ContainerMember| member.is_called(name);
        self.model.container.iter().find(is_called).is_some_and(|member| member.is_nullable)
    }

    /// Returns true if a name can only be that of a collection.
    pub(in crate::resolve) fn is_set(&self, name: &str) -> bool {
        let navigation = self.navigation.get(name);
        navigation.is_some_and(|navigation| navigation.collection)
            || navigation.is_none() && self.sets.contains_key(name)
    }

    /// The type that the first segment of a path refers to by its name, and true if it is a
    /// collection.
    pub(in crate::resolve) fn root(&self, name: &str) -> Option<(TypeId, bool)> {
        let set = self.sets.get(name).map(|id| (*id, true));
        set.or_else(|| self.singletons.get(name).map(|id| (*id, false)))
    }

    /// The target type of all navigation properties with a name, if they agree.
    pub(in crate::resolve) fn navigation(&self, name: &str) -> Option<(TypeId, bool)> {
        let navigation = self.navigation.get(name)?;
        let target = navigation.target?;
        (navigation.collection != navigation.single).then_some((target, navigation.collection))
    }

    /// Returns true if a name is the end of an entity type's name, in the singular or plural, as
    /// names of relationships often are: `presence`, `assignments` for `educationAssignment`.
    pub(in crate::resolve) fn is_called(&self, ty: TypeId, name: &str) -> bool {
        let ty = self.model.structured(ty);
        let full = ty.name.name.to_ascii_lowercase();
        ty.kind == TypeKind::Entity && !name.is_empty() && (full.ends_with(name) || plural(&full).ends_with(name))
    }

    /// The type that a type cast names: `microsoft.graph.user`.
    pub(in crate::resolve) fn cast(&self, name: &str, from: Option<TypeId>) -> Option<TypeId> {
        let simple = simple_name(name);
        let candidates = self.types.get(simple)?;
        let is_named = |id: &&TypeId| self.model.structured(**id).name.to_string().eq_ignore_ascii_case(name);
        let exact = candidates.iter().find(is_named);
        let derived = || candidates.iter().find(|id| from.is_some_and(|from| self.related(**id, from)));
        exact.or_else(derived).copied()
    }

    /// A property of a type or of a derived type, because pages may omit type casts from paths.
    pub(in crate::resolve) fn property(&self, owner: TypeId, name: &str) -> Option<&'m Property> {
        let model = self.model;
        let of = |id: TypeId| model.structured(id).properties.iter();
        let is_called = |property: &&Property| property.is_called(name);
        let declared = model.ancestry(owner).flat_map(of).find(is_called);
        declared.or_else(|| model.descendants(owner).into_iter().flat_map(of).find(is_called))
    }

    /// Returns true if one of two types derives from the other.
    pub(in crate::resolve) fn related(&self, one: TypeId, other: TypeId) -> bool {
        self.derives(one, other) || self.derives(other, one)
    }

    /// Returns true if a type is the other one or derives from it.
    pub(in crate::resolve) fn derives(&self, derived: TypeId, base: TypeId) -> bool {
        self.model.derives(derived, base)
    }

    pub(in crate::resolve) fn is_entity(&self, id: TypeId) -> bool {
        self.model.structured(id).kind == TypeKind::Entity
    }
}
