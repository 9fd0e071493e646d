//! What users add to the generated code → attributes before an item, a field or a variant.

use proc_macro2::TokenStream;
use quote::quote;

use super::code;
use crate::user_code::Attributes;

/// The traits of a kind of item, by name.
pub(super) struct Traits {
    /// Those that the template derives.
    pub(super) derived: &'static [&'static str],
    /// Those that it has an impl of.
    pub(super) implemented: &'static [&'static str],
}

impl Traits {
    /// `#[derive(…)]` with the template's traits and those that are added, then the other
    /// attributes. What is there anyway is not derived again.
    pub(super) fn with(&self, added: &Attributes) -> TokenStream {
        let own = self.derived.iter().map(|name| code::ident(name));
        let more = added.derives.iter().filter(|path| !self.has(path)).map(|path| code::tokens(path));
        let others = others(added);
        quote!(#[derive(#(#own),* #(, #more)*)] #others)
    }

    /// Whether the item has the trait at a path: one of these by its name alone, or by its place in
    /// the standard library or in serde.
    fn has(&self, path: &str) -> bool {
        let path: String = path.split_whitespace().collect();
        let path = path.trim_start_matches("::");
        let (from, name) = path
            .split_once("::")
            .map_or(("", path), |(from, rest)| (from, rest.rsplit_once("::").map_or(rest, |(_, name)| name)));
        matches!(from, "" | "std" | "core" | "serde")
            && self.derived.iter().chain(self.implemented).any(|known| *known == name)
    }
}

/// The attributes that are no derives, as they stand before a field or a variant.
pub(super) fn others(added: &Attributes) -> TokenStream {
    let others = added.others.iter().map(|attribute| code::tokens(attribute));
    quote!(#(#[#others])*)
}
