//! The origin of a URL, which decides if a token may be sent there.

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
    /// None for any other URL, and for one with user information or unusual characters in its host:
    /// libraries disagree about the host of such a URL, and a token must not depend on that.
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

    /// Returns true for https.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    /// Returns true if requests there are confidential: because of https, or because they do not
    /// leave this machine.
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

/// An invalid service address as an error may show it: without user information, which may contain
/// a password.
pub(crate) fn without_user(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, rest)| rest)
}

/// A URL as an error may show it: without its query, which may contain a secret.
pub(crate) fn shown(url: &Uri) -> String {
    match (url.scheme_str(), url.authority()) {
        (Some(scheme), Some(authority)) => {
            let host = authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, host)| host);
            format!("{scheme}://{host}{}", url.path())
        }
        _ => url.path().to_owned(),
    }
}
