//! Turns the placeholders of segments and queries into parameters of Rust functions.
//!
//! An argument keeps its name. A key that is only called `id` gets the name of the collection
//! before it. The type of a key is that of the entity type's key property. The type of any other
//! parameter is stated by its row on the page; without a row, quotes mean a string, and `n` a
//! number.

use super::key_types;
use super::keys::{of_key, words};
use super::page_responses::PageResponses;
use super::response::Response;
use crate::case;
use crate::model::requests::{Parameter, ParameterType, Presence};
use crate::model::{Argument, ArgumentValue, Part, Primitive, Segment, TypeId, ValueType};
use crate::resolve::names::same_letters;
use crate::resolve::rust_names::{field_name, unique};
use crate::schema::operation::Parameter as Row;
use crate::schema::{DocumentedOperation, HasName};

/// The parameters of a function, in order.
pub(super) struct Arguments<'a> {
    pub(super) responses: &'a PageResponses<'a>,
    /// The page that describes the parameters.
    pub(super) page: Option<&'a DocumentedOperation>,
    /// The entity type, if the segment is a key.
    entity: Option<TypeId>,
    pub(super) parameters: Vec<Parameter>,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(responses: &'a PageResponses<'a>, page: Option<&'a DocumentedOperation>) -> Self {
        Arguments { responses, page, entity: None, parameters: Vec::new() }
    }

    /// Begins with the parameters of an entity type's key.
    pub(super) fn of_key(
        responses: &'a PageResponses<'a>,
        page: Option<&'a DocumentedOperation>,
        entity: Option<TypeId>,
    ) -> Self {
        Arguments { entity, ..Arguments::new(responses, page) }
    }

    /// Adds the parameters of a segment after one that is called `before`. The arguments of a call
    /// get quotes as the types of their rows require.
    pub(super) fn segment(&mut self, segment: &mut Segment, before: &str) {
        match segment {
            Segment::Literal(_) => {}
            Segment::Key(name) => {
                self.key(name, of_key(name, before));
            }
            Segment::Call { name, arguments } | Segment::NamedKey { collection: name, arguments } => {
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
        let (ArgumentValue::Placeholder { name, .. } | ArgumentValue::EnumLiteral { name, .. }) = &argument.value
        else {
            return;
        };
        let is_named = !argument.name.is_empty();
        let rust = if is_named { case::snake(&argument.name) } else { of_key(name, call) };
        let row = if is_named { &argument.name } else { name };
        let stated = self.add(name, rust, Some(row));
        if is_named {
            self.may_go_without(row, call);
        }
        let of_key = self.key_type(row);
        if let (Some(ty), Some(parameter)) = (&of_key, self.parameters.last_mut()) {
            parameter.ty = ty.clone();
        }
        if let ArgumentValue::Placeholder { quoted, .. } = &mut argument.value {
            match of_key {
                Some(ty) => *quoted = ty.is_quoted_in_urls(),
                None => *quoted |= matches!(stated, Some(ValueType::Primitive(Primitive::String) | ValueType::Enum(_))),
            }
        }
    }

    /// Adds the parameter of a query option.
    pub(super) fn option(&mut self, option: &str, placeholder: &str) {
        self.add(placeholder, words(option), Some(option));
        self.may_go_without(option, "");
    }

    /// Makes the last parameter optional if its row says so. An argument without a name cannot be
    /// omitted, because its position identifies it. If the page has a line with the same call and
    /// without the argument, that line is used to omit it.
    fn may_go_without(&mut self, row: &str, call: &str) {
        let is_shorter = |segment: &Segment| match segment {
            Segment::Literal(name) => name.eq_ignore_ascii_case(call),
            Segment::Call { name, arguments } => {
                let has = arguments.iter().any(|argument| argument.is_called(row));
                name.eq_ignore_ascii_case(call) && !has
            }
            _ => false,
        };
        let mut segments = self.page.iter().flat_map(|page| &page.requests).flat_map(|request| &request.path);
        let is_optional = !row.is_empty()
            && self.row(row).is_some_and(|row| row.required == Some(false))
            && !segments.any(is_shorter);
        let is_nullable = !row.is_empty() && self.row(row).is_some_and(|row| row.is_nullable);
        if let Some(last) = self.parameters.last_mut() {
            last.presence = match (is_optional, is_nullable) {
                (true, _) => Presence::Optional,
                (false, true) => Presence::Nullable,
                (false, false) => Presence::Required,
            };
        }
    }

    /// Adds a key. Its type is that of the entity type's key property. Otherwise it is a string,
    /// even if it looks like a number (`0` of a thumbnail, next to `{thumb-id}`).
    fn key(&mut self, placeholder: &str, name: String) {
        self.add(placeholder, name, None);
        let ty = self.key_type(placeholder).unwrap_or(ValueType::Primitive(Primitive::String));
        if let Some(parameter) = self.parameters.last_mut() {
            parameter.ty = ty;
        }
    }

    /// The type of a value in the key, if the entity type states it.
    fn key_type(&self, placeholder: &str) -> Option<ValueType> {
        key_types::of(self.responses.model, self.entity?, placeholder)
    }

    /// Adds a parameter. Returns the type that its row on the page states.
    fn add(&mut self, placeholder: &str, name: String, row: Option<&str>) -> Option<ValueType> {
        let row = self.row(row.unwrap_or(placeholder));
        let stated = row.and_then(|row| self.ty(row));
        // Some templates have the name of the type instead of a value.
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
        let (ty, collection) = stated.clone().unwrap_or((usual, false));
        self.parameters.push(Parameter {
            placeholder: placeholder.to_owned(),
            rust_name,
            ty,
            collection,
            rust_type: ParameterType::Text,
            presence: Presence::Required,
            description,
        });
        stated.map(|(ty, _)| ty)
    }

    fn row(&self, name: &str) -> Option<&'a Row> {
        let page = self.page?;
        let rows = || page.parameters.iter().chain(page.body.iter().flat_map(|body| &body.members));
        // Two names may differ only in a mark.
        let exact = rows().find(|row| row.name.value == name);
        exact.or_else(|| rows().find(|row| same_letters(&row.name.value, name)))
    }

    /// The type of a row; true if it is a collection of this type. A page's row counts only if its
    /// values can stand in a URL as they are.
    fn ty(&self, row: &Row) -> Option<(ValueType, bool)> {
        let page = self.page?;
        let is_declared = page.declared.is_some();
        match self.responses.resolver(page).parameter(page, row)? {
            Response::One(item @ (ValueType::Primitive(_) | ValueType::Enum(_))) => Some((item, false)),
            Response::One(item) if is_declared => Some((item, false)),
            Response::Many(item) if is_declared => Some((item, true)),
            _ => None,
        }
    }
}
