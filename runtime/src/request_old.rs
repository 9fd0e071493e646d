//! Requests as values: a method, a path and the type of the answer. Sending them is another's work.

use std::fmt;
use std::marker::PhantomData;

use crate::{Method, Path};

/// A request of a documented operation, answered with an `R`.
///
/// ```
/// use edmark_runtime::{Collection, Json, Method, Path, OldRequest};
/// let request: OldRequest<Collection<Json>> = OldRequest::new(Method::Get, Path::new().segment("users").key("a b").segment("messages"));
/// assert_eq!(request.to_string(), "GET /users/a%20b/messages");
/// ```
pub struct OldRequest<R> {
    method: Method,
    path: Path,
    answer: PhantomData<fn() -> R>,
}

impl<R> OldRequest<R> {
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

impl<R> Clone for OldRequest<R> {
    fn clone(&self) -> Self {
        Self { method: self.method, path: self.path.clone(), answer: PhantomData }
    }
}

impl<R> PartialEq for OldRequest<R> {
    fn eq(&self, other: &Self) -> bool {
        self.method == other.method && self.path == other.path
    }
}

impl<R> Eq for OldRequest<R> {}

impl<R> fmt::Debug for OldRequest<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).field("path", &self.path).finish()
    }
}

impl<R> fmt::Display for OldRequest<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
