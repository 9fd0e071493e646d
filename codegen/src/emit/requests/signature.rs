//! Builds the signature of a generated function: its name, parameters and return type.

use quote::quote;

use super::super::deprecation::Deprecated;
use super::super::print::Tokens;
use super::super::template::Template;
use super::super::types::Scope;
use super::value::typed;
use crate::model::requests::{
    Body, Operation, Parameter, ParameterType, Presence, RequestType, ReturnType, Step, SystemOptions,
};
use crate::model::{Deprecation, Primitive, Segment, TypeId, ValueType};
use crate::source::At;

/// How types are named in the place where functions are declared.
pub(crate) struct Types<'a> {
    /// The service's types.
    pub(crate) scope: &'a Scope<'a>,
    /// The prefix of a builder's path: `super::`.
    pub(crate) requests: &'a str,
}

/// A function's name, parameters and return type.
#[derive(Hash)]
pub(crate) struct Signature {
    name: String,
    deprecated: Deprecated,
    /// Names and types, without `&self`.
    pub(crate) parameters: Vec<(String, String)>,
    /// The return type.
    pub(crate) gives: String,
    /// True if one of the types is a generated one.
    pub(super) names_types: bool,
}

impl Signature {
    /// Writes the function. `doc` writes its documentation, and `body` its body.
    pub(super) fn write(&self, out: &mut Tokens, doc: impl Fn(&mut Tokens), body: impl Fn(&mut Tokens)) {
        static FUNCTION: Template = Template::new(|| {
            quote! {
                $doc
                $deprecated
                $lints
                #[inline]
                pub fn $name(&self $parameters) -> $gives {
                    $body
                }
            }
        });
        static LINT: Template = Template::new(|| quote!(#[allow(clippy::$lint)]));
        static PARAMETER: Template = Template::new(|| quote!(, $name: $type));
        let parameter = |(name, ty): &(String, String), out: &mut Tokens| {
            PARAMETER.write(out, &[("name", &|out| out.ident(name)), ("type", &|out| out.code(ty))]);
        };
        FUNCTION.write(
            out,
            &[
                ("doc", &|out| doc(out)),
                ("deprecated", &|out| self.deprecated.write(out)),
                ("lints", &|out| {
                    self.lints().into_iter().for_each(|lint| LINT.write(out, &[("lint", &|out| out.ident(lint))]))
                }),
                ("name", &|out| out.ident(&self.name)),
                ("parameters", &|out| self.parameters.iter().for_each(|one| parameter(one, out))),
                ("gives", &|out| out.code(&self.gives)),
                ("body", &|out| body(out)),
            ],
        );
    }

    /// The clippy lints that the function's name or number of parameters would violate.
    fn lints(&self) -> Vec<&'static str> {
        /// The number of parameters besides `self` that clippy allows.
        const MANY: usize = 6;
        let name = self.name.as_str();
        let mut lints = Vec::new();
        if name == "cmp" && self.parameters.len() == 1 {
            lints.push("should_implement_trait");
        }
        if name == "new" {
            lints.push("new_ret_no_self");
        }
        if name == "from" || name.starts_with("from_") || name.starts_with("into_") {
            lints.push("wrong_self_convention");
        }
        if self.parameters.len() > MANY {
            lints.push("too_many_arguments");
        }
        lints
    }
}

impl Types<'_> {
    /// The signature of a step, which returns a builder. `owner` is the type that the step is taken
    /// from: where its property is deprecated, the step is, too.
    pub(crate) fn step(&self, owner: Option<TypeId>, step: &Step) -> Signature {
        let target = self.builder(step);
        Signature {
            name: step.rust_name.clone(),
            deprecated: Deprecated::of(owner.and_then(|owner| self.deprecation(owner, step))),
            parameters: self.parameters(&step.parameters),
            gives: if self.is_nullable(step) { format!("rt::Nullable<{target}>") } else { target },
            names_types: self.has_generated(&step.parameters),
        }
    }

    /// The type of the builder that a step leads to.
    pub(super) fn builder(&self, step: &Step) -> String {
        format!("{}{}", self.requests, self.scope.model.requests.builder(step.target).rust_name)
    }

    /// Returns true if the path of a step may lead to no entity, and the entity can be read.
    pub(super) fn is_nullable(&self, step: &Step) -> bool {
        step.is_nullable && self.scope.model.requests.builder(step.target).reading().is_some()
    }

    fn deprecation(&self, owner: TypeId, step: &Step) -> Option<&At<Deprecation>> {
        let Segment::Literal(name) = &step.segment else { return None };
        let property = self.scope.model.declared_properties(owner).find(|property| property.name == *name)?;
        property.facts.deprecation.as_ref()
    }

    /// The signature of an operation, which returns a request.
    pub(crate) fn operation(&self, operation: &Operation) -> Signature {
        let mut parameters = self.parameters(&operation.parameters);
        parameters.extend(self.body(operation));
        let of_body = match &operation.body {
            Body::Value(ty) => self.scope.is_generated(ty),
            Body::Update(id) => self.scope.has_struct(*id),
            Body::Nothing | Body::Parameters(_) | Body::Reference | Body::Json | Body::Bytes => false,
        };
        let of_options = match operation.options {
            SystemOptions::None => false,
            SystemOptions::One(id) | SystemOptions::Many(id) => self.scope.has_struct(id),
        };
        let names_types = of_body
            || of_options
            || operation.response.item().is_some_and(|ty| self.scope.is_generated(ty))
            || self.has_generated(&operation.parameters);
        Signature {
            name: operation.rust_name.clone(),
            deprecated: Deprecated::of(operation.deprecation.as_ref()),
            parameters,
            gives: self.request(operation),
            names_types,
        }
    }

    /// Returns true if one of the parameters has a generated type.
    fn has_generated(&self, parameters: &[Parameter]) -> bool {
        parameters.iter().any(|parameter| match parameter.rust_type {
            ParameterType::Enum | ParameterType::Structured | ParameterType::List => {
                self.scope.is_generated(&parameter.ty)
            }
            ParameterType::Bool
            | ParameterType::I32
            | ParameterType::I64
            | ParameterType::F64
            | ParameterType::Text => false,
        })
    }

    fn parameters(&self, parameters: &[Parameter]) -> Vec<(String, String)> {
        let ty = |parameter: &Parameter| match parameter.rust_type {
            ParameterType::Bool => "bool".to_owned(),
            ParameterType::I32 => "i32".to_owned(),
            ParameterType::I64 => "i64".to_owned(),
            ParameterType::F64 => "f64".to_owned(),
            ParameterType::Enum => format!("&{}", self.scope.value(&parameter.ty)),
            ParameterType::Text => {
                typed(parameter).map_or_else(|| "&str".to_owned(), |ty| format!("impl Into<rt::{ty}>"))
            }
            ParameterType::Structured => format!("&{}", self.scope.value(&parameter.ty)),
            ParameterType::List => format!("&[{}]", self.scope.value(&parameter.ty)),
        };
        let ty = |parameter: &Parameter| match parameter.presence {
            Presence::Required => ty(parameter),
            Presence::Optional | Presence::Nullable => format!("Option<{}>", ty(parameter)),
        };
        parameters.iter().map(|parameter| (parameter.rust_name.clone(), ty(parameter))).collect()
    }

    /// The type of the request.
    fn request(&self, operation: &Operation) -> String {
        let scope = self.scope;
        let value = match &operation.response {
            ReturnType::Nothing => "()".to_owned(),
            ReturnType::One(ty) => scope.value(ty),
            ReturnType::Optional(ty) => format!("Option<{}>", scope.value(ty)),
            ReturnType::Single(ty) => format!("rt::Single<{}>", scope.value(ty)),
            ReturnType::Many(ty) if operation.function.request == RequestType::List => scope.value(ty),
            ReturnType::Many(ty) => format!("rt::Collection<{}>", scope.value(ty)),
            ReturnType::Delta(ty) => scope.value(ty),
            ReturnType::Bytes => "Vec<u8>".to_owned(),
            ReturnType::Text => "String".to_owned(),
            ReturnType::Count => "i64".to_owned(),
            ReturnType::Accepted => "rt::Accepted".to_owned(),
        };
        let owner = match operation.options {
            SystemOptions::None => None,
            SystemOptions::One(owner) | SystemOptions::Many(owner) => Some(scope.owner(owner)),
        };
        // The type whose properties the query options take is named only if it differs from the
        // type of the values.
        let alias = |alias: &str| match &owner {
            Some(owner) if *owner != value => format!("rt::{alias}<{value}, {owner}>"),
            _ => format!("rt::{alias}<{value}>"),
        };
        match (operation.function.request, operation.options) {
            (RequestType::Read, _) => alias("ReadRequest"),
            (RequestType::List, _) => alias("ListRequest"),
            (RequestType::Delta, _) => alias("DeltaRequest"),
            (RequestType::Count, SystemOptions::Many(owner)) => format!("rt::CountRequest<{}>", scope.owner(owner)),
            (RequestType::Plain | RequestType::Count, SystemOptions::None) => format!("rt::Request<{value}>"),
            (RequestType::Plain | RequestType::Count, SystemOptions::One(owner)) => {
                format!("rt::Request<{value}, rt::query::One<{}>>", scope.owner(owner))
            }
            (RequestType::Plain, SystemOptions::Many(owner)) => {
                format!("rt::Request<{value}, rt::query::Many<{}>>", scope.owner(owner))
            }
        }
    }

    /// The parameters for the request body.
    fn body(&self, operation: &Operation) -> Vec<(String, String)> {
        let scope = self.scope;
        let types = match &operation.body {
            Body::Nothing => vec![],
            Body::Value(ValueType::Primitive(Primitive::String)) => vec!["&str".to_owned()],
            Body::Value(ty) => vec![format!("&{}", scope.value(ty))],
            Body::Update(id) => vec![format!("&rt::Update<{}>", scope.owner(*id))],
            Body::Parameters(index) => {
                let ty = scope.model.requests.parameters.get(*index);
                ty.map(|ty| format!("&{}{}", self.requests, ty.rust.name)).into_iter().collect()
            }
            Body::Reference => vec!["&rt::Reference".to_owned()],
            Body::Json => vec!["&rt::Json".to_owned()],
            Body::Bytes => vec!["Vec<u8>".to_owned(), "&str".to_owned()],
        };
        operation.function.body.iter().cloned().zip(types).collect()
    }
}
