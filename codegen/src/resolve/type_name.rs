//! Names of types as pages write them, made comparable: with a namespace, and without case.

use crate::schema::QualifiedName;

/// A name whose page states no namespace is in the root namespace.
pub(super) fn with_namespace(name: &QualifiedName, root: &str) -> QualifiedName {
    let namespace =
        if name.namespace.is_empty() || name.namespace.eq_ignore_ascii_case(root) { root } else { &name.namespace };
    QualifiedName::new(namespace, &name.name)
}

/// A name for comparisons.
pub(super) fn folded(name: &QualifiedName) -> String {
    let mut folded = [name.namespace.as_str(), name.name.as_str()].join(".");
    folded.make_ascii_lowercase();
    folded
}
