use std::fs;
use std::path::Path;

use super::marker::unsealed;
use super::*;

fn set(files: &[(&str, &str)]) -> FileSet {
    let mut set = FileSet::new(Owned::Below(vec!["src".to_owned()]));
    for (path, text) in files {
        set.insert(*path, format!("// {MARKER}\n{text}"));
    }
    set
}

/// All files and folders below a folder.
fn listing(dir: &Path) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            all.push(path.strip_prefix(dir).expect("below").to_string_lossy().replace('\\', "/"));
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    all.sort();
    all
}

#[test]
fn only_what_differs_is_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path().join("new/folder");
    let first = set(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/sub/c.rs", "c")]);
    let report = first.write(&dir).expect("written");
    assert_eq!(report.written, ["Cargo.toml", "src/lib.rs", "src/sub/c.rs"]);
    assert_eq!(listing(&dir), ["Cargo.toml", "src", "src/lib.rs", "src/sub", "src/sub/c.rs"]);
    let before = fs::metadata(dir.join("src/lib.rs")).and_then(|data| data.modified()).expect("a time");
    let second = set(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/sub/c.rs", "changed")]);
    let report = second.write(&dir).expect("written");
    assert_eq!((report.written, report.unchanged, report.removed), (vec!["src/sub/c.rs".to_owned()], 2, vec![]));
    let after = fs::metadata(dir.join("src/lib.rs")).and_then(|data| data.modified()).expect("a time");
    assert_eq!(before, after);
    assert!(fs::read_to_string(dir.join("src/sub/c.rs")).expect("a text").ends_with("changed"));
    assert!(second.check(&dir).expect("compared").is_empty());
}

/// Writes a set, edits one of its files by hand, and returns the folder.
fn edited(path: &str, edit: impl Fn(&str) -> String) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    set(&[("src/a.rs", "one\n"), ("src/b.rs", "two\n"), ("src/c.rs", "three\n")]).write(dir.path()).expect("written");
    let file = dir.path().join(path);
    let text = fs::read_to_string(&file).expect("a text");
    fs::write(file, edit(&text)).expect("written");
    dir
}

#[test]
fn what_was_edited_by_hand_is_kept_until_somebody_insists() {
    for path in ["src/b.rs", "src/c.rs"] {
        let dir = edited(path, |text| format!("{text}// mine\n"));
        let dir = dir.path();
        // `b` has another text, and `c` is no longer in the set.
        let next = set(&[("src/a.rs", "eins\n"), ("src/b.rs", "zwei\n")]);
        let error = next.write(dir).expect_err("an edit");
        assert!(matches!(&error, WriteError::Edited { paths } if *paths == [dir.join(path)]), "{error}");
        assert!(error.to_string().contains("edited after edmark wrote it"), "{error}");
        assert!(fs::read_to_string(dir.join("src/a.rs")).expect("a text").ends_with("one\n"), "something was written");
        let found = next.check(dir).expect("compared");
        let is_edited =
            |difference: &Difference| matches!(difference, Difference::Edited { path, .. } if path == "src/b.rs");
        assert_eq!(found.iter().any(is_edited), path == "src/b.rs");

        let report = next.write_over(dir, Edits::Overwrite).expect("written");
        assert_eq!((report.written.len(), report.removed.len()), (2, 1));
        assert_eq!(listing(dir), ["src", "src/a.rs", "src/b.rs"]);
    }
}

#[test]
fn other_line_ends_are_no_difference() {
    let dir = edited("src/b.rs", |text| text.replace('\n', "\r\n"));
    let same = set(&[("src/a.rs", "one\n"), ("src/b.rs", "two\n"), ("src/c.rs", "three\n")]);
    assert!(same.check(dir.path()).expect("compared").is_empty());
    assert!(same.write(dir.path()).expect("written").written.is_empty());
    let next = set(&[("src/a.rs", "one\n"), ("src/b.rs", "zwei\n"), ("src/c.rs", "three\n")]);
    assert_eq!(next.write(dir.path()).expect("written").written, ["src/b.rs"]);
}

#[test]
fn a_blank_is_an_edit() {
    let dir = edited("src/b.rs", |text| text.replace("two", "two "));
    let next = set(&[("src/a.rs", "one\n"), ("src/b.rs", "zwei\n"), ("src/c.rs", "three\n")]);
    assert!(matches!(next.write(dir.path()), Err(WriteError::Edited { .. })));
}

/// A set of modules, for which the whole folder is searched.
fn modules(files: &[(&str, &str)]) -> FileSet {
    FileSet { owned: Owned::Below(vec![String::new()]), ..set(files) }
}

#[test]
fn the_output_of_a_run_below_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let beta = modules(&[("mod.rs", "beta"), ("requests/user.rs", "")]);
    beta.write(&dir.join("beta")).expect("written");
    // A temporary file of the other run, which may still be running.
    fs::write(dir.join("beta/.mod.rs.1.edmark-tmp"), "").expect("written");
    let graph = modules(&[("mod.rs", "graph"), ("requests/user.rs", "")]);
    assert!(graph.write(dir).expect("written").removed.is_empty());
    assert!(graph.check(dir).expect("compared").is_empty());
    assert!(dir.join("beta/.mod.rs.1.edmark-tmp").is_file());
    assert!(beta.check(&dir.join("beta")).expect("compared").is_empty());

    let both = modules(&[("mod.rs", "graph"), ("beta/mod.rs", "a namespace")]);
    let error = both.write_over(dir, Edits::Overwrite).expect_err("in the way");
    assert!(matches!(&error, WriteError::OtherRun { path } if *path == dir.join("beta/mod.rs")), "{error}");
    assert!(dir.join("requests/user.rs").is_file(), "something was removed");
}

#[cfg(unix)]
#[test]
fn links_may_not_lead_out() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (dir, elsewhere) = (scratch.path().join("sdk"), scratch.path().join("elsewhere"));
    fs::create_dir(&dir).expect("made");
    fs::create_dir_all(elsewhere.join("sub")).expect("made");
    let link = |to: &Path, at: &str| {
        let _ = fs::remove_file(dir.join(at));
        std::os::unix::fs::symlink(to, dir.join(at)).expect("a link");
    };
    let set = set(&[("src/lib.rs", ""), ("src/sub/a.rs", "")]);
    for target in [&elsewhere, &scratch.path().join("nowhere")] {
        link(target, "src");
        let error = set.write(&dir).expect_err("a link");
        assert!(matches!(&error, WriteError::LeadsOut { path, .. } if *path == dir.join("src")), "{error}");
    }
    assert_eq!(listing(&elsewhere), ["sub"]);
    // Links within the folder, and a link to the folder itself, are allowed.
    fs::create_dir(dir.join("code")).expect("made");
    link(Path::new("code"), "src");
    std::os::unix::fs::symlink(&dir, scratch.path().join("link")).expect("a link");
    set.write(&scratch.path().join("link")).expect("written");
    assert!(dir.join("code/sub/a.rs").is_file());
}

#[test]
fn a_lost_seal_is_put_back() {
    let dir = edited("src/b.rs", |text| String::from_utf8(unsealed(text.as_bytes())).expect("UTF-8"));
    let same = set(&[("src/a.rs", "one\n"), ("src/b.rs", "two\n"), ("src/c.rs", "three\n")]);
    let found = same.check(dir.path()).expect("compared");
    assert!(matches!(&found[..], [Difference::Stale { path, .. }] if path == "src/b.rs"), "{found:?}");
    assert_eq!(same.write(dir.path()).expect("written").written, ["src/b.rs"]);
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    let set = set(&[("Cargo.toml", ""), ("src/lib.rs", "")]);
    set.write(dir).expect("written");
    let left = [".Cargo.toml.1.edmark-tmp", "src/.lib.rs.22.edmark-tmp", "src/.gone.rs.333.edmark-tmp"];
    let others = [".edmark-tmp", "src/.lib.rs.edmark-tmp", "src/.lib.rs.x.edmark-tmp", "src/lib.rs.1.edmark-tmp"];
    for name in left.iter().chain(&others) {
        fs::write(dir.join(name), "").expect("written");
    }
    // A folder that had not got its own name yet.
    let folder = dir.join("src/.sub.4.4444.edmark-tmp");
    fs::create_dir_all(folder.join("inner")).expect("a folder");
    fs::write(folder.join("inner/a.rs"), "").expect("written");
    assert!(set.write(dir).expect("written").written.is_empty());
    assert!(!folder.exists());
    for (names, are_there) in [(&left[..], false), (&others[..], true)] {
        for name in names {
            assert_eq!(dir.join(name).exists(), are_there, "{name}");
        }
    }
}

#[test]
fn one_file_is_replaced_whatever_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("x.json");
    for text in ["one", "two"] {
        staged::replace(&file, text.as_bytes()).expect("written");
        assert_eq!(fs::read_to_string(&file).expect("a text"), text);
    }
    #[cfg(unix)]
    {
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        staged::replace(&link, b"three").expect("written");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("a text"), "three");
        staged::replace(Path::new("/dev/null"), b"four").expect("written");
        assert!(!fs::metadata("/dev/null").expect("a device").is_file());
    }
}

#[test]
fn what_is_no_longer_generated_is_removed_and_nothing_else() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    set(&[("src/lib.rs", ""), ("src/gone.rs", ""), ("src/a/b/gone.rs", ""), ("src/kept/gone.rs", "")])
        .write(dir)
        .expect("written");
    fs::write(dir.join("src/kept/mine.rs"), "// mine\n").expect("written");
    fs::write(dir.join("outside.rs"), format!("// {MARKER}\n")).expect("written");
    let set = set(&[("src/lib.rs", "")]);
    let extra = set.check(dir).expect("compared");
    let paths: Vec<&str> = extra.iter().map(Difference::path).collect();
    assert_eq!(paths, ["src/a/b/gone.rs", "src/gone.rs", "src/kept/gone.rs"]);
    assert!(extra.iter().all(|difference| matches!(difference, Difference::Extra { .. })));
    let report = set.write(dir).expect("written");
    assert_eq!(report.removed, paths);
    assert_eq!(listing(dir), ["outside.rs", "src", "src/kept", "src/kept/mine.rs", "src/lib.rs"]);
}

#[test]
fn a_file_of_someone_else_stops_everything() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    fs::create_dir(dir.join("src")).expect("made");
    fs::write(dir.join("src/lib.rs"), "// mine\n").expect("written");
    let error = set(&[("Cargo.toml", ""), ("src/lib.rs", ""), ("src/z.rs", "")]).write(dir).expect_err("in the way");
    assert!(matches!(&error, WriteError::NotOurs { path } if path.ends_with("src/lib.rs")));
    assert!(error.to_string().contains("lib.rs is in the way"), "{error}");
    assert_eq!(listing(dir), ["src", "src/lib.rs"]);
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    // A file in the place of a folder.
    fs::write(dir.join("src"), "").expect("written");
    let error = set(&[("Cargo.toml", ""), ("a/b/c.rs", ""), ("src/lib.rs", "")]).write(dir).expect_err("in the way");
    assert!(matches!(&error, WriteError::Read { path, .. } if path.starts_with(dir.join("src"))), "{error}");
    assert_eq!(listing(dir), ["src"]);
}

#[test]
fn check_says_what_is_missing_stale_and_extra() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    set(&[("src/extra.rs", ""), ("src/stale.rs", "one\ntwo\nthree\n")]).write(dir).expect("written");
    let before = listing(dir);
    let found = set(&[("src/missing.rs", ""), ("src/stale.rs", "one\nzwei\nthree\n")]).check(dir).expect("compared");
    assert_eq!(listing(dir), before);
    let [
        Difference::Extra { path: extra },
        Difference::Missing { path: missing },
        Difference::Stale { path: stale, diff },
    ] = &found[..]
    else {
        panic!("{found:?}");
    };
    assert_eq!([extra, missing, stale], ["src/extra.rs", "src/missing.rs", "src/stale.rs"]);
    if cfg!(feature = "cli") {
        insta::assert_snapshot!(diff, @r"
        --- src/stale.rs
        +++ src/stale.rs
        @@ -1,4 +1,4 @@
         // @generated by edmark. Do not edit; regenerate instead.
         one
        -two
        +zwei
         three
        ");
    }
}

#[test]
fn a_listed_set_looks_nowhere_else() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    fs::write(dir.join("other.rs"), format!("// {MARKER}\n")).expect("written");
    let mut set = FileSet::new(Owned::Listed);
    set.insert("graph.rs", format!("// {MARKER}\n"));
    assert!(set.write(dir).expect("written").removed.is_empty());
    assert_eq!(listing(dir), ["graph.rs", "other.rs"]);
}
