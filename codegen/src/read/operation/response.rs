//! Reads the responses that a page states: by its example, and by its section "Response".
//!
//! The annotation of the example has the full name of the type, and its message shows the real
//! response: a status without a body, an array in `value`, bytes. So it comes first, with one
//! exception: if example and text differ only in whether the response is one value or a collection,
//! then the text comes first where `GET` of a key returns one, or an operation titled "List" a
//! collection.
//!
//! `resolve` compares the two, because it knows the targets of links. A status 200 or 201 that is
//! shown without a word about the body does not mean that there is none; "no body" is then only the
//! last resort.

use super::message::{BlockType, block_type};
use super::{Part, PartKind, prose_response};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::HashSet;
use crate::page::{Piece, PieceKind, Text};
use crate::read::type_expr;
use crate::schema::operation::{
    Example, ExampleResponse, HttpMethod, Request, ResponseClaim, ResponseSource, ResponseType, Segment,
};
use crate::schema::{Primitive, TypeExpr, TypeItem, simple_name};
use crate::source::{At, Span};
use crate::url::is_foreign;

pub(super) fn read(
    parts: &[Part<'_, '_>],
    title: &str,
    requests: &[Request],
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) -> Vec<ResponseClaim> {
    let responses = examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .filter(|response| response.status.as_ref().is_none_or(|status| status.value < 400));
    let first = responses.clone().next();
    let texts = super::texts(parts, PartKind::Response);
    let statuses: Vec<u16> = texts.iter().flat_map(|text| prose_response::statuses(&text.plain())).collect();
    let beside = super::texts(parts, PartKind::Example);
    // A section behind the first example is about the response to another step.
    let shows = |part: &&Part<'_, '_>| part.fences().iter().any(|fence| block_type(fence) == Some(BlockType::Response));
    let end = parts.iter().position(|part| shows(&part)).map_or(parts.len(), |at| at + 1);
    let told = super::texts(&parts[..end], PartKind::Response);
    compare_statuses(&told, &beside, requests, examples, diagnostics);
    let prose = texts.iter().find_map(|text| said(text, &statuses));
    let told = prose.as_ref().and_then(|claim| named(&claim.value));
    let example = first.filter(|_| told.is_none_or(|told| !are_of_several_types(examples, told)));
    let example = example.and_then(|response| claim(response, requests, &statuses));
    let mut claims: Vec<ResponseClaim> = example.into_iter().chain(prose).collect();
    if let [example, prose] = claims.as_slice()
        && prefer_prose(&example.value, &prose.value, title, requests)
    {
        claims.reverse();
    }
    if claims.is_empty() {
        claims.extend(silent(first).or_else(|| texts.iter().find_map(|text| silent_text(text))));
    }
    claims
}

/// Returns true if the examples show several types, and none of them is the one that the text
/// names, which has all of them in mind.
fn are_of_several_types(examples: &[Example], told: &str) -> bool {
    let responses = examples.iter().filter_map(|example| example.response.as_ref());
    let shown = responses.filter_map(|response| match &response.message.ty.as_ref()?.item {
        TypeItem::Named(mention) => Some(simple_name(&mention.name).to_ascii_lowercase()),
        _ => None,
    });
    let shown: HashSet<String> = shown.collect();
    shown.len() > 1 && !shown.contains(&simple_name(told).to_ascii_lowercase())
}

/// The name of the type of a response.
fn named(response: &ResponseType) -> Option<&str> {
    match response {
        ResponseType::Type(TypeExpr { item: TypeItem::Named(mention), .. }) => Some(&mention.name),
        _ => None,
    }
}

/// The response that a paragraph describes. `all` are the statuses of the whole section.
fn said(text: &Text<'_>, all: &[u16]) -> Option<ResponseClaim> {
    let status = prose_response::statuses(&text.plain()).first().copied();
    let value = prose_response::response(text, status)?;
    let others = all.iter().copied().filter(|other| Some(*other) != status);
    let statuses = status.into_iter().chain(others).collect();
    Some(ResponseClaim { value, statuses, is_nullable: false, source: ResponseSource::Prose, span: text.span })
}

/// The response if the example shows only a status of success.
fn silent(response: Option<&ExampleResponse>) -> Option<ResponseClaim> {
    let response =
        response.filter(|response| response.message.body.is_none() && response.message.odata_type.is_none())?;
    let status = response.status.as_ref()?;
    Some(ResponseClaim {
        value: ResponseType::None,
        statuses: vec![status.value],
        is_nullable: false,
        source: ResponseSource::Silence,
        span: status.span,
    })
}

/// The response if a paragraph names only a status of success and no body.
fn silent_text(text: &Text<'_>) -> Option<ResponseClaim> {
    let plain = text.plain().to_ascii_lowercase();
    let status = prose_response::statuses(&plain).into_iter().find(|status| (200..=202).contains(status))?;
    let bare = !plain.contains("body") && !plain.contains("object");
    bare.then_some(ResponseClaim {
        value: ResponseType::None,
        statuses: vec![status],
        is_nullable: false,
        source: ResponseSource::Silence,
        span: text.span,
    })
}

/// Reports examples with a status that the text does not have, neither below "Response" nor beside
/// the examples.
fn compare_statuses(
    texts: &[&Text<'_>],
    beside: &[&Text<'_>],
    requests: &[Request],
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) {
    let named = |text: &&Text<'_>| {
        let place = text.span;
        prose_response::statuses(&text.plain()).into_iter().map(move |status| (status, place))
    };
    let statuses: Vec<(u16, Span)> = texts.iter().flat_map(named).collect();
    // Status 207 is told of requests that fail in part, beside another status of success.
    let successes: Vec<(u16, Span)> = statuses.iter().copied().filter(|(status, _)| *status != 207).collect();
    let Some((_, told)) = successes.first() else { return };
    // A response after a redirection has its own status, and so have the requests of other pages
    // and of other services.
    let first = examples.iter().find_map(|example| Some(example.request.as_ref()?.url.value.as_str()));
    let is_own = |example: &&Example| {
        let shown = example.request.as_ref();
        shown.is_none_or(|shown| {
            !is_foreign(&shown.url.value, first) && requests.iter().any(|request| request.method == shown.method)
        })
    };
    let shown = examples.iter().filter(is_own).filter_map(|example| example.response.as_ref());
    // A body under status 204 is reported as such.
    let own = shown.filter_map(|response| {
        response.status.as_ref().filter(|status| status.value != 204 || response.message.body.is_none())
    });
    for status in own.filter(|status| status.value < 300) {
        let is_beside = || beside.iter().flat_map(named).any(|(told, _)| told == status.value);
        if statuses.iter().all(|(told, _)| *told < 300 && *told != status.value) && !is_beside() {
            diagnostics.push(status_disagrees(status, &successes, *told));
        }
    }
}

/// The problem of an example whose status the text does not have.
fn status_disagrees(status: &At<u16>, told: &[(u16, Span)], sentence: Span) -> Diagnostic {
    let mut told: Vec<String> = told.iter().map(|(status, _)| status.to_string()).collect();
    told.dedup();
    Diagnostic::new(
        Code::StatusDisagrees,
        status.span,
        format!("the status of the example is {}, and the text says {}", status.value, told.join(" or ")),
    )
    .also(sentence, "said here")
    .help("give the status of the service's response in both places")
}

/// Returns true if path or title agree with the prose on the question of one or many.
fn prefer_prose(example: &ResponseType, prose: &ResponseType, title: &str, requests: &[Request]) -> bool {
    let (ResponseType::Type(example), ResponseType::Type(prose)) = (example, prose) else {
        return false;
    };
    let gets_key = |request: &Request| {
        request.method == HttpMethod::Get
            && matches!(request.path.last(), Some(Segment::Key(_) | Segment::ByPath { .. }))
    };
    let one = !requests.is_empty() && requests.iter().all(gets_key);
    let many = title.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("list "));
    match (example.collection, prose.collection) {
        (true, false) => one,
        (false, true) => many && !one,
        _ => false,
    }
}

/// The response that an example shows; `None` if it shows too little.
fn claim(response: &ExampleResponse, requests: &[Request], told: &[u16]) -> Option<ResponseClaim> {
    // A body under status 204 is a response after all, if the text speaks of another status.
    let is_told = |status: u16| told.is_empty() || told.contains(&status);
    let message = &response.message;
    let status = response.status.as_ref().map(|status| status.value);
    let place = message.odata_type.as_ref().map(|ty| ty.span);
    let span = place.or(response.status.as_ref().map(|status| status.span)).or(message.body)?;
    let reads = requests.iter().any(|request| request.method == HttpMethod::Get);
    let media = message.header("content-type").map(str::to_ascii_lowercase);
    let is_json = media.as_deref().is_none_or(|media| media.contains("json"));
    let value = match (status, &message.odata_type) {
        (Some(204), _) if message.body.is_none() || message.ty.is_none() || is_told(204) => ResponseType::None,
        (Some(202), _) if message.body.is_none() => ResponseType::None,
        (Some(300..), _) if reads => ResponseType::Stream,
        (_, Some(name)) => match (&message.ty, annotated(name)?) {
            (Some(ty), _) => {
                ResponseType::Type(TypeExpr { collection: ty.collection || message.is_list, ..ty.clone() })
            }
            (None, other) => other,
        },
        _ if !is_json && message.body.is_some() => match media.as_deref() {
            Some(media) if media.starts_with("text/plain") => ResponseType::Text,
            _ => ResponseType::Stream,
        },
        _ => return None,
    };
    let statuses = status.into_iter().collect();
    Some(ResponseClaim { value, statuses, is_nullable: false, source: ResponseSource::Example, span })
}

/// The type in an annotation: `microsoft.graph.x`, `Collection(x)`, `string`, `Edm.Stream`.
pub(super) fn annotated(name: &At<String>) -> Option<ResponseType> {
    let text = Text {
        span: name.span,
        pieces: vec![Piece { span: name.span, kind: PieceKind::Plain(name.value.as_str().into()), strong: false }],
    };
    let mut ty = type_expr::parse(&text)?.value;
    if let TypeItem::Named(named) = &ty.item {
        // `microsoft.graph.string` is a mistake for the primitive type.
        let simple = simple_name(&named.name);
        if matches!(simple.to_ascii_lowercase().as_str(), "string" | "boolean" | "stream" | "int32" | "int64")
            && let Some(primitive) = Primitive::spelled(simple)
        {
            ty.item = TypeItem::Primitive(primitive);
        }
    }
    match &ty.item {
        TypeItem::Unclear(_) => None,
        TypeItem::Primitive(Primitive::Stream) => Some(ResponseType::Stream),
        _ => Some(ResponseType::Type(ty)),
    }
}
