//! Generates the associated constants of a structured type: its type tag and its property names.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::Tokens;
use super::structs::{Field, Structure};
use super::template::Template;

fn of_type() -> TokenStream {
    quote! {
        /// Names of the properties, for queries, an [`Update`](rt::Update) and [`With`](rt::With).
        impl $name {
            /// The value of `@odata.type` for this type.
            pub const ODATA_TYPE: &'static str = $tag;
            $constants
        }
    }
}

/// The `impl` with the constants.
pub(super) fn emit(ty: &Structure, out: &mut Tokens) {
    static CONSTANTS: Template = Template::new(of_type);
    CONSTANTS.write(
        out,
        &[
            ("name", &|out| out.ident(&ty.name)),
            ("tag", &|out| out.string(&format!("#{}", ty.qualified))),
            ("constants", &|out| ty.fields.iter().for_each(|field| constant(field, out))),
        ],
    );
}

/// The same for the parameters of an action, which are not a type of the service.
pub(super) fn emit_of_parameters(ty: &Structure, out: &mut Tokens) {
    static CONSTANTS: Template = Template::new(|| {
        quote! {
            /// Names of the parameters, for [`With`](rt::With).
            impl $name {
                $constants
            }
        }
    });
    if ty.fields.is_empty() {
        return;
    }
    CONSTANTS.write(
        out,
        &[
            ("name", &|out| out.ident(&ty.name)),
            ("constants", &|out| ty.fields.iter().for_each(|field| constant(field, out))),
        ],
    );
}

fn constant(field: &Field, out: &mut Tokens) {
    static CONSTANT: Template = Template::new(|| {
        quote! {
            $doc
            $deprecated
            pub const $name: rt::Property<Self, $value> = rt::Property::$new($property);
        }
    });
    CONSTANT.write(
        out,
        &[
            ("doc", &|out| field.constant_doc.write(out)),
            ("deprecated", &|out| field.deprecated.write(out)),
            ("name", &|out| out.ident(&field.constant)),
            ("value", &|out| out.code(&field.value)),
            // The constant's type does not depend on what pages say about the property: that may
            // change.
            ("new", &|out| out.ident(if field.is_read_only { "read_only" } else { "new" })),
            ("property", &|out| out.string(&field.property)),
        ],
    );
}
