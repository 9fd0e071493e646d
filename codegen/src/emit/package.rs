//! All that only a crate has, beside the modules of its code: its manifest, the head of its root,
//! and its tests.

mod examples;
mod manifest;
mod replays;
mod root;

pub(super) use self::root::emit as root;
use super::RuntimeDependency;
use crate::file_set::Draft;
use crate::model::Model;
use crate::source::SourceMap;

/// The files beside the modules.
pub(super) fn drafts<'u>(
    model: &Model,
    sources: &SourceMap,
    name: &str,
    runtime: &RuntimeDependency,
    has_tests: bool,
) -> Vec<Draft<'u>> {
    let mut drafts = vec![
        Draft::made("Cargo.toml", manifest::cargo(name, runtime, has_tests)),
        Draft::made("rustfmt.toml", manifest::rustfmt()),
    ];
    if has_tests {
        drafts.extend(examples::drafts(model, sources, name));
    }
    drafts
}

/// The text in quotes.
fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
