//! Values as JSON, and what was read of a value moved to one of another type.

use serde_json::Map;

use super::are_strings;
use super::members::{Stretch, read_members};
use super::path::Context;
use super::source::KeptObject;
use super::write::{float_name, number, shortest};
use super::{SHORT_TAG, TAG};
use crate::Json;
use crate::additional::Name;
use crate::structured::{List, Members, Structured, View};

/// A value as JSON, by the rules of the writer.
pub(crate) fn to_json(view: View<'_>) -> Json {
    match view {
        View::None => Json::Null,
        View::Bool(value) => value.into(),
        View::Int(value) => value.into(),
        View::Long(value) if are_strings() => value.to_string().into(),
        View::Long(value) => value.into(),
        View::Number(text) if are_strings() => text.into(),
        View::UInt(value) => value.into(),
        // A float that JSON has no number for is a string.
        View::Single(value) => float_name(value.into()).map_or_else(|| shortest(value).into(), Json::from),
        View::Double(value) => float_name(value).map_or_else(|| value.into(), Json::from),
        View::Str(text) => text.into(),
        View::Number(text) => number(text).map_or_else(|| text.into(), Json::Number),
        View::Object(value) => Json::Object(members(value, None)),
        View::Variant(variant) => Json::Object(members(variant.value(), Some(variant.base()))),
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

fn members(value: &dyn Structured, base: Option<&'static str>) -> Map<String, Json> {
    let info = value.type_info();
    let additional = value.additional();
    // One by one, as the reader makes maps: code that sorts members first would be in every program
    // for this.
    let mut map = Map::new();
    for null in additional.nulls() {
        map.insert(null.to_owned(), Json::Null);
    }
    for (name, json) in additional {
        map.insert(name.to_owned(), json.clone());
    }
    for (name, json) in properties(value) {
        map.insert(name.into_owned(), json);
    }
    if base.is_some_and(|base| base != info.name()) && !additional.contains(TAG) && !additional.contains(SHORT_TAG) {
        map.insert(TAG.to_owned(), format!("#{}", info.name()).into());
    }
    map
}

/// The properties that have a value.
fn properties(value: &dyn Structured) -> Vec<(Name, Json)> {
    let mut properties = Properties { names: value.type_info().properties(), members: Vec::new() };
    value.offer(&mut properties);
    properties.members
}

struct Properties {
    names: &'static [&'static str],
    members: Vec<(Name, Json)>,
}

impl<'a> Members<'a> for Properties {
    fn member(&mut self, index: usize, view: View<'a>) {
        if let Some(name) = self.names.get(index) {
            self.members.push((Name::Borrowed(name), to_json(view)));
        }
    }
}

/// Moves what was read of a value, before its tag was known, to a value of the type that the tag
/// names.
pub(super) fn carry(
    old: &mut dyn Structured,
    new: &mut dyn Structured,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let mut members = properties(old);
    let texts = old.additional_mut().take_texts();
    let (others, nulls) = old.additional_mut().take();
    for null in nulls {
        members.push((Name::Borrowed(null), Json::Null));
    }
    members.extend(others);
    read_on(new, members, Stretch::Whole, context)?;
    for (name, text) in texts {
        if new.additional().contains(&name) {
            new.additional_mut().keep_text(&name, text);
        }
    }
    Ok(())
}

/// Reads members that were kept as JSON. Not generic: a copy for each format would be large, and is
/// rarely used.
pub(super) fn read_on(
    value: &mut dyn Structured,
    members: Vec<(Name, Json)>,
    stretch: Stretch,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    read_members(value, &mut KeptObject::new(members), context, stretch).map(|_| ())
}
