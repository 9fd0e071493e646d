//! Names of builders.
//!
//! | builder | name |
//! | --- | --- |
//! | an entity | its type: `User` |
//! | below the root | its segment: `Users` |
//! | below another builder | its segment, then that builder: `MessagesOfUser` |
//!
//! So a name depends only on what the builder stands for. The three forms differ, so that nothing
//! that a service adds takes the name of a builder: `/groupSettings` is `GroupSettings`, and
//! `/groups/{id}/settings` is `SettingsOfGroup`. A collection below the root that is called like
//! the type of its items gets a suffix: `/organization` is `OrganizationCollection`.

use super::classes::{ClassId, Classes, Known};
use super::node_types::{NodeType, NodeTypes};
use super::roles::Role;
use super::trie::Edge;
use super::{naming, spelling};
use crate::case;
use crate::hashing::{HashMap, HashSet};
use crate::model::{Model, Segment, TypeNames, ValueType};
use crate::ordered;
use crate::resolve::rust_names;

/// A class that becomes a builder, with its name.
pub(super) struct Named {
    pub(super) class: ClassId,
    pub(super) place: NodeType,
    /// Its name without the suffix `Requests`: `UserMessages`.
    pub(super) base: String,
    pub(super) file: String,
}

impl Named {
    /// The name of its struct.
    pub(super) fn rust_name(&self) -> String {
        of_struct(self.class, &self.base)
    }
}

/// The name of a builder's struct. All builders except the root have the suffix `Requests`.
fn of_struct(class: ClassId, base: &str) -> String {
    let suffix = if class == Classes::ROOT { "" } else { "Requests" };
    format!("{base}{suffix}")
}

/// The input of the names.
pub(super) struct Naming<'n, 'm> {
    pub(super) model: &'n Model,
    pub(super) places: &'n NodeTypes<'n, 'm>,
    pub(super) classes: &'n Classes,
}

impl Naming<'_, '_> {
    /// The builders, the root first, the others by name.
    pub(super) fn named(&self) -> Vec<Named> {
        let mut named: HashMap<ClassId, Named> = HashMap::default();
        let mut taken: HashSet<String> = HashSet::default();
        for class in self.in_order_of_claims() {
            let place = self.place(class);
            let (name, file) = match &self.classes.known[class.0] {
                Known::Root => (self.model.service.name(), "root".to_owned()),
                Known::Entity(id) => {
                    let names = &self.model.structured(*id).rust;
                    (self.prefixed(names, &names.name), case::snake(&self.prefixed(names, &names.file)))
                }
                Known::Below(parent, edge) => self.below(class, &place, (*parent, edge), &named),
            };
            let is_taken = |name: &String| taken.contains(&of_struct(class, name));
            let base = rust_names::unique(name, is_taken, |name, number| format!("{name}{number}"));
            taken.insert(of_struct(class, &base));
            named.insert(class, Named { class, place, base, file });
        }
        let mut named: Vec<Named> = named.into_values().collect();
        ordered::sort_by(&mut named, |one, other| {
            let (one, other) =
                [one, other].map(|named| (named.class != Classes::ROOT, &named.base, named.class)).into();
            one.cmp(&other)
        });
        named
    }

    /// All classes that are builders, in the order in which they take their names: entities first,
    /// then by the length of the path. A builder comes after the one that it is below, and the
    /// order does not depend on that of the pages.
    fn in_order_of_claims(&self) -> Vec<ClassId> {
        let mut depths: Vec<usize> = Vec::new();
        for known in &self.classes.known {
            depths.push(match known {
                Known::Root | Known::Entity(_) => 0,
                Known::Below(parent, _) => depths[parent.0] + 1,
            });
        }
        let is_place = |class: &ClassId| self.classes.role(self.classes.members[class.0][0]) == Role::Place;
        let mut all: Vec<ClassId> = (0..self.classes.known.len()).map(ClassId).filter(is_place).collect();
        ordered::sort_by_key(&mut all, |class| {
            let (entity, below) = match &self.classes.known[class.0] {
                Known::Root => (None, None),
                Known::Entity(id) => (Some(*id), None),
                Known::Below(parent, edge) => (None, Some((*parent != Classes::ROOT, edge))),
            };
            (depths[class.0], entity, below)
        });
        all
    }

    /// The name that a builder would have if there were no others, and its file.
    fn below(
        &self,
        class: ClassId,
        place: &NodeType,
        (parent, edge): (ClassId, &Edge),
        named: &HashMap<ClassId, Named>,
    ) -> (String, String) {
        let segment = naming::simple(self.model, &spelling::of(self.places, &self.classes.members[class.0]));
        let own = self.suffix(&segment, edge, place);
        let ty = place.ty().map(|id| &self.model.structured(id).rust);
        let before = named.get(&parent).filter(|parent| parent.class != Classes::ROOT);
        let mut name = before.map_or_else(|| own.clone(), |before| format!("{own}Of{}", before.base));
        if place.collection && ty.is_some_and(|ty| self.prefixed(ty, &ty.name) == name) {
            name.push_str("Collection");
        }
        let file = match before {
            Some(before) => before.file.clone(),
            None => ty
                .map_or_else(|| rust_names::module_name(&own), |names| case::snake(&self.prefixed(names, &names.file))),
        };
        (name, file)
    }

    /// Adds the namespace to a name, unless it is the root namespace, because all builders are in
    /// one module.
    fn prefixed(&self, names: &TypeNames, name: &str) -> String {
        let path = self.model.modules.get(names.module).map_or(&[][..], |module| &module.path);
        if path.is_empty() { name.to_owned() } else { case::pascal(&format!("{} {name}", path.join(" "))) }
    }

    fn suffix(&self, segment: &Segment, edge: &Edge, place: &NodeType) -> String {
        match edge {
            Edge::Key | Edge::NamedKey(_) => "Item".to_owned(),
            Edge::Name(name) if name.contains('.') && place.declared => match segment {
                Segment::Literal(simple) if !simple.contains('.') => format!("As{}", case::pascal(simple)),
                _ => format!("As{}", case::pascal(&naming::words(name))),
            },
            edge => rust_names::identifier(case::pascal(&naming::of_segment(segment, edge, true)), "T"),
        }
    }

    /// The type at the nodes of a class, which is that of most of them.
    fn place(&self, class: ClassId) -> NodeType {
        let members = &self.classes.members[class.0];
        if let Known::Entity(ty) = self.classes.known[class.0] {
            return NodeType { item: Some(ValueType::Structured(ty)), declared: true, ..NodeType::default() };
        }
        let mut counts: Vec<(&NodeType, usize)> = Vec::new();
        for place in members.iter().map(|id| self.places.of(*id)) {
            match counts.iter_mut().find(|(known, _)| *known == place) {
                Some((_, count)) => *count += 1,
                None => counts.push((place, 1)),
            }
        }
        let best = counts.into_iter().rev().max_by_key(|(place, count)| (place.declared, place.item.is_some(), *count));
        best.map_or_else(NodeType::default, |(place, _)| place.clone())
    }
}
