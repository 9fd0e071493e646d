//! Addresses that a service sends: next links, delta links, `Location` headers. They are input from
//! outside, so they are checked before anything is sent there: a token goes only to the service's
//! own origin.

use std::fmt;

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::origin::Origin;
use crate::sent::Sent;
use crate::{Client, Error};

/// Characters that some services send unencoded in links, although RFC 3986, section 2 requires
/// encoding. `%` is not among them, because it begins an encoded character.
const STRAY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The number of characters of an invalid address that an error shows.
const EXCERPT: usize = 80;

/// An address from the service, or a chain of such addresses, that cannot be followed.
///
/// An address outside the service, where a token would be needed, is an [`Error::Foreign`] instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// It is not a valid http or https address.
    Malformed {
        /// The kind of address, and the response that has it: `the next link of the response (200
        /// OK) to GET https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// Its beginning, without a query.
        text: String,
    },
    /// It leads from https to http.
    Insecure {
        /// The kind of address, and the response that has it.
        what: Box<str>,
        /// The address without its path: scheme, host and port.
        origin: String,
    },
    /// It was followed before, so the chain does not end.
    Repeated {
        /// The kind of address, and the response that has it: `the next link of the response (200
        /// OK) to GET https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// The number of responses before it.
        after: usize,
    },
    /// There are too many in a row.
    TooMany {
        /// The kind of address, and the request: `redirects of GET
        /// https://graph.microsoft.com/v1.0/me`.
        what: Box<str>,
        /// The maximum number.
        limit: usize,
    },
    /// The response does not have it.
    Missing {
        /// The kind of address, and the response that has it.
        what: Box<str>,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { what, text } => write!(f, "{what} is no address: {text:?}"),
            Self::Insecure { what, origin } => {
                write!(f, "{what} leads to {origin}, from https to http: it was not followed")
            }
            Self::Repeated { what, after } => {
                write!(f, "{what} was followed before (after {after} answers): the service leads in a circle")
            }
            Self::TooMany { what, limit } => write!(f, "more than {limit} {what} in a row: the service leads nowhere"),
            Self::Missing { what } => write!(f, "{what} is missing"),
        }
    }
}

impl std::error::Error for LinkError {}

impl LinkError {
    /// Removes the secrets of the request whose response has the link.
    pub(crate) fn scrubbed(self, sent: &Sent) -> Self {
        match self {
            Self::Malformed { what, text } => Self::Malformed { what, text: sent.scrub_text(text) },
            other => other,
        }
    }
}

/// A checked address, in relation to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// An address at the service's own scheme, host and port.
    Home(Uri),
    /// An address of another origin, whose scheme is not less secure than the service's.
    Away(Uri),
}

impl Link {
    /// Resolves an address: an absolute one, one that begins with `/`, or else one relative to the
    /// service root.
    ///
    /// OData JSON 4.01, section 4.5.1 allows links relative to the context URL. That is the
    /// service's `$metadata`, which is directly below the service root.
    pub(crate) fn resolve(client: &Client, text: &str, what: &str) -> Result<Self, Error> {
        let service = client.origin()?.to_string();
        Self::read(client, text, &service, client.base(), what)
    }

    /// Resolves the `Location` of a long-running operation. If it begins with `/`, it may still be
    /// relative to the service root instead of the host: Microsoft Graph sends
    /// `/teams('17')/operations('4')`. If it does not begin with the path of the service root, it
    /// is taken as relative to that root.
    pub(crate) fn operation(client: &Client, text: &str, what: &str) -> Result<Self, Error> {
        let root =
            client.base().split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let below =
            |path: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        match text.trim().strip_prefix('/') {
            Some(path) if !path.starts_with('/') && !root.is_empty() && !below(path) => {
                Self::resolve(client, path, what)
            }
            _ => Self::resolve(client, text, what),
        }
    }

    /// Resolves the `Location` of a redirect, which is relative to the requested address (RFC 9110,
    /// section 10.2.2).
    pub(crate) fn redirected(client: &Client, from: &Uri, text: &str, what: &str) -> Result<Self, Error> {
        let origin = format!(
            "{}://{}",
            from.scheme_str().unwrap_or_default(),
            from.authority().map_or("", |authority| authority.as_str())
        );
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::read(client, text, &origin, &format!("{origin}{folder}"), what)
    }

    fn read(client: &Client, text: &str, origin: &str, folder: &str, what: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Missing { what: what.into() }.into());
        }
        let encoded = utf8_percent_encode(text, STRAY).to_string();
        let absolute = if has_scheme(&encoded) {
            encoded
        } else if encoded.starts_with("//") {
            // The address is relative to the scheme (RFC 3986, section 4.2).
            format!("{}:{encoded}", origin.split("://").next().unwrap_or_default())
        } else if encoded.starts_with('/') {
            format!("{origin}{encoded}")
        } else {
            format!("{folder}/{encoded}")
        };
        let service = client.origin()?;
        let read = |text: &str| -> Option<(Uri, Origin)> {
            let uri: Uri = text.parse().ok()?;
            let origin = Origin::of(&uri)?;
            Some((uri, origin))
        };
        let Some((uri, origin)) = read(&absolute) else {
            let shown = text.split(['?', '#']).next().unwrap_or_default().chars().take(EXCERPT).collect();
            return Err(LinkError::Malformed { what: what.into(), text: shown }.into());
        };
        if origin == *service {
            Ok(Self::Home(uri))
        } else if service.is_secure() && !origin.is_secure() {
            Err(LinkError::Insecure { what: what.into(), origin: origin.to_string() }.into())
        } else {
            Ok(Self::Away(uri))
        }
    }

    /// Resolves an address that must be at the service itself, because the token is sent to it.
    pub(crate) fn home(client: &Client, text: &str, what: &str) -> Result<Uri, Error> {
        match Self::resolve(client, text, what)? {
            Self::Home(uri) => Ok(uri),
            Self::Away(uri) => {
                Err(client.check(&uri).map_or_else(|error| error, |_| LinkError::Missing { what: what.into() }.into()))
            }
        }
    }
}

/// Returns true if a text begins with a scheme (RFC 3986, section 3.1), as opposed to a path that
/// contains a colon.
fn has_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "https://graph.microsoft.com/v1.0";

    fn resolve(text: &str) -> Result<Link, Error> {
        Link::resolve(&Client::offline(SERVICE), text, "the next link")
    }

    fn home(text: &str) -> String {
        Link::home(&Client::offline(SERVICE), text, "the next link").unwrap().to_string()
    }

    #[test]
    fn reads_absolute_and_relative_addresses() {
        assert_eq!(
            home("https://graph.microsoft.com/v1.0/users?$skiptoken=a"),
            format!("{SERVICE}/users?$skiptoken=a")
        );
        assert_eq!(home("https://Graph.Microsoft.com:443/beta/x"), "https://Graph.Microsoft.com:443/beta/x");
        assert_eq!(home("/v1.0/users?$skip=1"), format!("{SERVICE}/users?$skip=1"));
        assert_eq!(home("users?$skip=1"), format!("{SERVICE}/users?$skip=1"));
        assert_eq!(home("teams('a')/operations('b:c')"), format!("{SERVICE}/teams('a')/operations('b:c')"));
        // Some parts of the service send these characters unencoded.
        assert_eq!(home("/v1.0/users?$filter=a eq 'é'"), format!("{SERVICE}/users?$filter=a%20eq%20'%C3%A9'"));
    }

    #[test]
    fn redirections_are_relative_to_what_was_asked_for() {
        let from = Uri::from_static("https://files.example:8443/a/b?c");
        let read = |text| match Link::redirected(&Client::offline(SERVICE), &from, text, "the Location header") {
            Ok(Link::Away(uri)) => uri.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(read("/d"), "https://files.example:8443/d");
        assert_eq!(read("d?e"), "https://files.example:8443/a/d?e");
        assert_eq!(read("//other.example/d"), "https://other.example/d");
    }

    #[test]
    fn tells_other_origins_apart() {
        for away in [
            "https://evil.example/v1.0/users?token=secret",
            "https://graph.microsoft.com.evil.example/",
            "https://graph.microsoft.com:8443/v1.0",
            "//evil.example/v1.0",
        ] {
            assert!(matches!(resolve(away), Ok(Link::Away(_))), "{away}");
            let error = Link::home(&Client::offline(SERVICE), away, "the next link").unwrap_err();
            assert!(matches!(error, Error::Foreign { .. }) && !error.to_string().contains("token=secret"), "{error}");
        }
        assert!(matches!(resolve("http://graph.microsoft.com/v1.0"), Err(Error::Link(LinkError::Insecure { .. }))));
    }

    #[test]
    fn refuses_what_is_no_address() {
        for text in [
            "ftp://graph.microsoft.com/",
            "javascript://x",
            "https://",
            "https://[::/",
            "https://user@graph.microsoft.com/",
            "https://graph.microsoft.com@evil.example/",
        ] {
            assert!(
                matches!(resolve(text), Err(Error::Link(LinkError::Malformed { .. }))),
                "{text}: {:?}",
                resolve(text)
            );
        }
        assert!(matches!(resolve(" "), Err(Error::Link(LinkError::Missing { .. }))));
    }
}
