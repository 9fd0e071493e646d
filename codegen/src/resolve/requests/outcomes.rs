//! Finds the response of an operation from its page and the target of its request.
//!
//! The response of each page is known already; the target corrects it: reading a collection returns
//! many of its items, whichever of them the page's example shows, and a change returns the entity
//! or nothing, as the service chooses.

use super::node_types::{NodeType, NodeTypes};
use super::queries;
use super::response::Response;
use super::trie::Line;
use crate::model::requests::{OperationKind, ReturnType};
use crate::model::{HttpMethod, Primitive, ValueType};
use crate::schema::DocumentedOperation;
use crate::schema::operation::{ResponseSource, ResponseType};

/// The response of a page's request lines, which have the same target, kind and HTTP method.
pub(super) fn of(
    places: &NodeTypes<'_, '_>,
    lines: &[Line],
    http: HttpMethod,
    kind: OperationKind,
    place: &NodeType,
) -> ReturnType {
    let Some(line) = lines.first().copied() else { return ReturnType::Nothing };
    let page = places.operations[line.operation];
    let response = places.responses.of(line, places.operations);
    let claims = || page.responses.iter().filter(|claim| claim.source != ResponseSource::Silence);
    let is_text = claims().next().is_some_and(|claim| claim.value == ResponseType::Text);
    let is_accepted = claims().any(|claim| claim.statuses.first() == Some(&202)) && has_monitor(page);
    let is_nullable = claims().any(|claim| claim.is_nullable);
    let read = http == HttpMethod::Get;
    match (kind, &response) {
        (OperationKind::Count, _) => return ReturnType::Count,
        (OperationKind::Media, _) if read => return ReturnType::Bytes,
        (OperationKind::Delta, Response::One(item) | Response::Many(item)) => {
            let item = place.item.clone().filter(|_| place.collection).unwrap_or_else(|| item.clone());
            return ReturnType::Delta(item);
        }
        (OperationKind::Read, Response::One(_) | Response::Many(_) | Response::Nothing) if read => {
            return self::read(places, lines, response, place);
        }
        _ => {}
    }
    // An entity that is created or changed has the type of the target, even if an example that
    // serves several targets shows another type.
    let response = match (kind, response, place.ty()) {
        (OperationKind::Create | OperationKind::Update, Response::One(ValueType::Structured(said)), Some(known))
            if !places.vocabulary.related(said, known) =>
        {
            Response::One(ValueType::Structured(known))
        }
        (_, response, _) => response,
    };
    match response {
        Response::Nothing if is_accepted => ReturnType::Accepted,
        Response::Nothing => ReturnType::Nothing,
        Response::Stream if is_text => ReturnType::Text,
        Response::Stream => ReturnType::Bytes,
        Response::Many(item) => ReturnType::Many(item),
        Response::One(item @ (ValueType::Primitive(Primitive::Untyped) | ValueType::Undocumented(_))) => {
            one(http, kind, item, is_nullable)
        }
        Response::One(item @ (ValueType::Primitive(_) | ValueType::Enum(_))) => ReturnType::Single(item),
        Response::One(item) => one(http, kind, item, is_nullable),
    }
}

/// Returns true if the response has a `Location` header with the address of a status monitor.
/// Status 202 without it is a response without a body.
fn has_monitor(page: &DocumentedOperation) -> bool {
    let responses = page.examples.iter().filter_map(|example| example.response.as_ref());
    responses.into_iter().any(|response| response.message.header("location").is_some())
}

fn one(http: HttpMethod, kind: OperationKind, item: ValueType, is_nullable: bool) -> ReturnType {
    match (http, kind) {
        _ if is_nullable => ReturnType::Optional(item),
        (HttpMethod::Patch | HttpMethod::Put, OperationKind::Update | OperationKind::Media) => {
            ReturnType::Optional(item)
        }
        (HttpMethod::Delete, _) => ReturnType::Optional(item),
        _ => ReturnType::One(item),
    }
}

/// The response of reading the target.
fn read(places: &NodeTypes<'_, '_>, lines: &[Line], response: Response, place: &NodeType) -> ReturnType {
    let with = |item: ValueType, many: bool| match (many, &item) {
        (true, _) => ReturnType::Many(item),
        (false, ValueType::Primitive(primitive)) if *primitive != Primitive::Untyped => ReturnType::Single(item),
        (false, ValueType::Enum(_)) => ReturnType::Single(item),
        (false, _) => ReturnType::One(item),
    };
    let (said, many) = match response {
        Response::One(item) => (Some(item), false),
        Response::Many(item) => (Some(item), true),
        Response::Nothing | Response::Stream => (None, place.collection),
    };
    let Some(known) = place.item.clone() else {
        return said.map_or(ReturnType::Nothing, |item| with(item, many));
    };
    let Some(said) = said else { return with(known, place.collection) };
    let agrees = match (&known, &said) {
        (ValueType::Structured(known), ValueType::Structured(said)) => places.vocabulary.related(*known, *said),
        (ValueType::Structured(_), _) => true,
        (known, said) => known == said,
    };
    let expands = lines.iter().all(|line| queries::has_system(&line.request(places.operations).query));
    if agrees || expands {
        return with(known, place.collection || many && !place.declared);
    }
    with(said, many)
}
