//! The round trips that generated tests use, with a folder of examples written by hand.
#![cfg(feature = "testing")]

use std::fs;
use std::path::{Path, PathBuf};

use edmark_runtime::testing::{self, Report, Type};
use edmark_runtime::{Collection, Single};

use crate::sample::{Being, Color, Thing};

const TYPES: &[Type] = &[
    Type::new::<Collection<Thing>>("Collection(sample.thing)"),
    Type::new::<Single<Color>>("Single(sample.color)"),
    Type::new::<Being>("sample.being"),
    Type::new::<Thing>("sample.thing"),
];

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn report(name: &str, examples: &[&str]) -> Report {
    let folder = folder(name);
    let text = format!(r#"{{"//": "@generated", "page": "a.md", "examples": [{}]}}"#, examples.join(",\n"));
    fs::write(folder.join("a.json"), text).expect("a file");
    fs::write(folder.join("readme.txt"), "no example").expect("a file");
    testing::round_trips(&folder, TYPES).expect("a report")
}

#[test]
fn good_examples_are_counted() {
    let report = report(
        "good",
        &[
            r#"{"line": 1, "of": "response", "type": "sample.thing", "body": {"id": "1", "odd": [1.0], "age": null}}"#,
            r#"{"line": 2, "of": "response", "type": "Collection(sample.thing)", "body": {"@odata.count": 1, "value": [{"single": 0.1}]}}"#,
            r#"{"line": 3, "of": "response", "type": "Single(sample.color)", "body": {"@odata.context": "x", "value": "green"}}"#,
            r##"{"line": 4, "of": "request", "type": "sample.being", "body": {"name": "A", "@odata.type": "#sample.person", "weight": 1e3}}"##,
            r#"{"line": 5, "of": "request", "apart": "parameters of an action", "body": {"to": [null]}}"#,
            r#"{"line": 6, "of": "request", "type": "sample.unheardOf", "body": {"id": 5}}"#,
            r#"{"line": 7, "of": "request", "apart": "not valid JSON"}"#,
        ],
    );
    assert!(report.is_good());
    assert_eq!(report.equal(), 4);
    let figures = "requests: 1 of 1 typed examples came back equal\n  apart: 1 × a type that is not generated\n  apart: 1 × not valid JSON\n  \
                   apart: 1 × parameters of an action\nresponses: 3 of 3 typed examples came back equal\n0 failed";
    assert_eq!(report.to_string(), figures);
}

#[test]
fn what_does_not_come_back_fails_unless_the_page_is_wrong() {
    let report = report(
        "bad",
        &[
            r#"{"line": 1, "of": "response", "type": "sample.thing", "body": {"enabled": "true"}}"#,
            r#"{"line": 2, "of": "response", "type": "sample.thing", "body": {"big": "12"}}"#,
            r#"{"line": 3, "of": "response", "type": "sample.thing", "defect": "1:2: a string", "body": {"enabled": "true"}}"#,
            r#"{"line": 4, "of": "response", "type": "sample.thing", "defect": "1:2: a string", "body": {"enabled": true}}"#,
        ],
    );
    assert!(!report.is_good());
    assert_eq!(report.equal(), 0);
    let failures: Vec<String> =
        report.failures.iter().map(|failure| format!("{}: {}", failure.place, failure.reason)).collect();
    assert!(
        failures[0].starts_with("a.md:1: enabled: invalid type: string \"true\", expected a Boolean"),
        "{failures:?}"
    );
    assert_eq!(failures[1], "a.md:2: big: \"12\" became 12");
    assert_eq!(failures[2], "a.md:4: it came back, though the page is wrong: 1:2: a string");
    assert_eq!(report.defects.len(), 1);
    assert_eq!(report.defects[0].place, "a.md:3");
}

#[test]
fn what_is_no_folder_of_examples_is_an_error() {
    let folder = folder("none");
    fs::write(folder.join("a.json"), r#"{"examples": [{"lines": 1}]}"#).expect("a file");
    let error = testing::round_trips(&folder, TYPES).expect_err("an unknown member").to_string();
    assert!(error.contains("a.json is no file of examples: unknown field `lines`"), "{error}");
    let error = testing::round_trips(&folder.join("nowhere"), TYPES).expect_err("no folder").to_string();
    assert!(error.starts_with("cannot read "), "{error}");
}
