//! Prints the attributes that users add to generated items, fields and variants (`edmark.toml`).

use proc_macro2::TokenStream;
use quote::quote;

use super::code;
use crate::user_code::Attributes;

/// The traits that every generated item of one kind has, by name.
pub(super) struct Traits {
    /// The traits that the template derives.
    pub(super) derived: &'static [&'static str],
    /// The traits that the template implements by hand.
    pub(super) implemented: &'static [&'static str],
}

impl Traits {
    /// Returns `#[derive(…)]` with the template's traits and the added ones, then the other added
    /// attributes. A derive that the item already has is not repeated.
    pub(super) fn with(&self, added: &Attributes) -> TokenStream {
        let own = self.derived.iter().map(|name| code::ident(name));
        let more = added.derives.iter().filter(|path| !self.has(path)).map(|path| code::tokens(path));
        let others = others(added);
        quote!(#[derive(#(#own),* #(, #more)*)] #others)
    }

    /// Returns true if the item has the trait at this path. One of the traits above is recognised
    /// by its name alone, or by a path into the standard library or into serde.
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

/// The added attributes that are not derives, written before an item, a field or a variant.
pub(super) fn others(added: &Attributes) -> TokenStream {
    let others = added.others.iter().map(|attribute| code::tokens(attribute));
    quote!(#(#[#others])*)
}
