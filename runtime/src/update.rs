//! The body of a PATCH, property by property.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::{Address, Json, Navigation, Property, Value, ValueFor, wire};

/// A change of a `T`: every property is set, cleared or left unchanged (OData Protocol 4.01,
/// section 11.4.3).
///
/// ```
/// use edmark_runtime::{Property, Update};
/// # struct User;
/// # impl User {
/// #     const JOB_TITLE: Property<User, String> = Property::new("jobTitle");
/// #     const MOBILE_PHONE: Property<User, String> = Property::new("mobilePhone");
/// #     const BUSINESS_PHONES: Property<User, Vec<String>> = Property::new("businessPhones");
/// # }
/// let update = Update::<User>::new()
///     .set(User::JOB_TITLE, "Chair")
///     .set(User::BUSINESS_PHONES, ["+1"])
///     .clear(User::MOBILE_PHONE)
///     .bind("manager", "https://graph.microsoft.com/v1.0/users/1");
/// assert_eq!(
///     serde_json::to_string(&update)?,
///     r#"{"jobTitle":"Chair","businessPhones":["+1"],"mobilePhone":null,"manager@odata.bind":"https://graph.microsoft.com/v1.0/users/1"}"#
/// );
/// # Ok::<_, serde_json::Error>(())
/// ```
///
/// A value of another type is a compile error:
///
/// ```compile_fail,E0308
/// use edmark_runtime::{Property, Update};
/// struct User;
/// struct Group;
/// const DESCRIPTION: Property<Group, String> = Property::new("description");
/// let update = Update::<User>::new().set(DESCRIPTION, "");
/// ```
///
/// Properties that are documented as read-only can be set: more properties are documented so than
/// services refuse, and this changes more often. [`read_only`](Self::read_only) lists them.
pub struct Update<T> {
    changes: Vec<(Cow<'static, str>, Json)>,
    /// The changes for services that require `Edm.Int64` and `Edm.Decimal` as strings, as far as
    /// they differ.
    exact: Vec<(Cow<'static, str>, Json)>,
    read_only: Vec<&'static str>,
    marker: PhantomData<fn(T)>,
}

impl<T> Update<T> {
    /// Creates an update that changes nothing.
    pub const fn new() -> Self {
        Self { changes: Vec::new(), exact: Vec::new(), read_only: Vec::new(), marker: PhantomData }
    }

    /// Sets a property. Of a complex value, only the properties that are set in it are changed; a
    /// collection is replaced as a whole.
    #[must_use]
    pub fn set<V: Value>(self, property: Property<T, V>, value: impl ValueFor<V>) -> Self {
        let value = value.into_value();
        let exact = wire::as_strings(|| wire::json(&value));
        self.of(property, wire::json(&value)).exactly(property.name(), exact)
    }

    /// Sets a property to null.
    #[must_use]
    pub fn clear<V>(self, property: Property<T, V>) -> Self {
        self.of(property, Json::Null)
    }

    /// Updates properties of a complex value: the nested update leaves other properties unchanged,
    /// and can set properties to null.
    #[must_use]
    pub fn update<V>(self, property: Property<T, V>, nested: Update<V>) -> Self {
        let exact = nested.json(true);
        self.of(property, nested.json(false)).exactly(property.name(), exact)
    }

    /// Relates a navigation property to an existing entity, given by its request builder or its
    /// address: `manager@odata.bind` (OData JSON 4.0, section 8.5). For a collection-valued
    /// property, call it once for each entity.
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Property, Update};
    /// # struct Users(At);
    /// # impl AsRef<At> for Users { fn as_ref(&self) -> &At { &self.0 } }
    /// # impl edmark_runtime::OneEntity for Users {}
    /// # #[derive(Default)] struct User { additional: edmark_runtime::Additional }
    /// # impl edmark_runtime::Structured for User {
    /// #     fn type_info(&self) -> &'static edmark_runtime::TypeInfo { static INFO: edmark_runtime::TypeInfo = edmark_runtime::TypeInfo::new("user", ""); &INFO }
    /// #     fn offer<'a>(&'a self, _: &mut dyn edmark_runtime::Members<'a>) {}
    /// #     fn slot(&mut self, _: usize) -> edmark_runtime::Slot<'_> { edmark_runtime::Slot::None }
    /// #     fn additional(&self) -> &edmark_runtime::Additional { &self.additional }
    /// #     fn additional_mut(&mut self) -> &mut edmark_runtime::Additional { &mut self.additional }
    /// # }
    /// # struct Group;
    /// # impl Group { const OWNERS: Property<Self, Vec<User>> = Property::new("owners"); }
    /// # let ada = Users(At::root(Client::offline("https://x.example")).segment("users").key("ada"));
    /// let update = Update::<Group>::new().bind(Group::OWNERS, &ada).bind(Group::OWNERS, "https://x.example/users/bo");
    /// assert_eq!(
    ///     serde_json::to_string(&update)?,
    ///     r#"{"owners@odata.bind":["https://x.example/users/ada","https://x.example/users/bo"]}"#
    /// );
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn bind(self, property: impl Navigation<T>, entity: impl Address) -> Self {
        let name = property.annotation();
        let known = self.changes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let bound = property.bound(known, entity.address());
        self.change(name.into(), bound)
    }

    /// Relates a collection-valued navigation property to existing entities, given by their
    /// addresses.
    #[must_use]
    pub fn bind_all<U: Into<String>>(self, navigation_property: &str, urls: impl IntoIterator<Item = U>) -> Self {
        let urls = urls.into_iter().map(|url| Json::String(url.into())).collect();
        self.change(format!("{navigation_property}@odata.bind").into(), Json::Array(urls))
    }

    /// Sets a member that the pages do not describe: an extension, an annotation, or a property of
    /// a later version.
    #[must_use]
    pub fn member(self, name: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Self {
        self.change(name.into(), value.into())
    }

    /// Returns true if nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes, in the order in which they were made first; a cleared property is a null.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.changes.iter().map(|(name, value)| (&**name, value))
    }

    /// The changed properties that are documented as read-only.
    ///
    /// ```
    /// use edmark_runtime::{Property, Update};
    /// # struct User;
    /// # impl User { const ID: Property<User, String> = Property::read_only("id"); }
    /// let update = Update::<User>::new().set(User::ID, "1");
    /// assert!(update.read_only().eq(["id"]));
    /// ```
    pub fn read_only(&self) -> impl Iterator<Item = &'static str> {
        self.read_only.iter().copied()
    }

    fn of<V>(mut self, property: Property<T, V>, value: Json) -> Self {
        if property.is_read_only() && !self.read_only.contains(&property.name()) {
            self.read_only.push(property.name());
        }
        self.change(property.name().into(), value)
    }

    /// Records the form of a change in which `Edm.Int64` and `Edm.Decimal` are strings.
    fn exactly(mut self, name: &'static str, value: Json) -> Self {
        if self.changes.iter().any(|(known, plain)| *known == name && *plain != value) {
            self.exact.push((name.into(), value));
        }
        self
    }

    /// The changes, with `Edm.Int64` and `Edm.Decimal` as numbers or as strings.
    fn written(&self, exact: bool) -> impl Iterator<Item = (&str, &Json)> {
        self.changes.iter().map(move |(name, value)| {
            let text = self.exact.iter().find(|(known, _)| exact && known == name);
            (&**name, text.map_or(value, |(_, text)| text))
        })
    }

    fn json(&self, exact: bool) -> Json {
        Json::Object(self.written(exact).map(|(name, value)| (name.to_owned(), value.clone())).collect())
    }

    fn change(mut self, name: Cow<'static, str>, value: Json) -> Self {
        self.exact.retain(|(known, _)| *known != name);
        match self.changes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.changes.push((name, value)),
        }
        self
    }
}

impl<T> Default for Update<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Update<T> {
    fn clone(&self) -> Self {
        Self {
            changes: self.changes.clone(),
            exact: self.exact.clone(),
            read_only: self.read_only.clone(),
            marker: PhantomData,
        }
    }
}

impl<T> PartialEq for Update<T> {
    fn eq(&self, other: &Self) -> bool {
        self.changes.len() == other.changes.len() && self.changes.iter().all(|change| other.changes.contains(change))
    }
}

impl<T> fmt::Debug for Update<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Update ")?;
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<T> From<Update<T>> for Json {
    fn from(update: Update<T>) -> Self {
        update.json(false)
    }
}

impl<T> Serialize for Update<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.changes.len()))?;
        for (name, value) in self.written(wire::are_strings()) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
