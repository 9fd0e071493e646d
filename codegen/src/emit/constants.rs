//! Generates the associated constants of a structured type: its type tag and its property names.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{self, Once};
use super::structs::{Field, Structure};

/// The `impl` with the constants.
pub(super) fn emit(ty: &Structure) -> TokenStream {
    let name = code::ident(&ty.name);
    let tag = code::text(&format!("#{}", ty.qualified));
    let constants = constants(ty);
    quote! {
        /// Names of the properties, for queries, an [`Update`](rt::Update) and [`With`](rt::With).
        impl #name {
            /// The value of `@odata.type` for this type.
            pub const ODATA_TYPE: &'static str = #tag;
            #constants
        }
    }
}

/// The same for the parameters of an action, which are not a type of the service.
pub(super) fn emit_of_parameters(ty: &Structure) -> TokenStream {
    if ty.fields.is_empty() {
        return TokenStream::new();
    }
    let name = code::ident(&ty.name);
    let constants = constants(ty);
    quote! {
        /// Names of the parameters, for [`With`](rt::With).
        impl #name {
            #constants
        }
    }
}

fn constants(ty: &Structure) -> Once {
    let constant = |field: &Field| {
        let (doc, deprecated) = (&field.constant_doc, &field.deprecated);
        let name = code::ident(&field.constant);
        let value = Once::from(code::tokens(&field.value));
        let property = code::text(&field.property);
        // The constant's type does not depend on what pages say about the property, because that
        // changes.
        let new = if field.is_read_only { quote!(read_only) } else { quote!(new) };
        quote! {
            #doc
            #deprecated
            pub const #name: rt::Property<Self, #value> = rt::Property::#new(#property);
        }
    };
    Once::from(ty.fields.iter().map(constant).collect::<TokenStream>())
}
