//! The GitHub action for repositories of pages: its result in a pull request, as far as that can be
//! tested without GitHub.
#![cfg(all(feature = "cli", unix))]

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str = "# city resource type\n\nNamespace: contoso.places\n\nA place.\n\n## Properties\n\n\
                    |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Key.|\n";

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@contoso.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn run(folder: &Path, deny: &str) -> Output {
    let command = Path::new(env!("CARGO_BIN_EXE_edmark"));
    let paths = [command.parent().expect("a folder").to_owned()].into_iter();
    let paths = env::join_paths(paths.chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())));
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/actions/pages/run.sh"))
        .current_dir(folder)
        .env("PATH", paths.expect("folders without separators"))
        .envs([("BASE", "HEAD"), ("CONFIG", "edmark.toml"), ("DENY", deny)])
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .output()
        .expect("a shell")
}

#[test]
fn a_pull_request_is_shown_its_problems_and_its_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::create_dir(here.join("docs")).expect("a folder");
    fs::write(here.join("edmark.toml"), "docs = \"docs\"\n").expect("written");
    fs::write(here.join("docs/city.md"), PAGE).expect("written");
    // A problem that existed before the pull request is not reported.
    fs::write(here.join("docs/old.md"), PAGE.replace("city", "old").replace("String", "Stringg")).expect("written");
    git(here, &["init", "--quiet"]);
    git(here, &["add", "."]);
    git(here, &["commit", "--quiet", "--message", "Pages"]);

    let unchanged = run(here, "breaking");
    assert_eq!(unchanged.status.code(), Some(0), "{}", String::from_utf8_lossy(&unchanged.stderr));

    fs::write(
        here.join("docs/city.md"),
        PAGE.replace("|id|String|Key.|\n", "|id|String|Key.|\n|mayor|mayer|Who leads.|\n"),
    )
    .expect("written");
    fs::write(here.join("docs/new.md"), PAGE.replace("city", "new").replace("String", "Strng")).expect("written");
    let changed = run(here, "");
    let shown = String::from_utf8_lossy(&changed.stdout).into_owned();
    assert_eq!(changed.status.code(), Some(1), "{shown}");
    assert!(shown.contains("file=docs/city.md") && shown.contains("file=docs/new.md"), "{shown}");
    assert!(!shown.contains("file=docs/old.md"), "{shown}");
    let summary = fs::read_to_string(here.join("summary.md")).expect("a summary");
    assert!(summary.contains("`mayor`"), "{summary}");

    fs::write(here.join("docs/city.md"), PAGE.replace("|id|", "|key|")).expect("written");
    fs::remove_file(here.join("docs/new.md")).expect("removed");
    assert_eq!(run(here, "").status.code(), Some(0));
    assert_eq!(run(here, "breaking").status.code(), Some(1));
}
