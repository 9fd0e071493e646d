//! An operation → the function that makes its request.

use super::super::doc::{self, Doc};
use super::super::text::{SHORT, Text, literal, width};
use super::super::wire::INLINE;
use super::Context;
use super::builder::allowed;
use super::place::{Parameters, Place};
use super::signature::Signature;
use crate::model::HttpMethod;
use crate::model::requests::{Decoding, Operation, Parameter, Permission, PermissionKind, QueryValue};

/// Behind a longer type rustfmt puts the brace on a line of its own.
const LONG_ANSWER: usize = 68;

pub(super) fn emit(out: &mut Text, context: &Context<'_>, operation: &Operation) {
    operation_doc(context, operation).write(out, 1, "///");
    let mut parameters = Parameters::new(&operation.parameters, &operation.function.lists);
    let place = Place::of(&operation.path, &mut parameters);
    let Signature { parameters: signature, answer, body } = context.types.operation(operation);
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
    calls.extend(body);
    for lint in allowed(&operation.rust_name, signature.len()) {
        out.line(1, &format!("#[allow(clippy::{lint})]"));
    }
    out.line(1, INLINE);
    let chain = place.chain();
    let at = match place.is_here() {
        true => chain.clone(),
        false => operation.function.at.clone(),
    };
    let decode = decode(operation.function.decoding);
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

/// The function of the runtime.
fn decode(decoding: Decoding) -> &'static str {
    match decoding {
        Decoding::Nothing => "nothing",
        Decoding::Json => "json",
        Decoding::Optional => "optional",
        Decoding::Single => "single",
        Decoding::Bytes => "bytes",
        Decoding::Text => "text",
        Decoding::Count => "count",
        Decoding::Accepted => "accepted",
    }
}

fn operation_doc(context: &Context<'_>, operation: &Operation) -> Doc {
    let mut doc = Doc::default();
    let described = operation.description.as_ref().is_some_and(|text| doc.description(text));
    if !described && !doc.markdown(&operation.title) {
        doc.text("A request.");
    }
    let http = operation.http.name();
    let templates: Vec<String> =
        operation.templates.iter().map(|template| doc::code(&format!("{http} {template}"))).collect();
    doc.text(&templates.join(", "));
    parameter_doc(&mut doc, &operation.parameters);
    permission_doc(&mut doc, &operation.permissions);
    for page in std::iter::once(&operation.page).chain(&operation.also) {
        doc.text(&doc::page(&context.sources.file(*page).path));
    }
    doc
}

/// What the page says about parameters.
pub(super) fn parameter_doc(doc: &mut Doc, parameters: &[Parameter]) {
    doc.list(parameters.iter().filter_map(|parameter| {
        let text = parameter.description.as_ref()?;
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
