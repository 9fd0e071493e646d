//! Permissions to send a request.

use std::fmt;

use crate::source::Span;

/// The permissions that one permission type needs for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Permission {
    /// The permission type.
    pub kind: PermissionKind,
    /// The resource or case that it is for, if the table is divided by these.
    pub subject: Option<String>,
    /// The grants with the least privileges; any one of them suffices.
    pub least: Vec<Grant>,
    /// Grants with more privileges, the least first; any one of them suffices as well.
    pub higher: Vec<Grant>,
    /// The row or cell.
    pub span: Span,
}

impl Permission {
    /// Returns true if this permission type can send the request.
    pub fn is_supported(&self) -> bool {
        self.grants().next().is_some()
    }

    /// All grants, those with the least privileges first.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.least.iter().chain(&self.higher)
    }

    /// A row of a table that is divided by resources, as the row for its own resource only.
    pub(crate) fn for_all(&self) -> Permission {
        Permission { subject: None, ..self.clone() }
    }

    /// Returns true if another page states the same grants.
    pub fn says_the_same(&self, other: &Permission) -> bool {
        let is_like = |(one, other): (&[Grant], &[Grant])| {
            one.len() == other.len() && one.iter().all(|grant| other.contains(grant))
        };
        (&self.kind, &self.subject) == (&other.kind, &other.subject)
            && is_like((&self.least, &other.least))
            && is_like((&self.higher, &other.higher))
    }
}

/// Permissions that suffice together. There is nearly always just one.
///
/// ```
/// # use edmark::schema::operation::Grant;
/// let grant = Grant::all_of(["Policy.Read.All", "Application.Read.All"]);
/// assert_eq!(grant.to_string(), "Policy.Read.All and Application.Read.All");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Grant(Vec<String>);

impl Grant {
    /// One permission.
    pub fn one(name: impl Into<String>) -> Self {
        Grant(vec![name.into()])
    }

    /// Several that are needed together.
    pub fn all_of<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        let mut grant = Grant(Vec::new());
        names.into_iter().for_each(|name| grant.add(name.into()));
        grant
    }

    /// Requires another permission as well.
    pub(crate) fn add(&mut self, name: String) {
        if !self.0.contains(&name) {
            self.0.push(name);
        }
    }

    /// The names of the permissions, in the order of the page.
    pub fn permissions(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" and "))
    }
}

/// The permission types of the reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum PermissionKind {
    /// "Delegated (work or school account)".
    DelegatedWork,
    /// "Delegated (personal Microsoft account)".
    DelegatedPersonal,
    /// "Application".
    Application,
    /// Any other, as written.
    Other(String),
}
