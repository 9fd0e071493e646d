//! The path of an example against a request line, as both are written.

use crate::schema::operation::{Argument, ArgumentValue, HttpMethod, Request, Segment};
use crate::url::split_outside;

/// Returns true if a path is one of a request line.
pub(super) fn line(template: &[Segment], path: &[String]) -> bool {
    template.len() == path.len() && template.iter().zip(path).all(|(segment, text)| fits(segment, text))
}

/// The same for a line of which a table tells the arguments: neither it nor the path has any.
pub(super) fn written(template: &[Segment], path: &[String], as_written: &str) -> bool {
    let is_bare = |segment: &Segment, text: &str| match segment {
        Segment::Call { name, .. } => text.eq_ignore_ascii_case(name) && !as_written.contains(&format!("{name}(")),
        _ => false,
    };
    template.len() == path.len()
        && template.iter().zip(path).all(|(segment, text)| fits(segment, text) || is_bare(segment, text))
}

/// The request line that a request is most like: of the same method rather than of another one, and
/// with the most segments in common at the beginning.
pub(super) fn most_alike<'r>(lines: &[&'r Request], method: HttpMethod, path: &[String]) -> Option<&'r Request> {
    let alike =
        |request: &Request| request.path.iter().zip(path).take_while(|(segment, text)| fits(segment, text)).count();
    let rated = lines.iter().rev().map(|request| (request.method == method, alike(request), *request));
    rated.max_by_key(|(is_same, alike, _)| (*is_same, *alike)).map(|(_, _, request)| request)
}

fn fits(segment: &Segment, text: &str) -> bool {
    match segment {
        Segment::Literal(name) => text.strip_suffix("()").unwrap_or(text).eq_ignore_ascii_case(bare(name)),
        Segment::Key(_) => !text.starts_with('$'),
        Segment::Call { name, arguments } => call(text)
            .is_some_and(|(written, given)| written.eq_ignore_ascii_case(name) && names(arguments) == names_in(given)),
        Segment::Mixed(_) | Segment::ByPath { .. } => false,
    }
}

fn bare(name: &str) -> &str {
    name.strip_suffix("()").unwrap_or(name)
}

/// The argument of an example's call that stands in quotes, where a request line of the page has
/// it without and fits otherwise: `on='2024-05-01'`.
pub(super) fn quoted(lines: &[&Request], path: &[String]) -> Option<String> {
    let of_line = |request: &&&Request| line(&request.path, path);
    let (template, text) = lines.iter().filter(of_line).find_map(|request| {
        let calls = request.path.iter().zip(path);
        calls.rev().find(|(segment, _)| matches!(segment, Segment::Call { .. }))
    })?;
    let Segment::Call { arguments, .. } = template else { return None };
    let (_, given) = call(text)?;
    let is_bare = |argument: &Argument| matches!(argument.value, ArgumentValue::Placeholder { quoted: false, .. });
    split_outside(given, ',').into_iter().map(|(_, argument)| argument.trim()).find_map(|argument| {
        let (name, value) = argument.split_once('=')?;
        let is_told = arguments.iter().any(|known| is_bare(known) && known.name.eq_ignore_ascii_case(name.trim()));
        (is_told && value.trim().starts_with('\'')).then(|| argument.to_owned())
    })
}

/// Name and arguments of a call: `f(a=1)` → `f`, `a=1`.
fn call(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('(')?;
    Some((name, rest.strip_suffix(')')?))
}

fn names(arguments: &[Argument]) -> Vec<String> {
    let mut names: Vec<String> = arguments.iter().map(|argument| argument.name.to_ascii_lowercase()).collect();
    names.sort();
    names
}

fn names_in(arguments: &str) -> Vec<String> {
    let written = split_outside(arguments, ',').into_iter().map(|(_, argument)| argument.trim());
    let named = written.filter(|argument| !argument.is_empty());
    let mut names: Vec<String> = named
        .map(|argument| argument.split_once('=').map_or("", |(name, _)| name).trim().to_ascii_lowercase())
        .collect();
    names.sort();
    names
}
