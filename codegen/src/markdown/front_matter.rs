//! The YAML front matter between two lines `---` at the beginning of a page.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{At, FileId, Span};

type Entries = Vec<(String, At<String>)>;

/// The scalars of the front matter, and the position at which the page's text begins.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> (Entries, usize) {
    let Some(Bounds { yaml, body, closed }) = locate(text) else { return (Vec::new(), mark(text)) };
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
        return (entries(file, text, yaml).0, body);
    }
    let (entries, problem) = entries(file, text, yaml);
    if let Some((span, info)) = problem {
        diagnostics.push(
            Diagnostic::new(Code::FrontMatterInvalid, span, format!("the front matter is not valid YAML: {info}"))
                .help("this line was read as `key: value`; put the value in quotes"),
        );
    }
    (entries, body)
}

/// The position at which the page's text begins.
pub(super) fn skip(text: &str) -> usize {
    locate(text).map_or_else(|| mark(text), |place| place.body)
}

struct Bounds {
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

fn locate(text: &str) -> Option<Bounds> {
    let mut at = mark(text);
    at += text[at..].len() - text[at..].trim_start().len();
    let yaml = at + line(&text[at..])?.strip_suffix_len("---")?;
    let mut at = yaml;
    let mut blank = false;
    let mut entries_end = yaml;
    while let Some(line) = line(&text[at..]) {
        let content = line.content();
        if content == "---" || content == "..." {
            return Some(Bounds { yaml: yaml..at, body: at + line.0.len(), closed: true });
        }
        // If the front matter is not closed, the page must not be read as part of it.
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
    // The front matter is not closed: it ends after the last of the `key: value` lines at the top.
    let mut end = yaml;
    while let Some(line) = line(&text[end..]) {
        if key(line.content()).is_none() {
            break;
        }
        end += line.0.len();
    }
    (end > yaml).then_some(Bounds { yaml: yaml..end, body: end, closed: false })
}

/// A line with its line break.
struct Line<'a>(&'a str);

fn line(text: &str) -> Option<Line<'_>> {
    (!text.is_empty()).then(|| Line(&text[..text.find('\n').map_or(text.len(), |end| end + 1)]))
}

impl<'a> Line<'a> {
    fn content(&self) -> &'a str {
        self.0.trim_end()
    }

    /// The length of the line, if its content is `content`.
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

/// Parses `key: value` lines as YAML. If a line is not valid YAML, the rest of the line is its
/// value, and parsing continues after it.
fn entries(file: FileId, text: &str, yaml: Range<usize>) -> (Entries, Option<(Span, String)>) {
    let mut reader = Reader { file, text, yaml: yaml.clone(), entries: Vec::with_capacity(8) };
    let mut problem = None;
    let mut from = yaml.start;
    while let Err(flaw) = reader.read(from) {
        let start = line_start(&text[..flaw.line.min(yaml.end)]).max(from);
        let content = line(&text[start..yaml.end]).map_or("", |line| line.content());
        let span = Span::new(file, start..start + content.len());
        reader.entries.retain(|(_, value)| (value.span.start as usize) < start);
        if let Some(key) = key(content) {
            let value = content[key.len() + 1..].trim_start();
            let place = Span::new(file, start + content.len() - value.len()..start + content.len());
            let bare = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
            reader.entries.push((key.to_owned(), At::new(bare.unwrap_or(value).to_owned(), place)));
        }
        problem.get_or_insert((span, flaw.error.info().to_owned()));
        from = start + line(&text[start..yaml.end]).map_or(1, |line| line.0.len());
        if from >= yaml.end {
            break;
        }
    }
    (reader.entries, problem)
}

fn line_start(before: &str) -> usize {
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The state of the YAML reader within the document.
enum Level {
    Mapping {
        /// The length of the path of the enclosing mapping.
        outer: usize,
        /// True if a key was read and its value comes next.
        keyed: bool,
    },
    Sequence,
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    yaml: Range<usize>,
    entries: Entries,
}

/// Text that is not valid YAML.
struct Flaw {
    error: ScanError,
    /// An offset in the line that caused the error.
    line: usize,
}

impl Reader<'_> {
    /// Adds the scalars from `start` on.
    fn read(&mut self, start: usize) -> Result<(), Flaw> {
        let source = &self.text[start..self.yaml.end];
        let mut place = Place { text: source, characters: 0, bytes: 0 };
        let mut offset = |index: usize| start + place.at(index);
        let mut path = String::new();
        let mut levels: Vec<Level> = Vec::new();
        // The outermost key whose value has not been read yet.
        let mut open = None;
        let mut parser = Parser::new_from_str(source);
        while let Some(next) = parser.next_event() {
            let (event, at) = next.map_err(|error| {
                let line = open.unwrap_or_else(|| offset(error.marker().index()));
                Flaw { error, line }
            })?;
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
                        if levels.len() == 1 {
                            open = Some(offset(at.start.index()));
                        }
                        if !path.is_empty() {
                            path.push('.');
                        }
                        path.push_str(&value);
                    }
                    _ => {
                        let place = offset(at.start.index())..offset(at.end.index()).min(self.yaml.end);
                        self.entries.push((path.clone(), At::new(value.into_owned(), Span::new(self.file, place))));
                        value_read(&mut levels, &mut path);
                        open = open.filter(|_| levels.len() > 1);
                    }
                },
                Event::Alias(_) => match levels.last_mut() {
                    Some(Level::Mapping { keyed, .. }) if !*keyed => *keyed = true,
                    _ => value_read(&mut levels, &mut path),
                },
                _ => {}
            }
        }
        Ok(())
    }
}

fn value_read(levels: &mut [Level], path: &mut String) {
    if let Some(Level::Mapping { outer, keyed }) = levels.last_mut() {
        path.truncate(*outer);
        *keyed = false;
    }
}

/// A place in YAML. The YAML parser counts characters, and we bytes; both are counted on from the
/// last place, because each place of the parser is behind the one before it.
struct Place<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
}

impl Place<'_> {
    /// The byte at which a character begins.
    fn at(&mut self, character: usize) -> usize {
        if character < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        let (rest, more) = (&self.text[self.bytes..], character - self.characters);
        self.bytes += match rest.as_bytes().get(..more) {
            Some(before) if before.is_ascii() => more,
            _ => rest.char_indices().nth(more).map_or(rest.len(), |(at, _)| at),
        };
        self.characters = character;
        self.bytes
    }
}
