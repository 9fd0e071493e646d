//! Reads HTTP messages in fences: a request line or status line, headers, a blank line, the body.

use std::borrow::Cow;

use super::{response, template};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, Document, Value, ValueKind};
use crate::nearest::question;
use crate::page::Fence;
use crate::read::json_block;
use crate::schema::operation::{ExampleRequest, ExampleResponse, HttpMethod, Message, ResponseType};
use crate::schema::{JsonItem, JsonShape, Primitive, TypeExpr, TypeItem, simple_name};
use crate::source::{At, Span};
use crate::vocabulary::AnnotationKey;

/// The message that a fence holds.
pub(super) enum Held {
    Request(ExampleRequest),
    Response(ExampleResponse),
}

/// The kind of a fence, according to the comment before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockType {
    Request,
    Response,
    Other,
}

/// The `blockType` of the comment before a fence.
pub(super) fn block_type(fence: &Fence<'_>) -> Option<BlockType> {
    let value = fence.annotation(AnnotationKey::BlockType)?.as_str()?;
    Some(match value.to_ascii_lowercase().as_str() {
        "request" => BlockType::Request,
        "response" => BlockType::Response,
        _ => BlockType::Other,
    })
}

/// Reads a fence as an HTTP message; `None` if it is not one. A fence that is annotated as a
/// response may hold only a body. `told` is the method of a request that has none.
pub(super) fn read(fence: &Fence<'_>, told: Option<HttpMethod>, diagnostics: &mut Diagnostics) -> Option<Held> {
    let code = fence.code.value;
    let start = code.len() - code.trim_start().len();
    let first_end = code[start..].find('\n').map_or(code.len(), |end| start + end);
    let first = code[start..first_end].trim_end();
    let place = |from: usize, to: usize| {
        let base = fence.code.span.start as usize;
        Span::new(fence.code.span.file, base + from..base + to)
    };
    let message = |from: usize| {
        let (headers, body) = head_and_body(code, from);
        Message { headers, body: body.map(|(from, to)| place(from, to)), ..annotated(fence) }
    };
    let malformed = |message: String, label: String| {
        Diagnostic::new(Code::ExampleMalformed, place(start, start + first.len()), message).label(label)
    };
    let block_type = block_type(fence);
    if let Some(status) = status(first) {
        if block_type == Some(BlockType::Request) {
            let problem = malformed("this example is a response".to_owned(), "begins with a status".to_owned());
            diagnostics.push(problem.help("write `\"blockType\": \"response\"` in the comment above"));
        }
        let line = place(start, start + first.len());
        let words = first.find(&status.to_string()).map_or("", |at| &first[at..]);
        super::status::check(words, line, diagnostics);
        let status = Some(At::new(status, line));
        return Some(Held::Response(ExampleResponse { status, message: message(first_end) }));
    }
    let request = |method: HttpMethod, url_at: usize| {
        let url = first[url_at..].trim();
        let url = match url.rsplit_once(char::is_whitespace) {
            Some((url, version)) if version.to_ascii_uppercase().starts_with("HTTP/") => url.trim_end(),
            _ => url,
        };
        let at = start + url_at;
        let url = At::new(url.to_owned(), place(at, at + url.len()));
        Some(Held::Request(ExampleRequest { method, url, message: message(first_end) }))
    };
    if template::looks_like_request(first) {
        if block_type == Some(BlockType::Response) {
            let problem = malformed("this example is a request".to_owned(), "begins with a method".to_owned());
            diagnostics.push(problem.help("write `\"blockType\": \"request\"` in the comment above"));
        }
        let (method, url_at) = template::method(first).ok()?;
        return request(method, url_at);
    }
    match block_type {
        Some(BlockType::Request) => {
            let (method, url_at, label) = match (template::nearly(first), told) {
                (Some((method, url_at, doubt)), _) => (method, url_at, doubt.text.to_owned()),
                (None, Some(method)) if first.starts_with(['/', 'h']) => {
                    (method, 0, format!("read as {}, as in the request line", method.name()))
                }
                _ => return None,
            };
            let problem = malformed("this line is no request".to_owned(), label);
            diagnostics.push(problem.help("write a method and a URL, as in `GET https://host/users/7`"));
            request(method, url_at)
        }
        Some(BlockType::Response) => {
            let is_body = first.starts_with(['{', '[', '<', '"']) || is_header(first);
            let is_status = !is_body && first.contains('/') && first.contains(|c: char| c.is_ascii_digit());
            if is_status {
                let problem = malformed("this line is no status line".to_owned(), "expected a status".to_owned());
                diagnostics.push(problem.help("write a status line, as in `HTTP/1.1 200 OK`"));
            }
            // There is no status line, only headers and a body, or a body alone.
            let message = message(if is_status { first_end } else { start });
            Some(Held::Response(ExampleResponse { status: None, message }))
        }
        _ => None,
    }
}

/// The properties of a message that the comment before it states.
fn annotated(fence: &Fence<'_>) -> Message {
    let mut message = Message::default();
    let Some(comment) = &fence.comment else { return message };
    match comment.get(AnnotationKey::Name).map(|name| &name.kind) {
        Some(ValueKind::String(name)) => message.names.push(name.to_string()),
        Some(ValueKind::Array(names)) => {
            message.names.extend(names.iter().filter_map(Value::as_str).map(str::to_owned))
        }
        _ => {}
    }
    message.odata_type =
        comment.type_name().filter(|name| !name.value.is_empty()).map(|name| At::new(name.value.to_owned(), name.span));
    message.is_collection = comment.flag(AnnotationKey::IsCollection).map(|flag| flag.value);
    message.ty = match message.odata_type.as_ref().and_then(response::annotated) {
        Some(ResponseType::Type(ty)) => {
            Some(TypeExpr { collection: ty.collection || message.is_collection == Some(true), ..ty })
        }
        _ => None,
    };
    message.truncated = comment.flag(AnnotationKey::Truncated).is_some_and(|flag| flag.value);
    message
}

/// The status of `HTTP/1.1 200 OK`.
fn status(line: &str) -> Option<u16> {
    let rest = line.get(..4).filter(|start| start.eq_ignore_ascii_case("HTTP")).map(|_| &line[4..])?;
    let rest = rest.strip_prefix(['/', ' '])?;
    rest.split_whitespace().find_map(|word| {
        word.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok().filter(|status| (100..600).contains(status))
    })
}

/// Returns true if a line is a header: `Content-Type: application/json`.
pub(super) fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        !name.is_empty()
            && name.trim_end().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !value.starts_with("//")
    })
}

/// Names and values of headers.
type Headers = Vec<(String, String)>;

/// Reads the headers after `from`, and the range of the body. The first line that is not a header
/// begins the body, even without a blank line.
fn head_and_body(code: &str, from: usize) -> (Headers, Option<(usize, usize)>) {
    let mut headers: Headers = Vec::new();
    let mut at = from;
    for line in code[from..].split_inclusive('\n') {
        let text = line.trim();
        if text.is_empty() {
            // Some pages have an empty line before the headers, too.
            if !headers.is_empty() {
                break;
            }
        } else if is_header(text)
            && let Some((name, value)) = text.split_once(':')
        {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        } else {
            break;
        }
        at += line.len();
    }
    let body = code[at..].trim();
    let start = at + (code[at..].len() - code[at..].trim_start().len());
    (headers, (!body.is_empty()).then(|| (start, start + body.len())))
}

/// Checks the JSON body of an example, and states in the message what it shows. Reports mistakes in
/// the body and in the comment before the fence.
pub(super) fn check(fence: &Fence<'_>, message: &mut Message, diagnostics: &mut Diagnostics) {
    if let Some(document) = fence.comment.as_ref().and_then(|comment| comment.json.as_ref()) {
        json_block::report(document, Code::CommentInvalid, "the comment of the example", diagnostics);
    }
    let Some(span) = message.body else {
        return;
    };
    let base = fence.code.span.start;
    let text = fence.code.value.get((span.start - base) as usize..(span.end - base) as usize).unwrap_or_default();
    if !message.means_json(text) {
        return;
    }
    let mut document = json::parse(span.file, span.start as usize, text);
    let misnamed = misnamed_list(&document, message);
    if let Some(name) = misnamed {
        diagnostics.push(
            Diagnostic::new(
                Code::ExampleEnvelope,
                name.span,
                format!("the list of the example is called `{}`, and a service calls it `value`", name.value),
            )
            .label(question("value"))
            .help("name the list `value`, as in the service's response"),
        );
    }
    message.is_list = is_list(&document) || misnamed.is_some();
    if let Some(ty) = contradicted(&document, message, diagnostics) {
        message.ty = Some(ty);
    }
    if message.truncated {
        // The example is truncated, so dots that mark an omission are no mistake.
        document.problems.retain(|problem| problem.value != json::Problem::Ellipsis);
    }
    json_block::report(&document, Code::JsonInvalid, "the body of the example", diagnostics);
}

/// The type of a single value that contradicts the annotation: a Boolean, and `string` above it.
/// The value is what the service sends.
fn contradicted(document: &Document<'_>, message: &Message, diagnostics: &mut Diagnostics) -> Option<TypeExpr> {
    let (stated, annotation) = (message.ty.as_ref()?, message.odata_type.as_ref()?);
    let value = document.value.get("value").filter(|_| stated.item == TypeItem::Primitive(Primitive::String))?;
    let JsonShape { item: JsonItem::Boolean, collection: false } = json_block::shape(value) else { return None };
    diagnostics.push(
        Diagnostic::new(
            Code::ReturnDisagrees,
            annotation.span,
            format!("the annotation says `{}`, and the example shows a Boolean", annotation.value),
        )
        .label("taken: `Edm.Boolean`")
        .also(value.span, "a Boolean")
        .help("write `\"@odata.type\": \"Edm.Boolean\"`, or mend the example"),
    );
    Some(TypeExpr { item: TypeItem::Primitive(Primitive::Boolean), collection: false })
}

/// The name of the only member of a response, if that is a list of objects with the name of their
/// type. A collection of a service's response is called `value` (OData JSON 4.01, 13).
fn misnamed_list<'d>(document: &'d Document<'_>, message: &Message) -> Option<&'d At<Cow<'d, str>>> {
    let ValueKind::Object(members) = &document.value.kind else { return None };
    let mut members = members.iter().filter(|(name, _)| !name.value.contains('@'));
    let ((name, value), None) = (members.next()?, members.next()) else { return None };
    let ValueKind::Array(items) = &value.kind else { return None };
    let is_object = |item: &Value<'_>| matches!(item.kind, ValueKind::Object(_));
    let ty = simple_name(message.odata_type.as_ref()?.value.trim_end_matches(')')).to_ascii_lowercase();
    let name_folded = name.value.to_ascii_lowercase();
    let is_type = name_folded == ty || name_folded == format!("{ty}s");
    (is_type && !items.is_empty() && items.iter().all(is_object)).then_some(name)
}

/// Returns true for `{"@odata.context": "…", "value": […]}`.
fn is_list(document: &Document<'_>) -> bool {
    let ValueKind::Object(members) = &document.value.kind else {
        return false;
    };
    let is_array = |value: &Value<'_>| matches!(value.kind, ValueKind::Array(_));
    members.iter().all(|(name, value)| name.value.contains('@') || name.value == "value" && is_array(value))
        && members.iter().any(|(name, _)| name.value == "value")
}
