//! The HTTP method that a page's title and examples tell. It is taken where a request line has
//! none; and where title and all examples agree on another one than the request lines have, because
//! these are then outvoted two to one.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::operation::{Example, HttpMethod, Request};
use crate::source::At;

/// The methods that the verb in a title stands for.
fn of_title(title: &str) -> &'static [HttpMethod] {
    match title.split_whitespace().next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "update" => &[HttpMethod::Patch, HttpMethod::Put],
        "get" | "list" => &[HttpMethod::Get],
        "create" => &[HttpMethod::Post],
        "delete" => &[HttpMethod::Delete],
        _ => &[],
    }
}

/// The method of all examples, or else the one that the title stands for.
pub(super) fn told(title: &str, examples: &[Example]) -> Option<HttpMethod> {
    let mut shown = examples.iter().filter_map(|example| Some(example.request.as_ref()?.method));
    match shown.next() {
        Some(method) => shown.all(|other| other == method).then_some(method),
        None => of_title(title).first().copied(),
    }
}

/// If all request lines have one method, and the title and all examples another one, changes the
/// lines to that.
pub(super) fn mend(title: &At<String>, requests: &mut [Request], examples: &[Example], diagnostics: &mut Diagnostics) {
    let Some(stated) = requests.first().map(|request| request.method) else { return };
    let mut shown = examples.iter().filter_map(|example| example.request.as_ref());
    let Some(example) = shown.next() else { return };
    let is_outvoted = stated != example.method
        && requests.iter().all(|request| request.method == stated)
        && shown.all(|other| other.method == example.method)
        && of_title(&title.value).contains(&example.method)
        && !of_title(&title.value).contains(&stated);
    if !is_outvoted {
        return;
    }
    let method = example.method.name();
    for request in requests {
        diagnostics.push(
            Diagnostic::new(
                Code::RequestMethodDisagrees,
                request.span,
                format!("the request line has {}, and title and example have {method}", stated.name()),
            )
            .label(format!("did you mean {method}? It is taken"))
            .also(example.url.span, "so in the example")
            .help("correct the method"),
        );
        request.method = example.method;
    }
}
