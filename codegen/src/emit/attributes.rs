//! What users add to the generated code: derives and attributes of types and fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::code;

/// Attributes beside those that every item of its kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Attributes {
    /// Paths of traits to derive: `schemars::JsonSchema`.
    pub(crate) derives: Vec<String>,
    /// Attributes as they are written, without `#`: `[serde(default)]`.
    pub(crate) others: Vec<String>,
}

impl Attributes {
    /// `#[derive(…)]` with the traits that are derived anyway and those that are added, then the
    /// other attributes.
    pub(super) fn with_derives(&self, own: &TokenStream) -> TokenStream {
        let derives = self.derives.iter().map(|path| code::tokens(path));
        let others = self.tokens();
        quote!(#[derive(#own #(, #derives)*)] #others)
    }

    /// The attributes that are no derives.
    pub(super) fn tokens(&self) -> TokenStream {
        let others = self.others.iter().map(|attribute| code::tokens(attribute));
        quote!(#(# #others)*)
    }
}
