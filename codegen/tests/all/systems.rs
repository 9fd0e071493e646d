//! Output that works on every operating system, as far as it can be seen on this one: names that
//! Windows reserves, file systems that ignore case, and pages with its line ends.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

fn page(namespace: &str, name: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\nA thing.\n\n## Properties\n\n\
         | Property | Type | Description |\n|:---|:---|:---|\n| id | String | The key. |\n"
    )
}

fn folder(pages: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in pages {
        fs::write(folder.path().join(file), text).expect("a page");
    }
    folder
}

/// The files of a crate, by their path, with their text.
fn crate_of(folder: &Path) -> Vec<(String, String)> {
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_edmark"))
        .args(["generate", "--crate", "contoso", "--docs"])
        .arg(folder)
        .arg("--out")
        .arg(out.path())
        .output()
        .expect("edmark runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = Vec::new();
    let mut open = vec![out.path().join("src")];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(out.path()).expect("below").display().to_string();
                files.push((name, fs::read_to_string(path).expect("a text")));
            }
        }
    }
    files.sort();
    files
}

/// `aux`, `com3` and the like are devices of Windows, with any extension, and folders too.
#[test]
fn no_file_or_folder_is_called_like_a_device() {
    let mut pages = vec![("n.md", page("contoso.con", "thing"))];
    pages.extend([
        ("a.md", page("contoso", "aux")),
        ("b.md", page("contoso", "com3")),
        ("c.md", page("contoso", "LPT9")),
    ]);
    for (path, _) in crate_of(folder(&pages).path()) {
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default();
            assert!(!["aux", "con", "com3", "lpt9"].contains(&stem), "{path}");
        }
    }
}

#[test]
fn a_crate_is_not_called_like_a_device() {
    for name in ["nul", "CON", "com1"] {
        let output = Command::new(env!("CARGO_BIN_EXE_edmark"))
            .args(["generate", "--docs", ".", "--out", "out", "--crate", name])
            .output()
            .expect("edmark runs");
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("Windows"), "{said}");
    }
}

/// Types that differ in case alone are files that a file system without case tells apart.
#[test]
fn files_differ_by_more_than_case() {
    let pages = [
        ("a.md", page("contoso", "userName")),
        ("b.md", page("contoso", "username")),
        ("c.md", page("contoso", "UserName")),
    ];
    let files = crate_of(folder(&pages).path());
    let distinct: BTreeSet<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
    assert_eq!(distinct.len(), files.len(), "{:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

/// Git on Windows checks pages out with CRLF; the code is the same.
#[test]
fn line_ends_of_pages_do_not_show() {
    let with = |change: fn(String) -> String| {
        folder(&[("a.md", change(page("contoso", "city"))), ("b.md", change(page("contoso", "ship")))])
    };
    let unix = crate_of(with(|text| text).path());
    let windows = crate_of(with(|text| text.replace('\n', "\r\n")).path());
    assert_eq!(unix, windows);
    assert!(unix.iter().all(|(_, text)| !text.contains('\r')));
}
