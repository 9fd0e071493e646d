//! The plain Rust types for types of values, as one would write them by hand. Paths are absolute,
//! because a type of the service may be called `Option`.

use edmark::model::{Model, Primitive, PropertyType, TypeNames, ValueType};
use edmark::schema::JsonForm;

use crate::Reference;

/// A field's type.
pub(crate) fn field(reference: Reference, model: &Model, own: &TypeNames, ty: &PropertyType) -> String {
    let mut item = item(model, own, &ty.item);
    let compact = reference == Reference::Compact;
    if compact && item == STRING {
        item = "::std::boxed::Box<str>".to_owned();
    }
    if ty.collection && compact {
        format!("::std::option::Option<::std::boxed::Box<[{item}]>>")
    } else if ty.collection {
        format!("::std::option::Option<::std::vec::Vec<{item}>>")
    } else if matches!(ty.item, ValueType::Structured(_)) && item != JSON {
        format!("::std::option::Option<::std::boxed::Box<{item}>>")
    } else {
        format!("::std::option::Option<{item}>")
    }
}

const JSON: &str = "::serde_json::Value";
const STRING: &str = "::std::string::String";

fn item(model: &Model, own: &TypeNames, ty: &ValueType) -> String {
    match ty {
        ValueType::Primitive(primitive) => self::primitive(*primitive).to_owned(),
        ValueType::Structured(id) => {
            let ty = model.structured(*id);
            // A type from which any other may derive is JSON, as in edmark.
            let root = ty.rust.any.is_none() && !ty.derived.is_empty();
            if root || ty.stands_for_any_json() { JSON.to_owned() } else { crate::path(model, own, &ty.rust) }
        }
        // A flags value is a string with several names.
        ValueType::Enum(id) if model.enumeration(*id).is_flags => STRING.to_owned(),
        ValueType::Enum(id) => crate::path(model, own, &model.enumeration(*id).rust),
        ValueType::Undocumented(_) => JSON.to_owned(),
    }
}

fn primitive(primitive: Primitive) -> &'static str {
    match (primitive, primitive.json()) {
        (Primitive::Byte, _) => "u8",
        (Primitive::SByte, _) => "i8",
        (Primitive::Int16, _) => "i16",
        (Primitive::Int32, _) => "i32",
        (Primitive::Int64, _) => "i64",
        (Primitive::Single, _) => "f32",
        (_, JsonForm::Boolean) => "bool",
        (_, JsonForm::Integer { .. }) => "i64",
        (_, JsonForm::Fraction) => "f64",
        (_, JsonForm::Text) => STRING,
        (_, JsonForm::Any) => JSON,
    }
}
