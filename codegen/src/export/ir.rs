//! Writes the whole [`Schema`] as JSON, for debugging and snapshots. It is not a stable interface:
//! the form follows the types of [`crate::schema`].

use serde_json::{Map, Value};

use crate::report::Positions;
use crate::schema::Schema;
use crate::source::{FileId, SourceMap, Span};

/// Writes the whole schema as JSON.
///
/// The members are the fields of the types in [`crate::schema`]. A position is written as
/// `path:line:column`, a page as its path. Empty values are left out.
pub fn ir(schema: &Schema, sources: &SourceMap) -> Value {
    let value = serde_json::to_value(schema).expect("the schema has nothing that JSON lacks");
    let dump = Dump { sources, positions: Positions::new(sources) };
    dump.readable(value).unwrap_or_else(|| Value::Object(Map::new()))
}

struct Dump<'s> {
    sources: &'s SourceMap,
    positions: Positions<'s>,
}

impl Dump<'_> {
    /// Replaces positions by their readable form; `None` for an empty value.
    fn readable(&self, value: Value) -> Option<Value> {
        match value {
            Value::Null => None,
            Value::Array(items) => {
                let items: Vec<Value> = items.into_iter().filter_map(|item| self.readable(item)).collect();
                (!items.is_empty()).then_some(Value::Array(items))
            }
            Value::Object(members) => {
                if let Some(span) = span(&members) {
                    let place = self.positions.place(span);
                    return Some(format!("{}:{}:{}", place.path, place.line, place.column).into());
                }
                let members: Map<String, Value> = members
                    .into_iter()
                    .filter_map(|(name, value)| {
                        let value = match (name.as_str(), file(&value)) {
                            ("file", Some(file)) => self.sources.file(file).path.as_str().into(),
                            _ => self.readable(value)?,
                        };
                        Some((name, value))
                    })
                    .collect();
                (!members.is_empty()).then_some(Value::Object(members))
            }
            simple => Some(simple),
        }
    }
}

/// The span that an object represents, if it is one.
fn span(members: &Map<String, Value>) -> Option<Span> {
    let number = |name: &str| u32::try_from(members.get(name)?.as_u64()?).ok();
    if members.len() != 3 {
        return None;
    }
    Some(Span { file: file(members.get("file")?)?, start: number("start")?, end: number("end")? })
}

fn file(value: &Value) -> Option<FileId> {
    value.as_u64().and_then(|id| u32::try_from(id).ok()).map(FileId)
}
