//! Generates the parts that only a whole crate has besides its modules: its manifest, the head of
//! its root file, and its tests.

mod examples;
mod front_page;
mod manifest;
mod replays;
mod root;

pub(super) use self::root::emit as root;
use proc_macro2::TokenStream;
use quote::quote;

use super::RuntimeDependency;
use super::features::{ALL, Features};
use crate::file_set::Draft;
use crate::model::Model;
use crate::source::SourceMap;

/// The settings of a generated crate besides its code.
pub(super) struct Package<'a> {
    pub(super) name: &'a str,
    pub(super) license: Option<&'a str>,
    pub(super) runtime: &'a RuntimeDependency,
    pub(super) has_tests: bool,
    pub(super) features: &'a Features,
}

impl Package<'_> {
    /// The attribute of a test that needs all that the crate has.
    fn with_all(&self) -> Option<TokenStream> {
        (!self.features.roots.is_empty()).then(|| quote!(#![cfg(feature = #ALL)]))
    }
}

/// Returns the files of the crate that are not modules of its code.
pub(super) fn drafts<'u>(model: &Model, sources: &SourceMap, package: &Package<'_>) -> Vec<Draft<'u>> {
    let mut drafts = vec![
        Draft::made("Cargo.toml", manifest::cargo(model, package)),
        Draft::made("rustfmt.toml", manifest::rustfmt()),
    ];
    if package.has_tests {
        drafts.extend(examples::drafts(model, sources, package));
    }
    drafts
}

/// Returns the text as a JSON string with its quotes.
fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
