//! Finds the nodes of the trie that share a builder.
//!
//! Nodes that address an entity of the same type share a builder. Every other node is identified by
//! the builder before it and by its segment. So `/me` and `/users/{id}` share a builder, and
//! therefore the paths below them do, too. A builder has the calls of all its paths: if one of them
//! supports less, because the metadata forbids something there, the documentation of the call tells
//! it. Otherwise a fact about a single path would give that path a builder with another name, and
//! break the callers that name the shared one.
//!
//! A node keeps its own builder only if the response of reading it has a type that is not related
//! to the entity's.
//!
//! A segment leads from a builder to exactly one other, so nodes that follow the same builder with
//! the same segment always share a builder.

use crate::hashing::HashMap;

use super::node_types::NodeTypes;
use super::roles::{self, Role};
use super::trie::{Edge, NodeId, Trie};
use crate::model::{TypeId, ValueType};
use crate::ordered::Map;

/// A class of nodes that share a builder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ClassId(pub(super) usize);

/// The identity of a class.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Known {
    /// The service's root.
    Root,
    /// An entity of this type.
    Entity(TypeId),
    /// The segment that follows another class.
    Below(ClassId, Edge),
}

/// The nodes of the trie, grouped into classes. Nodes that are operations have classes as well,
/// which tell the operations that are the same.
pub(super) struct Classes {
    /// The identity of each class. A class comes after the one that it is below.
    pub(super) known: Vec<Known>,
    /// The nodes of each class.
    pub(super) members: Vec<Vec<NodeId>>,
    of_node: Vec<ClassId>,
    roles: Vec<Role>,
}

impl Classes {
    pub(super) const ROOT: ClassId = ClassId(0);

    pub(super) fn new(places: &NodeTypes<'_, '_>) -> Self {
        let trie = places.trie;
        let mut roles: Vec<Role> = vec![Role::Place; trie.nodes.len()];
        let mut joins: Vec<Option<TypeId>> = vec![None; trie.nodes.len()];
        for id in trie.ids() {
            roles[id.0] = roles::of(places, id);
            joins[id.0] = entity(places, id);
        }
        // The loop ends because each round only turns operations into places, or excludes further
        // nodes from sharing, and never the reverse.
        loop {
            let classes = Classes::assign(trie, &roles, &joins);
            let mut is_done = true;
            for group in classes.groups(trie) {
                let is_place = |id: &NodeId| roles[id.0] == Role::Place;
                if group.iter().any(is_place) && !group.iter().all(is_place) {
                    group.iter().for_each(|id| roles[id.0] = Role::Place);
                    is_done = false;
                } else if group.iter().any(|id| classes.of(*id) != classes.of(group[0])) {
                    group.iter().for_each(|id| joins[id.0] = None);
                    is_done = false;
                }
            }
            if is_done {
                return Classes { roles, ..classes };
            }
        }
    }

    pub(super) fn of(&self, id: NodeId) -> ClassId {
        self.of_node[id.0]
    }

    pub(super) fn role(&self, id: NodeId) -> Role {
        self.roles[id.0]
    }

    fn assign(trie: &Trie, roles: &[Role], joins: &[Option<TypeId>]) -> Self {
        let mut classes = Classes {
            known: vec![Known::Root],
            members: vec![vec![Trie::ROOT]],
            of_node: vec![Classes::ROOT; trie.nodes.len()],
            roles: Vec::new(),
        };
        let mut ids: HashMap<Known, ClassId> = HashMap::default();
        for id in trie.ids() {
            let node = trie.node(id);
            let known = match joins[id.0] {
                Some(ty) if roles[id.0] == Role::Place => Known::Entity(ty),
                _ => Known::Below(classes.of(node.parent), node.edge.clone()),
            };
            let class = *ids.entry(known.clone()).or_insert_with(|| {
                classes.known.push(known);
                classes.members.push(Vec::new());
                ClassId(classes.known.len() - 1)
            });
            classes.members[class.0].push(id);
            classes.of_node[id.0] = class;
        }
        classes
    }

    /// The nodes that follow the same class with the same segment, group by group.
    pub(super) fn groups<'t>(&self, trie: &'t Trie) -> impl Iterator<Item = Vec<NodeId>> + use<'t> {
        let mut groups: Map<(ClassId, &Edge), Vec<NodeId>> = Map::default();
        for id in trie.ids() {
            let node = trie.node(id);
            groups.get_or_default((self.of(node.parent), &node.edge)).push(id);
        }
        groups.into_entries().into_iter().map(|(_, group)| group)
    }
}

/// The entity type whose builder a node may share.
fn entity(places: &NodeTypes<'_, '_>, id: NodeId) -> Option<TypeId> {
    let place = places.of(id);
    let ty = place.ty().filter(|ty| !place.collection && places.vocabulary.is_entity(*ty))?;
    let agrees = match places.returned(id) {
        Some((ValueType::Structured(read), many)) => !many && places.vocabulary.related(read, ty),
        Some(_) => false,
        None => true,
    };
    agrees.then_some(ty)
}
