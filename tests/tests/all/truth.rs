//! The grades of `edmark diff` compared with the compiler: each edit of pages has a caller that is
//! compiled with the code before and after the edit. A breaking change must break the caller, and
//! no other change may.
//!
//! All edits share two generated crates, each in a namespace of its own, and each caller is an
//! example, so that cargo compiles little.

mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use edits::Edit;
use edmark::diff::{self, Comparison, Grade, What};
use edmark::emit::{self, Layout, RuntimeDependency};
use edmark::surface::Surface;
use edmark_tests::{Run, workspace};
use serde_json::Value;

use crate::cargo::cargo;

/// Callers that must not compile; otherwise an addition would break them.
const IMPOSSIBLE: [(&str, &str); 3] = [
    ("literal_without_rest", "let _ = property_added::City { name: None, additional: rt::Additional::default() };"),
    ("pattern_without_rest", "let property_added::City { name: _, additional: _ } = property_added::City::default();"),
    (
        "match_without_wildcard",
        "match member_added::Mood::Glad { member_added::Mood::Glad => {} member_added::Mood::Other(_) => {} }",
    ),
];

#[test]
fn what_is_called_breaking_breaks_and_nothing_else() {
    let edits = edits::all();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("truth");
    let (before, after) = (run(&edits, |edit| &edit.before), run(&edits, |edit| &edit.after));
    write_workspace(&folder, &edits, &before, &after);
    let broken_before = broken(&folder, "callers-before");
    let broken_after = broken(&folder, "callers-after");

    let impossible: BTreeSet<String> = IMPOSSIBLE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(broken_before.keys().cloned().collect::<BTreeSet<_>>(), impossible, "{broken_before:#?}");
    let comparison = diff::compare(
        &Surface::of(&before.model, &before.sources).expect("Rust"),
        &Surface::of(&after.model, &after.sources).expect("Rust"),
    );
    let mut wrong = Vec::new();
    for edit in &edits {
        let called = of_edit(&comparison, edit.name);
        let grade = called.iter().map(|(grade, _)| *grade).max();
        let errors = broken_after.get(edit.name);
        let says = called.first().map(|(_, says)| says.as_str());
        if says != Some(edit.says) || (grade == Some(Grade::Breaking)) != errors.is_some() {
            wrong.push(format!("{}: {called:#?}\nerrors: {errors:#?}", edit.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let by_edits = edits.iter().map(|edit| edit.name.to_owned()).filter(|name| broken_after.contains_key(name));
    assert_eq!(broken_after.keys().cloned().collect::<BTreeSet<_>>(), by_edits.chain(impossible).collect());
}

/// Every kind of change has an edit.
#[test]
fn all_kinds_of_changes_are_tried() {
    let edits = edits::all();
    let (before, after) = (run(&edits, |edit| &edit.before), run(&edits, |edit| &edit.after));
    let comparison = diff::compare(
        &Surface::of(&before.model, &before.sources).expect("Rust"),
        &Surface::of(&after.model, &after.sources).expect("Rust"),
    );
    let tried: BTreeSet<(String, &str)> = comparison
        .changes()
        .map(|(_, change)| {
            let of = change.item.as_ref().map_or("type", |item| item.kind.name());
            let what = match change.what {
                What::Added { .. } => "added",
                What::Removed { .. } => "removed",
                What::Renamed { .. } => "renamed",
                What::Retyped { .. } => "retyped",
                What::Rebased { .. } => "rebased",
                What::ReadOnly => "read-only",
                What::Writable => "writable",
                What::Rewired { .. } => "rewired",
                What::Deprecated { .. } => "deprecated",
                What::Undeprecated => "undeprecated",
                What::Documented => "documented",
            };
            (of.to_owned(), what)
        })
        .collect();
    let expected = [
        (
            "type",
            &["added", "removed", "renamed", "retyped", "rebased", "deprecated", "undeprecated", "documented"][..],
        ),
        (
            "property",
            &[
                "added",
                "removed",
                "renamed",
                "retyped",
                "read-only",
                "writable",
                "rewired",
                "deprecated",
                "undeprecated",
                "documented",
            ],
        ),
        ("variant", &["added", "removed", "renamed", "rewired", "documented"]),
        ("function", &["added", "removed", "renamed", "retyped", "rewired", "documented"]),
    ];
    for (of, kinds) in expected {
        for what in kinds {
            assert!(tried.contains(&(of.to_owned(), what)), "no edit shows that a {of} is {what}");
        }
    }
}

/// The result for one side of all edits.
fn run(edits: &[Edit], side: fn(&Edit) -> &Vec<(String, String)>) -> Run {
    Run::of(edits.iter().flat_map(|edit| side(edit).clone()).chain(edits::pages::of_the_root()))
}

/// The changes of an edit: those of its module, and those of request builders that are named after
/// its URLs or types.
fn of_edit(comparison: &Comparison, name: &str) -> Vec<(Grade, String)> {
    let module = format!("{name}::");
    let builders: String = name.split('_').flat_map(|word| [word[..1].to_uppercase(), word[1..].to_owned()]).collect();
    let is_here = |path: &str| path.starts_with(&module) || path.starts_with("requests::") && path.contains(&builders);
    let here = comparison.changes().filter(|(ty, _)| is_here(&ty.path));
    let of_the_root = comparison.changes().filter(|(ty, change)| {
        ty.path == "requests::Graph" && change.item.as_ref().is_some_and(|item| item.name == name)
    });
    let said = here.chain(of_the_root).map(|(ty, change)| {
        let said = format!("{}: {change}", ty.path.trim_start_matches(&module).trim_start_matches("requests::"));
        (change.grade, said.replace(&module, "").replace("requests::", ""))
    });
    said.collect()
}

/// Writes two generated crates, and for each a crate with all callers.
fn write_workspace(folder: &Path, edits: &[Edit], before: &Run, after: &Run) {
    // Build output may be kept from an earlier run, but sources must not.
    for part in ["before", "after", "callers-before", "callers-after"] {
        let _ = fs::remove_dir_all(folder.join(part));
    }
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"before\", \"after\", \"callers-before\", \"callers-after\"]\n",
    );
    // Uses the versions of the workspace, so that nothing is downloaded.
    fs::copy(workspace("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let runtime = workspace("runtime").canonicalize().expect("the runtime").display().to_string();
    for (side, run) in [("before", before), ("after", after)] {
        let layout = Layout::Crate {
            name: format!("graph-{side}"),
            license: None,
            runtime: RuntimeDependency::Path(runtime.clone()),
            tests: false,
        };
        emit::emit(&run.model, &run.sources, &emit::Options { layout }).write(&folder.join(side)).expect("a crate");
        let callers = format!("callers-{side}");
        write(
            &format!("{callers}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{callers}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                 graph = {{ package = \"graph-{side}\", path = \"../{side}\" }}\nedmark-runtime = {{ path = {runtime:?} }}\n"
            ),
        );
        write(&format!("{callers}/src/lib.rs"), "");
        let callers_of_edits =
            edits.iter().map(|edit| (edit.name, format!("use graph::{}::*;", edit.name), edit.caller));
        let others = IMPOSSIBLE.iter().map(|(name, body)| (*name, "use graph::*;".to_owned(), *body));
        for (name, imports, body) in callers_of_edits.chain(others) {
            let text = format!(
                "#![allow(unused, deprecated)]\n\nuse edmark_runtime as rt;\n{imports}\n\nfn main() {{\n    {body}\n}}\n"
            );
            write(&format!("{callers}/examples/{name}.rs"), &text);
        }
    }
}

/// The callers that do not compile with a crate, and the messages of the compiler.
fn broken(folder: &Path, package: &str) -> BTreeMap<String, Vec<String>> {
    let output = cargo(folder)
        .args(["check", "--keep-going", "--examples", "--message-format", "json", "--package", package])
        .output()
        .expect("cargo runs");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut compiled = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).expect("cargo writes JSON");
        compiled += usize::from(message["reason"] == "compiler-artifact");
        if message["reason"] == "compiler-message" && message["message"]["level"] == "error" {
            let target = &message["target"];
            assert_eq!(target["kind"][0], "example", "{message:#}");
            let name = target["name"].as_str().unwrap_or_default().to_owned();
            found.entry(name).or_default().push(message["message"]["message"].to_string());
        }
    }
    assert!(compiled > 0, "{}", String::from_utf8_lossy(&output.stderr));
    found
}
