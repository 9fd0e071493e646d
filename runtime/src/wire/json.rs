//! Conversion of values to JSON.

use serde_json::Map;

use super::are_strings;
use super::write::{float_name, number, shortest};
use crate::Json;
use crate::structured::{List, Members, Structured, View};

/// Converts a value to JSON, by the rules of the writer.
pub(crate) fn to_json(view: View<'_>) -> Json {
    match view {
        View::None => Json::Null,
        View::Bool(value) => value.into(),
        View::Int(value) => value.into(),
        View::Long(value) if are_strings() => value.to_string().into(),
        View::Long(value) => value.into(),
        View::Number(text) if are_strings() => text.into(),
        View::UInt(value) => value.into(),
        // A float that is not a number in JSON becomes a string.
        View::Single(value) => float_name(value.into()).map_or_else(|| shortest(value).into(), Json::from),
        View::Double(value) => float_name(value).map_or_else(|| value.into(), Json::from),
        View::Str(text) | View::Flags(text) => text.into(),
        View::Number(text) => number(text).map_or_else(|| text.into(), Json::Number),
        View::Object(value) => Json::Object(members(value)),
        View::List(list) => Json::Array(list_to_json(list)),
        View::Json(json) => json.clone(),
    }
}

pub(super) fn list_to_json(list: &dyn List) -> Vec<Json> {
    let mut elements = Elements::default();
    list.offer(&mut elements);
    elements.0
}

#[derive(Default)]
struct Elements(Vec<Json>);

impl<'a> Members<'a> for Elements {
    fn member(&mut self, _: usize, view: View<'a>) {
        self.0.push(to_json(view));
    }
}

fn members(value: &dyn Structured) -> Map<String, Json> {
    let additional = value.additional();
    // Members are inserted one by one. `collect` would sort them first and add that code to every
    // program.
    let mut map = Map::new();
    for null in additional.nulls() {
        map.insert(null.to_owned(), Json::Null);
    }
    for (name, json) in additional {
        map.insert(name.to_owned(), json);
    }
    for (name, json) in properties(value) {
        map.insert(name.to_owned(), json);
    }
    map
}

/// The properties that have a value.
fn properties(value: &dyn Structured) -> Vec<(&'static str, Json)> {
    let mut properties = Properties { names: value.type_info().properties(), members: Vec::new() };
    value.offer(&mut properties);
    properties.members
}

struct Properties {
    names: &'static [&'static str],
    members: Vec<(&'static str, Json)>,
}

impl<'a> Members<'a> for Properties {
    fn member(&mut self, index: usize, view: View<'a>) {
        if let Some(name) = self.names.get(index) {
            self.members.push((name, to_json(view)));
        }
    }
}
