//! Generates an open Rust enum for an enum type: a variant for each member that the pages describe,
//! and `Other` for members that the service adds later.

use quote::quote;

use super::attributes::{self, Traits};
use super::deprecation::Deprecated;
use super::doc::{self, Doc};
use super::print::Tokens;
use super::template::Template;
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
pub(super) fn emit(ty: &OpenEnum, out: &mut Tokens) {
    declaration(ty, out);
    open_enum(ty, out);
    wire::value(&ty.name, "Member", out);
    conversions(ty, out);
    wire::serde(&ty.name, ty.prelude, ["write_value", "read_value"], out);
}

fn declaration(ty: &OpenEnum, out: &mut Tokens) {
    // A member that the service adds becomes a new variant. `#[non_exhaustive]` makes callers write
    // an arm for it beforehand.
    static ENUM: Template = Template::new(|| {
        quote! {
            $doc
            $attributes
            #[non_exhaustive]
            pub enum $name {
                $variants
                /// Any other member, as the service spells it.
                Other($box<str>),
            }
        }
    });
    static VARIANT: Template = Template::new(|| quote!($doc $deprecated $attributes $name,));
    let variant = |variant: &Variant, out: &mut Tokens| {
        VARIANT.write(
            out,
            &[
                ("doc", &|out| variant.doc.write(out)),
                ("deprecated", &|out| variant.deprecated.write(out)),
                ("attributes", &|out| out.append(attributes::others(&variant.attributes))),
                ("name", &|out| out.ident(&variant.name)),
            ],
        );
    };
    ENUM.write(
        out,
        &[
            ("doc", &|out| ty.doc.write(out)),
            ("attributes", &|out| out.append(TRAITS.with(&ty.attributes))),
            ("name", &|out| out.ident(&ty.name)),
            ("variants", &|out| ty.variants.iter().for_each(|one| variant(one, out))),
            ("box", &|out| out.code(ty.prelude.path("Box"))),
        ],
    );
}

fn open_enum(ty: &OpenEnum, out: &mut Tokens) {
    static OPEN_ENUM: Template = Template::new(|| {
        quote! {
            impl rt::OpenEnum for $name {
                const TYPE_NAME: &'static str = $type_name;
                #[inline]
                fn as_str(&self) -> &str {
                    match self {
                        $as_str
                        Self::Other(name) => name,
                    }
                }

                #[inline]
                fn from_name(name: &str) -> Self {
                    $from_name
                }
            }
        }
    });
    static AS_STR: Template = Template::new(|| quote!(Self::$variant => $member,));
    static MATCH: Template = Template::new(|| {
        quote! {
            match name {
                $arms
                _ => Self::Other(name.into()),
            }
        }
    });
    static FROM_NAME: Template = Template::new(|| quote!($member => Self::$variant,));
    static OTHER: Template = Template::new(|| quote!(Self::Other(name.into())));
    let each = |template: &Template, out: &mut Tokens| {
        for variant in &ty.variants {
            template.write(
                out,
                &[("variant", &|out| out.ident(&variant.name)), ("member", &|out| out.string(&variant.member))],
            );
        }
    };
    OPEN_ENUM.write(
        out,
        &[
            ("name", &|out| out.ident(&ty.name)),
            ("type_name", &|out| out.string(&ty.type_name)),
            ("as_str", &|out| each(&AS_STR, out)),
            ("from_name", &|out| match ty.variants.is_empty() {
                true => OTHER.write(out, &[]),
                false => MATCH.write(out, &[("arms", &|out| each(&FROM_NAME, out))]),
            }),
        ],
    );
}

fn conversions(ty: &OpenEnum, out: &mut Tokens) {
    static CONVERSIONS: Template = Template::new(|| {
        quote! {
            impl std::fmt::Display for $name {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.pad(rt::OpenEnum::as_str(self))
                }
            }

            impl $from<&str> for $name {
                #[inline]
                fn from(name: &str) -> Self {
                    rt::OpenEnum::from_name(name)
                }
            }

            impl std::str::FromStr for $name {
                type Err = std::convert::Infallible;

                #[inline]
                fn from_str(name: &str) -> $result<Self, Self::Err> {
                    Ok(rt::OpenEnum::from_name(name))
                }
            }
        }
    });
    CONVERSIONS.write(
        out,
        &[
            ("name", &|out| out.ident(&ty.name)),
            ("from", &|out| out.code(ty.prelude.path("From"))),
            ("result", &|out| out.code(ty.prelude.path("Result"))),
        ],
    );
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
