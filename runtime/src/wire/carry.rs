//! Values as JSON, and what was read of a value moved to one of another type.

use serde_json::Map;

use super::path::Context;
use super::read::{TAG, read_within};
use crate::structured::{List, Structured, View};
use crate::{Json, Slot};

/// A value as JSON, by the rules of the writer.
pub(crate) fn to_json(view: View<'_>) -> Json {
    match view {
        View::None => Json::Null,
        View::Bool(value) => value.into(),
        View::Int(value) => value.into(),
        View::UInt(value) => value.into(),
        // A float that JSON has no number for is a string.
        View::Single(value) => super::write::float_name(value.into()).map_or_else(|| single(value), Json::from),
        View::Double(value) => super::write::float_name(value).map_or_else(|| value.into(), Json::from),
        View::Str(text) => text.into(),
        View::Number(text) => super::write::number(text).map_or_else(|| text.into(), Json::Number),
        View::Object(value) => Json::Object(members(value, None)),
        View::Variant(variant) => Json::Object(members(variant.value(), Some(variant.base()))),
        View::List(list) => Json::Array(list_to_json(list, list.len())),
        View::Json(json) => json.clone(),
    }
}

/// The shortest decimal that is this float, as the writer prints it: not the nearest double.
fn single(value: f32) -> Json {
    value.to_string().parse::<f64>().map_or(Json::Null, Json::from)
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
    if base.is_some_and(|base| base != info.name()) && additional.odata_type().is_none() {
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
    let mut move_member = |name: &str, value: Json| {
        let member = Map::from_iter([(name.to_owned(), value)]);
        read_within(Slot::Object(new), context, Json::Object(member))
    };
    for (index, name) in old.type_info().properties().iter().enumerate() {
        match old.view(index) {
            View::None => {}
            view => move_member(name, to_json(view))?,
        }
    }
    let (members, nulls) = old.additional_mut().take();
    for null in nulls {
        move_member(null, Json::Null)?;
    }
    for (name, value) in members {
        move_member(&name, value)?;
    }
    Ok(())
}
