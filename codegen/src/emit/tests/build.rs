//! Builds models by hand, in the form that `resolve` produces.

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

use crate::model::*;
use crate::source::{At, FileId, SourceMap, Span};

pub(super) const ROOT: usize = 0;
pub(super) const SUB: usize = 1;

pub(super) fn span() -> Span {
    Span::start_of(FileId(0))
}

pub(super) fn at<T>(value: T) -> At<T> {
    At::new(value, span())
}

pub(super) fn sources() -> SourceMap {
    SourceMap::from_texts([("docs/v1.0/resources/page.md".to_owned(), String::new())])
}

/// A model with the namespaces `microsoft.graph` and `microsoft.graph.callRecords`.
pub(super) fn model() -> Model {
    Model {
        service: crate::service::graph::profile(),
        modules: vec![
            Module { namespace: "microsoft.graph".to_owned(), path: vec![] },
            Module { namespace: "microsoft.graph.callRecords".to_owned(), path: vec!["call_records".to_owned()] },
        ],
        pages: [(FileId(0), page())].into(),
        ..Model::default()
    }
}

fn page() -> ReferencePage {
    ReferencePage { title: "page resource type".to_owned(), address: Some("https://learn.example/page".to_owned()) }
}

/// A link of a description.
pub(super) fn link(address: Option<&str>) -> Link {
    Link { written: at(String::new()), ty: None, address: address.map(str::to_owned) }
}

pub(super) fn ty(module: usize, name: &str) -> StructuredType {
    let namespace = ["microsoft.graph", "microsoft.graph.callRecords"][module];
    StructuredType {
        name: QualifiedName::new(namespace, name),
        kind: TypeKind::Entity,
        is_abstract: false,
        is_open: false,
        has_stream: false,
        key: vec![],
        base: None,
        base_span: None,
        derived: vec![],
        properties: vec![],
        description: None,
        deprecation: None,
        page: FileId(0),
        span: span(),
        added: Added::default(),
        rust: TypeNames {
            module,
            file: if name == "Box" { "box_".to_owned() } else { name.to_snake_case() },
            name: name.to_upper_camel_case(),
            ..TypeNames::default()
        },
    }
}

pub(super) fn enumeration(module: usize, name: &str, members: &[&str]) -> EnumType {
    let plain = ty(module, name);
    EnumType {
        name: plain.name,
        is_flags: false,
        is_text: false,
        members: members.iter().map(|name| member(name)).collect(),
        description: None,
        page: FileId(0),
        span: span(),
        added: Added::default(),
        rust: plain.rust,
    }
}

pub(super) fn member(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        value: None,
        description: None,
        deprecation: None,
        rust_variant: name.to_upper_camel_case(),
        span: span(),
    }
}

pub(super) fn property(name: &str, item: ValueType) -> Property {
    Property {
        name: name.to_owned(),
        ty: PropertyType { item, collection: false },
        is_navigation: false,
        description: None,
        facts: Facts::default(),
        span: span(),
        rust_field: name.to_snake_case(),
        rust_const: name.to_shouty_snake_case(),
    }
}

pub(super) fn many(name: &str, item: ValueType) -> Property {
    let mut property = property(name, item);
    property.ty.collection = true;
    property
}

pub(super) fn string(name: &str) -> Property {
    property(name, ValueType::Primitive(Primitive::String))
}

/// Adds a type and enters it in the list of its base's derived types.
pub(super) fn add(model: &mut Model, mut ty: StructuredType, base: Option<TypeId>) -> TypeId {
    let id = TypeId(model.types.len() as u32);
    ty.base = base;
    model.types.push(ty);
    if let Some(base) = base {
        model.types[base.0 as usize].derived.push(id);
    }
    id
}

pub(super) fn add_enum(model: &mut Model, ty: EnumType) -> EnumId {
    model.enums.push(ty);
    EnumId(model.enums.len() as u32 - 1)
}

/// A description of plain text, in another place of the page than the facts.
pub(super) fn described(value: String) -> Description {
    Description::new(&value, Span { start: 1, end: 2, ..span() })
}

/// The enum of a base type and its derived types. Its variants are named with the private names.
pub(super) fn family(name: impl Into<String>) -> Family {
    Family { name: name.into(), variants: vec![] }
}
