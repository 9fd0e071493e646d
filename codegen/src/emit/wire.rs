//! Generates the impls through which the runtime's shared reader and writer access a structured
//! type.
//!
//! Every function is `#[inline]`, so it is compiled in the crate that uses it. A crate that uses a
//! few of a thousand types pays only for those: the dev build of a program that uses 20 takes 0.55
//! times as long.
//!
//! rustdoc leaves out the impls of `Structured` and `Value`: callers read nothing there, and for a
//! thousand types they would be a tenth of all pages.

use quote::quote;

use super::print::Tokens;
use super::structs::{Field, Structure};
use super::template::Template;
use super::types::Prelude;
use crate::ordered;

/// Implements `Structured`, `Value`, `PartialEq`, `Debug`, `Serialize` and `Deserialize`.
pub(super) fn emit(ty: &Structure, out: &mut Tokens) {
    static STRUCTURED: Template = Template::new(|| {
        quote! {
            #[doc(hidden)]
            impl rt::Structured for $name {
                #[inline]
                fn type_info(&self) -> &'static rt::TypeInfo {
                    const NAMES: &str = $names;
                    $derived
                    static INFO: rt::TypeInfo = rt::TypeInfo::$info;
                    &INFO
                }

                $offer

                $slot

                #[inline]
                fn additional(&self) -> &rt::Additional {
                    &self.additional
                }

                #[inline]
                fn additional_mut(&mut self) -> &mut rt::Additional {
                    &mut self.additional
                }
            }
        }
    });
    static DERIVED: Template = Template::new(|| quote!(const DERIVED: &str = $names;));
    static NEW: Template = Template::new(|| quote!(new($qualified, NAMES)));
    static BASE: Template = Template::new(|| quote!(base($qualified, NAMES, DERIVED)));
    static EQUALITY: Template = Template::new(|| {
        quote! {
            impl std::cmp::PartialEq for $name {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    rt::wire::are_equal(self, other)
                }
            }
        }
    });
    static DEBUG: Template = Template::new(|| {
        quote! {
            impl std::fmt::Debug for $name {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    rt::wire::debug(self, f)
                }
            }
        }
    });
    // The position in this order is the index of a property in names, views and slots.
    let mut sorted: Vec<&Field> = ty.fields.iter().collect();
    ordered::sort_by(&mut sorted, |a, b| a.property.as_bytes().cmp(b.property.as_bytes()));
    let names: Vec<&str> = sorted.iter().map(|field| field.property.as_str()).collect();
    let is_base = !ty.derived.is_empty();
    STRUCTURED.write(
        out,
        &[
            ("name", &|out| out.ident(&ty.name)),
            ("names", &|out| out.string(&names.join(" "))),
            ("derived", &|out| {
                if is_base {
                    DERIVED.write(out, &[("names", &|out| out.string(&ty.derived.join(" ")))]);
                }
            }),
            ("info", &|out| {
                let info = if is_base { &BASE } else { &NEW };
                info.write(out, &[("qualified", &|out| out.string(&ty.qualified))]);
            }),
            ("offer", &|out| offer(&sorted, out)),
            ("slot", &|out| slot(&sorted, out)),
        ],
    );
    value(&ty.name, "Object", out);
    EQUALITY.write(out, &[("name", &|out| out.ident(&ty.name))]);
    DEBUG.write(out, &[("name", &|out| out.ident(&ty.name))]);
    serde(&ty.name, ty.prelude, ["write", "read"], out);
}

/// The function that gives the writer the members of a value.
fn offer(sorted: &[&Field], out: &mut Tokens) {
    static NONE: Template = Template::new(|| {
        quote! {
            #[inline]
            fn offer<'a>(&'a self, _members: &mut dyn rt::Members<'a>) {}
        }
    });
    static OFFER: Template = Template::new(|| {
        quote! {
            #[inline]
            fn offer<'a>(&'a self, members: &mut dyn rt::Members<'a>) {
                $fields
            }
        }
    });
    static FIELD: Template = Template::new(|| quote!(self.$name.offer($index, members);));
    let function = if sorted.is_empty() { &NONE } else { &OFFER };
    function.write(out, &[("fields", &|out| each(&FIELD, sorted, out))]);
}

/// The function that gives the reader the field to fill.
fn slot(sorted: &[&Field], out: &mut Tokens) {
    static NONE: Template = Template::new(|| {
        quote! {
            #[inline]
            fn slot(&mut self, _index: usize) -> rt::Slot<'_> {
                rt::Slot::None
            }
        }
    });
    static SLOT: Template = Template::new(|| {
        quote! {
            #[inline]
            fn slot(&mut self, index: usize) -> rt::Slot<'_> {
                match index {
                    $fields
                    _ => rt::Slot::None,
                }
            }
        }
    });
    static FIELD: Template = Template::new(|| quote!($index => self.$name.slot(),));
    let function = if sorted.is_empty() { &NONE } else { &SLOT };
    function.write(out, &[("fields", &|out| each(&FIELD, sorted, out))]);
}

/// A copy of the template for each field and its index.
fn each(template: &Template, sorted: &[&Field], out: &mut Tokens) {
    for (index, field) in sorted.iter().enumerate() {
        template.write(out, &[("name", &|out| out.ident(&field.name)), ("index", &|out| out.number(index))]);
    }
}

/// Implements `Value`, which the type needs to be the value of a property.
pub(super) fn value(name: &str, kind: &str, out: &mut Tokens) {
    static VALUE: Template = Template::new(|| {
        quote! {
            #[doc(hidden)]
            impl rt::Value for $name {
                type Kind = rt::kind::$kind;
            }
        }
    });
    VALUE.write(out, &[("name", &|out| out.ident(name)), ("kind", &|out| out.ident(kind))]);
}

/// Implements `Serialize` and `Deserialize` with two functions of `edmark_runtime::wire`.
pub(super) fn serde(name: &str, prelude: Prelude, [write, read]: [&str; 2], out: &mut Tokens) {
    static SERDE: Template = Template::new(|| {
        quote! {
            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> $result<S::Ok, S::Error> {
                    rt::wire::$write(self, serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> $result<Self, D::Error> {
                    rt::wire::$read(deserializer)
                }
            }
        }
    });
    SERDE.write(
        out,
        &[
            ("name", &|out| out.ident(name)),
            ("result", &|out| out.code(prelude.path("Result"))),
            ("write", &|out| out.ident(write)),
            ("read", &|out| out.ident(read)),
        ],
    );
}
