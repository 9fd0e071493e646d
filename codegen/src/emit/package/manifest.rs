//! What a crate has beside its code: its manifest and the settings of rustfmt.

use super::super::RuntimeDependency;
use crate::file_set::MARKER;

/// `Cargo.toml`
pub(crate) fn cargo(name: &str, runtime: &RuntimeDependency, tests: bool) -> String {
    let found = match runtime {
        RuntimeDependency::Path(path) => format!("path = {}", toml_string(path)),
        RuntimeDependency::Version(version) => format!("version = {}", toml_string(version)),
    };
    let for_tests = match tests {
        true => format!("\n[dev-dependencies]\nedmark-runtime = {{ {found}, features = [\"testing\"] }}\n"),
        false => String::new(),
    };
    let runtime = match runtime {
        RuntimeDependency::Path(_) => format!("{{ {found} }}"),
        RuntimeDependency::Version(version) => toml_string(version),
    };
    format!(
        r#"# {MARKER}

[package]
name = {name}
version = "0.1.0"
edition = "2024"
rust-version = "1.89"
publish = false
autobins = false
autobenches = false
autoexamples = false

[features]
# How requests are sent: the bundled client, any `tower::Service`, or a client that blocks.
reqwest = ["edmark-runtime/reqwest"]
tower = ["edmark-runtime/tower"]
blocking = ["edmark-runtime/blocking"]
# Applications that sign in as themselves.
oauth = ["edmark-runtime/oauth"]

[dependencies]
edmark-runtime = {runtime}
serde = {{ version = "1", default-features = false, features = ["std"] }}
{for_tests}"#,
        name = toml_string(name),
    )
}

/// The text in quotes.
fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The code is laid out by rustfmt's defaults, whatever the settings of the folders above.
pub(crate) fn rustfmt() -> String {
    format!("# {MARKER}\n\nstyle_edition = \"2024\"\n")
}
