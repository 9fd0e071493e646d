//! Takes a page of a collection apart while it arrives: into the elements of its array `value`, and
//! the document around them.

/// The parts of a page that arrived and were not taken yet.
///
/// Nothing is checked here. The elements and what remains are documents that the reader of the page
/// reads, and it reports what is wrong with them.
#[derive(Default)]
pub(super) struct Splitter {
    /// The document around the elements: `{"@odata.count":2,"value":[],"@odata.nextLink":…}`.
    around: Vec<u8>,
    /// The beginning of a document with the elements that were not taken: `{"value":[{…},{…`.
    elements: Vec<u8>,
    /// The end of the last complete element in `elements`.
    complete: usize,
    depth: usize,
    place: Place,
    is_escaped: bool,
    /// The beginning of the last string in `around`.
    string: usize,
    /// True if the elements that were taken last were followed by a comma.
    has_more: bool,
}

/// The meaning of the next byte.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Other,
    /// In a string outside the array.
    String,
    /// In the array `value`.
    Elements,
    ElementString,
}

const START: &[u8] = br#"{"value":["#;
const END: &[u8] = b"]}";

impl Splitter {
    /// Adds the next bytes of the page.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.add_byte(*byte);
        }
    }

    /// A document with all elements that are complete; none if there is no such element.
    pub(super) fn take(&mut self) -> Option<Vec<u8>> {
        if self.complete == 0 {
            return None;
        }
        // The comma behind the last element belongs to neither document.
        let rest = self.elements.get(self.complete + 1..).unwrap_or_default();
        let next = [START, rest].concat();
        let mut document = std::mem::replace(&mut self.elements, next);
        document.truncate(self.complete);
        document.extend_from_slice(END);
        self.complete = 0;
        Some(document)
    }

    /// The document around the elements.
    pub(super) fn around(self) -> Vec<u8> {
        self.around
    }

    fn add_byte(&mut self, byte: u8) {
        match self.place {
            Place::Other => self.add_outside(byte),
            Place::String | Place::ElementString => self.add_to_string(byte),
            Place::Elements => self.add_inside(byte),
        }
    }

    fn add_outside(&mut self, byte: u8) {
        self.around.push(byte);
        match byte {
            b'"' => {
                self.place = Place::String;
                self.string = self.around.len() - 1;
            }
            b'[' if self.depth == 1 && self.is_value() => {
                self.depth += 1;
                self.place = Place::Elements;
                self.elements = START.to_vec();
                self.has_more = false;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn add_to_string(&mut self, byte: u8) {
        let text = if self.place == Place::ElementString { &mut self.elements } else { &mut self.around };
        text.push(byte);
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = true,
            b'"' if self.place == Place::ElementString => self.place = Place::Elements,
            b'"' => self.place = Place::Other,
            _ => {}
        }
    }

    fn add_inside(&mut self, byte: u8) {
        match byte {
            b'"' => self.place = Place::ElementString,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            b',' if self.depth == 2 => {
                self.complete = self.elements.len();
                self.has_more = true;
            }
            _ => {}
        }
        if self.depth > 1 {
            self.elements.push(byte);
            return;
        }
        // The end of the array.
        self.around.push(byte);
        self.place = Place::Other;
        let is_blank = self.elements[START.len()..].trim_ascii().is_empty();
        if is_blank && self.has_more {
            // A comma without an element behind it, which the reader reports.
            self.elements.push(b',');
        }
        if !is_blank || self.has_more {
            self.complete = self.elements.len();
        }
    }

    /// Returns true if the array that begins here is that of the member `value`.
    fn is_value(&self) -> bool {
        let from_name = self.around[self.string..self.around.len() - 1].trim_ascii_end();
        from_name.strip_suffix(b":").is_some_and(|name| name.trim_ascii_end() == br#""value""#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The documents of a page that arrives in chunks of this size.
    fn split(page: &str, size: usize) -> Vec<String> {
        let mut splitter = Splitter::default();
        let mut documents = Vec::new();
        for chunk in page.as_bytes().chunks(size) {
            splitter.add(chunk);
            documents.extend(splitter.take());
        }
        documents.push(splitter.around());
        documents.into_iter().map(|document| String::from_utf8(document).expect("the page is UTF-8")).collect()
    }

    #[test]
    fn elements_are_taken_as_soon_as_the_next_one_begins() {
        let page = r#"{"n":{"value":[0]},"value" : [{"a":[1,2]}, "],\"", 3],"@odata.nextLink":"x"}"#;
        let around = r#"{"n":{"value":[0]},"value" : [],"@odata.nextLink":"x"}"#;
        let elements = [r#"{"value":[{"a":[1,2]}]}"#, r#"{"value":[ "],\""]}"#, r#"{"value":[ 3]}"#];
        assert_eq!(split(page, 1), [elements.as_slice(), &[around]].concat());
        assert_eq!(split(page, page.len()), [r#"{"value":[{"a":[1,2]}, "],\"", 3]}"#, around]);
    }

    #[test]
    fn what_is_no_page_remains_whole() {
        for text in [
            "",
            "[1,2]",
            r#"{"a\"value":[1]}"#,
            r#"{"value":{"value":[1]}}"#,
            r#"{"other":[1],"text":"\"value\":["}"#,
            "}]",
        ] {
            assert_eq!(split(text, 1), [text]);
        }
        assert_eq!(split(r#"{"value":[ ]}"#, 1), [r#"{"value":[]}"#]);
    }

    #[test]
    fn mistakes_reach_the_reader() {
        assert_eq!(split(r#"{"value":[1,]}"#, 1), [r#"{"value":[1]}"#, r#"{"value":[,]}"#, r#"{"value":[]}"#]);
        assert_eq!(split(r#"{"value":[1 2"#, 1), [r#"{"value":["#]);
        assert_eq!(split(r#"{"value":[1 2]}"#, 4), [r#"{"value":[1 2]}"#, r#"{"value":[]}"#]);
    }
}
