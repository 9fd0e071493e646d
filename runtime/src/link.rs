//! Addresses that a service sends: next links, delta links, `Location` headers. They come from
//! outside, so where they lead is looked at before anything is sent there: a token goes to the
//! service's own origin and nowhere else.

use std::fmt;

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::origin::Origin;
use crate::{Client, Error};

/// What some services put into links unencoded, though RFC 3986, section 2 has it encoded. `%`
/// stays: it begins what is encoded already.
const STRAY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// As much of a text that is no address as an error shows.
const EXCERPT: usize = 80;

/// What is wrong with an address that the service sent, or with where a row of them leads.
///
/// One that leads away from the service, where a token is needed, is an [`Error::Foreign`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// It is no address of the web.
    Malformed {
        /// Which: `the next link`.
        what: &'static str,
        /// Its beginning, without a query.
        text: String,
    },
    /// It leads from `https` to `http`.
    Insecure {
        /// Which: `the Location header`.
        what: &'static str,
        /// Where it leads: scheme, host and port alone.
        origin: String,
    },
    /// It was followed before: to go on would not end.
    Repeated {
        /// Which: `the next link`.
        what: &'static str,
        /// After how many answers.
        after: usize,
    },
    /// More in a row than anything useful has.
    TooMany {
        /// Of what: `redirects`.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// It ought to be there.
    Missing {
        /// Which: `the Location header`.
        what: &'static str,
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
            Self::Missing { what } => write!(f, "{what} is missing from the response"),
        }
    }
}

impl std::error::Error for LinkError {}

/// An address, seen from a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// At the service's own scheme, host and port.
    Home(Uri),
    /// Anywhere else, by a scheme no weaker than the service's.
    Away(Uri),
}

impl Link {
    /// Reads an address: an absolute one, one that begins with `/`, or else one relative to the
    /// service's root.
    ///
    /// OData JSON 4.01, section 4.5.1 lets links be relative to the context URL, which is the
    /// service's `$metadata`, directly below its root.
    pub(crate) fn resolve(client: &Client, text: &str, what: &'static str) -> Result<Self, Error> {
        let service = client.origin()?.to_string();
        Self::read(client, text, &service, client.base(), what)
    }

    /// Reads the `Location` of an operation, which may be relative to the host or to the service's
    /// root, although it begins with `/` either way: Microsoft Graph sends
    /// `/teams('17')/operations('4')`. One that does not begin with the path of the service's root
    /// is taken for the latter.
    pub(crate) fn operation(client: &Client, text: &str, what: &'static str) -> Result<Self, Error> {
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

    /// Reads the `Location` of a redirection, which is relative to what was asked for (RFC 9110,
    /// section 10.2.2).
    pub(crate) fn redirected(client: &Client, from: &Uri, text: &str, what: &'static str) -> Result<Self, Error> {
        let origin = format!(
            "{}://{}",
            from.scheme_str().unwrap_or_default(),
            from.authority().map_or("", |authority| authority.as_str())
        );
        let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::read(client, text, &origin, &format!("{origin}{folder}"), what)
    }

    fn read(client: &Client, text: &str, origin: &str, folder: &str, what: &'static str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Missing { what }.into());
        }
        let encoded = utf8_percent_encode(text, STRAY).to_string();
        let absolute = if has_scheme(&encoded) {
            encoded
        } else if encoded.starts_with("//") {
            // Relative to the scheme alone (RFC 3986, section 4.2).
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
            return Err(LinkError::Malformed { what, text: shown }.into());
        };
        if origin == *service {
            Ok(Self::Home(uri))
        } else if service.is_secure() && !origin.is_secure() {
            Err(LinkError::Insecure { what, origin: origin.to_string() }.into())
        } else {
            Ok(Self::Away(uri))
        }
    }

    /// Reads an address that must be at the service itself, since the token is to go there.
    pub(crate) fn home(client: &Client, text: &str, what: &'static str) -> Result<Uri, Error> {
        match Self::resolve(client, text, what)? {
            Self::Home(uri) => Ok(uri),
            Self::Away(uri) => {
                Err(client.check(&uri).map_or_else(|error| error, |_| LinkError::Missing { what }.into()))
            }
        }
    }
}

/// Whether a text begins with a scheme (RFC 3986, section 3.1), and not with a path that has a
/// colon in it.
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
        // Sent unencoded by some of the service's parts.
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
