//! The capabilities that annotations of the Capabilities vocabulary state.

use super::operation::Permission;

/// The capabilities of an entity set, a singleton or a navigation property, by
/// `Org.OData.Capabilities.V1`. `None` means that nothing is stated; the default of the vocabulary
/// is that it is supported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Capabilities {
    /// `ReadRestrictions/Readable`
    pub read: Option<bool>,
    /// `ReadRestrictions/ReadByKeyRestrictions/Readable`
    pub read_by_key: Option<bool>,
    /// `InsertRestrictions/Insertable`
    pub insert: Option<bool>,
    /// `UpdateRestrictions/Updatable`
    pub update: Option<bool>,
    /// `UpdateRestrictions/Upsertable` or an `UpdateMethod` of `PUT`
    pub replace: Option<bool>,
    /// `DeleteRestrictions/Deletable`
    pub delete: Option<bool>,
    /// `UpdateRestrictions/FilterSegmentSupported`
    pub update_each: Option<bool>,
    /// `DeleteRestrictions/FilterSegmentSupported`
    pub delete_each: Option<bool>,
    /// `IndexableByKey`
    pub by_key: Option<bool>,
    /// `CountRestrictions/Countable`
    pub count: Option<bool>,
    /// `KeyAsSegmentSupported`
    pub key_as_segment: Option<bool>,
    /// `BatchSupported`, or `BatchSupport/Supported`
    pub batch: Option<bool>,
    /// `TopSupported`
    pub top: Option<bool>,
    /// `SkipSupported`
    pub skip: Option<bool>,
    /// `SearchRestrictions/Searchable`
    pub search: Option<bool>,
    /// `NavigationRestrictions/Navigability`, or that of the property in `RestrictedProperties`
    pub navigability: Option<Navigability>,
    /// `ReadRestrictions/Permissions`
    pub read_permissions: Vec<Permission>,
    /// `InsertRestrictions/Permissions`
    pub insert_permissions: Vec<Permission>,
    /// `UpdateRestrictions/Permissions`
    pub update_permissions: Vec<Permission>,
    /// `DeleteRestrictions/Permissions`
    pub delete_permissions: Vec<Permission>,
    /// The headers and query options of `ReadRestrictions`
    pub read_custom: Vec<Custom>,
    /// The headers and query options of `InsertRestrictions`
    pub insert_custom: Vec<Custom>,
    /// The headers and query options of `UpdateRestrictions`
    pub update_custom: Vec<Custom>,
    /// The headers and query options of `DeleteRestrictions`
    pub delete_custom: Vec<Custom>,
    /// The capabilities of navigation properties, by path: from
    /// `NavigationRestrictions/RestrictedProperties`, and from annotations whose targets are paths
    /// through the entity set.
    pub navigation: Vec<(String, Capabilities)>,
}

/// A header or a query option of the service's own that a request may or must have
/// (`CustomHeaders`, `CustomQueryOptions`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Custom {
    /// The name of the header or the query option.
    pub name: String,
    /// True for a header.
    pub is_header: bool,
    /// True if the request must have it.
    pub is_required: bool,
    /// What it does.
    pub description: Option<String>,
}

/// The depth to which navigation is supported (Capabilities, `NavigationType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Navigability {
    /// To any depth.
    Recursive,
    /// Along one navigation property.
    Single,
    /// Not at all.
    None,
}

impl Capabilities {
    /// Returns true if nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Capabilities::default()
    }

    /// The capabilities of a navigation property, by its path.
    pub fn behind(&self, path: &str) -> Option<&Capabilities> {
        self.navigation.iter().find(|(known, _)| known == path).map(|(_, capabilities)| capabilities)
    }

    /// Returns these capabilities, completed by those of `other`.
    #[must_use]
    pub fn or(mut self, other: &Capabilities) -> Self {
        let flags = [
            (&mut self.read, other.read),
            (&mut self.read_by_key, other.read_by_key),
            (&mut self.insert, other.insert),
            (&mut self.update, other.update),
            (&mut self.replace, other.replace),
            (&mut self.delete, other.delete),
            (&mut self.update_each, other.update_each),
            (&mut self.delete_each, other.delete_each),
            (&mut self.by_key, other.by_key),
            (&mut self.count, other.count),
            (&mut self.key_as_segment, other.key_as_segment),
            (&mut self.batch, other.batch),
            (&mut self.top, other.top),
            (&mut self.skip, other.skip),
            (&mut self.search, other.search),
        ];
        for (flag, other) in flags {
            *flag = flag.or(other);
        }
        self.navigability = self.navigability.or(other.navigability);
        let permissions = [
            (&mut self.read_permissions, &other.read_permissions),
            (&mut self.insert_permissions, &other.insert_permissions),
            (&mut self.update_permissions, &other.update_permissions),
            (&mut self.delete_permissions, &other.delete_permissions),
        ];
        for (permissions, other) in permissions {
            if permissions.is_empty() {
                permissions.clone_from(other);
            }
        }
        let custom = [
            (&mut self.read_custom, &other.read_custom),
            (&mut self.insert_custom, &other.insert_custom),
            (&mut self.update_custom, &other.update_custom),
            (&mut self.delete_custom, &other.delete_custom),
        ];
        for (custom, other) in custom {
            if custom.is_empty() {
                custom.clone_from(other);
            }
        }
        for (path, capabilities) in &other.navigation {
            match self.navigation.iter_mut().find(|(known, _)| known == path) {
                Some((_, known)) => *known = std::mem::take(known).or(capabilities),
                None => self.navigation.push((path.clone(), capabilities.clone())),
            }
        }
        self
    }
}
