//! The definition that the text types share.

use std::fmt;

/// A text that is not valid for its type. The error occurs when the text is parsed or put into a
/// URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InvalidText {
    kind: &'static str,
    text: Box<str>,
}

impl InvalidText {
    pub(crate) fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.into() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}", self.text, self.kind)
    }
}

impl std::error::Error for InvalidText {}

/// Defines a primitive type that keeps its JSON string.
macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident, $expected:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $crate::Value for $name {
            type Kind = Self;
        }

        impl $crate::kind::Kind<Self> for $name {
            fn blank() -> Self {
                Self(Box::default())
            }
            #[inline]
            fn view(value: &Self) -> $crate::View<'_> {
                $crate::View::Str(&value.0)
            }
            fn slot(value: &mut Self) -> $crate::Slot<'_> {
                $crate::Slot::scalar(value)
            }
            #[inline]
            fn optional(place: &mut Option<Self>) -> $crate::Slot<'_> {
                $crate::Slot::scalar(place)
            }
        }

        impl $crate::Scalar for $name {
            fn expected(&self) -> &'static str {
                $expected
            }
            fn set(&mut self, value: $crate::Primitive<'_>) -> bool {
                match value {
                    $crate::Primitive::Str(text) => self.0 = text.into(),
                    _ => return false,
                }
                true
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        $crate::value_for::stand_for! { $name: &str, String; }

        impl $crate::ValueFor<$name> for &String {
            fn into_value(self) -> $name {
                self.as_str().into()
            }
        }

        $crate::edm::text::text_impls!($name);
    };
}

/// The implementations for types whose `self.0` is the text, and `From<&str>`.
macro_rules! text_impls {
    ($name:ident) => {
        impl $name {
            /// The text in JSON.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                text.as_str().into()
            }
        }

        impl From<&$name> for $name {
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::write_value(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::read_value(deserializer)
            }
        }
    };
}

pub(crate) use {text_impls, text_type};
