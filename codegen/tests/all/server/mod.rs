#![allow(dead_code, reason = "not every test needs all of it")]
//! A server for a test, on a free port of 127.0.0.1. It is ended when the value is dropped.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The time limit for the start of a server.
const BEGINNING: Duration = Duration::from_secs(60);

/// The folder in which the servers' packages are installed.
pub(crate) struct Installation {
    modules: PathBuf,
}

impl Installation {
    /// The folder in `EDMARK_SERVERS`. If it is not set, writes a line that `test` is skipped.
    #[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
    pub(crate) fn find(test: &str) -> Option<Self> {
        let place = std::env::var_os("EDMARK_SERVERS").filter(|place| !place.is_empty());
        if place.is_none() {
            eprintln!("{test}: left out, as EDMARK_SERVERS is not set (tests/servers/install installs what it needs)");
        }
        let modules = PathBuf::from(place?).join("node_modules");
        let modules = modules.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", modules.display()));
        Some(Installation { modules })
    }

    /// The `node` among the packages, or else that of the machine.
    fn node(&self) -> PathBuf {
        let mut packages = fs::read_dir(&self.modules).expect("packages").flatten().map(|entry| entry.path());
        let is_node = |path: &PathBuf| {
            path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with("node-"))
                && path.join("bin/node").is_file()
        };
        packages.find(is_node).map_or_else(|| "node".into(), |package| package.join("bin/node"))
    }
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    port: u16,
    root: &'static str,
    /// The files of the service, together with the packages.
    folder: TempDir,
}

impl Server {
    /// SAP CAP with the service `harbour`.
    pub(crate) fn harbour(installation: &Installation) -> Self {
        let script = installation.modules.join("@sap/cds/bin/serve.js");
        Self::start(installation, "harbour", "/odata/v4/harbour", |port| {
            vec![script.into(), "all".into(), "--in-memory".into(), "--port".into(), port.to_string().into()]
        })
    }

    /// SAP's library with the service `sky`.
    pub(crate) fn observatory(installation: &Installation) -> Self {
        Self::start(installation, "observatory", "/observatory", |port| {
            vec!["server.js".into(), port.to_string().into()]
        })
    }

    fn start(
        installation: &Installation,
        service: &str,
        root: &'static str,
        arguments: impl FnOnce(u16) -> Vec<std::ffi::OsString>,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&workspace("tests/servers").join(service), folder.path());
        #[cfg(unix)]
        std::os::unix::fs::symlink(&installation.modules, folder.path().join("node_modules")).expect("a link");
        let port = free_port();
        let log = fs::File::create(folder.path().join("log")).expect("a file");
        let child = Command::new(installation.node())
            .args(arguments(port))
            .current_dir(folder.path())
            .env("NODE_PATH", &installation.modules)
            .env_remove("NODE_OPTIONS")
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log)
            .spawn()
            .expect("node runs");
        let mut server = Server { child, port, root, folder };
        server.wait();
        server
    }

    /// Waits until the server accepts connections.
    fn wait(&mut self) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().expect("its state");
            assert!(ended.is_none() && start.elapsed() < BEGINNING, "the server did not begin: {}", self.log());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The address of the service.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.root)
    }

    /// The body of the response to a GET below the service's address.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        // With HTTP 1.0 the body is not encoded and ends with the connection.
        let request = format!("GET {}{path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n", self.root);
        connection.write_all(request.as_bytes()).expect("sent");
        let mut response = String::new();
        connection.read_to_string(&mut response).expect("a text");
        let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.contains(" 200 "), "{head}\n{}", self.log());
        body.to_owned()
    }

    /// The output of the server.
    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free when this was called.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A path in the workspace.
pub(crate) fn workspace(path: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    place.canonicalize().expect("a part of the workspace")
}

/// Copies a folder with its contents.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
