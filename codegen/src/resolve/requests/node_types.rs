//! Finds the type at each node of the trie, and if it is a single value or a collection.
//!
//! The nodes are visited from the root on, and the first rule that gives a type applies: the
//! property that the type before it declares; the type of the collection before a key; a type cast;
//! the response that pages state for reading the node or one of its items, or for creating an item;
//! a type with the name of the first segment; the target of all navigation properties with this
//! name.

use crate::hashing::{HashMap, HashSet};

use super::page_responses::PageResponses;
use super::response::Response;
use super::trie::{Edge, Line, NodeId, Trie};
use super::vocabulary::Vocabulary;
use crate::model::{HttpMethod, Primitive, TypeId, ValueType};
use crate::ordered::Map;
use crate::schema::DocumentedOperation;

/// The type of the value or collection at a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NodeType {
    /// The value's type, or that of the items; `None` if it is not known.
    pub(super) item: Option<ValueType>,
    /// True for a collection.
    pub(super) collection: bool,
    /// True if a type declares it: it is a property, a key of a collection, or a type cast.
    pub(super) declared: bool,
    /// True if it is a navigation property or a singleton that is declared to be nullable.
    pub(super) is_nullable: bool,
}

impl NodeType {
    /// Its structured type.
    pub(super) fn ty(&self) -> Option<TypeId> {
        match self.item {
            Some(ValueType::Structured(id)) => Some(id),
            _ => None,
        }
    }

    fn of((ty, collection): (TypeId, bool)) -> Self {
        NodeType { item: Some(ValueType::Structured(ty)), collection, ..NodeType::default() }
    }
}

/// The types at all nodes of a trie.
pub(super) struct NodeTypes<'p, 'm> {
    pub(super) trie: &'p Trie,
    pub(super) vocabulary: &'p Vocabulary<'m>,
    pub(super) operations: &'p [&'p DocumentedOperation],
    pub(super) responses: &'p PageResponses<'p>,
    places: Vec<NodeType>,
    /// The targets of each page's requests, by page and HTTP method.
    targets: HashMap<(usize, HttpMethod), HashSet<Target>>,
}

/// The target of a request: a type if it is known, otherwise a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Target {
    Type(TypeId),
    Name(Edge),
}

impl<'p, 'm> NodeTypes<'p, 'm> {
    pub(super) fn new(
        trie: &'p Trie,
        vocabulary: &'p Vocabulary<'m>,
        operations: &'p [&'p DocumentedOperation],
        responses: &'p PageResponses<'p>,
    ) -> Self {
        let mut places = NodeTypes {
            trie,
            vocabulary,
            operations,
            responses,
            places: vec![NodeType::default(); trie.nodes.len()],
            targets: HashMap::default(),
        };
        for id in trie.ids() {
            let place = places.find(id);
            let node = trie.node(id);
            for line in &node.lines {
                let target = match (place.ty(), place.declared) {
                    (Some(ty), true) => Target::Type(ty),
                    (Some(ty), false) if !node.children.is_empty() => Target::Type(ty),
                    _ => Target::Name(node.edge.clone()),
                };
                let request = line.request(operations);
                // An example request with more segments than a request line does not count.
                if !operations[line.operation].shows(request) {
                    places.targets.entry((line.operation, request.method)).or_default().insert(target);
                }
            }
            places.places[id.0] = place;
        }
        places
    }

    /// Returns true if all requests of a page with this method have the same kind of target. A page
    /// about several kinds at once is not specific for any of them.
    pub(super) fn is_specific(&self, page: usize, method: HttpMethod) -> bool {
        self.targets.get(&(page, method)).is_none_or(|targets| targets.len() < 2)
    }

    pub(super) fn of(&self, id: NodeId) -> &NodeType {
        &self.places[id.0]
    }

    /// The request lines of a node with an HTTP method.
    pub(super) fn lines(&self, id: NodeId, method: HttpMethod) -> impl Iterator<Item = Line> {
        let lines = self.trie.node(id).lines.iter().copied();
        lines.filter(move |line| line.request(self.operations).method == method)
    }

    fn find(&self, id: NodeId) -> NodeType {
        let node = self.trie.node(id);
        let before = self.of(node.parent);
        let returned = || {
            self.returned(id).map(|(item, collection)| NodeType { item: Some(item), collection, ..NodeType::default() })
        };
        match &node.edge {
            Edge::Name(name) if name.starts_with('$') => NodeType::default(),
            Edge::Name(name) if name.contains('.') => match self.vocabulary.cast(name, before.ty()) {
                Some(ty) => NodeType { declared: true, ..NodeType::of((ty, before.collection)) },
                None => returned().unwrap_or_default(),
            },
            Edge::Name(name) => {
                let owner = before.ty().filter(|_| !before.collection);
                if let Some(property) = owner.and_then(|owner| self.vocabulary.property(owner, name)) {
                    // Only rows of relationships omit that the property is a collection.
                    let listed = || property.is_navigation && self.returned(id).is_some_and(|(_, many)| many);
                    let collection = property.ty.collection || self.has_key(id) || listed();
                    let may_be_null = property.facts.nullable.as_ref().is_some_and(|nullable| nullable.value);
                    return NodeType {
                        item: Some(property.ty.item.clone()),
                        collection,
                        declared: true,
                        is_nullable: property.is_navigation && may_be_null,
                    };
                }
                if before.collection && self.is_item(id, before) {
                    return NodeType { collection: false, declared: true, is_nullable: false, ..before.clone() };
                }
                let is_first = node.parent == Trie::ROOT;
                if let Some(declared) = self.vocabulary.declared(name).filter(|_| is_first) {
                    let is_nullable = self.vocabulary.is_nullable(name);
                    return NodeType { declared: true, is_nullable, ..NodeType::of(declared) };
                }
                let named = || if is_first { self.vocabulary.root(name) } else { None };
                let led = || named().or_else(|| self.vocabulary.navigation(name)).map(NodeType::of);
                let found = returned().or_else(|| self.populated(id)).or_else(led);
                let found = found.or_else(|| self.changed(id)).unwrap_or_default();
                NodeType { collection: found.collection || self.has_key(id), ..found }
            }
            Edge::Key | Edge::NamedKey(_) | Edge::Mixed(_) if before.collection => {
                NodeType { collection: false, is_nullable: false, ..before.clone() }
            }
            Edge::ByPath if before.item.is_some() => NodeType { declared: true, is_nullable: false, ..before.clone() },
            Edge::Key | Edge::NamedKey(_) | Edge::Mixed(_) | Edge::ByPath | Edge::Call(..) => {
                returned().or_else(|| self.changed(id)).unwrap_or_default()
            }
        }
    }

    /// The type that the pages state for changes of a node. If no page reads the node, nothing else
    /// tells its type.
    fn changed(&self, id: NodeId) -> Option<NodeType> {
        let lines = self.lines(id, HttpMethod::Patch).chain(self.lines(id, HttpMethod::Put));
        let ty = lines.into_iter().find_map(|line| self.responses.changed(self.operations[line.operation]))?;
        Some(NodeType::of((ty, false)))
    }

    /// The response that most pages state for reading a node.
    pub(super) fn returned(&self, id: NodeId) -> Option<(ValueType, bool)> {
        let mut votes: Map<String, (usize, (ValueType, bool))> = Map::default();
        for line in self.lines(id, HttpMethod::Get) {
            let response = match self.responses.of(line, self.operations) {
                Response::One(item) => (item, false),
                Response::Many(item) => (item, true),
                Response::Nothing | Response::Stream => continue,
            };
            if matches!(response.0, ValueType::Primitive(Primitive::Untyped) | ValueType::Undocumented(_)) {
                continue;
            }
            // With `$expand` or `$filter` in the query, the example may show something else.
            let weight = if line.request(self.operations).query.is_empty() { 2 } else { 1 };
            votes.get_or_insert_with(format!("{response:?}"), || (0, response)).0 += weight;
        }
        let best = votes.into_entries().into_iter().rev().max_by_key(|(_, (count, _))| *count);
        best.map(|(_, (_, response))| response)
    }

    /// The collection, if its items or an item created in it tell the type.
    fn populated(&self, id: NodeId) -> Option<NodeType> {
        let Some(key) = self.trie.node(id).children.get(&Edge::Key) else { return self.created(id) };
        let item = self.returned(*key).filter(|(_, many)| !many).map(|(item, _)| item);
        let created = || {
            self.lines(id, HttpMethod::Post).find_map(|line| match self.responses.of(line, self.operations) {
                Response::One(item @ ValueType::Structured(_)) => Some(item),
                _ => None,
            })
        };
        let changed = || self.changed(*key).and_then(|place| place.item);
        let item = item.or_else(created).or_else(changed)?;
        Some(NodeType { item: Some(item), collection: true, ..NodeType::default() })
    }

    /// The collection at a node that only a page about the creation of its items describes: the
    /// node is called like the items, as `tasks` of `todoTask`.
    fn created(&self, id: NodeId) -> Option<NodeType> {
        let Edge::Name(name) = &self.trie.node(id).edge else { return None };
        let name = name.to_ascii_lowercase();
        self.lines(id, HttpMethod::Post).find_map(|line| {
            let title = self.operations[line.operation].title.value.to_ascii_lowercase();
            let creates = ["create ", "add "].iter().any(|verb| title.starts_with(verb));
            match self.responses.of(line, self.operations) {
                Response::One(ValueType::Structured(item)) if creates && self.vocabulary.is_called(item, &name) => {
                    Some(NodeType::of((item, true)))
                }
                _ => None,
            }
        })
    }

    /// Returns true if a literal after a collection is one of its items, by a well-known name:
    /// `sites/root`, `mailFolders/inbox`.
    fn is_item(&self, id: NodeId, before: &NodeType) -> bool {
        let node = self.trie.node(id);
        match (before.ty(), self.returned(id)) {
            (Some(item), Some((ValueType::Structured(read), false))) => self.vocabulary.related(item, read),
            (Some(_), None) => {
                let asks = self.lines(id, HttpMethod::Get).chain(self.lines(id, HttpMethod::Post)).next().is_some();
                !node.children.is_empty() && !asks
            }
            _ => false,
        }
    }

    fn has_key(&self, id: NodeId) -> bool {
        let children = self.trie.node(id).children.keys();
        children.into_iter().any(|edge| matches!(edge, Edge::Key | Edge::NamedKey(_)))
    }
}
