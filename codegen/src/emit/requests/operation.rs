//! An operation → the function that makes its request.

use super::super::doc::{self, Doc};
use super::super::text::{SHORT, Text, literal, width};
use super::super::wire::INLINE;
use super::Context;
use super::builder::allowed;
use super::place::{self, Parameters, Place};
use crate::model::requests::{
    Answer, Body, Operation, Parameter, Permission, PermissionKind, QueryValue, SystemOptions,
};
use crate::model::{HttpMethod, Primitive, ValueType};

/// Behind a longer type rustfmt puts the brace on a line of its own.
const LONG_ANSWER: usize = 68;

pub(super) fn emit(out: &mut Text, context: &Context<'_>, operation: &Operation) {
    operation_doc(context, operation).write(out, 1, "///");
    let mut parameters = Parameters::new(context.scope, &operation.parameters);
    let place = Place::of(&operation.path, &mut parameters);
    let (answer, decode) = answer(context, operation);
    let mut signature: Vec<String> = std::iter::once("&self".to_owned())
        .chain(operation.parameters.iter().map(|parameter| place::declaration(context.scope, parameter)))
        .collect();
    let mut calls = Vec::new();
    for (name, value) in &operation.query {
        let value = match value {
            QueryValue::Placeholder { quoted: true } => parameters.literal(name, true),
            QueryValue::Placeholder { quoted: false } => parameters.name(name),
            QueryValue::Fixed(text) => literal(text),
        };
        calls.push(format!(".query({}, {value})", literal(name)));
    }
    for (name, value) in &operation.headers {
        calls.push(format!(".header({}, {})", literal(name), literal(value)));
    }
    if let Some(body) = Content::of(context, operation, &parameters) {
        signature.extend(body.parameters);
        calls.push(body.call);
    }
    for lint in allowed(&operation.rust_name, signature.len()) {
        out.line(1, &format!("#[allow(clippy::{lint})]"));
    }
    out.line(1, INLINE);
    let chain = place.chain();
    let at = match place.is_here() {
        true => chain.clone(),
        false => parameters.free_name("at"),
    };
    let request = format!("rt::Request::new(rt::Method::{}, {at}, rt::answer::{decode})", variant(operation.http));
    let write = |out: &mut Text| {
        out.signature(1, &operation.rust_name, &signature, &answer);
        place.write_lists(out);
        if !place.is_here() {
            out.line(2, &format!("let {at} = {chain};"));
        }
        out.chain(2, &request, &calls);
        out.line(1, "}");
    };
    let long_call = calls.iter().any(|call| width(call) > SHORT);
    if place.irregular || long_call || width(&chain) > SHORT || width(&answer) > LONG_ANSWER {
        out.line(1, "#[rustfmt::skip]");
        write(out);
    } else {
        out.item(1, write);
    }
}

fn variant(http: HttpMethod) -> &'static str {
    match http {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    }
}

/// The type of the request, and the function that reads its answer.
fn answer(context: &Context<'_>, operation: &Operation) -> (String, &'static str) {
    let scope = context.scope;
    // The alias of a kind of request, the type in it, and the type whose properties the query options take.
    let alias = |alias: &str, value: String, owner: String| {
        if value == owner { format!("rt::{alias}<{value}>") } else { format!("rt::{alias}<{value}, {owner}>") }
    };
    match (&operation.answer, operation.options) {
        (Answer::One(ty), SystemOptions::One(owner)) => {
            return (alias("ReadRequest", scope.value(ty), scope.owner(owner)), "json");
        }
        (Answer::Many(ty), SystemOptions::Many(owner)) => {
            return (alias("ListRequest", scope.value(ty), scope.owner(owner)), "json");
        }
        (Answer::Delta(ty), SystemOptions::One(owner) | SystemOptions::Many(owner)) => {
            return (alias("DeltaRequest", scope.value(ty), scope.owner(owner)), "json");
        }
        (Answer::Delta(ty), SystemOptions::None) => {
            return (format!("rt::DeltaRequest<{}>", scope.value(ty)), "json");
        }
        _ => {}
    }
    let (value, decode) = match &operation.answer {
        Answer::Nothing => ("()".to_owned(), "nothing"),
        Answer::One(ty) => (scope.value(ty), "json"),
        Answer::Optional(ty) => (format!("Option<{}>", scope.value(ty)), "optional"),
        Answer::Single(ty) => (format!("rt::Single<{}>", scope.value(ty)), "single"),
        Answer::Many(ty) => (format!("rt::Collection<{}>", scope.value(ty)), "json"),
        Answer::Delta(ty) => (format!("rt::Delta<{}>", scope.value(ty)), "json"),
        Answer::Bytes => ("Vec<u8>".to_owned(), "bytes"),
        Answer::Text => ("String".to_owned(), "text"),
        Answer::Count => ("i64".to_owned(), "count"),
        Answer::Accepted => ("rt::Accepted".to_owned(), "accepted"),
    };
    let request = match operation.options {
        SystemOptions::None => format!("rt::Request<{value}>"),
        SystemOptions::One(owner) => format!("rt::Request<{value}, rt::query::One<{}>>", scope.owner(owner)),
        SystemOptions::Many(owner) => format!("rt::Request<{value}, rt::query::Many<{}>>", scope.owner(owner)),
    };
    (request, decode)
}

/// What a request carries, as parameters of the function and a call on the request.
struct Content {
    parameters: Vec<String>,
    call: String,
}

impl Content {
    fn of(context: &Context<'_>, operation: &Operation, parameters: &Parameters<'_>) -> Option<Self> {
        let scope = context.scope;
        let json = |name: &str, ty: String| {
            let name = parameters.free_name(name);
            Some(Content { parameters: vec![format!("{name}: &{ty}")], call: format!(".json({name})") })
        };
        match &operation.body {
            Body::Nothing => None,
            Body::Value(ValueType::Primitive(Primitive::String)) => json("body", "str".to_owned()),
            Body::Value(ty) => json("body", scope.value(ty)),
            Body::Update(id) => json("changes", format!("rt::Update<{}>", scope.owner(*id))),
            Body::Parameters(index) => {
                let ty = context.model.requests.parameters.get(*index)?;
                json("parameters", format!("super::{}", ty.rust.name))
            }
            Body::Reference => json("reference", "rt::Reference".to_owned()),
            Body::Json => json("body", "rt::Json".to_owned()),
            Body::Bytes => {
                let (content, media) = (parameters.free_name("content"), parameters.free_name("media_type"));
                Some(Content {
                    parameters: vec![format!("{content}: Vec<u8>"), format!("{media}: &str")],
                    call: format!(".bytes({content}, {media})"),
                })
            }
        }
    }
}

fn operation_doc(context: &Context<'_>, operation: &Operation) -> Doc {
    let mut doc = Doc::default();
    let described = operation.description.as_ref().is_some_and(|text| doc.markdown(text));
    if !described && !doc.markdown(&operation.title) {
        doc.text("A request.");
    }
    let http = operation.http.name();
    let templates: Vec<String> =
        operation.templates.iter().map(|template| doc::code(&format!("{http} {template}"))).collect();
    doc.text(&templates.join(", "));
    parameter_doc(&mut doc, &operation.parameters);
    permission_doc(&mut doc, &operation.permissions);
    doc.text(&doc::page(&context.sources.file(operation.page).path));
    doc
}

/// What the page says about parameters.
pub(super) fn parameter_doc(doc: &mut Doc, parameters: &[Parameter]) {
    doc.list(parameters.iter().filter_map(|parameter| {
        let text = parameter.description.as_deref()?;
        Some((format!("{}:", doc::code(&parameter.rust_name)), text))
    }));
}

fn permission_doc(doc: &mut Doc, permissions: &[Permission]) {
    if permissions.is_empty() {
        return;
    }
    let names = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| doc::code(name)).collect();
        names.join(", ")
    };
    let rows = permissions.iter().map(|permission| {
        let kind = match &permission.kind {
            PermissionKind::DelegatedWork => "Delegated, work or school account".to_owned(),
            PermissionKind::DelegatedPersonal => "Delegated, personal account".to_owned(),
            PermissionKind::Application => "Application".to_owned(),
            PermissionKind::Other(text) => doc::inline(text),
        };
        let kind = match &permission.subject {
            Some(subject) => format!("{kind}: {}", doc::inline(subject)),
            None => kind,
        };
        let least = if permission.is_supported() { names(&permission.least) } else { "not supported".to_owned() };
        [kind, least, names(&permission.higher)]
    });
    doc.table(["Permission type", "Least privileged", "Higher privileged"], rows.collect());
}
