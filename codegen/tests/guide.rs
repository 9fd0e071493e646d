//! The chapters of the guide, done as they are written: files made, commands run, their output
//! compared. `guide/README.md` has the rules.
#![cfg(all(feature = "cli", unix))]

mod guide {
    pub(super) mod chapter;
    pub(super) mod shell;
}

use std::fs;
use std::path::{Path, PathBuf};

use guide::chapter::{self, Step};
use guide::shell::Shell;

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../guide")
}

fn follow(name: &str) {
    let text = fs::read_to_string(guide().join(name)).expect("the chapter");
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

#[test]
fn a_first_build() {
    follow("first-build.md");
}

#[test]
fn calling_a_service() {
    follow("calling-a-service.md");
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

/// Each chapter is followed by a test, and can be found from the list, and the list from the
/// README.
#[test]
fn no_chapter_is_forgotten() {
    let read = |path: PathBuf| fs::read_to_string(path).expect("a file");
    let (list, tests) =
        (read(guide().join("README.md")), read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guide.rs")));
    let summary = read(guide().join("SUMMARY.md"));
    let mut chapters = 0;
    for entry in fs::read_dir(guide()).expect("the guide") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        if name.ends_with(".md") && !matches!(name.as_str(), "README.md" | "SUMMARY.md") {
            assert!(list.contains(&format!("]({name})")), "the list has no {name}");
            assert!(summary.contains(&format!("]({name})")), "the book's summary has no {name}");
            assert!(tests.contains(&format!("follow(\"{name}\")")), "no test follows {name}");
            chapters += 1;
        }
    }
    assert_eq!(chapters, list.lines().filter(|line| line.contains(".md)")).count());
    assert!(read(guide().join("../README.md")).contains("](guide/README.md)"));
}
