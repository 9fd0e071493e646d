//! Generates code for the pages in `docs/` with edmark and with the designs it is compared to, and
//! collects the examples of its pages.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use edmark::Analysis;
use edmark::model::QualifiedName;
use edmark::schema::operation::Message;
use edmark_references::Reference;

const DOCS: &str = "../docs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCS}");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let generated = edmark::Config::new().docs(DOCS).generate()?;
    fs::write(out.join("edmark.rs"), generated.files.get("graph.rs").ok_or("no code")?)?;
    let analysis = &generated.analysis;
    for (name, reference) in [
        ("derive", Reference::Derive),
        ("compact", Reference::Compact),
        ("flatten", Reference::Flatten),
        ("visitors", Reference::Visitors),
    ] {
        fs::write(out.join(format!("{name}.rs")), reference.code(&analysis.model))?;
    }
    fs::write(out.join("examples.rs"), examples(analysis)?)?;
    Ok(())
}

/// Writes a macro that takes the name of a design's module and returns a table of the examples:
/// those that are JSON of a documented type, each with its round trip.
fn examples(analysis: &Analysis) -> Result<String, std::fmt::Error> {
    let model = &analysis.model;
    let paths: BTreeMap<String, String> = model
        .types
        .iter()
        .map(|ty| {
            let mut path = String::new();
            for module in &model.modules[ty.rust.module].path {
                path.push_str(module);
                path.push_str("::");
            }
            (ty.name.to_string().to_ascii_lowercase(), path + &ty.rust.name)
        })
        .collect();
    let mut documents = BTreeSet::new();
    let all = analysis.schema.operations.iter().flat_map(|operation| &operation.examples);
    for example in all {
        if let Some(request) = &example.request {
            documents.extend(document(analysis, &paths, &request.message));
        }
        if let Some(response) = &example.response {
            documents.extend(document(analysis, &paths, &response.message));
        }
    }
    let mut out = String::from("macro_rules! examples {\n(json) => { &[\n");
    for (text, ..) in &documents {
        writeln!(out, "$crate::Example::of::<serde_json::Value>({text:?}),")?;
    }
    out.push_str("] };\n($design:ident) => { &[\n");
    for (text, path, is_list) in &documents {
        let ty = format!("$crate::$design::{path}");
        let ty = if *is_list { format!("$crate::$design::Page<{ty}>") } else { ty };
        writeln!(out, "$crate::Example::of::<{ty}>({text:?}),")?;
    }
    out.push_str("] };\n}\n");
    Ok(out)
}

fn document(
    analysis: &Analysis,
    paths: &BTreeMap<String, String>,
    message: &Message,
) -> Option<(String, String, bool)> {
    let name = QualifiedName::parse(&message.odata_type.as_ref()?.value)?;
    let path = paths.get(&name.to_string().to_ascii_lowercase())?;
    let text = analysis.sources.text(message.body?);
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    // The form in which the service sends it.
    Some((json.to_string(), path.clone(), message.is_list || message.is_collection == Some(true)))
}
