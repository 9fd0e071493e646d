//! What the compiler sees of a function: its parameters, and the type of what it gives.

use super::super::types::Scope;
use super::place;
use crate::model::requests::{Answer, Body, Operation, RequestType, Step, SystemOptions};
use crate::model::{Primitive, ValueType};

/// How types are called where functions are declared.
pub(crate) struct Types<'a> {
    /// The service's types.
    pub(crate) scope: &'a Scope<'a>,
    /// What the path of a builder begins with: `super::`.
    pub(crate) requests: &'a str,
}

/// The signature of an operation's function, and what goes with it in the body.
pub(crate) struct Signature {
    /// `name: type`, after `&self`.
    pub(crate) parameters: Vec<String>,
    /// The type of the request.
    pub(crate) answer: String,
    /// The call that gives the request its body.
    pub(super) body: Option<String>,
}

impl Types<'_> {
    /// The parameters of a step's function, after `&self`, and the builder that it gives.
    pub(crate) fn step(&self, step: &Step) -> (Vec<String>, String) {
        let parameters = step.parameters.iter().map(|parameter| place::declaration(self.scope, parameter));
        let target = self.scope.model.requests.builder(step.target);
        (parameters.collect(), format!("{}{}", self.requests, target.rust_name))
    }

    /// The signature of an operation's function.
    pub(crate) fn operation(&self, operation: &Operation) -> Signature {
        let answer = self.answer(operation);
        let mut parameters: Vec<String> =
            operation.parameters.iter().map(|parameter| place::declaration(self.scope, parameter)).collect();
        let body = self.body(operation).map(|(declared, call)| {
            parameters.extend(declared);
            call
        });
        Signature { parameters, answer, body }
    }

    /// The type of the request.
    fn answer(&self, operation: &Operation) -> String {
        let scope = self.scope;
        let value = match &operation.answer {
            Answer::Nothing => "()".to_owned(),
            Answer::One(ty) => scope.value(ty),
            Answer::Optional(ty) => format!("Option<{}>", scope.value(ty)),
            Answer::Single(ty) => format!("rt::Single<{}>", scope.value(ty)),
            Answer::Many(ty) if operation.function.request == RequestType::List => scope.value(ty),
            Answer::Many(ty) => format!("rt::Collection<{}>", scope.value(ty)),
            Answer::Delta(ty) => scope.value(ty),
            Answer::Bytes => "Vec<u8>".to_owned(),
            Answer::Text => "String".to_owned(),
            Answer::Count => "i64".to_owned(),
            Answer::Accepted => "rt::Accepted".to_owned(),
        };
        let owner = match operation.options {
            SystemOptions::None => None,
            SystemOptions::One(owner) | SystemOptions::Many(owner) => Some(scope.owner(owner)),
        };
        // The type whose properties the query options take is said where it is not that of the values.
        let alias = |alias: &str| match &owner {
            Some(owner) if *owner != value => format!("rt::{alias}<{value}, {owner}>"),
            _ => format!("rt::{alias}<{value}>"),
        };
        match (operation.function.request, operation.options) {
            (RequestType::Read, _) => alias("ReadRequest"),
            (RequestType::List, _) => alias("ListRequest"),
            (RequestType::Delta, _) => alias("DeltaRequest"),
            (RequestType::Plain, SystemOptions::None) => format!("rt::Request<{value}>"),
            (RequestType::Plain, SystemOptions::One(owner)) => {
                format!("rt::Request<{value}, rt::query::One<{}>>", scope.owner(owner))
            }
            (RequestType::Plain, SystemOptions::Many(owner)) => {
                format!("rt::Request<{value}, rt::query::Many<{}>>", scope.owner(owner))
            }
        }
    }

    /// What gives a request its body: parameters of the function, and a call on the request.
    fn body(&self, operation: &Operation) -> Option<(Vec<String>, String)> {
        let ty = match &operation.body {
            Body::Nothing => return None,
            Body::Value(ValueType::Primitive(Primitive::String)) => "str".to_owned(),
            Body::Value(ty) => self.scope.value(ty),
            Body::Update(id) => format!("rt::Update<{}>", self.scope.owner(*id)),
            Body::Parameters(index) => {
                let ty = self.scope.model.requests.parameters.get(*index)?;
                format!("{}{}", self.requests, ty.rust.name)
            }
            Body::Reference => "rt::Reference".to_owned(),
            Body::Json => "rt::Json".to_owned(),
            Body::Bytes => "Vec<u8>".to_owned(),
        };
        match operation.function.body.as_slice() {
            [content, media_type] => {
                let declared = vec![format!("{content}: {ty}"), format!("{media_type}: &str")];
                Some((declared, format!(".bytes({content}, {media_type})")))
            }
            [name] => Some((vec![format!("{name}: &{ty}")], format!(".json({name})"))),
            _ => None,
        }
    }
}
