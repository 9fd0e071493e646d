//! Names, and how they are compared.
//!
//! Names in OData differ by letter case. Pages often write them in another case than the service,
//! so a name that a page mentions is looked up without regard to case.

use std::fmt;

/// A name qualified by its namespace: `microsoft.graph.callRecords` and `session`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct QualifiedName {
    /// The namespace, without a final dot.
    pub namespace: String,
    /// The simple name.
    pub name: String,
}

impl QualifiedName {
    /// Joins the two parts.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>) -> Self {
        QualifiedName { namespace: namespace.into(), name: name.into() }
    }

    /// Splits `microsoft.graph.user` at its last dot; a leading `#` is ignored. `None` without a
    /// dot.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.trim_start_matches('#').rsplit_once('.')?;
        (!namespace.is_empty() && !name.is_empty()).then(|| QualifiedName::new(namespace, name))
    }

    /// The name in lower case, as the key of an index.
    pub(crate) fn folded(&self) -> String {
        folded_in(&self.namespace, &self.name)
    }

    /// Returns true if both parts are the same but for letter case.
    pub(crate) fn is_like(&self, other: &QualifiedName) -> bool {
        self.namespace.eq_ignore_ascii_case(&other.namespace) && self.name.eq_ignore_ascii_case(&other.name)
    }
}

/// A name in a namespace in lower case, as the key of an index.
pub(crate) fn folded_in(namespace: &str, name: &str) -> String {
    let mut folded = [namespace, name].join(".");
    folded.make_ascii_lowercase();
    folded
}

/// The simple name at the end of a name that may have a namespace: `user` of
/// `microsoft.graph.user`.
pub(crate) fn simple_name(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, simple)| simple)
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace, self.name)
    }
}

/// Returns true if a text consists only of characters that names of properties and parameters have
/// (CSDL 4.01, section 15.2, "Simple Identifier", in ASCII). Otherwise it may be a remark.
#[cfg(any(feature = "metadata", feature = "package"))]
pub(crate) fn is_simple_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
