//! Reads examples: the HTTP messages of a page, with requests paired to their responses.
//!
//! A message is an example if its comment calls it a request or response, or if it is in an example
//! section. In the response section, a message with a status line is one, too. A response belongs
//! to the request with the same name; otherwise to the nearest request before it that has no
//! response yet.

use super::message::{self, BlockType, Held};
use super::{Part, PartKind};
use crate::diagnostics::Diagnostics;
use crate::page::Text;
use crate::schema::operation::{Example, ExampleResponse, HttpMethod};
use crate::source::At;

/// Reads the examples. `told` is the method of a request that has none.
pub(super) fn read(parts: &[Part<'_, '_>], told: Option<HttpMethod>, diagnostics: &mut Diagnostics) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut title: Option<At<String>> = None;
    for part in parts {
        if part.kind == PartKind::Example
            && let Some(heading) = part.heading()
        {
            if is_example_alone(heading) {
                title = None;
            }
            title = telling(heading).or(title);
        }
        for fence in part.fences() {
            let block = message::block_type(fence);
            let Some(held) = message::read(fence, told, diagnostics) else {
                continue;
            };
            let counts = match &held {
                Held::Request(_) => block == Some(BlockType::Request) || part.kind == PartKind::Example,
                Held::Response(_) => {
                    block == Some(BlockType::Response) || matches!(part.kind, PartKind::Example | PartKind::Response)
                }
            };
            if !counts {
                continue;
            }
            match held {
                Held::Request(mut request) => {
                    message::check(fence, &mut request.message, diagnostics);
                    examples.push(Example { title: title.clone(), request: Some(request), response: None });
                }
                Held::Response(mut response) => {
                    message::check(fence, &mut response.message, diagnostics);
                    let partners = partners(&examples, &response);
                    for index in &partners {
                        examples[*index].response = Some(response.clone());
                    }
                    if partners.is_empty() {
                        examples.push(Example { title: title.clone(), request: None, response: Some(response) });
                    }
                }
            }
        }
    }
    examples
}

/// The examples that a response belongs to. There are several if it names several requests.
fn partners(examples: &[Example], response: &ExampleResponse) -> Vec<usize> {
    let named: Vec<usize> = (0..examples.len())
        .filter(|index| {
            let example = &examples[*index];
            example.response.is_none()
                && example.request.as_ref().is_some_and(|request| {
                    let names = &request.message.names;
                    names.iter().any(|name| response.message.names.contains(name))
                })
        })
        .collect();
    if !named.is_empty() {
        return named;
    }
    let last = examples.iter().rposition(|example| example.request.is_some());
    last.filter(|index| examples[*index].response.is_none()).into_iter().collect()
}

/// Returns true for the heading "Example" or "Examples", which ends the topic of the heading
/// before.
fn is_example_alone(heading: &Text<'_>) -> bool {
    let plain = heading.plain().to_ascii_lowercase();
    matches!(plain.trim_matches(|c: char| !c.is_alphabetic()), "example" | "examples")
}

/// The text of a heading without "Example 1:", unless nothing else is left.
fn telling(heading: &Text<'_>) -> Option<At<String>> {
    let plain = heading.plain();
    let lower = plain.to_ascii_lowercase();
    let generic = ["example", "examples", "request", "response", "http request"];
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    if generic.contains(&bare) || lower.starts_with("request ") || lower.starts_with("response ") {
        return None;
    }
    let text = match plain.split_once(':') {
        Some((before, text)) if before.to_ascii_lowercase().starts_with("example") && !text.trim().is_empty() => {
            text.trim()
        }
        _ => &plain,
    };
    Some(At::new(text.to_owned(), heading.span))
}
