//! The example services of the OASIS OData TC, given only by their metadata: the generated code
//! compiles without a warning, and there is a call for the requests that the TC's own converter
//! lists. The services are not part of the project; if they are not available, the test writes a
//! line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use edmark::lookup;
use edmark::model::Model;
use edmark_tests::workspace;
use serde_json::Value;

use crate::cargo::cargo;

/// The minimum share of a service's requests that must have a call.
const GOAL: f64 = 0.98;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The folder of the services, if it is available.
#[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
fn services(test: &str) -> Option<PathBuf> {
    let folder = workspace("../shared/csdl/oasis");
    let folder = if folder.is_dir() { Some(folder) } else { beside_corpus() };
    if folder.is_none() {
        eprintln!("{test}: left out, as the example services are not beside the project");
    }
    folder
}

fn beside_corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("EDMARK_CORPUS").filter(|place| !place.is_empty())?;
    Some(PathBuf::from(corpus).join("../csdl/oasis")).filter(|folder| folder.is_dir())
}

/// The metadata documents in a folder.
fn metadata(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "xml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn model(metadata: &Path) -> Model {
    edmark::Config::new().metadata(metadata).analyse().expect("a model").model
}

#[test]
#[expect(clippy::print_stdout, reason = "figures are there to be read, with --nocapture")]
fn every_service_has_calls_for_what_it_offers() {
    let Some(folder) = services("every_service_has_calls_for_what_it_offers") else { return };
    let files = metadata(&folder);
    let mut low = Vec::new();
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let listed = fs::read_to_string(file.with_extension("openapi3.json")).expect("what the service offers");
        let listed: Value = serde_json::from_str(&listed).expect("JSON");
        let model = model(&file);
        let mut all = 0;
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, item) in listed["paths"].as_object().expect("paths") {
            for method in METHODS.iter().filter(|method| item.get(method).is_some()) {
                all += 1;
                let request = format!("{} {path}", method.to_uppercase());
                if let Err(unknown) = lookup::find(&model, &request) {
                    let reason = match unknown.methods.as_slice() {
                        [] => "the path is not known".to_owned(),
                        _ => "the metadata offers the path with other methods".to_owned(),
                    };
                    missing.entry(reason).or_default().push(request);
                }
            }
        }
        let none: usize = missing.values().map(Vec::len).sum();
        let share = (all - none) as f64 / f64::from(u32::try_from(all).expect("a small number").max(1));
        let mut text = format!("{name}: a call for {} of {all} ({:.1} %)", all - none, 100.0 * share);
        for (reason, requests) in &missing {
            let _ = write!(text, "\n  {reason}: {}", requests.join(", "));
        }
        println!("{text}");
        if share < GOAL {
            low.push(text);
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

/// Generates a crate with a module for each document, and returns the output of cargo.
fn check(name: &str, documents: &[PathBuf]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = folder.join("src");
    fs::create_dir_all(&source).expect("a folder");
    let mut modules = String::from("//! The code of several services.\n#![deny(warnings)]\n");
    for document in documents {
        let service =
            document.file_stem().expect("a name").to_string_lossy().replace(|c: char| !c.is_alphanumeric(), "_");
        let module = format!("of_{}", service.to_lowercase());
        let generated = edmark::Config::new().metadata(document).generate().expect("its code");
        let (_, code) = generated.files.iter().next().expect("one file");
        fs::write(source.join(format!("{module}.rs")), code).expect("written");
        let _ = write!(modules, "/// {service}\npub mod {module} {{ include!(\"{module}.rs\"); }}\n");
    }
    fs::write(source.join("lib.rs"), modules).expect("written");
    let manifest = format!(
        "[workspace]\n[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         edmark-runtime = {{ path = {:?} }}\nserde = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n",
        workspace("runtime").canonicalize().expect("the runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    // Uses the versions of the workspace.
    fs::copy(workspace("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    let output = cargo(&folder).arg("check").output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

#[test]
fn the_code_of_every_service_compiles() {
    let Some(folder) = services("the_code_of_every_service_compiles") else { return };
    let said = check("oasis-services", &metadata(&folder));
    assert!(!said.contains("warning:"), "{said}");
}

/// Metadata with all forms of CSDL, including rare ones, which is part of the project.
#[test]
fn the_code_of_all_forms_compiles() {
    let documents = ["forms", "odd", "stated"].map(|name| workspace(&format!("tests/fixtures/csdl/{name}.xml")));
    let said = check("csdl-forms", &documents);
    assert!(!said.contains("warning:"), "{said}");
}
