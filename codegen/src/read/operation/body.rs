//! What the "Request body" section says the request carries.

use super::parameters::members;
use super::{Part, PartKind, prose_response};
use crate::diagnostics::Diagnostics;
use crate::schema::operation::{BodyContent, ParameterPlace, RequestBody};

/// Reads the section; `None` where there is none, or it says nothing of use.
pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Option<RequestBody> {
    let sections: Vec<&Part<'_, '_>> = parts.iter().filter(|part| part.kind == PartKind::Body).collect();
    let mut rows = Vec::new();
    let mut named_parameters = false;
    for table in sections.iter().flat_map(|part| part.tables()) {
        named_parameters |=
            table.header.first().is_some_and(|cell| cell.plain().to_ascii_lowercase().contains("parameter"));
        rows.extend(members(table, ParameterPlace::Body, diagnostics));
    }
    let mut nothing = None;
    let mut reference = None;
    let mut stream = None;
    let mut parameters = None;
    let mut ty = None;
    for text in sections.iter().flat_map(|part| part.texts()) {
        let lower = text.plain().to_ascii_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
        if says(&[
            "do not supply",
            "don't supply",
            "do not provide",
            "don't provide",
            "no request body",
            "not require a request body",
            "doesn't have a request body",
            "must be empty",
            "not provide a request body",
        ]) {
            nothing.get_or_insert(text.span);
        }
        if says(&["@odata.id"]) {
            reference.get_or_insert(text.span);
        }
        if says(&["binary", "the contents of the request body", "byte range", "binary stream", "raw content"]) {
            stream.get_or_insert(text.span);
        }
        if says(&["parameter"]) {
            parameters.get_or_insert(text.span);
        }
        if ty.is_none()
            && says(&[
                "representation",
                "supply a",
                "provide a",
                "supply the",
                "provide an",
                "supply an",
                "json object",
                "json format",
            ])
        {
            ty = prose_response::linked_type(text).map(|found| (found, text.span));
        }
    }
    let first = sections.iter().find_map(|part| {
        part.texts().next().map(|text| text.span).or_else(|| part.heading().map(|heading| heading.span))
    });
    let (content, span) = match (nothing, ty) {
        (Some(span), _) if rows.is_empty() => (BodyContent::Nothing, span),
        // "A JSON object with the following parameters": a link in such a sentence is about one of them.
        _ if !rows.is_empty() && named_parameters => (BodyContent::Parameters, parameters.or(first)?),
        (_, Some((ty, span))) => (BodyContent::Type(ty), span),
        _ if !rows.is_empty() => match parameters {
            Some(span) => (BodyContent::Parameters, span),
            None => (BodyContent::Properties, first?),
        },
        _ if reference.is_some() => (BodyContent::Reference, reference?),
        _ => (BodyContent::Stream, stream?),
    };
    Some(RequestBody { content, members: rows, span })
}
