//! The `edmark` command: its output and its exit codes.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const GOOD: &str = r##"---
title: thing resource type
doc_type: resourcePageType
---
# thing resource type

Namespace: microsoft.graph

A thing.

## Properties
|Property|Type|Description|
|:---|:---|:---|
|id|String|Its key.|

## JSON representation
<!-- { "blockType": "resource", "keyProperty": "id", "@odata.type": "microsoft.graph.thing" } -->
```json
{
  "@odata.type": "#microsoft.graph.thing",
  "id": "String (identifier)"
}
```
"##;

/// The same page with a type that no page describes.
fn doubtful() -> String {
    GOOD.replace("|id|String|Its key.|", "|id|String|Its key.|\n|other|nowhere|Another.|").replace(
        "\"id\": \"String (identifier)\"",
        "\"id\": \"String (identifier)\",\n  \"other\": {\"@odata.type\": \"microsoft.graph.nowhere\"}",
    )
}

fn folder(pages: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in pages {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a page");
    }
    folder
}

fn edmark(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edmark")).args(arguments).current_dir(folder).output().expect("the command runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Checks for exit code 2, nothing on standard output, and this message on standard error.
fn could_not_run(folder: &Path, arguments: &[&str], message: &str) {
    let output = edmark(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    assert_eq!(stdout(&output), "", "{arguments:?}");
    assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
}

#[test]
fn code_is_written_checked_and_kept() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let generate = ["generate", "--docs", "docs", "--out", "sdk", "--crate", "sdk"];
    let check = ["generate", "--docs", "docs", "--out", "sdk", "--crate", "sdk", "--check"];

    let output = edmark(folder.path(), &check);
    assert_eq!((output.status.code(), stdout(&output).contains("missing: Cargo.toml")), (Some(1), true));
    assert!(!folder.path().join("sdk").exists());

    let output = edmark(folder.path(), &generate);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(stdout(&output), "sdk: 4 files, 4 written\n");

    let output = edmark(folder.path(), &check);
    assert_eq!((output.status.code(), stdout(&output).as_str(), stderr(&output).as_str()), (Some(0), "", ""));

    let page = folder.path().join("docs/thing.md");
    fs::write(&page, GOOD.replace("Its key.", "The key.")).expect("a page");
    let output = edmark(folder.path(), &check);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("stale: src/thing.rs") && stdout(&output).contains("The key."),
        "{}",
        stdout(&output)
    );
    assert!(stderr(&output).contains("sdk: 1 file is not what would be generated"), "{}", stderr(&output));

    let output = edmark(folder.path(), &generate);
    assert_eq!(stdout(&output), "sdk: 4 files, 1 written\n");
}

#[test]
fn one_file_has_the_name_that_is_asked_for() {
    let configuration = b"docs = \"docs\"\nout = \"src\"\nsingle-file = true\nfile-name = \"things.rs\"\n";
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes()), ("edmark.toml", configuration), ("below/x", b"")]);
    let output = edmark(&folder.path().join("below"), &["generate"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(stdout(&output), "../src: 1 file, 1 written\n");
    assert!(folder.path().join("src/things.rs").is_file());
}

#[test]
fn warnings_do_not_stop_generation_unless_denied() {
    let folder = folder(&[("docs/thing.md", doubtful().as_bytes())]);
    let denied = edmark(folder.path(), &["generate", "--docs", "docs", "--out", "sdk", "--deny", "warnings"]);
    assert_eq!((denied.status.code(), stdout(&denied).as_str()), (Some(1), ""));
    assert!(
        stderr(&denied).contains("[type-unknown]") && stderr(&denied).contains("warnings are denied"),
        "{}",
        stderr(&denied)
    );
    assert!(!folder.path().join("sdk").exists());

    let output = edmark(folder.path(), &["generate", "--docs", "docs", "--out", "sdk"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "1 warning; `edmark lint` shows all\n");
    assert!(folder.path().join("sdk/thing.rs").is_file());
}

#[test]
fn lint_ends_with_what_it_found() {
    let good = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let output = edmark(good.path(), &["lint", "--docs", "docs"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    insta::assert_snapshot!(stdout(&output), @r"
    pages: 1, of these 1 of resources, 0 of enums, 0 of operations, 0 others
    types: 1, of these 1 entity and 0 complex types, with 1 properties
    enums: 0, with 0 members
    requests: 0 functions of 0 builders
    problems: no problems
    ");

    let bad = folder(&[("docs/thing.md", doubtful().as_bytes())]);
    let human = edmark(bad.path(), &["lint", "--docs", "docs"]);
    assert_eq!((human.status.code(), stderr(&human).as_str()), (Some(1), ""));
    assert!(stdout(&human).contains(" --> docs/thing.md:15:"), "{}", stdout(&human));

    let json = edmark(bad.path(), &["lint", "--docs", "docs", "--format", "json"]);
    assert_eq!(json.status.code(), Some(1));
    let lines: Vec<serde_json::Value> =
        stdout(&json).lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert!(lines.iter().any(|line| line["code"] == "type-unknown" && line["line"] == 15), "{lines:?}");
    assert!(stderr(&json).contains("problems: "), "{}", stderr(&json));

    let github = edmark(bad.path(), &["lint", "--docs", "docs", "--format", "github"]);
    assert!(stdout(&github).contains("::warning file=docs/thing.md,line=15,"), "{}", stdout(&github));
}

#[test]
fn a_page_of_nothing_but_problems_is_cut_short() {
    let row = "|id|String|Its key.|\n";
    let page = GOOD.replace(row, &format!("{row}{}", "|no name|String|.|\n".repeat(10_000)));
    let folder =
        folder(&[("docs/thing.md", page.as_bytes()), ("docs/z.md", doubtful().replace("thing", "z").as_bytes())]);
    let output = edmark(folder.path(), &["lint", "--docs", "docs"]);
    let shown = stdout(&output);
    assert!(
        shown.contains("\ndocs/thing.md: 9800 warnings more; `--format json` shows all\n"),
        "{}",
        &shown[shown.len() - 500..]
    );
    assert_eq!(shown.matches("warning[row-without-name]").count(), 200);
    assert!(shown.contains(" --> docs/z.md:15:"), "the next page is shown");
    let json = edmark(folder.path(), &["lint", "--docs", "docs", "--format", "json"]);
    assert!(stdout(&json).lines().count() > 10_000);
}

#[test]
fn codes_are_explained() {
    let here = Path::new(".");
    let output = edmark(here, &["lint", "--explain", "type-unknown"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("type-unknown (warning)\n\nA type is named"), "{}", stdout(&output));
    assert!(stdout(&edmark(here, &["lint", "--explain", "all"])).lines().count() > 20);
    could_not_run(here, &["lint", "--explain", "type-unknwon"], "did you mean `type-unknown`?");
}

#[test]
fn the_model_is_exported() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let output = edmark(folder.path(), &["export", "--docs", "docs"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(document["microsoft.graph"]["thing"]["$Key"][0], "id");

    let output = edmark(folder.path(), &["export", "--docs", "docs", "--format", "ir", "-o", "ir.json"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    let text = fs::read_to_string(folder.path().join("ir.json")).expect("a file");
    assert!(text.contains("docs/thing.md:14:"), "{text}");
    could_not_run(folder.path(), &["export", "--docs", "docs", "-o", "no/x.json"], "cannot write no/x.json");

    let output = edmark(folder.path(), &["export", "--docs", "docs", "--format", "api"]);
    assert!(stdout(&output).starts_with("struct Thing \"microsoft.graph.thing\"\n"), "{}", stdout(&output));
}

#[test]
fn what_cannot_run_says_why() {
    let folder = folder(&[
        ("docs/thing.md", GOOD.as_bytes()),
        ("empty/readme.txt", b""),
        ("mine/mod.rs", b"// by hand\n"),
        ("wrong.toml", b"docs = \"docs\"\nouts = \"x\"\n"),
        ("latin.toml", b"docs = \"docs\"\n# \xe9t\xe9\n"),
        ("binary/thing.md", b"# thing\n\xff\xfe"),
        ("prose/welcome.md", b"# Welcome\n\nThis is no page of a type.\n"),
    ]);
    let here = folder.path();
    could_not_run(here, &["lint"], "no folder of pages is given");
    could_not_run(here, &["lint", "--docs", "nowhere"], "nowhere is not a folder of pages");
    could_not_run(here, &["lint", "--docs", "empty/readme.txt"], "empty/readme.txt is not a folder of pages");
    could_not_run(here, &["lint", "--docs", "empty"], "no pages (*.md) in empty");
    could_not_run(here, &["lint", "--config", "wrong.toml"], "wrong.toml:2:1: unknown key `outs`; did you mean `out`?");
    could_not_run(here, &["lint", "--config", "none.toml"], "cannot read none.toml");
    could_not_run(here, &["lint", "--config", "latin.toml"], "latin.toml:2:3: not UTF-8; save the file as UTF-8");
    could_not_run(here, &["lint", "--docs", "docs", "docs/none.md"], "cannot look at docs/none.md: ");
    could_not_run(here, &["lint", "--docs", "docs", "prose/welcome.md"], "it is none of the pages");
    could_not_run(here, &["lint", "--format", "xml"], "possible values: human, json, github");
    could_not_run(here, &["generate", "--docs", "docs"], "no output folder");
    could_not_run(here, &["generate", "--docs", "docs", "--out", "mine"], "mine/mod.rs is in the way");
    could_not_run(
        here,
        &["generate", "--docs", "docs", "--out", "docs/thing.md"],
        "it is a file, and a folder is needed",
    );
    could_not_run(here, &["generate", "--docs", "docs", "--out", "x", "--crate", "a b"], "a crate's name consists of");
    could_not_run(here, &["generate", "--docs", "docs", "--out", "x", "--runtime-path", "."], "pass `--crate NAME`");
    could_not_run(here, &["generate", "--docs", "docs", "--out", "x", "--with-tests"], "pass `--crate NAME`");
    let no_runtime = ["generate", "--docs", "docs", "--out", "x", "--crate", "x", "--runtime-path", "docs"];
    could_not_run(here, &no_runtime, "docs is not the folder of edmark-runtime");
    // With these pages, a run would remove all code of the run before.
    could_not_run(here, &["generate", "--docs", "binary", "--out", "x"], "nothing was written; binary/thing.md:1:1: ");
    could_not_run(here, &["generate", "--docs", "prose", "--out", "x"], "name the folders of the reference pages");
    assert!(!here.join("x").exists());
}

#[test]
fn a_request_without_a_slash_is_no_type() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let output = edmark(folder.path(), &["explain", "--docs", "docs", "GET things"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("no call makes `GET things`: "), "{}", stdout(&output));
}

#[test]
fn tests_come_with_a_crate_where_they_are_asked_for() {
    let page = "---\ndoc_type: apiPageType\n---\n# Get thing\n\n## HTTP request\n```http\nGET /things/{id}\n```\n\n## Example\n\
                <!-- { \"blockType\": \"response\", \"@odata.type\": \"microsoft.graph.thing\" } -->\n\
                ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"id\": \"1\" }\n```\n";
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes()), ("docs/thing-get.md", page.as_bytes())]);
    let here = folder.path();
    let generate = ["generate", "--docs", "docs", "--out", "sdk", "--crate", "things", "--with-tests"];
    let output = edmark(here, &generate);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let test = fs::read_to_string(here.join("sdk/tests/examples.rs")).expect("a test");
    assert!(test.contains("graph::Thing") && test.contains("use things as graph;"), "{test}");
    assert!(here.join("sdk/tests/examples/thing-get.json").is_file());
    let output = edmark(here, &generate[..7]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!here.join("sdk/tests").exists());
}

#[test]
fn a_page_that_cannot_be_read_costs_that_page() {
    let folder = folder(&[
        ("docs/thing.md", GOOD.as_bytes()),
        ("docs/binary.md", b"# x\n\xff\xfe"),
        ("docs/empty.md", b""),
        ("docs/pipes.md", "|".repeat(1 << 20).as_bytes()),
    ]);
    let output = edmark(folder.path(), &["generate", "--docs", "docs", "--out", "sdk"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("error[not-utf8]") && stderr(&output).contains("docs/binary.md"),
        "{}",
        stderr(&output)
    );
    assert!(folder.path().join("sdk/thing.rs").is_file());
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_failure() {
    let pages: Vec<(String, String)> = (0..300)
        .map(|index| (format!("docs/t{index}.md"), doubtful().replace("thing", &format!("thing{index}"))))
        .collect();
    let pages: Vec<(&str, &[u8])> = pages.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let folder = folder(&pages);
    for arguments in [["lint", "--docs", "docs"], ["export", "--docs", "docs"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_edmark"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert!(
            !stderr(&output).contains("panicked") && !stderr(&output).contains("cannot write"),
            "{}",
            stderr(&output)
        );
        assert_ne!(output.status.code(), Some(2));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one_clear_error() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let full = fs::File::options().write(true).open("/dev/full").expect("the device");
    let output = Command::new(env!("CARGO_BIN_EXE_edmark"))
        .args(["export", "--docs", "docs"])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write to standard output"), "{}", stderr(&output));
}

#[test]
fn a_type_that_is_not_there_cannot_be_included() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let message = "error: include: no type, namespace or operation is called `thin`; did you mean `thing`?";
    could_not_run(folder.path(), &["generate", "--docs", "docs", "--out", "sdk", "--include", "thin"], message);
    assert!(!folder.path().join("sdk").exists());
}

/// `init` writes a valid configuration and overwrites nothing.
#[test]
fn init_begins_a_crate() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let here = folder.path();
    let output = edmark(here, &["init", "--crate", "things", "--workflow"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("edmark.toml: written"), "{}", stdout(&output));
    let output = edmark(here, &["generate"]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("sdk: 4 files, 4 written\n", Some(0)));
    assert!(here.join(".github/workflows/edmark.yml").is_file());
    fs::write(here.join("edmark.toml"), "docs = \"docs\"\n").expect("written");
    let output = edmark(here, &["init", "--crate", "things"]);
    assert!(stdout(&output).contains("edmark.toml: is there already"), "{}", stdout(&output));
    assert_eq!(fs::read_to_string(here.join("edmark.toml")).expect("a file"), "docs = \"docs\"\n");
    could_not_run(here, &["init", "--crate", "crate"], "cannot be the name of a crate");
    could_not_run(here, &["init", "docs/thing.md"], "docs/thing.md is a file, and a folder is needed");
}

#[test]
fn init_writes_a_build_script() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = edmark(folder.path(), &["init", "app", "--build-script", "--metadata", "zoo.xml"]);
    assert!(stdout(&output).contains("include!(concat!(env!(\"OUT_DIR\"), \"/sdk.rs\"));"), "{}", stdout(&output));
    assert!(stdout(&output).contains("\n    [dependencies]\n    edmark-runtime = "), "{}", stdout(&output));
    let script = fs::read_to_string(folder.path().join("app/build.rs")).expect("a file");
    syn::parse_file(&script).expect("Rust");
    // The dependencies resolve as they are shown.
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
    let shown = format!("\n    edmark-runtime = {{ path = {:?} }}\n", runtime);
    assert!(stdout(&output).contains(&shown), "{}", stdout(&output));
    let configuration = fs::read_to_string(folder.path().join("app/edmark.toml")).expect("a file");
    assert!(configuration.contains("\nmetadata = [\"zoo.xml\"]\n"), "{configuration}");
    assert!(configuration.contains("\n# docs = [\"docs\"]\n"), "{configuration}");
    assert!(configuration.contains("\nfile-name = \"sdk.rs\"\n"), "{configuration}");
}

#[test]
fn an_option_takes_one_value_each_time() {
    let folder = folder(&[("docs/thing.md", GOOD.as_bytes())]);
    let output = edmark(folder.path(), &["explain", "--docs", "docs", "thing"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn quiet_says_only_what_stops_the_command() {
    let folder = folder(&[("docs/thing.md", doubtful().as_bytes())]);
    let output = edmark(folder.path(), &["export", "--quiet", "--docs", "docs", "-o", "model.json"]);
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("", ""));
    let loud = edmark(folder.path(), &["export", "--docs", "docs", "-o", "model.json"]);
    assert_ne!(stderr(&loud), "");
    let output = edmark(folder.path(), &["export", "--quiet", "--docs", "nowhere"]);
    assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
    let coloured = edmark(folder.path(), &["lint", "--docs", "docs", "--color", "always"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
}

#[test]
fn shells_and_man_know_the_command() {
    let here = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = edmark(here.path(), &["completions", shell]);
        assert!(stdout(&output).contains("generate"), "{shell}");
    }
    let output = edmark(here.path(), &["man", "generate"]);
    assert!(stdout(&output).contains(".TH edmark-generate 1"), "{}", stdout(&output));
    could_not_run(here.path(), &["man", "fly"], "there is no command `fly`");
}
