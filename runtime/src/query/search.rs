//! `$search`: which items match words.

use std::fmt;

/// What to search a collection for (OData URL Conventions 4.01, section 5.1.8, and what Graph adds for the properties of its directory).
///
/// ```
/// use edmark_runtime::{Property, query::Search};
/// # struct User;
/// # impl User { const DISPLAY_NAME: Property<User, String> = Property::new("displayName"); }
/// assert_eq!(Search::phrase("pizza").to_string(), r#""pizza""#);
/// let named = Search::property(User::DISPLAY_NAME, "Ada").or(Search::property("mail", r#"a"b"#));
/// assert_eq!(named.to_string(), r#""displayName:Ada" OR "mail:a\"b""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// A word or a phrase, wherever the service looks for it.
    pub fn phrase(text: &str) -> Self {
        let mut phrase = String::with_capacity(text.len() + 2);
        phrase.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                phrase.push('\\');
            }
            phrase.push(c);
        }
        phrase.push('"');
        Self(phrase)
    }

    /// Words in one property, which Graph allows for its directory: `"displayName:Ada"`.
    pub fn property(property: impl AsRef<str>, text: &str) -> Self {
        Self::phrase(&format!("{}:{text}", property.as_ref()))
    }

    /// An expression as the service takes it.
    pub fn raw(expression: impl Into<String>) -> Self {
        Self(expression.into())
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(format!("{} AND {}", self.0, other.0))
    }

    /// One or the other, or both. `AND` binds more tightly; parentheses are up to [`raw`](Self::raw).
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(format!("{} OR {}", self.0, other.0))
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A [`phrase`](Search::phrase).
impl From<&str> for Search {
    fn from(text: &str) -> Self {
        Self::phrase(text)
    }
}

/// A [`phrase`](Search::phrase).
impl From<String> for Search {
    fn from(text: String) -> Self {
        Self::phrase(&text)
    }
}
