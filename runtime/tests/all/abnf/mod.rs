//! Rules of the grammar of OData's URLs (OData ABNF 4.01). Each is a function that matches the
//! beginning of a text and returns the rest. They are an independent implementation and share
//! nothing with the checks of the runtime.
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part of it")]

pub mod grammar;

/// A test case that is published with the grammar.
pub struct Case {
    /// The whole entry, for messages.
    pub text: String,
    /// The rule that the input is matched with.
    pub rule: String,
    /// The input.
    pub input: String,
    /// True if the grammar does not accept the input.
    pub is_refused: bool,
}

/// The test cases that the OData TC publishes with the grammar; if they are not available, none,
/// and a line on standard error.
#[expect(clippy::print_stderr, reason = "a test that is left out has to say so")]
pub fn cases() -> Option<Vec<Case>> {
    let Ok(text) = std::fs::read_to_string("../../shared/odata-abnf/odata-abnf-testcases.yaml") else {
        eprintln!("left out, as the committee's cases of the grammar are not beside the project");
        return None;
    };
    let cases = text.split("\n  - Name:").skip(1).filter_map(|case| {
        let value = |key: &str| scalar(case, key);
        let is_refused = value("FailAt:").is_some();
        Some(Case { text: case.to_owned(), rule: value("Rule:")?, input: value("Input:")?, is_refused })
    });
    Some(cases.collect())
}

/// The value of a key in an entry of the committee's YAML. A long one goes on in the next lines.
fn scalar(case: &str, key: &str) -> Option<String> {
    let mut lines = case.lines().map(str::trim_end).skip_while(|line| !line.trim_start().starts_with(key));
    let first = lines.next()?;
    let indent = first.len() - first.trim_start().len();
    let mut text = first.trim_start()[key.len()..].trim().to_owned();
    for line in lines.take_while(|line| line.len() - line.trim_start().len() > indent) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line.trim());
    }
    for block in ["|-", ">-", "|", ">"] {
        if let Some(rest) = text.strip_prefix(block) {
            return Some(rest.trim().to_owned());
        }
    }
    Some(match text.as_bytes() {
        [b'\'', .., b'\''] => text[1..text.len() - 1].replace("''", "'"),
        [b'"', .., b'"'] => serde_json::from_str(&text).unwrap_or(text),
        _ => text,
    })
}

/// The rest of a text after a rule has matched; none if the rule does not match.
type Rest<'a> = Option<&'a str>;

/// Returns true if a rule matches the whole text.
pub fn whole(text: &str, rule: impl Fn(&str) -> Rest<'_>) -> bool {
    rule(text) == Some("")
}

fn word<'a>(text: &'a str, word: &str) -> Rest<'a> {
    text.strip_prefix(word)
}

/// Matches the name of an operator; case does not matter (URL Conventions 4.01, section 5.1.1.1).
fn operator<'a>(text: &'a str, name: &str) -> Rest<'a> {
    let written = text.get(..name.len())?;
    written.eq_ignore_ascii_case(name).then(|| &text[name.len()..])
}

/// Matches as many of these characters as there are, within the bounds.
fn several(text: &str, least: usize, most: usize, is: impl Fn(char) -> bool) -> Rest<'_> {
    let count = text.chars().take(most).take_while(|c| is(*c)).count();
    if count < least {
        return None;
    }
    Some(&text[text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)..])
}

fn digits(text: &str, least: usize, most: usize) -> Rest<'_> {
    several(text, least, most, |c| c.is_ascii_digit())
}

fn optional<'a>(text: &'a str, rule: impl Fn(&'a str) -> Rest<'a>) -> &'a str {
    rule(text).unwrap_or(text)
}

fn sign(text: &str) -> Rest<'_> {
    text.strip_prefix(['+', '-'])
}

/// Matches two digits whose number is at most `greatest`.
fn two(text: &str, greatest: u8) -> Rest<'_> {
    let rest = digits(text, 2, 2)?;
    (text[..2].parse::<u8>().ok()? <= greatest).then_some(rest)
}

pub fn string(text: &str) -> Rest<'_> {
    let mut rest = word(text, "'")?;
    loop {
        let quote = rest.find('\'')?;
        rest = &rest[quote + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => rest = after,
            None => return Some(rest),
        }
    }
}

pub fn guid(text: &str) -> Rest<'_> {
    let group = |text, count| several(text, count, count, |c| c.is_ascii_hexdigit());
    let mut rest = group(text, 8)?;
    for count in [4, 4, 4, 12] {
        rest = group(word(rest, "-")?, count)?;
    }
    Some(rest)
}

pub fn date(text: &str) -> Rest<'_> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let rest = digits(text, 4, usize::MAX)?;
    let year = &text[..text.len() - rest.len()];
    if year.len() > 4 && year.starts_with('0') {
        return None;
    }
    let (month, day) = (word(rest, "-")?, word(two(word(rest, "-")?, 12)?, "-")?);
    let rest = two(day, 31)?;
    (!month.starts_with("00") && !day.starts_with("00")).then_some(rest)
}

pub fn time_of_day(text: &str) -> Rest<'_> {
    let rest = two(word(two(text, 23)?, ":")?, 59)?;
    let Some(second) = word(rest, ":") else { return Some(rest) };
    let rest = two(second, 60)?;
    match word(rest, ".") {
        Some(fraction) => digits(fraction, 1, 12),
        None => Some(rest),
    }
}

pub fn date_time_offset(text: &str) -> Rest<'_> {
    let rest = date(text)?.strip_prefix(['T', 't'])?;
    let rest = time_of_day(rest)?;
    if let Some(rest) = rest.strip_prefix(['Z', 'z']) {
        return Some(rest);
    }
    two(word(two(sign(rest)?, 23)?, ":")?, 59)
}

pub fn decimal(text: &str) -> Rest<'_> {
    for name in ["NaN", "-INF", "INF"] {
        if let Some(rest) = word(text, name) {
            return Some(rest);
        }
    }
    let mut rest = digits(optional(text, sign), 1, usize::MAX)?;
    if let Some(fraction) = word(rest, ".") {
        rest = digits(fraction, 1, usize::MAX)?;
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => digits(optional(exponent, sign), 1, usize::MAX),
        None => Some(rest),
    }
}

pub fn duration_value(text: &str) -> Rest<'_> {
    let part = |text, unit| word(digits(text, 1, usize::MAX)?, unit);
    let body = word(text.strip_prefix('-').unwrap_or(text), "P")?;
    let days = part(body, "D").unwrap_or(body);
    let Some(time) = word(days, "T") else { return (days.len() < body.len()).then_some(days) };
    let hours = part(time, "H").unwrap_or(time);
    let minutes = part(hours, "M").unwrap_or(hours);
    let seconds = digits(minutes, 1, usize::MAX).and_then(|rest| match word(rest, ".") {
        Some(fraction) => word(digits(fraction, 1, usize::MAX)?, "S"),
        None => word(rest, "S"),
    });
    let rest = seconds.unwrap_or(minutes);
    (rest.len() < time.len()).then_some(rest)
}

pub fn duration(text: &str) -> Rest<'_> {
    word(duration_value(word(text, "duration'")?)?, "'")
}

pub fn binary(text: &str) -> Rest<'_> {
    let text = word(text, "binary'")?;
    let body = several(text, 0, usize::MAX, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))?;
    let count = text.len() - body.len();
    let last = text[..count].chars().last();
    let rest = match count % 4 {
        0 => body,
        2 if last.is_some_and(|c| "AQgw".contains(c)) => optional(body, |text| word(text, "==")),
        3 if last.is_some_and(|c| "AEIMQUYcgkosw048".contains(c)) => optional(body, |text| word(text, "=")),
        _ => return None,
    };
    word(rest, "'")
}

pub fn identifier(text: &str) -> Rest<'_> {
    let rest = several(text, 1, 1, |c| c.is_alphabetic() || c == '_')?;
    several(rest, 0, 127, |c| c.is_alphanumeric() || c == '_')
}

pub fn qualified(text: &str) -> Rest<'_> {
    let mut rest = identifier(text)?;
    while let Some(next) = word(rest, ".").and_then(identifier) {
        rest = next;
    }
    Some(rest)
}

/// Matches a qualified literal of an enum.
pub fn enumeration(text: &str) -> Rest<'_> {
    let member = |text| identifier(text).or_else(|| digits(optional(text, sign), 1, 19));
    let mut rest = member(word(qualified(text)?, "'")?)?;
    while let Some(next) = word(rest, ",").and_then(member) {
        rest = next;
    }
    word(rest, "'")
}

/// Matches a literal without quotes.
pub fn unquoted(text: &str) -> Rest<'_> {
    for name in ["null", "true", "false"] {
        if text == name {
            return Some("");
        }
    }
    for rule in [guid, date_time_offset, date, time_of_day, decimal] {
        if rule(text) == Some("") {
            return Some("");
        }
    }
    None
}

/// Matches a condition or a value, as `$filter` and `$orderby` have them, as far as the runtime can
/// write it.
pub fn expression(text: &str) -> Rest<'_> {
    let mut rest = operand(text)?;
    loop {
        let operators =
            ["or", "and", "eq", "ne", "gt", "ge", "lt", "le", "has", "add", "sub", "mul", "divby", "div", "mod"];
        let next = operators.iter().find_map(|name| word(operator(word(rest, " ")?, name)?, " "));
        let list = word(rest, " ").and_then(|rest| word(operator(rest, "in")?, " ("));
        rest = match (next, list) {
            (Some(next), _) => operand(next)?,
            (None, Some(list)) => {
                let mut list = literal(list)?;
                while let Some(next) = word(list, ",") {
                    list = literal(optional(next, |text| word(text, " ")))?;
                }
                word(list, ")")?
            }
            (None, None) => return Some(rest),
        };
    }
}

fn literal(text: &str) -> Rest<'_> {
    let name = |text| ["null", "true", "false"].iter().find_map(|name| end_of_word(word(text, name)?));
    let plain = [string, duration, binary, enumeration, guid, date_time_offset, date, time_of_day, decimal];
    name(text).or_else(|| plain.iter().find_map(|rule| end_of_word(rule(text)?)))
}

/// Matches the end of a literal without quotes.
fn end_of_word(rest: &str) -> Rest<'_> {
    (!rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '/' | '('))).then_some(rest)
}

fn operand(text: &str) -> Rest<'_> {
    if let Some(rest) = operator(text, "not").and_then(|rest| word(rest, " ")) {
        return operand(rest);
    }
    if let Some(rest) = literal(text) {
        return Some(rest);
    }
    if let Some(rest) = word(text, "-") {
        return operand(rest);
    }
    if let Some(rest) = word(text, "(") {
        // Blanks are allowed here (BWS in the grammar).
        return word(expression(rest.trim_start_matches(' '))?.trim_start_matches(' '), ")");
    }
    path(text)
}

/// Matches properties, types and function calls, separated by slashes.
fn path(text: &str) -> Rest<'_> {
    let mut rest = segment(text)?;
    while let Some(next) = word(rest, "/") {
        rest = segment(next)?;
    }
    Some(rest)
}

fn segment(text: &str) -> Rest<'_> {
    let rest = qualified(optional(text, |text| word(text, "$")))?;
    let Some(arguments) = word(rest, "(") else { return Some(rest) };
    if let Some(rest) = word(arguments, ")") {
        return Some(rest);
    }
    // The variable of a lambda expression, if there is one.
    let mut rest = match identifier(arguments).and_then(|rest| word(rest, ":")) {
        Some(condition) => expression(condition)?,
        None => expression(arguments)?,
    };
    while let Some(next) = word(rest, ",") {
        rest = expression(optional(next, |text| word(text, " ")))?;
    }
    word(rest, ")")
}
