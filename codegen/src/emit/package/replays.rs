//! Generates the test that makes every example request of the API pages by calling generated
//! functions.
//!
//! The expected requests are stored in `tests/examples/`, beside the bodies. The generated test is
//! only the list of calls.

use crate::hashing::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::code::{ident, tokens};
use super::super::deprecation;
use super::examples::file;
use super::{Package, json_string};
use crate::json;
use crate::model::Model;
use crate::model::replays::{Call, Replay};
use crate::model::requests::{Body, Parameter, ParameterType, Presence};
use crate::model::{Primitive, ValueType};
use crate::source::{FileId, SourceMap, Span};

/// The name of a replay, made of page and line: `user-get:40`.
pub(super) fn name(sources: &SourceMap, page: &str, replay: &Replay) -> String {
    format!("{page}:{}", sources.line_column(replay.url.span).0)
}

/// Writes the requests of a page as members of its JSON document.
pub(super) fn documents(out: &mut String, model: &Model, sources: &SourceMap, replays: &[&Replay]) {
    if replays.is_empty() {
        return;
    }
    let examples: HashMap<Span, FileId> =
        model.examples.iter().map(|example| (example.body, example.body.file)).collect();
    // A body that is an example of the same file is given by its line, any other body by its text.
    let body = |body: Option<Span>, page: FileId| {
        body.map(|span| match examples.get(&span) {
            Some(file) if *file == page => sources.line_column(span).0.to_string(),
            _ => json_string(&json::mended(sources, span)),
        })
    };
    out.push_str(",\n\"requests\": [");
    for (index, replay) in replays.iter().enumerate() {
        let mut members = vec![
            ("line", sources.line_column(replay.url.span).0.to_string()),
            ("method", json_string(replay.http.name())),
            ("url", json_string(&replay.url.value)),
            ("path", format!("[{}]", replay.path.iter().map(|text| json_string(text)).collect::<Vec<_>>().join(", "))),
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
                members.extend(
                    call.deviation.as_ref().map(|deviation| ("deviation", json_string(&deviation.to_string()))),
                );
            }
            Err(reason) => members.push(("apart", json_string(&reason.to_string()))),
        }
        members.extend(body(replay.body, replay.page).map(|body| ("body", body)));
        members.extend(replay.defect.as_ref().map(|defect| ("defect", json_string(defect))));
        if let Some(response) = &replay.response {
            let mut parts = Vec::new();
            parts.extend(response.status.map(|status| ("status", status.to_string())));
            if !response.headers.is_empty() {
                parts.push(("headers", list(&response.headers)));
            }
            parts.extend(body(response.body, replay.page).map(|body| ("body", body)));
            parts.extend(response.defect.as_ref().map(|defect| ("defect", json_string(defect))));
            members.push(("response", object(&parts)));
        }
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&object(&members));
    }
    out.push_str("\n]");
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}: {value}", json_string(name))).collect();
    format!("{{{}}}", members.join(", "))
}

fn list(pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("[{}, {}]", json_string(name), json_string(value))).collect();
    format!("[{}]", pairs.join(", "))
}

/// Generates the test: one line for each call.
pub(super) fn test(model: &Model, package: &Package<'_>, calls: &[(String, &Replay)]) -> String {
    let calls = calls.iter().filter_map(|(name, replay)| Some((name, replay.call.as_ref().ok()?)));
    let calls: Vec<(&String, &Call)> = calls.collect();
    let takes_enums = calls.iter().any(|(_, call)| names_enums(model, call));
    let runtime = takes_enums.then(|| {
        quote!(
            use edmark_runtime as rt;
        )
    });
    let with_all = package.with_all();
    let package = ident(&package.name.replace('-', "_"));
    let crate_root = ident(model.service.variable());
    let module = ident(&model.requests.module);
    let root = model.requests.builders.first().map_or_else(|| model.service.name(), |root| root.rust_name.clone());
    let root = ident(&root);
    let allowed = deprecation::allowed(model);
    let names = calls.iter().map(|(name, _)| name);
    let chains = calls.iter().map(|(_, call)| chain(model, call));
    file(quote! {
        //! Makes every example request of the reference pages and sends it to a server here.
        //!
        //! `cargo test --test requests -- --nocapture` shows the figures.
        #with_all
        #allowed
        use std::path::Path;
        #runtime
        use edmark_runtime::testing::{self, Call, Replay};
        use #package as #crate_root;
        use #crate_root::#module::#root;
        fn service(call: &Call<'_>) -> #root {
            #root::from_client(call.client())
        }
        #[rustfmt::skip]
        const REPLAYS: &[Replay] = &[#(Replay::new(#names, |call| Ok(call.send(service(call)#chains)))),*];
        #[test]
        fn documented_requests_are_made() -> Result<(), testing::Error> {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
            let report = testing::replays(&folder, REPLAYS)?;
            println!("{report}");
            assert!(report.is_good());
            Ok(())
        }
    })
}

/// Returns true if an argument of the call is a member of an enum type.
fn names_enums(model: &Model, call: &Call) -> bool {
    let tree = &model.requests;
    let steps = call.steps.iter().flat_map(|taken| &tree.builder(taken.from).steps[taken.step].parameters);
    let operation = &tree.builder(call.builder).operations[call.operation];
    steps.chain(&operation.parameters).any(|parameter| parameter.rust_type == ParameterType::Enum)
}

/// `.users().id("x").get()`
fn chain(model: &Model, call: &Call) -> TokenStream {
    let tree = &model.requests;
    let steps = call.steps.iter().map(|taken| {
        let step = &tree.builder(taken.from).steps[taken.step];
        let name = ident(&step.rust_name);
        let arguments = arguments(&step.parameters, taken.arguments.iter().map(Some));
        quote!(.#name(#(#arguments),*))
    });
    let operation = &tree.builder(call.builder).operations[call.operation];
    let name = ident(&operation.rust_name);
    let mut arguments = arguments(&operation.parameters, call.arguments.iter().map(Option::as_ref));
    match &operation.body {
        Body::Nothing => {}
        Body::Value(ValueType::Primitive(Primitive::String)) => arguments.push(quote!(&call.body::<String>()?)),
        Body::Value(ValueType::Structured(id)) if !model.structured(*id).stands_for_any_json() => {
            arguments.push(quote!(&call.value()?));
        }
        Body::Value(_) | Body::Parameters(_) | Body::Json => arguments.push(quote!(&call.body()?)),
        Body::Update(_) => arguments.push(quote!(&call.update()?)),
        Body::Reference => arguments.push(quote!(&call.reference()?)),
        Body::Bytes => arguments.extend([quote!(call.bytes()), quote!(call.media_type())]),
    }
    quote!(#(#steps)* .#name(#(#arguments),*))
}

fn arguments<'v>(parameters: &[Parameter], values: impl Iterator<Item = Option<&'v String>>) -> Vec<TokenStream> {
    let given = |parameter: &Parameter, value: &String| match parameter.rust_type {
        ParameterType::F64 => tokens(&format!("{:?}", value.parse::<f64>().unwrap_or_default())),
        ParameterType::Bool | ParameterType::I32 | ParameterType::I64 => tokens(value),
        ParameterType::Enum => quote!(&rt::OpenEnum::from_name(#value)),
        ParameterType::Text | ParameterType::Structured | ParameterType::List => quote!(#value),
    };
    let argument = |(parameter, value): (&Parameter, Option<&String>)| match value.map(|value| given(parameter, value))
    {
        Some(value) if parameter.presence != Presence::Required => quote!(Some(#value)),
        Some(value) => value,
        None => quote!(None),
    };
    parameters.iter().zip(values).map(argument).collect()
}
