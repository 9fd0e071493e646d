//! Decides for each node of the trie if it is a path of its own, or an operation on the path before
//! it.
//!
//! A function that returns one entity is a path, because the requests of the entity may follow it
//! (OData URL Conventions 4.01, 4.1): `range.last_cell().get()`. Any other function is an
//! operation: `drive.recent()`. Metadata tells which functions are composable. So a function stays
//! what it is when a request behind it is added.

use super::node_types::NodeTypes;
use super::response::Response;
use super::trie::{Edge, NodeId, Trie};
use crate::model::requests::OperationKind;
use crate::model::{HttpMethod, Primitive, ValueType};
use crate::resolve::expansion::Addressed;
use crate::schema::operation::{BodyContent, EACH, REFERENCE_OF};
use crate::schema::simple_name;

/// A node's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A path that has further segments, or that is read and changed.
    Place,
    /// An operation of the builder before it.
    Operation(OperationKind),
}

/// The role of a node by itself.
pub(super) fn of(places: &NodeTypes<'_, '_>, id: NodeId) -> Role {
    let node = places.trie.node(id);
    let service = &places.vocabulary.model.service;
    let by_method = |name: &str| {
        if has(places, id, HttpMethod::Post) {
            OperationKind::Action
        } else if service.is_delta(name) {
            OperationKind::Delta
        } else {
            OperationKind::Function
        }
    };
    let addressed = node.lines.iter().find_map(|line| places.operations[line.operation].addressed);
    match &node.edge {
        Edge::Name(name) => match name.as_str() {
            "$ref" => Role::Operation(OperationKind::Reference),
            "$value" => Role::Operation(OperationKind::Media),
            "$count" => Role::Operation(OperationKind::Count),
            EACH => Role::Operation(OperationKind::Update),
            name if name.ends_with(REFERENCE_OF) => Role::Operation(OperationKind::Reference),
            name if name.starts_with('$') => Role::Operation(by_method(name)),
            name if addressed == Some(Addressed::Operation) => Role::Operation(by_method(simple_name(name))),
            _ if addressed == Some(Addressed::Resource) && node.children.is_empty() => match is_stream(places, id) {
                true => Role::Operation(OperationKind::Media),
                false => Role::Place,
            },
            _ if !node.children.is_empty() || node.parent == Trie::ROOT => Role::Place,
            name => of_leaf(places, id, name).map_or(Role::Place, Role::Operation),
        },
        Edge::Call(name, _) if node.children.is_empty() => match addressed {
            Some(Addressed::Resource) => Role::Place,
            None if is_entity(places, id) => Role::Place,
            Some(Addressed::Operation) | None => Role::Operation(by_method(name)),
        },
        Edge::Call(..) | Edge::Key | Edge::NamedKey(_) | Edge::Mixed(_) | Edge::ByPath => Role::Place,
    }
}

/// The kind of operation of a node without further segments; `None` if it is a path of its own.
fn of_leaf(places: &NodeTypes<'_, '_>, id: NodeId, name: &str) -> Option<OperationKind> {
    let place = places.of(id);
    if is_stream(places, id) {
        return Some(OperationKind::Media);
    }
    if place.declared {
        return None;
    }
    let [get, post, put, patch, delete] =
        [HttpMethod::Get, HttpMethod::Post, HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete]
            .map(|method| has(places, id, method));
    let leads = || {
        let ty = place.ty();
        ty.is_some_and(|ty| places.vocabulary.is_called(ty, name))
            || ty.is_some() && places.vocabulary.navigation(name).map(|known| known.0) == ty
    };
    match (get, post) {
        _ if put || patch || delete => None,
        (true, true) => None,
        (true, false) if places.vocabulary.model.service.is_delta(name) => Some(OperationKind::Delta),
        (true, false) => (!leads() && !is_entity(places, id)).then_some(OperationKind::Function),
        (false, _) => (!leads() || !place.collection).then_some(OperationKind::Action),
    }
}

/// Returns true if a single entity is at a node.
fn is_entity(places: &NodeTypes<'_, '_>, id: NodeId) -> bool {
    let place = places.of(id);
    !place.collection && place.ty().is_some_and(|ty| places.vocabulary.is_entity(ty))
}

/// Returns true for a property of type `Edm.Stream`, by its declaration or by the requests that
/// read or write it.
fn is_stream(places: &NodeTypes<'_, '_>, id: NodeId) -> bool {
    let place = places.of(id);
    if place.declared {
        return place.item == Some(ValueType::Primitive(Primitive::Stream));
    }
    let named =
        matches!(&places.trie.node(id).edge, Edge::Name(name) if places.vocabulary.model.service.is_content(name));
    let reads =
        places.lines(id, HttpMethod::Get).any(|line| places.responses.of(line, places.operations) == Response::Stream);
    let writes = places.lines(id, HttpMethod::Put).any(|line| {
        let body = &places.operations[line.operation].body;
        body.as_ref().is_some_and(|body| body.content == BodyContent::Stream)
    });
    writes || named && (reads || has(places, id, HttpMethod::Put))
}

fn has(places: &NodeTypes<'_, '_>, id: NodeId, method: HttpMethod) -> bool {
    places.lines(id, method).next().is_some()
}
