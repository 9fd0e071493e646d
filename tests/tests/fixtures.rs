//! The fixtures: small pages, with the results in snapshots.
//!
//! The snapshots of those in `good` contain the intermediate representation and the code. Those in
//! `broken` are named after the kind of problem that they have; their snapshots contain the
//! problems as a terminal shows them. `build.rs` compiles the code of both.

use std::collections::BTreeSet;
use std::fs;

use edmark::diagnostics::Code;
use edmark::{export, pipeline, source};
use edmark_tests::{Run, fixtures_in};

#[test]
fn good_pages_become_code() {
    for (name, pages) in fixtures_in("good") {
        let run = Run::of(pages);
        assert!(run.diagnostics.is_empty(), "{name}:\n{}", run.problems());
        let ir = serde_json::to_string_pretty(&export::ir(&run.schema, &run.sources)).expect("JSON");
        insta::assert_snapshot!(format!("{name}.ir"), ir);
        insta::assert_snapshot!(format!("{name}.code"), run.code());
        insta::assert_snapshot!(format!("{name}.requests"), export::requests(&run.model));
    }
}

#[test]
fn broken_pages_are_reported() {
    for (name, pages) in fixtures_in("broken") {
        let run = Run::of(pages);
        let shows = run.diagnostics.iter().any(|problem| problem.code.name() == name);
        assert!(shows, "{name} does not show what it is called after:\n{}", run.problems());
        insta::assert_snapshot!(format!("{name}.problems"), run.problems());
    }
}

/// Problems of files that cannot be fixtures. They are tested below, or in the crate `edmark` with
/// configurations and metadata; codes that begin with `service-` are tested with the comparison of
/// metadata.
const ELSEWHERE: [Code; 9] = [
    Code::Unreadable,
    Code::NotUtf8,
    Code::TooLarge,
    Code::CorrectionIdle,
    Code::AttributeIdle,
    Code::MetadataInvalid,
    Code::MetadataTargetUnknown,
    Code::MetadataNameShared,
    Code::MetadataUncalled,
];

#[test]
fn every_kind_of_problem_is_shown() {
    let shown: BTreeSet<String> = fixtures_in("broken").into_iter().map(|(name, _)| name).collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !ELSEWHERE.contains(code) && !code.name().starts_with("service-"))
        .filter(|code| !shown.contains(code.name()))
        .map(|code| code.name())
        .collect();
    assert!(missing.is_empty(), "no fixture in fixtures/broken is called after {missing:?}");
}

#[test]
fn files_that_are_no_pages_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("latin.md"), b"# caf\xe9 resource type\n").expect("a file");
    let large = fs::File::create(folder.path().join("large.md")).expect("a file");
    large.set_len((16 << 20) + 1).expect("room");
    let sources = source::load(&[folder.path()]).expect("two files");
    assert!(sources.files().all(|(_, file)| file.left_out().is_some() && file.text().is_empty()));
    let (_, diagnostics) = pipeline::read(&sources);
    let said: Vec<_> = diagnostics.iter().map(|problem| (problem.code, problem.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (Code::TooLarge, "larger than 16 MiB; the page was not read"),
            (Code::NotUtf8, "not UTF-8 at line 1, column 6 (byte 5); the page was not read"),
        ]
    );
}

#[test]
fn corrections_that_correct_nothing_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    fs::write(folder.path().join("docs/x.md"), "# x resource type\n").expect("a page");
    let file = folder.path().join("edmark.toml");
    fs::write(&file, "docs = \"docs\"\n[types.\"microsoft.graph.nobody\"]\nkind = \"entity\"\n").expect("a file");
    let analysis = edmark::Config::from_file(&file).expect("a configuration").analyse().expect("a model");
    assert!(analysis.diagnostics.iter().any(|problem| problem.code == Code::CorrectionIdle), "{analysis:?}");
}
