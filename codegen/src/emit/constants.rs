//! A structured type → the constants of its type tag and its property names.

use proc_macro2::TokenStream;
use quote::quote;

use super::code;
use super::structs::Structure;
use super::types::Scope;
use crate::model::Property;

/// The `impl` with the constants.
pub(super) fn emit(ty: &Structure) -> TokenStream {
    let name = code::ident(&ty.name);
    let tag = format!("#{}", ty.qualified);
    let constants = ty.fields.iter().map(|field| {
        let doc = &field.constant_doc;
        let name = code::ident(&field.constant);
        let parameters = field.parameters.iter().map(|ty| code::tokens(ty));
        let property = &field.property;
        quote! {
            #doc
            pub const #name: rt::Property<Self #(, #parameters)*> = rt::Property::new(#property);
        }
    });
    quote! {
        impl #name {
            /// The value of `@odata.type` for this type.
            pub const ODATA_TYPE: &'static str = #tag;
            #(#constants)*
        }
    }
}

/// What stands behind the owner in a constant's type: the type of the values, and what may be done
/// where that is not everything.
pub(crate) fn parameters(scope: &Scope<'_>, property: &Property) -> Vec<String> {
    let mut all = vec![scope.property(&property.ty)];
    if property.facts.read_only.is_some() {
        all.push("rt::ReadOnly".to_owned());
    }
    all
}
