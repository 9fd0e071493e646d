//! The grammar of one request line: `GET /users/{id | userPrincipalName}/messages?$top={n}`.
//!
//! ```text
//! line     = method blank [root] path ["?" query] ["HTTP/1.1"]
//! path     = ["/"] segment *("/" segment)
//! segment  = literal | "{" name "}" | "<" name ">" | name "(" [argument *("," argument)] ")" | by-path | mixed
//! by-path  = anchor ":/" name [":"]
//! argument = [name "="] ("{" name "}" | "'" "{" name "}" "'" | ns.enum "'" "{" name "}" "'" | value)
//! ```
//!
//! A line that deviates from the grammar, but can be read in only one way, is read with a
//! [`Doubt`]; any other line that deviates is a [`Flaw`].

use std::ops::Range;

use super::segment;
use crate::schema::operation::{HttpMethod, Segment};
use crate::url::{skip_root, split_outside};

/// Something in a line that had to be guessed or left out. The line is read nevertheless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    /// The place in the line.
    pub(super) range: Range<usize>,
    /// The mistake, in words.
    pub(super) text: &'static str,
}

/// The reason why a line is not a request.
pub(super) type Flaw = Doubt;

/// The parts of a request line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) method: HttpMethod,
    /// The part before the path: `https://host/v1.0`.
    pub(super) root: String,
    pub(super) path: Vec<Segment>,
    pub(super) query: Vec<(String, String)>,
    pub(super) doubts: Vec<Doubt>,
}

/// Reads a request line.
pub(super) fn parse(line: &str) -> Result<Line, Flaw> {
    match method(line) {
        Ok((method, behind)) => url(line, behind, method, Vec::new()),
        Err(flaw) => {
            let (method, behind, doubt) = nearly(line).ok_or(flaw)?;
            url(line, behind, method, vec![doubt])
        }
    }
}

/// The method at the beginning of a line and the offset of the URL, where the method is misspelt or
/// run together with the URL.
pub(super) fn nearly(line: &str) -> Option<(HttpMethod, usize, Doubt)> {
    let start = line.len() - line.trim_start().len();
    let word = line[start..].split([' ', '\t', '/', ':']).next()?;
    let behind = line[start + word.len()..].trim_start_matches([' ', '\t', ':']);
    let (method, text) = match HttpMethod::parse(word) {
        Some(method) => (method, "expected a blank between the method and the path"),
        None => misspelt(word)?,
    };
    let doubt = Doubt { range: start..start + word.len(), text };
    behind.starts_with(['/', 'h']).then(|| (method, line.len() - behind.len(), doubt))
}

/// The method whose misspelt name a word is, with the question for the author.
fn misspelt(word: &str) -> Option<(HttpMethod, &'static str)> {
    const METHODS: [(HttpMethod, &str); 5] = [
        (HttpMethod::Get, "did you mean GET? It is read as that"),
        (HttpMethod::Post, "did you mean POST? It is read as that"),
        (HttpMethod::Put, "did you mean PUT? It is read as that"),
        (HttpMethod::Patch, "did you mean PATCH? It is read as that"),
        (HttpMethod::Delete, "did you mean DELETE? It is read as that"),
    ];
    let distance = |method: HttpMethod| strsim::damerau_levenshtein(word, method.name());
    let mut near = METHODS.into_iter().filter(|(method, _)| distance(*method) == 1);
    let found = near.next()?;
    // `PUST` may be either.
    (word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && near.next().is_none()).then_some(found)
}

/// Reads a line without a method. `text` says where `method` is from.
pub(super) fn parse_url(line: &str, method: HttpMethod, text: &'static str) -> Result<Line, Flaw> {
    url(line, 0, method, vec![Doubt { range: 0..line.len(), text }])
}

fn url(line: &str, behind: usize, method: HttpMethod, mut doubts: Vec<Doubt>) -> Result<Line, Flaw> {
    let mut cursor = Cursor { line, at: skip_root(line, behind) };
    let root = line[behind..cursor.at].to_owned();
    let path = path(&mut cursor, &mut doubts)?;
    let query = match cursor.peek() {
        Some('?') => {
            cursor.at += 1;
            query(&mut cursor, &mut doubts)
        }
        _ => Vec::new(),
    };
    let trailing = cursor.rest().trim();
    if !trailing.is_empty() && !is_http_version(trailing) {
        doubts.push(Doubt { range: cursor.at..line.trim_end().len(), text: "text behind the path, left out" });
    }
    if path.is_empty() {
        return Err(Flaw { range: 0..line.trim_end().len(), text: "no path" });
    }
    Ok(Line { method, root, path, query, doubts })
}

/// Returns true if a line begins like a request: a method, a blank, and something that looks like a
/// URL.
pub(super) fn looks_like_request(line: &str) -> bool {
    method(line).is_ok_and(|(_, behind)| {
        let rest = &line[behind..];
        rest.contains('/') || rest.split_whitespace().count() == 1
    })
}

/// The method at the beginning of a line, and the offset of the URL.
pub(super) fn method(line: &str) -> Result<(HttpMethod, usize), Flaw> {
    let start = line.len() - line.trim_start().len();
    let text = &line[start..];
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let flaw = |text| Flaw { range: start..line.trim_end().len(), text };
    match HttpMethod::parse(word) {
        Some(method) if text[word.len()..].starts_with([' ', '\t', '\u{a0}']) => {
            let rest = &text[word.len()..];
            let url = rest.trim_start();
            Ok((method, line.len() - url.len()))
        }
        Some(_) if text.len() == word.len() => Err(flaw("no path")),
        _ if text.starts_with('/') || text.starts_with("http") => Err(flaw("no HTTP method")),
        _ if !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && text[word.len()..].trim_start().starts_with(['/', 'h']) =>
        {
            Err(flaw("not one of the HTTP methods GET, POST, PUT, PATCH and DELETE"))
        }
        _ => Err(flaw("not a request")),
    }
}

fn is_http_version(text: &str) -> bool {
    text.len() <= 8 && text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// A position in a line.
pub(super) struct Cursor<'l> {
    pub(super) line: &'l str,
    pub(super) at: usize,
}

impl<'l> Cursor<'l> {
    pub(super) fn rest(&self) -> &'l str {
        &self.line[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
}

/// Reads segments up to the query or the end of the path.
fn path(cursor: &mut Cursor<'_>, doubts: &mut Vec<Doubt>) -> Result<Vec<Segment>, Flaw> {
    let mut path: Vec<Segment> = Vec::new();
    loop {
        while cursor.peek() == Some('/') {
            cursor.at += 1;
        }
        // A blank after a slash is a mistake if the path goes on after it.
        let slip = cursor.rest().trim_start();
        if cursor.at > 0 && cursor.line[..cursor.at].ends_with('/') && slip.len() < cursor.rest().len() {
            let next = slip.split(['/', ' ']).next().unwrap_or_default();
            let is_last = || next == slip && slip.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if next.starts_with('{')
                || next.starts_with('$')
                || slip.len() > next.len() && slip[next.len()..].starts_with('/')
                || is_last()
            {
                doubts
                    .push(Doubt { range: cursor.at..cursor.line.len() - slip.len(), text: "a blank inside the path" });
                cursor.at = cursor.line.len() - slip.len();
            }
        }
        match cursor.peek() {
            None | Some('?') => return Ok(path),
            Some(c) if c.is_whitespace() => {
                let rest = cursor.rest().trim_start();
                if rest.starts_with('?') {
                    cursor.at = cursor.line.len() - rest.len();
                } else if !alternative(cursor, &mut path, doubts) {
                    return Ok(path);
                }
            }
            Some(_) => segment::read(cursor, &mut path, doubts)?,
        }
    }
}

/// Moves an alternative that is written outside of the braces into them:
/// `{user-id} | user-principal-name/chats`.
fn alternative(cursor: &mut Cursor<'_>, path: &mut [Segment], doubts: &mut Vec<Doubt>) -> bool {
    let rest = cursor.rest().trim_start();
    let Some(word) = rest.strip_prefix('|') else {
        return false;
    };
    let word = word.trim_start();
    let end = word.find(['/', '?', ' ']).unwrap_or(word.len());
    let name = word[..end].trim_matches(['{', '}', '<', '>']);
    let Some(Segment::Key(key)) = path.last_mut() else {
        return false;
    };
    if name.is_empty() {
        return false;
    }
    *key = format!("{key} | {name}");
    let behind = cursor.line.len() - word.len() + end;
    doubts.push(Doubt { range: cursor.at..behind, text: "an alternative outside the braces" });
    cursor.at = behind;
    true
}

/// Reads `name=value&…` to the end of the line. Blanks are part of it: `$filter=id eq '{id}'`.
fn query(cursor: &mut Cursor<'_>, doubts: &mut Vec<Doubt>) -> Vec<(String, String)> {
    let start = cursor.at;
    let text = cursor.rest().trim_end();
    let text = match text.rsplit_once(char::is_whitespace) {
        Some((before, last)) if is_http_version(last) => before.trim_end(),
        _ => text,
    };
    cursor.at = cursor.line.len();
    let mut options = Vec::new();
    for (offset, option) in split_outside(text, '&') {
        let offset = offset + (option.len() - option.trim_start().len());
        let option = option.trim();
        if option.is_empty() {
            continue;
        }
        let (name, value) = match option.split_once('=') {
            Some(pair) => pair,
            None => {
                let place = start + offset..start + offset + option.len();
                match option.split_once(':') {
                    Some(pair) => {
                        doubts.push(Doubt { range: place, text: "a colon instead of an equals sign" });
                        pair
                    }
                    None => {
                        doubts.push(Doubt { range: place, text: "a query option without a value" });
                        (option, "")
                    }
                }
            }
        };
        options.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::operation::{Argument, ArgumentValue, Part};

    /// Segments in a short notation: literals as they are, `{key}`, `name(argument, …)`,
    /// `anchor:{path}:`, `[mixed|{parts}]`.
    fn show(path: &[Segment]) -> String {
        path.iter().map(|segment| format!("/{}", show_segment(segment))).collect()
    }

    fn show_segment(segment: &Segment) -> String {
        match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Key(name) => format!("{{{name}}}"),
            Segment::Call { name, arguments } | Segment::NamedKey { collection: name, arguments } => {
                format!("{name}({})", arguments.iter().map(show_argument).collect::<Vec<_>>().join(", "))
            }
            Segment::ByPath { anchor, parameter, closed } => {
                format!("{anchor}:{{{parameter}}}{}", if *closed { ":" } else { "" })
            }
            Segment::Mixed(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => text.clone(),
                        Part::Placeholder(name) => format!("{{{name}}}"),
                    })
                    .collect();
                format!("[{}]", parts.join("|"))
            }
        }
    }

    fn show_argument(argument: &Argument) -> String {
        let value = match &argument.value {
            ArgumentValue::Placeholder { name, quoted: true } => format!("'{{{name}}}'"),
            ArgumentValue::Placeholder { name, quoted: false } => format!("{{{name}}}"),
            ArgumentValue::EnumLiteral { type_name, name } => format!("{type_name}'{{{name}}}'"),
            ArgumentValue::Fixed(text) => format!("={text}"),
        };
        format!("{}:{value}", argument.name)
    }

    #[test]
    fn request_lines_without_a_doubt() {
        for (line, method, path) in [
            ("GET /fleet", HttpMethod::Get, "/fleet"),
            ("get /fleet/ships", HttpMethod::Get, "/fleet/ships"),
            ("GET /ports/{id}/.../ships/{id}", HttpMethod::Get, "/ports/{id}/ships/{id}"),
            ("DELETE fleet/ships/{id}", HttpMethod::Delete, "/fleet/ships/{id}"),
            ("PATCH /ships/{ id | callSign }/", HttpMethod::Patch, "/ships/{id | callSign}"),
            ("PUT /ships/{ship id}/$value", HttpMethod::Put, "/ships/{ship id}/$value"),
            ("POST /ships/<ship>/crew/$ref", HttpMethod::Post, "/ships/{ship}/crew/$ref"),
            ("GET https://graph.microsoft.com/v1.0/ships/{id}", HttpMethod::Get, "/ships/{id}"),
            ("GET https://graph.microsoft.com/beta/ships", HttpMethod::Get, "/ships"),
            ("GET https://example.org/ships", HttpMethod::Get, "/ships"),
            ("GET /v1.0/ships HTTP/1.1", HttpMethod::Get, "/ships"),
            ("GET /ships/{id}/fleet.cargoShip/holds", HttpMethod::Get, "/ships/{id}/fleet.cargoShip/holds"),
            ("GET /ships/delta()", HttpMethod::Get, "/ships/delta()"),
            ("GET /ships/near(port='{port}',miles={n})", HttpMethod::Get, "/ships/near(port:'{port}', miles:{n})"),
            ("GET /ships/first(count=n)", HttpMethod::Get, "/ships/first(count:{n})"),
            ("GET /ships/image(width=640, mode='fit')", HttpMethod::Get, "/ships/image(width:=640, mode:='fit')"),
            ("GET /ships/at(time=now-value)", HttpMethod::Get, "/ships/at(time:{now-value})"),
            ("GET /ships/seen(by='parameterValue')", HttpMethod::Get, "/ships/seen(by:'{parameterValue}')"),
            ("GET /sheet/range(<address>)/font", HttpMethod::Get, "/sheet/range(:{address})/font"),
            ("GET /sheet/range(address='<a/b>')", HttpMethod::Get, "/sheet/range(address:'{a/b}')"),
            ("GET /zones(kind=fleet.zone'{kind}')", HttpMethod::Get, "/zones(kind:fleet.zone'{kind}')"),
            ("GET /ships('{id}')/crew", HttpMethod::Get, "/ships(:'{id}')/crew"),
            ("GET /roles/templateId={id}/members", HttpMethod::Get, "/roles/[templateId=|{id}]/members"),
            ("GET /disk/root:/{item-path}", HttpMethod::Get, "/disk/root:{item-path}"),
            ("GET /disk/root:/{item-path}:/pages", HttpMethod::Get, "/disk/root:{item-path}:/pages"),
            ("PUT /disk/{parent}:/{name}:/content", HttpMethod::Put, "/disk/{parent}:{name}:/content"),
            ("PUT /disk/root:/{folder}/{name}:/content", HttpMethod::Put, "/disk/root:{folder/name}:/content"),
            ("GET /disk/root:/Logs/today.txt:/content", HttpMethod::Get, "/disk/root:{item-path}:/content"),
        ] {
            let parsed = parse(line).unwrap_or_else(|flaw| panic!("{line}: {}", flaw.text));
            assert_eq!((parsed.method, show(&parsed.path).as_str()), (method, path), "{line}");
            assert_eq!(parsed.doubts, [], "{line}");
        }
    }

    #[test]
    fn request_lines_that_leave_one_reading() {
        for (line, path, doubt) in [
            ("GET /ships/{id} | call-sign/crew", "/ships/{id | call-sign}/crew", "outside the braces"),
            ("GET /ships/(ship-id)/crew", "/ships/{ship-id}/crew", "parentheses"),
            ("GET /ships/ {id}/crew", "/ships/{id}/crew", "a blank"),
            ("GET /ships/{id/crew", "/ships/{id}/crew", "do not match"),
            ("GET /ships/{id}}/crew", "/ships/{id}/crew", "do not match"),
            ("GET /sheet/range(address='<a>'/row", "/sheet/range(address:'{a}')/row", "not closed"),
            ("GET /ships/0fdc1a5e-4c24-4d34-b1c9-6d9810ab1793", "/ships/{id}", "a sample value"),
            ("GET /ports/harbour.example.org/ships", "/ports/{id}/ships", "a sample value"),
            ("GET /crew/ada@harbour.example/ships", "/crew/{id}/ships", "a sample value"),
            ("GET /ships/7", "/ships/{id}", "a sample value"),
            ("GET /ships    every ship", "/ships", "behind the path"),
        ] {
            let parsed = parse(line).unwrap_or_else(|flaw| panic!("{line}: {}", flaw.text));
            assert_eq!(show(&parsed.path), path, "{line}");
            assert!(parsed.doubts.iter().any(|found| found.text.contains(doubt)), "{line}: {:?}", parsed.doubts);
            assert!(parsed.doubts.iter().all(|found| line.get(found.range.clone()).is_some()), "{line}");
        }
    }

    #[test]
    fn queries() {
        for (line, query) in [
            ("GET /ships?$top=1", vec![("$top", "1")]),
            ("GET /ships ?$top=1&$skip={n}", vec![("$top", "1"), ("$skip", "{n}")]),
            ("GET /ships/?from={from}&to={to}", vec![("from", "{from}"), ("to", "{to}")]),
            (
                "GET /ships?$filter=crew/any(c: c/id eq '{id}&') and x eq 1&$top=5 HTTP/1.1",
                vec![("$filter", "crew/any(c: c/id eq '{id}&') and x eq 1"), ("$top", "5")],
            ),
            ("DELETE /a/$ref?$id=https://h/v1.0/b/{id}", vec![("$id", "https://h/v1.0/b/{id}")]),
            ("POST /apps?review:{Boolean}", vec![("review", "{Boolean}")]),
        ] {
            let parsed = parse(line).unwrap_or_else(|flaw| panic!("{line}: {}", flaw.text));
            let found: Vec<(&str, &str)> =
                parsed.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(found, query, "{line}");
        }
    }

    #[test]
    fn lines_that_are_no_requests() {
        for (line, flaw) in [
            ("/ships", "no HTTP method"),
            ("https://graph.microsoft.com/v1.0/ships", "no HTTP method"),
            ("UPDATE /ships/{id}", "not one of the HTTP methods"),
            ("Ships are listed like this", "not a request"),
            ("GET", "no path"),
            ("GET ?$top=1", "no path"),
            ("GET /ships/\"x\"", "cannot stand in a path"),
            ("", "not a request"),
        ] {
            let found = parse(line).expect_err(line);
            assert!(found.text.contains(flaw), "{line}: {}", found.text);
        }
    }

    #[test]
    fn no_text_panics() {
        let marks =
            ["GET /", "{", "}", "(", ")", "<", ">", "'", ":", "/", "?", "&", "=", " ", "ä", "…", "...", "|", "x", "1"];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let mut line = String::from("GET ");
            for _ in 0..state % 14 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                line.push_str(marks[(state >> 33) as usize % marks.len()]);
            }
            state = state.wrapping_add(1).wrapping_mul(6_364_136_223_846_793_005);
            if let Ok(parsed) = parse(&line) {
                assert!(parsed.doubts.iter().all(|doubt| line.get(doubt.range.clone()).is_some()), "{line}");
            }
        }
    }
}
