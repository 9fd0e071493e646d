//! An enum type → an open Rust enum: the members that the pages describe, and `Other` for all that come later.

use super::doc::{self, Doc};
use super::text::{Text, literal};
use super::types::Scope;
use super::wire;
use crate::model::{EnumType, Member};

/// The enum and its impls.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &EnumType) {
    let name = &ty.rust.name;
    let boxed = scope.prelude("Box");
    type_doc(scope, ty).write(out, 0, "///");
    out.line(0, "#[derive(Clone, Debug, PartialEq, Eq, Hash)]");
    // A member that joins later gets a variant; callers have an arm for it already.
    out.line(0, "#[non_exhaustive]");
    out.line(0, &format!("pub enum {name} {{"));
    for member in &ty.members {
        member_doc(scope, member).write(out, 1, "///");
        out.line(1, &format!("{},", member.rust_variant));
    }
    out.line(1, "/// A member that the pages do not describe, as the service spells it.");
    out.line(1, &format!("Other({boxed}<str>),"));
    out.line(0, "}");
    open_enum(out, ty);
    let view = "rt::View::Str(rt::OpenEnum::as_str(self))";
    let [slot, optional] = ["rt::Slot::scalar(self)", "rt::Slot::scalar(place)"];
    wire::value(out, scope, name, &["Self::Other(\"\".into())", view, slot, optional]);
    conversions(out, scope, name);
    wire::serde(out, scope, name, "write_value", "read_value");
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
        doc.description(text, scope);
    }
    match member.value {
        Some(value) => doc.text(&format!("{name}, {value}.")),
        None => doc.text(&format!("{name}.")),
    }
    doc
}

fn open_enum(out: &mut Text, ty: &EnumType) {
    out.push("\n");
    out.impl_header("", "rt::OpenEnum", &ty.rust.name);
    out.item(1, |out| {
        out.line(1, wire::INLINE);
        out.line(1, "fn as_str(&self) -> &str {");
        out.line(2, "match self {");
        for member in &ty.members {
            out.arm(3, &format!("Self::{}", member.rust_variant), &literal(&member.name));
        }
        out.line(3, "Self::Other(name) => name,");
        out.line(2, "}");
        out.line(1, "}");
    });
    out.push("\n");
    out.item(1, |out| {
        out.line(1, wire::INLINE);
        out.line(1, "fn from_name(name: &str) -> Self {");
        if ty.members.is_empty() {
            out.line(2, "Self::Other(name.into())");
        } else {
            out.line(2, "match name {");
            for member in &ty.members {
                out.arm(3, &literal(&member.name), &format!("Self::{}", member.rust_variant));
            }
            out.line(3, "_ => Self::Other(name.into()),");
            out.line(2, "}");
        }
        out.line(1, "}");
    });
    out.line(0, "}");
}

fn conversions(out: &mut Text, scope: &Scope<'_>, name: &str) {
    let result = scope.prelude("Result");
    out.push("\n");
    out.impl_header("", "std::fmt::Display", name);
    out.push(
        "    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(rt::OpenEnum::as_str(self))
    }
}
",
    );
    out.push("\n");
    out.impl_header("", &format!("{}<&str>", scope.prelude("From")), name);
    out.push(
        "    #[inline]
    fn from(name: &str) -> Self {
        rt::OpenEnum::from_name(name)
    }
}
",
    );
    out.push("\n");
    out.impl_header("", "std::str::FromStr", name);
    out.push("    type Err = std::convert::Infallible;\n\n");
    out.line(1, wire::INLINE);
    out.line(1, &format!("fn from_str(name: &str) -> {result}<Self, Self::Err> {{"));
    out.line(2, "Ok(rt::OpenEnum::from_name(name))");
    out.line(1, "}");
    out.line(0, "}");
}
