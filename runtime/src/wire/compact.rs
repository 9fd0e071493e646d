//! The writer of compact JSON, which nearly every program writes.
//!
//! serde_json examines each byte of a text and of a name. Here names are prepared once for each
//! type, eight bytes of a text are examined at a time, and nothing is generic, so that it is
//! compiled once. What is written goes to serde_json's own serializer in pieces of a few kilobytes.

use std::convert::Infallible;

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use serde_json::value::RawValue;

use super::are_strings;
use super::write::{Target, float_name, shortest, write_members};
use crate::additional::{RAW, Text, writes_json};
use crate::structured::{List, Members, Structured, View};

/// The text is passed on when it has this many bytes.
const PIECE: usize = 8 << 10;

/// Returns true if a serializer is serde_json's, with its compact format, so that it takes JSON as
/// it is. A wrong "no" only costs time. A format other than the compact one is part of the name.
#[inline]
pub(super) fn is_compact<S>() -> bool {
    writes_json::<S>() && !std::any::type_name::<S>().contains(',')
}

/// Writes a view to a serializer that [`is_compact`].
pub(super) fn write<S: Serializer>(view: View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut raw = serializer.serialize_struct(RAW, 1)?;
    let mut error = None;
    let mut pass = |piece: &str| match raw.serialize_field(RAW, piece) {
        Ok(()) => true,
        Err(failed) => {
            error = Some(failed);
            false
        }
    };
    let mut document = Document { text: String::with_capacity(PIECE), pass: &mut pass, is_broken: false };
    document.view(view);
    document.flush();
    match error {
        Some(error) => Err(error),
        None => raw.end(),
    }
}

/// JSON that is being written.
struct Document<'p> {
    text: String,
    /// Passes a piece on. Returns false if that failed.
    pass: &'p mut dyn FnMut(&str) -> bool,
    /// True if a piece could not be passed on, so that no other is.
    is_broken: bool,
}

impl Document<'_> {
    #[inline(never)]
    fn flush(&mut self) {
        self.is_broken = self.is_broken || !(self.pass)(&self.text);
        self.text.clear();
    }

    fn view(&mut self, view: View<'_>) {
        match view {
            View::None => self.text.push_str("null"),
            View::Bool(value) => self.text.push_str(if value { "true" } else { "false" }),
            View::Long(value) if are_strings() => {
                self.text.push('"');
                self.number(value);
                self.text.push('"');
            }
            View::Int(value) | View::Long(value) => self.number(value),
            View::UInt(value) => self.number(value),
            View::Single(value) => match float_name(value.into()) {
                Some(name) => self.string(name),
                None => self.number(shortest(value)),
            },
            View::Double(value) => match float_name(value) {
                Some(name) => self.string(name),
                None => self.number(value),
            },
            View::Str(text) | View::Flags(text) => self.string(text),
            View::Number(text) => self.digits(text),
            View::Object(value) => self.object(value),
            View::List(list) => self.list(list),
            // Writing to memory does not fail.
            View::Json(json) => self.text.push_str(&serde_json::to_string(json).unwrap_or_default()),
        }
    }

    #[inline]
    fn string(&mut self, text: &str) {
        if has_escapes(text.as_bytes()) {
            return self.escaped(text);
        }
        self.text.reserve(text.len() + 2);
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        self.text.push_str(&serde_json::to_string(text).unwrap_or_default());
    }

    #[inline(never)]
    fn number<T: Serialize>(&mut self, value: T) {
        /// More than the digits of any 64-bit number.
        const LONG: usize = 40;
        let mut digits = [0; LONG];
        let mut rest = &mut digits[..];
        let length = match serde_json::to_writer(&mut rest, &value) {
            Ok(()) => LONG - rest.len(),
            Err(_) => 0,
        };
        self.text.push_str(str::from_utf8(&digits[..length]).unwrap_or_default());
    }

    /// Writes a number given as a text, with all digits.
    #[cold]
    fn digits(&mut self, text: &str) {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(number) if !are_strings() => self.text.push_str(number.get()),
            _ => self.string(text),
        }
    }

    #[inline(never)]
    fn object(&mut self, value: &dyn Structured) {
        let keys = value.type_info().keys();
        self.text.push('{');
        let Ok(()) = write_members(value, || Ok(Object { keys, is_first: true, document: self }));
    }

    #[inline(never)]
    fn list(&mut self, list: &dyn List) {
        self.text.push('[');
        list.offer(&mut Elements { is_first: true, document: self });
        self.text.push(']');
    }
}

/// An object that is being written.
struct Object<'d, 'p> {
    keys: &'static [Box<str>],
    is_first: bool,
    document: &'d mut Document<'p>,
}

impl Object<'_, '_> {
    /// Writes the name of a property. Returns false if there is none at this index.
    #[inline]
    fn key(&mut self, index: usize) -> bool {
        let Some(key) = self.keys.get(index) else { return false };
        self.document.text.push_str(if self.is_first { key.trim_start_matches(',') } else { key });
        self.is_first = false;
        true
    }

    #[inline]
    fn flush(&mut self) {
        if self.document.text.len() >= PIECE {
            self.document.flush();
        }
    }
}

impl<'a> Target<'a> for Object<'_, '_> {
    type Ok = ();
    type Error = Infallible;

    #[inline]
    fn view(&mut self, index: usize, view: View<'a>) -> Result<(), Infallible> {
        if self.key(index) {
            self.document.view(view);
            self.flush();
        }
        Ok(())
    }

    #[inline]
    fn text(&mut self, index: usize, text: &'a str) -> Result<(), Infallible> {
        if self.key(index) {
            self.document.string(text);
            self.flush();
        }
        Ok(())
    }

    #[inline]
    fn object(&mut self, index: usize, value: &'a dyn Structured) -> Result<(), Infallible> {
        if self.key(index) {
            self.document.object(value);
        }
        Ok(())
    }

    #[inline]
    fn list(&mut self, index: usize, list: &'a dyn List) -> Result<(), Infallible> {
        if self.key(index) {
            self.document.list(list);
        }
        Ok(())
    }

    fn other(&mut self, name: &str, value: Text<'_>) -> Result<(), Infallible> {
        let text = &mut self.document.text;
        if !std::mem::take(&mut self.is_first) {
            text.push(',');
        }
        self.document.string(name);
        self.document.text.push(':');
        match value {
            Text::Json(text) => self.document.text.push_str(text),
            Text::String(text) => self.document.string(text),
        }
        self.flush();
        Ok(())
    }

    #[inline]
    fn end(self) -> Result<(), Infallible> {
        self.document.text.push('}');
        Ok(())
    }
}

/// The elements of a collection.
struct Elements<'d, 'p> {
    is_first: bool,
    document: &'d mut Document<'p>,
}

impl<'p> Elements<'_, 'p> {
    #[inline]
    fn next(&mut self) -> &mut Document<'p> {
        if !std::mem::take(&mut self.is_first) {
            self.document.text.push(',');
        }
        if self.document.text.len() >= PIECE {
            self.document.flush();
        }
        self.document
    }
}

impl<'a> Members<'a> for Elements<'_, '_> {
    fn member(&mut self, _: usize, view: View<'a>) {
        self.next().view(view);
    }
    fn text(&mut self, _: usize, text: &'a str) {
        self.next().string(text);
    }
    fn object(&mut self, _: usize, value: &'a dyn Structured) {
        self.next().object(value);
    }
}

/// Returns true if a text has a quote, a backslash or a control character, each of which is written
/// with a backslash.
#[inline]
fn has_escapes(text: &[u8]) -> bool {
    if let Some(end) = text.last_chunk::<8>() {
        let (chunks, _) = text.as_chunks::<8>();
        return chunks
            .iter()
            .fold(marks(u64::from_ne_bytes(*end)), |all, eight| all | marks(u64::from_ne_bytes(*eight)))
            != 0;
    }
    text.iter().any(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\'))
}

/// Returns a number other than 0 if one of eight bytes is written with a backslash.
#[inline]
fn marks(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    // The highest bit of a byte is set by the subtraction if the byte was less, or if a byte before
    // it was, which is enough of a mark.
    let less = |eight: u64, than: u8| eight.wrapping_sub(ONES * u64::from(than)) & !eight;
    let is = |byte: u8| less(eight ^ (ONES * u64::from(byte)), 1);
    (less(eight, b' ') | is(b'"') | is(b'\\')) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use std::io;

    use serde::Serialize;
    use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

    use super::is_compact;
    use crate::{Collection, Json};

    struct Ascii;
    impl Formatter for Ascii {
        fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
            write!(writer, "{}", text.escape_unicode())
        }
    }

    /// Accepts so many bytes.
    struct Full(usize);
    impl io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn collection(text: &str) -> Collection<String> {
        Collection { value: vec![text.to_owned()], ..Collection::default() }
    }

    #[test]
    fn only_the_compact_format_of_serde_json_is_compact() {
        assert!(is_compact::<&mut Serializer<&mut Vec<u8>>>());
        assert!(is_compact::<&mut Serializer<Full>>());
        assert!(!is_compact::<&mut Serializer<&mut Vec<u8>, PrettyFormatter<'_>>>());
        assert!(!is_compact::<&mut Serializer<&mut Vec<u8>, Ascii>>());
        assert!(!is_compact::<serde_json::value::Serializer>());
    }

    #[test]
    fn a_formatter_of_a_program_is_used() {
        let mut out = Vec::new();
        collection("é").serialize(&mut Serializer::with_formatter(&mut out, Ascii)).unwrap();
        assert!(String::from_utf8(out).unwrap().contains(r"\u{e9}"));
    }

    #[test]
    fn texts_are_escaped_as_serde_json_does() {
        for place in 0..20 {
            for byte in 0..=127_u8 {
                let text: String = (0..20).map(|at| if at == place { char::from(byte) } else { 'é' }).collect();
                for text in [&text, &text[2 * place..]] {
                    let expected = format!("{{\"value\":[{}]}}", Json::from(text));
                    assert_eq!(serde_json::to_string(&collection(text)).unwrap(), expected, "{byte} at {place}");
                }
            }
        }
    }

    #[test]
    fn long_documents_are_passed_in_pieces_and_errors_returned() {
        let long = Collection { value: vec!["a text".repeat(20); 1000], ..Collection::default() };
        let written = serde_json::to_string(&long).unwrap();
        assert_eq!(written, serde_json::to_value(&long).unwrap().to_string());
        serde_json::to_writer(Full(written.len()), &long).unwrap();
        for space in [0, 20_000, written.len() - 1] {
            let error = serde_json::to_writer(Full(space), &long).unwrap_err();
            assert_eq!(error.io_error_kind(), Some(io::ErrorKind::StorageFull));
        }
    }
}
