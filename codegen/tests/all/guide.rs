//! Follows the chapters of the guide as they are written: creates files, runs commands and compares
//! their output. `guide/README.md` has the rules.
#![cfg(all(feature = "cli", unix))]

mod chapter;
mod shell;

use std::fs;
use std::path::{Path, PathBuf};

use chapter::Step;
use shell::Shell;

use crate::server::{Installation, Server};

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../guide")
}

fn follow(name: &str) {
    follow_with(name, |text| text);
}

/// Follows a chapter after replacing placeholders by values that are known only during the run.
fn follow_with(name: &str, change: impl FnOnce(String) -> String) {
    let text = change(fs::read_to_string(guide().join(name)).expect("the chapter"));
    let shell = Shell::new(name.trim_end_matches(".md"));
    let mut shown = String::new();
    let mut workflow = Vec::new();
    for step in chapter::steps(&text) {
        match step {
            Step::File { path, text } => {
                workflow.extend(chapter::commands_of_workflow(&path, &text));
                shell.write(&path, &text);
            }
            Step::Commands(commands) => {
                shown.clear();
                for command in commands {
                    shown += &shell.run(&command.line, command.code);
                }
            }
            Step::Output(expected) => chapter::assert_shown(&expected, &shown),
        }
    }
    for line in workflow {
        shell.run(&line, 0);
    }
}

/// The service of the chapter is one of the two test servers, on a free port.
#[test]
fn your_own_service() {
    let Some(installation) = Installation::find("your_own_service") else { return };
    let harbour = Server::harbour(&installation);
    follow_with("own-service.md", |text| text.replace("http://127.0.0.1:4004/odata/v4/harbour", &harbour.url()));
}

#[test]
fn a_first_build() {
    follow("first-build.md");
}

#[test]
fn calling_a_service() {
    follow("calling-a-service.md");
}

#[test]
fn how_a_page_is_written() {
    follow("dialect.md");
}

#[test]
fn committed_code() {
    follow("committed-code.md");
}

#[test]
fn adding_attributes() {
    follow("adding-attributes.md");
}

#[test]
fn reviewing_changes() {
    follow("reviewing-changes.md");
}

#[test]
fn correcting_pages() {
    follow("correcting-pages.md");
}

#[test]
fn publishing() {
    follow("publishing.md");
}

#[test]
fn finding_calls() {
    follow("finding-calls.md");
}

#[test]
fn tests_without_a_network() {
    follow("testing.md");
}

#[test]
fn one_crate_for_a_workspace() {
    follow("workspace.md");
}

#[test]
fn features() {
    follow("features.md");
}

#[test]
fn upgrading() {
    follow("upgrading.md");
}

/// The recipes are the programs that `.ci/run` compiles and runs against all of Microsoft Graph.
/// Where the programs have changed, `INSTA_UPDATE=always` brings the chapter up to date.
#[test]
fn recipes_are_the_programs() {
    let programs = fs::read_to_string(guide().join("../tests/programs/programs.rs")).expect("the programs");
    let chapter = guide().join("recipes.md");
    let shown = fs::read_to_string(&chapter).expect("the chapter");
    let begin = shown.find("\n## ").map_or(shown.len(), |begin| begin + 1);
    let expected = format!("{}{}", &shown[..begin], chapter::recipes(&programs));
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(chapter, expected).expect("written");
    } else {
        assert_eq!(shown, expected, "guide/recipes.md is not what tests/programs/programs.rs has");
    }
}

/// Each chapter has a test, the list of chapters contains it, and the README links to the list.
#[test]
fn no_chapter_is_forgotten() {
    let read = |path: PathBuf| fs::read_to_string(path).expect("a file");
    let (list, tests) =
        (read(guide().join("README.md")), read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/guide.rs")));
    let summary = read(guide().join("SUMMARY.md"));
    let mut chapters = 0;
    for entry in fs::read_dir(guide()).expect("the guide") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        if name.ends_with(".md") && !matches!(name.as_str(), "README.md" | "SUMMARY.md") {
            assert!(list.contains(&format!("]({name})")), "the list has no {name}");
            assert!(summary.contains(&format!("]({name})")), "the book's summary has no {name}");
            let is_followed = ["follow(", "follow_with(", "guide().join("]
                .iter()
                .any(|follow| tests.contains(&format!("{follow}\"{name}\"")));
            assert!(is_followed, "no test follows {name}");
            chapters += 1;
        }
    }
    assert_eq!(chapters, list.lines().filter(|line| line.contains(".md)")).count());
    assert!(read(guide().join("../README.md")).contains("](guide/README.md)"));
}
