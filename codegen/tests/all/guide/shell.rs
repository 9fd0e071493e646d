//! A folder for a chapter, in which its commands are run.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// An empty folder with an environment in which `edmark` and its crates are those of the workspace.
pub(crate) struct Shell {
    folder: TempDir,
    path: OsString,
}

impl Shell {
    pub(crate) fn new(chapter: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(chapter)).expect("a folder");
        // Cargo finds this file from the chapter's folder, so the crates in the chapter are those
        // of the workspace.
        let settings = format!(
            "[net]\noffline = true\n\n[patch.crates-io]\nedmark = {{ path = {:?} }}\nedmark-runtime = {{ path = {:?} }}\n",
            workspace("codegen"),
            workspace("runtime")
        );
        fs::create_dir(folder.path().join(".cargo")).expect("a folder");
        fs::write(folder.path().join(".cargo/config.toml"), settings).expect("a file");
        let command = Path::new(env!("CARGO_BIN_EXE_edmark"));
        let paths = [command.parent().expect("a folder").to_owned()].into_iter();
        let path = env::join_paths(paths.chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())));
        Shell { folder, path: path.expect("folders without separators") }
    }

    fn here(&self) -> PathBuf {
        let mut entries = fs::read_dir(self.folder.path()).expect("the folder").flatten().map(|entry| entry.path());
        entries.find(|path| !path.ends_with(".cargo")).expect("the chapter's folder")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let place = self.here().join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        fs::write(&place, text).expect("a file");
        if path == "Cargo.toml" && !self.here().join("Cargo.lock").exists() {
            // The versions of the workspace are available without a network.
            fs::copy(workspace("Cargo.lock"), self.here().join("Cargo.lock")).expect("the lock file");
        }
    }

    /// Runs a command and checks its exit code. Returns its output.
    #[track_caller]
    pub(crate) fn run(&self, line: &str, code: i32) -> String {
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(self.here())
            .env("PATH", &self.path)
            .env("CARGO", env!("CARGO"))
            .envs(crate::cargo::environment())
            .env("CARGO_TERM_COLOR", "never")
            .env("BASE", "HEAD")
            .env("GITHUB_STEP_SUMMARY", "summary.md")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@contoso.com")))
            // These variables are set by the test that is running.
            .env_remove("INSTA_UPDATE")
            .env_remove("INSTA_WORKSPACE_ROOT")
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("a shell");
        let shown = [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned()).concat();
        assert_eq!(output.status.code(), Some(code), "`{line}` showed:\n{shown}");
        shown
    }
}

fn workspace(path: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    place.canonicalize().expect("a part of the workspace")
}
