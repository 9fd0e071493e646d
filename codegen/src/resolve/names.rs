//! Makes names on pages and in examples comparable: adds the namespace of a type, and ignores case
//! and marks.

use crate::schema::{QualifiedName, simple_name};

/// Adds the root namespace to a name whose page states no namespace.
pub(super) fn with_namespace(name: &QualifiedName, root: &str) -> QualifiedName {
    let namespace =
        if name.namespace.is_empty() || name.namespace.eq_ignore_ascii_case(root) { root } else { &name.namespace };
    QualifiedName::new(namespace, &name.name)
}

/// The name in a type tag: the part after a `#`, which may follow an address (OData JSON 4.01,
/// section 4.6.3).
pub(super) fn of_tag(tag: &str) -> &str {
    tag.rsplit_once('#').map_or(tag, |(_, name)| name)
}

/// Returns true for the root of all entity types: it declares nothing but the key, and pages need
/// not describe it.
pub(super) fn is_root(ty: &str) -> bool {
    simple_name(ty).eq_ignore_ascii_case("entity")
}

/// The letters and digits of a text, in lower case: the same for `{ship-id}` and `shipId`.
pub(super) fn letters(text: &str) -> String {
    letters_of(text).collect()
}

/// Returns true if two texts have the same letters and digits, in any case.
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    letters_of(one).eq(letters_of(other))
}

fn letters_of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase())
}
