//! `Debug` of structured values: the properties that are set, by their names in JSON.

use std::fmt::{Debug, DebugList, DebugStruct, Formatter, Result};

use crate::structured::{Members, Structured, View};

pub(super) fn object(value: &dyn Structured, f: &mut Formatter<'_>) -> Result {
    let info = value.type_info();
    let short = info.name().rsplit('.').next().unwrap_or_default();
    let mut fields = Fields { of: f.debug_struct(short), names: info.properties() };
    value.offer(&mut fields);
    if !value.additional().is_empty() {
        fields.of.field("additional", value.additional());
    }
    fields.of.finish()
}

struct Fields<'f, 'g> {
    of: DebugStruct<'f, 'g>,
    names: &'static [&'static str],
}

impl<'a> Members<'a> for Fields<'_, '_> {
    fn member(&mut self, index: usize, view: View<'a>) {
        if let Some(name) = self.names.get(index) {
            self.of.field(name, &Shown(view));
        }
    }
}

struct Elements<'f, 'g>(DebugList<'f, 'g>);

impl<'a> Members<'a> for Elements<'_, '_> {
    fn member(&mut self, _: usize, view: View<'a>) {
        self.0.entry(&Shown(view));
    }
}

struct Shown<'a>(View<'a>);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            View::None => f.write_str("None"),
            View::Bool(value) => value.fmt(f),
            View::Int(value) | View::Long(value) => value.fmt(f),
            View::UInt(value) => value.fmt(f),
            View::Single(value) => value.fmt(f),
            View::Double(value) => value.fmt(f),
            View::Str(text) | View::Flags(text) => text.fmt(f),
            View::Number(text) => f.write_str(text),
            View::Object(value) => object(value, f),
            View::List(list) => {
                let mut elements = Elements(f.debug_list());
                list.offer(&mut elements);
                elements.0.finish()
            }
            View::Json(json) => json.fmt(f),
        }
    }
}
