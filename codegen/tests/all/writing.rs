//! The state of the output folder after a run that is killed, runs at the same time as another, or
//! cannot write.
#![cfg(all(feature = "cli", unix))]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The number of types in a version of the pages; each version has some that the other lacks.
const TYPES: usize = 40;

fn page(name: &str, text: &str) -> String {
    let row = format!("|p{text}|String|{}|\n", "Words. ".repeat(60));
    format!(
        "# {name} resource type\n\nNamespace: microsoft.graph\n\nIs {text}.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{row}\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\" }} -->\n```json\n{{ \"p{text}\": \"String\" }}\n```\n"
    )
}

/// Two versions of pages in `old` and `new`.
fn pages() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for version in ["old", "new"] {
        fs::create_dir(folder.path().join(version)).expect("a folder");
        for index in 0..TYPES {
            let name = if index % 4 == 0 { format!("{version}{index}") } else { format!("thing{index}") };
            fs::write(folder.path().join(format!("{version}/{name}.md")), page(&name, version)).expect("a page");
        }
    }
    folder
}

fn generate(folder: &Path, docs: &str, out: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
    command.args(["generate", "--crate", "things", "--docs", docs, "--out", out]).current_dir(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn good(mut command: Command) {
    let output = command.output().expect("the command runs");
    assert!(output.status.success(), "{}", stderr(&output));
}

/// The files of a crate by their relative paths, including temporary files; other files are left
/// out.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in ["", "src"] {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(root).expect("below").display().to_string();
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

fn is_writing(folder: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "edmark-tmp")))
}

#[test]
fn a_run_that_is_killed_leaves_every_file_whole() {
    let folder = pages();
    let here = folder.path();
    good(generate(here, "old", "was"));
    let start = Instant::now();
    good(generate(here, "new", "will"));
    let whole_run = start.elapsed();
    let (was, will) = (files(&here.join("was")), files(&here.join("will")));
    const KILLS: u32 = 40;
    for kill in 0..KILLS {
        let (docs, goal) = if kill % 2 == 0 { ("new", &will) } else { ("old", &was) };
        let mut child = generate(here, docs, "sdk").spawn().expect("the command runs");
        if kill % 4 < 2 {
            // Kills the run as soon as it writes.
            while child.try_wait().expect("a state").is_none() && !is_writing(&here.join("sdk/src")) {
                std::thread::sleep(Duration::from_micros(200));
            }
        } else {
            // Kills the run at different times; the result must be right in all cases.
            std::thread::sleep(whole_run * kill / KILLS);
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        for (path, text) in files(&here.join("sdk")) {
            let temporary = path.ends_with(".edmark-tmp");
            let whole = was.get(&path) == Some(&text) || will.get(&path) == Some(&text);
            assert!(temporary || whole, "{path} is neither as it was nor as it will be");
        }
        if kill % 5 == 0 {
            good(generate(here, docs, "sdk"));
            assert_eq!(files(&here.join("sdk")), *goal, "the next run repairs the rest");
        }
    }
}

#[test]
fn runs_at_once_do_not_mix() {
    let folder = pages();
    let here = folder.path();
    good(generate(here, "old", "was"));
    good(generate(here, "new", "will"));
    for _ in 0..3 {
        let children: Vec<_> = ["old", "new", "old", "new"]
            .into_iter()
            .map(|docs| generate(here, docs, "sdk").spawn().expect("the command runs"))
            .collect();
        for child in children {
            let output = child.wait_with_output().expect("the command ends");
            assert!(output.status.success(), "{}", stderr(&output));
        }
        let found = files(&here.join("sdk"));
        assert!(found == files(&here.join("was")) || found == files(&here.join("will")), "{:?}", found.keys());
    }
}

#[test]
fn a_full_disk_changes_nothing() {
    let folder = pages();
    let here = folder.path();
    good(generate(here, "old", "sdk"));
    let before = files(&here.join("sdk"));
    // Files are limited to a few hundred bytes, so that writing fails like on a full disk.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_edmark")])
        .args(["generate", "--crate", "things", "--docs", "new", "--out", "sdk"])
        .current_dir(here)
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("error: cannot write sdk/src/"), "{}", stderr(&output));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert_eq!(files(&here.join("sdk")), before);
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
fn a_folder_that_cannot_be_written_is_one_clear_error() {
    let folder = pages();
    let here = folder.path();
    good(generate(here, "old", "sdk"));
    let before = files(&here.join("sdk"));
    fs::set_permissions(here, fs::Permissions::from_mode(0o755)).expect("permissions");
    for place in ["sdk/src", "sdk"] {
        fs::set_permissions(here.join(place), fs::Permissions::from_mode(0o555)).expect("permissions");
    }
    let mut command = generate(here, "new", "sdk");
    // Permissions do not restrict root, so another user is set.
    if fs::write(here.join("sdk/root"), "").is_ok() {
        fs::remove_file(here.join("sdk/root")).expect("removed");
        command.uid(65_534).gid(65_534);
    }
    let Ok(output) = command.output() else {
        eprintln!("left out: nobody but root can run the command here");
        return;
    };
    fs::set_permissions(here.join("sdk/src"), fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let message = stderr(&output);
    assert!(
        message.starts_with("error: cannot write sdk/src/") && message.contains("make the folder writable"),
        "{message}"
    );
    assert_eq!(files(&here.join("sdk")), before);
}

#[test]
fn an_edit_by_hand_is_not_lost() {
    let folder = pages();
    let here = folder.path();
    good(generate(here, "old", "sdk"));
    let edited = here.join("sdk/src/thing1.rs");
    let text = fs::read_to_string(&edited).expect("a text") + "// Mine.\n";
    fs::write(&edited, &text).expect("written");

    let output = generate(here, "new", "sdk").output().expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("sdk/src/thing1.rs: edited after edmark wrote it"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&edited).expect("a text"), text);

    let output = generate(here, "old", "sdk").arg("--check").output().expect("the command runs");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("edited by hand: src/thing1.rs") && shown.contains("-// Mine."), "{shown}");

    let mut forced = generate(here, "old", "sdk");
    forced.arg("--force");
    good(forced);
    assert!(!fs::read_to_string(&edited).expect("a text").contains("Mine"));
}

/// Letters that rustc finds no file for are spelled by their numbers, so a name that OData allows
/// becomes longer than names of files can be. The types keep their names, and two that begin alike
/// have files of their own.
#[test]
fn a_name_longer_than_those_of_files_costs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    let long = "ä".repeat(127);
    for (index, name) in [format!("{long}a"), format!("{long}b"), "user".to_owned()].iter().enumerate() {
        fs::write(folder.path().join(format!("docs/{index}.md")), page(name, "one")).expect("a page");
    }
    good(generate(folder.path(), "docs", "out"));
    let root = fs::read_to_string(folder.path().join("out/src/lib.rs")).expect("a root");
    for end in ["a", "b"] {
        assert!(root.contains(&format!("::Ä{}{end};", &long["ä".len()..])), "{root}");
    }
    assert_eq!(fs::read_dir(folder.path().join("out/src")).expect("a folder").count(), 4);
}
