//! The text of `edmark.toml` → [`Options`] and [`Corrections`].
//!
//! Nothing is ignored: an unknown key or value is an error at its position, with the nearest valid
//! key. Keys are written in kebab case; `_` is read as `-`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::Options;
use super::additions::{self, Addition};
use super::corrections::{Corrections, EnumCorrection, PropertyCorrection, TypeCorrection};
use super::error::ConfigError;
use super::selection::Navigation;
use crate::rust_ident;
use crate::schema::{Primitive, QualifiedName, TypeExpr, TypeItem, TypeKind, TypeRef};
use crate::service::protocol::Choice;
use crate::service::{Service, Setting};
use crate::source::{At, FileId, Span};
use crate::user_code::{self, Attributes};

type Key<'t> = Spanned<DeString<'t>>;
type Value<'t> = Spanned<DeValue<'t>>;
type Result<T> = std::result::Result<T, ConfigError>;

const OPTIONS: &[&str] = &[
    "docs",
    "metadata",
    "out",
    "crate",
    "license",
    "runtime-path",
    "with-tests",
    "single-file",
    "file-name",
    "include",
    "exclude",
    "navigation",
    "extern-paths",
    "derives",
    "type-attributes",
    "field-attributes",
    "requests",
    "deny",
    "service",
    "types",
    "enums",
];
const SERVICE: &[&str] = &[
    "name",
    "namespace",
    "root",
    "keys",
    "site",
    "pages",
    "singletons",
    "variable",
    "absent",
    "enums",
    "durations",
    "in-lists",
    "batch-urls",
    "batch-limit",
    "exact-numbers",
    "max-version",
    "consistency",
    "request-id",
    "prefer",
];
const TYPE: &[&str] = &["kind", "base", "abstract", "open", "key", "rename", "exclude", "properties"];
const PROPERTY: &[&str] = &["add", "type", "read-only", "nullable", "rename", "exclude"];
const ENUM: &[&str] = &["members", "add", "remove", "flags", "rename", "exclude"];

/// Reads the text of the configuration at `path`. Relative paths are not changed.
pub(super) fn read(path: &Path, text: &str) -> Result<(Options, Corrections)> {
    let reader = Reader { path, text };
    let table = DeTable::parse(text).map_err(|error| reader.error(error.span().unwrap_or(0..0), error.message()))?;
    let mut options = Options::default();
    let mut corrections = Corrections::default();
    for (key, value) in entries(table.get_ref()) {
        match canonical(key).as_str() {
            "docs" => options.docs = texts(reader.one_or_more(value)?),
            "metadata" => options.metadata = texts(reader.one_or_more(value)?),
            "out" => options.out = Some(reader.string(value)?.value.into()),
            "crate" => options.crate_name = Some(reader.crate_name(value)?),
            "license" => options.license = Some(reader.license(value)?),
            "runtime-path" => options.runtime_path = Some(reader.string(value)?.value.into()),
            "with-tests" => options.with_tests = reader.boolean(value)?.value,
            "single-file" => options.single_file = reader.boolean(value)?.value,
            "file-name" => options.file_name = Some(reader.file_name(value)?),
            "include" => options.selection.include = texts(reader.one_or_more(value)?),
            "exclude" => options.selection.exclude = texts(reader.one_or_more(value)?),
            "navigation" => options.selection.navigation = reader.navigation(value)?,
            "extern-paths" => options.selection.external = reader.extern_paths(value)?,
            "derives" => options.additions.types.append(&mut reader.added(value, Attributes::derive)?),
            "type-attributes" => options.additions.types.append(&mut reader.added(value, Attributes::parse)?),
            "field-attributes" => options.additions.members = reader.added_to_members(value)?,
            "requests" => options.no_requests = !reader.boolean(value)?.value,
            "deny" => options.deny_warnings = reader.deny(value)?,
            "service" => options.service = reader.service(value)?,
            "types" => corrections.types = reader.named(value, Reader::type_correction)?,
            "enums" => corrections.enums = reader.named(value, Reader::enum_correction)?,
            _ => return Err(reader.unknown(key, OPTIONS)),
        }
    }
    Ok((options, corrections))
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn service(&self, value: &Value<'_>) -> Result<Service> {
        let mut service = Service::default();
        for (key, value) in entries(self.table(value)?) {
            match canonical(key).as_str() {
                "name" => service.name = Some(self.setting(value, Setting::Name)?),
                "namespace" => service.namespace = Some(self.setting(value, Setting::Namespace)?),
                "root" => service.root = Some(self.setting(value, Setting::Address)?),
                "keys" => service.keys = Some(self.choice(value)?),
                "site" => service.site = Some(self.setting(value, Setting::Address)?),
                "pages" => service.pages = self.settings(value, Setting::Address)?,
                "singletons" => service.singletons = self.settings(value, Setting::Type)?,
                "variable" => service.variable = Some(self.setting(value, Setting::Name)?),
                "absent" => service.absent = Some(self.choice(value)?),
                "enums" => service.protocol.enums = Some(self.choice(value)?),
                "durations" => service.protocol.durations = Some(self.choice(value)?),
                "in-lists" => service.protocol.in_lists = Some(self.choice(value)?),
                "batch-urls" => service.protocol.batch_urls = Some(self.choice(value)?),
                "batch-limit" => service.protocol.batch_limit = Some(self.count(value)?),
                "exact-numbers" => service.protocol.exact_numbers = Some(self.boolean(value)?.value),
                "max-version" => service.protocol.max_version = Some(self.setting(value, Setting::Version)?),
                "consistency" => service.protocol.consistency = Some(self.setting(value, Setting::Header)?),
                "request-id" => service.protocol.request_id = Some(self.setting(value, Setting::HeaderName)?),
                "prefer" => service.protocol.prefer = Some(self.setting(value, Setting::HeaderValue)?),
                _ => return Err(self.unknown(key, SERVICE)),
            }
        }
        Ok(service)
    }

    fn setting(&self, value: &Value<'_>, setting: Setting) -> Result<String> {
        let text = self.string(value)?.value;
        match setting.accepts(&text) {
            true => Ok(text),
            false => Err(self.expected(value, setting.expected())),
        }
    }

    fn settings(&self, value: &Value<'_>, setting: Setting) -> Result<BTreeMap<String, String>> {
        let entries = entries(self.table(value)?).into_iter();
        entries.map(|(key, value)| Ok((key.get_ref().to_string(), self.setting(value, setting)?))).collect()
    }

    /// Reads the name of one of several choices.
    fn choice<T: Choice>(&self, value: &Value<'_>) -> Result<T> {
        let text = self.string(value)?.value;
        let found = T::NAMES.iter().find(|(name, _)| *name == text);
        found.map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<String> = T::NAMES.iter().map(|(name, _)| format!("{name:?}")).collect();
            let expected = match names.split_last() {
                Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
                _ => names.concat(),
            };
            self.expected(value, &expected)
        })
    }

    fn type_correction(&self, key: &Key<'_>, value: &Value<'_>) -> Result<TypeCorrection> {
        let mut ty = TypeCorrection::new(span(key.span()));
        for (key, value) in entries(self.table(value)?) {
            let name = canonical(key);
            match (name.as_str(), value.get_ref()) {
                ("properties", _) => {
                    for (key, value) in entries(self.table(value)?) {
                        self.add_property(&mut ty, key, value)?;
                    }
                }
                // A table is always a property, even if its name is that of an option, because no
                // option of a type is a table.
                (_, DeValue::Table(_)) => self.add_property(&mut ty, key, value)?,
                ("kind", _) => ty.kind = Some(self.kind(value)?),
                ("base", _) => ty.base = Some(self.base(value)?),
                ("abstract", _) => ty.is_abstract = Some(self.boolean(value)?),
                ("open", _) => ty.is_open = Some(self.boolean(value)?),
                ("key", _) => ty.key = Some(self.strings(value)?),
                ("rename", _) => ty.rename = Some(self.rust_name(value)?),
                ("exclude", _) => ty.exclude = Some(self.boolean(value)?),
                _ => return Err(self.unknown(key, TYPE)),
            }
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
        for (key, value) in entries(self.table(value)?) {
            match canonical(key).as_str() {
                "add" => property.add = Some(self.boolean(value)?),
                "type" => property.ty = Some(self.type_expr(value)?),
                "read-only" => property.read_only = Some(self.boolean(value)?),
                "nullable" => property.nullable = Some(self.boolean(value)?),
                "rename" => property.rename = Some(self.rust_name(value)?),
                "exclude" => property.exclude = Some(self.boolean(value)?),
                _ => return Err(self.unknown(key, PROPERTY)),
            }
        }
        match &property.add {
            Some(add) if add.value && property.ty.is_none() => {
                Err(self.error(add.span.range(), "a property that is added needs a `type`"))
            }
            _ => Ok(property),
        }
    }

    fn enum_correction(&self, key: &Key<'_>, value: &Value<'_>) -> Result<EnumCorrection> {
        let mut found = EnumCorrection::new(span(key.span()));
        for (key, value) in entries(self.table(value)?) {
            match canonical(key).as_str() {
                "members" => found.members = Some(self.strings(value)?),
                "add" => found.add = self.strings(value)?.value,
                "remove" => found.remove = self.strings(value)?.value,
                "flags" => found.is_flags = Some(self.boolean(value)?),
                "rename" => found.rename = Some(self.rust_name(value)?),
                "exclude" => found.exclude = Some(self.boolean(value)?),
                _ => return Err(self.unknown(key, ENUM)),
            }
        }
        Ok(found)
    }

    /// Reads a table whose keys are qualified names.
    fn named<T>(
        &self,
        value: &Value<'_>,
        read: impl Fn(&Self, &Key<'_>, &Value<'_>) -> Result<T>,
    ) -> Result<BTreeMap<QualifiedName, T>> {
        entries(self.table(value)?)
            .into_iter()
            .map(|(key, value)| {
                // An unquoted `[types.microsoft.graph.user]` is read as nested tables, and is
                // reported as an error here.
                let name = self.qualified(key.span(), key.get_ref())?;
                Ok((name, read(self, key, value)?))
            })
            .collect()
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

    fn crate_name(&self, value: &Value<'_>) -> Result<String> {
        let text = self.string(value)?.value;
        match super::is_crate_name(&text) {
            true => Ok(text),
            false => Err(self.expected(
                value,
                "a crate's name: letters, digits, `-` and `_`, no keyword and no crate that is there already",
            )),
        }
    }

    fn license(&self, value: &Value<'_>) -> Result<String> {
        let text = self.string(value)?.value;
        let is_license =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-.+()".contains(c));
        match text.split(' ').all(is_license) {
            true => Ok(text),
            false => Err(self.expected(value, r#"a license as cargo writes them: "MIT OR Apache-2.0""#)),
        }
    }

    fn file_name(&self, value: &Value<'_>) -> Result<String> {
        let text = self.string(value)?.value;
        match super::is_file_name(&text) {
            true => Ok(text),
            false => Err(self.expected(value, "a file's name without a folder")),
        }
    }

    fn navigation(&self, value: &Value<'_>) -> Result<Navigation> {
        let text = self.string(value)?.value;
        let found = Navigation::NAMES.into_iter().find(|(name, _)| *name == text);
        found.map(|(_, navigation)| navigation).ok_or_else(|| self.expected(value, r#""follow", "untyped" or "omit""#))
    }

    fn extern_paths(&self, value: &Value<'_>) -> Result<BTreeMap<String, String>> {
        let entries = entries(self.table(value)?).into_iter();
        let paths = entries.map(|(key, value)| {
            let path = self.string(value)?.value;
            match user_code::check_path(&path) {
                Ok(()) => Ok((key.get_ref().to_string(), path)),
                Err(message) => Err(self.error(value.span(), message)),
            }
        });
        paths.collect()
    }

    /// Reads a table of one or more texts for each name.
    fn added(
        &self,
        value: &Value<'_>,
        parse: impl Fn(&str) -> std::result::Result<Attributes, String>,
    ) -> Result<Vec<Addition>> {
        let mut additions = Vec::new();
        for (key, value) in entries(self.table(value)?) {
            let mut attributes = Attributes::default();
            for text in self.one_or_more(value)? {
                let parsed = parse(&text.value).map_err(|message| self.error(text.span.range(), message))?;
                attributes.add(&parsed);
            }
            additions.push(Addition { name: key.get_ref().to_string(), span: span(key.span()), attributes });
        }
        Ok(additions)
    }

    fn added_to_members(&self, value: &Value<'_>) -> Result<Vec<Addition>> {
        let additions = self.added(value, Attributes::parse_without_derives)?;
        match additions.iter().find(|addition| additions::type_and_member(&addition.name).is_none()) {
            None => Ok(additions),
            Some(addition) => Err(self.error(addition.span.range(), format_args!("expected {}", additions::MEMBER))),
        }
    }

    fn deny(&self, value: &Value<'_>) -> Result<bool> {
        match self.one_or_more(value)?.as_slice() {
            [] => Ok(false),
            [one] if one.value == "warnings" => Ok(true),
            _ => Err(self.expected(value, r#""warnings""#)),
        }
    }

    fn table<'v, 't>(&self, value: &'v Value<'t>) -> Result<&'v DeTable<'t>> {
        value.get_ref().as_table().ok_or_else(|| self.expected(value, "a table"))
    }

    fn string(&self, value: &Value<'_>) -> Result<At<String>> {
        match value.get_ref() {
            DeValue::String(text) => Ok(At::new(text.to_string(), span(value.span()))),
            _ => Err(self.expected(value, "a string")),
        }
    }

    fn boolean(&self, value: &Value<'_>) -> Result<At<bool>> {
        match value.get_ref() {
            DeValue::Boolean(value_) => Ok(At::new(*value_, span(value.span()))),
            _ => Err(self.expected(value, "true or false")),
        }
    }

    /// A whole number from 1 on.
    fn count(&self, value: &Value<'_>) -> Result<u32> {
        let count = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        count.filter(|count| *count > 0).ok_or_else(|| self.expected(value, "a whole number from 1 on"))
    }

    fn strings(&self, value: &Value<'_>) -> Result<At<Vec<At<String>>>> {
        match value.get_ref() {
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.string(item)).collect::<Result<_>>()?;
                Ok(At::new(items, span(value.span())))
            }
            _ => Err(self.expected(value, "an array of strings")),
        }
    }

    fn one_or_more(&self, value: &Value<'_>) -> Result<Vec<At<String>>> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![self.string(value)?]),
            DeValue::Array(_) => Ok(self.strings(value)?.value),
            _ => Err(self.expected(value, "a string or an array of strings")),
        }
    }

    fn unknown(&self, key: &Key<'_>, known: &[&str]) -> ConfigError {
        let hint = nearest(&canonical(key), known.iter().copied());
        self.error(key.span(), format_args!("unknown key `{}`{hint}", key.get_ref()))
    }

    fn expected(&self, value: &Value<'_>, what: &str) -> ConfigError {
        self.error(value.span(), format_args!("expected {what}"))
    }

    fn error(&self, range: Range<usize>, message: impl ToString) -> ConfigError {
        ConfigError::new(self.path, self.text, range, message.to_string())
    }
}

/// The entries in the order of the text, so that the first mistake in the file is the one that is
/// reported.
fn entries<'v, 't>(table: &'v DeTable<'t>) -> Vec<(&'v Key<'t>, &'v Value<'t>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The texts without their positions.
fn texts<T: From<String>>(texts: Vec<At<String>>) -> Vec<T> {
    texts.into_iter().map(|text| text.value.into()).collect()
}

fn canonical(key: &Key<'_>) -> String {
    key.get_ref().replace('_', "-")
}

fn span(range: Range<usize>) -> Span {
    Span::new(FileId::CONFIGURATION, range)
}

/// `; did you mean …?`, or all known names if none is similar.
fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let best = known.clone().map(|name| (strsim::damerau_levenshtein(word, name), name)).min();
    match best {
        Some((distance, name)) if distance <= 1 + name.len() / 3 => {
            format!("; did you mean `{name}`?")
        }
        _ => format!("; known are {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}
