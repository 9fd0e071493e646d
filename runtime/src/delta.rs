//! The results of a delta query: items that are new or changed, and items that were removed.

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::additional::Text;
use crate::{Additional, Collection, Json, Members, Structured, Value, View, wire};

/// One page of a delta query (OData JSON 4.01, section 15).
///
/// ```
/// # use edmark_runtime::{Additional, Members, Slot, Structured, TypeInfo, Value, kind::Object};
/// # #[derive(Debug, Default)] struct User { id: Option<String>, additional: Additional }
/// # impl Structured for User {
/// #     fn type_info(&self) -> &'static TypeInfo { static INFO: TypeInfo = TypeInfo::new("microsoft.graph.user", "id"); &INFO }
/// #     fn offer<'a>(&'a self, members: &mut dyn Members<'a>) { self.id.offer(0, members); }
/// #     fn slot(&mut self, index: usize) -> Slot<'_> { if index == 0 { self.id.slot() } else { Slot::None } }
/// #     fn additional(&self) -> &Additional { &self.additional }
/// #     fn additional_mut(&mut self) -> &mut Additional { &mut self.additional }
/// # }
/// # impl Value for User { type Kind = Object; }
/// use edmark_runtime::{Change, Delta};
/// let delta: Delta<User> = serde_json::from_str(
///     r#"{"value": [{"id": "1"}, {"id": "2", "@removed": {"reason": "deleted"}}], "@odata.deltaLink": "https://x/?$deltatoken=t"}"#,
/// )?;
/// assert!(matches!(&delta.value[0], Change::Item(user) if user.id.as_deref() == Some("1")));
/// assert!(matches!(&delta.value[1], Change::Removed(gone) if gone.id() == Some("2") && gone.reason() == Some("deleted")));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Delta<T> {
    /// The changes of this page.
    pub value: Vec<Change<T>>,
    /// `@odata.nextLink`: the address of the next page; none on the last page.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: the address of the next round of changes; only on the last page.
    pub delta_link: Option<String>,
    /// All other members: `@odata.context` and others.
    pub additional: Additional,
}

/// An entry of a delta result.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// An item that is new, or the changed properties of one.
    Item(T),
    /// An item that was deleted or no longer belongs to the result.
    Removed(Removed<T>),
}

/// An entry with `@removed`: an item that was deleted, or that no longer belongs to the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed<T>(T);

impl<T: Value> Removed<T> {
    /// `deleted`, or `changed` when the item exists but no longer matches the query. Graph's
    /// directory says `changed` for items that can still be restored.
    pub fn reason(&self) -> Option<&str> {
        // OData 4.0 has a member `reason` of the item; 4.01 and Graph have it within `@removed`.
        removed(&self.0)
            .and_then(|removed| removed.member("reason"))
            .or_else(|| member(&self.0, "reason"))
            .and_then(Sent::as_str)
    }

    /// The item's `id`.
    pub fn id(&self) -> Option<&str> {
        let described = structured(&self.0).and_then(|item| Some((item, item.type_info().find("id")?)));
        match described {
            Some((item, index)) => match property(item, index) {
                View::Str(id) => Some(id),
                _ => None,
            },
            None => member(&self.0, "id").and_then(Sent::as_str),
        }
    }

    /// The properties that were sent of the item, most often its `id` alone.
    pub fn item(&self) -> &T {
        &self.0
    }

    /// The properties that were sent of the item; `@removed` is in its `additional`.
    pub fn into_item(self) -> T {
        self.0
    }
}

impl<T> Change<T> {
    /// The item, or the properties that were sent of a removed one.
    pub fn item(&self) -> &T {
        match self {
            Self::Item(item) | Self::Removed(Removed(item)) => item,
        }
    }

    /// The item, or the properties that were sent of a removed one.
    pub fn into_item(self) -> T {
        match self {
            Self::Item(item) | Self::Removed(Removed(item)) => item,
        }
    }

    /// Returns true if the item was removed.
    pub fn is_removed(&self) -> bool {
        matches!(self, Self::Removed(_))
    }
}

impl<T: Value> From<T> for Change<T> {
    fn from(item: T) -> Self {
        if removed(&item).is_some() { Self::Removed(Removed(item)) } else { Self::Item(item) }
    }
}

pub(crate) fn structured<T: Value>(item: &T) -> Option<&dyn Structured> {
    match item.view() {
        View::Object(value) => Some(value),
        _ => None,
    }
}

/// The value of one property.
fn property(item: &dyn Structured, index: usize) -> View<'_> {
    struct Property<'a>(usize, View<'a>);
    impl<'a> Members<'a> for Property<'a> {
        fn member(&mut self, index: usize, view: View<'a>) {
            if index == self.0 {
                self.1 = view;
            }
        }
    }
    let mut property = Property(index, View::None);
    item.offer(&mut property);
    property.1
}

/// The member that marks an item as removed: `@removed`, or in OData 4.0 the context URL of a
/// deleted entity (OData JSON 4.01, section 15.3; 4.0, section 13.3).
fn removed<T: Value>(item: &T) -> Option<Sent<'_>> {
    let deleted = |context: &Sent<'_>| context.as_str().is_some_and(|context| context.ends_with("/$deletedEntity"));
    member(item, "@removed")
        .or_else(|| member(item, "@odata.removed"))
        .or_else(|| member(item, "@odata.context").or_else(|| member(item, "@context")).filter(deleted))
}

/// The value of a member that the item's type does not describe.
fn member<'a, T: Value>(item: &'a T, name: &str) -> Option<Sent<'a>> {
    match item.view() {
        View::Json(value) => value.get(name).map(Sent::Json),
        _ => structured(item)?.additional().value(name).map(Sent::Text),
    }
}

/// A value that the item's type does not describe.
#[derive(Clone, Copy)]
enum Sent<'a> {
    Json(&'a Json),
    Text(Text<'a>),
}

impl<'a> Sent<'a> {
    fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Json(json) => json.as_str(),
            Self::Text(text) => text.as_str(),
        }
    }

    fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::Json(json) => json.get(name).map(Self::Json),
            Self::Text(text) => text.member(name).map(Self::Text),
        }
    }
}

impl<T> Default for Delta<T> {
    fn default() -> Self {
        Self { value: Vec::new(), next_link: None, delta_link: None, additional: Additional::new() }
    }
}

impl<T: Value> From<Collection<T>> for Delta<T> {
    fn from(page: Collection<T>) -> Self {
        let mut additional = page.additional;
        if let Some(count) = page.count {
            additional.insert("@odata.count", count);
        }
        Self {
            value: page.value.into_iter().map(Change::from).collect(),
            next_link: page.next_link,
            delta_link: page.delta_link,
            additional,
        }
    }
}

impl<'de, T: Value> Deserialize<'de> for Delta<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Collection::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Value> Serialize for Delta<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let links = [("@odata.nextLink", &self.next_link), ("@odata.deltaLink", &self.delta_link)];
        for member in self.additional.members() {
            let is_set = |(link, set): &(&str, &Option<String>)| member.is(link) && set.is_some();
            if !links.iter().any(is_set) && (!member.is("value") || self.value.is_empty()) {
                map.serialize_entry(member.name(), &member.value())?;
            }
        }
        for (name, link) in links {
            match link {
                Some(link) => map.serialize_entry(name, link)?,
                None if self.additional.is_null(name) && !self.additional.contains(name) => {
                    map.serialize_entry(name, &Json::Null)?
                }
                None => {}
            }
        }
        if !self.value.is_empty() || !self.additional.contains("value") {
            map.serialize_entry("value", &Items(&self.value))?;
        }
        map.end()
    }
}

struct Items<'a, T>(&'a [Change<T>]);

impl<T: Value> Serialize for Items<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|change| wire::Written(change.item().view())))
    }
}
