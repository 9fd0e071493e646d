//! Diagnostics for tools: one JSON object a line.
//!
//! | member | value |
//! | --- | --- |
//! | `code` | the kind of problem, in kebab case |
//! | `severity` | `"error"`, `"warning"` or `"note"` |
//! | `message` | the problem in one line |
//! | `path` | the page, with `/` between its parts |
//! | `line`, `column` | the place's first character, from 1; columns count characters |
//! | `end_line`, `end_column` | the place behind its last character |
//! | `label` | what stands there, or `null` |
//! | `labels` | second places: objects with `path`, `line`, `column`, `end_line`, `end_column`, `label` |
//! | `help` | what to do about it, or `null` |
//!
//! Further members may be added; these keep their meaning.

use serde_json::{Map, Value, json};

use super::Positions;
use crate::diagnostics::{Diagnostic, Label};

/// The object for a problem, in one line without a line break.
pub fn render(diagnostic: &Diagnostic, positions: &Positions<'_>) -> String {
    let mut object = Map::new();
    object.insert("code".to_owned(), diagnostic.code.name().into());
    object.insert("severity".to_owned(), diagnostic.severity().name().into());
    object.insert("message".to_owned(), diagnostic.message.as_str().into());
    place(&mut object, &diagnostic.primary, positions);
    let labels = diagnostic.secondary.iter().map(|label| {
        let mut object = Map::new();
        place(&mut object, label, positions);
        Value::Object(object)
    });
    object.insert("labels".to_owned(), labels.collect());
    object.insert("help".to_owned(), json!(diagnostic.help));
    Value::Object(object).to_string()
}

fn place(object: &mut Map<String, Value>, label: &Label, positions: &Positions<'_>) {
    let place = positions.place(label.span);
    object.insert("path".to_owned(), place.path.into());
    object.insert("line".to_owned(), place.line.into());
    object.insert("column".to_owned(), place.column.into());
    object.insert("end_line".to_owned(), place.end_line.into());
    object.insert("end_column".to_owned(), place.end_column.into());
    object.insert("label".to_owned(), json!(Some(&label.text).filter(|text| !text.is_empty())));
}
