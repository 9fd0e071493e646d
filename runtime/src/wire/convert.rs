//! Conversions of a value to another type: to a derived type or to a base type.

use super::json::to_json;
use super::members::read_members;
use super::path::Context;
use super::source::KeptObject;
use super::write::Written;
use crate::TypeInfo;
use crate::additional::{Buffer, Members as Kept, Text};
use crate::scalar::Primitive;
use crate::structured::{Members, Slot, Structured, View};

/// Moves the contents of a value to a blank one of another type. Nothing is lost: a value for which
/// the other type has no property, or one of another type, is kept in its `additional`.
pub(crate) fn convert(old: &mut dyn Structured, new: &mut dyn Structured) {
    let (from, to) = (old.type_info(), new.type_info());
    move_texts(old, new);
    let hidden = hidden_members(old, from);
    let mut transfer = Transfer { from, to, new, rest: Buffer::default() };
    old.offer(&mut transfer);
    let Transfer { new, mut rest, .. } = transfer;
    let others = std::mem::take(old.additional_mut());
    for null in others.nulls() {
        rest.push(null, Text::NULL);
    }
    for member in others.members() {
        if !hidden.iter().any(|known| member.is(known)) {
            rest.append(member.whole);
        }
    }
    fill_all(new, &rest);
}

/// Sets one property of a value; if the type has no property of this name, sets a member of
/// `additional`.
pub(crate) fn put(value: &mut dyn Structured, name: &str, view: View<'_>) {
    let info = value.type_info();
    value.additional_mut().remove(name);
    value.additional_mut().forget_null(name);
    let Some(index) = info.find(name) else {
        value.additional_mut().insert(name, to_json(view));
        return;
    };
    let mut transfer = Transfer { from: info, to: info, new: value, rest: Buffer::default() };
    transfer.member(index, view);
    let Transfer { new, rest, .. } = transfer;
    fill_all(new, &rest);
}

/// Fills properties from members. Values that do not fit are kept, so none is an error.
fn fill_all(new: &mut dyn Structured, rest: &Buffer) {
    if rest.len() > 0 {
        let mut members = KeptObject::new(Kept::new(rest.text(0)));
        let _ = read_members(new, &mut members, &mut Context::keeping_misfits());
    }
}

/// Moves strings instead of copying them.
fn move_texts(old: &mut dyn Structured, new: &mut dyn Structured) {
    let to = new.type_info();
    for (index, name) in old.type_info().properties().iter().enumerate() {
        if let Slot::String(place) = old.slot(index)
            && place.is_some()
            && let Some(position) = to.find(name)
            && let Slot::String(target) = new.slot(position)
        {
            *target = place.take();
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
    old.additional().members().map(|member| member.name().to_owned()).filter(|name| is_set(name)).collect()
}

/// Transfers the properties of a value to one of another type.
struct Transfer<'n> {
    from: &'static TypeInfo,
    to: &'static TypeInfo,
    new: &'n mut dyn Structured,
    /// The properties that the other type does not accept directly.
    rest: Buffer,
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
            View::Str(text) | View::Flags(text) => Some(Primitive::Str(text)),
            View::Number(text) => Some(Primitive::Number(text)),
            _ => None,
        };
        if scalar.is_some_and(|scalar| self.take(name, scalar)) {
            return;
        }
        match view {
            View::Str(text) | View::Flags(text) => self.rest.push(name, Text::String(text)),
            // Writing to memory does not fail.
            view => {
                let text = serde_json::to_string(&Written(view)).unwrap_or_default();
                self.rest.push(name, Text::Json(&text));
            }
        }
    }
}
