//! The placeholders of segments and queries → parameters of Rust functions.
//!
//! An argument keeps its name. A key that says no more than `id` is called after the collection
//! before it. A key has the type of the entity type's key property. The page's row for another
//! parameter gives its type; without one, quotes tell a string, and `n` is a number.

use heck::ToSnakeCase;

use super::answers::Answers;
use super::key_types;
use super::keys::{of_key, words};
use super::response::Response;
use crate::model::requests::{Parameter, ParameterType};
use crate::model::{Argument, ArgumentValue, Part, Primitive, Segment, TypeId, ValueType};
use crate::resolve::rust_names::{field_name, unique};
use crate::schema::DocumentedOperation;
use crate::schema::operation::Parameter as Row;

/// The parameters of a function, one after the other.
pub(super) struct Arguments<'a> {
    pub(super) answers: &'a Answers<'a>,
    /// The page that describes them.
    pub(super) page: Option<&'a DocumentedOperation>,
    /// The entity type that the segment leads to, where it is a key.
    entity: Option<TypeId>,
    pub(super) parameters: Vec<Parameter>,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(answers: &'a Answers<'a>, page: Option<&'a DocumentedOperation>) -> Self {
        Arguments { answers, page, entity: None, parameters: Vec::new() }
    }

    /// Those of a key of an entity type.
    pub(super) fn of_key(
        answers: &'a Answers<'a>,
        page: Option<&'a DocumentedOperation>,
        entity: Option<TypeId>,
    ) -> Self {
        Arguments { entity, ..Arguments::new(answers, page) }
    }

    /// Adds those of a segment behind what is called `before`. Quotes of a call's arguments follow
    /// the types of their rows.
    pub(super) fn segment(&mut self, segment: &mut Segment, before: &str) {
        match segment {
            Segment::Literal(_) => {}
            Segment::Key(name) => {
                self.key(name, of_key(name, before));
            }
            Segment::Call { name, arguments } => {
                let name = name.clone();
                for argument in arguments {
                    self.argument(argument, &name);
                }
            }
            Segment::ByPath { parameter, .. } => {
                self.key(parameter, "path".to_owned());
            }
            Segment::Mixed(parts) => {
                let text = parts.iter().find_map(|part| match part {
                    Part::Text(text) => Some(text.trim_end_matches(['=', ':', '-']).to_owned()),
                    Part::Placeholder(_) => None,
                });
                for part in parts {
                    if let Part::Placeholder(name) = part {
                        self.key(name, of_key(name, text.as_deref().unwrap_or(before)));
                    }
                }
            }
        }
    }

    fn argument(&mut self, argument: &mut Argument, call: &str) {
        match &mut argument.value {
            ArgumentValue::Fixed(_) => {}
            ArgumentValue::EnumLiteral { name, .. } => {
                self.add(name, argument.name.to_snake_case(), Some(&argument.name));
                self.may_go_without(&argument.name, call);
            }
            ArgumentValue::Placeholder { name, quoted } => {
                let rust = if argument.name.is_empty() { of_key(name, call) } else { argument.name.to_snake_case() };
                let row = if argument.name.is_empty() { name.as_str() } else { argument.name.as_str() };
                let stated = self.add(name, rust, Some(row));
                let (row, is_named) = (row.to_owned(), !argument.name.is_empty());
                if is_named {
                    self.may_go_without(&row, call);
                }
                match self.key_type(&row) {
                    Some(ty) => {
                        *quoted = ty.is_quoted_in_urls();
                        if let Some(parameter) = self.parameters.last_mut() {
                            parameter.ty = ty;
                        }
                    }
                    None => *quoted |= stated == Some(ValueType::Primitive(Primitive::String)),
                }
            }
        }
    }

    /// Adds one of a query option.
    pub(super) fn option(&mut self, option: &str, placeholder: &str) {
        // The rows of metadata are keys and arguments; `$id` is no key `ID`.
        let row = if self.page.is_some_and(|page| page.declared.is_some()) { "" } else { option };
        self.add(placeholder, words(option), Some(row));
        self.may_go_without(row, "");
    }

    /// The parameter that was added last is optional where the row of its name says so. An argument
    /// without a name can only be told by its position. Where the page has a line with the same
    /// call and without the argument, that line is the way to leave it out.
    fn may_go_without(&mut self, row: &str, call: &str) {
        let is_shorter = |segment: &Segment| match segment {
            Segment::Literal(name) => name.eq_ignore_ascii_case(call),
            Segment::Call { name, arguments } => {
                let has = arguments.iter().any(|argument| argument.name.eq_ignore_ascii_case(row));
                name.eq_ignore_ascii_case(call) && !has
            }
            _ => false,
        };
        let mut segments = self.page.iter().flat_map(|page| &page.requests).flat_map(|request| &request.path);
        let is_optional = !row.is_empty()
            && self.row(row).is_some_and(|row| row.required == Some(false))
            && !segments.any(is_shorter);
        if let Some(last) = self.parameters.last_mut() {
            last.is_optional = is_optional;
        }
    }

    /// Adds a key: of the type that the metadata or the entity type's key property has. Without
    /// that a text, whatever looks like a number in it (`0` of a thumbnail, next to `{thumb-id}`).
    fn key(&mut self, placeholder: &str, name: String) {
        self.add(placeholder, name, None);
        if self.page.is_some_and(|page| page.declared.is_some()) {
            return;
        }
        let ty = self.key_type(placeholder).unwrap_or(ValueType::Primitive(Primitive::String));
        if let Some(parameter) = self.parameters.last_mut() {
            parameter.ty = ty;
        }
    }

    /// The type of a value in the key, where the entity type says it and the metadata does not.
    fn key_type(&self, placeholder: &str) -> Option<ValueType> {
        if self.page.is_some_and(|page| page.declared.is_some()) {
            return None;
        }
        key_types::of(self.answers.model, self.entity?, placeholder)
    }

    /// The type that the page's row states comes back.
    fn add(&mut self, placeholder: &str, name: String, row: Option<&str>) -> Option<ValueType> {
        let row = self.row(row.unwrap_or(placeholder));
        let stated = row.and_then(|row| self.ty(row));
        // Some templates name the type in place of the value.
        let usual = ValueType::Primitive(match placeholder.to_ascii_lowercase().as_str() {
            "n" | "int32" => Primitive::Int32,
            "boolean" | "bool" => Primitive::Boolean,
            _ => Primitive::String,
        });
        let rust_name = unique(
            field_name(&name),
            |name| self.parameters.iter().any(|known| known.rust_name == *name),
            |name, number| format!("{}_{number}", name.trim_start_matches("r#").trim_end_matches('_')),
        );
        let description = row.and_then(|row| row.description.as_ref()).map(Into::into);
        let ty = stated.clone().unwrap_or(usual);
        self.parameters.push(Parameter {
            placeholder: placeholder.to_owned(),
            rust_name,
            ty,
            rust_type: ParameterType::Text,
            is_optional: false,
            description,
        });
        stated
    }

    fn row(&self, name: &str) -> Option<&'a Row> {
        let page = self.page?;
        let members = page.body.iter().flat_map(|body| &body.members);
        let mut rows = page.parameters.iter().chain(members);
        let letters = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
        };
        let wanted = letters(name);
        rows.find(|row| letters(&row.name.value) == wanted)
    }

    fn ty(&self, row: &Row) -> Option<ValueType> {
        let page = self.page?;
        match self.answers.resolver(page).parameter(page, row)? {
            Response::One(item @ (ValueType::Primitive(_) | ValueType::Enum(_))) => Some(item),
            _ => None,
        }
    }
}
