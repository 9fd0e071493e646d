//! A type that others derive from → the enum of the whole family, told apart by `@odata.type`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::Traits;
use super::code;
use super::doc::{self, Doc};
use super::types::{Prelude, Scope};
use super::wire::{self, ValueBodies};
use crate::model::{self, StructuredType};
use crate::user_code::Attributes;

/// What the enum of a family is made of.
#[derive(Hash)]
pub(crate) struct Family {
    /// The enum: `AnyDirectoryObject`.
    name: String,
    doc: Doc,
    /// The derives of the base: a struct with a field of this type can only derive what this type
    /// has.
    derives: Attributes,
    /// The base's name in the service.
    base: String,
    /// The base, then all that derive from it.
    variants: Vec<Variant>,
    prelude: Prelude,
}

/// A type of a family.
#[derive(Hash)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The struct.
    pub(crate) path: String,
    /// The type's name in the service.
    pub(crate) qualified: String,
}

impl Family {
    /// The family of a type.
    pub(crate) fn of(scope: &Scope<'_>, ty: &StructuredType, family: &model::Family) -> Self {
        let mut doc = Doc::default();
        doc.text(&format!(
            "[`{}`]({}) or a type that derives from it: the `@odata.type` says which.",
            ty.rust.name,
            scope.path(&ty.rust, &ty.rust.name)
        ));
        Family {
            name: family.name.clone(),
            doc,
            derives: Attributes { others: Vec::new(), ..ty.added.own.clone() },
            base: ty.name.to_string(),
            variants: variants(scope, family),
            prelude: scope.prelude(),
        }
    }
}

/// The variants of a family, each with the path of its type.
pub(crate) fn variants(scope: &Scope<'_>, family: &model::Family) -> Vec<Variant> {
    let variant = |variant: &model::Variant| {
        let ty = scope.model.structured(variant.ty);
        let path = scope.path(&ty.rust, &ty.rust.name);
        Variant { name: variant.rust_name.clone(), path, qualified: ty.name.to_string() }
    };
    family.variants.iter().map(variant).collect()
}

/// The other impls are those below and of `wire`.
const TRAITS: Traits =
    Traits { derived: &["Clone", "Debug", "PartialEq"], implemented: &["Default", "Serialize", "Deserialize"] };

/// The enum and its impls.
pub(super) fn emit(family: &Family) -> TokenStream {
    let Family { doc, prelude, .. } = family;
    let attributes = TRAITS.with(&family.derives);
    let any = code::ident(&family.name);
    let [boxed, default, from] = ["Box", "Default", "From"].map(|name| prelude.tokens(name));
    let variants: Vec<_> = family.variants.iter().map(|variant| code::ident(&variant.name)).collect();
    let types: Vec<_> = family.variants.iter().map(|variant| code::tokens(&variant.path)).collect();
    let docs = family.variants.iter().map(|variant| {
        let mut doc = Doc::default();
        doc.text(&format!("{}.", doc::code(&variant.qualified)));
        doc
    });
    let polymorphic = polymorphic(family);
    let (base, base_type) = (variants.first(), types.first());
    let value = wire::value(
        &family.name,
        *prelude,
        &ValueBodies {
            blank: quote!(Self::default()),
            view: quote!(rt::polymorphic::view(self)),
            slot: quote!(rt::Slot::variant(self)),
            optional: None,
        },
    );
    let serde = wire::serde(&family.name, *prelude, &quote!(write_value), &quote!(read_value));
    // The next type that derives from the base gets a variant. Queries name properties by the
    // constants of the base.
    quote! {
        #doc
        #attributes
        #[non_exhaustive]
        pub enum #any {
            #(#docs #variants(#boxed<#types>),)*
        }

        #polymorphic

        impl rt::query::Target for #any {
            type Owner = #base_type;
        }

        impl #default for #any {
            #[inline]
            fn default() -> Self {
                Self::#base(#boxed::default())
            }
        }

        #(
            impl #from<#types> for #any {
                #[inline]
                fn from(value: #types) -> Self {
                    Self::#variants(#boxed::new(value))
                }
            }
        )*

        #value

        #serde
    }
}

fn polymorphic(family: &Family) -> TokenStream {
    let any = code::ident(&family.name);
    let boxed = family.prelude.tokens("Box");
    let base = &family.base;
    let variants: Vec<_> = family.variants.iter().map(|variant| code::ident(&variant.name)).collect();
    let names = family.variants.iter().map(|variant| &variant.qualified);
    let derived = variants.iter().skip(1);
    let indices = (1..variants.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl rt::Polymorphic for #any {
            const BASE: &'static str = #base;

            #[inline]
            fn for_tag(tag: &str) -> Self {
                const NAMES: &[&str] = &[#(#names),*];
                match rt::polymorphic::find(tag, NAMES) {
                    #(Some(#indices) => Self::#derived(#boxed::default()),)*
                    _ => Self::default(),
                }
            }

            #[inline]
            fn as_structured(&self) -> &dyn rt::Structured {
                match self {
                    #(Self::#variants(value) => &**value,)*
                }
            }

            #[inline]
            fn as_structured_mut(&mut self) -> &mut dyn rt::Structured {
                match self {
                    #(Self::#variants(value) => &mut **value,)*
                }
            }
        }
    }
}
