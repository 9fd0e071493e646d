//! Rust code that users write in a configuration: traits to derive, attributes, and paths to other
//! code.
//!
//! Each text is parsed by syn first, so that a mistake is reported at its position in the
//! configuration, and not by the compiler somewhere in the generated code.

use quote::ToTokens;
use syn::parse::Parser;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Path};

/// Derives and attributes of a type or of one of its members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Attributes {
    /// Paths of traits to derive: `schemars :: JsonSchema`.
    pub derives: Vec<String>,
    /// Other attributes, without `#[` and `]`: `serde (default)`.
    pub others: Vec<String>,
}

impl Attributes {
    /// Reads the path of a trait to derive: `schemars::JsonSchema`.
    ///
    /// # Errors
    /// A description of the mistake and of a valid text.
    pub fn derive(text: &str) -> Result<Self, String> {
        let path = Path::parse_mod_style.parse_str(text).map_err(|error| expected(DERIVE, text, &error))?;
        Ok(Attributes { derives: vec![path.to_token_stream().to_string()], others: Vec::new() })
    }

    /// Reads attributes as they are written before an item: `#[must_use]`. The traits of a
    /// `#[derive(…)]` among them are kept separately.
    ///
    /// # Errors
    /// A description of the mistake and of a valid text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = Attribute::parse_outer.parse_str(text).map_err(|error| expected(ATTRIBUTE, text, &error))?;
        let mut attributes = Attributes::default();
        for attribute in parsed {
            attributes.add_parsed(attribute).map_err(|error| expected(ATTRIBUTE, text, &error))?;
        }
        match attributes.is_empty() {
            true => Err(format!("expected {ATTRIBUTE}, found nothing")),
            false => Ok(attributes),
        }
    }

    /// Reads attributes of a field or a variant, which cannot have derives.
    ///
    /// # Errors
    /// A description of the mistake and of a valid text.
    pub fn parse_without_derives(text: &str) -> Result<Self, String> {
        let attributes = Attributes::parse(text)?;
        match attributes.derives.is_empty() {
            true => Ok(attributes),
            false => Err(format!("expected {ATTRIBUTE}, found `{text}`: only types can have a `derive`")),
        }
    }

    fn add_parsed(&mut self, attribute: Attribute) -> syn::Result<()> {
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("derive") => list.parse_nested_meta(|meta| {
                self.derives.push(meta.path.to_token_stream().to_string());
                Ok(())
            }),
            Meta::NameValue(doc) if doc.path.is_ident("doc") => {
                // A comment `/// text` is an attribute whose text begins with the space.
                let text = match &doc.value {
                    Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
                    _ => None,
                };
                let value = match text {
                    Some(text) => text.strip_prefix(' ').unwrap_or(&text).to_token_stream(),
                    None => doc.value.to_token_stream(),
                };
                self.others.push(format!("doc = {value}"));
                Ok(())
            }
            meta => {
                self.others.push(meta.to_token_stream().to_string());
                Ok(())
            }
        }
    }

    /// Adds the attributes of another text. A trait is derived only once.
    pub fn add(&mut self, other: &Attributes) {
        for path in &other.derives {
            if !self.derives.contains(path) {
                self.derives.push(path.clone());
            }
        }
        self.others.extend_from_slice(&other.others);
    }

    /// Returns true if there is nothing to add.
    pub fn is_empty(&self) -> bool {
        self.derives.is_empty() && self.others.is_empty()
    }
}

const DERIVE: &str = "the path of a trait, as `Eq` or `schemars::JsonSchema`";
const ATTRIBUTE: &str = "attributes, as `#[must_use]`";
const CODE_PATH: &str = "a path that begins with `::` or `crate`, as `::models::graph`";

/// Checks that a path has the same meaning in every module of the generated code.
///
/// # Errors
/// A description of the mistake and of a valid text.
pub(crate) fn check_path(text: &str) -> Result<(), String> {
    let path = Path::parse_mod_style.parse_str(text).map_err(|error| expected(CODE_PATH, text, &error))?;
    let is_rooted = path.leading_colon.is_some() || path.segments.first().is_some_and(|part| part.ident == "crate");
    let mut behind = path.segments.iter().skip(usize::from(path.leading_colon.is_none()));
    let is_relative = behind.any(|part| ["self", "super", "crate", "Self"].iter().any(|word| part.ident == word));
    match is_rooted && !is_relative {
        true => Ok(()),
        false => Err(format!("expected {CODE_PATH}, found `{text}`")),
    }
}

fn expected(what: &str, text: &str, error: &syn::Error) -> String {
    format!("expected {what}, found `{text}`: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_are_kept_apart_from_other_attributes() {
        let mut read = Attributes::parse("/// Text.\n#[derive(Eq, ::a::B)] #[c(d = \"e\")]").expect("attributes");
        assert_eq!(read.derives, ["Eq", ":: a :: B"]);
        assert_eq!(read.others, ["doc = \"Text.\"", "c (d = \"e\")"]);
        read.add(&Attributes::derive("Eq").expect("a path"));
        assert_eq!(read.derives, ["Eq", ":: a :: B"]);
    }

    #[test]
    fn what_is_no_attribute_says_what_would_be() {
        for text in ["", "must_use", "#![allow(dead_code)]", "#[a", "#[derive(1)]", "#[derive(\"Eq\")]", "#[a] b", "'"]
        {
            let message = Attributes::parse(text).expect_err(text);
            assert!(message.starts_with("expected attributes, as `#[must_use]`, found "), "{message}");
        }
        for text in ["", "a::", "Vec<u8>", "#[derive(Eq)]", "a b"] {
            assert!(Attributes::derive(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_mean_the_same_in_every_module() {
        for text in ["::models", "::models::graph", "crate", "crate::graph"] {
            assert_eq!(check_path(text), Ok(()));
        }
        for text in ["", "models", "models::graph", "super::a", "::a::super", "crate::self", "::", "::a<b>", "::a b"] {
            assert!(check_path(text).is_err(), "{text}");
        }
    }
}
