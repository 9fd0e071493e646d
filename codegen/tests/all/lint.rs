//! `edmark lint`: the problems it shows, and its output formats.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const LAMP: &str = "# lamp resource type\n\nNamespace: microsoft.graph\n\nA lamp.\n\n## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n\
    |[Get](../api/lamp-get.md)|[lamp](lamp.md)|Get it.|\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|Its key.|\n\
    |plug|[plug](plug.md)|Its plug.|\n|socket|[plug](plug.md)|Its socket.|\n|wide|Bolean|Whether it is wide.|\n";

const ROOM: &str = "# room resource type\n\nNamespace: microsoft.graph\n\nA room.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
    |id|String|Its key.|\n|size|Duoble|How large it is.|\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("docs/resources")).expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    fs::write(folder.path().join("docs/resources/lamp.md"), LAMP).expect("a page");
    fs::write(folder.path().join("docs/resources/room.md"), ROOM).expect("a page");
    folder
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edmark"));
    command.arg("lint").args(arguments).current_dir(folder).output().expect("the command runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn pages_that_are_not_there_are_a_line_each() {
    let folder = folder();
    let shown = stdout(&lint(folder.path(), &["--docs", "docs"]));
    assert!(shown.contains("\nnot among the pages: api/lamp-get.md (docs/resources/lamp.md:10)\n"), "{shown}");
    assert!(shown.contains("\nnot among the pages: plug.md (docs/resources/lamp.md:16 and 1 more place)\n"), "{shown}");
    assert_eq!(shown.matches("warning[").count(), 2, "{shown}");

    let without = stdout(&lint(folder.path(), &["--docs", "docs", "--no-absent"]));
    assert!(!without.contains("plug") && without.contains("problems: 2 warnings"), "{without}");
}

#[test]
fn single_pages_are_looked_at() {
    let folder = folder();
    let alone = stdout(&lint(folder.path(), &["docs/resources/room.md"]));
    assert!(alone.contains("pages: 1,") && alone.contains("did you mean `Double`?"), "{alone}");
    let among_others = stdout(&lint(folder.path(), &["docs/resources/room.md", "--docs", "docs"]));
    assert!(among_others.contains("pages: 2,") && among_others.contains("problems: 1 warning\n"), "{among_others}");
    let of_a_folder = stdout(&lint(folder.path(), &["docs/resources", "--docs", "docs"]));
    assert!(of_a_folder.contains("lamp.md:18:") && of_a_folder.contains("room.md:11:"), "{of_a_folder}");
}

#[test]
fn what_is_known_does_not_count() {
    let folder = folder();
    let known = ["--docs", "docs", "--baseline", "known.txt"];
    let written = lint(folder.path(), &[&known[..], &["--write-baseline"]].concat());
    assert_eq!(written.status.code(), Some(0));
    let same = lint(folder.path(), &known);
    assert_eq!((same.status.code(), stdout(&same).contains("no problems")), (Some(0), true), "{}", stdout(&same));

    // The lines move, and there is one more problem.
    let page = folder.path().join("docs/resources/room.md");
    fs::write(&page, ROOM.replace("A room.", "A room.\n\nOf a house.") + "|door|Sting|Its door.|\n").expect("a page");
    let new = lint(folder.path(), &known);
    assert_eq!(new.status.code(), Some(1));
    assert!(stdout(&new).contains("`Sting`") && stdout(&new).contains("problems: 1 warning\n"), "{}", stdout(&new));
}

#[test]
fn sarif_has_a_rule_for_each_problem_and_paths_of_the_repository() {
    let folder = folder();
    let output = lint(&folder.path().join("docs"), &["--docs", "resources", "--format", "sarif"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let run = &document["runs"][0];
    let rules: Vec<&Value> =
        run["tool"]["driver"]["rules"].as_array().expect("rules").iter().map(|rule| &rule["id"]).collect();
    let results = run["results"].as_array().expect("results");
    assert!(!results.is_empty() && results.iter().all(|result| rules.contains(&&result["ruleId"])));
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/resources/lamp.md");
    assert_eq!(document["version"], "2.1.0");

    let annotations = stdout(&lint(&folder.path().join("docs"), &["--docs", "resources", "--format", "github"]));
    assert!(annotations.contains("::warning file=docs/resources/room.md,line=11,"), "{annotations}");
}

#[test]
fn of_each_page_as_many_as_are_wanted() {
    let folder = folder();
    let rows = "|size|Duoble|.|\n|door|Sting|.|\n|width|Bolean|.|\n";
    fs::write(folder.path().join("docs/resources/room.md"), format!("{ROOM}{rows}")).expect("a page");
    let shown = stdout(&lint(folder.path(), &["docs/resources/room.md", "--per-page", "1"]));
    assert_eq!(shown.matches("warning[").count(), 1, "{shown}");
    assert!(shown.contains("docs/resources/room.md: 3 warnings more"), "{shown}");
}

#[test]
#[cfg(unix)]
fn a_page_that_cannot_be_read_stops_no_other() {
    let folder = folder();
    std::os::unix::fs::symlink("nowhere.md", folder.path().join("docs/resources/zoo.md")).expect("a link");
    let output = lint(folder.path(), &["--docs", "docs"]);
    let shown = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown.starts_with("error[unreadable]: the page could not be read"), "{shown}");
    assert!(shown.contains("did you mean `Double`?"), "{shown}");
}

#[test]
#[cfg(unix)]
fn names_of_files_steer_no_terminal() {
    let folder = folder();
    fs::write(folder.path().join("docs/resources/a\n\u{1b}[31m\u{202e}b.md"), ROOM.replace("room", "hall"))
        .expect("a page");
    for format in ["human", "github", "json", "sarif"] {
        let shown = stdout(&lint(folder.path(), &["--docs", "docs", "--format", format, "--no-absent"]));
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        assert!(shown.contains("202e"), "{shown}");
    }
}

#[test]
fn what_has_one_right_mend_is_mended() {
    let folder = folder();
    let page = folder.path().join("docs/resources/room.md");
    fs::write(&page, ROOM.replace("## Properties", "## Propertys")).expect("a page");
    let arguments = ["docs/resources/room.md", "--fix"];
    let shown = lint(folder.path(), &arguments);
    assert_eq!(shown.status.code(), Some(1));
    let diff = stdout(&shown);
    assert!(diff.contains("\n-## Propertys\n+## Properties\n") && diff.contains("\n+|size|Double|"), "{diff}");
    assert!(fs::read_to_string(&page).expect("a page").contains("Propertys"), "not written");

    lint(folder.path(), &[&arguments[..], &["--write"]].concat());
    assert_eq!(fs::read_to_string(&page).expect("a page"), ROOM.replace("Duoble", "Double"));
}

#[test]
fn rows_that_the_block_shows_are_added() {
    let folder = folder();
    let page = folder.path().join("docs/resources/desk.md");
    let rows = "|id|String|Its number.|\n|note|String|What lies on it.|\n";
    let text = format!(
        "# desk complex type\n\nA desk.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"demo.desk\" }} -->\n```json\n{{\n  \"id\": \"String\",\n  \
         \"isFree\": true,\n  \"sizes\": [\"Int32\"],\n  \"seats\": 4,\n  \"tag\": \"String\",\n  \"note\": \"String\"\n}}\n```\n"
    );
    fs::write(&page, &text).expect("a page");
    let added =
        "|id|String|Its number.|\n|isFree|Boolean||\n|sizes|Int32 collection||\n|note|String|What lies on it.|\n";
    lint(folder.path(), &["docs/resources/desk.md", "--fix", "--write"]);
    // A number may be of several types, and a text may be an enum's member.
    let mended = fs::read_to_string(&page).expect("a page");
    assert!(mended.contains(added), "{mended}");
    assert!(!mended.contains("|seats|") && !mended.contains("|tag|"), "{mended}");
}

#[test]
fn includes_of_one_folder_are_one_note() {
    let folder = folder();
    let includes = folder.path().join("includes");
    fs::create_dir(&includes).expect("a folder");
    fs::write(includes.join("beta.md"), "Not for production.\n").expect("a page");
    for (name, include) in [("desk", "beta"), ("shelf", "beta"), ("stool", "betta")] {
        let page = format!("# {name} complex type\n\n[!INCLUDE [x](../../includes/{include}.md)]\n");
        fs::write(folder.path().join(format!("docs/resources/{name}.md")), page).expect("a page");
    }
    let shown = stdout(&lint(folder.path(), &["--docs", "docs", "--format", "json"]));
    let notes: Vec<&str> = shown.lines().filter(|line| line.contains("include-missing")).collect();
    assert_eq!(notes.len(), 2, "{shown}");
    assert!(notes[0].contains("another page includes a file of that folder, too"), "{shown}");
    assert!(notes[1].contains("did you mean `beta.md`"), "{shown}");
}
