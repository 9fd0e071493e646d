//! Literals of URLs: the arguments of functions, keys, and values in `$filter`.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3: whatever the text is, it stays in its segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A literal as OData spells it in a URL (OData URL Conventions 4.01, section 5.1.1.14). It is percent-encoded where it is put into a URL.
///
/// ```
/// use edmark_runtime::Literal;
/// assert_eq!(Literal::string("O'Neil").to_string(), "'O''Neil'");
/// assert_eq!(Literal::from(5).to_string(), "5");
/// assert_eq!(Literal::bare("2025-01-31").to_string(), "2025-01-31");
/// assert_eq!(Literal::member("microsoft.graph.color", "red").to_string(), "microsoft.graph.color'red'");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Literal(String);

impl Literal {
    /// An `Edm.String`, or the name of an enum member: in quotes, with quotes within doubled.
    pub fn string(text: &str) -> Self {
        Self::member("", text)
    }

    /// A member of an enum type that is named, or any other literal with a prefix: `duration'PT1H'`.
    pub fn member(type_name: &str, member: &str) -> Self {
        let mut literal = String::with_capacity(type_name.len() + member.len() + 2);
        literal.push_str(type_name);
        literal.push('\'');
        for (position, part) in member.split('\'').enumerate() {
            if position > 0 {
                literal.push_str("''");
            }
            literal.push_str(part);
        }
        literal.push('\'');
        Self(literal)
    }

    /// A value that is written without quotes: a number, a date, a Guid.
    pub fn bare(value: impl fmt::Display) -> Self {
        Self(value.to_string())
    }

    /// `null`
    pub fn null() -> Self {
        Self("null".to_owned())
    }

    /// The literal before it is percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The literal, before it is percent-encoded.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// Adds the literal to a path. The quotes around it stay as they are, which reads better and which some services insist on.
    pub(crate) fn encode(&self, out: &mut String) {
        let quoted = self.0.split_once('\'').and_then(|(name, rest)| Some((name, rest.strip_suffix('\'')?)));
        match quoted {
            Some((name, text)) => {
                encode(name, out);
                out.push('\'');
                encode(text, out);
                out.push('\'');
            }
            None => encode(&self.0, out),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

macro_rules! bare {
    ($($type:ty)*) => {$(
        impl From<$type> for Literal {
            fn from(value: $type) -> Self {
                Self::bare(value)
            }
        }
    )*};
}

bare!(bool i32 i64 f64);

/// Percent-encodes a text so that it is one segment of a path, or a part of one.
pub(crate) fn encode(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, SEGMENT));
}
