//! `Edm.Binary`, `Edm.Stream` and `Edm.Guid`

use super::text::text_type;

text_type! {
    /// `Edm.Binary`: bytes, as base64. OData asks for the URL-safe alphabet (OData JSON 4.01,
    /// section 7.1), Graph sends the standard one; both are read.
    ///
    /// With the feature `base64`, `Vec<u8>: TryFrom<&Binary>` decodes and `Binary: From<&[u8]>`
    /// encodes (standard alphabet, with padding).
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

#[cfg(feature = "base64")]
mod bytes {
    use super::{Binary, Stream};
    use crate::InvalidText;
    use crate::edm::base64;

    fn decode(text: &str) -> Result<Vec<u8>, InvalidText> {
        base64::decode(text).ok_or_else(|| InvalidText::new("base64", text))
    }

    impl TryFrom<&Binary> for Vec<u8> {
        type Error = InvalidText;
        fn try_from(value: &Binary) -> Result<Self, InvalidText> {
            decode(value.as_str())
        }
    }

    impl From<&[u8]> for Binary {
        fn from(bytes: &[u8]) -> Self {
            base64::encode(bytes).into()
        }
    }

    impl TryFrom<&Stream> for Vec<u8> {
        type Error = InvalidText;
        fn try_from(value: &Stream) -> Result<Self, InvalidText> {
            decode(value.as_str())
        }
    }

    impl From<&[u8]> for Stream {
        fn from(bytes: &[u8]) -> Self {
            base64::encode(bytes).into()
        }
    }
}

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

    impl From<Uuid> for Guid {
        fn from(value: Uuid) -> Self {
            value.to_string().into()
        }
    }
}
