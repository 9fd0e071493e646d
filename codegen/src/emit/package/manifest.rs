//! Generates the manifest of a crate and its rustfmt settings.

use super::super::RuntimeDependency;
use super::super::features::{ALL, Features, SHARED};
use super::Package;
use crate::file_set::MARKER;
use crate::model::Model;

/// `Cargo.toml`
pub(crate) fn cargo(model: &Model, package: &Package<'_>) -> String {
    let found = match package.runtime {
        RuntimeDependency::Path(path) => format!("path = {}", toml_string(path)),
        RuntimeDependency::Version(version) => format!("version = {}", toml_string(version)),
    };
    let for_tests = match package.has_tests {
        true => format!("\n[dev-dependencies]\nedmark-runtime = {{ {found}, features = [\"testing\"] }}\n"),
        false => String::new(),
    };
    let runtime = match package.runtime {
        RuntimeDependency::Path(_) => format!("{{ {found} }}"),
        RuntimeDependency::Version(version) => toml_string(version),
    };
    let license = package.license.map_or(String::new(), |license| format!("license = {}\n", toml_string(license)));
    format!(
        r#"# {MARKER}

[package]
name = {name}
description = {description}
version = "0.1.0"
edition = "2024"
rust-version = "1.89"
{license}publish = false
autobins = false
autobenches = false
autoexamples = false

# It has no unit tests, for which cargo would compile all of it once more.
[lib]
test = false

[package.metadata.docs.rs]
all-features = true

[features]
{roots}# How requests are sent: the bundled client, any `tower::Service`, or a client that blocks.
reqwest = ["edmark-runtime/reqwest"]
tower = ["edmark-runtime/tower"]
blocking = ["edmark-runtime/blocking"]
# Applications that sign in as themselves.
oauth = ["edmark-runtime/oauth"]

[dependencies]
edmark-runtime = {runtime}
serde = {{ version = "1", default-features = false, features = ["std"] }}
{for_tests}"#,
        name = toml_string(package.name),
        description = toml_string(&description(model)),
        roots = roots(package.features),
    )
}

/// The features for the roots of the service's URLs.
fn roots(features: &Features) -> String {
    if features.roots.is_empty() {
        return String::new();
    }
    let names: Vec<_> = features.roots.iter().map(|root| root.name.as_str()).collect();
    let roots = features.roots.iter().map(|root| {
        let shared = if root.is_sharing { format!("\"{SHARED}\"") } else { String::new() };
        format!("{} = [{shared}]\n", toml_key(&root.name))
    });
    format!(
        r#"default = ["{ALL}"]
# The roots of the service's URLs. Without default features, requests below roots that are not named
# are left out, and so are types that only these requests need.
{ALL} = [
    "{}",
]
{}# Requests that several roots lead to; each of these turns them on.
{SHARED} = []
"#,
        names.join("\",\n    \""),
        roots.collect::<String>(),
    )
}

/// The description in the manifest, in one line.
fn description(model: &Model) -> String {
    let content = if model.requests.builders.is_empty() { "Types" } else { "Types and requests" };
    match model.modules.iter().find(|module| module.path.is_empty()) {
        Some(root) => format!("{content} of the OData service {}", root.namespace),
        None => format!("{content} of an OData service"),
    }
}

/// Returns the text as a key of a TOML table, with quotes where it needs them.
fn toml_key(name: &str) -> String {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { toml_string(name) }
}

/// Returns the text as a TOML string with its quotes.
fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Generated code has rustfmt's default layout, whatever settings the folders above have.
pub(crate) fn rustfmt() -> String {
    format!("# {MARKER}\n\nstyle_edition = \"2024\"\n")
}
