//! Reads CSDL JSON 4.01 into the [`Element`]s that the same document would have in XML.
//!
//! Defaults that differ between the formats become explicit: in JSON a property is a string and not
//! nullable unless it states otherwise (CSDL JSON 4.01, 7.1 and 7.2.1).

use super::Fault;
use super::element::Element;
use crate::json::{self, Value, ValueKind};
use crate::read::json_block::describe;
use crate::source::{At, FileId, Span};

/// A member of an object.
type JsonMember<'v, 'a> = (&'v At<std::borrow::Cow<'a, str>>, &'v Value<'a>);

/// Parses a document that begins at `start` in its file.
pub(super) fn parse(file: FileId, start: usize, text: &str) -> Result<Element, Fault> {
    let document = json::parse(file, start, text);
    if let Some(problem) = document.problems.first() {
        return Err(Fault::new(problem.span, format!("this is no valid JSON: {}", describe(problem.value))));
    }
    let root = &document.value;
    let mut edmx = Element::new("Edmx", Span::new(file, start..start + 1));
    let Some(version) = root.get("$Version").filter(|version| version.as_str().is_some()) else {
        return Err(Fault::new(edmx.span, "this is no CSDL document: a member `$Version` was expected"));
    };
    edmx = edmx.with("Version", text_of(version), version.span);
    for (key, value) in members(root) {
        match key.value.as_ref() {
            "$Reference" => edmx.children.extend(members(value).map(reference)),
            name if name.starts_with('$') => {}
            _ => edmx.children.push(schema((key, value))),
        }
    }
    Ok(edmx)
}

fn members<'v, 'a>(value: &'v Value<'a>) -> impl Iterator<Item = JsonMember<'v, 'a>> {
    let members = match &value.kind {
        ValueKind::Object(members) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(key, value)| (key, value))
}

fn items<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match &value.kind {
        ValueKind::Array(items) => items,
        _ => &[],
    }
}

/// A plain value in the form of an XML attribute.
fn text_of(value: &Value<'_>) -> String {
    match &value.kind {
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Number(text) | ValueKind::Word(text) => (*text).to_owned(),
        ValueKind::String(text) => text.to_string(),
        ValueKind::Null | ValueKind::Array(_) | ValueKind::Object(_) => String::new(),
    }
}

fn holds(value: &Value<'_>, member: &str) -> bool {
    matches!(value.get(member).map(|value| &value.kind), Some(ValueKind::Bool(true)))
}

/// An element with a name. Each member that has the name of an attribute with a dollar sign becomes
/// that attribute.
fn named(element: &str, (key, value): JsonMember<'_, '_>, attributes: &[&str]) -> Element {
    plain(element, key.span, value, attributes).with("Name", key.value.as_ref(), key.span)
}

fn plain(element: &str, span: Span, value: &Value<'_>, attributes: &[&str]) -> Element {
    let mut element = Element::new(element, span);
    for name in attributes {
        if let Some(value) = value.get(&format!("${name}")) {
            element = element.with(name, text_of(value), value.span);
        }
    }
    element
}

fn reference((key, value): JsonMember<'_, '_>) -> Element {
    let mut element = Element::new("Reference", key.span).with("Uri", key.value.as_ref(), key.span);
    for include in value.get("$Include").map_or(&[][..], items) {
        element.children.push(plain("Include", include.span, include, &["Namespace", "Alias"]));
    }
    element
}

fn schema((key, value): JsonMember<'_, '_>) -> Element {
    let mut schema = plain("Schema", key.span, value, &["Alias"]).with("Namespace", key.value.as_ref(), key.span);
    for member in members(value) {
        let (name, value) = member;
        match (name.value.as_ref(), &value.kind) {
            ("$Annotations", _) => schema.children.extend(members(value).map(|(target, value)| {
                let mut element =
                    Element::new("Annotations", target.span).with("Target", target.value.as_ref(), target.span);
                annotate(&mut element, value);
                element
            })),
            (name, _) if name.starts_with(['$', '@']) || name.contains('@') => {}
            (_, ValueKind::Array(overloads)) => {
                schema.children.extend(overloads.iter().map(|overload| operation((name, overload))));
            }
            _ => schema.children.push(declaration(member)),
        }
    }
    annotate(&mut schema, value);
    schema
}

fn declaration(member: JsonMember<'_, '_>) -> Element {
    let (_, value) = member;
    let kind = value.get("$Kind").map(text_of).unwrap_or_default();
    match kind.as_str() {
        "EntityType" | "ComplexType" => structured(&kind, member),
        "EnumType" => enumeration(member),
        "EntityContainer" => container(member),
        "TypeDefinition" => named("TypeDefinition", member, &["UnderlyingType"]),
        _ => unknown(&kind, member),
    }
}

/// A member that is no declaration. It is reported by its `$Kind`, or by its name if it has none.
fn unknown(kind: &str, (key, _): JsonMember<'_, '_>) -> Element {
    Element::new(if kind.is_empty() { key.value.as_ref() } else { kind }, key.span)
}

fn structured(kind: &str, member: JsonMember<'_, '_>) -> Element {
    let (_, value) = member;
    let mut element = named(kind, member, &["BaseType", "Abstract", "OpenType", "HasStream"]);
    if let Some(parts) = value.get("$Key") {
        let mut key = Element::new("Key", parts.span);
        for part in items(parts) {
            let reference = Element::new("PropertyRef", part.span);
            key.children.extend(match part.as_str() {
                Some(name) => vec![reference.with("Name", name, part.span)],
                None => members(part)
                    .map(|(alias, path)| {
                        let reference = reference.clone().with("Alias", alias.value.as_ref(), alias.span);
                        reference.with("Name", text_of(path), path.span)
                    })
                    .collect(),
            });
        }
        element.children.push(key);
    }
    for (name, property) in
        members(value).filter(|(name, value)| is_member(&name.value) || is_instance_annotation(name, value))
    {
        let attributes = &["MaxLength", "DefaultValue", "ContainsTarget", "Partner"];
        let kind = property.get("$Kind").map_or_else(|| "Property".to_owned(), text_of);
        element.children.push(match (kind.as_str(), &property.kind) {
            ("Property" | "NavigationProperty", ValueKind::Object(_)) => typed(&kind, (name, property), attributes),
            ("Property", _) => unknown("", (name, property)),
            _ => unknown(&kind, (name, property)),
        });
    }
    annotate(&mut element, value);
    element
}

/// An element with a type: a property, a parameter or a return type.
fn typed(kind: &str, member: JsonMember<'_, '_>, attributes: &[&str]) -> Element {
    let (key, value) = member;
    let ty = value.get("$Type").map_or_else(|| "Edm.String".to_owned(), text_of);
    let ty = if holds(value, "$Collection") { format!("Collection({ty})") } else { ty };
    let place = value.get("$Type").map_or(key.span, |ty| ty.span);
    let nullable = if holds(value, "$Nullable") { "true" } else { "false" };
    let mut element = named(kind, member, attributes).with("Type", ty, place).with("Nullable", nullable, key.span);
    annotate(&mut element, value);
    element
}

fn enumeration(member: JsonMember<'_, '_>) -> Element {
    let (_, value) = member;
    let mut element = named("EnumType", member, &["IsFlags", "UnderlyingType"]);
    for (name, number) in members(value).filter(|(name, _)| is_member(&name.value)) {
        let mut child = Element::new("Member", name.span).with("Name", name.value.as_ref(), name.span).with(
            "Value",
            text_of(number),
            number.span,
        );
        // Annotations of a member are written beside it (14.3).
        for (key, annotation) in members(value) {
            if let Some(term) = key.value.strip_prefix(name.value.as_ref()).filter(|term| term.starts_with('@')) {
                child.children.push(self::annotation(term, key.span, annotation));
            }
        }
        element.children.push(child);
    }
    annotate(&mut element, value);
    element
}

fn operation((name, value): JsonMember<'_, '_>) -> Element {
    let kind = value.get("$Kind").map(text_of).unwrap_or_default();
    if !matches!(kind.as_str(), "Action" | "Function") {
        return unknown(&kind, (name, value));
    }
    let mut element = named(&kind, (name, value), &["IsBound", "EntitySetPath", "IsComposable"]);
    for parameter in value.get("$Parameter").map_or(&[][..], items) {
        let name = parameter.get("$Name");
        let key = At::new(name.map(text_of).unwrap_or_default().into(), name.map_or(parameter.span, |name| name.span));
        element.children.push(typed("Parameter", (&key, parameter), &[]));
    }
    if let Some(returns) = value.get("$ReturnType") {
        element.children.push(typed("ReturnType", (&At::new("".into(), returns.span), returns), &[]));
    }
    annotate(&mut element, value);
    element
}

fn container(member: JsonMember<'_, '_>) -> Element {
    let (_, value) = member;
    let mut element = named("EntityContainer", member, &["Extends"]);
    for (name, value) in members(value).filter(|(name, _)| is_member(&name.value)) {
        let member = (name, value);
        let mut child = if value.get("$Action").is_some() {
            named("ActionImport", member, &["Action", "EntitySet"])
        } else if value.get("$Function").is_some() {
            named("FunctionImport", member, &["Function", "EntitySet"])
        } else if holds(value, "$Collection") {
            let ty = value.get("$Type");
            named("EntitySet", member, &[]).with("EntityType", ty.map(text_of).unwrap_or_default(), name.span)
        } else {
            named("Singleton", member, &["Type", "Nullable"])
        };
        for (path, target) in value.get("$NavigationPropertyBinding").into_iter().flat_map(members) {
            let binding =
                Element::new("NavigationPropertyBinding", path.span).with("Path", path.value.as_ref(), path.span);
            child.children.push(binding.with("Target", text_of(target), target.span));
        }
        annotate(&mut child, value);
        element.children.push(child);
    }
    annotate(&mut element, value);
    element
}

/// Returns true if a member of an object is a property, an enum member or a container member, and
/// not a `$` member or an annotation.
fn is_member(name: &str) -> bool {
    !name.starts_with('$') && !name.contains('@')
}

/// Returns true if a member is an instance annotation that pages describe like a property, such as
/// `@microsoft.graph.downloadUrl`. edmark's own export contains these; unlike the value of an
/// annotation (14.4), they state whether they are nullable.
fn is_instance_annotation(name: &At<std::borrow::Cow<'_, str>>, value: &Value<'_>) -> bool {
    name.value.contains('@')
        && !name.value.starts_with('$')
        && (value.get("$Nullable").is_some() || value.get("$Collection").is_some())
}

/// Adds the annotations of an object to its element.
fn annotate(element: &mut Element, value: &Value<'_>) {
    let annotations =
        members(value).filter(|(key, value)| key.value.starts_with('@') && !is_instance_annotation(key, value));
    for (key, value) in annotations {
        element.children.push(annotation(&key.value, key.span, value));
    }
}

/// `@Term` or `@Term#Qualifier`
fn annotation(term: &str, span: Span, value: &Value<'_>) -> Element {
    let (term, qualifier) = term.trim_start_matches('@').split_once('#').unwrap_or((term.trim_start_matches('@'), ""));
    let mut element = Element::new("Annotation", span).with("Term", term, span).with("Qualifier", qualifier, span);
    element.children.push(expression(value));
    element
}

/// Reads a constant or dynamic expression (14.4).
fn expression(value: &Value<'_>) -> Element {
    let name = match &value.kind {
        ValueKind::Null => "Null",
        ValueKind::Bool(_) => "Bool",
        ValueKind::Number(text) if text.contains(['.', 'e', 'E']) => "Float",
        ValueKind::Number(_) => "Int",
        ValueKind::String(_) | ValueKind::Word(_) => "String",
        ValueKind::Array(_) => "Collection",
        ValueKind::Object(_) if value.get("$Path").is_some() => "Path",
        ValueKind::Object(_) => "Record",
    };
    let mut element = Element::new(name, value.span);
    match &value.kind {
        ValueKind::Array(items) => element.children.extend(items.iter().map(expression)),
        ValueKind::Object(_) => {
            element.text = value.get("$Path").map(text_of).unwrap_or_default();
            for (key, value) in members(value) {
                if !key.value.starts_with(['$', '@']) {
                    let mut property =
                        Element::new("PropertyValue", key.span).with("Property", key.value.as_ref(), key.span);
                    property.children.push(expression(value));
                    element.children.push(property);
                }
            }
        }
        _ => element.text = text_of(value),
    }
    element
}
