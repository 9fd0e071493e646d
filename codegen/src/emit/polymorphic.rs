//! A type that others derive from → the enum of the whole family, told apart by `@odata.type`.

use super::text::{Text, literal};
use super::types::Scope;
use super::{doc, wire};
use crate::model::{self, Family, StructuredType};

/// A type of a family.
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) qualified: String,
}

/// The enum and its impls.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, family: &Family) {
    let any = family.name.as_str();
    let variants = variants(scope, family);
    let boxed = scope.prelude("Box");
    let mut text = doc::Doc::default();
    text.text(&format!(
        "[`{}`]({}) or a type that derives from it: the `@odata.type` says which.",
        ty.rust.name,
        scope.path(&ty.rust, &ty.rust.name)
    ));
    text.write(out, 0, "///");
    out.line(0, "#[derive(Clone, Debug, PartialEq)]");
    // The next type that derives from it gets a variant.
    out.line(0, "#[non_exhaustive]");
    out.item(0, |out| {
        out.line(0, &format!("pub enum {any} {{"));
        for variant in &variants {
            let mut doc = doc::Doc::default();
            doc.text(&format!("{}.", doc::code(&variant.qualified)));
            doc.write(out, 1, "///");
            out.line(1, &format!("{}({boxed}<{}>),", variant.name, variant.path));
        }
        out.line(0, "}");
    });
    polymorphic(out, scope, ty, any, &variants);
    let base = &variants[0].name;
    out.push("\n");
    // Queries name properties by the constants of the base.
    out.impl_header("", "rt::query::Target", any);
    out.line(1, &format!("type Owner = {};", variants[0].path));
    out.line(0, "}");
    out.push("\n");
    out.impl_header("", scope.prelude("Default"), any);
    out.line(1, wire::INLINE);
    out.line(1, "fn default() -> Self {");
    out.line(2, &format!("Self::{base}({boxed}::default())"));
    out.line(1, "}");
    out.line(0, "}");
    for variant in &variants {
        out.push("\n");
        out.item(0, |out| {
            out.impl_header("", &format!("{}<{}>", scope.prelude("From"), variant.path), any);
            out.line(1, wire::INLINE);
            out.line(1, &format!("fn from(value: {}) -> Self {{", variant.path));
            out.line(2, &format!("Self::{}({boxed}::new(value))", variant.name));
            out.line(1, "}");
            out.line(0, "}");
        });
    }
    wire::value(out, scope, any, &["Self::default()", "rt::polymorphic::view(self)", "rt::Slot::variant(self)"]);
    wire::serde(out, scope, any, "write_value", "read_value");
}

/// The variants of a family, each with the path of its type.
pub(crate) fn variants(scope: &Scope<'_>, family: &Family) -> Vec<Variant> {
    let variant = |variant: &model::Variant| {
        let ty = scope.model.structured(variant.ty);
        let path = scope.path(&ty.rust, &ty.rust.name);
        Variant { name: variant.rust_name.clone(), path, qualified: ty.name.to_string() }
    };
    family.variants.iter().map(variant).collect()
}

fn polymorphic(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, any: &str, variants: &[Variant]) {
    let boxed = scope.prelude("Box");
    out.push("\n");
    out.impl_header("", "rt::Polymorphic", any);
    out.binding(1, "const BASE: &'static str", &literal(&ty.name.to_string()));
    out.push("\n");
    out.item(1, |out| {
        out.line(1, wire::INLINE);
        out.line(1, "fn for_tag(tag: &str) -> Self {");
        out.names(2, variants.iter().map(|variant| variant.qualified.as_str()));
        out.line(2, "match rt::polymorphic::find(tag, NAMES) {");
        for (index, variant) in variants.iter().enumerate().skip(1) {
            out.arm(3, &format!("Some({index})"), &format!("Self::{}({boxed}::default())", variant.name));
        }
        out.line(3, "_ => Self::default(),");
        out.line(2, "}");
        out.line(1, "}");
    });
    for (signature, body) in [
        ("fn as_structured(&self) -> &dyn rt::Structured {", "&**value"),
        ("fn as_structured_mut(&mut self) -> &mut dyn rt::Structured {", "&mut **value"),
    ] {
        out.push("\n");
        out.item(1, |out| {
            out.line(1, wire::INLINE);
            out.line(1, signature);
            out.line(2, "match self {");
            for variant in variants {
                out.arm(3, &format!("Self::{}(value)", variant.name), body);
            }
            out.line(2, "}");
            out.line(1, "}");
        });
    }
    out.line(0, "}");
}
