//! Decides the details of request functions: the Rust types of parameters, the names of variables,
//! and how the response is decoded.

use crate::model::Primitive;
use crate::model::requests::{
    Body, Decoding, Function, Operation, Parameter, ParameterType, RequestTree, RequestType, ReturnType, Step,
    SystemOptions,
};
use crate::model::{EnumType, Segment, ValueType};
use crate::vocabulary::UrlForm;

/// Decides the details of all functions of a tree.
pub(super) fn assign(tree: &mut RequestTree, enums: &[EnumType]) {
    for builder in &mut tree.builders {
        for step in &mut builder.steps {
            step.parameters.iter_mut().for_each(|parameter| parameter.rust_type = parameter_type(parameter, enums));
            step.lists = of_step(step);
        }
        for operation in &mut builder.operations {
            let parameters = operation.parameters.iter_mut();
            parameters.for_each(|parameter| parameter.rust_type = parameter_type(parameter, enums));
            operation.function = of_operation(operation);
        }
    }
}

fn parameter_type(parameter: &Parameter, enums: &[EnumType]) -> ParameterType {
    match &parameter.ty {
        _ if parameter.collection => ParameterType::List,
        ValueType::Primitive(Primitive::Untyped) => ParameterType::Structured,
        ValueType::Primitive(primitive) => match primitive.url() {
            UrlForm::Boolean => ParameterType::Bool,
            UrlForm::Int32 => ParameterType::I32,
            UrlForm::Int64 => ParameterType::I64,
            UrlForm::Float => ParameterType::F64,
            UrlForm::Text | UrlForm::Quoted | UrlForm::Prefixed(_) => ParameterType::Text,
        },
        ValueType::Enum(id) if enums.get(id.0 as usize).is_some_and(|ty| !ty.is_flags) => ParameterType::Enum,
        ValueType::Structured(_) => ParameterType::Structured,
        ValueType::Enum(_) | ValueType::Undocumented(_) => ParameterType::Text,
    }
}

fn of_step(step: &Step) -> Vec<String> {
    let mut names = Names::beside(&step.parameters);
    lists(std::slice::from_ref(&step.segment), &mut names)
}

fn of_operation(operation: &Operation) -> Function {
    let mut names = Names::beside(&operation.parameters);
    let body: &[&str] = match &operation.body {
        Body::Nothing => &[],
        Body::Value(_) | Body::Json => &["body"],
        Body::Update(_) => &["changes"],
        Body::Parameters(_) => &["parameters"],
        Body::Reference => &["reference"],
        Body::Bytes => &["content", "media_type"],
    };
    let body = body.iter().map(|name| names.take(name)).collect();
    let lists = lists(&operation.path, &mut names);
    let request = match (&operation.response, operation.options) {
        (ReturnType::One(_) | ReturnType::Optional(_), SystemOptions::One(_)) => RequestType::Read,
        (ReturnType::Many(_), SystemOptions::Many(_)) => RequestType::List,
        (ReturnType::Count, SystemOptions::Many(_)) => RequestType::Count,
        (ReturnType::Delta(_), _) => RequestType::Delta,
        _ => RequestType::Plain,
    };
    Function { body, lists, at: names.take("at"), request, decoding: decoding(&operation.response) }
}

fn decoding(response: &ReturnType) -> Decoding {
    match response {
        ReturnType::Nothing => Decoding::Nothing,
        ReturnType::One(_) | ReturnType::Many(_) | ReturnType::Delta(_) => Decoding::Json,
        ReturnType::Optional(_) => Decoding::Optional,
        ReturnType::Single(_) => Decoding::Single,
        ReturnType::Bytes => Decoding::Bytes,
        ReturnType::Text => Decoding::Text,
        ReturnType::Count => Decoding::Count,
        ReturnType::Accepted => Decoding::Accepted,
    }
}

/// A variable for the arguments of each call and each key with names in a path.
fn lists(path: &[Segment], names: &mut Names<'_>) -> Vec<String> {
    let has_list = |segment: &&Segment| match segment {
        Segment::Call { arguments, .. } => !arguments.is_empty(),
        segment => matches!(segment, Segment::NamedKey { .. }),
    };
    let calls = path.iter().filter(has_list);
    calls.map(|_| names.take("arguments")).collect()
}

/// The names of variables in a function, which differ from those of its parameters.
struct Names<'f> {
    parameters: &'f [Parameter],
    taken: Vec<String>,
}

impl<'f> Names<'f> {
    fn beside(parameters: &'f [Parameter]) -> Self {
        Names { parameters, taken: Vec::new() }
    }

    fn take(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.taken.contains(&name) || self.parameters.iter().any(|parameter| parameter.rust_name == name) {
            name.push('_');
        }
        self.taken.push(name.clone());
        name
    }
}
