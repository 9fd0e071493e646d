//! The README's code is that of the crate in `consumer` and of the programs in `examples`, which
//! are compiled and run; and its two commands compile edmark once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use edmark_tests::workspace;

use crate::cargo::cargo;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn its_code_is_compiled() {
    let readme = read("../README.md");
    let blocks: Vec<&str> = readme
        .split("```rust\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("split gives at least one part"))
        .collect();
    let [build, usage, requests @ ..] = &blocks[..] else {
        panic!("the README has a build.rs and a first use of a type")
    };
    let build = build.replace("\"docs\"", "\"../../docs\"");
    assert!(read("consumer/build.rs").contains(&build), "tests/consumer/build.rs is not the README's");
    assert!(read("consumer/src/lib.rs").contains(usage), "tests/consumer/src/lib.rs is not the README's");
    let first = readme.split("```rust title=\"src/main.rs\"\n").nth(1).and_then(|rest| rest.split("```").next());
    let program = read("../examples/src/bin/first_request.rs");
    assert!(
        program.ends_with(first.expect("a first request")),
        "examples/src/bin/first_request.rs is not the README's"
    );
    let programs = ["list_mail", "page_users", "group", "members", "upload_file", "delta_users", "batch"];
    assert_eq!(requests.len(), programs.len(), "the README shows each of the examples");
    for (program, shown) in programs.iter().zip(requests) {
        let file = format!("../examples/src/bin/{program}.rs");
        assert!(flush(&read(&file)).contains(&flush(shown)), "{file} is not the README's:\n{shown}");
    }
}

/// Removes indentation, because the README shows parts of functions.
fn flush(text: &str) -> String {
    text.lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

#[test]
fn its_commands_are_those_of_ci() {
    let (readme, ci) = (read("../README.md"), read("../.ci/run"));
    let shell = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a shell block");
    let commands: Vec<&str> = shell.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        let command = command.replace(" -p ", " --package ");
        assert!(ci.contains(&format!("step {command}\n")), ".ci/run does not run `{command}`");
    }
}

#[test]
fn the_architecture_has_each_module() {
    let architecture = read("../ARCHITECTURE.md");
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/src");
    for entry in fs::read_dir(sources).expect("the sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let is_named = [format!("`{name}`"), format!("codegen/src/{name}`"), format!("codegen/src/{name}.rs`")]
            .iter()
            .any(|name| architecture.contains(name));
        assert!(is_named || ["lib", "bin"].contains(&name.as_str()), "ARCHITECTURE.md does not name `{name}`");
    }
}

/// What cargo compiles for some edges of the workspace: packages with their features.
fn compiled(selection: &[&str], edges: &str) -> BTreeSet<String> {
    let output = cargo(&workspace(""))
        .args(["tree", "--no-dedupe", "--prefix", "none", "--format", "{p} {f}", "--edges", edges])
        .args(selection)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// If `cargo test` gave a dependency of edmark other features than `cargo run` does, edmark would
/// be compiled once more for the second command.
#[test]
fn edmark_is_compiled_once_for_both_commands() {
    let package = |line: &String| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let of_edmark: BTreeSet<_> = compiled(&["--package", "edmark"], "normal,build").iter().map(package).collect();
    let of_tests = compiled(&["--workspace"], "normal,build,dev");
    let others: Vec<_> = compiled(&["--workspace"], "normal,build")
        .into_iter()
        .filter(|line| of_edmark.contains(&package(line)) && !of_tests.contains(line))
        .collect();
    assert!(others.is_empty(), "dev-dependencies change the features of {others:#?}");
}
