//! The example services of the OASIS OData TC, by their metadata alone: there is a call for the
//! requests that the TC's own converter lists. The services are no part of the project; where they
//! are not beside it, the test says so on one line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use edmark::lookup;
use edmark::model::Model;
use edmark_tests::workspace;
use serde_json::Value;

/// So much of what a service offers has to have a call.
const GOAL: f64 = 0.98;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The folder of the services.
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

fn model(metadata: &Path) -> Model {
    edmark::Config::new().metadata(metadata).analyse().expect("a model").model
}

#[test]
#[expect(clippy::print_stdout, reason = "figures are there to be read, with --nocapture")]
fn every_service_has_calls_for_what_it_offers() {
    let Some(folder) = services("every_service_has_calls_for_what_it_offers") else { return };
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "xml"));
    files.sort();
    assert!(!files.is_empty());
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
        // A batch is no request of a builder: the client makes it.
        let none: usize =
            missing.iter().filter(|(reason, _)| !reason.starts_with("a batch")).map(|(_, all)| all.len()).sum();
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
