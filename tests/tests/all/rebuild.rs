//! The crates in `consumers` are built as their users build them, changed and built again: only
//! crates that depend on a change are built.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use edmark_tests::workspace;
use serde_json::Value;
use tempfile::TempDir;

use crate::cargo::cargo;

/// A copy of the consumers and of the pages that they read, with the folder structure of the
/// repository.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&workspace("docs"), &folder.path().join("docs"));
        let consumers = folder.path().join("tests/consumers");
        copy(&workspace("tests/consumers"), &consumers);
        // The workspace is copied, so relative paths to the repository have to be replaced.
        let manifest = consumers.join("Cargo.toml");
        let root = workspace("").canonicalize().expect("a folder").display().to_string().replace('\\', "/");
        let text = fs::read_to_string(&manifest).expect("a manifest").replace("../../", &format!("{root}/"));
        fs::write(manifest, text).expect("written");
        // Uses the versions of the workspace.
        fs::copy(workspace("Cargo.lock"), consumers.join("Cargo.lock")).expect("a copy");
        Copy { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path(path);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(from), "{}: no `{from}`", path.display());
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    }

    /// Builds all consumers. Returns those that were not up to date.
    #[track_caller]
    fn build(&self) -> BTreeSet<String> {
        let output = cargo(&self.path("tests/consumers"))
            .args(["build", "--workspace", "--message-format=json"])
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let messages = String::from_utf8(output.stdout).expect("UTF-8");
        let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).expect("a message"));
        let built = messages.filter(|message| message["reason"] == "compiler-artifact" && message["fresh"] == false);
        let names = built.filter_map(|message| Some(message["target"]["name"].as_str()?.replace('_', "-")));
        names.filter_map(|name| Some(name.strip_prefix("consumer-")?.to_owned())).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.file_type().expect("a type").is_dir() {
            true if entry.file_name() == "target" => {}
            true => copy(&entry.path(), &to),
            false => {
                fs::copy(entry.path(), to).expect("a copy");
            }
        }
    }
}

#[track_caller]
fn assert_built(copy: &Copy, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(copy.build(), expected);
}

/// This is one test, because the builds share a target folder and have to be sequential.
#[test]
fn what_depends_on_a_change_is_built_and_nothing_else() {
    let copy = Copy::new();
    assert_built(&copy, &["configured", "derives", "few", "mail", "models", "strict"]);
    assert_built(&copy, &[]);

    // A change of a page affects all crates that read the folder.
    copy.edit(
        "docs/v1.0/resources/message.md",
        "|subject|String|",
        "|somethingNew|String|Quite new.|\n|subject|String|",
    );
    assert_built(&copy, &["configured", "few", "mail", "models"]);
    copy.edit("tests/consumers/few/src/lib.rs", "message.subject.as_deref()", "message.something_new.as_deref()");
    copy.edit("tests/consumers/mail/src/lib.rs", "..Message::default()", "something_new: None, ..Message::default()");
    assert_built(&copy, &["few", "mail"]);

    // A page that only one crate reads: changed, added, removed.
    let page = fs::read_to_string(copy.path("tests/consumers/strict/docs/lighthouse.md")).expect("a page");
    copy.edit("tests/consumers/strict/docs/lighthouse.md", "Height in metres.", "Height in feet.");
    assert_built(&copy, &["strict"]);
    let other = copy.path("tests/consumers/strict/docs/buoy.md");
    fs::write(&other, page.replace("lighthouse", "buoy")).expect("written");
    copy.edit("tests/consumers/strict/src/lib.rs", "/// Where a", "pub use graph::Buoy;\n\n/// Where a");
    assert_built(&copy, &["strict"]);
    copy.edit("tests/consumers/strict/src/lib.rs", "pub use graph::Buoy;\n\n", "");
    fs::remove_file(other).expect("removed");
    assert_built(&copy, &["strict"]);

    // A change of the configuration.
    copy.edit("tests/consumers/configured/edmark.toml", "rename = \"Team\"", "rename = \"Circle\"");
    let lib = "tests/consumers/configured/src/lib.rs";
    copy.edit(lib, "graph::Team)", "graph::Circle)");
    copy.edit(lib, "graph::Team::", "graph::Circle::");
    assert_built(&copy, &["configured"]);
    copy.edit("tests/consumers/configured/edmark.toml", "::consumer_derives::Described", "::std::fmt::Debug");
    copy.edit(lib, "graph::Circle::RUST_NAME", "\"no derive, no constant\"");
    copy.edit("tests/consumers/configured/edmark.toml", ", \"#[described(by = { 1 }, field)]\"", "");
    assert_built(&copy, &["configured"]);
    assert_built(&copy, &[]);
}
