//! The tables `[types]` and `[enums]`: corrections of wrong pages.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::de::DeValue;

use super::values::{Key, Reader, Result, Value, by_key, canonical, entries, nearest, span};
use crate::config::{ConfigError, Corrections, EnumCorrection, PropertyCorrection, TypeCorrection};
use crate::rust_ident;
use crate::schema::{Primitive, QualifiedName, TypeExpr, TypeItem, TypeKind, TypeRef};
use crate::source::At;

impl Corrections {
    /// Reads the `[types]` and `[enums]` tables of a configuration; other keys of `edmark.toml` are
    /// checked and ignored.
    ///
    /// # Errors
    /// [`ConfigError`] if the text is not TOML, and for a key or value that `edmark.toml` does not
    /// have.
    pub fn parse(path: impl AsRef<Path>, text: &str) -> std::result::Result<Self, ConfigError> {
        super::read(path.as_ref(), text).map(|(_, corrections)| corrections)
    }
}

impl Reader<'_> {
    pub(super) fn type_correction(&self, key: &Key<'_>, value: &Value<'_>) -> Result<TypeCorrection> {
        let mut ty = TypeCorrection::new(span(key.span()));
        for (key, value) in self.options(self.table(value)?)? {
            // A table is always a property, even if its name is that of an option, because no
            // option of a type is a table.
            if value.get_ref().is_table() && canonical(key) != "properties" {
                self.add_property(&mut ty, key, value)?;
                continue;
            }
            by_key!(self, key {
                "kind" => ty.kind = Some(self.kind(value)?),
                "base" => ty.base = Some(self.base(value)?),
                "abstract" => ty.is_abstract = Some(self.boolean(value)?),
                "open" => ty.is_open = Some(self.boolean(value)?),
                "key" => ty.key = Some(self.strings(value)?),
                "rename" => ty.rename = Some(self.rust_name(value)?),
                "exclude" => ty.exclude = Some(self.boolean(value)?),
                "properties" => {
                    for (key, value) in entries(self.table(value)?) {
                        self.add_property(&mut ty, key, value)?;
                    }
                },
            });
        }
        Ok(ty)
    }

    fn add_property(&self, ty: &mut TypeCorrection, key: &Key<'_>, value: &Value<'_>) -> Result<()> {
        let property = self.property_correction(key, value)?;
        match ty.properties.insert(key.get_ref().to_string(), property) {
            None => Ok(()),
            Some(_) => Err(self.error(key.span(), format_args!("property `{}` is corrected twice", key.get_ref()))),
        }
    }

    fn property_correction(&self, key: &Key<'_>, value: &Value<'_>) -> Result<PropertyCorrection> {
        let mut property = PropertyCorrection::new(span(key.span()));
        for (key, value) in self.options(self.table(value)?)? {
            by_key!(self, key {
                "add" => property.add = Some(self.boolean(value)?),
                "type" => property.ty = Some(self.type_expr(value)?),
                "read-only" => property.read_only = Some(self.boolean(value)?),
                "nullable" => property.nullable = Some(self.boolean(value)?),
                "rename" => property.rename = Some(self.rust_name(value)?),
                "exclude" => property.exclude = Some(self.boolean(value)?),
            });
        }
        match &property.add {
            Some(add) if add.value && property.ty.is_none() => {
                Err(self.error(add.span.range(), "a property that is added needs a `type`"))
            }
            _ => Ok(property),
        }
    }

    pub(super) fn enum_correction(&self, key: &Key<'_>, value: &Value<'_>) -> Result<EnumCorrection> {
        let mut found = EnumCorrection::new(span(key.span()));
        for (key, value) in self.options(self.table(value)?)? {
            by_key!(self, key {
                "members" => found.members = Some(self.strings(value)?),
                "add" => found.add = self.strings(value)?.value,
                "remove" => found.remove = self.strings(value)?.value,
                "flags" => found.is_flags = Some(self.boolean(value)?),
                "rename" => found.rename = Some(self.rust_name(value)?),
                "exclude" => found.exclude = Some(self.boolean(value)?),
            });
        }
        Ok(found)
    }

    /// Reads a table whose keys are qualified names.
    pub(super) fn named<T>(
        &self,
        value: &Value<'_>,
        read: impl Fn(&Self, &Key<'_>, &Value<'_>) -> Result<T>,
    ) -> Result<BTreeMap<QualifiedName, T>> {
        let mut named = BTreeMap::new();
        for (key, value) in entries(self.table(value)?) {
            // An unquoted `[types.microsoft.graph.user]` is read as nested tables, and is reported
            // as an error here.
            let name = self.qualified(key.span(), key.get_ref())?;
            named.insert(name, read(self, key, value)?);
        }
        Ok(named)
    }

    fn kind(&self, value: &Value<'_>) -> Result<At<TypeKind>> {
        let text = self.string(value)?;
        match text.value.as_str() {
            "entity" => Ok(At::new(TypeKind::Entity, text.span)),
            "complex" => Ok(At::new(TypeKind::Complex, text.span)),
            _ => Err(self.expected(value, r#""entity" or "complex""#)),
        }
    }

    fn base(&self, value: &Value<'_>) -> Result<At<Option<QualifiedName>>> {
        match value.get_ref() {
            DeValue::Boolean(false) => Ok(At::new(None, span(value.span()))),
            DeValue::String(name) => Ok(At::new(Some(self.qualified(value.span(), name)?), span(value.span()))),
            _ => Err(self.expected(value, "the qualified name of a type, or false for no base type")),
        }
    }

    fn type_expr(&self, value: &Value<'_>) -> Result<At<TypeExpr>> {
        let text = self.string(value)?;
        let inner = text.value.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(&text.value);
        let item = if let Some(primitive) = Primitive::from_edm_name(name) {
            TypeItem::Primitive(primitive)
        } else if name.starts_with("Edm.") || !name.contains('.') {
            let names = Primitive::ALL.iter().map(|primitive| primitive.edm_name());
            let with_namespace = format!("Edm.{}", name.trim_start_matches("Edm."));
            return Err(self.error(
                value.span(),
                format_args!(
                    "`{name}` is neither a primitive type nor a qualified name{}",
                    nearest(&with_namespace, names)
                ),
            ));
        } else {
            self.qualified(value.span(), name)?;
            TypeItem::Named(TypeRef { name: name.to_owned(), target: None, span: text.span })
        };
        Ok(At::new(TypeExpr { item, collection: inner.is_some() }, text.span))
    }

    fn qualified(&self, range: Range<usize>, text: &str) -> Result<QualifiedName> {
        let is_name = |part: &str| {
            part.starts_with(|first: char| first.is_alphabetic() || first == '_')
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        };
        QualifiedName::parse(text).filter(|_| text.split('.').all(is_name)).ok_or_else(|| {
            self.error(
                range,
                format_args!(r#"`{text}` is no qualified name; write it in quotes: "microsoft.graph.user""#),
            )
        })
    }

    fn rust_name(&self, value: &Value<'_>) -> Result<At<String>> {
        let text = self.string(value)?;
        match rust_ident::is_identifier(&text.value) {
            true => Ok(text),
            false => Err(self.expected(value, "a name in Rust that is no keyword")),
        }
    }
}
