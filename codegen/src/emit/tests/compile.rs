//! Tests that emitted code compiles without warnings of any tool. They are slow, so they run only
//! when they are asked for.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{emit, hostile, sample, single, sources, words};
use crate::emit::{Layout, Options, RuntimeDependency};

/// The folder of `edmark-runtime`.
fn runtime() -> PathBuf {
    std::env::var_os("EDMARK_RUNTIME")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime"), PathBuf::from)
}

fn crate_options() -> Options {
    let runtime = RuntimeDependency::Path(runtime().to_string_lossy().into_owned());
    Options { layout: Layout::Crate { name: "sample".to_owned(), license: None, runtime, tests: true } }
}

fn cargo(dir: &Path, arguments: &[&str]) {
    // The dependencies of these crates are compiled once for all of them, beside the workspace's.
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    // The versions that the workspace has already: nothing is downloaded.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, dir.join("Cargo.lock")).expect("the workspace's versions");
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(dir)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let said = [run.stdout, run.stderr].concat();
    assert!(run.status.success(), "cargo {}:\n{}", arguments.join(" "), String::from_utf8_lossy(&said));
}

#[test]
#[ignore = "compiles crates"]
fn crates_are_free_of_warnings() {
    for model in [sample(), hostile::model()] {
        let dir = tempfile::tempdir().expect("a folder");
        emit(&model, &sources(), &crate_options()).write(dir.path()).expect("written");
        cargo(dir.path(), &["clippy", "--all-targets", "--", "-D", "warnings"]);
        cargo(dir.path(), &["doc", "--no-deps"]);
        cargo(dir.path(), &["test", "--doc"]);
        cargo(dir.path(), &["fmt", "--check"]);
    }
}

/// Entity types that are named like a keyword, a crate or an item of the prelude.
#[test]
#[ignore = "compiles crates"]
fn words_of_rust_are_names() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path();
    words::files().write(path).expect("written");
    let manifest = std::fs::read_to_string(path.join("Cargo.toml")).expect("a manifest");
    let runtime = runtime().to_string_lossy().into_owned();
    std::fs::write(path.join("Cargo.toml"), manifest.replace("../runtime", &runtime)).expect("written");
    cargo(path, &["clippy", "--", "-D", "warnings"]);
    cargo(path, &["fmt", "--check"]);
}

/// Both layouts are compiled in a binary crate, where nothing is exported and everything is unused.
#[test]
#[ignore = "compiles crates"]
fn modules_and_single_files_are_good_guests() {
    for model in [sample(), hostile::model()] {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path();
        emit(&model, &sources(), &Options { layout: Layout::Modules }).write(&path.join("src/tree")).expect("written");
        emit(&model, &sources(), &Options { layout: single() }).write(path).expect("written");
        let manifest = format!(
            "[package]\nname = \"guest\"\nedition = \"2024\"\n[dependencies]\nserde = {{ version = \"1\", default-features = false }}\n\
             edmark-runtime = {{ path = {:?} }}\n[lints.rust]\nunsafe_code = \"forbid\"\nunreachable_pub = \"warn\"\n",
            runtime()
        );
        std::fs::write(path.join("Cargo.toml"), manifest).expect("written");
        std::fs::write(
            path.join("src/main.rs"),
            "#![deny(warnings)]\n#![allow(mixed_script_confusables, confusable_idents, uncommon_codepoints)]\n\
             mod deep { pub(crate) mod er { include!(\"../graph.rs\"); } }\n\
             fn main() { let _ = deep::er::User::default(); }\n",
        )
        .expect("written");
        std::fs::write(
            path.join("src/lib.rs"),
            "#![deny(warnings, missing_docs)]\n#![allow(mixed_script_confusables, confusable_idents, uncommon_codepoints)]\n\
             \x20//! A host.\npub mod tree;\n/// Included.\npub mod single { include!(\"../graph.rs\"); }\n",
        )
        .expect("written");
        cargo(path, &["clippy", "--all-targets", "--", "-D", "warnings"]);
        cargo(path, &["doc", "--no-deps", "--lib"]);
    }
}
