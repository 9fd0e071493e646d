//! The path of an example against a request line, as both are written.

use crate::path_template::{Taken, Token, fits, follow, tokens};
use crate::schema::HasName;
use crate::schema::operation::{Argument, ArgumentValue, HttpMethod, Request, Segment};
use crate::url::split_outside;

/// Returns true if a path is one of a request line.
pub(super) fn line(template: &[Segment], path: &[String]) -> bool {
    fits(template, &tokens_of(path), |_| false)
}

/// The same for a line of which a table tells the arguments: neither it nor the path has any.
pub(super) fn written(template: &[Segment], path: &[String], as_written: &str) -> bool {
    fits(template, &tokens_of(path), |name| !as_written.contains(&format!("{name}(")))
}

/// The request line that a request is most like: of the same method rather than of another one, and
/// with the most segments in common at the beginning.
pub(super) fn most_alike<'r>(lines: &[&'r Request], method: HttpMethod, path: &[String]) -> Option<&'r Request> {
    let tokens = tokens_of(path);
    let rated =
        lines.iter().rev().map(|request| (request.method == method, taken(&request.path, &tokens).len(), *request));
    rated.max_by_key(|(is_same, alike, _)| (*is_same, *alike)).map(|(_, _, request)| request)
}

/// Returns true if a path is one of a request line, and may have a cast, `$count` or the like
/// behind it.
pub(super) fn covers(template: &[Segment], path: &[String]) -> bool {
    let tokens = tokens_of(path);
    let taken = taken(template, &tokens);
    let position = taken.last().map_or(0, |last| last.tokens.end);
    let rest = &tokens[position..];
    let is_behind = |token: &Token| match token {
        Token::Segment(text) => text.starts_with('$') || text.contains('.'),
        Token::Parentheses { .. } => true,
    };
    match &template[taken.len()..] {
        [] => rest.iter().all(is_behind),
        // What such segments stand for is not known from the path.
        [Segment::Mixed(_) | Segment::ByPath { .. }, ..] => true,
        _ => false,
    }
}

/// Returns true if two calls differ in blanks between their arguments or in the order of these.
pub(super) fn is_same(described: &str, written: &str) -> bool {
    let parts = |call: &str| {
        let (name, arguments) = call.split_once('(')?;
        let arguments = split_outside(arguments.strip_suffix(')')?, ',');
        let mut arguments: Vec<String> = arguments.iter().map(|(_, text)| text.trim().to_owned()).collect();
        arguments.sort_unstable();
        Some((name.to_owned(), arguments))
    };
    parts(described).is_some_and(|call| Some(call) == parts(written))
}

/// The argument of an example's call that stands in quotes, where a request line of the page has
/// it without and fits otherwise: `on='2024-05-01'`.
pub(super) fn quoted(lines: &[&Request], path: &[String]) -> Option<String> {
    let tokens = tokens_of(path);
    let line = lines.iter().find(|request| line(&request.path, path))?;
    let taken = taken(&line.path, &tokens);
    let calls = line.path.iter().zip(&taken).rev();
    let (arguments, pairs) =
        calls.into_iter().find_map(|(segment, taken)| match (segment, tokens[taken.tokens.clone()].last()) {
            (Segment::Call { arguments, .. }, Some(Token::Parentheses { pairs, .. })) => Some((arguments, pairs)),
            _ => None,
        })?;
    let is_bare = |argument: &Argument| matches!(argument.value, ArgumentValue::Placeholder { quoted: false, .. });
    let is_told = |name: &str| arguments.iter().any(|known| is_bare(known) && known.is_called(name));
    let (name, value) = pairs.iter().find(|(name, value)| value.starts_with('\'') && is_told(name))?;
    Some(format!("{name}={value}"))
}

fn taken(template: &[Segment], tokens: &[Token]) -> Vec<Taken> {
    follow(template, &|_| false, tokens, 0)
}

fn tokens_of(path: &[String]) -> Vec<Token> {
    path.iter().flat_map(|segment| tokens(segment)).map(|(token, _)| token).collect()
}
