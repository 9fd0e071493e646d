//! serde_derive, with and without `flatten`.

use std::fmt::Write as _;

use edmark::model::{EnumType, Model, Property, StructuredType};

use crate::Reference;

const DERIVES: &str = "#[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]\n";

pub(crate) fn structured(
    out: &mut String,
    reference: Reference,
    model: &Model,
    ty: &StructuredType,
    properties: &[&Property],
) {
    out.push_str(DERIVES);
    crate::fields(out, reference, model, ty, properties, |property| {
        format!("#[serde(rename = {:?}, skip_serializing_if = \"Option::is_none\")]\n", property.name)
    });
    if reference == Reference::Flatten {
        out.push_str(
            "#[serde(flatten)]\npub additional: ::serde_json::Map<::std::string::String, ::serde_json::Value>,\n",
        );
    }
    out.push_str("}\n");
}

pub(crate) fn enumeration(out: &mut String, reference: Reference, ty: &EnumType) {
    let _ = writeln!(out, "#[derive(Clone, Debug, PartialEq, Eq, Hash, ::serde::Serialize, ::serde::Deserialize)]");
    let rest = match reference {
        Reference::Flatten => "#[serde(untagged)]\nOther(::std::string::String)",
        _ => "#[serde(other)]\nOther",
    };
    crate::variants(out, ty, |name| format!("#[serde(rename = {name:?})]\n"), rest);
}
