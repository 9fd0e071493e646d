//! Determines the root namespace of a service that does not state it: the one that all its other
//! namespaces are below, or else the one with the most types.
//!
//! A service may add a namespace beside its own at any time. The part that both have in common
//! would be another root, and move all types.

use crate::ordered::Map;
use crate::schema::Schema;

/// The namespaces of a schema, with the number of types in each.
pub(crate) fn all(schema: &Schema) -> Map<&str, usize> {
    let types = schema.types.iter().map(|ty| &ty.name.value);
    let enums = schema.enums.iter().map(|ty| &ty.name.value);
    let mut counts = Map::default();
    for name in types.chain(enums).filter(|name| !name.namespace.is_empty()) {
        *counts.get_or_default(name.namespace.as_str()) += 1;
    }
    counts
}

/// The namespaces that begin with the same part as those of most types. A misspelt namespace on a
/// single page is not among them.
pub(crate) fn largest_family<'n>(namespaces: &Map<&'n str, usize>) -> Vec<&'n str> {
    let mut sizes: Map<String, usize> = Map::default();
    for (namespace, count) in namespaces.iter() {
        *sizes.get_or_default(first(namespace).to_ascii_lowercase()) += count;
    }
    // Of families of the same size, the first by name.
    let largest = sizes.into_entries().into_iter().rev().max_by_key(|(_, count)| *count);
    let is_in =
        |namespace: &&str| largest.as_ref().is_some_and(|(largest, _)| first(namespace).eq_ignore_ascii_case(largest));
    namespaces.keys().copied().filter(|namespace| is_in(namespace)).collect()
}

fn first(namespace: &str) -> &str {
    namespace.split('.').next().unwrap_or_default()
}

/// The root of some namespaces; `None` if there are none.
pub(crate) fn root(namespaces: &Map<&str, usize>) -> Option<String> {
    let family = largest_family(namespaces);
    let is_below = |name: &str, root: &str| {
        let mut parts = name.split('.');
        root.split('.').all(|part| parts.next().is_some_and(|own| own.eq_ignore_ascii_case(part)))
    };
    let above_all = family.iter().find(|root| family.iter().all(|name| is_below(name, root)));
    // Of namespaces of the same size, the first by name.
    let largest = || family.iter().rev().max_by_key(|name| namespaces.get(**name));
    above_all.or_else(largest).map(|root| (*root).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted<'n>(namespaces: &[(&'n str, usize)]) -> Map<&'n str, usize> {
        let mut counted = Map::default();
        for (namespace, count) in namespaces {
            counted.get_or_insert_with(*namespace, || *count);
        }
        counted
    }

    #[test]
    fn the_root_is_above_all_others_or_the_largest() {
        for (namespaces, expected) in [
            (&[("zoo", 1)][..], Some("zoo")),
            (&[("acme.shop", 1), ("acme.shop.orders", 9), ("acme.shop.orders.v1", 1)], Some("acme.shop")),
            (&[("acme.shop", 2), ("acme.store", 1)], Some("acme.shop")),
            (&[("acme.shop", 1), ("acme.shopping", 1)], Some("acme.shop")),
            (&[("Acme.Shop", 1), ("acme.shop.orders", 9)], Some("Acme.Shop")),
            (&[], None),
        ] {
            assert_eq!(root(&counted(namespaces)).as_deref(), expected, "{namespaces:?}");
        }
    }

    #[test]
    fn a_slip_moves_nothing() {
        assert_eq!(root(&counted(&[("zoo", 9), ("zoo.birds", 2), ("zo", 1)])).as_deref(), Some("zoo"));
    }
}
