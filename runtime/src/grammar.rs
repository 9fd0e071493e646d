//! The grammar of literals (OData ABNF 4.01, section 7). A text that is a valid value of its type
//! cannot change the meaning of the URL it is put into.
//!
//! Each function takes the whole text, before it is percent-encoded.

/// `Edm.Guid`: 32 hexadecimal digits in five groups.
pub(crate) fn guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `Edm.Date`: year, month and day, where the year may be negative and have more than four digits.
pub(crate) fn date(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let Some((year, rest)) = unsigned.split_once('-') else { return false };
    let Some((month, day)) = rest.split_once('-') else { return false };
    let year_fits = digits(year) && (year.len() == 4 || (year.len() > 4 && !year.starts_with('0')));
    year_fits && within(month, 1, 12) && within(day, 1, 31)
}

/// `Edm.TimeOfDay`: hour and minute, optionally seconds with up to twelve decimal places.
pub(crate) fn time_of_day(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let (Some(hour), Some(minute)) = (parts.next(), parts.next()) else { return false };
    let second_fits = parts.next().is_none_or(|second| {
        let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
        within(whole, 0, 60) && digits(fraction) && fraction.len() <= 12
    });
    within(hour, 0, 23) && within(minute, 0, 59) && second_fits
}

/// `Edm.DateTimeOffset`: a date and a time of day with the offset from UTC.
pub(crate) fn date_time_offset(text: &str) -> bool {
    let Some((day, rest)) = text.split_once(['T', 't']) else { return false };
    if !date(day) {
        return false;
    }
    if let Some(time) = rest.strip_suffix(['Z', 'z']) {
        return time_of_day(time);
    }
    let Some(sign) = rest.rfind(['+', '-']) else { return false };
    let (time, offset) = (&rest[..sign], &rest[sign + 1..]);
    offset.split_once(':').is_some_and(|(hour, minute)| within(hour, 0, 23) && within(minute, 0, 59))
        && time_of_day(time)
}

/// `Edm.Duration`: days, hours, minutes and seconds.
pub(crate) fn duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some(text) = text.strip_prefix('P') else { return false };
    let (days, time) = match text.split_once('T') {
        Some((_, "")) => return false,
        Some((days, time)) => (days, Some(time)),
        None => (text, None),
    };
    if !days.is_empty() && !days.strip_suffix('D').is_some_and(digits) {
        return false;
    }
    let Some(mut rest) = time else { return !days.is_empty() };
    for unit in ['H', 'M'] {
        if let Some((number, after)) = rest.split_once(unit) {
            if !digits(number) {
                return false;
            }
            rest = after;
        }
    }
    let seconds = |number: &str| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        digits(whole) && digits(fraction)
    };
    rest.is_empty() || rest.strip_suffix('S').is_some_and(seconds)
}

/// `Edm.Decimal`, `Edm.Double` and `Edm.Single`: a number with or without an exponent, or `NaN`,
/// `INF` or `-INF`.
pub(crate) fn decimal(text: &str) -> bool {
    if matches!(text, "NaN" | "INF" | "-INF") {
        return true;
    }
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// `Edm.Binary`: base64 in the URL-safe alphabet, with padding or without.
pub(crate) fn binary(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // The unused bits of the last character have to be zero.
    let last = |allowed: &[u8]| body.bytes().last().is_some_and(|byte| allowed.contains(&byte));
    body.bytes().all(alphabet)
        && match body.len() % 4 {
            0 => padding == 0,
            2 => matches!(padding, 0 | 2) && last(b"AQgw"),
            3 => padding <= 1 && last(b"AEIMQUYcgkosw048"),
            _ => false,
        }
}

/// A geographic or geometric value in the notation of URLs, with or without its coordinate system:
/// `SRID=4326;Point(-0.13 51.5)`.
pub(crate) fn spatial(text: &str) -> bool {
    let shape = match text.strip_prefix("SRID=") {
        Some(rest) => match rest.split_once(';') {
            Some((system, shape)) if digits(system) && system.len() <= 5 => shape,
            _ => return false,
        },
        None => text,
    };
    self::shape(shape, 0) == Some("")
}

/// Shapes nest, and no service needs more levels than this.
const DEEPEST_SHAPE: usize = 16;

/// Reads one shape. Returns the rest of the text.
fn shape(text: &str, depth: usize) -> Option<&str> {
    let (name, rest) = text.split_at(text.find('(')?);
    match name.to_ascii_lowercase().as_str() {
        "point" => list(rest, position),
        "linestring" => list(rest, position),
        "polygon" | "multilinestring" | "multipoint" => list(rest, |item| list(item, position)),
        "multipolygon" => list(rest, |polygon| list(polygon, |ring| list(ring, position))),
        "geometrycollection" if depth < DEEPEST_SHAPE => list(rest, |item| shape(item, depth + 1)),
        _ => None,
    }
}

/// Reads items in parentheses, separated by commas.
fn list<'t>(text: &'t str, item: impl Fn(&'t str) -> Option<&'t str>) -> Option<&'t str> {
    let mut rest = text.strip_prefix('(')?;
    loop {
        rest = item(rest)?;
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start_matches(' '),
            None => return rest.strip_prefix(')'),
        }
    }
}

/// Reads two to four numbers, separated by spaces.
fn position(text: &str) -> Option<&str> {
    let end = text.find([',', ')'])?;
    let numbers = text[..end].split(' ');
    let count = numbers.clone().count();
    ((2..=4).contains(&count) && numbers.into_iter().all(decimal)).then_some(&text[end..])
}

/// The members of an enum, by name or number, separated by commas.
pub(crate) fn enum_members(text: &str) -> bool {
    let number = |text: &str| {
        let text = text.strip_prefix(['+', '-']).unwrap_or(text);
        digits(text) && text.len() <= 19
    };
    text.split(',').all(|member| identifier(member) || number(member))
}

/// A simple identifier (OData CSDL 4.01, section 15.2): a letter or underscore, then letters,
/// digits and underscores, 128 in all at most.
pub(crate) fn identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_')
        && text.chars().count() <= 128
}

/// Identifiers separated by dots, such as the qualified name of a type.
pub(crate) fn qualified_name(text: &str) -> bool {
    text.split('.').all(identifier)
}

/// A literal that is written without quotes: null, a Boolean, a number, a date, a time or a GUID.
pub(crate) fn unquoted(text: &str) -> bool {
    matches!(text, "null" | "true" | "false")
        || decimal(text)
        || guid(text)
        || date(text)
        || time_of_day(text)
        || date_time_offset(text)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns true if a text is a number of two digits within a range.
fn within(text: &str, least: u8, most: u8) -> bool {
    text.len() == 2 && digits(text) && text.parse().is_ok_and(|number: u8| (least..=most).contains(&number))
}
