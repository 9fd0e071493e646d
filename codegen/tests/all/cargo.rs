//! Cargo within a test: crates are compiled into the folder of the workspace and with the
//! workspace's settings, so that a dependency is compiled once for all of them.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// The environment that a cargo within a test runs with.
pub(crate) fn environment() -> [(&'static str, OsString); 4] {
    // The folder for the files of tests lies in the target folder.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    [
        ("CARGO_TARGET_DIR", target.into()),
        ("CARGO_INCREMENTAL", "0".into()),
        ("CARGO_NET_OFFLINE", "true".into()),
        // As in the workspace's manifest: other settings would be other artifacts.
        ("CARGO_PROFILE_DEV_DEBUG", "false".into()),
    ]
}

/// Cargo in a folder.
#[allow(dead_code, reason = "the guide's commands are run by a shell")]
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).envs(environment()).env_remove("RUSTFLAGS").stdin(Stdio::null());
    cargo
}
