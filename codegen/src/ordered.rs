//! Sorting and ordered maps that take little time to compile.
//!
//! The standard library compiles its stable sort once for each type of item, and the `collect` of a
//! `BTreeMap`, which sorts first, once for each iterator. Here the sort is compiled once for all
//! types, because it sorts positions; maps are filled one entry at a time.
//!
//! A `BTreeMap` of new types is 20 to 40 kB of machine code without optimization, a `HashMap` 5 kB
//! and a [`Map`] 3 kB: a fifth of the machine code of this crate as a build-dependency was trees.
//! A `HashMap` or a `HashSet` is better where the order of the entries is never seen, and a
//! [`Map`] or [`unique`] where it is and no entry is removed.

mod map;

use std::cmp::Ordering;
use std::collections::BTreeMap;

pub(crate) use map::Map;

/// A stable sort, like the one of slices.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = positions(items.len(), &|one, other| compare(&items[one], &items[other]));
    arrange(order, &mut |one, other| items.swap(one, other));
}

/// A stable sort by a key, which is made for each comparison.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// A stable sort of items by themselves.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, Ord::cmp);
}

/// The items in order, each once.
pub(crate) fn unique<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    sort(&mut items);
    items.dedup();
    items
}

/// The entries as a map. Of entries with the same key, the last one remains.
pub(crate) fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}

/// The positions of the items in the order of the items.
fn positions(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..len).collect();
    positions.sort_by(|one, other| compare(*one, *other));
    positions
}

/// Brings to each place the item that was at the position `order` has there, along the cycles of
/// the permutation.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        while order[place] != start {
            let next = order[place];
            swap(place, next);
            order[place] = place;
            place = next;
        }
        order[place] = place;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_slices_do(items: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn the_last_entry_of_a_key_remains() {
        assert_eq!(map([("b", 1), ("a", 2), ("b", 3)]), BTreeMap::from([("a", 2), ("b", 3)]));
    }
}
