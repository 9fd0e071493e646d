//! Generates the beginning of a crate's root file: its documentation and its lints.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::deprecation;
use super::super::features::{ALL, Features};
use super::super::requests::example::Examples;
use super::front_page;
use crate::model::Model;

/// The attributes of the crate.
pub(crate) fn emit(model: &Model, features: &Features, examples: Option<&Examples<'_>>) -> TokenStream {
    let (doc, allowed) = (front_page::documentation(model, features, examples).inner(), deprecation::allowed(model));
    // Comments name what other features have.
    let partial = (!features.roots.is_empty())
        .then(|| quote!(#![cfg_attr(not(feature = #ALL), allow(rustdoc::broken_intra_doc_links))]));
    let names = (!identifiers(model).all(str::is_ascii)).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "the service's own names"
            )]
        }
    });
    quote! {
        #doc
        #![doc(html_no_source)]
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #partial
        #allowed
        #names
    }
}

/// All names that come from the service.
fn identifiers(model: &Model) -> impl Iterator<Item = &str> {
    let of_types = model.types.iter().chain(&model.requests.parameters).flat_map(|ty| {
        let properties = ty.properties.iter().map(|property| property.rust_field.as_str());
        properties.chain([ty.rust.name.as_str()])
    });
    let of_enums = model.enums.iter().flat_map(|ty| {
        let members = ty.members.iter().map(|member| member.rust_variant.as_str());
        members.chain([ty.rust.name.as_str()])
    });
    let of_requests = model.requests.builders.iter().flat_map(|builder| {
        let steps = builder.steps.iter().map(|step| (&step.rust_name, &step.parameters));
        let operations = builder.operations.iter().map(|operation| (&operation.rust_name, &operation.parameters));
        let functions = steps.chain(operations).flat_map(|(name, parameters)| {
            parameters.iter().map(|parameter| parameter.rust_name.as_str()).chain([name.as_str()])
        });
        functions.chain([builder.rust_name.as_str()])
    });
    of_types.chain(of_enums).chain(of_requests)
}
