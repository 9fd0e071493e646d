//! Conversions of a value to another type: to a derived type or to a base type.

use serde::de::DeserializeSeed as _;
use serde_json::value::RawValue;

use super::exact;
use super::json::to_json;
use super::members::read_members;
use super::path::Context;
use super::read::{Fill, Filled, Place};
use super::source::KeptObject;
use super::write::Written;
use crate::additional::Member;
use crate::scalar::Primitive;
use crate::structured::{Members, Slot, Structured, View};
use crate::{Json, TypeInfo};

/// Moves the contents of a value to a blank one of another type. Nothing is lost: a value for which
/// the other type has no property, or one of another type, is kept in its `additional`.
pub(crate) fn convert(old: &mut dyn Structured, new: &mut dyn Structured) {
    let (from, to) = (old.type_info(), new.type_info());
    move_texts(old, new);
    let hidden = hidden_members(old, from);
    let mut transfer = Transfer { from, to, new, rest: Vec::new() };
    old.offer(&mut transfer);
    let Transfer { new, mut rest, .. } = transfer;
    let (others, nulls) = old.additional_mut().take();
    for null in nulls {
        rest.push(Member::new(null, Json::Null));
    }
    for member in others {
        if !hidden.iter().any(|known| **known == *member.name) {
            rest.push(member);
        }
    }
    fill_all(new, rest);
}

/// Sets one property of a value; if the type has no property of this name, sets a member of
/// `additional`.
pub(crate) fn put(value: &mut dyn Structured, name: &str, view: View<'_>) {
    let info = value.type_info();
    value.additional_mut().remove(name);
    value.additional_mut().forget_null(name);
    let Some(index) = info.find(name) else {
        value.additional_mut().insert(name.to_owned(), to_json(view));
        return;
    };
    let mut transfer = Transfer { from: info, to: info, new: value, rest: Vec::new() };
    transfer.member(index, view);
    let Transfer { new, rest, .. } = transfer;
    if !rest.is_empty() {
        fill_all(new, rest);
    }
}

/// Fills properties from members.
fn fill_all(new: &mut dyn Structured, mut rest: Vec<Member>) {
    let mut context = Context::keeping_misfits();
    rest.retain(|member| !member.text.as_deref().is_some_and(|text| fill(new, &member.name, text, &mut context)));
    // Values that do not fit are kept, so no member is an error.
    let _ = read_members(new, &mut KeptObject::new(rest), &mut context);
}

/// Moves strings instead of copying them.
fn move_texts(old: &mut dyn Structured, new: &mut dyn Structured) {
    let to = new.type_info();
    let mut guess = 0;
    for (index, name) in old.type_info().properties().iter().enumerate() {
        if let Slot::String(place) = old.slot(index)
            && place.is_some()
            && let Some(position) = to.find_near(name, guess)
            && let Slot::String(target) = new.slot(position)
        {
            *target = place.take();
            guess = position + 1;
        }
    }
}

/// The members that are not written because the property of the same name has a value.
fn hidden_members(old: &dyn Structured, info: &'static TypeInfo) -> Vec<String> {
    if !old.additional().shadows(info) {
        return Vec::new();
    }
    let set = super::write::set_properties(old);
    let is_set = |name: &str| info.find(name).is_some_and(|index| set.contains(index));
    old.additional().iter().map(|(name, _)| name.to_owned()).filter(|name| is_set(name)).collect()
}

/// Fills a property from the source text of a member. Returns false if the property does not accept
/// it.
fn fill(new: &mut dyn Structured, name: &str, text: &RawValue, context: &mut Context) -> bool {
    let Some(index) = new.type_info().find(name) else { return false };
    let place = Place::Member(new.slot(index));
    let mut json = serde_json::Deserializer::from_slice(text.get().as_bytes());
    let filled = Fill { place, context }.deserialize(&mut json);
    let typed = matches!(filled, Ok(Filled::Typed));
    if !typed {
        new.slot(index).clear();
    }
    typed
}

/// Transfers the properties of a value to one of another type.
struct Transfer<'n> {
    from: &'static TypeInfo,
    to: &'static TypeInfo,
    new: &'n mut dyn Structured,
    /// The properties that the other type does not accept directly.
    rest: Vec<Member>,
}

impl Transfer<'_> {
    fn take(&mut self, name: &str, value: Primitive<'_>) -> bool {
        let Some(index) = self.to.find(name) else { return false };
        let taken = match self.new.slot(index) {
            Slot::Bool(place) => match value {
                Primitive::Bool(value) => {
                    *place = Some(value);
                    true
                }
                _ => false,
            },
            Slot::Scalar(scalar) | Slot::Decimal(scalar) => scalar.set(value),
            _ => false,
        };
        if !taken {
            self.new.slot(index).clear();
        }
        taken
    }
}

impl<'a> Members<'a> for Transfer<'_> {
    fn member(&mut self, index: usize, view: View<'a>) {
        let Some(name) = self.from.properties().get(index) else { return };
        let scalar = match view {
            View::Bool(value) => Some(Primitive::Bool(value)),
            View::Int(value) | View::Long(value) => Some(Primitive::Int(value)),
            View::UInt(value) => Some(Primitive::UInt(value)),
            View::Str(text) => Some(Primitive::Str(text)),
            View::Number(text) => Some(Primitive::Number(text)),
            _ => None,
        };
        if scalar.is_some_and(|scalar| self.take(name, scalar)) {
            return;
        }
        let mut member = Member::new(*name, to_json(view));
        if has_fraction(&member.value) {
            let text = serde_json::to_string(&Written(view)).ok().filter(|text| !exact::is_exact(text));
            member.text = text.and_then(|text| RawValue::from_string(text).ok());
        }
        self.rest.push(member);
    }
}

/// Returns true if the JSON contains a number that may have been rounded.
fn has_fraction(json: &Json) -> bool {
    match json {
        Json::Number(number) => number.is_f64(),
        Json::Array(elements) => elements.iter().any(has_fraction),
        Json::Object(members) => members.values().any(has_fraction),
        Json::Null | Json::Bool(_) | Json::String(_) => false,
    }
}
