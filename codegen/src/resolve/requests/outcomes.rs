//! What comes back from a request, seen from where it goes.
//!
//! The pages' answers are settled by page. Here they meet the place: what is read from a collection
//! is many of its items, whichever of them the page's example shows; a change gives the entity or
//! nothing, as the service likes.

use super::node_types::{NodeType, NodeTypes};
use super::queries;
use super::response::Response;
use super::trie::Line;
use crate::model::requests::{Answer, OperationKind};
use crate::model::{HttpMethod, Primitive, ValueType};
use crate::schema::DocumentedOperation;
use crate::schema::operation::{ResponseSource, ResponseType};

/// What a page's request lines give, all of the same kind and with the same HTTP method, at one
/// place.
pub(super) fn of(
    places: &NodeTypes<'_, '_>,
    lines: &[Line],
    http: HttpMethod,
    kind: OperationKind,
    place: &NodeType,
) -> Answer {
    let Some(line) = lines.first().copied() else { return Answer::Nothing };
    let page = &places.operations[line.operation];
    let answer = places.answers.of(line, places.operations);
    let claims = || page.responses.iter().filter(|claim| claim.source != ResponseSource::Silence);
    let is_text = claims().next().is_some_and(|claim| claim.value == ResponseType::Text);
    let is_accepted = claims().any(|claim| claim.status == Some(202)) && has_monitor(page);
    let read = http == HttpMethod::Get;
    match (kind, &answer) {
        (OperationKind::Count, _) => return Answer::Count,
        (OperationKind::Media, _) if read => return Answer::Bytes,
        (OperationKind::Delta, Response::One(item) | Response::Many(item)) => {
            let item = place.item.clone().filter(|_| place.collection).unwrap_or_else(|| item.clone());
            return Answer::Delta(item);
        }
        (OperationKind::Read, Response::One(_) | Response::Many(_) | Response::Nothing) if read => {
            return self::read(places, lines, answer, place);
        }
        _ => {}
    }
    // What is created in a place or changed there is of the place's type, whatever an example that
    // serves several places shows.
    let answer = match (kind, answer, place.ty()) {
        (OperationKind::Create | OperationKind::Update, Response::One(ValueType::Structured(said)), Some(known))
            if !places.vocabulary.related(said, known) =>
        {
            Response::One(ValueType::Structured(known))
        }
        (_, answer, _) => answer,
    };
    match answer {
        Response::Nothing if is_accepted => Answer::Accepted,
        Response::Nothing => Answer::Nothing,
        Response::Stream if is_text => Answer::Text,
        Response::Stream => Answer::Bytes,
        Response::Many(item) => Answer::Many(item),
        Response::One(item @ (ValueType::Primitive(Primitive::Untyped) | ValueType::Undocumented(_))) => {
            one(http, kind, item)
        }
        Response::One(item @ (ValueType::Primitive(_) | ValueType::Enum(_))) => Answer::Single(item),
        Response::One(item) => one(http, kind, item),
    }
}

/// Whether an answer says where to ask how it goes: nothing comes of 202 alone.
fn has_monitor(page: &DocumentedOperation) -> bool {
    let responses = page.examples.iter().filter_map(|example| example.response.as_ref());
    responses.into_iter().any(|response| response.message.header("location").is_some())
}

fn one(http: HttpMethod, kind: OperationKind, item: ValueType) -> Answer {
    match (http, kind) {
        (HttpMethod::Patch | HttpMethod::Put, OperationKind::Update | OperationKind::Media) => Answer::Optional(item),
        (HttpMethod::Delete, _) => Answer::Optional(item),
        _ => Answer::One(item),
    }
}

/// What reading a place gives.
fn read(places: &NodeTypes<'_, '_>, lines: &[Line], answer: Response, place: &NodeType) -> Answer {
    let with = |item: ValueType, many: bool| match (many, &item) {
        (true, _) => Answer::Many(item),
        (false, ValueType::Primitive(primitive)) if *primitive != Primitive::Untyped => Answer::Single(item),
        (false, ValueType::Enum(_)) => Answer::Single(item),
        (false, _) => Answer::One(item),
    };
    let (said, many) = match answer {
        Response::One(item) => (Some(item), false),
        Response::Many(item) => (Some(item), true),
        Response::Nothing | Response::Stream => (None, place.collection),
    };
    let Some(known) = place.item.clone() else {
        return said.map_or(Answer::Nothing, |item| with(item, many));
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
