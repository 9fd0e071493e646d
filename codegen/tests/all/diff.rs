//! `edmark diff`: its inputs, its output formats and its exit codes.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::pages;

/// A page of a type with rows of properties.
fn page(name: &str, rows: &str) -> String {
    pages::page(name, "", rows)
}

const CITY: &str = "|name|String|Its name.|\n|mayor|[mayor](mayor.md)|Who leads it.|";
const MAYOR: &str = "|name|String|Their name.|\n|since|Date|Since when.|";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), files);
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn edmark(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edmark")).args(arguments).current_dir(folder).output().expect("the command runs")
}

/// The output of a comparison, after a check that it succeeds and writes nothing to standard error.
#[track_caller]
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = edmark(folder, arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A folder with two versions of pages about cities and their mayors: `old`, and `new` with an edit
/// of each kind.
fn two() -> TempDir {
    let new = "|name|String|What it is called.|\n|mayor|[bailiff](bailiff.md)|Who leads it.|\n|size|Int32|How large.|";
    folder(&[
        ("old/city.md", &page("city", CITY)),
        ("old/mayor.md", &page("mayor", MAYOR)),
        ("new/city.md", &page("city", new)),
        ("new/bailiff.md", &page("bailiff", MAYOR)),
    ])
}

#[test]
fn changes_are_shown_by_type() {
    insta::assert_snapshot!(said(two().path(), &["diff", "old", "new"]), @r"
    struct Bailiff (microsoft.graph.bailiff)
      breaking      renamed, it seems, from `Mayor`
      documentation has another documentation

    struct City (microsoft.graph.city)
      minor         property `size` added: `Option<i32>`
      documentation property `name` has another documentation

    1 breaking, 1 minor and 2 documentation changes in 2 types: the next version is a major one (minor while it is 0.x)
    ");
    assert_eq!(said(two().path(), &["diff", "old", "old"]), "the API is the same\n");
}

/// A page of an operation.
fn operation(line: &str) -> String {
    format!(
        "# An operation\n\nNamespace: microsoft.graph\n\n## HTTP request\n\n```http\n{line}\n```\n\n## Response\n\n\
         If successful, this method returns a `200 OK` response code and a [city](../city.md) object in the response body.\n"
    )
}

#[test]
fn what_only_a_removed_function_led_to_is_said_with_it() {
    let both = [("old/city.md", page("city", CITY)), ("old/api/get.md", operation("GET /cities/{id}"))];
    let gone = ("old/api/twin.md", operation("GET /cities/{id}/twins/{twin}/copy/{number}"));
    let kept = both.clone().map(|(path, text)| (path.replace("old/", "new/"), text));
    let all: Vec<(&str, &str)> = (both.iter().chain([&gone]).map(|(path, text)| (*path, text.as_str())))
        .chain(kept.iter().map(|(path, text)| (path.as_str(), text.as_str())))
        .collect();
    let said = said(folder(&all).path(), &["diff", "old", "new"]);
    insta::assert_snapshot!(said, @r"
    request builder requests::ItemOfCitiesRequests (/cities/{id})
      breaking      function `twins` removed, was `() -> requests::TwinsOfItemOfCitiesRequests`; with it `requests::CopyOfItemOfTwinsOfItemOfCitiesRequests`, `requests::ItemOfCopyOfItemOfTwinsOfItemOfCitiesRequests`, `requests::ItemOfTwinsOfItemOfCitiesRequests` and 1 more

    1 breaking, 0 minor and 0 documentation changes in 1 types: the next version is a major one (minor while it is 0.x)
    ");
}

#[test]
fn markdown_is_by_grade() {
    insta::assert_snapshot!(said(two().path(), &["diff", "old", "new", "--format", "markdown"]), @r"
    ### API changes

    1 breaking, 1 minor and 2 documentation changes in 2 types: the next version is a major one (minor while it is 0.x).

    #### Breaking

    - struct `Bailiff`: renamed, it seems, from `Mayor`

    #### Additions and deprecations

    - struct `City`: property `size` added: `Option<i32>`

    <details><summary>Documentation (2)</summary>

    - struct `Bailiff`: has another documentation
    - struct `City`: property `name` has another documentation

    </details>
    ");
}

#[test]
fn json_has_it_all() {
    let json = said(two().path(), &["diff", "old", "new", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&document["step"], &document["step-before-1"]), (&"major".into(), &"minor".into()));
    assert_eq!(document["counts"]["breaking"], 1);
    let added = &document["types"][1]["changes"][0];
    assert_eq!(
        (&added["change"], &added["item"]["name"], &added["grade"]),
        (&"added".into(), &"size".into(), &"minor".into())
    );
    assert_eq!(added["signature"], "Option<i32>");
}

#[test]
fn breaking_changes_can_be_denied() {
    let folder = two();
    let deny = |old: &str, new: &str| edmark(folder.path(), &["diff", old, new, "--deny", "breaking"]).status.code();
    assert_eq!((deny("old", "new"), deny("old", "old")), (Some(1), Some(0)));
    write(
        folder.path(),
        &[
            ("more/city.md", &page("city", &format!("{CITY}\n|size|Int32|How large.|"))),
            ("more/mayor.md", &page("mayor", MAYOR)),
        ],
    );
    assert_eq!(deny("old", "more"), Some(0));
}

#[test]
fn what_was_exported_is_as_good_as_its_pages() {
    let folder = two();
    let output = edmark(folder.path(), &["export", "--docs", "old", "--format", "surface", "-o", "old.json"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(said(folder.path(), &["diff", "old.json", "new"]), said(folder.path(), &["diff", "old", "new"]));
    assert_eq!(said(folder.path(), &["diff", "old", "old.json"]), "the API is the same\n");
}

#[test]
fn what_is_selected_is_compared() {
    let all = two();
    let folder = all.path();
    assert_eq!(said(folder, &["diff", "old", "new", "--exclude", "*"]), "the API is the same\n");
    write(
        folder,
        &[("old/edmark.toml", "docs = \".\"\n"), ("new/edmark.toml", "docs = \".\"\nexclude = [\"bailiff\"]\n")],
    );
    let text = said(folder, &["diff", "old/edmark.toml", "new/edmark.toml"]);
    assert!(text.contains("struct Mayor (microsoft.graph.mayor)\n  breaking      removed\n"), "{text}");
    assert!(
        text.contains("property `mayor` has another type: `Option<Box<Mayor>>` became `Option<rt::Untyped>`"),
        "{text}"
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@contoso.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(folder)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn revisions_are_read_through_git() {
    let all = folder(&[
        ("sdk/edmark.toml", "docs = \"../docs\"\n"),
        ("docs/city.md", &page("city", CITY)),
        ("docs/below/mäyor.md", &page("mayor", MAYOR)),
        ("docs/notes.txt", "no page"),
    ]);
    let folder = all.path();
    fs::write(folder.join("docs/odd.md"), b"# \xff").expect("a file");
    git(folder, &["init", "-q"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "first"]);
    fs::remove_file(folder.join("docs/odd.md")).expect("a file");
    write(folder, &[("docs/city.md", &page("city", "|name|Int32|Its number.|"))]);
    let expected = "City: property `name` has another type";
    let contains = |here: &str, old: &str, new: &str| {
        let output = edmark(&folder.join(here), &["diff", old, new, "--format", "markdown"]);
        let (text, notes) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let expected = expected.replace("City", "struct `City`");
        assert!(text.contains(&expected), "{here} {old} {new}: {text}{notes}");
        assert!(notes.contains("odd.md: not UTF-8; the page was not read"), "{notes}");
        assert!(!text.contains("`Mayor`: removed"), "{text}");
    };
    contains(".", "HEAD:docs", "docs");
    contains("sdk", "HEAD:docs", "../docs");
    contains("sdk", "HEAD:../docs", "../docs");
    contains(".", "HEAD:sdk/edmark.toml", "sdk/edmark.toml");
    contains("sdk", "HEAD:./edmark.toml", "edmark.toml");

    for (here, old, new) in [(".", "HEAD", "docs"), ("sdk", "HEAD", "../docs"), (".", "docs", "HEAD")] {
        let output = edmark(&folder.join(here), &["diff", old, new]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said.contains("`HEAD` is a git revision; name the folder or the file in it too: `HEAD:docs`"),
            "{said}"
        );
    }
}

#[test]
fn what_cannot_be_compared_says_why() {
    let all =
        folder(&[("docs/city.md", &page("city", CITY)), ("x.json", "{}"), ("y.json", "# x"), ("empty/x.txt", "")]);
    let folder = all.path();
    for (old, message) in [
        ("nowhere", "`nowhere` is no folder of pages or of generated code, no edmark.toml"),
        ("x.json", "x.json: not a surface: there is no `\"edmark\": \"surface 2\"` in it"),
        ("y.json", "y.json: not a surface, as `edmark export --format surface` writes it: "),
        ("empty", "no pages (*.md) in empty"),
        ("HEAD:docs", "cannot read `HEAD:docs`: "),
    ] {
        let output = edmark(folder, &["diff", old, "docs"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(message), "{old}: {text}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
}

/// GitHub allows at most 65,536 characters in a comment.
#[test]
fn markdown_fits_a_comment() {
    let rows = |count: usize| (0..count).map(|index| format!("|property{index}|String|.|\n")).collect::<String>();
    let all = folder(&[("old/city.md", &page("city", &rows(1))), ("new/city.md", &page("city", &rows(3_000)))]);
    let text = said(all.path(), &["diff", "old", "new", "--format", "markdown"]);
    assert!(text.chars().count() < 65_536 && text.ends_with("more: `edmark diff` lists them all.\n"), "{}", text.len());
}

/// Generated code is compared regardless of its origin, on disk and in a git revision.
#[test]
fn generated_code_is_compared_without_its_pages() {
    let all = two();
    let folder = all.path();
    for side in ["old", "new"] {
        let out = format!("{side}-code");
        let output = edmark(folder, &["generate", "--docs", side, "--out", &out]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = said(folder, &["diff", "old-code", "new-code"]);
    assert!(text.contains("property `size` added: `Option<i32>`"), "{text}");
    assert!(text.contains("renamed, it seems, from `Mayor`"), "{text}");
    assert_eq!(said(folder, &["diff", "old-code", "old-code"]), "the API is the same\n");
    git(folder, &["init", "-q"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "first"]);
    assert_eq!(said(folder, &["diff", "HEAD:old-code", "new-code"]), text);
    // Only cargo's folder `target` is skipped, and not every folder whose name ends like that.
    write(
        folder,
        &[
            ("one/mod.rs", "pub mod retarget;"),
            ("one/retarget.rs", "pub mod aims;"),
            ("two/mod.rs", "pub mod retarget;"),
        ],
    );
    write(folder, &[("one/retarget/aims.rs", "pub struct Aim { pub far: Option<bool> }"), ("two/retarget.rs", "")]);
    let text = said(folder, &["diff", "two", "one"]);
    assert!(text.contains("struct retarget::aims::Aim"), "{text}");
    write(folder, &[("broken/mod.rs", "pub struct {")]);
    let output = edmark(folder, &["diff", "broken", "new-code"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && message.contains("mod.rs: not Rust: "), "{message}");
}
