//! Compares the requests of examples with the request lines of all pages.

mod fits;
mod version;

use std::collections::{HashMap, HashSet};

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
        let mut seen = HashSet::new();
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
        let place = replay.url.span;
        let has_method = lines.iter().any(|line| line.method == replay.http);
        // The placeholder of the template was not replaced by a value.
        let is_sample = replay.url.value.contains('<');
        let line = fits::most_alike(&lines, replay.http, &replay.path).unwrap_or(first);
        let mut report =
            |diagnostic: Diagnostic| diagnostics.push(diagnostic.also(line.span, "the page's request line"));
        let path = || {
            Diagnostic::new(Code::ExampleRequestUnknown, place, "no request line has the path of the example")
                .label("no request line of this page")
                .help("correct the path of the example or of the request line, or add a request line")
        };
        // Example and request line agree, even if the page's tables add arguments to the line.
        let is_written = lines.iter().any(|line| {
            line.method == replay.http && fits::written(&line.path, &replay.path, self.sources.text(line.span))
        });
        if matches!(replay.call, Err(NoCall::Undescribed))
            && let Some(argument) = fits::quoted(&lines, &replay.path)
        {
            report(
                Diagnostic::new(
                    Code::ExampleRequestUnknown,
                    place,
                    format!("the example puts `{argument}` in quotes, and the request line does not"),
                )
                .help("write both alike: texts stand in quotes, numbers and dates do not"),
            );
            return;
        }
        match &replay.call {
            Err(NoCall::Undescribed) if is_sample || is_written || is_alias(&lines, replay) => {}
            Err(NoCall::Undescribed) => {
                if !has_method {
                    report(verb(&lines, replay.http, place));
                }
                report(path());
            }
            // Another page has the path. The method alone is wrong only if this page has it, too.
            Err(NoCall::Method) => {
                let has_path = lines.iter().any(|line| fits::covers(&line.path, &replay.path));
                report(if has_method || !has_path { path() } else { verb(&lines, replay.http, place) });
            }
            Err(NoCall::Query(name)) => report(
                Diagnostic::new(
                    Code::ExampleRequestUnknown,
                    place,
                    format!("the request line has the query option `{name}`, and the example has not"),
                )
                .help("add it to the example, or take it out of the request line"),
            ),
            Err(NoCall::Argument { placeholder, value }) if !value.contains(['{', '<']) => report(
                Diagnostic::new(
                    Code::ExampleRequestUnknown,
                    place,
                    format!("`{value}` is not of the type that the page gives `{placeholder}`"),
                )
                .help("correct the example, or the type of the parameter"),
            ),
            Err(NoCall::Foreign | NoCall::Argument { .. }) => {}
            Ok(_) if has_method && !is_listed(page, &lines, replay) => report(path()),
            Ok(_) if self.sends_no_reference(&lines, replay) => report(
                Diagnostic::new(
                    Code::ExampleDisagrees,
                    replay.body.unwrap_or(place),
                    "the path ends in `$ref`, which takes a reference, and the example sends something else",
                )
                .help("send `{\"@odata.id\": \"…\"}`, or leave `$ref` out of the path"),
            ),
            Ok(call) => match &call.deviation {
                // The same key in the other of the two forms that OData has.
                Some(Deviation::Segment { written, .. }) if written.starts_with('(') => {}
                Some(Deviation::Segment { described, written }) if fits::is_same(described, written) => {}
                // The page spells the segment so in both places, and the other pages otherwise.
                Some(Deviation::Segment { written, .. }) if self.is_spelled(&lines, written) => {}
                Some(Deviation::Segment { described, written }) => report(
                    Diagnostic::new(
                        Code::ExampleRequestUnknown,
                        place,
                        format!("the example has `{written}` in its path, and the request lines have `{described}`"),
                    )
                    .help("write both alike"),
                ),
                Some(Deviation::Body) if self.has_content(page, replay) => report(
                    Diagnostic::new(
                        Code::ExampleBodyUnexpected,
                        replay.body.unwrap_or(place),
                        match page.body.as_ref().is_none_or(|body| body.content == BodyContent::Nothing) {
                            true => "the example sends a body, and the page says that there is none".to_owned(),
                            false => {
                                format!("the example sends a body, and a request with {} has none", replay.http.name())
                            }
                        },
                    )
                    .help("remove the body, or describe it below `## Request body`"),
                ),
                _ => {}
            },
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
