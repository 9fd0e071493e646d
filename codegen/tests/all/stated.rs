//! What annotations state about the requests of a service ends up in the code, and in the export.
//! `tests/tests/all/services.rs` compiles what is generated.

use std::path::Path;

use edmark::emit::{self, Layout};
use edmark::file_set::FileSet;
use edmark::model::Model;
use edmark::resolve::Options;
use edmark::source::SourceMap;
use edmark::{Config, export, lookup, pipeline};

fn archive() -> Model {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/csdl/stated.xml");
    let analysis = Config::new().metadata(file).analyse().expect("a model");
    let messages: Vec<&str> = analysis.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert!(messages.is_empty(), "{messages:?}");
    analysis.model
}

fn code(model: &Model) -> FileSet {
    emit::emit(model, &SourceMap::default(), &emit::Options { layout: Layout::Modules })
}

fn call(model: &Model, request: &str) -> Result<String, String> {
    lookup::find(model, request).map(|found| found.call).map_err(|unknown| unknown.known)
}

#[test]
fn derived_entities_have_requests_of_their_own() {
    let model = archive();
    for (request, expected) in [
        ("PATCH /Records(7)/archive.Letter", "odata.records().id(7).as_letter().update(&changes)"),
        ("GET /Records(7)/archive.Film/$value", "odata.records().id(7).as_film().value()"),
        ("PUT /Records(7)/archive.Film/$value", "odata.records().id(7).as_film().set_value(content, media_type)"),
        ("GET /Records/archive.Letter(stamp='a')", r#"odata.records().as_letter().stamp("a").get()"#),
        ("GET /Records(7)/archive.Letter/stamp", "odata.records().id(7).as_letter().property(Letter::STAMP).get()"),
    ] {
        assert_eq!(call(&model, request).as_deref(), Ok(expected), "{request}");
    }
    // It is a key of letters, not of records.
    assert_eq!(call(&model, "GET /Records(stamp='a')"), Err("/Records".to_owned()));
}

#[test]
fn what_is_not_supported_has_no_call() {
    let model = archive();
    assert_eq!(call(&model, "GET /Newest/shelf").as_deref(), Ok("odata.newest().property(Record::SHELF).get()"));
    assert_eq!(call(&model, "PUT /Newest/shelf"), Err("/Newest/shelf".to_owned()));
    assert_eq!(call(&model, "POST /$batch"), Err(String::new()));
    let files = code(&model);
    let root = files.get("requests/root.rs").expect("the root");
    assert!(root.contains(".batch_limit(0)"), "{root}");
}

#[test]
fn annotations_of_requests_are_in_the_documentation() {
    let model = archive();
    let files = code(&model);
    let code: String = files.iter().map(|(_, code)| code).collect();
    let words = code.replace("///", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [
        "Header `x-reader`: The number of the reader's card. No `$top`. No `$search`.",
        "Required query option `year`.",
        "Without it: `10`.",
        "Number of the record",
        "Where it stands",
        "Records.Find",
    ] {
        assert!(words.contains(text), "{text}");
    }
}

#[test]
fn names_that_differ_in_case_are_two_properties() {
    let model = archive();
    let names = |ty: &str| -> Vec<String> {
        let (id, _) = model.structured_types().find(|(_, known)| known.name.name == ty).expect("a type");
        model.all_properties(id).into_iter().map(|property| property.name.clone()).collect()
    };
    assert_eq!(names("Record"), ["ID", "Id", "shelf"]);
    assert_eq!(names("Letter"), ["ID", "Id", "shelf", "stamp", "SHELF"]);
}

#[test]
fn the_export_states_the_same() {
    let written = export::csdl_json(&archive());
    let sources = SourceMap::with_metadata([], [("archive.json".to_owned(), written.to_string())]);
    let (schema, _) = pipeline::read_metadata(&sources).expect("metadata");
    let (again, _) = pipeline::resolve(&schema, &sources, &Options::default());
    assert_eq!(export::csdl_json(&again), written);
    let container = &written["archive"]["Archive"];
    assert_eq!(container["find"]["$EntitySet"], "Records");
    let term = "@Org.OData.Capabilities.V1.ReadRestrictions";
    assert_eq!(container["Records"][term]["CustomHeaders"][0]["Name"], "x-reader");
    let term = "@Org.OData.Capabilities.V1.OperationRestrictions";
    assert_eq!(written["archive"]["find"][0][term]["CustomQueryOptions"][0]["Required"], true);
}
