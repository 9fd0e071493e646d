//! The members of an object as one text: a head, the name and the value of each, one after the
//! other.
//!
//! A value is the JSON text that the service sent, so no digit is lost and nothing is parsed before
//! somebody asks for it. A string with escapes is kept without them, so that it can be borrowed.

use std::collections::BTreeMap;
use std::str;

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use serde_json::Map;
use serde_json::value::RawValue;

use crate::Json;

/// The name with which serde_json recognizes that the text of a value is passed.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

/// The two lengths in the head of a member: of its name, and of its value.
const HEAD: usize = 2 * size_of::<usize>();

/// Set in the second length for a string without its quotes and escapes. No text is so long.
const IS_STRING: usize = 1 << (usize::BITS - 1);

/// Texts of members, to which others are appended.
#[derive(Default)]
pub(crate) struct Buffer(Vec<u8>);

impl Buffer {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The text from a position on.
    #[inline]
    pub(crate) fn text(&self, from: usize) -> &[u8] {
        self.0.get(from..).unwrap_or_default()
    }

    /// Appends texts of members.
    pub(crate) fn append(&mut self, members: &[u8]) {
        self.0.extend_from_slice(members);
    }

    /// Appends a member.
    #[inline]
    pub(crate) fn push(&mut self, name: &str, value: Text<'_>) {
        let (text, mark) = match value {
            Text::Json(text) => (text, 0),
            Text::String(text) => (text, IS_STRING),
        };
        self.0.reserve(HEAD + name.len() + text.len());
        self.0.extend_from_slice(&name.len().to_ne_bytes());
        self.0.extend_from_slice(&(text.len() | mark).to_ne_bytes());
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Appends a member.
    pub(crate) fn push_json(&mut self, name: &str, value: &Json) {
        match value {
            Json::String(text) => self.push(name, Text::String(text)),
            // Writing a `Json` to memory cannot fail.
            value => self.push(name, Text::Json(&value.to_string())),
        }
    }

    /// Appends a member with the text of its value, which serde_json has checked while it looked
    /// for its end.
    ///
    /// # Errors
    /// If serde_json refuses to read it as [`Json`].
    #[inline]
    pub(crate) fn sent(&mut self, name: &str, text: &str) -> Result<(), serde_json::Error> {
        if !text.starts_with('"') {
            return self.sent_json(name, text);
        }
        if text.contains('\\') {
            self.push(name, Text::String(&serde_json::from_str::<String>(text)?));
        } else {
            self.push(name, Text::Json(text));
        }
        Ok(())
    }

    fn sent_json(&mut self, name: &str, text: &str) -> Result<(), serde_json::Error> {
        let head = self.0.len();
        self.push(name, Text::Json(""));
        let start = self.0.len();
        let is_sure = self.without_blanks(text);
        let length = self.0.len() - start;
        if let Some(place) = self.0.get_mut(head + size_of::<usize>()..).and_then(<[_]>::first_chunk_mut) {
            *place = length.to_ne_bytes();
        }
        // What was only skipped may be nested too deep, or be a number that no double holds.
        if is_sure { Ok(()) } else { serde_json::from_str::<Json>(text).map(|_| ()) }
    }

    /// Copies JSON that is not a string, without its insignificant white space. Returns false if
    /// serde_json may refuse to read it.
    fn without_blanks(&mut self, text: &str) -> bool {
        const DEEP: usize = 100;
        const LONG: usize = 100;
        let bytes = text.as_bytes();
        let (mut at, mut depth, mut is_sure) = (0, 0_usize, true);
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b'{' | b'[' => {
                    depth += 1;
                    is_sure &= depth < DEEP;
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' => {
                    while let Some(&byte) = bytes.get(at)
                        && byte != b'"'
                    {
                        // A `\u` may be one half of a character.
                        is_sure &= byte != b'\\' || bytes.get(at + 1) != Some(&b'u');
                        at += if byte == b'\\' { 2 } else { 1 };
                    }
                    at += 1;
                }
                b'-' | b'0'..=b'9' => {
                    let in_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                    while bytes.get(at).is_some_and(in_number) {
                        is_sure &= !matches!(bytes[at], b'e' | b'E');
                        at += 1;
                    }
                    is_sure &= at - start < LONG;
                }
                _ => {}
            }
            self.0.extend_from_slice(bytes.get(start..at).unwrap_or_default());
        }
        is_sure
    }

    /// Of the members from a position on that have the same name, keeps the last one. If there are
    /// many, they are looked up in a map, because comparing each with each would take quadratic
    /// time.
    pub(crate) fn settle(&mut self, from: usize) {
        const FEW: usize = 12;
        let members = Members::new(self.text(from));
        let (mut rest, mut count) = (members.clone(), 0);
        loop {
            let Some(member) = rest.next() else { return };
            count += 1;
            if count > FEW || rest.clone().any(|later| later.name == member.name) {
                break;
            }
        }
        // A `serde_json::Map`, because every program has its code anyway. Another map type would
        // add code to each program for input that hardly occurs.
        let mut last = Map::new();
        for (position, member) in members.clone().enumerate() {
            last.insert(member.name().to_owned(), position.into());
        }
        let mut settled = Self::default();
        for (position, member) in members.enumerate() {
            if last.get(member.name()).is_some_and(|last| *last == position) {
                settled.append(member.whole);
            }
        }
        self.truncate(from);
        self.append(&settled.0);
    }

    /// Removes a member from those from a position on.
    pub(crate) fn remove(&mut self, from: usize, name: &str) {
        let mut at = from;
        while let Some(member) = Members::new(self.text(at)).next() {
            let end = at + member.whole.len();
            if member.is(name) {
                self.0.drain(at..end);
            } else {
                at = end;
            }
        }
    }
}

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    /// JSON.
    Json(&'a str),
    /// The characters of a string.
    String(&'a str),
}

impl<'a> Text<'a> {
    pub(crate) const NULL: Self = Self::Json("null");

    /// The characters, if the value is a string. One that is kept as JSON has no escapes.
    #[inline]
    pub(crate) fn as_str(self) -> Option<&'a str> {
        match self {
            Self::String(text) => Some(text),
            Self::Json(text) => text.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('\\')),
        }
    }

    /// A member, if the value is an object.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let Self::Json(text) = self else { return None };
        let members: BTreeMap<&str, &RawValue> = serde_json::from_str(text).ok()?;
        members.get(name).map(|value| Self::Json(value.get()))
    }

    pub(crate) fn is_array(self) -> bool {
        matches!(self, Self::Json(text) if text.starts_with('['))
    }

    pub(crate) fn parse(self) -> Json {
        match self {
            Self::String(text) => text.into(),
            // A value of a program may be nested deeper than what is read; its text is better than
            // nothing.
            Self::Json(text) => serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| text.into()),
        }
    }
}

impl Serialize for Text<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::String(text) => serializer.serialize_str(text),
            Self::Json(text) if writes_json::<S>() => {
                let mut raw = serializer.serialize_struct(RAW, 1)?;
                raw.serialize_field(RAW, text)?;
                raw.end()
            }
            Self::Json(_) => self.parse().serialize(serializer),
        }
    }
}

/// Returns true if a serializer certainly takes JSON as it is. Any other gets what the JSON says,
/// so a wrong answer costs time, and digits of numbers that are not documented.
#[inline]
pub(crate) fn writes_json<S>() -> bool {
    std::any::type_name::<S>().starts_with("&mut serde_json::ser::Serializer<")
}

/// A member that is kept.
#[derive(Clone, Copy, Default)]
pub(crate) struct Member<'a> {
    name: &'a [u8],
    value: &'a [u8],
    is_string: bool,
    /// All of its text in the buffer.
    pub(crate) whole: &'a [u8],
}

impl<'a> Member<'a> {
    #[inline]
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name.as_bytes()
    }

    #[inline]
    pub(crate) fn is_control(&self) -> bool {
        self.name.first() == Some(&b'@')
    }

    #[inline]
    pub(crate) fn name(&self) -> &'a str {
        str::from_utf8(self.name).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn value(&self) -> Text<'a> {
        let text = str::from_utf8(self.value).unwrap_or_default();
        if self.is_string { Text::String(text) } else { Text::Json(text) }
    }
}

/// Members with the same value in other words (`1.0` and `1.00`) are equal.
impl PartialEq for Member<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.whole == other.whole || (self.name == other.name && self.value().parse() == other.value().parse())
    }
}

/// The members in a text, in order.
#[derive(Clone)]
pub(crate) struct Members<'a>(&'a [u8]);

impl<'a> Members<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self(text)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    #[inline]
    fn next(&mut self) -> Option<Member<'a>> {
        let (name, rest) = self.0.split_first_chunk()?;
        let (value, rest) = rest.split_first_chunk()?;
        let (name, value) = (usize::from_ne_bytes(*name), usize::from_ne_bytes(*value));
        let length = HEAD + name + (value & !IS_STRING);
        let (name, value_on) = rest.split_at_checked(name)?;
        let (whole, others) = self.0.split_at_checked(length)?;
        let member = Member { name, value: &value_on[..value & !IS_STRING], is_string: value & IS_STRING != 0, whole };
        self.0 = others;
        Some(member)
    }
}
