//! The writer: writes views to any serde format. Everything here is generic over the format only.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;

use super::are_strings;
use super::indices::Indices;
use crate::additional::Member;
use crate::structured::{List, Members, Structured, View};

/// A view that implements `Serialize`.
pub(crate) struct Written<'a>(pub(crate) View<'a>);

impl Serialize for Written<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_view(self.0, serializer)
    }
}

pub(super) fn write_view<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match view {
        View::None => serializer.serialize_unit(),
        View::Bool(value) => serializer.serialize_bool(value),
        View::Int(value) => serializer.serialize_i64(value),
        View::Long(value) if are_strings() => serializer.collect_str(&value),
        View::Long(value) => serializer.serialize_i64(value),
        View::UInt(value) => serializer.serialize_u64(value),
        View::Single(value) => match float_name(value.into()) {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_f64(shortest(value)),
        },
        View::Double(value) => match float_name(value) {
            Some(name) => serializer.serialize_str(name),
            None => serializer.serialize_f64(value),
        },
        View::Str(text) => serializer.serialize_str(text),
        View::Number(text) => write_number(text, serializer),
        View::Object(value) => write_members(value, serializer),
        View::List(list) => write_list(list, serializer),
        View::Json(json) => json.serialize(serializer),
    }
}

/// Writes a number given as a text, with all digits if the format is JSON.
fn write_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if are_strings() {
        return serializer.serialize_str(text);
    }
    if let Some(number) = number(text).filter(|number| number.to_string() == text) {
        return number.serialize(serializer);
    }
    match RawValue::from_string(text.to_owned()) {
        Ok(raw) => raw.serialize(serializer),
        Err(_) => serializer.serialize_str(text),
    }
}

/// The name of a float that JSON cannot write as a number (OData JSON 4.01, section 7.1).
pub(super) fn float_name(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("INF"),
        f64::NEG_INFINITY => Some("-INF"),
        _ => None,
    }
}

/// The double with the fewest digits that equals this float: `0.1`, not `0.10000000149011612`.
pub(super) fn shortest(value: f32) -> f64 {
    number(&value.to_string()).and_then(|number| number.as_f64()).unwrap_or(value.into())
}

/// Parses a number with serde_json, which is exact. The standard library's parser of floats would
/// add 15 kB to a program.
pub(super) fn number(text: &str) -> Option<Number> {
    text.parse().ok()
}

#[inline(never)]
fn write_list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut elements = Sequence { seq: serializer.serialize_seq(Some(list.len()))?, error: None };
    list.offer(&mut elements);
    match elements.error {
        Some(error) => Err(error),
        None => elements.seq.end(),
    }
}

/// Writes an object: control information, then properties, then other members.
#[inline(never)]
fn write_members<S: Serializer>(value: &dyn Structured, serializer: S) -> Result<S::Ok, S::Error> {
    let info = value.type_info();
    let additional = value.additional();
    // The map must not be moved: a move right after a byte of it was written stalls the processor.
    let mut properties = Properties {
        map: serializer.serialize_map(None)?,
        names: info.properties(),
        nulls: None,
        null: usize::MAX,
        error: None,
    };
    if additional.is_empty() {
        value.offer(&mut properties);
        return properties.end();
    }

    // Members with the name of a documented property are rare, so the set of properties is made
    // only if there is one.
    let set = if additional.shadows(info) { Some(set_properties(value)) } else { None };
    let shadowed =
        |name: &str| set.as_ref().is_some_and(|set| info.find(name).is_some_and(|index| set.contains(index)));
    let written = additional.members().filter(|member| set.is_none() || !shadowed(member.name()));
    for member in written.clone().filter(Member::is_control) {
        properties.map.serialize_entry(member.name(), &member.value())?;
    }
    let mut nulls = additional.null_properties(info);
    if set.is_some() {
        nulls.to_mut().retain(|index| !additional.contains(info.properties()[index]));
    }
    properties.null = nulls.next(0);
    properties.nulls = Some(&nulls);
    value.offer(&mut properties);
    properties.nulls_before(properties.names.len());
    for member in written.filter(|member| !member.is_control()) {
        properties.other(member.name(), &member.value());
    }
    properties.end()
}

/// The indices of the properties that have a value.
#[cold]
pub(super) fn set_properties(value: &dyn Structured) -> Indices {
    let mut set = Indices::default();
    value.offer(&mut set);
    set
}

impl Members<'_> for Indices {
    fn member(&mut self, index: usize, _: View<'_>) {
        self.insert(index);
    }
}

/// Writes the properties that have a value, and nulls for those that were null, in the order of
/// their names.
struct Properties<'w, M: SerializeMap> {
    map: M,
    /// None after an error, so that nothing more is written.
    names: &'static [&'static str],
    nulls: Option<&'w Indices>,
    /// The index of the next null to write.
    null: usize,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Properties<'_, M> {
    #[inline]
    fn entry<V: Serialize + ?Sized>(&mut self, index: usize, value: &V) {
        if index >= self.null {
            self.nulls_before(index);
        }
        let Some(name) = self.names.get(index) else { return };
        if let Err(error) = self.map.serialize_key(*name).and_then(|()| self.map.serialize_value(value)) {
            self.fail(error);
        }
    }

    /// Writes the nulls before the property at `index`, and skips one at that index.
    #[inline(never)]
    fn nulls_before(&mut self, index: usize) {
        let Some(nulls) = self.nulls else { return };
        while let Some(name) = self.names.get(self.null)
            && self.null < index
        {
            if let Err(error) = self.map.serialize_entry(*name, &()) {
                return self.fail(error);
            }
            self.null = nulls.next(self.null + 1);
        }
        if self.null == index {
            self.null = nulls.next(self.null + 1);
        }
    }

    /// Writes a member that is not a property.
    #[inline(never)]
    fn other<V: Serialize + ?Sized>(&mut self, name: &str, json: &V) {
        if self.error.is_none()
            && let Err(error) = self.map.serialize_entry(name, json)
        {
            self.fail(error);
        }
    }

    #[inline]
    fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }

    #[cold]
    fn fail(&mut self, error: M::Error) {
        self.error = Some(error);
        self.names = &[];
        self.null = usize::MAX;
    }
}

impl<'a, M: SerializeMap> Members<'a> for Properties<'_, M> {
    fn member(&mut self, index: usize, view: View<'a>) {
        self.entry(index, &Written(view));
    }
    fn text(&mut self, index: usize, text: &'a str) {
        self.entry(index, text);
    }
    fn object(&mut self, index: usize, value: &'a dyn Structured) {
        self.entry(index, &Object(value));
    }
    fn list(&mut self, index: usize, list: &'a dyn List) {
        self.entry(index, &Elements(list));
    }
}

/// Writes the elements of a collection.
struct Sequence<Q: SerializeSeq> {
    seq: Q,
    error: Option<Q::Error>,
}

impl<Q: SerializeSeq> Sequence<Q> {
    #[inline]
    fn element<V: Serialize + ?Sized>(&mut self, value: &V) {
        if self.error.is_none()
            && let Err(error) = self.seq.serialize_element(value)
        {
            self.error = Some(error);
        }
    }
}

impl<'a, Q: SerializeSeq> Members<'a> for Sequence<Q> {
    fn member(&mut self, _: usize, view: View<'a>) {
        self.element(&Written(view));
    }
    fn text(&mut self, _: usize, text: &'a str) {
        self.element(text);
    }
    fn object(&mut self, _: usize, value: &'a dyn Structured) {
        self.element(&Object(value));
    }
}

struct Object<'a>(&'a dyn Structured);

impl Serialize for Object<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_members(self.0, serializer)
    }
}

struct Elements<'a>(&'a dyn List);

impl Serialize for Elements<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_list(self.0, serializer)
    }
}
