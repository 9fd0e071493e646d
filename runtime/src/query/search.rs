//! `$search`: search expressions.

use std::fmt;
use std::ops::Not;

use super::Text;

/// A search expression (OData URL Conventions 4.01, section 5.1.8), with Graph's extension for
/// properties of its directory.
///
/// ```
/// use edmark_runtime::{Property, query::Search};
/// # struct User;
/// # impl User { const DISPLAY_NAME: Property<User, String> = Property::new("displayName"); }
/// assert_eq!(Search::phrase("pizza").to_string(), r#""pizza""#);
/// let named = Search::property(User::DISPLAY_NAME, "Ada").or(Search::property("mail", r#"a"b"#));
/// assert_eq!(named.to_string(), r#""displayName:Ada" OR "mail:a\"b""#);
/// assert_eq!(Search::text("pizza AND NOT \"deep dish\"").to_string(), r#"pizza AND NOT "deep dish""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Text);

impl Search {
    /// A word or a phrase. It is quoted, so that nothing in it is an operator.
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
        let mut search = Text::from(phrase);
        if text.trim().is_empty() {
            search.push_defect("there is nothing to search for: a phrase has at least one word");
        }
        Self(search)
    }

    /// A phrase in one property, which Graph allows for its directory: `"displayName:Ada"`.
    pub fn property(property: impl AsRef<str>, text: &str) -> Self {
        Self::phrase(&format!("{}:{text}", property.as_ref()))
    }

    /// An expression in the syntax of OData: words, quoted phrases, `AND`, `OR`, `NOT` and
    /// parentheses.
    pub fn text(expression: impl Into<String>) -> Self {
        Self(expression.into().into())
    }

    /// Both expressions must match.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.join(" AND ", other)
    }

    /// At least one of the expressions must match. `AND` has a higher precedence; use
    /// [`text`](Self::text) for parentheses.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.join(" OR ", other)
    }

    fn join(mut self, operator: &str, other: Self) -> Self {
        self.0.push(operator);
        self.0.append(other.0);
        self
    }

    pub(super) fn into_text(self) -> Text {
        self.0
    }
}

/// The expression must not match.
impl Not for Search {
    type Output = Self;
    fn not(self) -> Self {
        Self("NOT ".into()).join("", self)
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.neutral())
    }
}

/// A [`phrase`](Search::phrase). Unlike texts of other query options it is quoted, because search
/// texts are usually typed by people.
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
