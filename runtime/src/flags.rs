//! Enum types whose values can have several members at once.

use std::{fmt, ops, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kind::Kind;
use crate::{OpenEnum, Primitive, Scalar, Slot, Value, View, wire};

/// A set of enum members, written as a string of their names separated by commas (OData JSON 4.01,
/// section 7.1).
///
/// It keeps the order and the text it was read from: `"monday, friday"` is written with its space.
/// Two sets are equal when they have the same members. Graph calls such an enum *multivalued* or a
/// *flags* enum.
/// *flags* enum.
///
/// ```
/// use edmark_runtime::{Flags, OpenEnum};
/// # #[derive(Clone, Debug, PartialEq)]
/// # enum Day { Monday, Friday, Other(Box<str>) }
/// # impl OpenEnum for Day {
/// #     fn as_str(&self) -> &str { match self { Self::Monday => "monday", Self::Friday => "friday", Self::Other(name) => name } }
/// #     fn from_name(name: &str) -> Self { match name { "monday" => Self::Monday, "friday" => Self::Friday, _ => Self::Other(name.into()) } }
/// # }
/// let mut days: Flags<Day> = "monday, caturday".into();
/// assert!(days.contains(&Day::Monday));
/// days.insert(Day::Friday);
/// assert_eq!(days.as_str(), "monday,caturday,friday");
/// assert_eq!(days, Flags::from_iter([Day::Friday, Day::Monday, Day::from_name("caturday")]));
/// ```
pub struct Flags<E> {
    members: Vec<E>,
    text: Box<str>,
}

impl<E: OpenEnum> Flags<E> {
    /// Creates an empty set, which is written as an empty string.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text in JSON.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns true if there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Returns true if `member` is in the set.
    pub fn contains(&self, member: &E) -> bool {
        self.position(member.as_str()).is_some()
    }

    /// Adds a member at the end. Returns false if it was in the set already.
    pub fn insert(&mut self, member: E) -> bool {
        let new = self.put(member);
        if new {
            self.spell();
        }
        new
    }

    /// Removes a member. Returns true if it was in the set.
    pub fn remove(&mut self, member: &E) -> bool {
        let position = self.position(member.as_str());
        if let Some(position) = position {
            self.members.remove(position);
            self.spell();
        }
        position.is_some()
    }

    /// The members, in the order in which they are written.
    pub fn iter(&self) -> std::slice::Iter<'_, E> {
        self.members.iter()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|known| known.as_str() == name)
    }

    fn put(&mut self, member: E) -> bool {
        let new = !self.contains(&member);
        if new {
            self.members.push(member);
        }
        new
    }

    fn spell(&mut self) {
        let names: Vec<_> = self.members.iter().map(E::as_str).collect();
        self.text = names.join(",").into();
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Returns true if the texts of two sets have the same members.
pub(crate) fn are_equal(left: &str, right: &str) -> bool {
    let has_all = |set: &str, of: &str| names(of).all(|name| names(set).any(|known| known == name));
    left == right || (has_all(left, right) && has_all(right, left))
}

impl<E: OpenEnum> From<&str> for Flags<E> {
    fn from(text: &str) -> Self {
        let mut flags = Self { members: Vec::new(), text: text.into() };
        for name in names(text) {
            flags.put(E::from_name(name));
        }
        flags
    }
}

impl<E: OpenEnum> FromStr for Flags<E> {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl<E: OpenEnum> From<E> for Flags<E> {
    fn from(member: E) -> Self {
        Self::from_iter([member])
    }
}

impl<E: OpenEnum> Extend<E> for Flags<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, members: I) {
        for member in members {
            self.put(member);
        }
        self.spell();
    }
}

impl<E: OpenEnum> FromIterator<E> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut flags = Self::new();
        flags.extend(members);
        flags
    }
}

impl<E: OpenEnum, const N: usize> From<[E; N]> for Flags<E> {
    fn from(members: [E; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<'a, E> IntoIterator for &'a Flags<E> {
    type Item = &'a E;
    type IntoIter = std::slice::Iter<'a, E>;
    fn into_iter(self) -> Self::IntoIter {
        self.members.iter()
    }
}

impl<E> IntoIterator for Flags<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;
    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<E: OpenEnum> ops::BitOr<E> for Flags<E> {
    type Output = Self;
    fn bitor(mut self, member: E) -> Self {
        self.insert(member);
        self
    }
}

impl<E: OpenEnum> ops::BitOr for Flags<E> {
    type Output = Self;
    fn bitor(mut self, other: Self) -> Self {
        self.extend(other);
        self
    }
}

impl<E: OpenEnum> ops::BitOrAssign<E> for Flags<E> {
    fn bitor_assign(&mut self, member: E) {
        self.insert(member);
    }
}

impl<E> Default for Flags<E> {
    fn default() -> Self {
        Self { members: Vec::new(), text: Box::default() }
    }
}

impl<E: Clone> Clone for Flags<E> {
    fn clone(&self) -> Self {
        Self { members: self.members.clone(), text: self.text.clone() }
    }
}

impl<E: OpenEnum> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        are_equal(&self.text, &other.text)
    }
}

impl<E: OpenEnum> Eq for Flags<E> {}

impl<E> fmt::Debug for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({:?})", self.text)
    }
}

impl<E> fmt::Display for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<E: OpenEnum> Value for Flags<E> {
    type Kind = Self;
}

impl<E: OpenEnum> Kind<Self> for Flags<E> {
    fn blank() -> Self {
        Self::default()
    }
    fn view(value: &Self) -> View<'_> {
        View::Flags(&value.text)
    }
    fn slot(value: &mut Self) -> Slot<'_> {
        Slot::scalar(value)
    }
    fn optional(place: &mut Option<Self>) -> Slot<'_> {
        Slot::scalar(place)
    }
}

impl<E: OpenEnum> Scalar for Flags<E> {
    fn expected(&self) -> &'static str {
        "a string (names of enum members with commas between)"
    }
    fn set(&mut self, value: Primitive<'_>) -> bool {
        match value {
            Primitive::Str(text) => *self = text.into(),
            _ => return false,
        }
        true
    }
}

impl<E: OpenEnum> Serialize for Flags<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        wire::write_value(self, serializer)
    }
}

impl<'de, E: OpenEnum> Deserialize<'de> for Flags<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::read_value(deserializer)
    }
}
