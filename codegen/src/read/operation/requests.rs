//! Reads the request lines of an API page.
//!
//! They are in the fences of the section "HTTP request". If the page has none there, fences of
//! other sections are read, provided that they begin with a request line and the section is not an
//! example, a request body or a response.

use std::ops::Range;

use super::message::is_header;
use super::template::{self, Doubt};
use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::Fence;
use crate::schema::operation::{HttpMethod, Request};
use crate::source::{At, Span};
use crate::vocabulary::bare;

/// Reads the request lines. `told` is the method of lines that have none.
pub(super) fn read(
    parts: &[Part<'_, '_>],
    title: &At<String>,
    told: Option<HttpMethod>,
    diagnostics: &mut Diagnostics,
) -> Vec<Request> {
    let mut requests = Vec::new();
    let before = diagnostics.len();
    for part in parts.iter().filter(|part| part.kind == PartKind::Request) {
        for fence in part.fences().into_iter().filter(|fence| is_http(fence) || begins_with_request(fence)) {
            read_fence(fence, told, &mut requests, diagnostics);
        }
    }
    if requests.is_empty() {
        let elsewhere = parts.iter().filter(|part| {
            !matches!(part.kind, PartKind::Request | PartKind::Example | PartKind::Body | PartKind::Response)
        });
        for fence in elsewhere.flat_map(|part| part.fences()) {
            if begins_with_request(fence) {
                read_fence(fence, told, &mut requests, diagnostics);
            }
        }
    }
    let is_told = diagnostics.iter().skip(before).any(|problem| problem.code == Code::RequestMalformed);
    if requests.is_empty() && !is_told {
        let place = parts
            .iter()
            .find(|part| part.kind == PartKind::Request)
            .and_then(Part::heading)
            .map_or(title.span, |heading| heading.span);
        diagnostics.push(
            Diagnostic::new(
                Code::RequestMissing,
                place,
                format!("`{}` has no HTTP request that can be understood", title.value),
            )
            .help("give it a section `## HTTP request` with a fence of lines such as `GET /users/{id}`"),
        );
    }
    requests
}

/// The method of all request lines.
pub(super) fn method(parts: &[Part<'_, '_>]) -> Option<HttpMethod> {
    let fences = parts.iter().filter(|part| part.kind == PartKind::Request).flat_map(Part::fences);
    let mut methods = fences.flat_map(|fence| fence.code.value.lines()).filter_map(|line| template::method(line).ok());
    let (first, _) = methods.next()?;
    methods.all(|(method, _)| method == first).then_some(first)
}

/// Returns true if the language of a fence is HTTP, or if none is given.
fn is_http(fence: &Fence<'_>) -> bool {
    let info = fence.info.to_ascii_lowercase();
    let language = info.split_whitespace().next().unwrap_or_default();
    matches!(language, "" | "http" | "https" | "rest" | "text" | "txt") || language.starts_with("msgraph")
}

fn begins_with_request(fence: &Fence<'_>) -> bool {
    fence.code.value.lines().find(|line| !line.trim().is_empty()).is_some_and(template::looks_like_request)
}

fn read_fence(fence: &Fence<'_>, told: Option<HttpMethod>, requests: &mut Vec<Request>, diagnostics: &mut Diagnostics) {
    let code = fence.code.value;
    // The method of the line before, for lines without a method.
    let mut method: Option<HttpMethod> = None;
    for range in lines(code) {
        let line = &code[range.clone()];
        let place = |range: Range<usize>| {
            let start = fence.code.span.start as usize;
            Span::new(fence.code.span.file, start + range.start..start + range.end)
        };
        if is_remark(line) {
            continue;
        }
        if method.is_some() && (is_header(line) || line.starts_with(['{', '[']) || line.starts_with("HTTP/")) {
            // The fence is a whole message. The lines after the request line are examples of
            // headers and body.
            return;
        }
        if let Some(alone) = HttpMethod::parse(line) {
            method = Some(alone);
            continue;
        }
        let is_url = line.starts_with('/') || line.starts_with("https://");
        let parsed = match (method, told) {
            (Some(method), _) if is_url => {
                template::parse_url(line, method, "no HTTP method; that of the line before is taken")
            }
            (None, Some(method)) if is_url => {
                template::parse_url(line, method, "no HTTP method; that of the title and the examples is taken")
            }
            _ => template::parse(line),
        };
        match parsed {
            Ok(parsed) => {
                let at = |doubt: &Doubt| range.start + doubt.range.start..range.start + doubt.range.end;
                let mut doubts = parsed.doubts.iter().map(|doubt| (place(at(doubt)), doubt.text));
                if let Some((first, text)) = doubts.next() {
                    let problem = Diagnostic::new(
                        Code::RequestMalformed,
                        first,
                        format!("the request `{line}` is not quite a template"),
                    )
                    .label(text)
                    .help("write the path with a placeholder such as `{id}` for each part that varies");
                    diagnostics.push(doubts.fold(problem, |problem, (place, text)| problem.also(place, text)));
                }
                method = Some(parsed.method);
                requests.push(Request {
                    method: parsed.method,
                    root: Some(parsed.root).filter(|root| !root.is_empty()),
                    path: parsed.path,
                    query: parsed.query,
                    span: place(range),
                });
            }
            Err(flaw) => {
                let at = range.start + flaw.range.start..range.start + flaw.range.end;
                diagnostics.push(
                    Diagnostic::new(Code::RequestMalformed, place(at), format!("`{line}` is no request"))
                        .label(flaw.text)
                        .help("write a method and a path, as in `GET /users/{id}`"),
                );
            }
        }
    }
}

/// The ranges of the lines that are not blank, trimmed. A line that begins with `?` or `&` belongs
/// to the line before.
fn lines(code: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut offset = 0;
    for line in code.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = offset + (line.len() - line.trim_start().len());
            let range = start..start + trimmed.len();
            match ranges.last_mut() {
                Some(last) if trimmed.starts_with(['?', '&']) => last.end = range.end,
                _ => ranges.push(range),
            }
        }
        offset += line.len();
    }
    ranges
}

/// Returns true if a line is a comment, or a word between two requests.
fn is_remark(line: &str) -> bool {
    let word = bare(line);
    word.is_empty() && !line.starts_with('/')
        || word.eq_ignore_ascii_case("or")
        || word.eq_ignore_ascii_case("and")
        || line.starts_with("//")
        || line.starts_with('#')
        || line.starts_with("<!--")
        || line.starts_with("--")
}
