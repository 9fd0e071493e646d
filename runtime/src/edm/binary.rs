//! `Edm.Binary`, `Edm.Stream` and `Edm.Guid`

use super::base64;
use super::text::text_type;
use crate::value_for::stand_for;
use crate::{InvalidText, ValueFor};

text_type! {
    /// `Edm.Binary`: bytes, as base64. OData asks for the URL-safe alphabet (OData JSON 4.01,
    /// section 7.1), Graph sends the standard one; both are read.
    ///
    /// `Vec<u8>: TryFrom<&Binary>` decodes and `Binary: From<&[u8]>` encodes (standard alphabet,
    /// with padding).
    Binary, "a string (base64)"
}

text_type! {
    /// `Edm.Stream`: a property whose content has an address of its own. The JSON value, if there
    /// is one, is the content in base64; the address is in `additional`, as
    /// `logo@odata.mediaReadLink` (OData JSON 4.01, section 4.6.14).
    Stream, "a string (base64)"
}

text_type! {
    /// `Edm.Guid`: `01234567-89ab-cdef-0123-456789abcdef`. With the feature `uuid`, it converts
    /// from and to `uuid::Uuid`.
    ///
    /// ```
    /// use edmark_runtime::Guid;
    /// let id: Guid = serde_json::from_str("\"datetime-or-guid-placeholder\"")?; // kept as it is: parsed only on demand
    /// assert_eq!(id, "datetime-or-guid-placeholder");
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    Guid, "a string (a GUID)"
}

/// Conversions from and to bytes, with the standard alphabet and padding.
macro_rules! bytes {
    ($($name:ident)*) => {$(
        impl TryFrom<&$name> for Vec<u8> {
            type Error = InvalidText;
            fn try_from(value: &$name) -> Result<Self, InvalidText> {
                base64::decode(value.as_str()).ok_or_else(|| InvalidText::new("base64", value.as_str()))
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                base64::encode(bytes).into()
            }
        }

        impl<const N: usize> From<[u8; N]> for $name {
            fn from(bytes: [u8; N]) -> Self {
                bytes.as_slice().into()
            }
        }

        impl<const N: usize> From<&[u8; N]> for $name {
            fn from(bytes: &[u8; N]) -> Self {
                bytes.as_slice().into()
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                bytes.as_slice().into()
            }
        }

        impl From<&Vec<u8>> for $name {
            fn from(bytes: &Vec<u8>) -> Self {
                bytes.as_slice().into()
            }
        }

        stand_for! { $name: &[u8], Vec<u8>, &Vec<u8>; }

        impl<const N: usize> ValueFor<$name> for [u8; N] {
            fn into_value(self) -> $name {
                self.into()
            }
        }

        impl<const N: usize> ValueFor<$name> for &[u8; N] {
            fn into_value(self) -> $name {
                self.into()
            }
        }
    )*};
}

bytes! { Binary Stream }

#[cfg(feature = "uuid")]
mod uuid {
    use uuid::Uuid;

    use super::Guid;
    use crate::InvalidText;

    impl TryFrom<&Guid> for Uuid {
        type Error = InvalidText;
        fn try_from(value: &Guid) -> Result<Self, InvalidText> {
            value.as_str().parse().map_err(|_| InvalidText::new("a GUID", value.as_str()))
        }
    }

    crate::value_for::stand_for! { Guid: Uuid; }

    impl From<Uuid> for Guid {
        fn from(value: Uuid) -> Self {
            value.to_string().into()
        }
    }
}
