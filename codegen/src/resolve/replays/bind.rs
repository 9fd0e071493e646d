//! Matches a segment of a URL against a segment of a template, and returns the placeholders'
//! values.

use crate::model::{Argument, ArgumentValue, Part, Segment};
use crate::url::split_outside;

/// Removes the quotes around a text, and unescapes the quotes in it; `None` if the text has no
/// quotes around it.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}

/// The values of the placeholders, if `text` matches the segment: a literal, a key, a call or a
/// mixed segment.
pub(super) fn segment(segment: &Segment, text: &str) -> Option<Vec<String>> {
    match segment {
        Segment::Literal(name) => {
            let text = text.strip_suffix("()").unwrap_or(text);
            text.eq_ignore_ascii_case(name.strip_suffix("()").unwrap_or(name)).then(Vec::new)
        }
        Segment::Key(_) => (!text.is_empty() && !text.starts_with('$')).then(|| vec![text.to_owned()]),
        Segment::Call { name, arguments } => {
            let (written, rest) = match text.split_once('(') {
                Some((written, rest)) => (written, rest.strip_suffix(')')?),
                None => (text, ""),
            };
            written.eq_ignore_ascii_case(name).then(|| call(arguments, rest)).flatten()
        }
        Segment::Mixed(parts) => mixed(parts, text),
        Segment::ByPath { .. } => None,
    }
}

/// The values of the placeholders in a list of arguments.
pub(super) fn call(arguments: &[Argument], text: &str) -> Option<Vec<String>> {
    let written: Vec<(&str, &str)> = split_outside(text, ',')
        .into_iter()
        .map(|(_, argument)| argument.trim())
        .filter(|argument| !argument.is_empty())
        .map(|argument| match argument.split_once('=') {
            Some((name, value)) if !name.contains('\'') => (name.trim(), value.trim()),
            _ => ("", argument),
        })
        .collect();
    if written.len() != arguments.len() {
        return None;
    }
    let mut values = Vec::new();
    for (position, argument) in arguments.iter().enumerate() {
        let named = written.iter().find(|(name, _)| name.eq_ignore_ascii_case(&argument.name));
        // A single key may omit its name.
        let (_, value) = named.or_else(|| written.get(position).filter(|(name, _)| name.is_empty()))?;
        let text = || unquoted(value).unwrap_or_else(|| (*value).to_owned());
        match &argument.value {
            ArgumentValue::Placeholder { quoted: true, .. } => values.push(text()),
            ArgumentValue::Placeholder { quoted: false, .. } if !can_be_bare(value) => return None,
            ArgumentValue::Placeholder { quoted: false, .. } => values.push((*value).to_owned()),
            ArgumentValue::EnumLiteral { type_name, .. } => {
                values.push(value.strip_prefix(type_name.as_str()).and_then(unquoted).unwrap_or_else(text));
            }
            ArgumentValue::Fixed(_) => {}
        }
    }
    Some(values)
}

/// Returns true if a value is allowed where the template has no quotes. A text in quotes, or a
/// placeholder that the example did not replace, is a mistake of the page, and no call makes such a
/// request.
fn can_be_bare(value: &str) -> bool {
    !value.starts_with('\'') && !value.contains(['<', '>'])
}

fn mixed(parts: &[Part], text: &str) -> Option<Vec<String>> {
    let mut rest = text;
    let mut values = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Text(fixed) => rest = rest.strip_prefix(fixed.as_str())?,
            Part::Placeholder(_) => {
                let end = match parts.get(position + 1) {
                    Some(Part::Text(next)) => rest.find(next.as_str())?,
                    _ => rest.len(),
                };
                values.push(rest[..end].to_owned());
                rest = &rest[end..];
            }
        }
    }
    rest.is_empty().then_some(values)
}

/// The segment as generated code writes it, before it is percent-encoded.
pub(super) fn written(segment: &Segment, values: &[String]) -> String {
    let mut values = values.iter().map(String::as_str);
    let mut next = || values.next().unwrap_or_default();
    match segment {
        Segment::Literal(name) => name.clone(),
        Segment::Key(_) | Segment::ByPath { .. } => next().to_owned(),
        Segment::Mixed(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Placeholder(_) => next(),
            })
            .collect(),
        Segment::Call { name, arguments } => {
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| {
                    let quote = |text: &str| format!("'{}'", text.replace('\'', "''"));
                    let value = match &argument.value {
                        ArgumentValue::Placeholder { quoted: true, .. } => quote(next()),
                        ArgumentValue::Placeholder { quoted: false, .. } => next().to_owned(),
                        ArgumentValue::EnumLiteral { type_name, .. } => format!("{type_name}{}", quote(next())),
                        ArgumentValue::Fixed(text) => text.clone(),
                    };
                    let equals = if argument.name.is_empty() { "" } else { "=" };
                    format!("{}{equals}{value}", argument.name)
                })
                .collect();
            format!("{name}({})", arguments.join(","))
        }
    }
}
