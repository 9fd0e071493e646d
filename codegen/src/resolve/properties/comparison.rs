//! Compares the type in a property's row with the one that the page's JSON block shows.

use super::Resolver;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Primitive, TypeId, ValueType};
use crate::schema::{self, JsonItem, TypeExpr};
use crate::source::{At, Span};

impl Resolver<'_, '_> {
    /// Reports contradictions between table and block.
    pub(super) fn compare(
        &self,
        property: &schema::DeclaredProperty,
        stated: &At<TypeExpr>,
        item: &ValueType,
        shape: &At<schema::JsonShape>,
        shown: Option<&ValueType>,
        diagnostics: &mut Diagnostics,
    ) {
        let says_string = |item: &ValueType| {
            let is_any = |id: &TypeId| self.index.entry(*id).stands_for_any_json();
            matches!((item, &shape.value.item), (ValueType::Structured(id), JsonItem::Text) if !is_any(id))
                && self.index.text(shape.span).trim_matches(['"', '[', ']', ' ']).eq_ignore_ascii_case("string")
        };
        let different = match (&shape.value.item, shown) {
            (JsonItem::Nothing, _) | (_, None) => None,
            _ if says_string(item) => Some("a string"),
            (_, Some(shown)) if matches!(item, ValueType::Primitive(_)) && self.is_sample(shown) => None,
            (shown_item, Some(shown)) if !self.agrees(item, shown_item, shown) => Some("another type"),
            _ if stated.value.collection && !shape.value.collection => Some("no collection"),
            _ if !stated.value.collection && shape.value.collection => Some("a collection"),
            _ => None,
        };
        if let Some(different) = different {
            diagnostics.push(
                Diagnostic::new(
                    Code::TypeMismatch,
                    stated.span,
                    format!("the JSON block shows {different} for `{}`", property.name.value),
                )
                .label("the table's type, which is taken")
                .also(shape.span, "shown here")
                .help("correct the one that is wrong"),
            );
        }
    }

    /// Returns true if a name in the block is a sample value: `contoso.example.com`.
    pub(super) fn is_sample(&self, shown: &ValueType) -> bool {
        matches!(shown, ValueType::Undocumented(name) if !self.index.is_namespace(&name.namespace))
    }

    /// Returns true if a sample value in the block is compatible with a type.
    fn agrees(&self, item: &ValueType, token: &JsonItem, shown: &ValueType) -> bool {
        match item {
            ValueType::Undocumented(_) => true,
            ValueType::Enum(id) => match shown {
                ValueType::Enum(other) => {
                    id == other
                        || self.enums[id.0 as usize]
                            .name
                            .name
                            .eq_ignore_ascii_case(&self.enums[other.0 as usize].name.name)
                }
                ValueType::Undocumented(_) => true,
                _ => matches!(token, JsonItem::Text | JsonItem::Values(_) | JsonItem::Primitive(Primitive::String)),
            },
            // Any JSON.
            ValueType::Structured(id) if self.index.entry(*id).stands_for_any_json() => true,
            ValueType::Structured(id) => match shown {
                ValueType::Structured(other) => self.related(*id, *other),
                ValueType::Undocumented(_) | ValueType::Primitive(Primitive::Untyped) => true,
                // The bare name of a type in quotes.
                _ => matches!(token, JsonItem::Text),
            },
            ValueType::Primitive(primitive) => match (primitive, token) {
                (Primitive::Untyped, _) | (_, JsonItem::Text)
                    if primitive.is_text() || *primitive == Primitive::Untyped =>
                {
                    true
                }
                (_, JsonItem::Primitive(other)) => {
                    // "String (timestamp)" is also used for dates and times of day.
                    primitive == other
                        || primitive.is_text() && matches!(other, Primitive::String | Primitive::DateTimeOffset)
                        || primitive.is_number() && other.is_number()
                }
                (_, JsonItem::Boolean) => *primitive == Primitive::Boolean,
                (_, JsonItem::Number { .. }) => primitive.is_number(),
                (Primitive::String, JsonItem::Values(_)) => true,
                // "number" and "boolean" are used as sample texts.
                (_, JsonItem::Text) => true,
                _ => false,
            },
        }
    }

    fn related(&self, a: TypeId, b: TypeId) -> bool {
        let ancestry = |id: TypeId| std::iter::successors(Some(id), |id| self.bases[id.0 as usize]);
        ancestry(a).any(|up| up == b) || ancestry(b).any(|up| up == a)
    }
}

/// The diagnostic of a cell that says String where the block has a literal of another type.
pub(super) fn literal_differs(name: &str, literal: Primitive, cell: Span, shown: Span) -> Diagnostic {
    let literal = literal.simple_name();
    Diagnostic::new(Code::TypeMismatch, cell, format!("the JSON block shows a {literal} for `{name}`"))
        .label("the table says String")
        .also(shown, "shown here, which is taken")
        .help("correct the one that is wrong")
}
