//! Writes a path through the request tree as a chain of calls.

use super::url::Url;
use crate::json::{self, ValueKind};
use crate::model::requests::{
    Body, Operation, Parameter, ParameterType, Presence, QueryValue, ReturnType, SystemOptions,
};
use crate::model::{Model, Property, TypeId, ValueType};
use crate::request_path::{Step, Way};
use crate::schema::HasName;
use crate::source::FileId;
use crate::url::unquoted;

/// The calls for steps.
pub(super) fn chain(model: &Model, steps: &[Step]) -> String {
    let mut text = model.service.variable().to_owned();
    for step in steps {
        let Step { from, index, taken } = step;
        let step = &model.requests.builder(*from).steps[*index];
        text += &format!(".{}({})", step.rust_name, arguments(&step.parameters, &taken.values).join(", "));
    }
    text
}

/// The whole call, including its query options.
pub(super) fn call(model: &Model, way: &Way, url: &Url) -> String {
    let operation = way.operation(model);
    let mut consumed: Vec<&str> = Vec::new();
    let mut values: Vec<Option<String>> = way.segments.iter().flat_map(|taken| taken.values.clone()).collect();
    for value in values.iter_mut().flatten() {
        // A parameter alias, or a parameter whose value is in the query.
        let name = value.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(value.as_str());
        let is_meant = |(known, _): &&(String, String)| known == name || known.strip_prefix('@') == Some(name);
        if let Some((known, given)) = url.query.iter().find(is_meant) {
            consumed.push(known);
            given.clone_into(value);
        }
    }
    let option = |name: &str| url.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    for (name, value) in &operation.query {
        if let QueryValue::Placeholder { .. } = value {
            values.push(option(name).map(|(_, value)| value.clone()));
        }
    }
    let mut all = arguments(&operation.parameters, &values);
    all.extend(body(model, operation));
    let mut text = chain(model, &way.steps) + &format!(".{}({})", operation.rust_name, all.join(", "));
    let own = |name: &str| operation.query.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    for (name, value) in url.query.iter().filter(|(name, _)| !own(name) && !consumed.contains(&name.as_str())) {
        text += &option_call(model, operation, name, value);
    }
    text
}

fn body(model: &Model, operation: &Operation) -> Vec<String> {
    match &operation.body {
        Body::Nothing => Vec::new(),
        Body::Bytes => vec!["content".to_owned(), "media_type".to_owned()],
        Body::Parameters(index) => {
            let ty = model.requests.parameters.get(*index).map_or("", |ty| ty.rust.name.as_str());
            vec![format!("&{ty} {{ … }}")]
        }
        Body::Value(_) | Body::Update(_) | Body::Reference | Body::Json => {
            operation.function.body.iter().map(|name| format!("&{name}")).collect()
        }
    }
}

fn arguments(parameters: &[Parameter], values: &[Option<String>]) -> Vec<String> {
    let value = |(position, parameter): (usize, &Parameter)| match values.get(position).and_then(Option::as_ref) {
        None if parameter.presence == Presence::Optional && position < values.len() => "None".to_owned(),
        Some(value) if parameter.presence == Presence::Nullable && value == "null" => "None".to_owned(),
        Some(value) if parameter.presence != Presence::Required => format!("Some({})", argument(parameter, value)),
        Some(value) => argument(parameter, value),
        None => parameter.rust_name.clone(),
    };
    parameters.iter().enumerate().map(value).collect()
}

/// A value of a URL as a Rust argument; a placeholder becomes a variable.
fn argument(parameter: &Parameter, written: &str) -> String {
    // `duration'PT1H'`
    let prefix = match &parameter.ty {
        ValueType::Primitive(primitive) => primitive.prefix().unwrap_or_default(),
        _ => "",
    };
    let text = written.strip_prefix(prefix).filter(|text| text.starts_with('\'')).unwrap_or(written);
    let quoted = unquoted(text);
    let bare = quoted.clone().unwrap_or_else(|| written.to_owned());
    let is_placeholder = bare.starts_with(['{', '<', '@']);
    match parameter.rust_type {
        ParameterType::Structured => format!("&{}", parameter.rust_name),
        ParameterType::List => items(written).unwrap_or_else(|| format!("&{}", parameter.rust_name)),
        _ if is_placeholder || bare.is_empty() && quoted.is_none() => parameter.rust_name.clone(),
        ParameterType::Text => format!("{bare:?}"),
        ParameterType::Enum => {
            // `ns.Diet'carnivore'`
            let member = written.trim_end_matches('\'').rsplit('\'').next().unwrap_or(written);
            format!("&{member:?}.into()")
        }
        ParameterType::Bool | ParameterType::I32 | ParameterType::I64 | ParameterType::F64 => bare,
    }
}

/// A JSON array of numbers, Booleans or texts as a slice.
fn items(written: &str) -> Option<String> {
    let document = json::parse(FileId::CONFIGURATION, 0, written);
    let ValueKind::Array(array) = document.value.kind else { return None };
    let item = |value: &json::Value<'_>| match &value.kind {
        ValueKind::String(text) => Some(format!("{text:?}.into()")),
        ValueKind::Number(number) => Some((*number).to_owned()),
        ValueKind::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    Some(format!("&[{}]", array.iter().map(item).collect::<Option<Vec<_>>>()?.join(", ")))
}

/// `.top(2)`, `.select([Person::FIRST_NAME])`; what has no function of its own by its name.
fn option_call(model: &Model, operation: &Operation, name: &str, value: &str) -> String {
    let counts = operation.response == ReturnType::Count;
    let (owner, many) = match operation.options {
        SystemOptions::None => return plain(name, value),
        SystemOptions::One(owner) => (owner, false),
        SystemOptions::Many(owner) => (owner, true),
    };
    let short = name.trim_start_matches('$').to_ascii_lowercase();
    let number = value.parse::<u32>().is_ok() || value.starts_with('{');
    let argument = |value: &str| match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
        Some(variable) => variable.to_owned(),
        None => value.to_owned(),
    };
    let text = |value: &str| match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
        Some(variable) => variable.to_owned(),
        None => format!("{value:?}"),
    };
    match short.as_str() {
        other if counts && !matches!(other, "filter" | "search") => plain(name, value),
        "select" | "expand" => match properties(model, owner, value) {
            Some(constants) => format!(".{short}({constants})"),
            None => plain(name, value),
        },
        "top" | "skip" if many && number => format!(".{short}({})", argument(value)),
        "count" if many && value == "true" => ".count()".to_owned(),
        "filter" | "search" if many => format!(".{short}({})", text(value)),
        "orderby" if many => match orders(model, owner, value) {
            Some(terms) => format!(".orderby({terms})"),
            None => plain(name, value),
        },
        _ => plain(name, value),
    }
}

pub(super) fn plain(name: &str, value: &str) -> String {
    format!(".query({name:?}, {value:?})")
}

/// The constants of several properties of a type.
fn properties(model: &Model, owner: TypeId, names: &str) -> Option<String> {
    let constants: Option<Vec<String>> = names.split(',').map(|name| constant(model, owner, name.trim())).collect();
    Some(list(&constants?))
}

fn orders(model: &Model, owner: TypeId, terms: &str) -> Option<String> {
    let term = |term: &str| {
        let (name, direction) = term.trim().split_once(' ').unwrap_or((term.trim(), "asc"));
        let constant = constant(model, owner, name)?;
        match direction.trim() {
            "asc" => Some(constant),
            "desc" => Some(format!("{constant}.desc()")),
            _ => None,
        }
    };
    Some(list(&terms.split(',').map(term).collect::<Option<Vec<_>>>()?))
}

/// A single item alone, several as a tuple.
fn list(items: &[String]) -> String {
    match items {
        [only] => only.clone(),
        several => format!("({})", several.join(", ")),
    }
}

/// The constant of the property with this name, in upper or lower case.
fn constant(model: &Model, owner: TypeId, name: &str) -> Option<String> {
    property(model, owner, name).map(|property| constant_of(model, owner, property))
}

/// The property of a type, or of its bases, with this name, in upper or lower case.
pub(super) fn property<'m>(model: &'m Model, owner: TypeId, name: &str) -> Option<&'m Property> {
    model.all_properties(owner).into_iter().find(|property| property.is_called(name))
}

/// The constant of a property: `User::DISPLAY_NAME`.
pub(super) fn constant_of(model: &Model, owner: TypeId, property: &Property) -> String {
    format!("{}::{}", model.structured(owner).rust.name, property.rust_const)
}
