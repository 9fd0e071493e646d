//! Writes the request builders as text: each request as the chain of calls that makes it.

use std::collections::VecDeque;
use std::fmt::Write as _;

use crate::model::requests::{Body, BuilderId, Operation, Parameter, Presence, RequestTree, ReturnType, Step};
use crate::model::{Model, ValueType};

/// Writes one line for each step and each operation: the shortest chain of calls that leads to it,
/// its result, and the request of an operation. Then writes the parameters of actions, one line
/// each.
///
/// ```text
/// users().id(user_id): UserRequests
/// users().id(user_id).messages().list() -> [Message]    GET /users/{id}/messages
/// ```
///
/// It is for snapshots and for looking up a request; the form may change.
///
/// ```
/// use edmark::{pipeline, resolve, source::SourceMap};
///
/// let page = "---\ndoc_type: apiPageType\n---\n# List ports\n\n## HTTP request\n```http\nGET /ports\n```\n";
/// let sources = SourceMap::from_texts([("port-list.md".to_owned(), page.to_owned())]);
/// let (schema, _) = pipeline::read(&sources);
/// let (model, _) = pipeline::resolve(&schema, &sources, &resolve::Options::default());
/// let text = edmark::export::requests(&model);
/// assert!(text.contains("ports().get()"), "{text}");
/// ```
pub fn requests(model: &Model) -> String {
    let tree = &model.requests;
    let chains = chains(tree);
    let mut text = String::new();
    for (builder, chain) in tree.builders.iter().zip(&chains) {
        for Step { rust_name, parameters, target, .. } in &builder.steps {
            let target = &tree.builders[target.index()].rust_name;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{chain}{rust_name}({}): {target}", names(parameters));
        }
        for operation in &builder.operations {
            let call = call(model, operation);
            let template = operation.templates.first().map_or("", String::as_str);
            let http = operation.http.name();
            let _ = writeln!(text, "{chain}{call} -> {}    {http} {template}", response(model, &operation.response));
        }
    }
    for ty in &tree.parameters {
        let members: Vec<String> = ty
            .properties
            .iter()
            .map(|property| {
                let item = value(model, &property.ty.item);
                let item = if property.ty.collection { format!("[{item}]") } else { item };
                format!("{}: {item}", property.name)
            })
            .collect();
        let _ = writeln!(text, "{} {{ {} }}", ty.rust.name, members.join(", "));
    }
    text
}

/// The shortest chain of calls to each builder, with a dot at the end; the first of several equally
/// short ones. Empty for the root.
fn chains(tree: &RequestTree) -> Vec<String> {
    let mut chains: Vec<Option<String>> = vec![None; tree.builders.len()];
    let mut open = VecDeque::new();
    if let Some(first) = chains.first_mut() {
        *first = Some(String::new());
        open.push_back(BuilderId(0));
    }
    while let Some(id) = open.pop_front() {
        let chain = chains[id.0 as usize].clone().unwrap_or_default();
        for Step { rust_name, parameters, target, .. } in &tree.builders[id.0 as usize].steps {
            let next = &mut chains[target.0 as usize];
            if next.is_none() {
                *next = Some(format!("{chain}{rust_name}({}).", names(parameters)));
                open.push_back(*target);
            }
        }
    }
    chains.into_iter().map(|chain| chain.unwrap_or_else(|| "?.".to_owned())).collect()
}

fn names(parameters: &[Parameter]) -> String {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.rust_name.as_str()).collect();
    names.join(", ")
}

fn call(model: &Model, operation: &Operation) -> String {
    let mut arguments: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let mark = if parameter.presence == Presence::Required { "" } else { "?" };
            match (value(model, &parameter.ty).as_str(), parameter.collection) {
                ("String", false) => format!("{}{mark}", parameter.rust_name),
                (ty, false) => format!("{}{mark}: {ty}", parameter.rust_name),
                (ty, true) => format!("{}{mark}: [{ty}]", parameter.rust_name),
            }
        })
        .collect();
    match &operation.body {
        Body::Nothing => {}
        Body::Value(item) => arguments.push(format!("&{}", value(model, item))),
        Body::Update(id) => arguments.push(format!("&Update<{}>", model.structured(*id).rust.name)),
        Body::Parameters(index) => {
            arguments.push(
                model.requests.parameters.get(*index).map_or_else(String::new, |ty| format!("&{}", ty.rust.name)),
            );
        }
        Body::Reference => arguments.push("&Reference".to_owned()),
        Body::Bytes => arguments.push("bytes".to_owned()),
        Body::Json => arguments.push("&Json".to_owned()),
    }
    format!("{}({})", operation.rust_name, arguments.join(", "))
}

fn response(model: &Model, response: &ReturnType) -> String {
    match response {
        ReturnType::Nothing => "()".to_owned(),
        ReturnType::One(item) => value(model, item),
        ReturnType::Optional(item) => format!("{}?", value(model, item)),
        ReturnType::Single(item) => format!("Single<{}>", value(model, item)),
        ReturnType::Many(item) => format!("[{}]", value(model, item)),
        ReturnType::Delta(item) => format!("Delta<{}>", value(model, item)),
        ReturnType::Bytes => "bytes".to_owned(),
        ReturnType::Text => "text".to_owned(),
        ReturnType::Count => "count".to_owned(),
        ReturnType::Accepted => "Accepted".to_owned(),
    }
}

fn value(model: &Model, item: &ValueType) -> String {
    match item {
        ValueType::Primitive(primitive) => primitive.simple_name().to_owned(),
        ValueType::Structured(id) => model.structured(*id).rust.name.clone(),
        ValueType::Enum(id) => model.enumeration(*id).rust.name.clone(),
        ValueType::Undocumented(name) => format!("?{}", name.name),
    }
}
