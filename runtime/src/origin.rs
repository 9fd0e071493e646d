//! Where a URL leads: what decides whether a token may go there.

use std::fmt;

use http::Uri;

/// Scheme, host and port of a URL (RFC 6454).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    secure: bool,
    host: Box<str>,
    port: u16,
}

impl Origin {
    /// The origin of an absolute http or https URL.
    ///
    /// None for any other, and for one with user information or unusual characters in its host:
    /// libraries do not agree on where such a URL leads, and a token must not depend on it.
    pub(crate) fn of(url: &Uri) -> Option<Self> {
        let secure = match url.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = url.authority()?;
        let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if authority.host().is_empty() || !authority.as_str().chars().all(usual) {
            return None;
        }
        let port = match authority.as_str()[authority.host().len()..].strip_prefix(':') {
            None | Some("") => None,
            Some(_) => Some(authority.port_u16()?),
        };
        let host = authority.host().to_ascii_lowercase().into();
        Some(Self { secure, host, port: port.unwrap_or(if secure { 443 } else { 80 }) })
    }

    /// Whether it is https.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether what is sent there stays secret: by https, or because it does not leave this
    /// machine.
    pub(crate) fn is_confidential(&self) -> bool {
        self.secure
            || matches!(&*self.host, "localhost" | "[::1]")
            || self.host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port == usual { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

/// An address that is none of a service, as an error may show it: without user information, which
/// may have a password.
pub(crate) fn without_user(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, rest)| rest)
}

/// A URL as an error may show it: without its query, which may hold what opens a door.
pub(crate) fn shown(url: &Uri) -> String {
    match (url.scheme_str(), url.authority()) {
        (Some(scheme), Some(authority)) => {
            let host = authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, host)| host);
            format!("{scheme}://{host}{}", url.path())
        }
        _ => url.path().to_owned(),
    }
}
