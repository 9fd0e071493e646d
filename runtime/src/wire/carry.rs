//! Values as JSON, and what was read of a value moved to one of another type.

use serde::de::value::MapDeserializer;
use serde_json::Map;

use super::TAG;
use super::members::{Stretch, read_members};
use super::path::Context;
use super::write::{float_name, number, shortest};
use crate::Json;
use crate::additional::Name;
use crate::structured::{List, Structured, View};

/// A value as JSON, by the rules of the writer.
pub(crate) fn to_json(view: View<'_>) -> Json {
    match view {
        View::None => Json::Null,
        View::Bool(value) => value.into(),
        View::Int(value) => value.into(),
        View::UInt(value) => value.into(),
        // A float that JSON has no number for is a string.
        View::Single(value) => float_name(value.into()).map_or_else(|| shortest(value).into(), Json::from),
        View::Double(value) => float_name(value).map_or_else(|| value.into(), Json::from),
        View::Str(text) => text.into(),
        View::Number(text) => number(text).map_or_else(|| text.into(), Json::Number),
        View::Object(value) => Json::Object(members(value, None)),
        View::Variant(variant) => Json::Object(members(variant.value(), Some(variant.base()))),
        View::List(list) => Json::Array(list_to_json(list, list.len())),
        View::Json(json) => json.clone(),
    }
}

pub(super) fn list_to_json(list: &dyn List, len: usize) -> Vec<Json> {
    (0..len).map(|index| to_json(list.get(index))).collect()
}

fn members(value: &dyn Structured, base: Option<&'static str>) -> Map<String, Json> {
    let info = value.type_info();
    let additional = value.additional();
    let mut map: Map<String, Json> = additional.iter().map(|(name, json)| (name.to_owned(), json.clone())).collect();
    for null in additional.nulls() {
        map.entry(null).or_insert(Json::Null);
    }
    for (index, name) in info.properties().iter().enumerate() {
        match value.view(index) {
            View::None => {}
            view => {
                map.insert((*name).to_owned(), to_json(view));
            }
        }
    }
    if base.is_some_and(|base| base != info.name()) && !additional.contains(TAG) {
        map.insert(TAG.to_owned(), format!("#{}", info.name()).into());
    }
    map
}

/// Moves what was read of a value, before its tag was known, to a value of the type that the tag names.
pub(super) fn carry(
    old: &mut dyn Structured,
    new: &mut dyn Structured,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let names = old.type_info().properties().iter().enumerate();
    let mut members: Vec<(Name, Json)> = names
        .filter_map(|(index, name)| match old.view(index) {
            View::None => None,
            view => Some((Name::Borrowed(*name), to_json(view))),
        })
        .collect();
    let (others, nulls) = old.additional_mut().take();
    members.extend(nulls.into_iter().map(|null| (Name::Borrowed(null), Json::Null)));
    members.extend(others);
    let mut members = MapDeserializer::new(members.into_iter());
    read_members(new, &mut members, context, Stretch::Whole).map(|_| ())
}
