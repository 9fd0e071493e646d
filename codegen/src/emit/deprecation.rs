//! Emits `#[deprecated]` for items that should no longer be used, so that the compiler warns
//! callers.
//!
//! Other generated code uses these items, so the modules with such code allow that.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::print::Tokens;
use crate::model::{Deprecation, Model, StructuredType};
use crate::source::At;

/// The attribute of an item. `None` if it is not deprecated; without a note if the page says
/// nothing but the word.
#[derive(Default, Hash)]
pub(crate) struct Deprecated(Option<Option<String>>);

impl Deprecated {
    pub(super) fn of(said: Option<&At<Deprecation>>) -> Self {
        Deprecated(said.map(|said| {
            let text = said.value.text.split_whitespace().collect::<Vec<_>>().join(" ");
            // The compiler's warning begins with this word.
            let note = text.strip_prefix("Deprecated. ").unwrap_or(&text);
            (!said.value.is_bare() && !note.is_empty()).then(|| without_links(note))
        }))
    }
}

/// Escapes brackets, because rustdoc reads the note as Markdown and would take them for links.
fn without_links(note: &str) -> String {
    note.replace('[', "\\[").replace(']', "\\]")
}

impl Deprecated {
    pub(super) fn write(&self, out: &mut Tokens) {
        if self.0.is_some() {
            out.append(quote!(#self));
        }
    }
}

impl ToTokens for Deprecated {
    /// `#[deprecated(note = "…")]`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            None => {}
            Some(None) => tokens.extend(quote!(#[deprecated])),
            Some(Some(note)) => tokens.extend(quote!(#[deprecated(note = #note)])),
        }
    }
}

/// The lints that a module has to allow if it holds all of the code.
pub(super) fn allowed(model: &Model) -> Option<TokenStream> {
    has_any(model).then(|| {
        quote! {
            #![allow(deprecated, reason = "the service's own items are named here, deprecated or not")]
        }
    })
}

/// Returns true if any item of the code is deprecated.
fn has_any(model: &Model) -> bool {
    let in_type = |ty: &StructuredType| {
        ty.deprecation.is_some() || ty.properties.iter().any(|property| property.facts.deprecation.is_some())
    };
    let in_requests = model.requests.operations().any(|(_, operation)| operation.deprecation.is_some());
    let in_enums = model.enums.iter().flat_map(|ty| &ty.members).any(|member| member.deprecation.is_some());
    in_requests || in_enums || model.types.iter().chain(&model.requests.parameters).any(in_type)
}
