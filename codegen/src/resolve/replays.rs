//! Finds the call of generated functions that makes the request of an example.
//!
//! The URL of the example is followed through the request tree. If there are several calls, that of
//! the example's own page is used, and then the one with the fewest keys.
//! The tree contains only what was selected, so there are no calls for other requests.

mod bind;
mod defects;
#[cfg(test)]
mod tests;
mod url;

use self::defects::Defects;
use self::url::Url;
use crate::model::Model;
use crate::model::replays::{Call, Deviation, NoCall, Replay, ReplayResponse};
use crate::model::requests::{Body, Operation, Parameter, ParameterType, Presence, QueryValue};
use crate::parallel;
use crate::schema::operation::ExampleRequest;
use crate::schema::{self, Schema};
use crate::source::{FileId, SourceMap};
use crate::url::{is_foreign, unquoted};

/// Finds the calls of all examples.
pub fn replays(schema: &Schema, model: &Model, sources: &SourceMap) -> Vec<Replay> {
    if model.requests.builders.is_empty() {
        return Vec::new();
    }
    let with_parameters = defects::with_parameters(model);
    let defects = Defects::new(model, &with_parameters, sources);
    let of_pages = parallel::map(&schema.operations, |page| of_page(page, model, &defects));
    of_pages.into_iter().flatten().collect()
}

fn of_page(page: &schema::DocumentedOperation, model: &Model, defects: &Defects<'_>) -> Vec<Replay> {
    let pairs = page.examples.iter().filter_map(|example| Some((example.request.as_ref()?, example.response.as_ref())));
    pairs
        .map(|(request, response)| {
            let url = Url::parse(&request.url.value, model.service.root.as_deref());
            let call = call(model, page.file, request, &url);
            let operation = call.as_ref().ok().map(|call| operation(model, call));
            Replay {
                page: page.file,
                http: request.method,
                url: request.url.clone(),
                path: url.segments,
                query: url.query,
                headers: request.message.headers.clone(),
                body: request.message.body,
                defect: operation.and_then(|operation| defects.of_request(operation, request.message.body?)),
                response: response.map(|response| ReplayResponse {
                    status: response.status.as_ref().map(|status| status.value),
                    headers: response.message.headers.clone(),
                    body: response.message.body,
                    defect: operation.and_then(|operation| defects.of_response(operation, response.message.body?)),
                }),
                call,
            }
        })
        .collect()
}

fn operation<'m>(model: &'m Model, call: &Call) -> &'m Operation {
    &model.requests.builder(call.builder).operations[call.operation]
}

fn call(model: &Model, page: FileId, request: &ExampleRequest, url: &Url) -> Result<Call, NoCall> {
    if is_foreign(&request.url.value, model.service.root.as_deref()) {
        return Err(NoCall::Foreign);
    }
    let ways = bind::calls(model, &url.tokens);
    let rank = |call: &&Call| {
        let operation = operation(model, call);
        let keys: usize = call.steps.iter().map(|taken| taken.arguments.len()).sum();
        let is_own = operation.page == page || operation.also.contains(&page);
        (!is_own, call.deviation.is_some(), missing_option(operation, url).is_some(), keys)
    };
    let of_method = ways.iter().filter(|call| operation(model, call).http == request.method);
    let Some(best) = of_method.min_by_key(rank) else {
        return Err(if ways.is_empty() { NoCall::Undescribed } else { NoCall::Method });
    };
    let mut call = best.clone();
    let operation = operation(model, &call);
    if let Some(name) = missing_option(operation, url) {
        return Err(NoCall::Query(name.to_owned()));
    }
    options(operation, url, &mut call);
    let taken = call.steps.iter().flat_map(|taken| {
        let parameters = &model.requests.builder(taken.from).steps[taken.step].parameters;
        parameters.iter().zip(&taken.arguments)
    });
    let given = operation.parameters.iter().zip(&call.arguments);
    let given = given.filter_map(|(parameter, value)| Some((parameter, value.as_ref()?)));
    for (parameter, value) in taken.chain(given) {
        fits(parameter, value)?;
    }
    let body = match (&operation.body, request.message.body) {
        (Body::Nothing, Some(_)) => Some(Deviation::Body),
        (Body::Nothing | Body::Bytes, None) | (_, Some(_)) => None,
        (_, None) => Some(Deviation::NoBody),
    };
    call.deviation = call.deviation.or(body);
    Ok(call)
}

/// A required query option of the template that the example lacks.
fn missing_option<'o>(operation: &'o Operation, url: &Url) -> Option<&'o str> {
    let placeholders = operation.query.iter().filter(|(_, value)| matches!(value, QueryValue::Placeholder { .. }));
    // Their parameters come after those of the path.
    let parameters = operation.parameters.iter().rev();
    let missing = placeholders
        .rev()
        .zip(parameters)
        .filter(|((name, _), parameter)| parameter.presence == Presence::Required && url.option(name).is_none());
    missing.last().map(|((name, _), _)| name.as_str())
}

/// Takes the values of the template's query options. Other options are added by name.
fn options(operation: &Operation, url: &Url, call: &mut Call) {
    for (name, value) in &operation.query {
        let written = url.option(name);
        let is_respelled = written.is_some() && !url.query.iter().any(|(known, _)| known == name);
        let deviates = match (value, written) {
            (QueryValue::Fixed(fixed), written) => written != Some(fixed.as_str()),
            (QueryValue::Placeholder { quoted: true }, Some(written)) => match unquoted(written) {
                Some(text) => {
                    call.arguments.push(Some(text));
                    false
                }
                None => {
                    call.arguments.push(Some(written.to_owned()));
                    true
                }
            },
            (QueryValue::Placeholder { quoted: false }, Some(written)) => {
                call.arguments.push(Some(written.to_owned()));
                false
            }
            (QueryValue::Placeholder { .. }, None) => {
                call.arguments.push(None);
                false
            }
        };
        if (deviates || is_respelled) && call.deviation.is_none() {
            call.deviation = Some(Deviation::Query(name.clone()));
        }
    }
    let of_template = |name: &str| operation.query.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    call.query = url.query.iter().filter(|(name, _)| !of_template(name)).cloned().collect();
}

/// Checks that a value can be an argument of the function.
fn fits(parameter: &Parameter, value: &str) -> Result<(), NoCall> {
    let fits = match parameter.rust_type {
        ParameterType::Bool => matches!(value, "true" | "false"),
        ParameterType::I32 => value.parse::<i32>().is_ok(),
        ParameterType::I64 => value.parse::<i64>().is_ok(),
        ParameterType::F64 => value.parse::<f64>().is_ok_and(f64::is_finite),
        ParameterType::Enum | ParameterType::Text => true,
        // Only metadata has them, which has no examples.
        ParameterType::Structured | ParameterType::List => false,
    };
    if fits {
        return Ok(());
    }
    Err(NoCall::Argument { placeholder: parameter.placeholder.clone(), value: value.to_owned() })
}
