//! A map in the order of its keys. Search and insertion are compiled once for all types.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::arrange;

/// A map in the order of its keys, of which no entry is removed.
#[derive(Clone, Debug)]
pub(crate) struct Map<K, V> {
    /// In the order in which they came.
    entries: Vec<(K, V)>,
    order: Order,
}

impl<K: Ord, V> Map<K, V> {
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, Gap>
    where
        K: Borrow<Q>,
    {
        self.order.find(&|position| self.entries[position].0.borrow().cmp(key))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|position| &self.entries[position].1)
    }

    /// The value of a key, which is set if the key is new.
    pub(crate) fn get_or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let position = match self.find(&key) {
            Ok(position) => position,
            Err(gap) => {
                self.order.insert(gap, self.entries.len());
                self.entries.push((key, value()));
                self.entries.len() - 1
            }
        };
        &mut self.entries[position].1
    }

    /// The value of a key, which is the default value if the key is new.
    pub(crate) fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.get_or_insert_with(key, V::default)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.order.runs.iter().flatten().map(|position| {
            let (key, value) = &self.entries[*position];
            (key, value)
        })
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.order.runs.iter().flatten().map(|position| &self.entries[*position].0)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.order.runs.iter().flatten().map(|position| &self.entries[*position].1)
    }

    /// The entries in the order of their keys.
    pub(crate) fn into_entries(self) -> Vec<(K, V)> {
        let Map { mut entries, order } = self;
        arrange(order.runs.concat(), &mut |one, other| entries.swap(one, other));
        entries
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { entries: Vec::new(), order: Order::default() }
    }
}

/// As the entries of a `BTreeMap` are hashed.
impl<K: Ord + Hash, V: Hash> Hash for Map<K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.entries.len().hash(state);
        for entry in self.iter() {
            entry.hash(state);
        }
    }
}

/// The order of the entries: their positions, in runs, so that an insertion moves few of them.
#[derive(Clone, Debug, Default)]
struct Order {
    /// None is empty.
    runs: Vec<Vec<usize>>,
}

/// The place of a new entry: the run, and the place in it.
type Gap = (usize, usize);

/// The length from which a run becomes two.
const LONG: usize = 256;

impl Order {
    /// The position of an entry. `compare` tells on which side of it the entry at a position is.
    fn find(&self, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, Gap> {
        let is_before = |run: &Vec<usize>| run.last().is_some_and(|last| compare(*last).is_lt());
        let run = self.runs.partition_point(is_before);
        let positions = self.runs.get(run).map_or(&[][..], Vec::as_slice);
        match positions.binary_search_by(|position| compare(*position)) {
            Ok(place) => Ok(positions[place]),
            Err(place) => Err((run, place)),
        }
    }

    fn insert(&mut self, (run, place): Gap, position: usize) {
        // Behind all others.
        if run == self.runs.len() {
            match self.runs.last_mut() {
                Some(last) if last.len() < LONG => last.push(position),
                _ => self.runs.push(vec![position]),
            }
            return;
        }
        let positions = &mut self.runs[run];
        positions.insert(place, position);
        if positions.len() >= LONG {
            let behind = positions.split_off(LONG / 2);
            self.runs.insert(run + 1, behind);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn has_the_entries_of_a_tree(keys in prop::collection::vec(0_u16..2000, 0..4000)) {
            let mut ours: Map<u16, Vec<usize>> = Map::default();
            let mut theirs: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
            for (index, key) in keys.into_iter().enumerate() {
                ours.get_or_default(key).push(index);
                theirs.entry(key).or_default().push(index);
            }
            for key in 0..2000 {
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
            }
            prop_assert!(ours.iter().eq(&theirs));
            prop_assert!(ours.keys().rev().eq(theirs.keys().rev()));
            prop_assert!(ours.values().eq(theirs.values()));
            prop_assert_eq!(ours.into_entries(), theirs.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn sorted_keys_fill_their_runs() {
        let mut map: Map<usize, ()> = Map::default();
        for key in 0..10 * LONG {
            map.get_or_default(key);
        }
        assert_eq!(map.order.runs.len(), 10);
    }
}
