//! Tests the files that examples become in a crate's tests.

use super::build::*;
use super::{crate_options, emit, sample};
use crate::emit::{Layout, Options};
use crate::model::*;
use crate::source::{At, FileId, SourceMap, Span};

const PAGE: &str = "A page.\n{ \"id\": \"1\",\r\n  \"ageGroup\": true }\n[]\n{ ...\n{\"value\": []}\n{\"value\": 1}\n";

fn options() -> Options {
    let Layout::Crate { name, license, runtime, .. } = crate_options().layout else { unreachable!() };
    Options { layout: Layout::Crate { name: format!("{name}-sdk"), license, runtime, tests: true } }
}

fn with_examples() -> (Model, SourceMap) {
    let mut model = sample();
    let sources = SourceMap::from_texts([
        ("docs/v1.0/api/User-get.md".to_owned(), PAGE.to_owned()),
        ("docs/beta/api/user-get.md".to_owned(), PAGE.to_owned()),
    ]);
    let place = |text: &str| {
        let start = PAGE.find(text).expect("it is there");
        Span::new(FileId(0), start..start + text.len())
    };
    let user = (0..).map(TypeId).find(|id| model.structured(*id).name.to_string() == "microsoft.graph.user");
    let typed = |ty: ValueType, envelope: Envelope| ExampleContent::Typed { ty, envelope };
    let object = ValueType::Structured(model.structured(user.expect("a user")).base.expect("a base"));
    let user = ValueType::Structured(user.expect("a user"));
    let example = |message, content, text| Example { message, content, body: place(text), defect: None };
    let mut first =
        example(MessageKind::Response, typed(user, Envelope::None), "{ \"id\": \"1\",\r\n  \"ageGroup\": true }");
    first.defect = Some(At::new("a Boolean for `ageGroup`".to_owned(), place("true")));
    let mut other_page = example(MessageKind::Request, typed(object, Envelope::Collection), "{\"value\": []}");
    other_page.body.file = FileId(1);
    model.examples = vec![
        first,
        example(MessageKind::Request, ExampleContent::Untyped(UntypedContent::Parameters), "[]"),
        example(MessageKind::Response, ExampleContent::Invalid, "{ ..."),
        example(MessageKind::Response, typed(ValueType::Enum(EnumId(1)), Envelope::Single), "{\"value\": 1}"),
        other_page,
    ];
    (model, sources)
}

#[test]
fn tests_list_the_types_of_the_examples() {
    let (model, sources) = with_examples();
    let files = emit(&model, &sources, &options());
    insta::assert_snapshot!(files.get("tests/examples.rs").expect("a file"));
}

#[test]
fn examples_stand_in_a_file_a_page() {
    let (model, sources) = with_examples();
    let files = emit(&model, &sources, &options());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).filter(|path| path.starts_with("tests/")).collect();
    assert_eq!(paths, ["tests/examples.rs", "tests/examples/user-get.json", "tests/examples/user-get_2.json"]);
    let text = files.get("tests/examples/user-get.json").expect("a file");
    let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(json["examples"][0]["body"]["id"], "1");
    insta::assert_snapshot!(text);
}

#[test]
fn a_crate_without_examples_has_no_tests() {
    let files = emit(&sample(), &sources(), &options());
    assert!(files.iter().all(|(path, _)| !path.starts_with("tests/")));
}
