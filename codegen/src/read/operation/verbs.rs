//! Corrects the method of request lines. If the title and all examples agree on another method, the
//! request lines are wrong, because they are outvoted two to one.

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
