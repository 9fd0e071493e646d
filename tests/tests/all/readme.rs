//! The README's code is that of the crate in `consumer` and of the programs in `examples`, which
//! are compiled and run.

use std::fs;
use std::path::Path;

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
