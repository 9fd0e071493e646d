//! Reads the section "Request body".
//!
//! A table whose header says "Parameter" lists the action's own parameters. Otherwise the first
//! sentence with "a JSON representation of [x]" states the type. If there is none, the phrases
//! below are searched, and then a table alone decides.

use std::borrow::Cow;

use super::parameters::{members, values_below};
use super::{Part, PartKind, prose_response};
use crate::diagnostics::Diagnostics;
use crate::json::{self, ValueKind};
use crate::page::{Fence, Text};
use crate::phrases::Haystack;
use crate::read::{json_block, rows};
use crate::schema::operation::{BodyContent, Parameter, ParameterPlace, RequestBody};
use crate::schema::{JsonItem, JsonShape, Primitive, TypeExpr, TypeItem};
use crate::source::{At, Span};

/// Phrases in sentences about request bodies, and their meaning. The first phrase that a sentence
/// contains counts.
const PHRASES: &[(&str, Said)] = &[
    ("do not supply", Said::Nothing),
    ("don't supply", Said::Nothing),
    ("do not provide", Said::Nothing),
    ("don't provide", Said::Nothing),
    ("no request body", Said::Nothing),
    ("not require a request body", Said::Nothing),
    ("doesn't have a request body", Said::Nothing),
    ("does not have a request body", Said::Nothing),
    ("not provide a request body", Said::Nothing),
    ("request body must be empty", Said::Nothing),
    ("@odata.id", Said::Reference),
    ("the identifier of", Said::Reference),
    ("the id of", Said::Reference),
    ("byte range", Said::Stream),
    ("binary", Said::Stream),
    ("raw content", Said::Stream),
    ("contents of the request body", Said::Stream),
    ("zip manifest", Said::Stream),
    ("parameter", Said::Parameters),
    ("values for relevant fields", Said::Properties),
    ("values for the relevant fields", Said::Properties),
    ("values for properties", Said::Properties),
    ("values for the properties", Said::Properties),
    ("only the values", Said::Properties),
    ("should be updated", Said::Properties),
    ("should be changed", Said::Properties),
    ("new value for", Said::Properties),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Reference,
    Stream,
    Parameters,
    Properties,
}

/// Reads the section; `None` if it is missing or does not describe the body.
pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Option<RequestBody> {
    let sections: Vec<&Part<'_, '_>> = parts.iter().filter(|part| part.kind == PartKind::Body).collect();
    if sections.is_empty() {
        return below_requests(parts);
    }
    let mut rows = Vec::new();
    let mut named_parameters = false;
    for table in sections.iter().flat_map(|part| part.tables()) {
        let header = table.header.first().map(|cell| cell.plain().to_ascii_lowercase());
        named_parameters |= header.is_some_and(|header| header.contains("parameter"));
        rows.extend(members(table, ParameterPlace::Body, diagnostics));
    }
    values_below(&sections, &mut rows);
    let is_listed = |part: &Part<'_, '_>| matches!(part.kind, PartKind::Parameters(_)) && !part.tables().is_empty();
    if rows.is_empty() && !parts.iter().any(is_listed) {
        for fence in sections.iter().flat_map(|part| part.fences()) {
            rows.extend(shown(fence));
        }
    }
    let texts = super::texts(parts, PartKind::Body);
    let said: Vec<(Said, Span)> = texts.iter().filter_map(|text| Some((said(text)?, text.span))).collect();
    let find = |what: Said| said.iter().find(|(said, _)| *said == what).map(|(_, span)| *span);
    let place = || {
        let heading = sections.first().and_then(|part| part.heading());
        texts.first().copied().or(heading).map(|text| text.span)
    };
    let (content, span) = match represented(&texts) {
        _ if !rows.is_empty() && named_parameters => (BodyContent::Parameters, find(Said::Parameters).or_else(place)?),
        _ if rows.is_empty() && find(Said::Nothing).is_some() => (BodyContent::Nothing, find(Said::Nothing)?),
        Some((ty, span)) => (BodyContent::Type(ty), span),
        None => match said.iter().find(|(said, _)| *said != Said::Nothing) {
            Some((Said::Reference, span)) if rows.is_empty() => (BodyContent::Reference, *span),
            Some((Said::Stream, span)) if rows.is_empty() => (BodyContent::Stream, *span),
            Some((Said::Parameters, span)) => (BodyContent::Parameters, *span),
            Some((Said::Properties, span)) => (BodyContent::Properties, *span),
            _ if rows.is_empty() => return None,
            _ => (BodyContent::Properties, place()?),
        },
    };
    Some(RequestBody { content, members: rows, span })
}

/// The parameters that a JSON block in place of a table shows. A block that shows a resource is not
/// one of parameters.
fn shown(fence: &Fence<'_>) -> Vec<Parameter> {
    if json_block::is_resource_block(fence) {
        return Vec::new();
    }
    let document = json::parse(fence.code.span.file, fence.code.span.start as usize, fence.code.value);
    let (ValueKind::Object(members), true) = (&document.value.kind, document.is_certain()) else { return Vec::new() };
    let parameter = |(name, value): &(At<Cow<'_, str>>, json::Value<'_>)| {
        let JsonShape { item, collection } = json_block::shape(value);
        let item = match item {
            JsonItem::Boolean => Some(TypeItem::Primitive(Primitive::Boolean)),
            JsonItem::Number { integral: true } => Some(TypeItem::Primitive(Primitive::Int32)),
            JsonItem::Primitive(primitive) => Some(TypeItem::Primitive(primitive)),
            JsonItem::Text => Some(TypeItem::Primitive(Primitive::String)),
            JsonItem::Named(name) => Some(TypeItem::Named(name)),
            _ => None,
        };
        Parameter {
            name: At::new(name.value.to_string(), name.span),
            place: ParameterPlace::Body,
            ty: item.map(|item| At::new(TypeExpr { item, collection }, value.span)),
            description: None,
            required: None,
            is_nullable: false,
            values: None,
        }
    };
    members.iter().filter(|(name, _)| rows::is_property_name(&name.value)).map(parameter).collect()
}

/// The body of a page that lacks the section, but says below its request lines what to supply.
fn below_requests(parts: &[Part<'_, '_>]) -> Option<RequestBody> {
    let texts = super::texts(parts, PartKind::Request);
    let mut told =
        texts.into_iter().filter(|text| text.plain().to_ascii_lowercase().contains("json representation of"));
    let (ty, span) = told.find_map(|text| Some((prose_response::linked_type(text)?, text.span)))?;
    Some(RequestBody { content: BodyContent::Type(ty), members: Vec::new(), span })
}

fn said(text: &Text<'_>) -> Option<Said> {
    let lower = text.plain().to_ascii_lowercase();
    let sentence = Haystack::new(&lower);
    PHRASES.iter().find(|(phrase, _)| sentence.contains(phrase)).map(|(_, said)| *said)
}

/// The type that the body represents: "supply a JSON representation of [x](x.md)". The first
/// sentence of a section may consist of the type alone.
fn represented(texts: &[&Text<'_>]) -> Option<(TypeExpr, Span)> {
    texts.iter().enumerate().find_map(|(index, text)| {
        let lower = text.plain().to_ascii_lowercase();
        let mut verbs = [
            "representation",
            "supply a",
            "supply the",
            "supply one",
            "provide a",
            "provide the",
            "json object",
            "json format",
        ]
        .iter();
        let names = verbs.any(|verb| lower.contains(verb)) || index == 0 && said(text).is_none();
        let refers = matches!(said(text), Some(Said::Reference));
        let ty = || prose_response::linked_type(text).or_else(|| prose_response::bold_type(text));
        (names && !refers).then(|| ty().map(|ty| (ty, text.span)))?
    })
}
