//! Requests as values: a method, a path and the type of the answer. Sending them is another's work.

use std::fmt::{self, Write as _};
use std::marker::PhantomData;

/// A request of a documented operation, answered with an `R`.
///
/// ```
/// use edmark_runtime::{Collection, Json, Method, Path, Request};
/// let request: Request<Collection<Json>> = Request::new(Method::Get, Path::new().segment("users").key("a b").segment("messages"));
/// assert_eq!(request.to_string(), "GET /users/a%20b/messages");
/// ```
pub struct Request<R> {
    method: Method,
    path: Path,
    answer: PhantomData<fn() -> R>,
}

impl<R> Request<R> {
    /// A request without query options, headers and body.
    pub const fn new(method: Method, path: Path) -> Self {
        Self { method, path, answer: PhantomData }
    }

    /// The HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path below the service's root.
    pub const fn path(&self) -> &Path {
        &self.path
    }
}

impl<R> Clone for Request<R> {
    fn clone(&self) -> Self {
        Self { method: self.method, path: self.path.clone(), answer: PhantomData }
    }
}

impl<R> PartialEq for Request<R> {
    fn eq(&self, other: &Self) -> bool {
        self.method == other.method && self.path == other.path
    }
}

impl<R> Eq for Request<R> {}

impl<R> fmt::Debug for Request<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).field("path", &self.path).finish()
    }
}

impl<R> fmt::Display for Request<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or calls an action.
    Post,
    /// Replaces, or uploads content.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A path below the service's root, percent-encoded.
///
/// Whatever a key contains, it is one segment (RFC 3986, sections 2.3 and 3.3; OData URL Conventions 4.01, section 4.3):
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
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Path(String);

impl Path {
    /// The service's root.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// The path as it stands in a URL. Empty for the root, else it begins with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds a segment that the documentation spells out: `users`, `$ref`, `microsoft.graph.user`, `root:`.
    #[must_use]
    pub fn segment(mut self, literal: &str) -> Self {
        self.0.push('/');
        self.0.push_str(literal);
        self
    }

    /// Adds a segment with the key of an entity.
    ///
    /// A key that cannot stand as a segment of its own (`""`, `.`, `..`, or one that begins with `$`) goes between parentheses instead, which means the same.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        if matches!(key, "" | "." | "..") || key.starts_with('$') {
            return self.parentheses(&[("", Literal::string(key))]);
        }
        let mut path = self;
        path.0.push('/');
        encode(key, &mut path.0);
        path
    }

    /// Adds a key between parentheses, of one property or several: `(userPrincipalName='a')`. A single key may go without its name: `""`.
    #[must_use]
    pub fn parentheses(mut self, arguments: &[(&str, Literal)]) -> Self {
        self.0.push('(');
        for (position, (name, value)) in arguments.iter().enumerate() {
            if position > 0 {
                self.0.push(',');
            }
            if !name.is_empty() {
                self.0.push_str(name);
                self.0.push('=');
            }
            self.0.push_str(&value.0);
        }
        self.0.push(')');
        self
    }

    /// Addresses an item by its path below the segment or key before: `/root:/Reports/May.xlsx`.
    ///
    /// Each part is encoded on its own; empty parts and `.` are left out, and `..` takes the part before away, but never leads out of the item.
    /// An empty path is the item itself.
    ///
    /// ```
    /// use edmark_runtime::Path;
    /// let root = Path::new().segment("drive").segment("root");
    /// assert_eq!(root.clone().by_path("Reports/May #1.xlsx").to_string(), "/drive/root:/Reports/May%20%231.xlsx");
    /// assert_eq!(root.clone().by_path_closed("../a/./b/../c").segment("children").to_string(), "/drive/root:/a/c:/children");
    /// assert_eq!(root.by_path_closed("/").segment("children").to_string(), "/drive/root/children");
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
        for (position, part) in parts.into_iter().enumerate() {
            self.0.push_str(if position == 0 { ":/" } else { "/" });
            encode(part, &mut self.0);
        }
        self
    }

    /// Like [`by_path`](Self::by_path), with the colon that ends the path, so that segments can follow: `/root:/Reports:/children`.
    #[must_use]
    pub fn by_path_closed(self, path: &str) -> Self {
        let root = self.0.len();
        let mut path = self.by_path(path);
        if path.0.len() > root {
            path.0.push(':');
        }
        path
    }

    /// Adds the call of a function: `/getUsage(period='D7')`.
    #[must_use]
    pub fn function(self, name: &str, arguments: &[(&str, Literal)]) -> Self {
        self.segment(name).parentheses(arguments)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.0).finish()
    }
}

impl AsRef<str> for Path {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// A literal in a URL, quoted and percent-encoded (OData URL Conventions 4.01, section 5.1.1.14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Literal(String);

impl Literal {
    /// An `Edm.String`, or the name of an enum member: in quotes, with quotes within doubled.
    pub fn string(text: &str) -> Self {
        let mut literal = String::with_capacity(text.len() + 2);
        literal.push('\'');
        encode(&text.replace('\'', "''"), &mut literal);
        literal.push('\'');
        Self(literal)
    }

    /// A value that is written without quotes: a number, a date, a Guid.
    pub fn bare(text: impl fmt::Display) -> Self {
        let mut literal = String::new();
        encode(&text.to_string(), &mut literal);
        Self(literal)
    }

    /// `null`
    pub fn null() -> Self {
        Self("null".to_owned())
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Self::bare(value)
    }
}

impl From<i32> for Literal {
    fn from(value: i32) -> Self {
        Self::bare(value)
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Self::bare(value)
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => {
                let _ = write!(out, "%{byte:02X}"); // writing to a String cannot fail
            }
        }
    }
}
