//! Addresses that a service sends: next links, delta links, `Location` headers. They come from outside, so where they lead is looked at before anything is
//! sent there: a token goes to the service's own origin and nowhere else.

use std::fmt;

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What some services put into links unencoded, though RFC 3986, section 2 has it encoded. `%` stays: it begins what is encoded already.
const STRAY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// As much of a text that is no address as an error shows.
const EXCERPT: usize = 80;

/// What is wrong with an address that the service sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// It is no address of the web.
    Malformed {
        /// Which: `the next link`.
        what: &'static str,
        /// Its beginning.
        text: String,
    },
    /// It leads to another scheme, host or port than the service's, where the token must not go.
    Foreign {
        /// Which: `the next link`.
        what: &'static str,
        /// Where it leads: scheme, host and port alone, as the rest may be secret.
        origin: String,
        /// Where the service is.
        service: String,
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
    /// More addresses in a row than anything useful has.
    TooMany {
        /// What: `redirects`.
        what: &'static str,
        /// How many are followed.
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
            Self::Foreign { what, origin, service } => {
                write!(
                    f,
                    "{what} leads to {origin}, away from the service at {service}: it was not followed, and the token was not sent there"
                )
            }
            Self::Insecure { what, origin } => {
                write!(f, "{what} leads to {origin}, from https to http: it was not followed")
            }
            Self::Repeated { what, after } => {
                write!(
                    f,
                    "{what} is one that was followed before (after {after} answers): the service leads in a circle"
                )
            }
            Self::TooMany { what, limit } => write!(f, "more than {limit} {what} in a row: the service leads nowhere"),
            Self::Missing { what } => write!(f, "{what} is missing from the answer"),
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
    /// Reads an address: an absolute one, one that begins with `/`, or else one relative to the service's root.
    ///
    /// OData JSON 4.01, section 4.5.1 lets links be relative to the context URL, which is the service's `$metadata`, directly below its root.
    pub(crate) fn resolve(service: &Uri, text: &str, what: &'static str) -> Result<Self, LinkError> {
        let malformed = || LinkError::Malformed { what, text: text.chars().take(EXCERPT).collect() };
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Missing { what });
        }
        let text = utf8_percent_encode(text, STRAY).to_string();
        let uri: Uri = if has_scheme(&text) {
            text.parse().map_err(|_| malformed())?
        } else if let Some(rest) = text.strip_prefix("//") {
            // Relative to the scheme alone (RFC 3986, section 4.2).
            format!("{}://{rest}", service.scheme_str().unwrap_or_default()).parse().map_err(|_| malformed())?
        } else {
            let origin = origin(service);
            let root = if text.starts_with('/') { "" } else { service.path().trim_end_matches('/') };
            let separator = if text.starts_with('/') { "" } else { "/" };
            format!("{origin}{root}{separator}{text}").parse().map_err(|_| malformed())?
        };
        if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none_or(str::is_empty) {
            return Err(malformed());
        }
        if same_origin(service, &uri) {
            Ok(Self::Home(uri))
        } else if service.scheme_str() == Some("https") && uri.scheme_str() == Some("http") {
            Err(LinkError::Insecure { what, origin: self::origin(&uri) })
        } else {
            Ok(Self::Away(uri))
        }
    }

    /// The address, if it is at the service itself.
    pub(crate) fn home(self, service: &Uri, what: &'static str) -> Result<Uri, LinkError> {
        match self {
            Self::Home(uri) => Ok(uri),
            Self::Away(uri) => Err(LinkError::Foreign { what, origin: origin(&uri), service: origin(service) }),
        }
    }
}

/// Whether a token for the one may be sent to the other. Names of users in an address (`https://a@b/`) are nothing that a service sends.
pub(crate) fn same_origin(service: &Uri, uri: &Uri) -> bool {
    let named = |uri: &Uri| uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    service.scheme_str() == uri.scheme_str()
        && service.host().is_some_and(|host| uri.host().is_some_and(|other| host.eq_ignore_ascii_case(other)))
        && port(service) == port(uri)
        && !named(uri)
}

/// Scheme, host and port, for a message: neither path nor query, which may hold what grants access.
pub(crate) fn origin(uri: &Uri) -> String {
    let mut origin = format!("{}://{}", uri.scheme_str().unwrap_or("?"), uri.host().unwrap_or("?"));
    if let Some(port) = uri.port() {
        origin.push(':');
        origin.push_str(port.as_str());
    }
    origin
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    })
}

/// Whether a text begins with a scheme (RFC 3986, section 3.1), and not with a path that has a colon in it.
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

    fn resolve(text: &str) -> Result<Link, LinkError> {
        Link::resolve(&Uri::from_static(SERVICE), text, "the next link")
    }

    fn home(text: &str) -> String {
        match resolve(text) {
            Ok(Link::Home(uri)) => uri.to_string(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_absolute_and_relative_addresses() {
        assert_eq!(
            home("https://graph.microsoft.com/v1.0/users?$skiptoken=a"),
            format!("{SERVICE}/users?$skiptoken=a")
        );
        assert_eq!(home("HTTPS://Graph.Microsoft.com:443/beta/x"), "https://Graph.Microsoft.com:443/beta/x");
        assert_eq!(home("/v1.0/users?$skip=1"), format!("{SERVICE}/users?$skip=1"));
        assert_eq!(home("users?$skip=1"), format!("{SERVICE}/users?$skip=1"));
        assert_eq!(home("teams('a')/operations('b:c')"), format!("{SERVICE}/teams('a')/operations('b:c')"));
        // Sent unencoded by some of the service's parts.
        assert_eq!(home("/v1.0/users?$filter=a eq 'é'"), format!("{SERVICE}/users?$filter=a%20eq%20'%C3%A9'"));
    }

    #[test]
    fn tells_other_origins_apart() {
        for away in [
            "https://evil.example/v1.0/users",
            "https://graph.microsoft.com.evil.example/",
            "https://graph.microsoft.com:8443/v1.0",
            "https://graph.microsoft.com@evil.example/",
            "https://user@graph.microsoft.com/",
            "//evil.example/v1.0",
        ] {
            let link = resolve(away).unwrap();
            assert!(matches!(link, Link::Away(_)), "{away}");
            let error = link.home(&Uri::from_static(SERVICE), "the next link").unwrap_err();
            assert!(matches!(error, LinkError::Foreign { .. }), "{away}");
        }
        assert!(matches!(resolve("http://graph.microsoft.com/v1.0"), Err(LinkError::Insecure { .. })));
        let message = resolve("https://evil.example/a?token=secret")
            .and_then(|link| link.home(&Uri::from_static(SERVICE), "the next link"))
            .unwrap_err()
            .to_string();
        assert!(message.contains("https://evil.example,") && !message.contains("secret"), "{message}");
    }

    #[test]
    fn refuses_what_is_no_address() {
        for text in ["ftp://graph.microsoft.com/", "javascript://x", "https://", "https://[::/"] {
            assert!(matches!(resolve(text), Err(LinkError::Malformed { .. })), "{text}: {:?}", resolve(text));
        }
        assert!(matches!(resolve(" "), Err(LinkError::Missing { .. })));
    }
}
