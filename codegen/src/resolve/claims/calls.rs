//! Compares the requests of examples with the request lines of all pages.

mod fits;
mod version;

use crate::hashing::{HashMap, HashSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, ValueKind};
use crate::model::replays::{Deviation, NoCall, Replay};
use crate::schema::operation::{BodyContent, HttpMethod, Request, Segment};
use crate::schema::{DocumentedOperation, Schema};
use crate::source::{SourceMap, Span};

/// The input of this check, besides the requests.
pub(super) struct Calls<'m> {
    /// The service's root, with its version.
    pub(super) root: Option<&'m str>,
    pub(super) sources: &'m SourceMap,
}

impl Calls<'_> {
    pub(super) fn check(&self, schema: &Schema, replays: &[Replay], diagnostics: &mut Diagnostics) {
        let pages: HashMap<_, &DocumentedOperation> =
            schema.operations.iter().filter(|page| page.declared.is_none()).map(|page| (page.file, page)).collect();
        version::check(replays, self.root, &pages, diagnostics);
        // A page may show one request several times.
        let mut seen = HashSet::default();
        for replay in replays {
            if let Some(page) = pages.get(&replay.page)
                && seen.insert((replay.page, replay.http, replay.url.value.as_str()))
            {
                self.request(page, replay, diagnostics);
            }
        }
    }

    fn request(&self, page: &DocumentedOperation, replay: &Replay, diagnostics: &mut Diagnostics) {
        let lines: Vec<&Request> = page.requests.iter().filter(|request| !page.shows(request)).collect();
        let Some(first) = lines.first() else { return };
        let line = fits::most_alike(&lines, replay.http, &replay.path).unwrap_or(first);
        for problem in self.problems(page, &lines, replay) {
            diagnostics.push(problem.also(line.span, "the page's request line"));
        }
    }

    fn problems(&self, page: &DocumentedOperation, lines: &[&Request], replay: &Replay) -> Vec<Diagnostic> {
        let place = replay.url.span;
        let has_method = lines.iter().any(|line| line.method == replay.http);
        match &replay.call {
            Err(NoCall::Undescribed) => match fits::quoted(lines, &replay.path) {
                Some(argument) => vec![quotes_differ(&argument, place)],
                None if self.is_excused(lines, replay) => Vec::new(),
                None if has_method => vec![path_unknown(place)],
                None => vec![verb(lines, replay.http, place), path_unknown(place)],
            },
            // Another page has the path. The method alone is wrong only if this page has it, too.
            Err(NoCall::Method) => {
                let has_path = lines.iter().any(|line| fits::covers(&line.path, &replay.path));
                vec![if has_method || !has_path { path_unknown(place) } else { verb(lines, replay.http, place) }]
            }
            Err(NoCall::Query(name)) => vec![option_missing(name, place)],
            Err(NoCall::Argument { placeholder, value }) if !value.contains(['{', '<']) => {
                vec![type_differs(placeholder, value, place)]
            }
            Err(NoCall::Foreign | NoCall::Argument { .. }) => Vec::new(),
            Ok(_) if has_method && !is_listed(page, lines, replay) => vec![path_unknown(place)],
            Ok(_) if self.sends_no_reference(lines, replay) => vec![no_reference(replay.body.unwrap_or(place))],
            Ok(call) => {
                let deviation = call.deviation.as_ref();
                deviation.and_then(|deviation| self.deviation(deviation, page, lines, replay)).into_iter().collect()
            }
        }
    }

    /// Returns true if an example whose path no request line has is good nevertheless.
    fn is_excused(&self, lines: &[&Request], replay: &Replay) -> bool {
        // The placeholder of the template was not replaced by a value.
        let is_sample = replay.url.value.contains('<');
        // Example and request line agree, even if the page's tables add arguments to the line.
        let is_written = |line: &&Request| {
            line.method == replay.http && fits::written(&line.path, &replay.path, self.sources.text(line.span))
        };
        is_sample || lines.iter().any(is_written) || is_alias(lines, replay)
    }

    /// The problem of a request that is made in another way than the example writes it, if the page
    /// does not write it in the same way.
    fn deviation(
        &self,
        deviation: &Deviation,
        page: &DocumentedOperation,
        lines: &[&Request],
        replay: &Replay,
    ) -> Option<Diagnostic> {
        match deviation {
            Deviation::Segment { described, written } => {
                // The same key in the other of the two forms that OData has.
                let is_key = written.starts_with('(');
                // The page may spell the segment so in both places, and the other pages otherwise.
                let is_good = is_key || fits::is_same(described, written) || self.is_spelled(lines, written);
                (!is_good).then(|| segment_differs(described, written, replay.url.span))
            }
            Deviation::Body if self.has_content(page, replay) => Some(body_unexpected(page, replay)),
            _ => None,
        }
    }

    /// Returns true if a request line has a segment in exactly this spelling.
    fn is_spelled(&self, lines: &[&Request], segment: &str) -> bool {
        let has = |line: &str| line.split(['/', '?', ' ']).any(|part| part == segment.trim_matches('/'));
        lines.iter().any(|line| has(self.sources.text(line.span)))
    }

    /// Returns true if the example adds a reference (OData Protocol 4.01, 11.4.6.1), and its body
    /// is a JSON object without one.
    fn sends_no_reference(&self, lines: &[&Request], replay: &Replay) -> bool {
        let adds = |line: &&Request| {
            line.method == replay.http && matches!(line.path.last(), Some(Segment::Literal(last)) if last == "$ref")
        };
        let is_change = matches!(replay.http, HttpMethod::Post | HttpMethod::Put);
        let Some(body) = replay.body.filter(|_| is_change && lines.iter().all(adds)) else { return false };
        let document = json::parse_span(self.sources, body);
        let ValueKind::Object(members) = &document.value.kind else { return false };
        document.is_certain() && !members.is_empty() && !members.iter().any(|(name, _)| name.value.contains('@'))
    }

    /// Returns true if the page does not allow this body: it is a JSON object with members,
    /// although the page says that there is no body, or the method has none.
    fn has_content(&self, page: &DocumentedOperation, replay: &Replay) -> bool {
        let denied = matches!(replay.http, HttpMethod::Get | HttpMethod::Delete)
            || page.body.as_ref().is_some_and(|body| body.content == BodyContent::Nothing);
        replay.body.filter(|_| denied).is_some_and(|body| {
            let document = json::parse_span(self.sources, body);
            matches!(&document.value.kind, ValueKind::Object(members) if !members.is_empty()) && document.is_certain()
        })
    }
}

/// Returns true if a request line of the page has the path of the example, or was read from it. A
/// file may be addressed by its path where the line has its key.
fn is_listed(page: &DocumentedOperation, lines: &[&Request], replay: &Replay) -> bool {
    let of_method = |line: &&&Request| line.method == replay.http;
    page.requests.iter().any(|request| request.span == replay.url.span)
        || replay.path.iter().any(|text| text.ends_with(':'))
        || lines.iter().filter(of_method).any(|line| fits::covers(&line.path, &replay.path))
        || is_alias(lines, replay)
}

/// Returns true if the example has a singleton where a request line has an entity of a collection:
/// `/me/mail` beside `/users/{id}/mail`.
fn is_alias(lines: &[&Request], replay: &Replay) -> bool {
    let [_, more @ ..] = replay.path.as_slice() else { return false };
    let is_same = |line: &&Request| match line.path.as_slice() {
        [Segment::Literal(_), Segment::Key(_), rest @ ..] => fits::line(rest, more),
        _ => false,
    };
    lines.iter().filter(|line| line.method == replay.http).any(is_same)
}

fn path_unknown(place: Span) -> Diagnostic {
    Diagnostic::new(Code::ExampleRequestUnknown, place, "no request line has the path of the example")
        .label("no request line of this page")
        .help("correct the path of the example or of the request line, or add a request line")
}

fn quotes_differ(argument: &str, place: Span) -> Diagnostic {
    let message = format!("the example puts `{argument}` in quotes, and the request line does not");
    Diagnostic::new(Code::ExampleRequestUnknown, place, message)
        .help("write both alike: texts stand in quotes, numbers and dates do not")
}

fn option_missing(name: &str, place: Span) -> Diagnostic {
    let message = format!("the request line has the query option `{name}`, and the example has not");
    Diagnostic::new(Code::ExampleRequestUnknown, place, message)
        .help("add it to the example, or take it out of the request line")
}

fn type_differs(placeholder: &str, value: &str, place: Span) -> Diagnostic {
    let message = format!("`{value}` is not of the type that the page gives `{placeholder}`");
    Diagnostic::new(Code::ExampleRequestUnknown, place, message)
        .help("correct the example, or the type of the parameter")
}

fn segment_differs(described: &str, written: &str, place: Span) -> Diagnostic {
    let message = format!("the example has `{written}` in its path, and the request lines have `{described}`");
    Diagnostic::new(Code::ExampleRequestUnknown, place, message).help("write both alike")
}

fn no_reference(place: Span) -> Diagnostic {
    let message = "the path ends in `$ref`, which takes a reference, and the example sends something else";
    Diagnostic::new(Code::ExampleDisagrees, place, message)
        .help("send `{\"@odata.id\": \"…\"}`, or leave `$ref` out of the path")
}

fn body_unexpected(page: &DocumentedOperation, replay: &Replay) -> Diagnostic {
    let message = match page.body.as_ref().is_none_or(|body| body.content == BodyContent::Nothing) {
        true => "the example sends a body, and the page says that there is none".to_owned(),
        false => format!("the example sends a body, and a request with {} has none", replay.http.name()),
    };
    Diagnostic::new(Code::ExampleBodyUnexpected, replay.body.unwrap_or(replay.url.span), message)
        .help("remove the body, or describe it below `## Request body`")
}

fn verb(lines: &[&Request], method: HttpMethod, place: Span) -> Diagnostic {
    let mut methods: Vec<&str> = lines.iter().map(|line| line.method.name()).collect();
    methods.dedup();
    Diagnostic::new(
        Code::ExampleRequestUnknown,
        place,
        format!("the example uses {}, and the request lines have {}", method.name(), methods.join(" and ")),
    )
    .help("correct the method of the example, or of the request line")
}
