//! Determines the root namespace of a service that does not state it: the common part of its
//! namespaces.
//!
//! The number of pages in each namespace does not matter, so that more pages in an existing
//! namespace never move the types of another one.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::Schema;

/// The namespaces of a schema, with the number of types in each.
pub(crate) fn all(schema: &Schema) -> BTreeMap<&str, usize> {
    let types = schema.types.iter().map(|ty| &ty.name.value);
    let enums = schema.enums.iter().map(|ty| &ty.name.value);
    let mut counts = BTreeMap::new();
    for name in types.chain(enums).filter(|name| !name.namespace.is_empty()) {
        *counts.entry(name.namespace.as_str()).or_default() += 1;
    }
    counts
}

/// The namespaces that begin with the same part as those of most types. A misspelt namespace on a
/// single page is not among them.
pub(crate) fn largest_family<'n>(namespaces: &BTreeMap<&'n str, usize>) -> BTreeSet<&'n str> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for (namespace, count) in namespaces {
        *sizes.entry(first(namespace).to_ascii_lowercase()).or_default() += count;
    }
    // Of families of the same size, the first by name.
    let largest = sizes.into_iter().rev().max_by_key(|(_, count)| *count);
    let is_in =
        |namespace: &&str| largest.as_ref().is_some_and(|(largest, _)| first(namespace).eq_ignore_ascii_case(largest));
    namespaces.keys().copied().filter(|namespace| is_in(namespace)).collect()
}

fn first(namespace: &str) -> &str {
    namespace.split('.').next().unwrap_or_default()
}

/// The common leading parts of the namespaces; `None` if there are none.
pub(crate) fn root(namespaces: &BTreeMap<&str, usize>) -> Option<String> {
    let family = largest_family(namespaces);
    let mut names = family.into_iter();
    let mut common: Vec<&str> = names.next()?.split('.').collect();
    for name in names {
        let same = common.iter().zip(name.split('.')).take_while(|(one, other)| one.eq_ignore_ascii_case(other));
        common.truncate(same.count());
    }
    Some(common.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_what_namespaces_have_in_common() {
        for (namespaces, common) in [
            (&["zoo"][..], Some("zoo")),
            (&["acme.shop", "acme.shop.orders", "acme.shop.orders.v1"], Some("acme.shop")),
            (&["acme.shop", "acme.store"], Some("acme")),
            (&["acme.shop", "acme.shopping"], Some("acme")),
            (&["Acme.Shop", "acme.shop.orders"], Some("Acme.Shop")),
            (&[], None),
        ] {
            // The result does not depend on the number of types in each.
            for counts in [[1, 9, 1], [9, 1, 1], [1, 1, 9]] {
                let counted: BTreeMap<&str, usize> = namespaces.iter().copied().zip(counts).collect();
                assert_eq!(root(&counted).as_deref(), common, "{counted:?}");
            }
        }
    }

    #[test]
    fn a_slip_moves_nothing() {
        assert_eq!(root(&BTreeMap::from([("zoo", 9), ("zoo.birds", 2), ("zo", 1)])).as_deref(), Some("zoo"));
    }
}
