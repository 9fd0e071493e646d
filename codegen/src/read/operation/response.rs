//! What comes back: claims of the example response and of the "Response" section.
//!
//! The rule: the example wins. Its annotation names the type in full, and its message shows what the service really answers: a status
//! without a body, an array under `value`, bytes. The prose is taken where the example says nothing. Where both speak and differ in kind
//! (nothing, one value, a collection, bytes), that is reported; whether they mean the same type only links can tell, so `resolve` compares that.

use super::{Part, PartKind, prose_response};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Piece, PieceKind, Text};
use crate::read::type_expr;
use crate::schema::operation::{
    Example, ExampleResponse, HttpMethod, Request, ResponseClaim, ResponseSource, ResponseType,
};
use crate::schema::{Primitive, TypeExpr, TypeItem};
use crate::source::At;

pub(super) fn read(
    parts: &[Part<'_, '_>],
    requests: &[Request],
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) -> Vec<ResponseClaim> {
    let example = examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .find(|response| response.status.as_ref().is_none_or(|status| status.value < 400))
        .and_then(|response| claim(response, requests));
    let prose =
        parts.iter().filter(|part| part.kind == PartKind::Response).flat_map(|part| part.texts()).find_map(said);
    if let (Some(example), Some(prose)) = (&example, &prose)
        && let Some((shown, told)) = disagreement(&example.value, &prose.value)
    {
        diagnostics.push(
            Diagnostic::new(
                Code::ReturnDisagrees,
                example.span,
                format!("the example returns {shown}, the text says {told}"),
            )
            .label(format!("taken: {shown}"))
            .also(prose.span, told)
            .help("mend the annotation of the example response, or the sentence"),
        );
    }
    example.into_iter().chain(prose).collect()
}

fn said(text: &Text<'_>) -> Option<ResponseClaim> {
    let status = prose_response::status(&text.plain());
    let value = prose_response::response(text, status)?;
    Some(ResponseClaim { value, status, source: ResponseSource::Prose, span: text.span })
}

/// What an example response shows. `None` where it is too poor to tell.
fn claim(response: &ExampleResponse, requests: &[Request]) -> Option<ResponseClaim> {
    let message = &response.message;
    let status = response.status.as_ref().map(|status| status.value);
    let place = message.odata_type.as_ref().map(|ty| ty.span);
    let span = place.or(response.status.as_ref().map(|status| status.span)).or(message.body)?;
    let reads = requests.iter().any(|request| request.method == HttpMethod::Get);
    let media = message.header("content-type").map(str::to_ascii_lowercase);
    let is_json = media.as_deref().is_none_or(|media| media.contains("json"));
    let value = match (status, &message.odata_type) {
        (Some(204), _) => ResponseType::None,
        (Some(202), _) if message.body.is_none() => ResponseType::None,
        (Some(300..), _) if reads => ResponseType::Stream,
        (_, Some(name)) => match annotated(name)? {
            ResponseType::Type(mut ty) => {
                ty.collection |= message.is_collection == Some(true) || response.is_list;
                ResponseType::Type(ty)
            }
            other => other,
        },
        _ if !is_json && message.body.is_some() => match media.as_deref() {
            Some(media) if media.starts_with("text/plain") => ResponseType::Text,
            _ => ResponseType::Stream,
        },
        (Some(200..=202), None) if message.body.is_none() && !message.truncated => ResponseType::None,
        _ => return None,
    };
    Some(ResponseClaim { value, status, source: ResponseSource::Example, span })
}

/// The type of an annotation: `microsoft.graph.x`, `Collection(x)`, `string`, `Edm.Stream`.
fn annotated(name: &At<String>) -> Option<ResponseType> {
    let text = Text {
        span: name.span,
        pieces: vec![Piece { span: name.span, kind: PieceKind::Plain(name.value.as_str().into()), strong: false }],
    };
    let mut ty = type_expr::parse(&text)?.value;
    if let TypeItem::Named(named) = &ty.item {
        // `microsoft.graph.string` is a slip for the primitive type.
        let simple = named.name.rsplit('.').next().unwrap_or_default();
        if matches!(simple.to_ascii_lowercase().as_str(), "string" | "boolean" | "stream" | "int32" | "int64")
            && let Some(primitive) = type_expr::primitive(simple)
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

/// How two answers differ in kind, in words.
fn disagreement(one: &ResponseType, other: &ResponseType) -> Option<(String, String)> {
    use ResponseType::{None as Nothing, Stream, Text, Type};
    let differ = match (one, other) {
        (Nothing, Nothing) | (Stream | Text, Stream | Text) => false,
        (Type(one), Type(other)) => {
            let primitive = |ty: &TypeExpr| matches!(ty.item, TypeItem::Primitive(_));
            one.collection != other.collection || primitive(one) != primitive(other)
        }
        _ => true,
    };
    differ.then(|| (describe(one), describe(other)))
}

/// An answer in words.
pub(crate) fn describe(response: &ResponseType) -> String {
    match response {
        ResponseType::None => "nothing".to_owned(),
        ResponseType::Stream => "bytes".to_owned(),
        ResponseType::Text => "plain text".to_owned(),
        ResponseType::Type(ty) => {
            let name = match &ty.item {
                TypeItem::Primitive(primitive) => primitive.edm_name().to_owned(),
                TypeItem::Named(name) => name.name.clone(),
                TypeItem::OneOf(names) => names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>().join(" or "),
                TypeItem::Unclear(text) => text.clone(),
            };
            if ty.collection { format!("a collection of `{name}`") } else { format!("`{name}`") }
        }
    }
}
