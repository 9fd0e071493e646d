//! The settings of `[service]`: the table of each struct, and the forms of their values.

use std::collections::BTreeMap;

/// Defines the functions of a struct whose fields are settings. A row is a field, its key in
/// `edmark.toml`, and the form of its value, which is a function of [`Values`]. The struct may hold
/// another one, whose settings have keys in the same table. A field without a row does not compile.
macro_rules! settings {
    ($ty:ident { $($field:ident = $key:literal: $form:ident $(($kind:ident))?,)* $(..$held:ident: $held_ty:ident)? }) => {
        impl $ty {
            /// The keys of all settings.
            pub(crate) fn keys() -> Vec<&'static str> {
                #[allow(unused_mut, reason = "the struct may hold no other")]
                let mut keys = vec![$($key),*];
                $(keys.extend($held_ty::keys());)?
                keys
            }

            /// Sets the setting with this key, unless there is none.
            pub(crate) fn set<V: Values>(&mut self, key: &str, value: &V) -> Result<bool, V::Error> {
                match key {
                    $($key => self.$field = value.$form($(Setting::$kind)?)?,)*
                    _ => return Ok(false $(|| self.$held.set(key, value)?)?),
                }
                Ok(true)
            }

            /// All texts with their kinds.
            pub(crate) fn texts(&self) -> Vec<(Setting, &str)> {
                let mut texts = Vec::new();
                $($(texts.extend(self.$field.texts().map(|text| (Setting::$kind, text)));)?)*
                $(texts.extend(self.$held.texts());)?
                texts
            }

            /// These settings, completed by those of a source with less precedence.
            pub(crate) fn completed(self, weaker: Self) -> Self {
                $ty {
                    $($field: Held::completed(self.$field, weaker.$field),)*
                    $($held: self.$held.completed(weaker.$held),)?
                }
            }
        }
    };
}
pub(super) use settings;

/// The values of a source of settings.
pub(crate) trait Values {
    /// Why a value is not one of the setting's.
    type Error;

    fn text(&self, kind: super::Setting) -> Result<Option<String>, Self::Error>;
    fn by_name(&self, kind: super::Setting) -> Result<BTreeMap<String, String>, Self::Error>;
    fn choice<T: super::protocol::Choice>(&self) -> Result<Option<T>, Self::Error>;
    fn boolean(&self) -> Result<Option<bool>, Self::Error>;
    fn count(&self) -> Result<Option<u32>, Self::Error>;
}

/// What a field holds: one value, or texts by name.
pub(super) trait Held: Sized {
    fn completed(self, weaker: Self) -> Self;
}

impl<T> Held for Option<T> {
    fn completed(self, weaker: Self) -> Self {
        self.or(weaker)
    }
}

impl Held for BTreeMap<String, String> {
    fn completed(self, mut weaker: Self) -> Self {
        weaker.extend(self);
        weaker
    }
}

/// The texts in a field.
pub(super) trait Texts {
    fn texts(&self) -> impl Iterator<Item = &str>;
}

impl Texts for Option<String> {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.iter().map(String::as_str)
    }
}

impl Texts for BTreeMap<String, String> {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.values().map(String::as_str)
    }
}
