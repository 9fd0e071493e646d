//! Runs after the first: they do less work and have the same result.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// The number of pages, which is large enough that some depend on others.
const PAGES: usize = 40;

/// A folder `docs` with some of the sample pages.
fn docs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/v1.0");
    for kind in ["resources", "api"] {
        fs::create_dir_all(folder.path().join("docs").join(kind)).expect("a folder");
        let mut pages: Vec<PathBuf> = paths(&sample.join(kind));
        pages.sort();
        for page in pages.iter().take(PAGES / 2) {
            let name = page.file_name().expect("a name");
            fs::copy(page, folder.path().join("docs").join(kind).join(name)).expect("a copy");
        }
    }
    folder
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn generate(folder: &Path, out: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edmark"))
        .args(["generate", "--docs", "docs", "--crate", "sdk", "--out", out])
        .args(more)
        .current_dir(folder)
        .output()
        .expect("the command runs")
}

/// The exit code and the messages of a run, without the name of the output folder and the number of
/// files.
fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn summary(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// All files of a folder except the cache, with the times of their last changes.
fn files(root: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for path in paths(&folder) {
            if path.is_dir() {
                open.push(path);
            } else {
                let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
                let name = path.strip_prefix(root).expect("below").to_owned();
                found.insert(name, (fs::read(&path).expect("a text"), time));
            }
        }
    }
    found
}

/// The texts of all files, without the cache.
fn texts(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(root)
        .into_iter()
        .filter(|(path, _)| !path.starts_with(".edmark"))
        .map(|(path, (text, _))| (path, text))
        .collect()
}

fn edit(page: &Path, change: impl Fn(String) -> String) {
    let text = fs::read_to_string(page).expect("a page");
    fs::write(page, change(text)).expect("written");
}

#[test]
fn where_nothing_has_changed_nothing_is_written() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    // How the pages stand on disk is written once more where their times have become old enough to
    // be trusted since the first run.
    let run = Path::new(".edmark/run");
    let mut before = files(&here.join("sdk"));
    assert!(before.contains_key(Path::new(".edmark/pages-0")) && before.remove(run).is_some());
    let again = generate(here, "sdk", &[]);
    assert!(summary(&again).ends_with(" files, none changed"), "{}", summary(&again));
    // The cache included: had a page been parsed, it would have been written.
    let mut after = files(&here.join("sdk"));
    after.remove(run);
    assert!(after == before, "a file was touched");
    assert_eq!(generate(here, "sdk", &["--check"]).status.code(), Some(0));
}

#[test]
fn one_page_changes_what_depends_on_it() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    let before = files(&here.join("sdk"));
    let page = paths(&here.join("docs/resources")).into_iter().min().expect("a page");
    edit(&page, |text| text.replacen("|:---|\n|", "|:---|\n|somethingNew|String|Quite new.|\n|", 1));
    generate(here, "sdk", &[]);
    let after = files(&here.join("sdk"));
    let written: Vec<_> = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(file) && !path.starts_with(".edmark"))
        .map(|(path, _)| path)
        .collect();
    assert!((1..=5).contains(&written.len()), "{written:?}");
}

/// The lines of a page that describe a property.
fn rows(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate().skip_while(|(_, line)| *line != "## Properties");
    let lines = lines.skip(1).take_while(|(_, line)| !line.starts_with("## "));
    // After the header and the delimiter row.
    lines.filter(|(_, line)| line.starts_with('|')).map(|(number, _)| number).skip(2).collect()
}

#[test]
fn the_wording_of_descriptions_changes_nothing_but_where_it_stands() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    let whole = texts(&here.join("sdk"));
    let mut pages = paths(&here.join("docs/resources"));
    pages.sort();
    let mut numbers = Numbers(5);
    let mut originals = Vec::new();
    for round in 0..12 {
        let page = &pages[numbers.below(pages.len())];
        let text = fs::read_to_string(page).expect("a page");
        let rows = rows(&text);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if let Some(row) = rows.get(numbers.below(rows.len())) {
            let end = lines[*row].len() - 1;
            lines[*row].insert_str(end, &format!(" Edit {round}."));
        }
        originals.push((page.clone(), text));
        fs::write(page, lines.join("\n")).expect("written");
        let rerun = generate(here, "sdk", &[]);
        let first = generate(here, "fresh", &["--no-cache"]);
        assert_eq!(said(&rerun), said(&first), "round {round}: {}", page.display());
        assert!(texts(&here.join("sdk")) == texts(&here.join("fresh")), "round {round}: {}", page.display());
    }
    assert!(texts(&here.join("sdk")) != whole, "no edit showed");
    // The edits are undone one after the other without a run in between, so the pages are those of
    // the first run, but the kept results are not.
    originals.iter().rev().for_each(|(page, text)| fs::write(page, text).expect("written"));
    generate(here, "sdk", &[]);
    assert!(texts(&here.join("sdk")) == whole);
}

#[test]
fn a_page_follows_the_pages_that_it_includes() {
    let folder = docs();
    let here = folder.path();
    let mut pages = paths(&here.join("docs/resources"));
    pages.sort();
    let note = here.join("docs/note.md");
    edit(&pages[3], |text| text.replacen("## Properties", "[!INCLUDE [note](../note.md)]\n\n## Properties", 1));
    for text in [None, Some("One."), Some("Another one."), None] {
        match text {
            Some(text) => fs::write(&note, text).expect("written"),
            None => drop(fs::remove_file(&note)),
        }
        let rerun = generate(here, "sdk", &[]);
        let first = generate(here, "fresh", &["--no-cache"]);
        assert_eq!(said(&rerun), said(&first), "{text:?}");
        assert!(texts(&here.join("sdk")) == texts(&here.join("fresh")), "{text:?}");
    }
}

#[test]
fn a_change_shows_that_leaves_length_and_time_as_they_were() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    // Another run, after which the states of the files are conclusive; they were too recent before.
    generate(here, "sdk", &[]);
    for path in [here.join("sdk/src/lib.rs"), paths(&here.join("docs/resources")).into_iter().min().expect("a page")] {
        let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
        edit(&path, |mut text| {
            // The edit is after the marker.
            let last = text.rfind('e').expect("a letter");
            text.replace_range(last..=last, "i");
            text
        });
        fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("a time");
    }
    assert_eq!(generate(here, "sdk", &[]).status.code(), Some(2), "an edit");
    generate(here, "sdk", &["--force"]);
    generate(here, "fresh", &["--no-cache"]);
    assert!(texts(&here.join("sdk")) == texts(&here.join("fresh")));
}

#[test]
fn what_becomes_of_the_output_is_noticed() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    let whole = texts(&here.join("sdk"));
    let lib = here.join("sdk/src/lib.rs");

    fs::remove_file(&lib).expect("removed");
    assert_eq!(generate(here, "sdk", &["--check"]).status.code(), Some(1));
    assert!(summary(&generate(here, "sdk", &[])).ends_with(", 1 written"));

    fs::copy(&lib, here.join("sdk/src/stray.rs")).expect("a copy");
    assert!(summary(&generate(here, "sdk", &[])).ends_with(", 0 written, 1 removed"));

    edit(&lib, |text| text + "// Mine.\n");
    assert_eq!(generate(here, "sdk", &[]).status.code(), Some(2));
    assert!(summary(&generate(here, "sdk", &["--force"])).ends_with(", 1 written"));
    assert!(texts(&here.join("sdk")) == whole);
}

#[test]
fn other_options_give_other_output() {
    let folder = docs();
    let here = folder.path();
    generate(here, "sdk", &[]);
    let whole = texts(&here.join("sdk"));
    let page = paths(&here.join("docs/resources")).into_iter().min().expect("a page");
    let name = page.file_stem().expect("a name").to_string_lossy().into_owned();
    generate(here, "sdk", &["--exclude", &name]);
    generate(here, "fresh", &["--exclude", &name, "--no-cache"]);
    assert!(texts(&here.join("sdk")) == texts(&here.join("fresh")) && texts(&here.join("sdk")) != whole);
    assert!(!here.join("fresh/.edmark").exists());
    generate(here, "sdk", &[]);
    assert!(texts(&here.join("sdk")) == whole);
}

#[test]
fn a_damaged_or_missing_cache_does_not_show() {
    let folder = docs();
    let here = folder.path();
    let first = generate(here, "sdk", &[]);
    let whole = texts(&here.join("sdk"));
    let page = paths(&here.join("docs/resources")).into_iter().min().expect("a page");
    type Damage = fn(&Path);
    let damages: [Damage; 4] = [
        |file| fs::write(file, "").expect("written"),
        |file| {
            let mut bytes = fs::read(file).expect("a file");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
            fs::write(file, bytes).expect("written");
        },
        |file| fs::remove_file(file).expect("removed"),
        |file| {
            fs::remove_file(file).expect("removed");
            fs::create_dir(file).expect("a folder");
        },
    ];
    for damage in damages {
        for name in ["run", "pages-0"] {
            let file = here.join("sdk/.edmark").join(name);
            damage(&file);
            let output = generate(here, "sdk", &[]);
            assert_eq!(said(&output), said(&first));
            assert!(texts(&here.join("sdk")) == whole);
            // Another run with a different page, so that both files of the cache are needed.
            edit(&page, |text| text + "\nMore.\n");
            generate(here, "sdk", &[]);
            edit(&page, |text| text.replace("\nMore.\n", ""));
            generate(here, "sdk", &[]);
            assert!(texts(&here.join("sdk")) == whole);
            if file.is_dir() {
                fs::remove_dir(&file).expect("removed");
                generate(here, "sdk", &[]);
            }
        }
    }
}

/// A small random number generator, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Adds, removes, renames or changes a page.
fn random_edit(here: &Path, numbers: &mut Numbers) -> String {
    let kind = ["resources", "resources", "api"][numbers.below(3)];
    let mut pages = paths(&here.join("docs").join(kind));
    pages.sort();
    let page = pages[numbers.below(pages.len())].clone();
    let number = numbers.below(1_000_000);
    let name = page.file_name().expect("a name").to_string_lossy().into_owned();
    match numbers.below(8) {
        0 => fs::remove_file(&page).expect("removed"),
        // This changes its position among the pages.
        1 => fs::rename(&page, page.with_file_name(format!("{}{name}", ["a", "z"][number % 2]))).expect("renamed"),
        2 => {
            // A page that is sorted before all others.
            let text = fs::read_to_string(&page).expect("a page").replace("microsoft.graph.", "microsoft.graph.other");
            fs::write(page.with_file_name(format!("0{number}.md")), text).expect("written");
        }
        3 => edit(&page, |text| text.replacen("String", "Int32", 1 + number % 3)),
        4 => edit(&page, |text| text.replacen(". ", &format!(" ({number}). "), 1)),
        5 => edit(&page, |text| format!("\n\n{text}")),
        _ => {
            // This removes a line.
            edit(&page, |text| {
                let mut lines: Vec<&str> = text.lines().collect();
                lines.remove(number % lines.len().max(1));
                lines.join("\n")
            });
        }
    }
    format!("{number} of {name}")
}

#[test]
fn whatever_becomes_of_the_pages_the_output_is_that_of_a_first_run() {
    let folder = docs();
    let here = folder.path();
    let mut numbers = Numbers(11);
    for round in 0..24 {
        let tests: &[&str] = if round < 16 { &[] } else { &["--with-tests"] };
        let edits: Vec<String> = (0..=numbers.below(3)).map(|_| random_edit(here, &mut numbers)).collect();
        let rerun = generate(here, "sdk", tests);
        let first = generate(here, "fresh", &[tests, &["--no-cache"]].concat());
        assert_eq!(said(&rerun), said(&first), "round {round}: {edits:?}");
        assert!(texts(&here.join("sdk")) == texts(&here.join("fresh")), "round {round}: {edits:?}");
        if round % 4 == 0 {
            let again = generate(here, "sdk", tests);
            assert_eq!(said(&again), said(&first), "round {round}, once more");
            assert!(summary(&again).ends_with(" files, none changed"), "{}", summary(&again));
        }
    }
}
