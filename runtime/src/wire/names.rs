//! A hash table from the names of properties to their indices. There is one for each type, created
//! when the type is first read.
//!
//! Each member of a document needs one lookup, in the order of the service. The length and both
//! ends of a name differ for nearly all names of a type, so with a hash of these a lookup is one
//! comparison; a binary search of the sorted names takes five or six.

use std::sync::OnceLock;

use crate::Json;

/// The names of a type's properties, and their positions.
#[derive(Debug)]
pub(crate) struct Names {
    /// All names, separated by blanks. One text needs one relocation; a list of texts would need
    /// one for each name.
    text: &'static str,
    table: OnceLock<Table>,
}

/// What is looked up in: made when a type is first used.
#[derive(Debug)]
pub(crate) struct Table {
    names: Box<[&'static str]>,
    /// A table with open addressing. Its length is a power of two, and at least half of it is free.
    places: Box<[Place]>,
    /// What compact JSON has before the value of each property: `,"name":`.
    keys: OnceLock<Box<[Box<str>]>>,
}

/// What one look at the table has to know about a name.
#[derive(Clone, Debug)]
struct Place {
    ends: Ends,
    position: usize,
}

impl Place {
    /// No name is as long as this says.
    const FREE: Self = Self { ends: Ends { length: usize::MAX, first: 0, last: 0 }, position: 0 };
}

impl Names {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    #[inline]
    pub(crate) fn table(&self) -> &Table {
        self.table.get_or_init(|| Table::new(self.text))
    }

    /// All names in the order of their positions.
    #[inline]
    pub(crate) fn all(&self) -> &[&'static str] {
        &self.table().names
    }

    /// For each property, a comma, its name as JSON, and a colon.
    #[inline]
    pub(crate) fn keys(&self) -> &[Box<str>] {
        let table = self.table();
        table.keys.get_or_init(|| table.new_keys())
    }
}

impl Table {
    /// The position of `name`.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let ends = Ends::of(name.as_bytes());
        let mask = self.places.len().wrapping_sub(1);
        let mut at = ends.hash() & mask;
        while let Some(place) = self.places.get(at) {
            if place.ends == ends && (ends.length <= Ends::WHOLE || self.names.get(place.position) == Some(&name)) {
                return Some(place.position);
            }
            if place.ends.length == Place::FREE.ends.length {
                break;
            }
            at = (at + 1) & mask;
        }
        None
    }

    #[cold]
    fn new(text: &'static str) -> Self {
        let names: Box<[_]> = text.split_ascii_whitespace().collect();
        let length = (2 * names.len()).next_power_of_two();
        let mut places = vec![Place::FREE; length].into_boxed_slice();
        for (position, name) in names.iter().enumerate() {
            let ends = Ends::of(name.as_bytes());
            let mut at = ends.hash() & (length - 1);
            while places[at].ends.length != Place::FREE.ends.length {
                at = (at + 1) & (length - 1);
            }
            places[at] = Place { ends, position };
        }
        Self { names, places, keys: OnceLock::new() }
    }

    #[cold]
    fn new_keys(&self) -> Box<[Box<str>]> {
        self.names.iter().map(|name| format!(",{}:", Json::from(*name)).into()).collect()
    }
}

/// The length and both ends of a name. They are all of a name that is not long, so comparing them
/// is enough, and faster than a call of `memcmp`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ends {
    length: usize,
    first: u64,
    last: u64,
}

impl Ends {
    /// Names up to this length are equal if their ends are.
    const WHOLE: usize = 2 * size_of::<u64>();

    #[inline]
    fn of(name: &[u8]) -> Self {
        let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (name.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
            },
        };
        Self { length: name.len(), first, last }
    }

    /// The hash is not resistant to attacks and need not be: the table contains only documented
    /// names, so a hostile name costs a few comparisons at most.
    #[inline]
    fn hash(&self) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15; // 2^64 divided by the golden ratio
        let mixed = (self.first ^ self.last.rotate_left(29) ^ self.length as u64).wrapping_mul(SPREAD);
        (mixed >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names = Names::new("a ab b id mail mailNickname onPremisesDomainName onPremisesSamName");
        assert_eq!(names.all().len(), 8);
        for (position, name) in names.all().iter().enumerate() {
            assert_eq!(names.table().find(name), Some(position), "{name}");
        }
        for name in ["", "c", "ba", "Mail", "mailnickname", "onPremisesXXmainName", "onPremisesDomainNames"] {
            assert_eq!(names.table().find(name), None, "{name}");
        }
        assert_eq!(Names::new("").table().find("id"), None);
    }

    #[test]
    fn names_of_one_hash_are_told_apart() {
        let alike: String = (0..200).map(|n| format!("property{n:03}PropertyName ")).collect();
        let names = Names::new(alike.leak());
        assert!(names.all().iter().enumerate().all(|(position, name)| names.table().find(name) == Some(position)));
        assert_eq!(names.table().find("property200PropertyName"), None);
    }
}
