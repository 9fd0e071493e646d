//! Makes type names on pages and in examples comparable: adds the namespace, and ignores case.

use crate::schema::QualifiedName;

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

/// The name in a form for comparisons.
pub(super) fn folded(name: &QualifiedName) -> String {
    let mut folded = [name.namespace.as_str(), name.name.as_str()].join(".");
    folded.make_ascii_lowercase();
    folded
}
