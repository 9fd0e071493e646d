//! Comments are at most 100 columns wide, so that two files fit beside each other on a screen.

use std::fs;
use std::path::{Path, PathBuf};

const WIDTH: usize = 100;

#[test]
fn comments_fit_their_width() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut files = Vec::new();
    for folder in ["codegen", "runtime", "tests", "examples", "benches"] {
        sources(&root.join(folder), &mut files);
    }
    assert!(files.len() > 200, "the sources were not found: {} files", files.len());
    let mut wide = String::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("a source");
        for (number, line) in wide_comments(&text) {
            wide += &format!("{}:{number}: {line}\n", file.display());
        }
    }
    assert!(wide.is_empty(), "comments wider than {WIDTH} columns:\n{wide}");
}

/// The lines of comments that are too wide, with their numbers. Tables, code and addresses on a
/// line of their own are left out, because they cannot be broken.
fn wide_comments(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut is_code = false;
    for (index, line) in text.lines().enumerate() {
        let Some(comment) = line.trim_start().strip_prefix("//") else {
            is_code = false;
            continue;
        };
        let comment = comment.trim_start_matches(['/', '!']).trim();
        if comment.starts_with("```") {
            is_code = !is_code;
        }
        let can_be_broken = comment.contains(' ') && !comment.starts_with(['|', '[']);
        if line.chars().count() > WIDTH && can_be_broken && !is_code {
            found.push((index + 1, line));
        }
    }
    found
}

/// The Rust files below a folder, except build output and fixtures of generated code.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !matches!(name, "target" | "fixtures" | "snapshots") {
            sources(&path, files);
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
}

#[test]
fn a_wide_comment_is_found() {
    let wide = format!("/// {}", "word ".repeat(30));
    assert_eq!(wide_comments(&wide).len(), 1);
    assert!(wide_comments(&format!("/// ```\n{wide}\n/// ```")).is_empty(), "code");
    assert!(wide_comments("/// short").is_empty());
}
