//! A structured type → what the shared reader and writer need of it, and the traits that lead there.

use super::structs::Member;
use super::text::{Text, literal};
use super::types::Scope;
use crate::model::{Property, StructuredType};

/// Before every function: it is compiled where it is used, not with the models. A crate that uses a few of a thousand types pays for these few: the
/// dev build of a program that uses 20 takes 0.55 times as long.
pub(crate) const INLINE: &str = "#[inline]";

/// `Structured`, `Value`, `Debug`, `Serialize` and `Deserialize`.
pub(crate) fn emit(out: &mut Text, scope: &Scope<'_>, ty: &StructuredType, members: &[Member<'_>]) {
    structured(out, ty, members);
    // Not `Self::default()`: that may be a method of the service.
    let blank = format!("{}::default()", scope.prelude("Default"));
    value(out, scope, &ty.rust.name, &[&blank, "rt::View::object(self)", "rt::Slot::object(self)"]);
    debug(out, &ty.rust.name);
    serde(out, scope, &ty.rust.name, "write", "read");
}

fn structured(out: &mut Text, ty: &StructuredType, members: &[Member<'_>]) {
    // The position in this order is the index that names, views and slots share.
    let mut sorted: Vec<_> = members.iter().map(|member| member.property).collect();
    sorted.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    out.push("\n");
    out.impl_header("", "rt::Structured", &ty.rust.name);
    out.line(1, INLINE);
    out.line(1, "fn type_info(&self) -> &'static rt::TypeInfo {");
    let name = literal(&ty.name.to_string());
    let names: Vec<&str> = sorted.iter().map(|property| property.name.as_str()).collect();
    out.words_binding(2, "const NAMES: &str", &names);
    out.call_binding(2, "static INFO: rt::TypeInfo", "rt::TypeInfo::new", [&name, "NAMES"]);
    out.line(2, "&INFO");
    out.line(1, "}");
    offer(out, &sorted);
    slot(out, &sorted);
    out.push(
        "
    #[inline]
    fn additional(&self) -> &rt::Additional {
        &self.additional
    }

    #[inline]
    fn additional_mut(&mut self) -> &mut rt::Additional {
        &mut self.additional
    }
}
",
    );
}

/// What writing goes by.
fn offer(out: &mut Text, sorted: &[&Property]) {
    out.push("\n");
    out.item(1, |out| {
        out.line(1, INLINE);
        if sorted.is_empty() {
            out.line(1, "fn offer<'a>(&'a self, _members: &mut dyn rt::Members<'a>) {}");
            return;
        }
        out.line(1, "fn offer<'a>(&'a self, members: &mut dyn rt::Members<'a>) {");
        for (index, property) in sorted.iter().enumerate() {
            out.field_call(2, "", &property.rust_field, &format!("offer({index}, members)"), ";");
        }
        out.line(1, "}");
    });
}

/// What reading goes by.
fn slot(out: &mut Text, sorted: &[&Property]) {
    out.push("\n");
    out.item(1, |out| {
        out.line(1, INLINE);
        if sorted.is_empty() {
            out.line(1, "fn slot(&mut self, _index: usize) -> rt::Slot<'_> {");
            out.line(2, "rt::Slot::None");
        } else {
            out.line(1, "fn slot(&mut self, index: usize) -> rt::Slot<'_> {");
            out.line(2, "match index {");
            for (index, property) in sorted.iter().enumerate() {
                out.field_call(3, &format!("{index} => "), &property.rust_field, "slot()", ",");
            }
            out.line(3, "_ => rt::Slot::None,");
            out.line(2, "}");
        }
        out.line(1, "}");
    });
}

/// The type as the value of a property: `blank`, `view`, `slot` and, where it is not the usual, `optional`.
pub(crate) fn value(out: &mut Text, scope: &Scope<'_>, name: &str, bodies: &[&str]) {
    let option = scope.prelude("Option");
    let signatures = [
        "fn blank() -> Self {",
        "fn view(&self) -> rt::View<'_> {",
        "fn slot(&mut self) -> rt::Slot<'_> {",
        &format!("fn optional(place: &mut {option}<Self>) -> rt::Slot<'_> {{"),
    ];
    out.push("\n");
    out.impl_header("", "rt::Value", name);
    for (index, (signature, body)) in signatures.iter().zip(bodies).enumerate() {
        if index > 0 {
            out.push("\n");
        }
        out.line(1, INLINE);
        out.line(1, signature);
        out.line(2, body);
        out.line(1, "}");
    }
    out.line(0, "}");
}

fn debug(out: &mut Text, name: &str) {
    out.push("\n");
    out.impl_header("", "std::fmt::Debug", name);
    out.push(
        "    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        rt::wire::debug(self, f)
    }
}
",
    );
}

/// `Serialize` and `Deserialize`, by the functions of `edmark_runtime::wire`.
pub(crate) fn serde(out: &mut Text, scope: &Scope<'_>, name: &str, write: &str, read: &str) {
    let result = scope.prelude("Result");
    for (generics, what, signature, body) in [
        (
            "",
            "serde::Serialize",
            format!("fn serialize<S: serde::Serializer>(&self, serializer: S) -> {result}<S::Ok, S::Error> {{"),
            format!("rt::wire::{write}(self, serializer)"),
        ),
        (
            "<'de>",
            "serde::Deserialize<'de>",
            format!("fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> {result}<Self, D::Error> {{"),
            format!("rt::wire::{read}(deserializer)"),
        ),
    ] {
        out.push("\n");
        out.impl_header(generics, what, name);
        out.item(1, |out| {
            out.line(1, &signature);
            out.line(2, &body);
            out.line(1, "}");
        });
        out.line(0, "}");
    }
}
