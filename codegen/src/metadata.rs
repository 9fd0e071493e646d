//! The service's own metadata in comparison with the pages: the differences, and the paths that the
//! service has.
//!
//! [`compare`] reports each difference at the place of the page that contradicts the metadata.

mod compare;
mod operations;
mod paths;
mod requests;

use std::collections::BTreeMap;

pub use compare::compare;
pub use operations::compare as compare_operations;
pub use requests::compare as compare_requests;

use crate::schema::{
    DeclaredEnum, DeclaredOperation, DeclaredType, EnumSource, MemberKind, QualifiedName, Schema, TypeItem,
};

/// The declarations of the metadata by name: a view of the declared part of a [`Schema`].
///
/// ```
/// use edmark::{metadata::Metadata, pipeline, source::SourceMap};
///
/// let text = r#"{"$Version": "4.01", "sample": {"colour": {"$Kind": "EnumType", "red": 0}}}"#;
/// let sources = SourceMap::with_metadata([], [("metadata.json".to_owned(), text.to_owned())]);
/// let (schema, _) = pipeline::read_metadata(&sources)?;
/// assert_eq!(Metadata::of(&schema).enums.len(), 1);
/// # Ok::<(), edmark::read::csdl::MetadataError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Metadata<'s> {
    /// Entity and complex types.
    pub types: BTreeMap<QualifiedName, &'s DeclaredType>,
    /// Enum types.
    pub enums: BTreeMap<QualifiedName, &'s DeclaredEnum>,
    /// The entity sets, singletons and imports of the entity container (CSDL 4.01, 13): their names
    /// and types.
    container: BTreeMap<&'s str, paths::Value>,
    /// The actions and functions, including all overloads.
    operations: &'s [DeclaredOperation],
}

impl<'s> Metadata<'s> {
    /// The declarations of the metadata in a schema.
    pub fn of(schema: &'s Schema) -> Self {
        let types = schema.types.iter().filter(|ty| ty.is_declared());
        let enums = schema.enums.iter().filter(|ty| ty.source == EnumSource::Metadata);
        let operations = schema.declared_operations.as_slice();
        let value = |kind: &MemberKind| match kind {
            MemberKind::EntitySet(ty) => paths::Value { item: Some(ty.item.clone()), collection: true },
            MemberKind::Singleton(ty) => paths::Value { item: Some(ty.item.clone()), collection: false },
            MemberKind::ActionImport(name) | MemberKind::FunctionImport(name) => {
                let unbound = operations.iter().find(|known| known.name.value == *name && known.binding.is_none());
                unbound.map(paths::returned).unwrap_or_default()
            }
        };
        Metadata {
            types: types.map(|ty| (ty.name.value.clone(), ty)).collect(),
            enums: enums.map(|ty| (ty.name.value.clone(), ty)).collect(),
            container: schema
                .container
                .iter()
                .map(|member| (member.name.value.as_str(), value(&member.kind)))
                .collect(),
            operations,
        }
    }

    /// Returns true if there is no metadata.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.enums.is_empty()
    }

    /// A type and its known base types.
    fn ancestry(&self, name: &QualifiedName) -> Vec<(&QualifiedName, &'s DeclaredType)> {
        let mut chain: Vec<(&QualifiedName, &DeclaredType)> = Vec::new();
        let mut next = self.types.get_key_value(name);
        while let Some((name, ty)) = next {
            // Metadata is input, too: a cycle of base types must not be an endless loop.
            if chain.iter().any(|(known, _)| *known == name) {
                break;
            }
            chain.push((name, *ty));
            next = base(ty).and_then(|base| self.types.get_key_value(&base));
        }
        chain
    }
}

/// The base type that the metadata declares.
fn base(ty: &DeclaredType) -> Option<QualifiedName> {
    QualifiedName::parse(&ty.bases.first()?.base.name)
}

/// The name of a type that is not a primitive type.
fn named(item: &TypeItem) -> Option<QualifiedName> {
    match item {
        TypeItem::Named(name) => QualifiedName::parse(&name.name),
        TypeItem::Primitive(_) | TypeItem::OneOf(_) | TypeItem::Unclear(_) => None,
    }
}
