//! Members of a JSON object that are not documented properties, and the names of the documented
//! properties that were null.

mod members;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use triomphe::ThinArc;

pub(crate) use self::members::{Buffer, Member, Members, RAW, Text, writes_json};
use crate::{Json, TypeInfo, wire::Indices};

/// The contents of a JSON object other than its documented properties. They are kept so that they
/// can be written back.
///
/// These are: members the pages do not describe, control information and annotations
/// (`@odata.type`, `@odata.etag`, `members@odata.nextLink`; OData JSON 4.01, section 4.6),
/// documented collections that cannot be typed because an element is null, and which documented
/// properties were null. It takes the space of one pointer, and allocates, once, only when there is
/// something to keep. Clones share it.
///
/// Members are kept as the texts that the service sent, and parsed when they are asked for: as
/// [`Json`] or, by [`read`](Self::read), as any type. They keep their order and all digits of their
/// numbers. If a name occurs twice in an object, the last value is used, as in [`Json`].
///
/// ```
/// use edmark_runtime::{Additional, Json};
///
/// let mut additional = Additional::new();
/// additional.insert("@odata.etag", "W/\"1\"");
/// additional.insert("extension_shoeSize", 43);
/// assert_eq!(additional.etag(), Some("W/\"1\""));
/// assert_eq!(additional.get("extension_shoeSize"), Some(Json::from(43)));
/// assert_eq!(additional.read::<u8>("extension_shoeSize")?, Some(43));
/// assert_eq!(size_of::<Additional>(), size_of::<usize>());
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Additional(Option<ThinArc<Head, u8>>);

/// What is kept beside the members, whose text follows it.
#[derive(Clone, Default)]
struct Head {
    /// The type this value was read as. The indices in `nulls` and the flag `foreign` refer to its
    /// properties.
    info: Option<&'static TypeInfo>,
    nulls: Indices,
    /// True if no member has the name of a property of the type. The reader knows this and sets it;
    /// while it is false, the writer has to compare the names itself.
    foreign: bool,
}

impl Additional {
    /// Returns an empty value: no members and no nulls.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns true if there is no member and no documented property was null.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The number of members. Documented properties that were null are not members.
    pub fn len(&self) -> usize {
        self.members().count()
    }

    /// The member called `name`.
    pub fn get(&self, name: &str) -> Option<Json> {
        self.value(name).map(Text::parse)
    }

    /// The member called `name` as a type, which may be a generated one. None if there is no such
    /// member, or if it is null.
    ///
    /// # Errors
    /// If the value is not of this type.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, serde_json::Error> {
        // From bytes, as responses are read: the reader is compiled for each kind of source.
        self.text(name).map_or(Ok(None), |text| serde_json::from_slice(text.as_bytes()))
    }

    /// The JSON text of the member called `name`, with all digits of its numbers.
    ///
    /// ```
    /// # use edmark_runtime::Single;
    /// let sent = r#"{"value":1,"total":12345678901234567890.1230}"#;
    /// let read: Single<i32> = serde_json::from_str(sent)?;
    /// assert_eq!(read.additional.text("total").as_deref(), Some("12345678901234567890.1230"));
    /// assert_eq!(serde_json::to_string(&read)?, sent);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(name).map(|value| match value {
            Text::Json(text) => text.into(),
            value => value.parse().to_string().into(),
        })
    }

    /// Returns true if there is a member called `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// Adds a member, or replaces the one of that name and returns its value.
    ///
    /// A member with the name of a documented property is written only while that property is
    /// `None`; so `additional.insert("jobTitle", Json::Null)` sends a null for it.
    pub fn insert(&mut self, name: impl AsRef<str>, value: impl Into<Json>) -> Option<Json> {
        let (name, value) = (name.as_ref(), value.into());
        let mut old = None;
        let mut all = Buffer::default();
        for member in self.members() {
            if member.is(name) {
                old = Some(member.value().parse());
                all.push_json(name, &value);
            } else {
                all.append(member.whole);
            }
        }
        if old.is_none() {
            all.push_json(name, &value);
        }
        self.set(Head { foreign: false, ..self.head() }, all.text(0));
        old
    }

    /// Removes a member and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let old = self.get(name)?;
        let mut rest = Buffer::default();
        self.members().filter(|member| !member.is(name)).for_each(|member| rest.append(member.whole));
        self.set(self.head(), rest.text(0));
        Some(old)
    }

    /// Removes all members and forgets all nulls.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// The members, in the order they came in.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.members())
    }

    /// `@odata.type` as it was sent: `#microsoft.graph.user`. None when the service left it out
    /// because the value is of the declared type.
    pub fn odata_type(&self) -> Option<&str> {
        self.control("@odata.type", "@type")
    }

    /// `@odata.etag`: the version for an `If-Match` header (OData JSON 4.01, section 4.6.10).
    pub fn etag(&self) -> Option<&str> {
        self.control("@odata.etag", "@etag")
    }

    /// `@odata.id`: the canonical address of the value (OData JSON 4.01, section 4.6.8).
    pub fn odata_id(&self) -> Option<&str> {
        self.control("@odata.id", "@id")
    }

    /// `@odata.context`: the context URL, which describes the payload (OData JSON 4.01, section
    /// 4.6.1).
    pub fn context(&self) -> Option<&str> {
        self.control("@odata.context", "@context")
    }

    /// Control information and annotations: the members with an `@` in their names.
    pub fn annotations(&self) -> impl Iterator<Item = (&str, Json)> {
        self.members().filter(|member| member.name().contains('@')).map(parsed)
    }

    /// The annotation `term` of a property: `annotation("members", "odata.nextLink")` is
    /// `members@odata.nextLink`. The property `""` stands for the value itself.
    pub fn annotation(&self, property: &str, term: &str) -> Option<Json> {
        self.annotation_value(property, term).map(Text::parse)
    }

    /// The values that were sent for documented properties but are not of their types. These
    /// properties are `None`, and the values are written back unchanged. With
    /// [`strictly`](crate::strictly) such a value is an error instead.
    ///
    /// ```
    /// # use edmark_runtime::{Collection, Json};
    /// let sent = r#"{"value": [{"@odata.count": "two", "value": ["a", "b"]}]}"#;
    /// let lists: Collection<Collection<String>> = serde_json::from_str(sent)?;
    /// let misfits: Vec<(&str, Json)> = lists.value[0].additional.misfits().collect();
    /// assert_eq!(misfits, [("@odata.count", Json::from("two"))]);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn misfits(&self) -> impl Iterator<Item = (&str, Json)> {
        let info = self.kept().and_then(|head| head.info.filter(|_| !head.foreign));
        self.members().filter(move |member| info.is_some_and(|info| info.find(member.name()).is_some())).map(parsed)
    }

    /// Returns true if the documented property `name` was read as null, as opposed to left out.
    ///
    /// A property that has a value now is written with its value, whatever it was read as.
    pub fn is_null(&self, name: &str) -> bool {
        self.kept().is_some_and(|head| {
            head.info.and_then(|info| info.find(name)).is_some_and(|index| head.nulls.contains(index))
        })
    }

    /// The documented properties that were read as null, sorted.
    pub fn nulls(&self) -> impl Iterator<Item = &'static str> {
        let head = self.kept();
        let mut from = 0;
        std::iter::from_fn(move || {
            let index = head?.nulls.next(from);
            from = index.saturating_add(1);
            head?.info?.properties().get(index).copied()
        })
    }

    /// Forgets that a documented property was null, so that it is left out when written. Returns
    /// true if it was null.
    pub fn forget_null(&mut self, name: &str) -> bool {
        let was_null = self.is_null(name);
        if was_null {
            let mut head = self.head();
            head.info.and_then(|info| info.find(name)).map(|index| head.nulls.remove(index));
            let old = std::mem::take(self);
            self.set(head, old.bytes());
        }
        was_null
    }

    fn control(&self, name: &str, short: &str) -> Option<&str> {
        // Services of OData 4.01 may leave out the prefix `odata.`; Graph does not.
        self.value(name).or_else(|| self.value(short))?.as_str()
    }

    fn kept(&self) -> Option<&Head> {
        self.0.as_ref().map(|kept| &kept.header.header)
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |kept| &kept.slice)
    }

    fn head(&self) -> Head {
        self.kept().cloned().unwrap_or_default()
    }

    fn by_name(&self) -> Vec<Member<'_>> {
        let mut sorted: Vec<_> = self.members().collect();
        sorted.sort_by_key(Member::name);
        sorted
    }

    fn set(&mut self, head: Head, members: &[u8]) {
        let is_empty = members.is_empty() && head.nulls.is_empty();
        self.0 = if is_empty { None } else { Some(ThinArc::from_header_and_slice(head, members)) };
    }
}

/// The methods for the reader and the writer.
impl Additional {
    /// The members, in the order they came in.
    #[inline]
    pub(crate) fn members(&self) -> Members<'_> {
        Members::new(self.bytes())
    }

    /// The value of the member called `name`.
    pub(crate) fn value(&self, name: &str) -> Option<Text<'_>> {
        self.members().find(|member| member.is(name)).map(|member| member.value())
    }

    /// The value of the annotation `term` of a property.
    pub(crate) fn annotation_value(&self, property: &str, term: &str) -> Option<Text<'_>> {
        let is_it = |name: &str| name.strip_prefix(property).and_then(|rest| rest.strip_prefix('@')) == Some(term);
        self.members().find(|member| is_it(member.name())).map(|member| member.value())
    }

    /// Adds the members that were read, which have distinct names, and records the type, the
    /// properties that were null and the value of `foreign`.
    pub(crate) fn note(&mut self, info: &'static TypeInfo, nulls: Indices, foreign: bool, read: &[u8]) {
        let head = Head { info: Some(info), nulls, foreign };
        if self.0.is_none() { self.set(head, read) } else { self.add(head, read) }
    }

    #[cold]
    fn add(&mut self, head: Head, read: &[u8]) {
        if self.bytes().is_empty() {
            return self.set(head, read);
        }
        let mut all = Buffer::default();
        all.append(self.bytes());
        all.append(read);
        all.settle(0);
        self.set(Head { foreign: false, ..head }, all.text(0));
    }

    /// Returns true if a member has the name of a property of the type `info`.
    pub(crate) fn shadows(&self, info: &'static TypeInfo) -> bool {
        self.kept().is_some_and(|head| {
            let known = head.foreign && head.info.is_some_and(|noted| std::ptr::eq(noted, info));
            !known && self.members().any(|member| info.find(member.name()).is_some())
        })
    }

    /// The properties that were read as null, by their indices in the type `info`.
    pub(crate) fn null_properties(&self, info: &'static TypeInfo) -> Cow<'_, Indices> {
        match self.kept() {
            Some(head) if head.info.is_some_and(|noted| std::ptr::eq(noted, info)) => Cow::Borrowed(&head.nulls),
            // The value was read as another type, so the indices differ; the names still apply.
            _ => Cow::Owned(self.nulls().filter_map(|name| info.find(name)).collect()),
        }
    }
}

fn parsed(member: Member<'_>) -> (&str, Json) {
    (member.name(), member.value().parse())
}

/// Two values are equal when they have equal members, in any order, and the same nulls.
impl PartialEq for Additional {
    fn eq(&self, other: &Self) -> bool {
        let same_members = || {
            let (left, right) = (self.by_name(), other.by_name());
            left.len() == right.len() && left == right
        };
        self.nulls().eq(other.nulls()) && (self.bytes() == other.bytes() || same_members())
    }
}

impl fmt::Debug for Additional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nulls = self.nulls().map(|name| (name, Json::Null));
        f.debug_map().entries(nulls).entries(self.iter()).finish()
    }
}

impl<K: AsRef<str>, V: Into<Json>> Extend<(K, V)> for Additional {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        let mut all = Buffer::default();
        all.append(self.bytes());
        for (name, value) in members {
            all.push_json(name.as_ref(), &value.into());
        }
        all.settle(0);
        self.set(Head { foreign: false, ..self.head() }, all.text(0));
    }
}

impl<K: AsRef<str>, V: Into<Json>> FromIterator<(K, V)> for Additional {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut additional = Self::new();
        additional.extend(members);
        additional
    }
}

impl<'a> IntoIterator for &'a Additional {
    type Item = (&'a str, Json);
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The members of an [`Additional`], in order.
#[derive(Clone)]
pub struct Iter<'a>(Members<'a>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, Json);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(parsed)
    }
}

impl fmt::Debug for Iter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}
