//! The text of `edmark.toml` → [`Options`] and [`Corrections`].
//!
//! Nothing is ignored: an unknown key or value is an error at its position, with the nearest valid
//! key. Keys are written in kebab case; `_` is read as `-`.
//!
//! The values come from `toml` with their positions. serde is not used: it would be three more
//! crates in every build script, and its errors name no nearest key.

mod corrections;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::additions::{self, Addition};
use super::corrections::Corrections;
use super::names;
use super::{ConfigError, Navigation, Options};
use crate::service::protocol::Choice;
use crate::service::settings::Values;
use crate::service::{Service, Setting};
use crate::user_code::{self, Attributes};
use values::{Reader, Result, Value, by_key, canonical, entries, span, texts};

/// Reads the text of the configuration at `path`. Relative paths are not changed.
pub(super) fn read(path: &Path, text: &str) -> Result<(Options, Corrections)> {
    let reader = Reader { path, text };
    let table = DeTable::parse(text).map_err(|error| reader.error(error.span().unwrap_or(0..0), error.message()))?;
    let mut options = Options::default();
    let mut corrections = Corrections::default();
    for (key, value) in reader.options(table.get_ref())? {
        by_key!(reader, key {
            "docs" => options.docs = reader.paths(value)?,
            "metadata" => options.metadata = reader.paths(value)?,
            "out" => options.out = Some(reader.path(value)?),
            "crate" => options.crate_name = Some(reader.crate_name(value)?),
            "license" => options.license = Some(reader.license(value)?),
            "runtime-path" => options.runtime_path = Some(reader.path(value)?),
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
        });
    }
    Ok((options, corrections))
}

impl Reader<'_> {
    fn service(&self, value: &Value<'_>) -> Result<Service> {
        let mut service = Service::default();
        for (key, value) in self.options(self.table(value)?)? {
            if !service.set(&canonical(key), &Said { reader: self, value })? {
                return Err(self.unknown(key, &Service::keys()));
            }
        }
        Ok(service)
    }

    fn path(&self, value: &Value<'_>) -> Result<PathBuf> {
        match self.string(value)?.value {
            path if path.is_empty() => Err(self.expected(value, "a path; `.` is the folder of this file")),
            path => Ok(path.into()),
        }
    }

    fn paths(&self, value: &Value<'_>) -> Result<Vec<PathBuf>> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![self.path(value)?]),
            DeValue::Array(items) => items.iter().map(|item| self.path(item)).collect(),
            _ => Err(self.expected(value, "a string or an array of strings")),
        }
    }

    fn crate_name(&self, value: &Value<'_>) -> Result<String> {
        let text = self.string(value)?.value;
        match names::is_crate_name(&text) {
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
        match names::is_file_name(&text) {
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
        let mut paths = BTreeMap::new();
        for (key, value) in entries(self.table(value)?) {
            let path = self.string(value)?.value;
            user_code::check_path(&path).map_err(|message| self.error(value.span(), message))?;
            paths.insert(key.get_ref().to_string(), path);
        }
        Ok(paths)
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
}

/// The value of a setting of the service.
struct Said<'s, 'r, 't> {
    reader: &'s Reader<'r>,
    value: &'s Value<'t>,
}

impl Said<'_, '_, '_> {
    fn valid(&self, value: &Value<'_>, kind: Setting) -> Result<String> {
        let text = self.reader.string(value)?.value;
        match kind.accepts(&text) {
            true => Ok(text),
            false => Err(self.reader.expected(value, kind.expected())),
        }
    }
}

impl Values for Said<'_, '_, '_> {
    type Error = ConfigError;

    fn text(&self, kind: Setting) -> Result<Option<String>> {
        self.valid(self.value, kind).map(Some)
    }

    fn by_name(&self, kind: Setting) -> Result<BTreeMap<String, String>> {
        let mut texts = BTreeMap::new();
        for (key, value) in entries(self.reader.table(self.value)?) {
            texts.insert(key.get_ref().to_string(), self.valid(value, kind)?);
        }
        Ok(texts)
    }

    fn choice<T: Choice>(&self) -> Result<Option<T>> {
        self.reader.choice(self.value).map(Some)
    }

    fn boolean(&self) -> Result<Option<bool>> {
        self.reader.boolean(self.value).map(|said| Some(said.value))
    }

    fn count(&self) -> Result<Option<u32>> {
        self.reader.count(self.value).map(Some)
    }
}
