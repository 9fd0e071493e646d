//! Locations in a service, from which generated request builders are made.

use std::fmt;

use crate::{Client, Decode, Literal, Method, Path, Request};

/// A location in a service: a path below the service root, and the client that sends the requests.
///
/// A generated request builder wraps one of these and adds the methods that are documented for it.
///
/// ```
/// use edmark_runtime::{At, Client};
/// let root = At::root(Client::offline("https://graph.microsoft.com/v1.0"));
/// let messages = root.segment("users").key("a b").segment("messages");
/// assert_eq!(messages.path().as_str(), "/users/a%20b/messages");
/// assert_eq!(messages.url(), "https://graph.microsoft.com/v1.0/users/a%20b/messages");
/// ```
#[derive(Clone)]
pub struct At {
    client: Client,
    path: Path,
}

impl At {
    /// The service root.
    pub fn root(client: Client) -> Self {
        Self { client, path: Path::new() }
    }

    /// The client that sends the requests.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The path below the service's root.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The address: the service root and the path.
    pub fn url(&self) -> String {
        format!("{}{}", self.client.base(), self.path)
    }

    /// Adds a segment to the path: see [`Path::segment`].
    #[must_use]
    pub fn segment(&self, literal: &str) -> Self {
        self.with(self.path.extended(literal.len()).segment(literal))
    }

    /// Addresses the entity with this key, in the form that the service expects: as a segment or in
    /// parentheses ([`Protocol::keys`](crate::Protocol::keys)).
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Guid, KeyForm, Protocol};
    /// let graph = At::root(Client::offline("https://graph.microsoft.com/v1.0")).segment("users");
    /// assert_eq!(graph.key("a b").path().as_str(), "/users/a%20b");
    /// let zoo = Client::offline("https://zoo.example/v4").with_protocol(Protocol::new().keys(KeyForm::Parentheses));
    /// let animals = At::root(zoo).segment("Animals");
    /// assert_eq!(animals.key("a b").path().as_str(), "/Animals('a%20b')");
    /// assert_eq!(animals.key(17).path().as_str(), "/Animals(17)");
    /// ```
    #[must_use]
    pub fn key(&self, key: impl Into<Literal>) -> Self {
        self.with(self.path.extended(40).key_by(&key.into(), self.client.protocol()))
    }

    /// Addresses the entity with this key, which is written in parentheses: see
    /// [`Path::parentheses`].
    #[must_use]
    pub fn parentheses(&self, arguments: &[(&str, Literal)]) -> Self {
        self.with(self.path.clone().parentheses_by(arguments, self.client.protocol()))
    }

    /// Addresses an item below by its path: see [`Path::by_path`].
    #[must_use]
    pub fn by_path(&self, path: &str) -> Self {
        self.with(self.path.extended(path.len()).by_path(path))
    }

    /// Addresses the result of a function: see [`Path::function`].
    #[must_use]
    pub fn function(&self, name: &str, arguments: &[(&str, Literal)]) -> Self {
        self.with(self.path.extended(name.len()).function_by(name, arguments, self.client.protocol()))
    }

    /// Addresses the result of a function, leaving out the optional parameters whose argument is
    /// `None` (OData Core, `OptionalParameter`).
    ///
    /// ```
    /// # use edmark_runtime::{At, Client, Literal};
    /// let sheet = At::root(Client::offline("https://graph.microsoft.com/v1.0")).segment("worksheet");
    /// let used = |values_only: Option<bool>| {
    ///     sheet.function_of("usedRange", &[("valuesOnly", values_only.map(Literal::bare))])
    /// };
    /// assert_eq!(used(Some(true)).path().as_str(), "/worksheet/usedRange(valuesOnly=true)");
    /// assert_eq!(used(None).path().as_str(), "/worksheet/usedRange()");
    /// ```
    #[must_use]
    pub fn function_of<'n>(&self, name: &str, arguments: &[(&'n str, Option<Literal>)]) -> Self {
        let given = |argument: &(&'n str, Option<Literal>)| Some((argument.0, argument.1.clone()?));
        let given: Vec<(&str, Literal)> = arguments.iter().filter_map(given).collect();
        self.function(name, &given)
    }

    /// Creates a request at this location that no page describes; `decode` is one of the functions
    /// of [`response`](crate::response).
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, Method, response};
    /// let root = At::root(Client::offline("https://graph.microsoft.com/v1.0"));
    /// let request = root.segment("me").segment("insights").request(Method::Get, response::json::<Json>);
    /// assert_eq!(request.to_string(), "GET /me/insights");
    /// ```
    pub fn request<R>(&self, method: Method, decode: Decode<R>) -> Request<R> {
        Request::new(method, self.clone(), decode)
    }

    /// The same location with another client.
    pub(crate) fn through(&self, client: &Client) -> Self {
        Self { client: client.clone(), path: self.path.clone() }
    }

    fn with(&self, path: Path) -> Self {
        Self { client: self.client.clone(), path }
    }
}

impl fmt::Debug for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("At").field(&self.path.as_str()).finish()
    }
}

impl AsRef<At> for At {
    fn as_ref(&self) -> &At {
        self
    }
}
