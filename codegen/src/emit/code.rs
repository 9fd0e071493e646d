//! Turns names and code that the model holds as text into tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The identifier for a name of the model. A raw identifier is held with its `r#`.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(bare) => Ident::new_raw(bare, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Tokens of a type or an expression that is composed of the model's names. Text that is not valid
/// Rust becomes no tokens at all.
pub(crate) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The attribute of an item that is compiled with a feature of the crate.
pub(crate) fn gate(feature: &str) -> TokenStream {
    quote!(#[cfg(feature = #feature)])
}
