//! Two third-party OData servers with services that were written for these tests: a crate is
//! generated from the metadata of each service, and clients use all of it.
//!
//! `tests/servers/install FOLDER` installs the servers, and `EDMARK_SERVERS=FOLDER` names the
//! folder. If it is not set, the tests write a line that they are skipped.

#![cfg(all(feature = "cli", unix))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::cargo;
use crate::server::{Installation, Server, copy, workspace};

/// The workspace of the clients, together with the generated crates. It is kept, so that code need
/// not be generated and compiled again.
struct Clients {
    folder: PathBuf,
}

impl Clients {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers");
        copy(&workspace("tests/servers/clients"), &folder);
        // The workspace is copied, so relative paths to the repository have to be replaced.
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .expect("a manifest")
            .replace("../../../", &format!("{}/", workspace("").display()));
        fs::write(manifest, text).expect("written");
        // Uses the versions of the workspace.
        fs::copy(workspace("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
        Clients { folder }
    }

    /// Generates the crate of a service from its metadata.
    fn make(&self, name: &str, server: &Server) {
        let metadata = self.folder.join(format!("{name}.xml"));
        fs::write(&metadata, server.get("/$metadata")).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_edmark"))
            .arg("generate")
            .arg("--metadata")
            .arg(metadata)
            .args(["--crate", &format!("{name}-sdk"), "--runtime-path"])
            .arg(workspace("runtime"))
            .arg("--out")
            .arg(self.folder.join(format!("{name}-sdk")))
            .output()
            .expect("edmark runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs the tests of all clients.
    fn test(&self, servers: &[(&str, &Server)]) {
        let output = cargo(&self.folder)
            .args(["test", "--workspace", "--quiet"])
            .envs(servers.iter().map(|(variable, server)| (variable, server.url())))
            .output()
            .expect("cargo runs");
        let said = [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned()).concat();
        assert!(output.status.success() && !said.contains("warning:"), "{said}");
    }
}

#[test]
fn clients_made_of_metadata_talk_to_their_servers() {
    let Some(installation) = Installation::find("clients_made_of_metadata_talk_to_their_servers") else { return };
    let (harbour, observatory) = (Server::harbour(&installation), Server::observatory(&installation));
    let clients = Clients::new();
    clients.make("harbour", &harbour);
    clients.make("observatory", &observatory);
    clients.test(&[("HARBOUR", &harbour), ("OBSERVATORY", &observatory)]);
}
