#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use super::{Inputs, LeftOut, LoadError, content_hash, find, load, read};

/// A temporary folder for a test, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("edmark-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, content) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        Folder(path)
    }

    fn join(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The paths that are shown, without that of the folder.
fn paths(folder: &Folder, roots: &[PathBuf]) -> Vec<String> {
    let sources = load(roots).unwrap();
    let root = folder.0.display().to_string();
    sources.files().map(|(_, file)| file.path.replacen(&root, "", 1)).collect()
}

#[test]
fn pages_are_found_below_every_root_and_sorted() {
    let folder = Folder::new(
        "sorted",
        &[("b/z.md", b"z"), ("b/a.MD", b"a"), ("a/deep/x.md", b"x"), ("a/x.txt", b""), ("md", b"")],
    );
    let expected = ["/a/deep/x.md", "/b/a.MD", "/b/z.md"];
    assert_eq!(paths(&folder, &[folder.join("b"), folder.join("a/")]), expected);
    assert_eq!(paths(&folder, &[folder.join("")]), expected);
}

#[test]
fn a_page_reached_twice_is_read_once() {
    let folder = Folder::new("twice", &[("a/b/x.md", b"x"), ("a/y.md", b"y")]);
    assert_eq!(paths(&folder, &[folder.join("a/b"), folder.join("a"), folder.join("a")]), ["/a/b/x.md", "/a/y.md"]);
}

#[cfg(unix)]
#[test]
fn links_may_lead_in_circles() {
    let folder = Folder::new("links", &[("a/x.md", b"x"), ("other/y.md", b"y")]);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(folder.join(to), folder.join(at)).unwrap();
    link("a", "a/circle");
    link("other", "a/other");
    link("a/x.md", "a/again.md");
    link("nowhere", "a/nowhere");
    assert_eq!(paths(&folder, &[folder.join("a")]), ["/a/other/y.md", "/a/x.md"]);
}

#[test]
fn what_is_no_page_is_left_out_with_its_path() {
    let large = vec![b' '; (16 << 20) + 1];
    let folder = Folder::new("left-out", &[("bad.md", b"ab\xff"), ("good.md", b"good"), ("large.md", &large)]);
    let sources = load(&[&folder.0]).unwrap();
    let files: Vec<_> = sources.files().map(|(_, file)| (file.text(), file.left_out())).collect();
    assert_eq!(
        files,
        [("", Some(LeftOut::NotUtf8 { valid: 2, line: 1, column: 3 })), ("good", None), ("", Some(LeftOut::TooLarge))]
    );
}

#[test]
fn errors_name_the_path() {
    let folder = Folder::new("errors", &[("x.txt", b"")]);
    let missing = folder.join("missing");
    let error = load(&[&missing]).unwrap_err();
    assert!(matches!(&error, LoadError::NotAFolder { path } if *path == missing));
    assert!(matches!(load(&[folder.join("x.txt")]).unwrap_err(), LoadError::NotAFolder { .. }));
    assert!(matches!(load(&[&folder.0]).unwrap_err(), LoadError::NoPages { .. }));
    assert!(matches!(load(&[] as &[&Path]).unwrap_err(), LoadError::NoPages { .. }));
}

#[test]
fn a_page_that_is_known_is_read_when_it_is_asked_for() {
    let folder = Folder::new("known", &[("a.md", b"a"), ("b.md", b"b"), ("c.md", b"c")]);
    let docs = [folder.join("")];
    let found = find(Inputs { docs: &docs, metadata: &[], references: |_| Vec::new() }).unwrap();
    let hashes: Vec<_> = found.iter().map(|file| Some(content_hash(&file.read().unwrap()))).collect();
    let sources = read(&found, &hashes).unwrap();
    let text = |name: &str| {
        let file = sources.find(&format!("{}/{name}", docs[0].display().to_string().trim_end_matches('/'))).unwrap();
        sources.file(file).text()
    };
    assert_eq!(text("a.md"), "a");
    fs::remove_file(folder.join("a.md")).unwrap();
    assert_eq!(text("a.md"), "a", "it is read once");
    assert!(!sources.has_changed());
    fs::write(folder.join("b.md"), "d").unwrap();
    assert_eq!(text("b.md"), "", "what is known of the page is not true of its new text");
    assert!(sources.has_changed());
}
