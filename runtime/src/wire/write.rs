//! The writer: writes views to any serde format. Everything here is generic over the format only.
//! Compact JSON has a faster writer of its own (`compact`), with the same rules for objects.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;

use super::indices::Indices;
use super::{are_strings, compact};
use crate::additional::{Member, Text};
use crate::structured::{List, Members, Structured, View};

/// A view that implements `Serialize`.
pub(crate) struct Written<'a>(pub(crate) View<'a>);

/// A part of a view that is being written.
struct Part<'a>(View<'a>);

impl Serialize for Part<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_to(self.0, serializer)
    }
}

impl Serialize for Written<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_view(self.0, serializer)
    }
}

pub(super) fn write_view<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match view {
        View::Object(_) | View::List(_) if compact::is_compact::<S>() => compact::write(view, serializer),
        view => write_to(view, serializer),
    }
}

fn write_to<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
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
        View::Str(text) | View::Flags(text) => serializer.serialize_str(text),
        View::Number(text) => write_number(text, serializer),
        View::Object(value) => write_object(value, serializer),
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

/// What the members of an object are written to.
pub(super) trait Target<'a> {
    type Ok;
    type Error;
    /// Writes the property at `index` of the name table.
    fn view(&mut self, index: usize, view: View<'a>) -> Result<(), Self::Error>;
    fn text(&mut self, index: usize, text: &'a str) -> Result<(), Self::Error>;
    fn object(&mut self, index: usize, value: &'a dyn Structured) -> Result<(), Self::Error>;
    fn list(&mut self, index: usize, list: &'a dyn List) -> Result<(), Self::Error>;
    /// Writes a member that is not a property.
    fn other(&mut self, name: &str, value: Text<'_>) -> Result<(), Self::Error>;
    fn end(self) -> Result<Self::Ok, Self::Error>;
}

/// Writes an object: control information, then properties, then other members.
#[inline]
pub(super) fn write_members<'a, T: Target<'a>>(
    value: &'a dyn Structured,
    open: impl FnOnce() -> Result<T, T::Error>,
) -> Result<T::Ok, T::Error> {
    let info = value.type_info();
    let additional = value.additional();
    // The target must not be moved: a move right after a byte of it was written stalls the
    // processor.
    let mut properties = Properties { target: open()?, nulls: None, null: usize::MAX, error: None };
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
        properties.target.other(member.name(), member.value())?;
    }
    let mut nulls = additional.null_properties(info);
    if set.is_some() {
        nulls.to_mut().retain(|index| !additional.contains(info.properties()[index]));
    }
    properties.null = nulls.next(0);
    properties.nulls = Some(&nulls);
    value.offer(&mut properties);
    properties.nulls_before(info.properties().len());
    for member in written.filter(|member| !member.is_control()) {
        properties.other(member.name(), member.value());
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
struct Properties<'w, 'a, T: Target<'a>> {
    target: T,
    nulls: Option<&'w Indices>,
    /// The index of the next null to write.
    null: usize,
    /// After an error, nothing more is written.
    error: Option<T::Error>,
}

impl<'a, T: Target<'a>> Properties<'_, 'a, T> {
    #[inline]
    fn entry(&mut self, index: usize, write: impl FnOnce(&mut T) -> Result<(), T::Error>) {
        if index >= self.null {
            self.nulls_before(index);
        }
        if self.error.is_none()
            && let Err(error) = write(&mut self.target)
        {
            self.error = Some(error);
        }
    }

    /// Writes the nulls before the property at `index`, and skips one at that index.
    #[inline(never)]
    fn nulls_before(&mut self, index: usize) {
        let Some(nulls) = self.nulls else { return };
        while self.null < index {
            if self.error.is_none()
                && let Err(error) = self.target.view(self.null, View::None)
            {
                self.error = Some(error);
            }
            self.null = nulls.next(self.null + 1);
        }
        if self.null == index {
            self.null = nulls.next(self.null + 1);
        }
    }

    /// Writes a member that is not a property.
    fn other(&mut self, name: &str, value: Text<'_>) {
        if self.error.is_none()
            && let Err(error) = self.target.other(name, value)
        {
            self.error = Some(error);
        }
    }

    #[inline]
    fn end(self) -> Result<T::Ok, T::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.target.end(),
        }
    }
}

impl<'a, T: Target<'a>> Members<'a> for Properties<'_, 'a, T> {
    fn member(&mut self, index: usize, view: View<'a>) {
        self.entry(index, |target| target.view(index, view));
    }
    fn text(&mut self, index: usize, text: &'a str) {
        self.entry(index, |target| target.text(index, text));
    }
    fn object(&mut self, index: usize, value: &'a dyn Structured) {
        self.entry(index, |target| target.object(index, value));
    }
    fn list(&mut self, index: usize, list: &'a dyn List) {
        self.entry(index, |target| target.list(index, list));
    }
}

/// An object of a serde format.
struct Map<M: SerializeMap> {
    map: M,
    names: &'static [&'static str],
}

impl<M: SerializeMap> Map<M> {
    #[inline]
    fn entry<V: Serialize + ?Sized>(&mut self, index: usize, value: &V) -> Result<(), M::Error> {
        let Some(name) = self.names.get(index) else { return Ok(()) };
        self.map.serialize_key(*name)?;
        self.map.serialize_value(value)
    }
}

impl<'a, M: SerializeMap> Target<'a> for Map<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn view(&mut self, index: usize, view: View<'a>) -> Result<(), M::Error> {
        self.entry(index, &Part(view))
    }
    fn text(&mut self, index: usize, text: &'a str) -> Result<(), M::Error> {
        self.entry(index, text)
    }
    fn object(&mut self, index: usize, value: &'a dyn Structured) -> Result<(), M::Error> {
        self.entry(index, &Object(value))
    }
    fn list(&mut self, index: usize, list: &'a dyn List) -> Result<(), M::Error> {
        self.entry(index, &Elements(list))
    }
    fn other(&mut self, name: &str, value: Text<'_>) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &value)
    }
    fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}

#[inline(never)]
fn write_object<S: Serializer>(value: &dyn Structured, serializer: S) -> Result<S::Ok, S::Error> {
    let names = value.type_info().properties();
    write_members(value, || Ok(Map { map: serializer.serialize_map(None)?, names }))
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
        self.element(&Part(view));
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
        write_object(self.0, serializer)
    }
}

struct Elements<'a>(&'a dyn List);

impl Serialize for Elements<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_list(self.0, serializer)
    }
}
