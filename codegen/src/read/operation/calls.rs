//! Completes request lines with parameters that the page lists in a table only: arguments of a
//! function, and query options.
//!
//! An action takes its parameters in the request body (OData Protocol 4.01, 11.5.5.1). So on a page
//! with only `POST` request lines, a table of parameters in a section of its own lists those of the
//! body.
//!
//! A function takes its arguments in the URL (OData URL Conventions 4.01, 4.5). So on a page with
//! only `GET` request lines, a table of parameters in the section "Request body" lists arguments of
//! a function.

use crate::schema::TypeItem;
use crate::schema::operation::{
    Argument, ArgumentValue, BodyContent, HttpMethod, Parameter, ParameterPlace, Part, Request, RequestBody, Segment,
};
use crate::vocabulary::{Primitive, QueryOption};

/// Adds the missing parameters to the request lines.
pub(super) fn complete(
    requests: &mut [Request],
    parameters: &mut Vec<Parameter>,
    body: Option<RequestBody>,
) -> Option<RequestBody> {
    let only_reads = !requests.is_empty() && requests.iter().all(|request| request.method == HttpMethod::Get);
    let mut body = body;
    let lists_arguments =
        |body: &mut RequestBody| only_reads && body.content == BodyContent::Parameters && !body.members.is_empty();
    if let Some(lists) = body.take_if(lists_arguments) {
        let arguments = lists.members.into_iter();
        parameters.extend(arguments.map(|member| Parameter { place: ParameterPlace::Function, ..member }));
    }
    if !requests.is_empty() && requests.iter().all(|request| request.method == HttpMethod::Post) {
        body = sent(requests, parameters, body);
    }
    arguments(requests, parameters);
    options(requests, parameters);
    body
}

/// The request body with the parameters of an action that stand in a section of their own.
fn sent(requests: &[Request], parameters: &mut Vec<Parameter>, body: Option<RequestBody>) -> Option<RequestBody> {
    let is_unsaid = body.as_ref().is_none_or(|body| {
        body.members.is_empty() && matches!(body.content, BodyContent::Nothing | BodyContent::Parameters)
    });
    let is_sent = |parameter: &Parameter| {
        parameter.place == ParameterPlace::Function
            && is_name(&parameter.name.value)
            && !requests.iter().any(|request| holds(request, &parameter.name.value))
    };
    if !is_unsaid || !parameters.iter().any(is_sent) {
        return body;
    }
    let (members, others): (Vec<_>, Vec<_>) = parameters.drain(..).partition(is_sent);
    *parameters = others;
    let span = body.map_or_else(|| members[0].name.span, |body| body.span);
    let members = members.into_iter().map(|member| Parameter { place: ParameterPlace::Body, ..member }).collect();
    Some(RequestBody { content: BodyContent::Parameters, members, span })
}

/// Turns the last segment of each line into a call with the arguments that no line of the page has.
/// If all of these are optional, the line stays as it is.
fn arguments(requests: &mut [Request], parameters: &[Parameter]) {
    let missing: Vec<&Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Function && is_name(&parameter.name.value))
        .filter(|parameter| !requests.iter().any(|request| holds(request, &parameter.name.value)))
        .collect();
    if missing.iter().all(|parameter| parameter.required == Some(false)) {
        return;
    }
    let missing: Vec<Argument> = missing
        .into_iter()
        .map(|parameter| Argument {
            name: parameter.name.value.clone(),
            value: ArgumentValue::Placeholder {
                name: parameter.name.value.clone(),
                quoted: has_type(parameter, Primitive::String),
            },
        })
        .collect();
    for request in requests.iter_mut().filter(|request| request.method == HttpMethod::Get) {
        if let Some(last @ Segment::Literal(_)) = request.path.last_mut() {
            let name = last.to_string();
            if !name.starts_with('$') {
                *last = Segment::Call { name, arguments: missing.clone() };
            }
        }
    }
}

/// Adds query options that have a type. An option is optional unless its row says that it is
/// required.
fn options(requests: &mut [Request], parameters: &mut [Parameter]) {
    let is_option = |parameter: &Parameter| {
        let name = &parameter.name.value;
        let is_typed = matches!(&parameter.ty, Some(ty) if matches!(ty.value.item, TypeItem::Primitive(_)));
        parameter.place == ParameterPlace::Query && is_typed && is_name(name) && QueryOption::named(name).is_none()
    };
    for parameter in parameters.iter_mut().filter(|parameter| is_option(parameter)) {
        let name = &parameter.name.value;
        if requests.iter().any(|request| holds(request, name)) {
            continue;
        }
        parameter.required = parameter.required.or(Some(false));
        for request in requests.iter_mut() {
            request.query.push((name.clone(), format!("{{{name}}}")));
        }
    }
}

/// Returns true if a request line has the parameter: as an argument, a placeholder or a query
/// option.
fn holds(request: &Request, name: &str) -> bool {
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let in_path = request.path.iter().any(|segment| match segment {
        Segment::Literal(_) => false,
        Segment::Key(placeholder) => is(placeholder),
        Segment::Call { arguments, .. } | Segment::NamedKey { arguments, .. } => arguments.iter().any(|argument| {
            is(&argument.name)
                || matches!(&argument.value, ArgumentValue::Placeholder { name, .. } | ArgumentValue::EnumLiteral { name, .. } if is(name))
        }),
        Segment::ByPath { parameter, .. } => is(parameter),
        Segment::Mixed(parts) => parts.iter().any(|part| matches!(part, Part::Placeholder(placeholder) if is(placeholder))),
    });
    let in_query = |(option, value): &(String, String)| is(option) || is(value.trim_matches(['{', '}', '\'']));
    in_path || request.query.iter().any(in_query)
}

fn has_type(parameter: &Parameter, primitive: Primitive) -> bool {
    matches!(&parameter.ty, Some(ty) if ty.value.item == TypeItem::Primitive(primitive))
}

/// Returns true if the text of a cell can be the name of a parameter.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
