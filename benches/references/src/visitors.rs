//! A visitor for each type, with a `match` on the key, as it is written by hand and by generators
//! of serde implementations.

use std::fmt::Write as _;

use edmark::model::{EnumType, Model, Property, StructuredType};

use crate::Reference;

/// The code that all types share: keys, and enums.
pub(crate) const SHARED: &str = r#"
pub mod shared {
    use std::fmt;
    use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

    pub type Additional = serde_json::Map<String, serde_json::Value>;

    pub enum Key {
        Known(usize),
        Other(String),
    }

    pub struct Keys(pub fn(&str) -> Option<usize>);

    impl<'de> DeserializeSeed<'de> for Keys {
        type Value = Key;
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
            deserializer.deserialize_identifier(self)
        }
    }

    impl Visitor<'_> for Keys {
        type Value = Key;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name")
        }
        fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
            Ok((self.0)(name).map_or_else(|| Key::Other(name.to_owned()), Key::Known))
        }
    }

    pub struct Name<T>(pub fn(&str) -> T);

    impl<T> Visitor<'_> for Name<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
            Ok((self.0)(name))
        }
    }
}
"#;

pub(crate) fn structured(out: &mut String, model: &Model, ty: &StructuredType, properties: &[&Property]) {
    let name = &ty.rust.name;
    let shared = shared(model.modules[ty.rust.module].path.len());
    out.push_str("#[derive(Clone, Debug, Default, PartialEq)]\n");
    crate::fields(out, Reference::Visitors, model, ty, properties, |_| String::new());
    let _ = writeln!(
        out,
        "pub additional: ::serde_json::Map<::std::string::String, ::serde_json::Value>,\n}}
const _: () = {{
use {shared} as shared;
use serde::{{Serialize, Serializer, Deserialize, Deserializer, de::{{MapAccess, Visitor}}, ser::SerializeMap as _}};
use std::{{fmt, option::Option::{{self, None, Some}}, result::Result::{{self, Ok}}}};
impl Serialize for self::{name} {{
fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
let mut map = serializer.serialize_map(None)?;"
    );
    for property in properties {
        let _ = writeln!(
            out,
            "if let Some(value) = &self.{} {{ map.serialize_entry({:?}, value)?; }}",
            property.rust_field, property.name
        );
    }
    let _ = writeln!(
        out,
        "for (name, value) in &self.additional {{ map.serialize_entry(name, value)?; }}
map.end()
}}
}}
fn key(name: &str) -> Option<usize> {{
match name {{"
    );
    for (index, property) in properties.iter().enumerate() {
        let _ = writeln!(out, "{:?} => Some({index}),", property.name);
    }
    let _ = writeln!(
        out,
        "_ => None,
}}
}}
struct Members;
impl<'de> Visitor<'de> for Members {{
type Value = self::{name};
fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{ f.write_str({:?}) }}
fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<self::{name}, A::Error> {{
let mut value = <self::{name} as ::std::default::Default>::default();
while let Some(key) = map.next_key_seed(shared::Keys(key))? {{
match key {{",
        ty.name.to_string()
    );
    for (index, property) in properties.iter().enumerate() {
        let _ = writeln!(out, "shared::Key::Known({index}) => value.{} = map.next_value()?,", property.rust_field);
    }
    let _ = writeln!(
        out,
        "shared::Key::Known(_) => {{}}
shared::Key::Other(name) => {{ value.additional.insert(name, map.next_value()?); }}
}}
}}
Ok(value)
}}
}}
impl<'de> Deserialize<'de> for self::{name} {{
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
deserializer.deserialize_map(Members)
}}
}}
}};"
    );
}

pub(crate) fn enumeration(out: &mut String, model: &Model, ty: &EnumType) {
    let name = &ty.rust.name;
    let shared = shared(model.modules[ty.rust.module].path.len());
    out.push_str("#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n");
    crate::variants(out, ty, |_| String::new(), "Other(::std::string::String)");
    let _ = writeln!(
        out,
        "const _: () = {{
use {shared} as shared;
use serde::{{Serialize, Serializer, Deserialize, Deserializer}};
use std::result::Result;
impl Serialize for self::{name} {{
fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
serializer.serialize_str(match self {{"
    );
    for member in &ty.members {
        let _ = writeln!(out, "Self::{} => {:?},", member.rust_variant, member.name);
    }
    let _ = writeln!(
        out,
        "Self::Other(name) => name,
}})
}}
}}
impl<'de> Deserialize<'de> for self::{name} {{
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
deserializer.deserialize_str(shared::Name(|name| match name {{"
    );
    for member in &ty.members {
        let _ = writeln!(out, "{:?} => Self::{},", member.name, member.rust_variant);
    }
    let _ = writeln!(out, "_ => Self::Other(name.into()),\n}}))\n}}\n}}\n}};");
}

/// The path of the shared code, from a module of some depth.
fn shared(depth: usize) -> String {
    if depth == 0 { "self::shared".to_owned() } else { "super::".repeat(depth) + "shared" }
}
