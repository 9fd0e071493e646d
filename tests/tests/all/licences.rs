//! All dependencies may be used under the project's own licences.
//!
//! Known vulnerabilities are not looked for here: the list of them is on the network, and tests
//! reach none. `cargo audit` or `cargo deny check advisories` do it.

use edmark_tests::workspace;
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::cargo::cargo;

/// Licences that ask for no more than their notice, so that MIT and Apache-2.0 can stand beside
/// them. CC0-1.0, the licence of `notify`, asks for nothing. It grants no patents, which MIT does
/// not mention either; the Rust project allows it for its tools. Every other crate that watches
/// files on all systems is built on `notify`, and only the command `watch` needs it.
const ALLOWED: [&str; 10] =
    ["Apache-2.0", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "Unicode-3.0", "Unlicense", "Zlib"];

fn is_allowed(requirement: &LicenseReq) -> bool {
    requirement.license.id().is_some_and(|license| ALLOWED.contains(&license.name))
}

/// The packages of the workspace and all that they depend on, on this platform: what others need
/// besides may not have been downloaded.
fn packages() -> Vec<Value> {
    let output = cargo(&workspace(""))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform"])
        .arg(current_platform())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn current_platform() -> String {
    let output = cargo(&workspace("")).args(["--version", "--verbose"]).output().expect("cargo runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its platform").to_owned()
}

#[test]
fn every_dependency_has_a_licence_that_goes_with_ours() {
    let packages = packages();
    assert!(packages.len() > 100, "only {} packages", packages.len());
    let mut wrong = Vec::new();
    for package in &packages {
        // The sample crate is not published, and says no licence.
        if package["name"] == "graph-sample" {
            continue;
        }
        let said = package["license"].as_str().unwrap_or_default();
        let is_good = Expression::parse_mode(said, ParseMode::LAX).is_ok_and(|license| license.evaluate(is_allowed));
        if !is_good {
            wrong.push(format!("{} {}: `{said}`", package["name"], package["version"]));
        }
    }
    assert!(wrong.is_empty(), "no licence that is allowed:\n{}", wrong.join("\n"));
}

/// The fields of a manifest by which a crate on crates.io is found, and those that it demands.
#[test]
fn published_crates_say_what_they_are() {
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        if !matches!(name, "edmark" | "edmark-runtime") {
            continue;
        }
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        assert_eq!(package["rust_version"], minimal_version(), "{name}");
        for field in ["description", "readme"] {
            assert!(package[field].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {field}");
        }
        for (field, at_most) in [("keywords", 5), ("categories", 5)] {
            let length = package[field].as_array().map_or(0, Vec::len);
            assert!((1..=at_most).contains(&length), "{name} has {length} {field}");
        }
    }
}

/// The version of Rust that the workspace promises, and the README with it.
fn minimal_version() -> String {
    let manifest = std::fs::read_to_string(workspace("Cargo.toml")).expect("the manifest");
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \"")).expect("a version");
    let version = version.trim_end_matches('"').to_owned();
    for page in ["README.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(workspace(page)).expect("a page");
        assert!(text.contains(&format!("Rust {version} or later")), "{page} names another version of Rust");
    }
    version
}
