//! Generates the impls through which the runtime's shared reader and writer access a structured
//! type.
//!
//! Every function is `#[inline]`, so it is compiled in the crate that uses it. A crate that uses a
//! few of a thousand types pays only for those: the dev build of a program that uses 20 takes 0.55
//! times as long.
//!
//! rustdoc leaves out the impls of `Structured` and `Value`: callers read nothing there, and for a
//! thousand types they would be a tenth of all pages.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::code::{self, Once};
use super::structs::{Field, Structure};
use super::types::Prelude;

use crate::ordered;

/// Implements `Structured`, `Value`, `PartialEq`, `Debug`, `Serialize` and `Deserialize`.
pub(super) fn emit(ty: &Structure) -> TokenStream {
    let name = code::ident(&ty.name);
    let qualified = code::text(&ty.qualified);
    // The position in this order is the index of a property in names, views and slots.
    let mut sorted: Vec<&Field> = ty.fields.iter().collect();
    ordered::sort_by(&mut sorted, |a, b| a.property.as_bytes().cmp(b.property.as_bytes()));
    let names: Vec<&str> = sorted.iter().map(|field| field.property.as_str()).collect();
    let names = code::text(&names.join(" "));
    let new = match ty.derived.is_empty() {
        true => quote!(new(#qualified, NAMES)),
        false => quote!(base(#qualified, NAMES, DERIVED)),
    };
    let derived = (!ty.derived.is_empty()).then(|| {
        let names = code::text(&ty.derived.join(" "));
        quote!(const DERIVED: &str = #names;)
    });
    let offer = Once::from(offer(&sorted));
    let slot = Once::from(slot(&sorted));
    let value = value(&ty.name, &quote!(Object));
    let serde = serde(&ty.name, ty.prelude, &quote!(write), &quote!(read));
    let structured = quote! {
        #[doc(hidden)]
        impl rt::Structured for #name {
            #[inline]
            fn type_info(&self) -> &'static rt::TypeInfo {
                const NAMES: &str = #names;
                #derived
                static INFO: rt::TypeInfo = rt::TypeInfo::#new;
                &INFO
            }

            #offer

            #slot

            #[inline]
            fn additional(&self) -> &rt::Additional {
                &self.additional
            }

            #[inline]
            fn additional_mut(&mut self) -> &mut rt::Additional {
                &mut self.additional
            }
        }

    };
    let equality = quote! {
        impl std::cmp::PartialEq for #name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                rt::wire::are_equal(self, other)
            }
        }
    };
    let debug = quote! {
        impl std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                rt::wire::debug(self, f)
            }
        }
    };
    [structured, value, equality, debug, serde].into_iter().collect()
}

/// The function that gives the writer the members of a value.
fn offer(sorted: &[&Field]) -> TokenStream {
    if sorted.is_empty() {
        return quote! {
            #[inline]
            fn offer<'a>(&'a self, _members: &mut dyn rt::Members<'a>) {}
        };
    }
    let fields = sorted.iter().map(|field| code::ident(&field.name));
    let indices = (0..sorted.len()).map(Literal::usize_unsuffixed);
    quote! {
        #[inline]
        fn offer<'a>(&'a self, members: &mut dyn rt::Members<'a>) {
            #(self.#fields.offer(#indices, members);)*
        }
    }
}

/// The function that gives the reader the field to fill.
fn slot(sorted: &[&Field]) -> TokenStream {
    if sorted.is_empty() {
        return quote! {
            #[inline]
            fn slot(&mut self, _index: usize) -> rt::Slot<'_> {
                rt::Slot::None
            }
        };
    }
    let fields = sorted.iter().map(|field| code::ident(&field.name));
    let indices = (0..sorted.len()).map(Literal::usize_unsuffixed);
    quote! {
        #[inline]
        fn slot(&mut self, index: usize) -> rt::Slot<'_> {
            match index {
                #(#indices => self.#fields.slot(),)*
                _ => rt::Slot::None,
            }
        }
    }
}

/// Implements `Value`, which the type needs to be the value of a property.
pub(super) fn value(name: &str, kind: &TokenStream) -> TokenStream {
    let name = code::ident(name);
    quote! {
        #[doc(hidden)]
        impl rt::Value for #name {
            type Kind = rt::kind::#kind;
        }
    }
}

/// Implements `Serialize` and `Deserialize` with the functions of `edmark_runtime::wire`.
pub(super) fn serde(name: &str, prelude: Prelude, write: &TokenStream, read: &TokenStream) -> TokenStream {
    let name = code::ident(name);
    let result = prelude.tokens("Result");
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                rt::wire::#write(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                rt::wire::#read(deserializer)
            }
        }
    }
}
