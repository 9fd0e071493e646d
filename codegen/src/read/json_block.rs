//! Reads the JSON block of a resource page, whose sample values tell the types of properties.

use crate::hashing::HashMap;

use super::{rows, type_expr};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, Document, Value, ValueKind};
use crate::page::Fence;
use crate::schema::{JsonItem, JsonShape, Primitive, QualifiedName, TypeRef};
use crate::source::{At, Span};
use crate::vocabulary::AnnotationKey;

/// Returns true if a fence shows a resource: its comment says `"blockType": "resource"`.
pub(super) fn is_resource_block(fence: &Fence<'_>) -> bool {
    fence.annotation(AnnotationKey::BlockType).and_then(Value::as_str) == Some("resource")
}

/// The namespace of the type that the comment before a block names.
pub(super) fn shown_namespace(fence: &Fence<'_>) -> Option<At<String>> {
    let value = fence.annotation(AnnotationKey::OdataType).filter(|_| is_resource_block(fence))?;
    let name = QualifiedName::parse(value.as_str()?.trim().trim_start_matches('#'))?;
    Some(At::new(name.namespace, value.span))
}

/// The members of a block that are properties, in order. A repeated member is reported and counted
/// once.
pub(crate) fn members(document: &Document<'_>, diagnostics: &mut Diagnostics) -> Vec<(At<String>, At<JsonShape>)> {
    let ValueKind::Object(members) = &document.value.kind else { return Vec::new() };
    let mut found: Vec<(At<String>, At<JsonShape>)> = Vec::with_capacity(members.len());
    let mut first: HashMap<&str, Span> = HashMap::with_capacity_and_hasher(members.len(), Default::default());
    for (key, value) in members {
        // Members such as `x@odata.bind` and `@odata.type` are control information (OData JSON
        // 4.01, 4.6), and `...` is no member.
        let name = key.value.trim();
        if name.is_empty() || rows::is_control_information(name) {
            continue;
        }
        if !rows::is_property_name(name) {
            if name.chars().any(char::is_alphanumeric) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::RowWithoutName,
                        key.span,
                        format!("`{name}` cannot be a property's name, so the member was left out"),
                    )
                    .label("expected a name, such as `displayName`"),
                );
            }
            continue;
        }
        if let Some(known) = first.get(name) {
            diagnostics.push(
                Diagnostic::new(Code::PropertyRepeated, key.span, format!("the JSON block repeats `{name}`"))
                    .also(*known, "first shown here")
                    .help("remove one of the two"),
            );
            continue;
        }
        first.insert(name, key.span);
        found.push((At::new(name.to_owned(), key.span), At::new(shape(value), value.span)));
    }
    found
}

/// Reports JSON that is not valid. Only the first mistake of each block is reported, as the others
/// often follow from it.
pub(crate) fn report(document: &Document<'_>, code: Code, what: &str, diagnostics: &mut Diagnostics) {
    let Some(first) = document.problems.first() else { return };
    let more = document.problems.len() - 1;
    let mut diagnostic =
        Diagnostic::new(code, first.span, format!("{what} is not valid JSON: {}", describe(first.value)))
            .label(describe(first.value))
            .help("it was read as far as it can be understood; make it valid so that nothing is guessed");
    if first.value == json::Problem::TrailingComma {
        diagnostic = diagnostic.fix(first.span, "");
    }
    if more > 0 {
        diagnostic.message.push_str(&format!(" (and {more} more)"));
    }
    diagnostics.push(diagnostic);
}

pub(super) fn describe(problem: json::Problem) -> &'static str {
    match problem {
        json::Problem::Comment => "a comment",
        json::Problem::TrailingComma => "a comma before a closing mark",
        json::Problem::MissingComma => "a comma is missing",
        json::Problem::MissingColon => "a colon is missing",
        json::Problem::Ellipsis => "an ellipsis",
        json::Problem::Unbalanced => "a brace or bracket does not match",
        json::Problem::MissingQuote => "a quote is missing",
        json::Problem::WrongQuote => "other quotes than `\"`",
        json::Problem::BareWord => "a word without quotes",
        json::Problem::BadString => "a string with a line break or an unknown escape",
        json::Problem::OddSpace => "a no-break space or a byte-order mark",
        json::Problem::TrailingText => "text behind the end",
        json::Problem::TooDeep => "nested too deeply",
        json::Problem::Unexpected => "an unexpected character",
    }
}

/// The type that a sample value shows.
pub(crate) fn shape(value: &Value<'_>) -> JsonShape {
    match &value.kind {
        ValueKind::Array(items) => {
            JsonShape { item: items.first().map_or(JsonItem::Nothing, |item| token(item)), collection: true }
        }
        _ => {
            // "Collection(x)" in a string.
            if let ValueKind::String(text) = &value.kind {
                let lower = text.to_ascii_lowercase();
                if lower.starts_with("collection(") || lower.ends_with(" collection") || lower.ends_with("[]") {
                    let inner = lower
                        .strip_prefix("collection(")
                        .map_or(text.len(), |_| text.len().saturating_sub(usize::from(text.ends_with(')'))));
                    let start = if lower.starts_with("collection(") { "collection(".len() } else { 0 };
                    let inner = text.get(start..inner).unwrap_or_default();
                    let inner = inner.trim_end_matches("[]").trim();
                    let inner = inner
                        .strip_suffix(" collection")
                        .or_else(|| inner.strip_suffix(" Collection"))
                        .unwrap_or(inner);
                    return JsonShape { item: text_token(inner, value.span), collection: true };
                }
            }
            JsonShape { item: token(value), collection: says_collection(value) }
        }
    }
}

/// Returns true for an object whose tag says that it stands for a collection:
/// `{"@odata.type": "Collection(microsoft.graph.x)"}`.
fn says_collection(value: &Value<'_>) -> bool {
    let tag = value.get("@odata.type").and_then(Value::as_str).unwrap_or_default();
    item_name(tag) != tag
}

fn token(value: &Value<'_>) -> JsonItem {
    match &value.kind {
        ValueKind::Null | ValueKind::Array(_) => JsonItem::Nothing,
        ValueKind::Bool(_) => JsonItem::Boolean,
        ValueKind::Number(text) => JsonItem::Number { integral: !text.contains(['.', 'e', 'E']) },
        ValueKind::String(text) => text_token(text, value.span),
        ValueKind::Word(text) => text_token(text, value.span),
        ValueKind::Object(members) => {
            let stated = value.get("@odata.type").or_else(|| value.get("@type"));
            match stated.and_then(|stated| stated.as_str().map(|name| (name, stated.span))) {
                // An object with a tag and values is an instance, perhaps of a derived type.
                Some((name, _)) if name.starts_with('#') && members.len() > 1 => JsonItem::Object,
                Some((name, span)) => match Primitive::spelled(item_name(name)) {
                    Some(primitive) => JsonItem::Primitive(primitive),
                    None if type_expr::is_type_name(item_name(name)) => {
                        JsonItem::Named(type_ref(item_name(name), span))
                    }
                    None => JsonItem::Object,
                },
                None => JsonItem::Object,
            }
        }
    }
}

/// The name in `Collection(x)`, or the name itself.
fn item_name(name: &str) -> &str {
    let is_collection = name.get(.."collection(".len()).is_some_and(|start| start.eq_ignore_ascii_case("collection("));
    if is_collection { name["collection(".len()..].trim_end_matches(')') } else { name }
}

fn type_ref(name: &str, span: Span) -> TypeRef {
    TypeRef { name: name.trim_start_matches('#').to_owned(), target: None, span }
}

/// `"String (timestamp)"`, `"Int32"`, `"a | b"`, `"microsoft.graph.x"`, or any sample.
fn text_token(text: &str, span: Span) -> JsonItem {
    let trimmed = text.trim();
    if trimmed.contains('|') {
        let values: Vec<String> =
            trimmed.split('|').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
        let names = values.iter().all(|value| type_expr::is_type_name(value) && !value.contains('.'));
        if values.len() > 1 && names && values.iter().all(|value| Primitive::spelled(value).is_none()) {
            return JsonItem::Values(values);
        }
        return JsonItem::Text;
    }
    let (head, remark) = match trimmed.split_once('(') {
        Some((head, remark)) => (head.trim(), remark.trim_end_matches(')').trim().to_ascii_lowercase()),
        None => (trimmed, String::new()),
    };
    match Primitive::spelled(head) {
        Some(Primitive::String) => Primitive::from_string_remark(&remark).map_or(JsonItem::Text, JsonItem::Primitive),
        // "date", "time", "url", "text" and "number" are probably sample values.
        Some(primitive) if head.len() > 6 || head.starts_with("Edm.") || primitive.is_edm_name(head) => {
            JsonItem::Primitive(primitive)
        }
        Some(Primitive::Boolean) => JsonItem::Boolean,
        Some(_) => JsonItem::Text,
        None if head.contains('.') && type_expr::is_type_name(head) && head.split('.').count() > 2 => {
            JsonItem::Named(type_ref(head, span))
        }
        None => JsonItem::Text,
    }
}
