//! What the compiler sees of a function: its parameters, and the type of what it gives.

use super::super::types::Scope;
use super::place::{self, Parameters};
use crate::model::requests::{Answer, Body, Operation, Step, SystemOptions};
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
    /// The function of the runtime that reads the answer.
    pub(super) decode: &'static str,
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
        let (answer, decode) = self.answer(operation);
        let mut parameters: Vec<String> =
            operation.parameters.iter().map(|parameter| place::declaration(self.scope, parameter)).collect();
        let body = self.body(operation).map(|(declared, call)| {
            parameters.extend(declared);
            call
        });
        Signature { parameters, answer, decode, body }
    }

    /// The type of the request, and the function that reads its answer.
    fn answer(&self, operation: &Operation) -> (String, &'static str) {
        let scope = self.scope;
        // The alias of a kind of request, the type in it, and the type whose properties the query options take.
        let alias = |alias: &str, value: String, owner: String| {
            if value == owner { format!("rt::{alias}<{value}>") } else { format!("rt::{alias}<{value}, {owner}>") }
        };
        match (&operation.answer, operation.options) {
            (Answer::One(ty), SystemOptions::One(owner)) => {
                return (alias("ReadRequest", scope.value(ty), scope.owner(owner)), "json");
            }
            (Answer::Many(ty), SystemOptions::Many(owner)) => {
                return (alias("ListRequest", scope.value(ty), scope.owner(owner)), "json");
            }
            (Answer::Delta(ty), SystemOptions::One(owner) | SystemOptions::Many(owner)) => {
                return (alias("DeltaRequest", scope.value(ty), scope.owner(owner)), "json");
            }
            (Answer::Delta(ty), SystemOptions::None) => {
                return (format!("rt::DeltaRequest<{}>", scope.value(ty)), "json");
            }
            _ => {}
        }
        let (value, decode) = match &operation.answer {
            Answer::Nothing => ("()".to_owned(), "nothing"),
            Answer::One(ty) => (scope.value(ty), "json"),
            Answer::Optional(ty) => (format!("Option<{}>", scope.value(ty)), "optional"),
            Answer::Single(ty) => (format!("rt::Single<{}>", scope.value(ty)), "single"),
            Answer::Many(ty) => (format!("rt::Collection<{}>", scope.value(ty)), "json"),
            Answer::Delta(ty) => (format!("rt::Delta<{}>", scope.value(ty)), "json"),
            Answer::Bytes => ("Vec<u8>".to_owned(), "bytes"),
            Answer::Text => ("String".to_owned(), "text"),
            Answer::Count => ("i64".to_owned(), "count"),
            Answer::Accepted => ("rt::Accepted".to_owned(), "accepted"),
        };
        let request = match operation.options {
            SystemOptions::None => format!("rt::Request<{value}>"),
            SystemOptions::One(owner) => format!("rt::Request<{value}, rt::query::One<{}>>", scope.owner(owner)),
            SystemOptions::Many(owner) => format!("rt::Request<{value}, rt::query::Many<{}>>", scope.owner(owner)),
        };
        (request, decode)
    }

    /// What a request carries: parameters of the function, and a call on the request.
    fn body(&self, operation: &Operation) -> Option<(Vec<String>, String)> {
        let parameters = Parameters::new(self.scope, &operation.parameters);
        let json = |name: &str, ty: String| {
            let name = parameters.free_name(name);
            Some((vec![format!("{name}: &{ty}")], format!(".json({name})")))
        };
        match &operation.body {
            Body::Nothing => None,
            Body::Value(ValueType::Primitive(Primitive::String)) => json("body", "str".to_owned()),
            Body::Value(ty) => json("body", self.scope.value(ty)),
            Body::Update(id) => json("changes", format!("rt::Update<{}>", self.scope.owner(*id))),
            Body::Parameters(index) => {
                let ty = self.scope.model.requests.parameters.get(*index)?;
                json("parameters", format!("{}{}", self.requests, ty.rust.name))
            }
            Body::Reference => json("reference", "rt::Reference".to_owned()),
            Body::Json => json("body", "rt::Json".to_owned()),
            Body::Bytes => {
                let (content, media) = (parameters.free_name("content"), parameters.free_name("media_type"));
                let declared = vec![format!("{content}: Vec<u8>"), format!("{media}: &str")];
                Some((declared, format!(".bytes({content}, {media})")))
            }
        }
    }
}
