//! Parts of code that the model holds as text → tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The identifier of a name that the model holds; a raw one carries its `r#`.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(bare) => Ident::new_raw(bare, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A type or an expression that is put together of names of the model. A text that is no Rust is
/// left out.
pub(crate) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The attribute of an item that is compiled with a feature of the crate.
pub(crate) fn gate(feature: &str) -> TokenStream {
    quote!(#[cfg(feature = #feature)])
}
