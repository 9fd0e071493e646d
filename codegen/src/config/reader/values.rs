//! The values of a TOML document with their positions, and errors that name a position.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::config::ConfigError;
use crate::hashing::HashSet;
use crate::nearest::hint;
use crate::ordered;
use crate::service::protocol::Choice;
use crate::source::{At, FileId, Span};

pub(super) type Key<'t> = Spanned<DeString<'t>>;
pub(super) type Value<'t> = Spanned<DeValue<'t>>;
pub(super) type Entries<'v, 't> = Vec<(&'v Key<'t>, &'v Value<'t>)>;
pub(super) type Result<T> = std::result::Result<T, ConfigError>;

/// Reads the value of a key as the line with its name says. Any other key is an error that names
/// the nearest of these.
macro_rules! by_key {
    ($reader:ident, $key:ident { $($name:literal => $read:expr,)* }) => {
        match canonical($key).as_str() {
            $($name => $read,)*
            _ => return Err($reader.unknown($key, &[$($name),*])),
        }
    };
}
pub(super) use by_key;

/// The document, for the positions in errors.
pub(super) struct Reader<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Reader<'_> {
    pub(super) fn table<'v, 't>(&self, value: &'v Value<'t>) -> Result<&'v DeTable<'t>> {
        value.get_ref().as_table().ok_or_else(|| self.expected(value, "a table"))
    }

    /// The entries of a table of options. The two spellings of a key are one key, which TOML does
    /// not know.
    pub(super) fn options<'v, 't>(&self, table: &'v DeTable<'t>) -> Result<Entries<'v, 't>> {
        let entries = entries(table);
        let mut seen = HashSet::default();
        for (key, value) in &entries {
            if !value.get_ref().is_table() && !seen.insert(canonical(key)) {
                return Err(self.error(key.span(), format_args!("`{}` is set twice", canonical(key))));
            }
        }
        Ok(entries)
    }

    pub(super) fn string(&self, value: &Value<'_>) -> Result<At<String>> {
        match value.get_ref() {
            DeValue::String(text) => Ok(At::new(text.to_string(), span(value.span()))),
            _ => Err(self.expected(value, "a string")),
        }
    }

    pub(super) fn boolean(&self, value: &Value<'_>) -> Result<At<bool>> {
        match value.get_ref() {
            DeValue::Boolean(value_) => Ok(At::new(*value_, span(value.span()))),
            _ => Err(self.expected(value, "true or false")),
        }
    }

    /// A whole number from 1 on.
    pub(super) fn count(&self, value: &Value<'_>) -> Result<u32> {
        let count = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        count.filter(|count| *count > 0).ok_or_else(|| self.expected(value, "a whole number from 1 on"))
    }

    pub(super) fn strings(&self, value: &Value<'_>) -> Result<At<Vec<At<String>>>> {
        match value.get_ref() {
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.string(item)).collect::<Result<_>>()?;
                Ok(At::new(items, span(value.span())))
            }
            _ => Err(self.expected(value, "an array of strings")),
        }
    }

    pub(super) fn one_or_more(&self, value: &Value<'_>) -> Result<Vec<At<String>>> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![self.string(value)?]),
            DeValue::Array(_) => Ok(self.strings(value)?.value),
            _ => Err(self.expected(value, "a string or an array of strings")),
        }
    }

    pub(super) fn unknown(&self, key: &Key<'_>, known: &[&str]) -> ConfigError {
        let hint = nearest(&canonical(key), known.iter().copied());
        self.error(key.span(), format_args!("unknown key `{}`{hint}", key.get_ref()))
    }

    pub(super) fn expected(&self, value: &Value<'_>, what: &str) -> ConfigError {
        self.error(value.span(), format_args!("expected {what}"))
    }

    pub(super) fn error(&self, range: Range<usize>, message: impl ToString) -> ConfigError {
        ConfigError::new(self.path, self.text, range, message.to_string())
    }

    /// Reads the name of one of several choices.
    pub(super) fn choice<T: Choice>(&self, value: &Value<'_>) -> Result<T> {
        let text = self.string(value)?.value;
        if let Some((_, choice)) = T::NAMES.iter().find(|(name, _)| *name == text) {
            return Ok(*choice);
        }
        Err(self.none_of(value, T::NAMES.iter().map(|(name, _)| *name).collect()))
    }

    /// The error of a value that is none of these names.
    fn none_of(&self, value: &Value<'_>, names: Vec<&str>) -> ConfigError {
        let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        let expected = match names.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => names.concat(),
        };
        self.expected(value, &expected)
    }
}

/// The entries in the order of the text, so that the first mistake in the file is the one that is
/// reported.
pub(super) fn entries<'v, 't>(table: &'v DeTable<'t>) -> Entries<'v, 't> {
    let mut entries: Vec<_> = table.iter().collect();
    ordered::sort_by_key(&mut entries, |(key, _)| key.span().start);
    entries
}

/// The texts without their positions.
pub(super) fn texts<T: From<String>>(texts: Vec<At<String>>) -> Vec<T> {
    texts.into_iter().map(|text| text.value.into()).collect()
}

pub(super) fn canonical(key: &Key<'_>) -> String {
    key.get_ref().replace('_', "-")
}

pub(super) fn span(range: Range<usize>) -> Span {
    Span::new(FileId::CONFIGURATION, range)
}

/// `; did you mean …?`, or all known names if none is similar.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    match crate::nearest::nearest(word, known.clone().map(str::to_owned)) {
        Some(name) => hint(Some(&name)),
        None => format!("; known are {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}
