//! Reads one segment of a path template, with the arguments of a call in it.

use super::template::{Cursor, Doubt, Flaw};
use crate::page::fold;
use crate::schema::operation::{Argument, ArgumentValue, Part, Segment};
use crate::url::split_outside;

/// Reads the segment at the cursor and pushes it to `path`.
pub(super) fn read(cursor: &mut Cursor<'_>, path: &mut Vec<Segment>, doubts: &mut Vec<Doubt>) -> Result<(), Flaw> {
    let start = cursor.at;
    let text = cut(cursor.rest());
    let range = start..start + text.len();
    cursor.at = range.end;
    let mut doubt = |text| {
        doubts.push(Doubt { range: range.clone(), text });
    };
    // Most segments are a word, and nothing of what is told apart below.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        path.push(Segment::Literal(text.to_owned()));
        return Ok(());
    }
    // Dots stand for any number of segments, none of them included.
    if text.chars().all(|c| matches!(c, '.' | '…')) {
        return Ok(());
    }
    if let Some(anchor) = text.strip_suffix(':')
        && !anchor.is_empty()
        && cursor.peek() == Some('/')
    {
        let (parameter, closed) = by_path(cursor);
        if !parameter.is_empty() {
            path.push(Segment::ByPath { anchor: anchor.to_owned(), parameter, closed });
            return Ok(());
        }
    }
    if let Some(name) = enclosed(text, '{', '}').or_else(|| enclosed(text, '<', '>')) {
        path.push(Segment::Key(fold(name)));
        return Ok(());
    }
    if let Some(name) = enclosed(text, '(', ')')
        && is_name(name.trim())
    {
        doubt("parentheses where braces are meant");
        path.push(Segment::Key(fold(name)));
        return Ok(());
    }
    if let Some((name, arguments)) = text.split_once('(') {
        let arguments = arguments.strip_suffix(')').unwrap_or_else(|| {
            doubt("a parenthesis that is not closed");
            arguments
        });
        if is_literal(name) && !name.is_empty() {
            let mended = mend_arguments(arguments);
            if mended != arguments {
                doubt("a quote or a comma is missing between the arguments, or is too many");
            }
            path.push(Segment::Call {
                name: name.to_owned(),
                arguments: split_outside(&mended, ',')
                    .into_iter()
                    .filter(|(_, text)| !text.trim().is_empty())
                    .map(|(_, text)| argument(text.trim()))
                    .collect(),
            });
            return Ok(());
        }
    }
    if let Some(key) = misplaced_brace(text) {
        doubt("braces that do not match");
        path.push(Segment::Key(key));
        return Ok(());
    }
    if text.contains(['{', '<'])
        && let Some(parts) = mixed(text)
    {
        path.push(Segment::Mixed(parts));
        return Ok(());
    }
    if matches!(path.last(), Some(Segment::Literal(_))) && is_sample(text) {
        doubt("a sample value where a placeholder is meant");
        path.push(Segment::Key("id".to_owned()));
        return Ok(());
    }
    if is_literal(text) {
        path.push(Segment::Literal(text.to_owned()));
        return Ok(());
    }
    Err(Flaw { range, text: "cannot stand in a path" })
}

/// The text up to the next `/`, `?` or blank outside of braces, parentheses and quotes. A bracket
/// that is never closed ends at the next slash.
fn cut(rest: &str) -> &str {
    let mut open: Vec<char> = Vec::new();
    for (at, c) in rest.char_indices() {
        match (c, open.last()) {
            ('\'', Some('\'')) => drop(open.pop()),
            ('\'', Some(_)) => open.push('\''),
            (_, Some('\'')) => {}
            ('{', _) => open.push('}'),
            ('<', _) => open.push('>'),
            ('(', _) => open.push(')'),
            (c, Some(close)) if c == *close => drop(open.pop()),
            ('/' | '?', None) => return &rest[..at],
            (c, None) if c.is_whitespace() => return &rest[..at],
            _ => {}
        }
    }
    if open.is_empty() {
        return rest;
    }
    let end = rest.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(rest.len());
    &rest[..end]
}

/// The text between `open` and `close`, if they enclose the whole text.
fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let inner = inner.strip_prefix(open).and_then(|inner| inner.strip_suffix(close)).unwrap_or(inner);
    (!inner.trim().is_empty() && !inner.contains([open, close])).then_some(inner)
}

/// Returns the name in `{id`, `id}` or `{id}}`.
fn misplaced_brace(text: &str) -> Option<String> {
    let name = text.trim_matches(['{', '}']);
    let open = text.matches('{').count();
    let close = text.matches('}').count();
    (open != close && open + close <= 3 && is_name(name)).then(|| fold(name))
}

/// Returns true if the text can be the name of a placeholder: it has no characters that belong to
/// the grammar.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '}', '(', ')', '<', '>', '/', '?', '=', '\'', '"'])
}

/// Returns true if all characters stand for themselves in a path.
fn is_literal(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '$' | '.' | '_' | '-' | '~' | '%' | '!' | '@' | ',' | '*' | '+' | '=' | ':' | '\'' | ';' | '&' | '#'
            )
    })
}

/// Reads `/{item-path}:` or `/{item-path}` after `anchor:`. Returns the placeholder's name, and
/// true if a colon closes it.
fn by_path(cursor: &mut Cursor<'_>) -> (String, bool) {
    let mut names: Vec<String> = Vec::new();
    while cursor.peek() == Some('/') {
        let text = cut(&cursor.rest()[1..]);
        if text.is_empty() {
            break;
        }
        cursor.at += 1 + text.len();
        let (name, closed) = match text.strip_suffix(':') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let placeholder = enclosed(name, '{', '}').or_else(|| enclosed(name, '<', '>'));
        names.push(placeholder.map(fold).unwrap_or_default());
        if closed {
            return (joined(&names), true);
        }
    }
    (joined(&names), false)
}

/// The placeholder name of a path in several pieces. Fixed pieces are only sample values.
fn joined(names: &[String]) -> String {
    let placeholders: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    match placeholders.as_slice() {
        [] if names.is_empty() => String::new(),
        [] => "item-path".to_owned(),
        names => names.join("/"),
    }
}

/// Splits a segment into fixed text and placeholders.
fn mixed(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let open = rest.find(['{', '<']).unwrap_or(rest.len());
        if open > 0 {
            if !is_literal(&rest[..open]) {
                return None;
            }
            parts.push(Part::Text(rest[..open].to_owned()));
            rest = &rest[open..];
            continue;
        }
        let close = rest.find(if rest.starts_with('{') { '}' } else { '>' })?;
        let name = fold(&rest[1..close]);
        if !is_name(&name) {
            return None;
        }
        parts.push(Part::Placeholder(name));
        rest = &rest[close + 1..];
    }
    Some(parts)
}

/// Returns true if a segment is a sample key: a number, a GUID, a mix of letters and digits that is
/// no name, a mail address, or the name of a host.
fn is_sample(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let is_long = |length| text.len() >= length && digits >= 3;
    let is_mail = || text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host));
    is_long(16) && text.bytes().all(is_hex)
        || is_long(16) && text.ends_with('=')
        || is_long(24) && groups >= 3
        || !text.is_empty() && digits == text.len()
        || is_host(text)
        || is_mail()
}

/// The top-level domains of hosts in samples: the general ones, and those kept for samples (RFC
/// 2606). A qualified name ends in the name of a type or an operation, which is none of them.
const DOMAINS: [&str; 9] = ["com", "edu", "example", "gov", "invalid", "local", "net", "org", "test"];

/// The name of a host: `contoso.com`. A name of the service that has dots, a cast or an operation
/// behind its namespace, ends in another word.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.rsplit_once('.').is_some_and(|(_, domain)| DOMAINS.contains(&domain)) && text.split('.').all(is_label)
}

/// Completes the quotes of placeholders that have one on one side only, and the commas between a
/// placeholder and the next name.
fn mend_arguments(arguments: &str) -> String {
    let mut mended = String::with_capacity(arguments.len());
    let mut rest = arguments;
    while let Some(open) = rest.find('{')
        && let Some(length) = rest[open..].find('}')
    {
        let (before, placeholder) = (&rest[..open], &rest[open..=open + length]);
        rest = &rest[open + length + 1..];
        let (opens, closes) = (before.ends_with('\''), rest.starts_with('\''));
        mended.push_str(before);
        mended.push_str(if closes && !opens { "'" } else { "" });
        mended.push_str(placeholder);
        mended.push_str(if opens && !closes { "'" } else { "" });
        let behind = rest.trim_start_matches('\'');
        if behind.trim_start().len() < behind.len() && behind.contains('=') && !behind.trim_start().starts_with(',') {
            mended.push_str(if closes { "'," } else { "," });
            rest = behind.trim_start();
        }
    }
    mended.push_str(rest);
    mended
}

fn argument(text: &str) -> Argument {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) if is_name(name.trim()) => (name.trim(), value.trim()),
        _ => ("", text),
    };
    Argument { name: name.to_owned(), value: argument_value(value) }
}

fn argument_value(value: &str) -> ArgumentValue {
    let placeholder = |text: &str| enclosed(text, '{', '}').or_else(|| enclosed(text, '<', '>')).map(fold);
    if let Some(name) = placeholder(value) {
        return ArgumentValue::Placeholder { name, quoted: false };
    }
    if let Some(inner) = enclosed(value, '\'', '\'').or_else(|| enclosed(value, '"', '"')) {
        return match placeholder(inner) {
            Some(name) => ArgumentValue::Placeholder { name, quoted: true },
            None if stands_for_a_value(inner) => ArgumentValue::Placeholder { name: inner.to_owned(), quoted: true },
            None => ArgumentValue::Fixed(value.to_owned()),
        };
    }
    if let Some((type_name, name)) = value.split_once('\'')
        && let Some(name) = name.strip_suffix('\'').and_then(placeholder)
        && type_name.contains('.')
    {
        return ArgumentValue::EnumLiteral { type_name: type_name.to_owned(), name };
    }
    let literal = matches!(value, "true" | "false" | "null");
    if !literal && is_name(value) && value.starts_with(|c: char| c.is_alphabetic()) {
        // A bare word cannot be a literal in OData, so it stands for a value: `count=n`.
        return ArgumentValue::Placeholder { name: value.to_owned(), quoted: false };
    }
    ArgumentValue::Fixed(value.to_owned())
}

/// Returns true for `'parameterValue'`, `'query-value'`: words that stand for a value.
fn stands_for_a_value(text: &str) -> bool {
    is_name(text) && !text.contains(' ') && ["Value", "-value", "_value"].iter().any(|ending| text.ends_with(ending))
}
