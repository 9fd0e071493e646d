//! The example requests of the API pages, and the test that makes each of them by a call of a generated function.
//!
//! What a request has to be stands in `tests/examples/`, beside the bodies. What has to be compiled here is only the calls.

use std::collections::HashMap;

use super::quoted::quoted;
use super::text::{Text, literal};
use crate::file_set::MARKER;
use crate::model::Model;
use crate::model::replays::{Call, Replay};
use crate::model::requests::{Body, Parameter, ParameterType};
use crate::model::{Primitive, ValueType};
use crate::source::{FileId, SourceMap, Span};

/// Page and line: `user-get:40`.
pub(super) fn name(sources: &SourceMap, page: &str, replay: &Replay) -> String {
    format!("{page}:{}", sources.line_column(replay.url.span).0)
}

/// The requests of a page, as members of its JSON.
pub(super) fn documents(out: &mut String, model: &Model, sources: &SourceMap, replays: &[&Replay]) {
    if replays.is_empty() {
        return;
    }
    let examples: HashMap<Span, FileId> =
        model.examples.iter().map(|example| (example.body, example.body.file)).collect();
    // An example of the same file by its line, any other text as it is.
    let body = |body: Option<Span>, page: FileId| {
        body.map(|span| match examples.get(&span) {
            Some(file) if *file == page => sources.line_column(span).0.to_string(),
            _ => quoted(sources.text(span)),
        })
    };
    out.push_str(",\n\"requests\": [");
    for (index, replay) in replays.iter().enumerate() {
        let mut members = vec![
            ("line", sources.line_column(replay.url.span).0.to_string()),
            ("method", quoted(replay.http.name())),
            ("url", quoted(&replay.url.value)),
            ("path", format!("[{}]", replay.path.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))),
        ];
        let mut pairs = |name, pairs: &[(String, String)]| {
            if !pairs.is_empty() {
                members.push((name, list(pairs)));
            }
        };
        pairs("query", &replay.query);
        pairs("headers", &replay.headers);
        match &replay.call {
            Ok(call) => {
                if call.query != replay.query {
                    members.push(("options", list(&call.query)));
                }
                members.extend(call.deviation.as_ref().map(|deviation| ("deviation", quoted(&deviation.to_string()))));
            }
            Err(reason) => members.push(("apart", quoted(&reason.to_string()))),
        }
        members.extend(body(replay.body, replay.page).map(|body| ("body", body)));
        members.extend(replay.defect.as_ref().map(|defect| ("defect", quoted(defect))));
        if let Some(answer) = &replay.answer {
            let mut parts = Vec::new();
            parts.extend(answer.status.map(|status| ("status", status.to_string())));
            if !answer.headers.is_empty() {
                parts.push(("headers", list(&answer.headers)));
            }
            parts.extend(body(answer.body, replay.page).map(|body| ("body", body)));
            parts.extend(answer.defect.as_ref().map(|defect| ("defect", quoted(defect))));
            members.push(("answer", object(&parts)));
        }
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&object(&members));
    }
    out.push_str("\n]");
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}: {value}", quoted(name))).collect();
    format!("{{{}}}", members.join(", "))
}

fn list(pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("[{}, {}]", quoted(name), quoted(value))).collect();
    format!("[{}]", pairs.join(", "))
}

/// The test: a line a call.
pub(super) fn test(model: &Model, crate_name: &str, calls: &[(String, &Replay)]) -> String {
    let mut out = Text::default();
    out.line(0, &format!("// {MARKER}"));
    out.push("\n//! Makes every example request of the reference pages by a call, and sends it to a server that knows it.\n//!\n");
    out.push("//! `cargo test --test requests -- --nocapture` shows the figures.\n\n");
    out.push("use std::path::Path;\n\n");
    let lines: Vec<String> = calls.iter().filter_map(|(name, replay)| line(model, name, replay)).collect();
    if lines.iter().any(|line| line.contains("rt::")) {
        out.push("use edmark_runtime as rt;\n");
    }
    out.push("use edmark_runtime::testing::{self, Call, Replay};\n\n");
    out.push(&format!("use {} as graph;\n\n", crate_name.replace('-', "_")));
    let requests = &model.requests.module;
    let root = model.requests.builders.first().map_or("", |root| root.rust_name.as_str());
    out.push(&format!("use graph::{requests}::{root};\n\n"));
    out.push(&format!("fn service(call: &Call<'_>) -> {root} {{\n    {root}::from_client(call.client())\n}}\n\n"));
    out.push("#[rustfmt::skip]\nconst REPLAYS: &[Replay] = &[\n");
    for line in lines {
        out.line(1, &line);
    }
    out.push("];\n\n#[test]\nfn documented_requests_are_made() -> Result<(), testing::Error> {\n");
    out.line(1, "let folder = Path::new(env!(\"CARGO_MANIFEST_DIR\")).join(\"tests/examples\");");
    out.line(1, "let report = testing::replays(&folder, REPLAYS)?;");
    out.line(1, "println!(\"{report}\");");
    out.line(1, "assert!(report.is_good());");
    out.line(1, "Ok(())");
    out.push("}\n");
    out.into_string()
}

fn line(model: &Model, name: &str, replay: &Replay) -> Option<String> {
    let call = replay.call.as_ref().ok()?;
    Some(format!("Replay::new({}, |call| Ok(call.send(service(call){}))),", literal(name), chain(model, call)))
}

/// `.users().id("x").get()`
fn chain(model: &Model, call: &Call) -> String {
    let tree = &model.requests;
    let mut chain = String::new();
    for taken in &call.steps {
        let step = &tree.builder(taken.from).steps[taken.step];
        let arguments = arguments(&step.parameters, &taken.arguments);
        chain.push_str(&format!(".{}({})", step.rust_name, arguments.join(", ")));
    }
    let operation = &tree.builder(call.builder).operations[call.operation];
    let mut arguments = arguments(&operation.parameters, &call.arguments);
    match &operation.body {
        Body::Nothing => {}
        Body::Value(ValueType::Primitive(Primitive::String)) => arguments.push("&call.body::<String>()?".to_owned()),
        Body::Value(_) | Body::Parameters(_) | Body::Json => arguments.push("&call.body()?".to_owned()),
        Body::Update(_) => arguments.push("&call.update()?".to_owned()),
        Body::Reference => arguments.push("&call.reference()?".to_owned()),
        Body::Bytes => arguments.extend(["call.bytes()".to_owned(), "call.media_type()".to_owned()]),
    }
    chain.push_str(&format!(".{}({})", operation.rust_name, arguments.join(", ")));
    chain
}

fn arguments(parameters: &[Parameter], values: &[String]) -> Vec<String> {
    let argument = |parameter: &Parameter, value: &String| match parameter.rust_type {
        ParameterType::F64 => format!("{:?}", value.parse::<f64>().unwrap_or_default()),
        ParameterType::Bool | ParameterType::I32 | ParameterType::I64 => value.clone(),
        ParameterType::Enum => format!("&rt::OpenEnum::from_name({})", literal(value)),
        ParameterType::Text => literal(value),
    };
    parameters.iter().zip(values).map(|(parameter, value)| argument(parameter, value)).collect()
}
