//! What can be asked at a place: the request lines of a class of nodes → operations.
//!
//! A page's lines that go to the same place with the same HTTP method and the same own query
//! options are one operation. So are those of several pages that carry the same and give the same:
//! the page that leads is one that the type's methods table links to. What carries or gives
//! something else is an operation of its own.

use std::collections::BTreeMap;

use super::arguments::Arguments;
use super::bodies::{Bodies, Carried};
use super::classes::Classes;
use super::node_types::{NodeType, NodeTypes};
use super::roles::Role;
use super::trie::{Edge, Line, NodeId};
use super::{outcomes, queries, spelling};
use crate::model::requests::{Answer, Body, OperationKind, Parameter, QueryValue};
use crate::model::{HttpMethod, Segment, ValueType};
use crate::schema::DocumentedOperation;

/// An operation without a name.
pub(super) struct Draft {
    /// The edge behind the place; `None` for the place itself.
    pub(super) edge: Option<Edge>,
    pub(super) kind: OperationKind,
    pub(super) http: HttpMethod,
    pub(super) path: Vec<Segment>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) query: Vec<(String, QueryValue)>,
    pub(super) carried: Carried,
    /// The body names its type.
    pub(super) is_tagged: bool,
    pub(super) answer: Answer,
    /// The page that leads, by its index.
    pub(super) page: usize,
    /// Further pages that describe it.
    pub(super) also: Vec<usize>,
    /// The request lines that are it, those of the leading page first.
    pub(super) lines: Vec<Line>,
}

/// A place with all its nodes, as operations see it.
pub(super) struct Site<'s> {
    pub(super) place: NodeType,
    pub(super) members: &'s [NodeId],
}

type Key = (Option<Edge>, HttpMethod, Vec<String>);

/// The operations of a place, in the order of their edges, HTTP methods and query options.
pub(super) fn of(places: &NodeTypes<'_, '_>, classes: &Classes, bodies: &Bodies<'_>, site: &Site<'_>) -> Vec<Draft> {
    let mut found: BTreeMap<Key, BTreeMap<usize, Vec<Line>>> = BTreeMap::new();
    let mut nodes: BTreeMap<Edge, (OperationKind, Vec<NodeId>)> = BTreeMap::new();
    let mut add = |edge: Option<&Edge>, lines: &[Line]| {
        for line in lines {
            let request = line.request(places.operations);
            let options = queries::own(&request.query).iter().map(|(name, _)| name.clone()).collect();
            let key = (edge.cloned(), request.method, options);
            found.entry(key).or_default().entry(line.operation).or_default().push(*line);
        }
    };
    for member in site.members {
        let node = places.trie.node(*member);
        add(None, &node.lines);
        for (edge, child) in &node.children {
            if let Role::Operation(kind) = classes.role(*child) {
                add(Some(edge), &places.trie.node(*child).lines);
                nodes.entry(edge.clone()).or_insert((kind, Vec::new())).1.push(*child);
            }
        }
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for ((edge, http, _), pages) in found {
        let mut same: Vec<Draft> = Vec::new();
        let mut pages: Vec<(usize, Vec<Line>)> = pages.into_iter().collect();
        // Stable: of equals the first page leads.
        pages.sort_by_key(|(page, lines)| rank(places, site, *page, http, lines));
        let of_edge = edge.as_ref().and_then(|edge| nodes.get(edge));
        for (page, lines) in pages {
            let kind = of_edge.map_or_else(|| kind(http), |(kind, _)| *kind);
            let operation = &places.operations[page];
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

/// The page that leads comes first: one that is about this request and not about what several
/// requests do with some property, one that a type concerned links to, one that does not just show
/// what a query does, and one with many paths. Of pages that a type concerned links to, those that
/// its own page does lead before those that a further description of it links to, and those that
/// have requests of this HTTP method only before others.
fn rank(
    places: &NodeTypes<'_, '_>,
    site: &Site<'_>,
    page: usize,
    http: HttpMethod,
    lines: &[Line],
) -> (bool, bool, bool, u8, bool, usize) {
    let described = &places.operations[page];
    let concern = match (site.place.ty(), places.answers.listed(described.file)) {
        (Some(ty), Some(listed)) if listed.leading.contains(&ty) => 0,
        (Some(ty), Some(listed)) if listed.owners.contains(&ty) => 1,
        _ => 2,
    };
    let shows = lines.iter().all(|line| queries::has_system(&line.request(places.operations).query));
    let has_others = described.requests.iter().any(|other| other.method != http && !described.shows(other));
    let is_specific = places.is_specific(page, http);
    (described.declared.is_some(), !is_specific, shows, concern, has_others, usize::MAX - lines.len())
}

/// What a request to the place itself is.
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
    let mut arguments = Arguments::new(places.answers, Some(operation));
    let mut path = Vec::new();
    if let Some(nodes) = nodes {
        let mut segment = spelling::of(places, nodes);
        arguments.segment(&mut segment, "");
        path.push(segment);
    }
    let query = lines.first().map(|line| queries::own(&line.request(places.operations).query)).unwrap_or_default();
    let query = queries::values(&query, &mut arguments);
    let carried = bodies.of(operation, http, kind, &site.place);
    Draft {
        edge,
        kind,
        http,
        path,
        parameters: arguments.parameters,
        query,
        is_tagged: bodies.is_tagged(operation, http, &site.place, &carried),
        carried,
        answer: outcomes::of(places, &lines, http, kind, &site.place),
        page,
        also: Vec::new(),
        lines,
    }
}

/// Whether two pages describe the same request.
fn joins(places: &NodeTypes<'_, '_>, known: &Draft, other: &Draft) -> bool {
    // Pages know better what a request is about than a container that offers all of them.
    if places.operations[other.page].declared.is_some() && known.query == other.query {
        return true;
    }
    if !places.is_specific(other.page, other.http) {
        return known.query == other.query;
    }
    let bodies = match (&known.carried, &other.carried) {
        (Carried::Parameters(_), Carried::Parameters(_)) => true,
        (_, Carried::Body(Body::Json | Body::Nothing)) => true,
        (one, other) => one == other,
    };
    let item = |one: &ValueType, other: &ValueType| match (one, other) {
        (ValueType::Structured(one), ValueType::Structured(other)) => places.vocabulary.related(*one, *other),
        (one, other) => one == other || matches!(other, ValueType::Primitive(crate::model::Primitive::Untyped)),
    };
    let answers = match (&known.answer, &other.answer) {
        (_, Answer::Nothing) | (Answer::Nothing, Answer::Optional(_)) => true,
        (Answer::One(one) | Answer::Optional(one), Answer::One(other) | Answer::Optional(other)) => item(one, other),
        (Answer::Many(one), Answer::Many(other)) => item(one, other),
        (one, other) => one == other,
    };
    bodies && answers && known.query == other.query
}

fn join(places: &NodeTypes<'_, '_>, known: &mut Draft, other: Draft) {
    if let (Answer::Nothing, Answer::Optional(_)) = (&known.answer, &other.answer) {
        known.answer = other.answer;
    }
    known.is_tagged |= known.carried == other.carried && other.is_tagged;
    // What a page says of several requests at once are not the parameters of one.
    let tells = places.is_specific(other.page, other.http) || !places.is_specific(known.page, known.http);
    if let (true, Carried::Parameters(members), Carried::Parameters(others)) =
        (tells, &mut known.carried, other.carried)
    {
        for member in others {
            if !members.iter().any(|known| known.name.eq_ignore_ascii_case(&member.name)) {
                members.push(member);
            }
        }
    }
    if places.operations[other.page].declared.is_none() {
        known.also.push(other.page);
    }
    known.lines.extend(other.lines);
}
