//! Generates the conversions between a base type and the types that derive from it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::code;
use super::doc::{self, Doc};
use super::structs::Structure;
use super::types::{Prelude, Scope};
use crate::model;

/// The input of the template of a family's enum, which shows a value as the type that it really
/// has.
#[derive(Hash)]
pub(crate) struct Family {
    /// The enum: `AnyDirectoryObject`.
    name: String,
    doc: Doc,
    /// One for the base, then one for each type that derives from it.
    variants: Vec<Variant>,
    prelude: Prelude,
}

/// A variant of the enum, which stands for one type.
#[derive(Hash)]
struct Variant {
    name: String,
    /// The path of the struct.
    path: String,
    /// The type's name in the service.
    qualified: String,
}

impl Family {
    /// The family of a type.
    pub(crate) fn of(scope: &Scope<'_>, ty: &model::StructuredType, family: &model::Family) -> Self {
        let mut doc = Doc::default();
        let name = &ty.rust.name;
        let path = scope.path(&ty.rust, name);
        doc.text(&format!(
            "A [`{name}`]({path}) as the type that its `@odata.type` names: what [`{name}::known`]({path}::known) \
             gives. One of a type that is not known here is the base, with all that it has."
        ));
        let variant = |variant: &model::Variant| {
            let ty = scope.model.structured(variant.ty);
            let path = scope.path(&ty.rust, &ty.rust.name);
            Variant { name: variant.rust_name.clone(), path, qualified: ty.name.to_string() }
        };
        let variants = family.variants.iter().map(variant).collect();
        Family { name: family.name.clone(), doc, variants, prelude: scope.prelude() }
    }
}

/// The enum of a family.
pub(super) fn emit(family: &Family) -> TokenStream {
    let Family { doc, prelude, .. } = family;
    let any = code::ident(&family.name);
    let boxed = prelude.tokens("Box");
    let variants = family.variants.iter().map(|variant| {
        let mut doc = Doc::default();
        doc.text(&format!("{}.", doc::code(&variant.qualified)));
        let (name, path) = (code::ident(&variant.name), code::tokens(&variant.path));
        quote!(#doc #name(#boxed<#path>))
    });
    // The next type that derives from the base becomes a new variant.
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #any {
            #(#variants,)*
        }
    }
}

/// The functions that convert a base type to its derived types. Empty if nothing derives from it.
pub(super) fn emit_downcasts(ty: &Structure, family: Option<&Family>) -> TokenStream {
    if ty.derived.is_empty() {
        return TokenStream::new();
    }
    let name = code::ident(&ty.name);
    let [option, result] = ["Option", "Result"].map(|name| ty.prelude.tokens(name));
    let known = family.map(emit_known);
    quote! {
        impl #name {
            /// Returns true if this is a `D`, or of a type derived from `D`, by its `@odata.type`.
            pub fn is<D: rt::DerivedFrom<Self> + rt::Structured + rt::Value>(&self) -> bool {
                rt::derived::is::<D>(self)
            }

            /// Converts this to a `D`; if it is not one, it is returned unchanged. Nothing is lost.
            #[allow(clippy::result_large_err, reason = "the value itself is given back")]
            pub fn downcast<D: rt::DerivedFrom<Self> + rt::Structured + rt::Value>(self) -> #result<D, Self> {
                rt::derived::downcast(self)
            }

            /// A copy of this as a `D`; `None` if it is not one.
            #[doc(alias = "downcast_ref")]
            pub fn to<D: rt::DerivedFrom<Self> + rt::Structured + rt::Value>(&self) -> #option<D> {
                rt::derived::to(self)
            }

            #known
        }
    }
}

fn emit_known(family: &Family) -> TokenStream {
    let any = code::ident(&family.name);
    let boxed = family.prelude.tokens("Box");
    let derived = family.variants.get(1..).unwrap_or_default();
    let names: Vec<&str> = derived.iter().map(|variant| variant.qualified.as_str()).collect();
    let names = names.join(" ");
    let indices = (0..derived.len()).map(Literal::usize_unsuffixed);
    let variants = derived.iter().map(|variant| code::ident(&variant.name));
    let base = family.variants.first().map(|variant| code::ident(&variant.name));
    quote! {
        /// Converts this to the type that its `@odata.type` names, for a `match`.
        pub fn known(self) -> #any {
            const NAMES: &str = #names;
            match rt::derived::find(&self, NAMES) {
                #(Some(#indices) => #any::#variants(rt::derived::convert(self)),)*
                _ => #any::#base(#boxed::new(self)),
            }
        }
    }
}

/// The conversions of a derived type to its base types. Empty if it has no base.
pub(super) fn emit_upcasts(ty: &Structure) -> TokenStream {
    if ty.bases.is_empty() {
        return TokenStream::new();
    }
    let name = code::ident(&ty.name);
    let bases = ty.bases.iter().map(|base| code::tokens(base));
    quote! {
        rt::derived_from!(#name: #(#bases),*);
    }
}
