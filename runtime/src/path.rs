//! Paths below a service root.

use std::fmt;

use crate::InvalidText;
use crate::literal::{Literal, encode};
use crate::protocol::{KeyForm, Protocol};

/// A path below the service root, percent-encoded.
///
/// A key is always one segment, regardless of the characters in it (RFC 3986, sections 2.3 and 3.3;
/// OData URL Conventions 4.01, section 4.3):
///
/// ```
/// use edmark_runtime::{Literal, Path};
/// assert_eq!(Path::new().segment("users").key("a/b?c#d%e'f é").to_string(), "/users/a%2Fb%3Fc%23d%25e%27f%20%C3%A9");
/// // Clients and proxies resolve dot segments even when they are encoded, and an empty segment disappears: such a key goes between parentheses.
/// assert_eq!(Path::new().segment("users").key("..").segment("messages").to_string(), "/users('..')/messages");
/// assert_eq!(
///     Path::new().segment("reports").function("getUsage", &[("period", Literal::string("D'7"))]).to_string(),
///     "/reports/getUsage(period='D%27%277')"
/// );
/// ```
///
/// A path that is built directly uses the default [`Protocol`]; an [`At`](crate::At) uses that of
/// its client.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Path {
    text: String,
    /// True after [`by_path`](Path::by_path): the item path is ended by a colon if a segment
    /// follows.
    within: bool,
    rare: Option<Box<Rare>>,
    #[cfg(feature = "tracing")]
    template: String,
}

/// The parts that few paths have.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Rare {
    /// Arguments that are passed in the query, by the names of their parameter aliases.
    aliases: Vec<(String, Literal)>,
    /// The reason why no request can have this path.
    defect: Option<InvalidText>,
}

impl Path {
    /// The service root.
    pub const fn new() -> Self {
        Self {
            text: String::new(),
            within: false,
            rare: None,
            #[cfg(feature = "tracing")]
            template: String::new(),
        }
    }

    /// The path as it is written in a URL. Empty for the service root, otherwise it begins with
    /// `/`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A copy with room for `by` more bytes and a separator.
    pub(crate) fn extended(&self, by: usize) -> Self {
        let mut text = String::with_capacity(self.text.len() + by + 2);
        text.push_str(&self.text);
        Self {
            text,
            within: self.within,
            rare: self.rare.clone(),
            #[cfg(feature = "tracing")]
            template: self.template.clone(),
        }
    }

    /// The path with placeholders instead of the values that a caller passed:
    /// `/users/{key}/messages`.
    #[cfg(feature = "tracing")]
    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    /// The arguments that are passed in the query, by the names of their parameter aliases.
    pub(crate) fn aliases(&self) -> &[(String, Literal)] {
        self.rare.as_deref().map_or(&[], |rare| &rare.aliases)
    }

    /// The reason why no request can have this path.
    pub(crate) fn defect(&self) -> Option<&InvalidText> {
        self.rare.as_deref().and_then(|rare| rare.defect.as_ref())
    }

    fn note(&mut self, encoded: Result<(), InvalidText>) {
        if let Err(invalid) = encoded {
            self.rare.get_or_insert_default().defect.get_or_insert(invalid);
        }
    }

    /// Adds a segment without encoding it: `users`, `$ref`, `microsoft.graph.user`, `root:`.
    #[must_use]
    pub fn segment(mut self, literal: &str) -> Self {
        self.begin();
        self.text.push_str(literal);
        #[cfg(feature = "tracing")]
        self.template.push_str(&format!("/{literal}"));
        self
    }

    /// Adds the key of an entity as a segment.
    ///
    /// A key that cannot be a segment of its own (`""`, `.`, `..`, or one that begins with `$`) is
    /// written in parentheses instead, which has the same meaning.
    #[must_use]
    pub fn key(self, key: impl Into<Literal>) -> Self {
        self.key_by(&key.into(), &Protocol::new())
    }

    /// Adds the key of an entity in the form that the service expects.
    pub(crate) fn key_by(mut self, key: &Literal, protocol: &Protocol) -> Self {
        let own_segment = |text: &str| !matches!(text, "" | "." | "..") && !text.starts_with('$');
        match key.segment(protocol) {
            Ok(text) if protocol.key_form() == KeyForm::Segment && own_segment(text) => {
                self.begin();
                encode(text, &mut self.text);
                #[cfg(feature = "tracing")]
                self.template.push_str("/{key}");
                self
            }
            _ => self.parentheses_by(&[("", key.clone())], protocol),
        }
    }

    /// Adds a key in parentheses, with one property or several: `(userPrincipalName='a')`. A single
    /// key can be written without its name: `""`.
    #[must_use]
    pub fn parentheses(self, arguments: &[(&str, Literal)]) -> Self {
        self.parentheses_by(arguments, &Protocol::new())
    }

    pub(crate) fn parentheses_by(mut self, arguments: &[(&str, Literal)], protocol: &Protocol) -> Self {
        self.close();
        self.text.push('(');
        #[cfg(feature = "tracing")]
        self.template.push('(');
        for (position, (name, value)) in arguments.iter().enumerate() {
            if position > 0 {
                self.text.push(',');
            }
            if !name.is_empty() {
                self.text.push_str(name);
                self.text.push('=');
            }
            #[cfg(feature = "tracing")]
            self.template.push_str(&match (position, *name) {
                (_, "") => "{key}".to_owned(),
                (0, name) => format!("{name}={{{name}}}"),
                (_, name) => format!(",{name}={{{name}}}"),
            });
            if value.is_json() {
                self.alias(name, value);
            } else {
                let encoded = value.encode(protocol, &mut self.text);
                self.note(encoded);
            }
        }
        self.text.push(')');
        #[cfg(feature = "tracing")]
        self.template.push(')');
        self
    }

    /// Adds an argument that cannot be written in a path: the path gets a parameter alias, and the
    /// query its value (OData URL Conventions 4.01, section 5.1.1.13).
    fn alias(&mut self, name: &str, value: &Literal) {
        let aliases = &mut self.rare.get_or_insert_default().aliases;
        let mut alias = name.to_owned();
        while aliases.iter().any(|(known, _)| *known == alias) {
            alias.push('_');
        }
        self.text.push('@');
        self.text.push_str(&alias);
        aliases.push((alias, value.clone()));
    }

    /// Addresses an item by its path below the preceding segment or key: `/root:/Reports/May.xlsx`.
    /// If a segment follows, a colon ends the item path: `/root:/Reports:/children`.
    ///
    /// Each part is encoded separately. Empty parts and `.` are left out, and `..` removes the part
    /// before it, but never leaves the item. An empty path addresses the item itself.
    /// ```
    /// use edmark_runtime::Path;
    /// let root = Path::new().segment("drive").segment("root");
    /// assert_eq!(root.clone().by_path("Reports/May #1.xlsx").to_string(), "/drive/root:/Reports/May%20%231.xlsx");
    /// assert_eq!(root.clone().by_path("../a/./b/../c").segment("children").to_string(), "/drive/root:/a/c:/children");
    /// assert_eq!(root.by_path("/").segment("children").to_string(), "/drive/root/children");
    /// ```
    #[must_use]
    pub fn by_path(mut self, path: &str) -> Self {
        let mut parts = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        for part in parts {
            self.text.push_str(if self.within { "/" } else { ":/" });
            encode(part, &mut self.text);
            #[cfg(feature = "tracing")]
            if !self.within {
                self.template.push_str(":/{path}");
            }
            self.within = true;
        }
        self
    }

    /// Adds a function call: `/getUsage(period='D7')`.
    #[must_use]
    pub fn function(self, name: &str, arguments: &[(&str, Literal)]) -> Self {
        self.function_by(name, arguments, &Protocol::new())
    }

    pub(crate) fn function_by(self, name: &str, arguments: &[(&str, Literal)], protocol: &Protocol) -> Self {
        self.segment(name).parentheses_by(arguments, protocol)
    }

    /// Begins a segment.
    fn begin(&mut self) {
        self.close();
        self.text.push('/');
    }

    /// Ends an item path with a colon.
    fn close(&mut self) {
        if std::mem::take(&mut self.within) {
            self.text.push(':');
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.text).finish()
    }
}

impl AsRef<str> for Path {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
