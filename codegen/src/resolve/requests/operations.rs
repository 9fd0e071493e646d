//! Turns the request lines of a class of nodes into operations.
//!
//! The lines of a page with the same path, the same HTTP method and the same query options of their
//! own are one operation. So are lines of several pages with the same request body and the same
//! response; the main page is one that the type's methods table links to. A line with another
//! request body or response is an operation of its own.

use crate::hashing::HashMap;

use super::arguments::Arguments;
use super::bodies::{Bodies, Payload};
use super::classes::Classes;
use super::node_types::{NodeType, NodeTypes};
use super::roles::Role;
use super::trie::{Edge, Line, NodeId, REFERENCE_OF_ITEM};
use super::{outcomes, queries, spelling};
use crate::model::requests::{Body, OperationKind, Parameter, QueryValue, ReturnType};
use crate::model::{HttpMethod, Segment, ValueType};
use crate::ordered::{self, Map};
use crate::schema::{DocumentedOperation, HasName};

/// An operation that has no name yet.
pub(super) struct Draft {
    /// The segment after the path of the builder; `None` for the path itself.
    pub(super) edge: Option<Edge>,
    pub(super) kind: OperationKind,
    pub(super) http: HttpMethod,
    pub(super) path: Vec<Segment>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) query: Vec<(String, QueryValue)>,
    pub(super) payload: Payload,
    /// True if the request body states its type.
    pub(super) is_tagged: bool,
    pub(super) response: ReturnType,
    /// The index of the main page.
    pub(super) page: usize,
    /// Further pages that describe it.
    pub(super) also: Vec<usize>,
    /// The request lines of this operation, those of the main page first.
    pub(super) lines: Vec<Line>,
}

/// The path of a builder, with all of its nodes.
pub(super) struct Site<'s> {
    pub(super) place: NodeType,
    pub(super) members: &'s [NodeId],
}

type Key = (Option<Edge>, HttpMethod, Vec<String>);

/// The operations of a builder, sorted by segment, HTTP method and query options.
pub(super) fn of(places: &NodeTypes<'_, '_>, classes: &Classes, bodies: &Bodies<'_>, site: &Site<'_>) -> Vec<Draft> {
    let mut found: Map<Key, Map<usize, Vec<Line>>> = Map::default();
    let mut nodes: HashMap<Edge, (OperationKind, Vec<NodeId>)> = HashMap::default();
    let mut add = |edge: Option<&Edge>, lines: &[Line]| {
        for line in lines {
            let request = line.request(places.operations);
            let options = queries::own(&request.query).iter().map(|(name, _)| name.clone()).collect();
            let key = (edge.cloned(), request.method, options);
            found.get_or_default(key).get_or_default(line.operation).push(*line);
        }
    };
    for member in site.members {
        let node = places.trie.node(*member);
        add(None, &node.lines);
        for (edge, child) in node.children.iter() {
            if let Role::Operation(kind) = classes.role(*child) {
                add(Some(edge), &places.trie.node(*child).lines);
                nodes.entry(edge.clone()).or_insert((kind, Vec::new())).1.push(*child);
            }
        }
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for ((edge, http, _), pages) in found.into_entries() {
        let mut same: Vec<Draft> = Vec::new();
        let mut pages: Vec<(usize, Vec<Line>)> = pages.into_entries();
        // The sort is stable: of equals, the first page becomes the main page.
        ordered::sort_by_key(&mut pages, |(page, lines)| rank(places, site, *page, http, lines));
        let of_edge = edge.as_ref().and_then(|edge| nodes.get(edge));
        for (page, lines) in pages {
            let kind = of_edge.map_or_else(|| kind(http), |(kind, _)| *kind);
            let operation = places.operations[page];
            let draft = draft(
                places,
                bodies,
                site,
                operation,
                (edge.clone(), of_edge.map(|(_, nodes)| nodes)),
                kind,
                http,
                (page, lines),
            );
            match same.iter_mut().find(|known| joins(places, known, &draft)) {
                Some(known) => join(places, known, draft),
                None => same.push(draft),
            }
        }
        drafts.append(&mut same);
    }
    drafts
}

/// The sort key by which the main page comes first. In this order, it prefers a page to metadata; a
/// page about this request to one about several kinds of targets; a page that does not just show a
/// query; a page that the type's main page links to, then one that a further description of the
/// type links to; a page whose requests all have this HTTP method; a page with more paths.
fn rank(
    places: &NodeTypes<'_, '_>,
    site: &Site<'_>,
    page: usize,
    http: HttpMethod,
    lines: &[Line],
) -> (bool, bool, bool, u8, bool, usize) {
    let described = places.operations[page];
    let concern = match (site.place.ty(), places.responses.listed(described.file)) {
        (Some(ty), Some(listed)) if listed.leading.contains(&ty) => 0,
        (Some(ty), Some(listed)) if listed.owners.contains(&ty) => 1,
        _ => 2,
    };
    let shows = lines.iter().all(|line| queries::has_system(&line.request(places.operations).query));
    let has_others = described.requests.iter().any(|other| other.method != http && !described.shows(other));
    let is_specific = places.is_specific(page, http);
    (described.declared.is_some(), !is_specific, shows, concern, has_others, usize::MAX - lines.len())
}

/// The kind of a request to the path itself.
fn kind(http: HttpMethod) -> OperationKind {
    match http {
        HttpMethod::Get => OperationKind::Read,
        HttpMethod::Post => OperationKind::Create,
        HttpMethod::Put | HttpMethod::Patch => OperationKind::Update,
        HttpMethod::Delete => OperationKind::Delete,
    }
}

#[expect(clippy::too_many_arguments, reason = "the facts of one request")]
fn draft(
    places: &NodeTypes<'_, '_>,
    bodies: &Bodies<'_>,
    site: &Site<'_>,
    operation: &DocumentedOperation,
    (edge, nodes): (Option<Edge>, Option<&Vec<NodeId>>),
    kind: OperationKind,
    http: HttpMethod,
    (page, lines): (usize, Vec<Line>),
) -> Draft {
    let of_item = edge == Some(Edge::Name(REFERENCE_OF_ITEM.to_owned()));
    let entity = site.place.ty().filter(|_| of_item);
    let mut arguments = Arguments::of_key(places.responses, Some(operation), entity);
    let mut path = Vec::new();
    if let Some(nodes) = nodes {
        let mut segment = spelling::of(places, nodes);
        let before = if of_item { spelling::of(places, site.members).to_string() } else { String::new() };
        arguments.segment(&mut segment, &before);
        path.push(segment);
    }
    if of_item {
        path.push(Segment::Literal("$ref".to_owned()));
    }
    let query = lines.first().map(|line| queries::own(&line.request(places.operations).query)).unwrap_or_default();
    let query = queries::values(&query, &mut arguments);
    let payload = bodies.of(operation, http, kind, &site.place);
    Draft {
        edge,
        kind,
        http,
        path,
        parameters: arguments.parameters,
        query,
        is_tagged: bodies.is_tagged(operation, http, &site.place, &payload),
        payload,
        response: outcomes::of(places, &lines, http, kind, &site.place),
        page,
        also: Vec::new(),
        lines,
    }
}

/// Returns true if two pages describe the same request.
fn joins(places: &NodeTypes<'_, '_>, known: &Draft, other: &Draft) -> bool {
    // Pages describe the purpose of a request better than metadata that offers all requests.
    if places.operations[other.page].declared.is_some() && known.query == other.query {
        return true;
    }
    if !places.is_specific(other.page, other.http) {
        return known.query == other.query;
    }
    let bodies = match (&known.payload, &other.payload) {
        (Payload::Parameters(_), Payload::Parameters(_)) => true,
        (_, Payload::Body(Body::Json | Body::Nothing)) => true,
        (one, other) => one == other,
    };
    let item = |one: &ValueType, other: &ValueType| match (one, other) {
        (ValueType::Structured(one), ValueType::Structured(other)) => places.vocabulary.related(*one, *other),
        (one, other) => one == other || matches!(other, ValueType::Primitive(crate::model::Primitive::Untyped)),
    };
    let responses = match (&known.response, &other.response) {
        (_, ReturnType::Nothing) | (ReturnType::Nothing, ReturnType::Optional(_)) => true,
        (ReturnType::One(one) | ReturnType::Optional(one), ReturnType::One(other) | ReturnType::Optional(other)) => {
            item(one, other)
        }
        (ReturnType::Many(one), ReturnType::Many(other)) => item(one, other),
        (one, other) => one == other,
    };
    bodies && responses && known.query == other.query
}

fn join(places: &NodeTypes<'_, '_>, known: &mut Draft, other: Draft) {
    let is_declared = places.operations[other.page].declared.is_some();
    if let (ReturnType::Nothing, ReturnType::Optional(_), false) = (&known.response, &other.response, is_declared) {
        known.response = other.response;
    }
    known.is_tagged |= known.payload == other.payload && other.is_tagged;
    // Parameters that a page describes for several requests at once are not those of a single one.
    let tells = places.is_specific(other.page, other.http) || !places.is_specific(known.page, known.http);
    if let (true, Payload::Parameters(members), Payload::Parameters(others)) =
        (tells, &mut known.payload, other.payload)
    {
        for member in others {
            if !members.iter().any(|known| known.is_called(&member.name)) {
                members.push(member);
            }
        }
    }
    if places.operations[other.page].declared.is_none() {
        known.also.push(other.page);
    }
    known.lines.extend(other.lines);
}
