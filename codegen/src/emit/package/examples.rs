//! Generates the tests that read and write every JSON example of the API pages with the generated
//! types.
//!
//! The examples are stored in `tests/examples/`, one file for each page, exactly as the page shows
//! them. The test itself is in `edmark_runtime::testing`, so the generated test is only a list of
//! the types of the examples.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::super::code::{ident, tokens};
use super::super::deprecation;
use super::super::print;
use super::super::types::Scope;
use super::replays;
use super::{Package, json_string};
use crate::file_set::{Draft, MARKER};
use crate::json;
use crate::model::replays::Replay;
use crate::model::{Envelope, Example, ExampleContent, MessageKind, Model, UntypedContent, ValueType};
use crate::source::{FileId, SourceMap};

/// The bytes of a page's name that are kept in that of the file of its examples.
const LONGEST: usize = 200;

/// Returns the tests of a crate with their data; none if there are no examples and no requests.
pub(crate) fn drafts<'u>(model: &Model, sources: &SourceMap, package: &Package<'_>) -> Vec<Draft<'u>> {
    let mut files = Vec::new();
    let mut pages: BTreeMap<FileId, PageExamples<'_>> = BTreeMap::new();
    for example in &model.examples {
        pages.entry(example.body.file).or_default().examples.push(example);
    }
    for replay in &model.replays {
        pages.entry(replay.page).or_default().replays.push(replay);
    }
    let mut calls: Vec<(String, &Replay)> = Vec::new();
    let mut taken = BTreeSet::new();
    for (page, content) in pages {
        let path = &sources.file(page).path;
        let page = path.rsplit('/').next().unwrap_or(path);
        let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem).to_ascii_lowercase();
        // The name of a page may be as long as names of files can be, and this has a longer ending.
        let stem: String = stem.char_indices().take_while(|(at, _)| *at < LONGEST).map(|(_, c)| c).collect();
        let mut name = stem.clone();
        for number in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{stem}_{number}");
        }
        let mut text = format!("{{\"//\": {},\n\"page\": {}", json_string(MARKER), json_string(page));
        documents(&mut text, model, sources, &content.examples);
        replays::documents(&mut text, model, sources, &content.replays);
        text.push_str("\n}\n");
        files.push(Draft::made(format!("tests/examples/{name}.json"), text));
        let with_call = content.replays.iter().filter(|replay| replay.call.is_ok());
        calls.extend(with_call.map(|replay| (replays::name(sources, &name, replay), *replay)));
    }
    if !model.examples.is_empty() {
        files.push(Draft::made("tests/examples.rs", test(model, package)));
    }
    if !model.replays.is_empty() {
        files.push(Draft::made("tests/requests.rs", replays::test(model, package, &calls)));
    }
    files
}

/// The content of one file in `tests/examples/`.
#[derive(Default)]
struct PageExamples<'a> {
    examples: Vec<&'a Example>,
    replays: Vec<&'a Replay>,
}

/// Writes the examples of a page as members of its JSON document.
fn documents(out: &mut String, model: &Model, sources: &SourceMap, examples: &[&Example]) {
    if examples.is_empty() {
        return;
    }
    out.push_str(",\n\"examples\": [");
    for (index, example) in examples.iter().enumerate() {
        let (line, _) = sources.line_column(example.body);
        let of = match example.message {
            MessageKind::Request => "request",
            MessageKind::Response => "response",
        };
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&format!("{{\"line\": {line}, \"of\": \"{of}\", "));
        match &example.content {
            ExampleContent::Typed { ty, envelope } => {
                out.push_str(&format!("\"type\": {}", json_string(&type_name(model, ty, *envelope))));
            }
            ExampleContent::Untyped(why) => out.push_str(&format!("\"apart\": {}", json_string(reason(why)))),
            ExampleContent::Invalid => out.push_str("\"apart\": \"not valid JSON\""),
        }
        if let Some(defect) = &example.defect {
            let (line, column) = sources.line_column(defect.span);
            out.push_str(&format!(", \"defect\": {}", json_string(&format!("{line}:{column}: {}", defect.value))));
        }
        if example.content != ExampleContent::Invalid {
            out.push_str(", \"body\":");
            for line in json::mended(sources, example.body).lines() {
                out.push('\n');
                out.push_str(line.trim_end());
            }
            out.push('\n');
        }
        out.push('}');
    }
    out.push_str("\n]");
}

fn reason(why: &UntypedContent) -> &'static str {
    match why {
        UntypedContent::Undocumented(_) => "a type that no page describes",
        UntypedContent::Parameters => "parameters of an action",
        UntypedContent::Reference => "a reference",
        UntypedContent::Error => "an error of the service",
        UntypedContent::Unsaid => "the page does not say what it is",
    }
}

/// Generates the test: one line for each type.
fn test(model: &Model, package: &Package<'_>) -> String {
    let root = model.service.variable();
    let types = format!("{root}::");
    let scope = Scope::outside(model, &types);
    let mut types: BTreeMap<String, String> = BTreeMap::new();
    let (mut names_runtime, mut names_generated) = (false, false);
    for example in &model.examples {
        let ExampleContent::Typed { ty, envelope } = &example.content else { continue };
        let value = scope.value(ty);
        let value = match envelope {
            Envelope::None => value,
            Envelope::Single => format!("rt::Single<{value}>"),
            Envelope::Collection => format!("rt::Collection<{value}>"),
        };
        names_runtime |= *envelope != Envelope::None || scope.is_of_runtime(ty);
        names_generated |= scope.is_generated(ty);
        types.insert(type_name(model, ty, *envelope), value);
    }
    let runtime = names_runtime.then(|| {
        quote!(
            use edmark_runtime as rt;
        )
    });
    let with_all = package.with_all();
    let package = ident(&package.name.replace('-', "_"));
    let root = ident(root);
    let root = names_generated.then(|| quote!(use #package as #root;));
    let allowed = deprecation::allowed(model);
    let names = types.keys();
    let paths = types.values().map(|path| tokens(path));
    file(quote! {
        //! Reads and writes every JSON example of the reference pages, and compares the two.
        //!
        //! `cargo test --test examples -- --nocapture` shows the figures.
        #with_all
        #allowed
        use std::path::Path;
        #runtime
        use edmark_runtime::testing::{self, Type};
        #root
        #[rustfmt::skip]
        const TYPES: &[Type] = &[#(Type::new::<#paths>(#names)),*];
        #[test]
        fn examples_come_back_as_they_were() -> Result<(), testing::Error> {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
            let report = testing::round_trips(&folder, TYPES)?;
            println!("{report}");
            assert!(report.is_good());
            Ok(())
        }
    })
}

/// The text of a file of tests.
pub(super) fn file(items: TokenStream) -> String {
    format!("// {MARKER}\n\n{}", print::items(items))
}

/// The name of an example's type, as CSDL writes it: `Collection(microsoft.graph.user)`.
fn type_name(model: &Model, ty: &ValueType, envelope: Envelope) -> String {
    let name = model.type_name(ty);
    match envelope {
        Envelope::None => name,
        Envelope::Single => format!("Single({name})"),
        Envelope::Collection => format!("Collection({name})"),
    }
}
