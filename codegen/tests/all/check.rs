//! `edmark generate --check`: its output for a folder that is not up to date.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::pages;

fn page(name: &str, kind: &str) -> String {
    pages::page(name, "", &format!("|name|{kind}|Its name.|"))
}

fn edmark(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
    command.args(["generate", "--docs", "docs", "--out", "sdk"]).args(more).current_dir(folder).env_remove("NO_COLOR");
    command.output().expect("the command runs")
}

/// Generated code, after which one page was changed, one page and one file were removed, and one
/// file was edited.
fn drifted() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("a file");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    for name in ["city", "lake", "river", "town"] {
        write(&format!("docs/{name}.md"), &page(name, "String"));
    }
    assert_eq!(edmark(folder.path(), &[]).status.code(), Some(0));
    write("docs/city.md", &page("city", "Int32"));
    let lake = fs::read_to_string(folder.path().join("sdk/lake.rs")).expect("a file");
    write("sdk/lake.rs", &lake.replace("pub name: Option<String>", "pub name: Option<Box<str>>"));
    fs::remove_file(folder.path().join("docs/river.md")).expect("a page");
    fs::remove_file(folder.path().join("sdk/town.rs")).expect("a file");
    folder
}

#[test]
fn every_way_to_differ_is_shown() {
    let folder = drifted();
    let output = edmark(folder.path(), &["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let (text, advice) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let heads: Vec<&str> =
        text.lines().filter(|line| line.contains(": ") && !line.starts_with([' ', '+', '-'])).collect();
    assert_eq!(
        heads,
        [
            "stale: city.rs",
            "edited by hand: lake.rs",
            "stale: mod.rs",
            "no longer generated: river.rs",
            "missing: town.rs"
        ]
    );
    for line in [
        "--- city.rs",
        "+++ city.rs",
        "-    pub name: Option<String>,",
        "+    pub name: Option<i32>,",
        "-    pub name: Option<Box<str>>,",
        "+    pub name: Option<String>,",
        "-mod river;",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    assert!(
        advice.contains("5 files are not what would be generated; 1 file is edited by hand")
            && advice.contains("--force"),
        "{advice}"
    );
    // Nothing was changed, and the advice in the output works.
    assert!(!folder.path().join("sdk/town.rs").exists());
    assert_eq!(edmark(folder.path(), &["--force"]).status.code(), Some(0));
    let output = edmark(folder.path(), &["--check"]);
    assert_eq!((output.status.code(), output.stdout.len(), output.stderr.len()), (Some(0), 0, 0));
}

#[test]
fn colours_are_for_terminals() {
    let folder = drifted();
    let plain = edmark(folder.path(), &["--check"]);
    assert!(!plain.stdout.contains(&0x1b));
    let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
    command.args(["generate", "--docs", "docs", "--out", "sdk", "--check"]).current_dir(folder.path());
    let coloured = command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").output().expect("the command runs");
    let text = String::from_utf8_lossy(&coloured.stdout);
    for line in [
        "\u{1b}[1m--- city.rs\u{1b}[0m",
        "\u{1b}[31m-mod river;\u{1b}[0m",
        "\u{1b}[32m+    pub name: Option<i32>,\u{1b}[0m",
    ] {
        assert!(text.contains(line), "{text:?}");
    }
}
