//! Generates an open Rust enum for an enum type: a variant for each member that the pages describe,
//! and `Other` for members that the service adds later.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{self, Traits};
use super::code::{self, Once};
use super::deprecation::Deprecated;
use super::doc::{self, Doc};
use super::types::{Prelude, Scope};
use super::wire;
use crate::model::{EnumType, Member};
use crate::user_code::Attributes;

/// The input of the template of an open enum.
#[derive(Hash)]
pub(crate) struct OpenEnum {
    name: String,
    /// The full name of the type, which some services want before members in URLs.
    type_name: String,
    doc: Doc,
    attributes: Attributes,
    variants: Vec<Variant>,
    prelude: Prelude,
}

/// A member that the pages describe.
#[derive(Hash)]
struct Variant {
    /// The variant: `NotAdult`.
    name: String,
    doc: Doc,
    deprecated: Deprecated,
    attributes: Attributes,
    /// The member's name in the service: `notAdult`.
    member: String,
}

impl OpenEnum {
    /// An enum type of the service.
    pub(crate) fn of(scope: &Scope<'_>, ty: &EnumType) -> Self {
        let variant = |member: &Member| Variant {
            name: member.rust_variant.clone(),
            doc: member_doc(scope, member),
            deprecated: Deprecated::of(member.deprecation.as_ref()),
            attributes: ty.added.member(&member.name),
            member: member.name.clone(),
        };
        OpenEnum {
            name: ty.rust.name.clone(),
            type_name: ty.name.to_string(),
            doc: type_doc(scope, ty),
            attributes: ty.added.own.clone(),
            variants: ty.members.iter().map(variant).collect(),
            prelude: scope.prelude(),
        }
    }
}

/// The template derives these; the other traits are implemented below and in `wire`.
const TRAITS: Traits =
    Traits { derived: &["Clone", "Debug", "PartialEq", "Eq", "Hash"], implemented: &["Serialize", "Deserialize"] };

/// The enum and its impls.
pub(super) fn emit(ty: &OpenEnum) -> TokenStream {
    let declaration = declaration(ty);
    let open_enum = open_enum(ty);
    let value = wire::value(&ty.name, &quote!(Member));
    let conversions = conversions(ty);
    let serde = wire::serde(&ty.name, ty.prelude, &quote!(write_value), &quote!(read_value));
    [declaration, open_enum, value, conversions, serde].into_iter().collect()
}

fn declaration(ty: &OpenEnum) -> TokenStream {
    let doc = &ty.doc;
    let attributes = TRAITS.with(&ty.attributes);
    let name = code::ident(&ty.name);
    let boxed = ty.prelude.tokens("Box");
    let variants = ty.variants.iter().map(|variant| {
        let (doc, deprecated) = (&variant.doc, &variant.deprecated);
        let attributes = attributes::others(&variant.attributes);
        let name = code::ident(&variant.name);
        Once::from(quote!(#doc #deprecated #attributes #name,))
    });
    // A member that the service adds becomes a new variant. `#[non_exhaustive]` makes callers write
    // an arm for it beforehand.
    quote! {
        #doc
        #attributes
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other member, as the service spells it.
            Other(#boxed<str>),
        }
    }
}

fn open_enum(ty: &OpenEnum) -> TokenStream {
    let name = code::ident(&ty.name);
    let variants: Vec<_> = ty.variants.iter().map(|variant| code::ident(&variant.name)).collect();
    let members: Vec<_> = ty.variants.iter().map(|variant| code::text(&variant.member)).collect();
    let from_name = match variants.is_empty() {
        true => quote!(Self::Other(name.into())),
        false => quote! {
            match name {
                #(#members => Self::#variants,)*
                _ => Self::Other(name.into()),
            }
        },
    };
    let type_name = &ty.type_name;
    quote! {
        impl rt::OpenEnum for #name {
            const TYPE_NAME: &'static str = #type_name;
            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #members,)*
                    Self::Other(name) => name,
                }
            }

            #[inline]
            fn from_name(name: &str) -> Self {
                #from_name
            }
        }
    }
}

fn conversions(ty: &OpenEnum) -> TokenStream {
    let name = code::ident(&ty.name);
    let from = ty.prelude.tokens("From");
    let result = ty.prelude.tokens("Result");
    quote! {
        impl std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(rt::OpenEnum::as_str(self))
            }
        }

        impl #from<&str> for #name {
            #[inline]
            fn from(name: &str) -> Self {
                rt::OpenEnum::from_name(name)
            }
        }

        impl std::str::FromStr for #name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(name: &str) -> #result<Self, Self::Err> {
                Ok(rt::OpenEnum::from_name(name))
            }
        }
    }
}

fn type_doc(scope: &Scope<'_>, ty: &EnumType) -> Doc {
    let mut doc = Doc::default();
    if let Some(text) = &ty.description {
        doc.description(text, scope);
    }
    let kind = if ty.is_flags { "Flags enum type" } else { "Enum type" };
    doc.text(&format!("{kind} {}.", doc::code(&ty.name.to_string())));
    // An enum that only a correction describes has no page.
    doc.pages(scope.model.pages.get(&ty.page).into_iter());
    doc
}

fn member_doc(scope: &Scope<'_>, member: &Member) -> Doc {
    let mut doc = Doc::default();
    let name = doc::code(&member.name);
    if let Some(text) = &member.description {
        doc.description_of(member.deprecation.as_ref(), text, scope);
    }
    match member.value {
        Some(value) => doc.text(&format!("{name}, {value}.")),
        None => doc.text(&format!("{name}.")),
    }
    doc
}
