//! Turns names and code that the model holds as text into tokens.

use std::cell::Cell;

use proc_macro2::{Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

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
    simple_type(text).or_else(|| text.parse().ok()).unwrap_or_default()
}

/// Tokens of names, references and generics, which nearly all types are composed of; `None` for
/// other text. To parse them as any code takes half as long again.
fn simple_type(text: &str) -> Option<TokenStream> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_mark = |c: char| matches!(c, ':' | '<' | '>' | ',' | '&');
    let mut tokens: Vec<TokenTree> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (name, behind) = rest.split_at(rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()));
        match first {
            '0'..='9' => return None,
            _ if !name.is_empty() && !behind.starts_with(['#', '"', '\'']) => {
                tokens.push(ident(name).into());
                rest = behind;
            }
            ' ' => rest = &rest[1..],
            _ if is_mark(first) => {
                rest = &rest[1..];
                let spacing = if rest.starts_with(is_mark) { Spacing::Joint } else { Spacing::Alone };
                tokens.push(Punct::new(first, spacing).into());
            }
            _ => return None,
        }
    }
    Some(tokens.into_iter().collect())
}

/// Tokens that a template interpolates once. It takes them, where it would copy a `TokenStream`
/// token by token.
pub(crate) struct Once(Cell<Option<TokenStream>>);

impl From<TokenStream> for Once {
    fn from(tokens: TokenStream) -> Self {
        Once(Cell::new(Some(tokens)))
    }
}

impl ToTokens for Once {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let own = self.0.take();
        debug_assert!(own.is_some(), "interpolated twice");
        tokens.extend(own.unwrap_or_default());
    }
}

/// The text of a comment as a string literal. Only its value matters, so it is written in the form
/// without escapes, which is parsed byte by byte: `Literal::string` looks at each character, which
/// takes ten times as long.
pub(crate) fn comment(text: &str) -> Literal {
    let spelled = match memchr::memchr(b'"', text.as_bytes()) {
        None => Some(["r\"", text, "\""].concat()),
        Some(_) if text.contains("\"#") => None,
        Some(_) => Some(["r#\"", text, "\"#"].concat()),
    };
    spelled.and_then(|spelled| spelled.parse().ok()).unwrap_or_else(|| Literal::string(text))
}

/// The attribute of an item that is compiled with a feature of the crate.
pub(crate) fn gate(feature: &str) -> TokenStream {
    quote!(#[cfg(feature = #feature)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is told apart in tokens. The text of a stream has blanks between some of them.
    fn all(tokens: TokenStream) -> String {
        format!("{:?}", tokens.into_iter().collect::<Vec<_>>())
    }

    #[test]
    fn short_ways_make_the_tokens_that_all_code_is_parsed_to() {
        for text in [
            "User",
            "crate::a::User",
            "super::super::r#type::User",
            "Option<Vec<super::User>>",
            "::std::option::Option<rt::Flags<_Odd1>>",
            "Vec<<T as A>::B>",
            "rt::ReadRequest<super::User, rt::query::One<A>>",
            "Option<&&mut B,>",
            "impl Into<rt::Date>",
            "&[i32]",
            "(A, B)",
            "&'static str",
            "Über<é>",
            "1 + a",
            "",
        ] {
            assert_eq!(all(tokens(text)), all(text.parse().expect(text)), "{text}");
        }
        assert!(tokens("Vec<(").is_empty());
    }
}
