//! Members of a JSON object that are not documented properties, and the names of the documented
//! properties that were null.

mod name;

use std::borrow::Cow;
use std::fmt;

use serde_json::Map;
use serde_json::value::RawValue;
use smallvec::SmallVec;

pub(crate) use self::name::{Name, Seen};
use crate::{Json, TypeInfo, wire::Indices};

/// The contents of a JSON object other than its documented properties. They are kept so that they
/// can be written back.
///
/// These are: members the pages do not describe, control information and annotations
/// (`@odata.type`, `@odata.etag`, `members@odata.nextLink`; OData JSON 4.01, section 4.6),
/// documented collections that cannot be typed because an element is null, and which documented
/// properties were null. It takes the space of one pointer, and allocates only when there is
/// something to keep.
///
/// Members keep their order. If a name occurs twice in an object, the last value is used, as in
/// [`Json`].
///
/// ```
/// use edmark_runtime::{Additional, Json};
///
/// let mut additional = Additional::new();
/// additional.insert("@odata.etag", "W/\"1\"");
/// additional.insert("extension_shoeSize", 43);
/// assert_eq!(additional.etag(), Some("W/\"1\""));
/// assert_eq!(additional.get("extension_shoeSize"), Some(&Json::from(43)));
/// assert_eq!(size_of::<Additional>(), size_of::<usize>());
/// ```
#[derive(Clone, Default)]
pub struct Additional(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    /// The type this value was read as. The indices in `nulls` and the flag `foreign` refer to its
    /// properties.
    info: Option<&'static TypeInfo>,
    nulls: Indices,
    /// True if no member has the name of a property of the type. The reader knows this and sets it;
    /// while it is false, the writer has to compare the names itself.
    foreign: bool,
    members: Members,
}

/// A member that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: Name,
    pub(crate) value: Json,
    /// The source text, if a number in it does not fit into [`Json`] without rounding.
    pub(crate) text: Option<Box<RawValue>>,
}

impl Member {
    pub(crate) fn new(name: impl Into<Name>, value: Json) -> Self {
        Self { name: name.into(), value, text: None }
    }
}

/// The source text follows from the value, or says the same in more digits.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

/// Most objects have one or two members, such as an `@odata.id` and an `@odata.etag`, or an
/// extension. These need no allocation of their own.
pub(crate) type Members = SmallVec<[Member; 2]>;

impl Additional {
    /// Returns an empty value: no members and no nulls.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns true if there is no member and no documented property was null.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.as_deref().is_none_or(|kept| kept.members.is_empty() && kept.nulls.is_empty())
    }

    /// The number of members. Documented properties that were null are not members.
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// The member called `name`.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.member(name).map(|member| &member.value)
    }

    /// Returns true if there is a member called `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a member, or replaces the one of that name and returns its value.
    ///
    /// A member with the name of a documented property is written only while that property is
    /// `None`; so `additional.insert("jobTitle", Json::Null)` sends a null for it.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Option<Json> {
        let new = Member::new(name.into(), value.into());
        let kept = self.kept();
        kept.foreign = false;
        match kept.members.iter_mut().find(|member| member.name == new.name) {
            Some(old) => Some(std::mem::replace(old, new).value),
            None => {
                kept.members.push(new);
                None
            }
        }
    }

    /// Removes a member and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let members = &mut self.0.as_deref_mut()?.members;
        let index = members.iter().position(|member| *member.name == *name)?;
        Some(members.remove(index).value)
    }

    /// The source text of a member that has a number with more digits than [`Json`] holds. The
    /// member is written with this text, so no digit is lost.
    ///
    /// ```
    /// # use edmark_runtime::Single;
    /// let sent = r#"{"value":1,"total":12345678901234567890.1230}"#;
    /// let read: Single<i32> = serde_json::from_str(sent)?;
    /// assert_eq!(read.additional.exact("total"), Some("12345678901234567890.1230"));
    /// assert_eq!(serde_json::to_string(&read)?, sent);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn exact(&self, name: &str) -> Option<&str> {
        self.member(name)?.text.as_deref().map(RawValue::get)
    }

    /// Removes all members and forgets all nulls.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// The members, in the order they came in.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.members().iter())
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
    pub fn annotations(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.iter().filter(|(name, _)| name.contains('@'))
    }

    /// The annotation `term` of a property: `annotation("members", "odata.nextLink")` is
    /// `members@odata.nextLink`. The property `""` stands for the value itself.
    pub fn annotation(&self, property: &str, term: &str) -> Option<&Json> {
        self.iter()
            .find(|(name, _)| name.strip_prefix(property).and_then(|rest| rest.strip_prefix('@')) == Some(term))
            .map(|(_, value)| value)
    }

    /// The values that were sent for documented properties but are not of their types. These
    /// properties are `None`, and the values are written back unchanged. With
    /// [`strictly`](crate::strictly) such a value is an error instead.
    ///
    /// ```
    /// # use edmark_runtime::{Collection, Json};
    /// let sent = r#"{"value": [{"@odata.count": "two", "value": ["a", "b"]}]}"#;
    /// let lists: Collection<Collection<String>> = serde_json::from_str(sent)?;
    /// let misfits: Vec<(&str, &Json)> = lists.value[0].additional.misfits().collect();
    /// assert_eq!(misfits, [("@odata.count", &Json::from("two"))]);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn misfits(&self) -> impl Iterator<Item = (&str, &Json)> {
        let info = self.0.as_deref().and_then(|kept| kept.info.filter(|_| !kept.foreign));
        self.iter().filter(move |(name, _)| info.is_some_and(|info| info.find(name).is_some()))
    }

    /// Returns true if the documented property `name` was read as null, as opposed to left out.
    ///
    /// A property that has a value now is written with its value, whatever it was read as.
    pub fn is_null(&self, name: &str) -> bool {
        self.0.as_deref().is_some_and(|kept| {
            kept.info.and_then(|info| info.find(name)).is_some_and(|index| kept.nulls.contains(index))
        })
    }

    /// The documented properties that were read as null, sorted.
    pub fn nulls(&self) -> impl Iterator<Item = &'static str> {
        let kept = self.0.as_deref();
        let mut from = 0;
        std::iter::from_fn(move || {
            let index = kept?.nulls.next(from);
            from = index.saturating_add(1);
            kept?.info?.properties().get(index).copied()
        })
    }

    /// Forgets that a documented property was null, so that it is left out when written. Returns
    /// true if it was null.
    pub fn forget_null(&mut self, name: &str) -> bool {
        let Some(kept) = self.0.as_deref_mut() else {
            return false;
        };
        kept.info.and_then(|info| info.find(name)).is_some_and(|index| kept.nulls.remove(index))
    }

    fn control(&self, name: &str, short: &str) -> Option<&str> {
        // Services of OData 4.01 may leave out the prefix `odata.`; Graph does not.
        self.get(name).or_else(|| self.get(short)).and_then(Json::as_str)
    }

    fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| *member.name == *name)
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }
}

/// The methods for the reader and the writer.
impl Additional {
    /// The members, in the order they came in.
    pub(crate) fn members(&self) -> &[Member] {
        self.0.as_deref().map_or(&[], |kept| &kept.members)
    }

    /// Adds a member without looking for one of the same name; [`Additional::settle`] does that
    /// once for all.
    pub(crate) fn append(&mut self, member: Member) {
        self.kept().members.push(member);
    }

    /// Of members with the same name, keeps the last one. If there are many members, they are
    /// looked up in a map, because comparing each with each would take quadratic time.
    pub(crate) fn settle(&mut self) {
        const FEW: usize = 12;
        let Some(kept) = self.0.as_deref_mut() else {
            return;
        };
        let members = &mut kept.members;
        if members.len() < 2 {
            return;
        }
        let repeats = members.len() > FEW
            || (1..members.len()).any(|later| members[..later].iter().any(|member| member.name == members[later].name));
        if repeats {
            // A `serde_json::Map`, because every program has its code anyway. Another map type
            // would add code to each program for input that hardly occurs.
            let mut last = Map::new();
            for (position, member) in members.iter().enumerate() {
                last.insert(member.name.to_string(), position.into());
            }
            let mut position = 0;
            members.retain(|member| {
                position += 1;
                last.get(&*member.name).is_some_and(|last| *last == position - 1)
            });
        }
    }

    /// Records the type that was read, the properties that were null and the value of `foreign`.
    pub(crate) fn note(&mut self, info: &'static TypeInfo, nulls: Indices, foreign: bool) {
        let kept = self.kept();
        kept.info = Some(info);
        kept.nulls = nulls;
        kept.foreign = foreign;
    }

    /// Returns true if a member has the name of a property of the type `info`.
    pub(crate) fn shadows(&self, info: &'static TypeInfo) -> bool {
        self.0.as_deref().is_some_and(|kept| {
            let known = kept.foreign && kept.info.is_some_and(|noted| std::ptr::eq(noted, info));
            !known && kept.members.iter().any(|member| info.find(&member.name).is_some())
        })
    }

    /// The properties that were read as null, by their indices in the type `info`.
    pub(crate) fn null_properties(&self, info: &'static TypeInfo) -> Cow<'_, Indices> {
        match self.0.as_deref() {
            Some(kept) if kept.info.is_some_and(|noted| std::ptr::eq(noted, info)) => Cow::Borrowed(&kept.nulls),
            // The value was read as another type, so the indices differ; the names still apply.
            _ => Cow::Owned(self.nulls().filter_map(|name| info.find(name)).collect()),
        }
    }

    /// Empties this value and returns its members and the names of its nulls.
    pub(crate) fn take(&mut self) -> (Members, Vec<&'static str>) {
        let nulls = self.nulls().collect();
        (self.0.take().map(|kept| kept.members).unwrap_or_default(), nulls)
    }
}

fn by_name(members: &[Member]) -> Vec<&Member> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by(|left, right| (*left.name).cmp(&right.name));
    sorted
}

/// Two values are equal when they have equal members, in any order, and the same nulls.
impl PartialEq for Additional {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.members(), other.members());
        let same_members = || {
            if left.len() != right.len() {
                return false;
            }
            if left == right {
                return true;
            }
            by_name(left) == by_name(right)
        };
        self.nulls().eq(other.nulls()) && same_members()
    }
}

impl fmt::Debug for Additional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nulls = self.nulls().map(|name| (name, &Json::Null));
        f.debug_map().entries(nulls).entries(self.iter()).finish()
    }
}

impl<K: Into<Cow<'static, str>>, V: Into<Json>> Extend<(K, V)> for Additional {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        for (name, value) in members {
            self.append(Member::new(name.into(), value.into()));
        }
        if let Some(kept) = self.0.as_deref_mut() {
            kept.foreign = false;
        }
        self.settle();
    }
}

impl<K: Into<Cow<'static, str>>, V: Into<Json>> FromIterator<(K, V)> for Additional {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut additional = Self::new();
        additional.extend(members);
        additional
    }
}

impl<'a> IntoIterator for &'a Additional {
    type Item = (&'a str, &'a Json);
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The members of an [`Additional`], in order.
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::slice::Iter<'a, Member>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Json);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|member| (&*member.name, &member.value))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}
