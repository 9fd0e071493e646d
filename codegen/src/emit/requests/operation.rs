//! Generates the function that makes the request of an operation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::code::ident;
use super::super::doc::{self, Doc};
use super::super::print::Tokens;
use super::super::template::Template;
use super::super::types::Scope;
use super::place::{Parameters, PathCalls};
use super::signature::Signature;
use super::value::{Argument, Given, Value};
use super::{Context, PATHS};
use crate::model::requests::{
    self, Body, BuilderId, Decoding, Grant, Parameter, Permission, PermissionKind, QueryValue,
};
use crate::model::{HttpMethod, ValueType};
use crate::ordered;

/// The function of an operation.
#[derive(Hash)]
pub(super) struct RequestFunction {
    doc: Doc,
    pub(super) signature: Signature,
    http: HttpMethod,
    place: PathCalls,
    /// The variable that holds the path of the request, if it is not the builder's own path.
    at: String,
    decoding: Decoding,
    calls: Vec<Call>,
}

/// A method that is called on the request.
#[derive(Hash)]
enum Call {
    Query(String, Given<OptionValue>),
    Header(String, String),
    /// The name of a parameter, and the type tag if the body has to name its type.
    Json(String, Option<String>),
    /// The names of two parameters: the content and its media type.
    Bytes(String, String),
}

/// The value of a query option.
#[derive(Hash)]
enum OptionValue {
    Plain(Value),
    Literal(Argument),
}

impl RequestFunction {
    /// The function of an operation of the builder at a position of the tree.
    pub(super) fn of(context: &Context<'_>, builder: usize, operation: &requests::Operation) -> Self {
        let function = &operation.function;
        let mut parameters = Parameters::new(&operation.parameters, &function.lists);
        let place = PathCalls::of(&operation.path, &mut parameters);
        let query = operation.query.iter().map(|(name, value)| {
            let value = match value {
                QueryValue::Placeholder { quoted: true } => {
                    parameters.given(|all| OptionValue::Literal(all.argument(name, true)))
                }
                QueryValue::Placeholder { quoted: false } => {
                    parameters.given(|all| OptionValue::Plain(all.displayed(name)))
                }
                QueryValue::Fixed(text) => Given::Always(OptionValue::Plain(Value::Literal(text.clone()))),
            };
            Call::Query(name.clone(), value)
        });
        let mut calls: Vec<Call> = query.collect();
        calls.extend(operation.headers.iter().map(|(name, value)| Call::Header(name.clone(), value.clone())));
        match function.body.as_slice() {
            [body] => calls.push(Call::Json(body.clone(), tag(context, operation))),
            [content, media_type] => calls.push(Call::Bytes(content.clone(), media_type.clone())),
            _ => {}
        }
        RequestFunction {
            doc: operation_doc(context, builder, operation),
            signature: context.types.operation(operation),
            http: operation.http,
            place,
            at: function.at.clone(),
            decoding: function.decoding,
            calls,
        }
    }
}

impl RequestFunction {
    pub(super) fn write(&self, out: &mut Tokens) {
        static AT_BUILDER: Template =
            Template::new(|| quote!(rt::Request::new(rt::Method::$method, $place, rt::response::$decoding) $calls));
        static BELOW: Template = Template::new(|| {
            quote! {
                $lists
                let $at = $place;
                rt::Request::new(rt::Method::$method, $at, rt::response::$decoding) $calls
            }
        });
        let RequestFunction { doc, signature, place, calls, .. } = self;
        let body = if place.is_here() { &AT_BUILDER } else { &BELOW };
        let body = |out: &mut Tokens| {
            body.write(
                out,
                &[
                    ("lists", &|out| out.append(place.bindings())),
                    ("at", &|out| out.ident(&self.at)),
                    ("place", &|out| out.append(quote!(#place))),
                    ("method", &|out| out.ident(method(self.http))),
                    ("decoding", &|out| out.ident(decoding(self.decoding))),
                    ("calls", &|out| out.append(quote!(#(#calls)*))),
                ],
            );
        };
        signature.write(out, |out| doc.write(out), body);
    }
}

impl ToTokens for Call {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Call::Query(name, Given::Always(value)) => quote!(.query(#name, #value)),
            // An option that is null is one that is not given.
            Call::Query(name, Given::Maybe { parameter, value } | Given::OrNull { parameter, value }) => {
                let parameter = ident(parameter);
                match value {
                    OptionValue::Plain(Value::Parameter(_)) => quote!(.query_of(#name, #parameter)),
                    OptionValue::Literal(Argument::Quoted(Value::Parameter(_))) => {
                        quote!(.query_of(#name, #parameter.map(rt::Literal::string)))
                    }
                    value => quote!(.query_of(#name, #parameter.map(|#parameter| #value))),
                }
            }
            Call::Header(name, value) => quote!(.header(#name, #value)),
            Call::Json(body, tag) => {
                let body = ident(body);
                match tag {
                    Some(tag) => quote!(.json_of(#tag, #body)),
                    None => quote!(.json(#body)),
                }
            }
            Call::Bytes(content, media_type) => {
                let (content, media_type) = (ident(content), ident(media_type));
                quote!(.bytes(#content, #media_type))
            }
        });
    }
}

impl ToTokens for OptionValue {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            OptionValue::Plain(value) => value.to_tokens(tokens),
            OptionValue::Literal(value) => value.to_tokens(tokens),
        }
    }
}

/// The type tag of the body, if the body has to name its type.
fn tag(context: &Context<'_>, operation: &requests::Operation) -> Option<String> {
    match &operation.body {
        Body::Update(id) | Body::Value(ValueType::Structured(id)) if operation.is_tagged => {
            Some(format!("#{}", context.model.structured(*id).name))
        }
        _ => None,
    }
}

fn method(http: HttpMethod) -> &'static str {
    match http {
        HttpMethod::Get => "Get",
        HttpMethod::Post => "Post",
        HttpMethod::Put => "Put",
        HttpMethod::Patch => "Patch",
        HttpMethod::Delete => "Delete",
    }
}

/// The name of the runtime function that reads the response.
fn decoding(decoding: Decoding) -> &'static str {
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

fn operation_doc(context: &Context<'_>, builder: usize, operation: &requests::Operation) -> Doc {
    let mut doc = Doc::default();
    let described = operation
        .description
        .as_ref()
        .is_some_and(|text| doc.description_of(operation.deprecation.as_ref(), text, context.links));
    if !described && !doc.plain(&operation.title) {
        doc.text("A request.");
    }
    let http = operation.http.name();
    let mut templates: Vec<&String> = operation.templates.iter().collect();
    ordered::sort_by_key(&mut templates, |template| template.len());
    let mut lines: Vec<String> =
        templates.iter().take(PATHS).map(|template| doc::code(&format!("{http} {template}"))).collect();
    if let Some(more) = templates.len().checked_sub(PATHS).filter(|more| *more > 0) {
        lines.push(format!("and {more} more"));
    }
    doc.text(&lines.join(", "));
    doc_not_at(&mut doc, &operation.not_at);
    let example = context.examples.and_then(|examples| examples.operation(BuilderId(builder as u32), operation));
    if let Some(example) = example {
        doc.code(&example);
    }
    parameter_doc(&mut doc, context.links, &operation.parameters);
    permission_doc(&mut doc, context, operation);
    doc.pages(operation.pages().filter_map(|page| context.model.pages.get(&page)));
    doc
}

/// Documents the paths of the builder that do not have a call.
pub(super) fn doc_not_at(doc: &mut Doc, paths: &[String]) {
    let mut named: Vec<String> = paths.iter().take(PATHS).map(|path| doc::code(path)).collect();
    if let Some(more) = paths.len().checked_sub(PATHS).filter(|more| *more > 0) {
        named.push(format!("{more} more paths"));
    }
    if !named.is_empty() {
        doc.text(&format!("Not at {}.", named.join(", ")));
    }
}

/// Documents the parameters that the page describes.
pub(super) fn parameter_doc(doc: &mut Doc, links: &Scope<'_>, parameters: &[Parameter]) {
    let items = parameters.iter().filter_map(|parameter| {
        let text = parameter.description.as_ref()?;
        Some((format!("{}:", doc::code(&parameter.rust_name)), text))
    });
    doc.list(items, links);
}

fn permission_doc(doc: &mut Doc, context: &Context<'_>, operation: &requests::Operation) {
    permission_table(doc, &operation.permissions);
    for (file, rows) in &operation.also_permissions {
        let page = context.model.pages.get(file).map_or_else(String::new, doc::page);
        doc.text(&format!("Permissions by {page}, where they differ:"));
        permission_table(doc, rows);
    }
}

fn permission_table(doc: &mut Doc, permissions: &[Permission]) {
    if permissions.is_empty() {
        return;
    }
    let names = |grants: &[Grant]| {
        let one = |grant: &Grant| {
            let names: Vec<String> = grant.permissions().iter().map(|name| doc::code(name)).collect();
            names.join(" and ")
        };
        grants.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let rows = permissions.iter().map(|permission| {
        let kind = match &permission.kind {
            PermissionKind::DelegatedWork => "Delegated, work or school account".to_owned(),
            PermissionKind::DelegatedPersonal => "Delegated, personal account".to_owned(),
            PermissionKind::Application => "Application".to_owned(),
            PermissionKind::Other(text) => doc::plain(text),
        };
        let kind = match &permission.subject {
            Some(subject) => format!("{}: {kind}", doc::plain(subject)),
            None => kind,
        };
        let least = if permission.is_supported() { names(&permission.least) } else { "not supported".to_owned() };
        [kind, least, names(&permission.higher)]
    });
    doc.table(["Permission type", "Least privileged", "Higher privileged"], rows.collect());
}
