//! Decides the spelling of a segment: that of the metadata, or else that of the property that is
//! declared with this name, or else that of most pages.

use super::node_types::NodeTypes;
use super::trie::{self, Edge, NodeId};
use crate::model::Segment;
use crate::ordered::Map;

/// The spelling of nodes that the same segment leads to.
pub(super) fn of(places: &NodeTypes<'_, '_>, nodes: &[NodeId]) -> Segment {
    if let Some(exact) = nodes.iter().find_map(|id| in_metadata(places, *id)) {
        return exact;
    }
    let mut counts: Map<&Segment, usize> = Map::default();
    for node in nodes {
        for (segment, count) in places.trie.node(*node).spellings.iter() {
            *counts.get_or_default(segment) += count;
        }
    }
    let declared = nodes.iter().find_map(|id| {
        let node = places.trie.node(*id);
        let before = places.of(node.parent);
        let (Edge::Name(name), Some(owner), false) = (&node.edge, before.ty(), before.collection) else { return None };
        places.vocabulary.property(owner, name)
    });
    let declared = declared.map(|property| Segment::Literal(property.name.clone()));
    // The declaration of the property may lack capitals as well.
    if let Some(declared) = declared.as_ref().filter(|name| !is_flat(name)) {
        return declared.clone();
    }
    if counts.keys().all(|known| is_flat(known))
        && let Some(named) = declared
    {
        return named;
    }
    let best =
        counts.iter().min_by_key(|(segment, count)| (trie::fixed(segment), is_flat(segment), usize::MAX - **count));
    best.map_or_else(|| Segment::Literal(String::new()), |(segment, _)| (*segment).clone())
}

/// The spelling in the path of a request that the metadata declares; the service knows it in
/// exactly this form.
fn in_metadata(places: &NodeTypes<'_, '_>, id: NodeId) -> Option<Segment> {
    let node = places.trie.node(id);
    let mut lines = node.lines.iter().filter(|line| places.operations[line.operation].is_of_metadata());
    let last = lines.next()?.request(places.operations).path.last();
    last.filter(|segment| matches!((segment, &node.edge), (Segment::Literal(_), Edge::Name(_)))).cloned()
}

/// Returns true if a name has no capitals after its first letter. If other spellings of the name
/// have capitals, this one lacks them.
fn is_flat(segment: &Segment) -> bool {
    !matches!(segment, Segment::Literal(name) if name.chars().skip(1).any(|c| c.is_ascii_uppercase()))
}
