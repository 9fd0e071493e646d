//! One page of a collection in a response.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kind::Object;
use crate::{Additional, Members, Slot, Structured, TypeInfo, Value, wire};

/// One page of a collection: `{"value": […], "@odata.nextLink": …}` (OData JSON 4.01, section 13).
///
/// ```
/// use edmark_runtime::Collection;
/// let page: Collection<String> = serde_json::from_str(r#"{"@odata.count": 12, "value": ["a", "b"], "@odata.nextLink": "https://x/?$skiptoken=b"}"#)?;
/// assert_eq!(page.value, ["a", "b"]);
/// assert_eq!(page.count, Some(12));
/// assert!(page.next_link.is_some());
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Collection<T> {
    /// The items of this page.
    pub value: Vec<T>,
    /// `@odata.count`: the number of items on all pages together, if the request asked for it.
    pub count: Option<i64>,
    /// `@odata.nextLink`: the address of the next page; none on the last page.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: the address of later changes; only on the last page of a delta query.
    pub delta_link: Option<String>,
    /// All other members: `@odata.context` and others.
    pub additional: Additional,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self { value: Vec::new(), count: None, next_link: None, delta_link: None, additional: Additional::new() }
    }
}

impl<T> From<Vec<T>> for Collection<T> {
    fn from(value: Vec<T>) -> Self {
        Self { value, ..Self::default() }
    }
}

impl<T> IntoIterator for Collection<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Collection<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.value.iter()
    }
}

const ITEMS: usize = 6;

/// A page while it is read. An object without the member `value` is not a page, even if it has no
/// items (OData JSON 4.01, section 13).
struct Reading<T> {
    page: Collection<T>,
    has_items: bool,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self { page: Collection::default(), has_items: false }
    }
}

impl<T: Value> Structured for Reading<T> {
    fn type_info(&self) -> &'static TypeInfo {
        self.page.type_info()
    }
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>) {
        Structured::offer(&self.page, members);
    }
    fn slot(&mut self, index: usize) -> Slot<'_> {
        self.has_items |= index == ITEMS;
        Structured::slot(&mut self.page, index)
    }
    fn additional(&self) -> &Additional {
        &self.page.additional
    }
    fn additional_mut(&mut self) -> &mut Additional {
        &mut self.page.additional
    }
}

impl<T: Value> Structured for Collection<T> {
    fn type_info(&self) -> &'static TypeInfo {
        static INFO: TypeInfo = TypeInfo::new(
            "Collection",
            "@count @deltaLink @nextLink @odata.count @odata.deltaLink @odata.nextLink value",
        );
        &INFO
    }
    fn offer<'a>(&'a self, members: &mut dyn Members<'a>) {
        self.count.offer(3, members);
        self.delta_link.offer(4, members);
        self.next_link.offer(5, members);
        // Items that cannot be typed (because one is null) are kept in `additional` and written
        // from there.
        let untyped = || self.additional.is_null("value") || self.additional.contains("value");
        if !self.value.is_empty() || !untyped() {
            self.value.offer(ITEMS, members);
        }
    }
    fn slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            // Services of OData 4.01 may leave out the prefix `odata.` (OData JSON 4.01, section
            // 4.5).
            0 | 3 => self.count.slot(),
            1 | 4 => self.delta_link.slot(),
            2 | 5 => self.next_link.slot(),
            ITEMS => self.value.slot(),
            _ => Slot::None,
        }
    }
    fn additional(&self) -> &Additional {
        &self.additional
    }
    fn additional_mut(&mut self) -> &mut Additional {
        &mut self.additional
    }
}

impl<T: Value> Value for Collection<T> {
    type Kind = Object;
}

impl<T: Value> Serialize for Collection<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::write(self, serializer)
    }
}

impl<'de, T: Value> Deserialize<'de> for Collection<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Reading { page, has_items } = wire::read_envelope(deserializer)?;
        if has_items || page.additional.is_null("value") {
            Ok(page)
        } else {
            Err(D::Error::custom("the response has no array `value`, where a collection is expected"))
        }
    }
}
