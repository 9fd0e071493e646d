//! `Debug` of structured values: what is set, by the names of the wire.

use std::fmt::{Debug, Formatter, Result};

use crate::structured::{List, Structured, View};

pub(super) fn structured(value: &dyn Structured, f: &mut Formatter<'_>) -> Result {
    let info = value.type_info();
    let short = info.name().rsplit('.').next().unwrap_or_default();
    let mut fields = f.debug_struct(short);
    for (index, name) in info.properties().iter().enumerate() {
        match value.view(index) {
            View::None => {}
            view => {
                fields.field(name, &Shown(view));
            }
        }
    }
    if !value.additional().is_empty() {
        fields.field("additional", value.additional());
    }
    fields.finish()
}

struct Shown<'a>(View<'a>);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            View::None => f.write_str("None"),
            View::Bool(value) => value.fmt(f),
            View::Int(value) => value.fmt(f),
            View::UInt(value) => value.fmt(f),
            View::Single(value) => value.fmt(f),
            View::Double(value) => value.fmt(f),
            View::Str(text) => text.fmt(f),
            View::Number(text) => f.write_str(text),
            View::Object(value) => structured(value, f),
            View::Variant(variant) => structured(variant.value(), f),
            View::List(list) => f.debug_list().entries(shown(list)).finish(),
            View::Json(json) => json.fmt(f),
        }
    }
}

fn shown(list: &dyn List) -> impl Iterator<Item = Shown<'_>> {
    (0..list.len()).map(|index| Shown(list.get(index)))
}
