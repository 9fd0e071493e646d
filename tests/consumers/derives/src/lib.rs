//! A derive that other crates add to their generated code.

use proc_macro::{TokenStream, TokenTree};

/// Adds the constant `RUST_NAME` to a type. Types and fields can have the attribute `described`.
#[proc_macro_derive(Described, attributes(described))]
pub fn described(item: TokenStream) -> TokenStream {
    let mut words = item.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    let name = words.by_ref().skip_while(|word| word != "struct" && word != "enum").nth(1).unwrap_or_default();
    let code = format!("impl {name} {{ /// Its name in Rust.\npub const RUST_NAME: &'static str = {name:?}; }}");
    code.parse().unwrap_or_default()
}
