//! Tells which of several functions of the same name keeps the plain name in Rust. The others have
//! their parameters in their names: `image`, `image_by_width_and_height`.
//!
//! A service may add an overload at any time (OData Protocol 4.01, section 5.2), and the functions
//! that were there before have to keep their names. So the plain name is that of the function with
//! the fewest parameters, and of those with equally many, of the one that is described first: an
//! overload is usually added after the others, or on a page of its own with a longer name.

use crate::hashing::HashMap;

use super::node_types::NodeTypes;
use super::trie::{Edge, Line, NodeId};
use crate::source::SourceMap;

/// The functions of a builder that have plain names.
pub(super) struct Overloads<'t> {
    /// The plain functions by their OData names, where several functions have one name.
    plain: HashMap<&'t str, &'t Edge>,
}

impl<'t> Overloads<'t> {
    /// `members` are the nodes of the builder.
    pub(super) fn new(places: &'t NodeTypes<'_, '_>, sources: &SourceMap, members: &[NodeId]) -> Self {
        let mut calls: HashMap<&str, Vec<(&Edge, NodeId)>> = HashMap::default();
        for (edge, child) in members.iter().flat_map(|id| places.trie.node(*id).children.iter()) {
            if let Some((name, _)) = call(edge) {
                calls.entry(name).or_default().push((edge, *child));
            }
        }
        // Most names have one function, and need no search for its first request line.
        calls.retain(|_, calls| calls.iter().any(|(edge, _)| *edge != calls[0].0));
        let rank = |(edge, child): &(&Edge, NodeId)| {
            let first = first_line(places, *child);
            let length = first.map_or(0, |line| sources.file(places.operations[line.operation].file).path.len());
            (call(edge).map(|(_, parameters)| parameters), length, first)
        };
        let best = |calls: Vec<(&'t Edge, NodeId)>| calls.into_iter().min_by_key(rank).map(|(edge, _)| edge);
        let plain = calls.into_iter().filter_map(|(name, calls)| Some((name, best(calls)?))).collect();
        Overloads { plain }
    }

    /// Returns true if another function has the plain name.
    pub(super) fn is_overload(&self, edge: &Edge) -> bool {
        call(edge).and_then(|(name, _)| self.plain.get(name)).is_some_and(|plain| *plain != edge)
    }
}

/// The name of a call and the number of its parameters.
fn call(edge: &Edge) -> Option<(&str, usize)> {
    match edge {
        Edge::Name(name) => Some((name, 0)),
        Edge::Call(name, parameters) => Some((name, parameters.len())),
        _ => None,
    }
}

/// The first request line of a node or of those below it.
fn first_line(places: &NodeTypes<'_, '_>, node: NodeId) -> Option<Line> {
    let node = places.trie.node(node);
    let below = node.children.values().filter_map(|child| first_line(places, *child));
    node.lines.iter().copied().chain(below).min()
}
