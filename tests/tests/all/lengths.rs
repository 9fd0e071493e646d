//! The lengths of everyday programs, beside those of the same programs in the form of the official
//! Python SDK. A program that gets longer shows as a difference of the snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use edmark_tests::workspace;

/// The text behind each heading `1. Send a mail`, with the heading's own text.
fn programs(file: &str, comment: &str) -> BTreeMap<u32, (String, String)> {
    let text = fs::read_to_string(workspace("tests/programs").join(file)).expect("the programs");
    let heading = format!("\n{comment} ");
    let parts = text.split(&heading).skip(1);
    let numbered = parts.filter_map(|part| {
        let (title, code) = part.split_once('\n')?;
        let (number, title) = title.split_once(". ")?;
        Some((number.parse().ok()?, (title.to_owned(), code.to_owned())))
    });
    numbered.collect()
}

/// The lines that are not blank.
fn lines<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    lines.filter(|line| !line.trim().is_empty()).count()
}

/// The lines of a Rust program: a function before the test, without its own first and last line, or
/// what the test does before it asserts anything.
fn rust_lines(code: &str) -> usize {
    let (before, test) = code.split_once("#[test]").expect("a test");
    if before.trim().is_empty() {
        let body = test.trim_start().lines().skip(1);
        return lines(body.take_while(|line| !line.trim_start().starts_with("assert")));
    }
    lines(before.trim().lines()) - 2
}

#[test]
fn programs_stay_short() {
    let (rust, python) = (programs("programs.rs", "//"), programs("programs.py", "#"));
    assert_eq!(rust.len(), 30);
    assert!(rust.keys().eq(python.keys()), "the files have the same programs");
    let mut table = String::from("lines of Rust | of Python | program\n");
    let mut sums = (0, 0);
    for (number, (title, code)) in &rust {
        let (python_title, python) = &python[number];
        assert_eq!(title, python_title, "program {number}");
        let (ours, theirs) = (rust_lines(code), lines(python.lines()));
        sums = (sums.0 + ours, sums.1 + theirs);
        writeln!(table, "{ours:13} | {theirs:9} | {number}. {title}").expect("a line");
    }
    writeln!(table, "{:13} | {:9} | all", sums.0, sums.1).expect("a line");
    insta::assert_snapshot!(table);
}

/// Reads the Python forms as Python does. The SDK that they use is not needed for it.
#[test]
#[expect(clippy::print_stderr, reason = "tells what was left out")]
fn programs_in_python_have_its_syntax() {
    let read = "import ast, sys; ast.parse(sys.stdin.read())";
    let file = fs::File::open(workspace("tests/programs/programs.py")).expect("the programs");
    match Command::new("python3").args(["-c", read]).stdin(file).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => eprintln!("left out: there is no python3 ({error})"),
    }
}
