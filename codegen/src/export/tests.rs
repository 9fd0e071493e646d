//! Tests of the exports with a model and a schema built by hand.

use super::*;
use crate::model::*;
use crate::schema::operation::{DocumentedOperation, Request, ResponseClaim, ResponseSource, ResponseType};
use crate::schema::{self, Filter, Returned, Schema};
use crate::source::{At, FileId, SourceMap, Span};

fn file() -> FileId {
    FileId(0)
}

fn said(text: &str) -> Description {
    Description::from(At::new(text.to_owned(), span(0)))
}

fn span(start: usize) -> Span {
    Span::new(file(), start..start + 1)
}

fn at<T>(value: T) -> At<T> {
    At::new(value, span(2))
}

fn ty(name: &str, kind: TypeKind, properties: Vec<Property>) -> StructuredType {
    let name = QualifiedName::parse(name).expect("a qualified name");
    StructuredType { properties, ..StructuredType::new(name, kind, file(), span(0)) }
}

fn property(name: &str, item: ValueType) -> Property {
    Property {
        name: name.to_owned(),
        ty: PropertyType { item, collection: false },
        is_navigation: false,
        description: None,
        facts: Facts::default(),
        span: span(0),
        rust_field: String::new(),
        rust_const: String::new(),
    }
}

fn many(mut property: Property) -> Property {
    property.ty.collection = true;
    property
}

fn navigation(mut property: Property) -> Property {
    property.is_navigation = true;
    property
}

fn with(mut property: Property, facts: Facts) -> Property {
    property.facts = facts;
    property
}

fn member(name: &str, value: Option<i64>) -> Member {
    Member {
        name: name.to_owned(),
        value,
        description: None,
        deprecation: None,
        rust_variant: String::new(),
        span: span(0),
    }
}

fn enumeration(name: &str, is_flags: bool, members: Vec<Member>) -> EnumType {
    EnumType {
        name: QualifiedName::parse(name).expect("a qualified name"),
        is_flags,
        is_text: false,
        members,
        description: None,
        page: file(),
        span: span(0),
        added: Added::default(),
        rust: TypeNames::default(),
    }
}

fn model() -> Model {
    let string = || ValueType::Primitive(Primitive::String);
    let unknown = |name: &str| ValueType::Undocumented(QualifiedName::parse(name).expect("a qualified name"));
    let operators = |names: &[&str]| {
        Some(at(Filter { supported: true, operators: names.iter().map(|name| name.to_string()).collect() }))
    };
    let retired = Deprecation { since: Some("2024-01".into()), instead: None, text: "Do not use.".into() };
    let mut entity = ty("microsoft.graph.entity", TypeKind::Entity, vec![property("id", string())]);
    entity.is_abstract = true;
    entity.key = vec!["id".into()];
    entity.properties[0].facts.read_only = Some(span(0));
    let mut user = ty(
        "microsoft.graph.user",
        TypeKind::Entity,
        vec![
            with(
                property("mail", string()),
                Facts {
                    max_length: Some(at(64)),
                    nullable: Some(at(false)),
                    default: Some(at("`none`".into())),
                    filter: operators(&["eq", "ge", "startsWith"]),
                    returned: Some(at(Returned::OnSelect)),
                    required: Some(span(0)),
                    ..Facts::default()
                },
            ),
            with(
                property("age", ValueType::Primitive(Primitive::Int32)),
                Facts {
                    max_length: Some(at(64)),
                    default: Some(at("18".into())),
                    filter: Some(at(Filter { supported: false, operators: vec![] })),
                    order_by: Some(at(false)),
                    deprecation: Some(at(retired.clone())),
                    ..Facts::default()
                },
            ),
            with(
                property("group", ValueType::Enum(EnumId(1))),
                Facts { default: Some(at("Adult".into())), ..Facts::default() },
            ),
            many(property("phones", string())),
            many(property("extra", unknown("microsoft.graph.other"))),
            property("any", ValueType::Primitive(Primitive::Untyped)),
            with(
                navigation(property("manager", ValueType::Structured(TypeId(1)))),
                Facts { read_only: Some(span(0)), ..Facts::default() },
            ),
            navigation(many(property("drives", unknown("other.drive")))),
        ],
    );
    user.base = Some(TypeId(0));
    user.is_open = true;
    user.description = Some(said("A person."));
    user.deprecation = Some(at(retired));
    let address = ty("microsoft.graph.z.address", TypeKind::Complex, vec![property("city", string())]);
    let mut described = member("minor", None);
    described.description = Some(said("Under age."));
    Model {
        types: vec![entity, user, address],
        enums: vec![
            enumeration(
                "microsoft.graph.days",
                true,
                ["none", "monday", "tuesday"].map(|name| member(name, None)).into(),
            ),
            enumeration(
                "microsoft.graph.group",
                false,
                vec![described, member("adult", Some(0)), member("other", None)],
            ),
            enumeration("microsoft.graph.large", false, vec![member("most", Some(1 << 40))]),
        ],
        undocumented: ["microsoft.graph.other", "other.drive"]
            .into_iter()
            .map(|name| At::new(QualifiedName::parse(name).expect("a qualified name"), span(0)))
            .collect(),
        ..Model::default()
    }
}

#[test]
fn csdl() {
    let text = serde_json::to_string_pretty(&csdl_json(&model())).expect("JSON");
    insta::assert_snapshot!(text);
}

#[test]
fn numbers_of_flags_are_free_bits() {
    let mut model = Model::default();
    let stated = vec![member("a", None), member("b", Some(1)), member("c", None), member("d", Some(4))];
    model.enums.push(enumeration("n.flags", true, stated));
    model.enums.push(enumeration("n.many", true, (0..70).map(|index| member(&format!("m{index}"), None)).collect()));
    model.enums.push(enumeration("n.last", false, vec![member("a", Some(i64::MAX)), member("b", None)]));
    let document = csdl_json(&model);
    let flags = &document["n"]["flags"];
    assert_eq!(
        [&flags["a"], &flags["b"], &flags["c"], &flags["d"]].map(|value| value.as_i64()),
        [2, 1, 8, 4].map(Some)
    );
    assert_eq!(document["n"]["many"]["m62"].as_i64(), Some(1 << 62));
    assert_eq!(document["n"]["many"]["m63"].as_i64(), Some(0));
}

#[test]
fn everything_of_the_schema() {
    let sources = SourceMap::from_texts([("docs/user.md".to_owned(), "# user\ntext\n".to_owned())]);
    let name = |name: &str| schema::TypeRef { name: name.into(), target: Some(format!("{name}.md")), span: span(7) };
    let schema = Schema {
        declared_operations: vec![],
        container: vec![],
        pages: vec![schema::PageInfo {
            file: file(),
            kind: schema::PageKind::Resource,
            title: Some(at("user".into())),
            namespace: None,
        }],
        types: vec![schema::DeclaredType {
            description: Some(at("A person.".into()).into()),
            key: vec![at("id".into())],
            bases: vec![schema::BaseClaim { base: name("entity"), source: schema::BaseSource::Prose }],
            is_abstract: Some(at(false)),
            properties: vec![schema::DeclaredProperty {
                table_type: Some(at(schema::TypeExpr {
                    item: schema::TypeItem::Primitive(Primitive::String),
                    collection: true,
                })),
                json: Some(at(schema::JsonShape {
                    item: schema::JsonItem::Number { integral: true },
                    collection: false,
                })),
                facts: Facts { read_only: Some(span(8)), ..Facts::default() },
                ..schema::DeclaredProperty::named(at("mail".into()), schema::PropertySource::Properties)
            }],
            ..schema::DeclaredType::named(at(QualifiedName::new("microsoft.graph", "user")), file())
        }],
        enums: vec![],
        operations: vec![DocumentedOperation {
            file: file(),
            title: at("Get user".into()),
            deprecation: None,
            summary: None,
            requests: vec![Request {
                method: HttpMethod::Get,
                root: None,
                path: vec![Segment::Literal("users".into()), Segment::Key("id".into())],
                query: vec![Argument { name: "$select".into(), value: ArgumentValue::Fixed("id".into()) }],
                span: span(7),
            }],
            parameters: vec![],
            query_options: vec![],
            headers: vec![],
            body: None,
            responses: vec![ResponseClaim {
                is_nullable: false,
                value: ResponseType::Stream,
                statuses: vec![200],
                source: ResponseSource::Prose,
                span: span(9),
            }],
            permissions: vec![],
            examples: vec![],
        }],
    };
    let text = serde_json::to_string_pretty(&ir(&schema, &sources)).expect("JSON");
    insta::assert_snapshot!(text);
}
