//! The YAML between `---` and `---` at a page's head.

use std::ops::Range;

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::ScanError;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{At, FileId, Span};

type Entries = Vec<(String, At<String>)>;

/// The front matter's scalars, and where the page's text begins.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> (Entries, usize) {
    let Some(Place { yaml, body, closed }) = locate(text) else { return (Vec::new(), mark(text)) };
    if !closed {
        let at = Span::new(file, yaml.start..yaml.start + first_line(&text[yaml.clone()]));
        diagnostics.push(
            Diagnostic::new(
                Code::FrontMatterInvalid,
                at,
                "the front matter is not closed; it was read up to the first line that is none",
            )
            .help("close it with a line `---`"),
        );
        return (by_line(file, text, yaml), body);
    }
    if let Some(entries) = simple(file, text, yaml.clone()) {
        return (entries, body);
    }
    match scalars(file, text, yaml.clone()) {
        Ok(entries) => (entries, body),
        Err(error) => {
            let at = byte_offset(&text[yaml.clone()], error.marker().index());
            let start = (yaml.start + at).min(yaml.end);
            let span = Span::new(file, start..start + first_line(&text[start..yaml.end]));
            diagnostics.push(
                Diagnostic::new(
                    Code::FrontMatterInvalid,
                    span,
                    format!("the front matter is not valid YAML: {}", error.info()),
                )
                .help("it was read line by line as `key: value`"),
            );
            (by_line(file, text, yaml), body)
        }
    }
}

/// Where the page's text begins.
pub(super) fn skip(text: &str) -> usize {
    locate(text).map_or_else(|| mark(text), |place| place.body)
}

struct Place {
    yaml: Range<usize>,
    body: usize,
    closed: bool,
}

/// The length of a byte-order mark.
fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

fn first_line(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

fn locate(text: &str) -> Option<Place> {
    let mut at = mark(text);
    at += text[at..].len() - text[at..].trim_start().len();
    let yaml = at + line(&text[at..])?.strip_suffix_len("---")?;
    let mut at = yaml;
    let mut blank = false;
    let mut entries_end = yaml;
    while let Some(line) = line(&text[at..]) {
        let content = line.content();
        if content == "---" || content == "..." {
            return Some(Place { yaml: yaml..at, body: at + line.0.len(), closed: true });
        }
        // A page whose front matter is not closed must not be read as one large front matter.
        let heading = blank && content.starts_with("# ");
        if heading || ["## ", "|", "```", "<!--", "> "].iter().any(|start| content.starts_with(start)) {
            break;
        }
        let entry = key(content).is_some();
        if entries_end == yaml && !blank && !entry && !content.is_empty() && !content.starts_with('#') {
            return None;
        }
        at += line.0.len();
        if entry {
            entries_end = at;
        }
        blank = content.is_empty();
    }
    // Not closed: what reads as `key: value` from the top on.
    let mut end = yaml;
    while let Some(line) = line(&text[end..]) {
        if key(line.content()).is_none() {
            break;
        }
        end += line.0.len();
    }
    (end > yaml).then_some(Place { yaml: yaml..end, body: end, closed: false })
}

/// A line with its break.
struct Line<'a>(&'a str);

fn line(text: &str) -> Option<Line<'_>> {
    (!text.is_empty()).then(|| Line(&text[..text.find('\n').map_or(text.len(), |end| end + 1)]))
}

impl<'a> Line<'a> {
    fn content(&self) -> &'a str {
        self.0.trim_end()
    }

    /// Its length, if its content is `content`.
    fn strip_suffix_len(&self, content: &str) -> Option<usize> {
        (self.content() == content).then_some(self.0.len())
    }
}

/// The key of a line `key: value` that is not indented.
fn key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    (named && (value.is_empty() || value.starts_with([' ', '\t']))).then_some(key)
}

fn by_line(file: FileId, text: &str, yaml: Range<usize>) -> Entries {
    let mut entries = Vec::new();
    let mut at = yaml.start;
    while let Some(line) = line(&text[at..yaml.end]) {
        let content = line.content();
        if let Some(key) = key(content) {
            let value = content[key.len() + 1..].trim_start();
            let end = at + content.len();
            let span = Span::new(file, end - value.len()..end);
            let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
            entries.push((key.to_owned(), At::new(quoted.unwrap_or(value).to_owned(), span)));
        }
        at += line.0.len();
    }
    entries
}

/// Front matter as nearly every page has it: one `key: value` a line, the value plain or in double quotes, where no rule of
/// YAML can make it mean anything else. Starting YAML's reader for these would cost a tenth of the whole stage.
fn simple(file: FileId, text: &str, yaml: Range<usize>) -> Option<Entries> {
    let mut entries = Vec::with_capacity(8);
    let mut at = yaml.start;
    while let Some(line) = line(&text[at..yaml.end]) {
        let content = line.content();
        if !content.is_empty() {
            let key = key(content)?;
            let value = content[key.len() + 1..].trim_start_matches(' ');
            let end = at + content.len();
            let inner = match value.strip_prefix('"') {
                Some(rest) => rest.strip_suffix('"').filter(|inner| !inner.contains(['"', '\\', '\t']))?,
                None => Some(value).filter(|value| is_plain(value))?,
            };
            entries.push((key.to_owned(), At::new(inner.to_owned(), Span::new(file, end - value.len()..end))));
        }
        at += line.0.len();
    }
    Some(entries)
}

/// Whether a value without quotes is nothing but its text.
fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && !bytes.ends_with(b":")
        && !bytes.contains(&b'\t')
        && bytes.windows(2).all(|pair| pair != b": " && pair != b" #")
}

/// Where YAML's reader is inside the document.
enum Level {
    Mapping {
        /// The length of the path outside.
        outer: usize,
        /// A key was read, its value comes next.
        keyed: bool,
    },
    Sequence,
}

fn scalars(file: FileId, text: &str, yaml: Range<usize>) -> Result<Entries, ScanError> {
    let source = &text[yaml.clone()];
    let offset = |index| yaml.start + byte_offset(source, index);
    let mut entries = Vec::new();
    let mut path = String::new();
    let mut levels: Vec<Level> = Vec::new();
    let mut parser = Parser::new_from_str(source);
    loop {
        let (event, start) = parser.next_token()?;
        match event {
            Event::MappingStart(..) => levels.push(Level::Mapping { outer: path.len(), keyed: false }),
            Event::SequenceStart(..) => levels.push(Level::Sequence),
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                value_read(&mut levels, &mut path);
            }
            Event::Scalar(value, ..) => match levels.last_mut() {
                Some(Level::Mapping { keyed, .. }) if !*keyed => {
                    *keyed = true;
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&value);
                }
                _ => {
                    let start = offset(start.index()).min(yaml.end);
                    let span = Span::new(file, start..start + written(&text[start..yaml.end], &value));
                    entries.push((path.clone(), At::new(value, span)));
                    value_read(&mut levels, &mut path);
                }
            },
            Event::Alias(_) => match levels.last_mut() {
                Some(Level::Mapping { keyed, .. }) if !*keyed => *keyed = true,
                _ => value_read(&mut levels, &mut path),
            },
            Event::StreamEnd => return Ok(entries),
            _ => {}
        }
    }
}

/// How long a scalar is in the text that begins with it, which YAML's reader does not say. One with escapes or over several lines
/// counts as the rest of its line.
fn written(text: &str, value: &str) -> usize {
    let quote = text.get(..1).filter(|quote| matches!(*quote, "'" | "\"")).unwrap_or_default();
    match text[quote.len()..].strip_prefix(value) {
        Some(rest) if rest.starts_with(quote) => value.len() + 2 * quote.len(),
        _ => text[..first_line(text)].trim_end().len(),
    }
}

fn value_read(levels: &mut [Level], path: &mut String) {
    if let Some(Level::Mapping { outer, keyed }) = levels.last_mut() {
        path.truncate(*outer);
        *keyed = false;
    }
}

/// YAML's reader counts characters.
fn byte_offset(text: &str, index: usize) -> usize {
    match text.as_bytes().get(..index) {
        Some(before) if before.is_ascii() => index,
        _ => text.char_indices().nth(index).map_or(text.len(), |(at, _)| at),
    }
}
