//! The capabilities that annotations of the Capabilities vocabulary state.
#![cfg_attr(not(feature = "metadata"), expect(dead_code, reason = "only metadata states capabilities"))]

use super::permission::Permission;

/// A capability that is `true` or `false`: the place of its value in the Capabilities vocabulary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flag {
    /// The term, followed by the properties of its record.
    pub(crate) path: &'static str,
    /// True if a record that does not mention it states that it is supported.
    pub(crate) is_implied: bool,
}

macro_rules! capabilities {
    (
        flags { $($flag:ident = $flag_path:literal $(, $implied:ident)?;)+ }
        requirements { $($requirements:ident = $term:literal;)+ }
    ) => {
        /// The capabilities of an entity set, a singleton or a navigation property, by
        /// `Org.OData.Capabilities.V1`. `None` means that nothing is stated; the default of the
        /// vocabulary is that it is supported.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
        pub struct Capabilities {
            $(#[doc = concat!("`", $flag_path, "`")] pub $flag: Option<bool>,)+
            $(#[doc = concat!("What `", $term, "` requires of a request.")] pub $requirements: Requirements,)+
            /// `NavigationRestrictions/Navigability`, or that of the property in
            /// `RestrictedProperties`
            pub navigability: Option<Navigability>,
            /// The capabilities of navigation properties, by path: from
            /// `NavigationRestrictions/RestrictedProperties`, and from annotations whose targets
            /// are paths through the entity set.
            pub navigation: Vec<(String, Capabilities)>,
        }

        impl Capabilities {
            pub(crate) const FLAGS: &[Flag] =
                &[$(Flag { path: $flag_path, is_implied: !concat!($(stringify!($implied))?).is_empty() }),+];

            /// The terms whose records have requirements.
            pub(crate) const REQUIREMENTS: &[&str] = &[$($term),+];

            /// The values of [`FLAGS`](Self::FLAGS).
            pub(crate) fn flags(&self) -> impl Iterator<Item = Option<bool>> {
                [$(self.$flag),+].into_iter()
            }

            pub(crate) fn flags_mut(&mut self) -> impl Iterator<Item = &mut Option<bool>> {
                [$(&mut self.$flag),+].into_iter()
            }

            /// The values of [`REQUIREMENTS`](Self::REQUIREMENTS).
            pub(crate) fn requirements(&self) -> impl Iterator<Item = &Requirements> {
                [$(&self.$requirements),+].into_iter()
            }

            pub(crate) fn requirements_mut(&mut self) -> impl Iterator<Item = &mut Requirements> {
                [$(&mut self.$requirements),+].into_iter()
            }
        }
    };
}

// The metadata's reader and the export both follow these rows. `BatchSupport` and `UpdateMethod`
// are older or other ways to state two of the flags, which only the reader knows.
capabilities! {
    flags {
        read = "ReadRestrictions/Readable", implied;
        read_by_key = "ReadRestrictions/ReadByKeyRestrictions/Readable", implied;
        insert = "InsertRestrictions/Insertable", implied;
        update = "UpdateRestrictions/Updatable", implied;
        replace = "UpdateRestrictions/Upsertable";
        update_each = "UpdateRestrictions/FilterSegmentSupported";
        delete = "DeleteRestrictions/Deletable", implied;
        delete_each = "DeleteRestrictions/FilterSegmentSupported";
        count = "CountRestrictions/Countable", implied;
        search = "SearchRestrictions/Searchable";
        by_key = "IndexableByKey";
        key_as_segment = "KeyAsSegmentSupported";
        batch = "BatchSupported";
        top = "TopSupported";
        skip = "SkipSupported";
    }
    requirements {
        to_read = "ReadRestrictions";
        to_insert = "InsertRestrictions";
        to_update = "UpdateRestrictions";
        to_delete = "DeleteRestrictions";
    }
}

/// The permissions, headers and query options that a restriction requires of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Requirements {
    /// `Permissions`
    pub permissions: Vec<Permission>,
    /// `CustomHeaders` and `CustomQueryOptions`
    pub custom: Vec<Custom>,
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
        for (flag, other) in self.flags_mut().zip(other.flags()) {
            *flag = flag.or(other);
        }
        self.navigability = self.navigability.or(other.navigability);
        for (own, other) in self.requirements_mut().zip(other.requirements()) {
            if own.permissions.is_empty() {
                own.permissions.clone_from(&other.permissions);
            }
            if own.custom.is_empty() {
                own.custom.clone_from(&other.custom);
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

    /// Adds the capabilities of a navigation property. They take precedence over known ones.
    pub(crate) fn add_behind(&mut self, path: &str, capabilities: Capabilities) {
        match self.navigation.iter_mut().find(|(known, _)| known == path) {
            Some((_, known)) => *known = capabilities.or(known),
            None => self.navigation.push((path.to_owned(), capabilities)),
        }
    }
}
