//! Finds the mistakes in example bodies that calls send or receive.
//!
//! A call fixes the types. A document that is an example of another type, or that does not fit an
//! action's parameters, is a mistake of the page.

use crate::hashing::HashMap;

use crate::json;
use crate::model::requests::{Body, Operation, ReturnType};
use crate::model::{Envelope, ExampleContent, Model, TypeId, ValueType};
use crate::resolve::fit::Checker;
use crate::source::{SourceMap, Span};

/// The model with the parameters of actions as additional types at the end.
pub(super) fn with_parameters(model: &Model) -> Model {
    let mut with = Model { types: model.types.clone(), enums: model.enums.clone(), ..Model::default() };
    with.types.extend(model.requests.parameters.iter().cloned());
    with
}

/// The input of the comparison.
pub(super) struct Defects<'a> {
    model: &'a Model,
    sources: &'a SourceMap,
    checker: Checker<'a>,
    examples: HashMap<Span, &'a ExampleContent>,
}

impl<'a> Defects<'a> {
    /// `with_parameters` is the model with the parameters of actions as types.
    pub(super) fn new(model: &'a Model, with_parameters: &'a Model, sources: &'a SourceMap) -> Self {
        let examples = model.examples.iter().map(|example| (example.body, &example.content)).collect();
        Defects { model, sources, checker: Checker::new(with_parameters), examples }
    }

    /// The mistake in the request body of a call.
    pub(super) fn of_request(&self, operation: &Operation, body: Span) -> Option<String> {
        let is_json = !matches!(operation.body, Body::Nothing | Body::Bytes);
        if is_json && !self.examples.contains_key(&body) {
            return Some("it is not JSON, and the operation is described with JSON".to_owned());
        }
        match &operation.body {
            Body::Value(ty) => self.other_type(body, ty, Envelope::None),
            Body::Update(id) => self.other_type(body, &ValueType::Structured(*id), Envelope::None),
            Body::Parameters(index) => {
                let ty = ValueType::Structured(TypeId((self.model.types.len() + index) as u32));
                let document = json::parse_span(self.sources, body);
                let mismatches = self.checker.check(&document.value, &ty, Envelope::None);
                mismatches.first().map(|mismatch| mismatch.text())
            }
            Body::Reference => {
                let document = json::parse_span(self.sources, body);
                document.value.get("@odata.id").is_none().then(|| "it is no reference".to_owned())
            }
            Body::Nothing | Body::Bytes | Body::Json => None,
        }
    }

    /// Of the body that a call reads.
    pub(super) fn of_response(&self, operation: &Operation, body: Span) -> Option<String> {
        match &operation.response {
            ReturnType::One(ty) | ReturnType::Optional(ty) => self.other_type(body, ty, Envelope::None),
            ReturnType::Single(ty) => self.other_type(body, ty, Envelope::Single),
            ReturnType::Many(ty) | ReturnType::Delta(ty) => self.other_type(body, ty, Envelope::Collection),
            ReturnType::Nothing | ReturnType::Bytes | ReturnType::Text | ReturnType::Count | ReturnType::Accepted => {
                None
            }
        }
    }

    /// A message if the document is an example of another type.
    fn other_type(&self, body: Span, described: &ValueType, form: Envelope) -> Option<String> {
        match self.examples.get(&body)? {
            ExampleContent::Typed { ty, envelope } if ty != described || *envelope != form => Some(format!(
                "it is an example of {}, and the operation is described with {}",
                self.name(ty, *envelope),
                self.name(described, form)
            )),
            _ => None,
        }
    }

    fn name(&self, ty: &ValueType, envelope: Envelope) -> String {
        let name = match ty {
            ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
            ValueType::Structured(id) => self.model.structured(*id).name.to_string(),
            ValueType::Enum(id) => self.model.enumeration(*id).name.to_string(),
            ValueType::Undocumented(name) => name.to_string(),
        };
        match envelope {
            Envelope::None => format!("`{name}`"),
            Envelope::Single => format!("`{name}` in an envelope"),
            Envelope::Collection => format!("a collection of `{name}`"),
        }
    }
}
