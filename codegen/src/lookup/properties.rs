//! Finds requests of one property: `GET /People('ada')/Address/City`.

use super::forbidden::changes_properties;
use super::text::{self, chain, constant_of, plain};
use super::url::Url;
use crate::model::requests::Builder;
use crate::model::{HttpMethod, Model, Primitive, TypeId, ValueType};
use crate::path_template::Token;
use crate::request_path::Step;

/// The path of a property, which begins at an entity.
pub(super) struct PropertyPath {
    /// The number of tokens before the first property.
    pub(super) position: usize,
    steps: Vec<Step>,
    constants: Vec<String>,
    end: End,
    writes: bool,
}

/// The last segments of the path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Primitive,
    Binary,
    Complex,
    Collection,
    Text,
    Bytes,
    Count,
}

impl PropertyPath {
    /// The property that tokens behind the path of a builder lead to.
    pub(super) fn of(
        model: &Model,
        builder: &Builder,
        steps: &[Step],
        tokens: &[Token],
        position: usize,
    ) -> Option<Self> {
        let mut owner = builder.owner_of_properties().filter(|_| !model.container.is_empty());
        let mut constants = Vec::new();
        let mut end = None;
        for token in &tokens[position..] {
            let Token::Segment(name) = token else { return None };
            end = Some(match (name.as_str(), end) {
                ("$value", Some(End::Primitive)) => End::Text,
                ("$value", Some(End::Binary)) => End::Bytes,
                ("$count", Some(End::Collection)) => End::Count,
                _ => {
                    let (constant, found, next) = property(model, owner?, name)?;
                    constants.push(constant);
                    owner = next;
                    found
                }
            });
        }
        Some(PropertyPath {
            position,
            steps: steps.to_vec(),
            constants,
            end: end?,
            writes: changes_properties(model, builder, steps),
        })
    }

    /// The call with an HTTP method.
    pub(super) fn call(&self, model: &Model, url: &Url) -> Option<String> {
        let function = self.function(url.http)?;
        let mut text = chain(model, &self.steps);
        for constant in &self.constants {
            text += &format!(".property({constant})");
        }
        text += &format!(".{function}");
        url.query.iter().for_each(|(name, value)| text += &plain(name, value));
        Some(text)
    }

    /// The HTTP methods of the path.
    pub(super) fn methods(&self) -> Vec<HttpMethod> {
        use HttpMethod::{Delete, Get, Patch, Post, Put};
        [Delete, Get, Patch, Post, Put].into_iter().filter(|http| self.function(*http).is_some()).collect()
    }

    fn function(&self, http: HttpMethod) -> Option<&'static str> {
        let is_whole = !matches!(self.end, End::Text | End::Bytes | End::Count);
        match (http, self.end) {
            (HttpMethod::Get, End::Text) => Some("value()"),
            (HttpMethod::Get, End::Bytes) => Some("bytes()"),
            (HttpMethod::Get, End::Count) => Some("count()"),
            (HttpMethod::Get, End::Collection) => Some("list()"),
            (HttpMethod::Get, _) => Some("get()"),
            _ if !self.writes => None,
            (HttpMethod::Put, _) if is_whole => Some("set(value)"),
            (HttpMethod::Delete, _) if is_whole => Some("clear()"),
            (HttpMethod::Patch, End::Complex) => Some("update(&changes)"),
            (HttpMethod::Post, End::Collection) => Some("add(item)"),
            _ => None,
        }
    }
}

/// The constant of a property that is neither a navigation property nor a stream, what its value
/// is, and the type of a complex value.
fn property(model: &Model, owner: TypeId, name: &str) -> Option<(String, End, Option<TypeId>)> {
    let property = text::property(model, owner, name)?;
    if property.is_navigation || property.ty.item == ValueType::Primitive(Primitive::Stream) {
        return None;
    }
    let (end, next) = match property.ty.item {
        _ if property.ty.collection => (End::Collection, None),
        ValueType::Structured(target) => (End::Complex, Some(target)),
        ValueType::Primitive(Primitive::Binary) => (End::Binary, None),
        _ => (End::Primitive, None),
    };
    Some((constant_of(model, owner, property), end, next))
}
