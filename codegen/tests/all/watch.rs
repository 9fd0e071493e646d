//! `edmark watch`: the code is updated when pages are saved.
#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A time limit that is far above the usual duration, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn page(ty: &str) -> String {
    format!(
        "# thing resource type\n\nNamespace: microsoft.graph\n\nA thing.\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n\
         |x|{ty}|.|\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.thing\" }} -->\n```json\n{{ \"x\": \"{ty}\" }}\n```\n"
    )
}

/// Ends the command at the end of the test, even if it fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The output of a stream so far.
fn gather(mut stream: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let gathered = Arc::new(Mutex::new(String::new()));
    let into = Arc::clone(&gathered);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            into.lock().expect("no panic").push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    });
    gathered
}

#[track_caller]
fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}: not in {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn code_follows_the_pages_until_the_user_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::create_dir(here.join("docs")).expect("a folder");
    fs::write(here.join("docs/thing.md"), page("String")).expect("a page");
    fs::write(here.join("edmark.toml"), "docs = \"docs\"\nout = \"sdk\"\n").expect("written");
    let mut child = Running(
        Command::new(env!("CARGO_BIN_EXE_edmark"))
            .arg("watch")
            .current_dir(here)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs"),
    );
    let stdout = gather(child.0.stdout.take().expect("a pipe"));
    let stderr = gather(child.0.stderr.take().expect("a pipe"));
    let runs = || stdout.lock().expect("no panic").lines().count();
    let complains = |of: &str| stderr.lock().expect("no panic").contains(of);
    let code = |path: &str| fs::read_to_string(here.join("sdk").join(path)).unwrap_or_default();

    wait_for("the first run", || runs() >= 1);
    assert!(code("thing.rs").contains("pub x: Option<String>"));

    fs::write(here.join("docs/thing.md"), page("Int32")).expect("a page");
    wait_for("a changed page", || code("thing.rs").contains("pub x: Option<i32>"));

    // Many editors save like this: a new file replaces the old one.
    fs::write(here.join("docs/~thing"), page("nowhere")).expect("a page");
    fs::rename(here.join("docs/~thing"), here.join("docs/thing.md")).expect("renamed");
    wait_for("the problem of a page that was saved", || complains("[type-unknown]"));

    fs::create_dir(here.join("docs/more")).expect("a folder");
    fs::write(here.join("docs/more/other.md"), page("String").replace("thing", "other")).expect("a page");
    wait_for("a new page in a new folder", || Path::new(&here.join("sdk/other.rs")).is_file());

    fs::write(here.join("edmark.toml"), "docs = \"docs\"\nout = \"sdk\"\nexclude = \"other\"\n").expect("written");
    wait_for("another configuration", || !here.join("sdk/other.rs").exists());

    fs::write(here.join("edmark.toml"), "docs = \n").expect("written");
    wait_for("a mistake", || complains("edmark.toml:1:"));
    fs::write(here.join("edmark.toml"), "docs = \"docs\"\nout = \"sdk\"\n").expect("written");
    wait_for("the mistake mended", || here.join("sdk/other.rs").is_file());

    fs::write(
        here.join("docs/more/other.md"),
        page("thing").replace("# thing", "# other").replace("graph.thing", "graph.other"),
    )
    .expect("a page");
    wait_for("a page that names another", || code("other.rs").contains("Thing"));
    fs::remove_file(here.join("docs/thing.md")).expect("removed");
    wait_for("a problem of a page that did not change", || complains("no page describes `thing`"));

    // Git does this with a folder when it goes to a revision without it and back.
    fs::remove_dir_all(here.join("docs")).expect("removed");
    wait_for("a missing folder", || complains("docs is not a folder of pages"));
    fs::create_dir(here.join("docs")).expect("a folder");
    fs::write(here.join("docs/thing.md"), page("Boolean")).expect("a page");
    wait_for("a folder that is there again", || code("thing.rs").contains("pub x: Option<bool>"));
    fs::write(here.join("docs/thing.md"), page("Double")).expect("a page");
    wait_for("a page in it", || code("thing.rs").contains("pub x: Option<f64>"));

    // SIGTERM instead of SIGINT, which Ctrl-C sends: background jobs of a script ignore SIGINT, and
    // so would the command if the tests are run in one.
    let ended = Command::new("kill").args(["-TERM", &child.0.id().to_string()]).status().expect("kill runs");
    assert!(ended.success());
    let status = child.0.wait().expect("ended");
    assert_eq!(status.signal(), Some(15), "{status}");
}
