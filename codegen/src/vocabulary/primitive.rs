//! OData's primitive types.

/// The form of a primitive type's values in JSON (OData JSON 4.01, 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonForm {
    /// A string.
    Text,
    /// `true`, `false`
    Boolean,
    /// A number without a fraction, within these bounds.
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
    },
    /// Any number.
    Fraction,
    /// Any JSON.
    Any,
}

/// The form of a primitive type's values in a URL (OData URL Conventions 4.01, 5.1.1.6.1), and the
/// Rust type of a parameter for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlForm {
    /// Without quotes: `true` or `false`.
    Boolean,
    /// Without quotes: an integer of at most 32 bits.
    Int32,
    /// Without quotes: an integer of 64 bits.
    Int64,
    /// Without quotes: a number with a fraction.
    Float,
    /// Without quotes; the parameter is a text: `2024-01-31`.
    Text,
    /// In single quotes: `'text'`.
    Quoted,
    /// In single quotes after a prefix: `duration'PT5M'`.
    Prefixed(&'static str),
}

macro_rules! primitives {
    ($($(#[doc = $doc:literal])+ $variant:ident = $edm:literal {
        pages: [$($spelling:literal),+ $(,)?],
        rust: $rust:literal,
        json: $json:expr,
        url: $url:expr,
        narrows_string: $narrows:literal $(,)?
    })+) => {
        /// The primitive types (CSDL 4.01, 3.3) that the pages use, and `Untyped`.
        ///
        /// | type | in Rust | on pages |
        /// | --- | --- | --- |
        $(#[doc = concat!("| [`", $edm, "`](Self::", stringify!($variant), ") | `", $rust, "` |", $(" `", $spelling, "`",)+ " |")])+
        ///
        /// `rt` is the crate `edmark-runtime`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
        pub enum Primitive {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Primitive {
            /// All of them, in the order of their names.
            pub const ALL: &[Primitive] = &[$(Primitive::$variant),+];

            /// The name in CSDL: `Edm.String`.
            pub fn edm_name(self) -> &'static str {
                match self { $(Primitive::$variant => $edm),+ }
            }

            /// The spellings on pages, in lower case and without `Edm.`.
            pub fn spellings(self) -> &'static [&'static str] {
                match self { $(Primitive::$variant => &[$($spelling),+]),+ }
            }

            /// The type in generated code; `rt` is the runtime crate.
            pub fn rust_type(self) -> &'static str {
                match self { $(Primitive::$variant => $rust),+ }
            }

            /// Returns true if the type in generated code is one of the runtime crate.
            #[cfg(feature = "package")]
            pub(crate) fn is_of_runtime(self) -> bool {
                self.rust_type().starts_with("rt::")
            }

            /// The form of its values in JSON.
            pub fn json(self) -> JsonForm {
                match self { $(Primitive::$variant => $json),+ }
            }

            /// The form of its values in a URL.
            pub fn url(self) -> UrlForm {
                match self { $(Primitive::$variant => $url),+ }
            }

            /// The prefix before the quotes of its values in a URL, if there is one.
            pub(crate) fn prefix(self) -> Option<&'static str> {
                match self.url() {
                    UrlForm::Prefixed(prefix) => Some(prefix),
                    _ => None,
                }
            }

            /// True if pages may call its values a kind of string: `String (timestamp)`.
            fn narrows_string(self) -> bool {
                match self { $(Primitive::$variant => $narrows),+ }
            }

            /// The primitive type that a word on a page means, in upper or lower case, with or
            /// without `Edm.`.
            ///
            /// ```
            /// use edmark::schema::Primitive;
            ///
            /// assert_eq!(Primitive::spelled("Edm.String"), Some(Primitive::String));
            /// assert_eq!(Primitive::spelled("integer"), Some(Primitive::Int32));
            /// assert_eq!(Primitive::spelled("user"), None);
            /// ```
            pub fn spelled(word: &str) -> Option<Self> {
                let lower = word.trim_matches(['`', '*', '"', '\'']).to_ascii_lowercase();
                match lower.strip_prefix("edm.").unwrap_or(&lower) {
                    $($($spelling)|+ => Some(Primitive::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

const fn integer(min: i64, max: i64) -> JsonForm {
    JsonForm::Integer { min, max }
}

primitives! {
    /// Bytes, as base64url.
    Binary = "Edm.Binary" {
        pages: ["binary", "bytes"], rust: "rt::Binary", json: JsonForm::Text, url: UrlForm::Prefixed("binary"),
        narrows_string: true,
    }
    /// `true` and `false`.
    Boolean = "Edm.Boolean" {
        pages: ["boolean", "bool", "booleans"], rust: "bool", json: JsonForm::Boolean,
        url: UrlForm::Boolean, narrows_string: false,
    }
    /// An unsigned number of 8 bits.
    Byte = "Edm.Byte" {
        pages: ["byte"], rust: "u8", json: integer(0, u8::MAX as i64), url: UrlForm::Int32, narrows_string: false,
    }
    /// A calendar date: `2024-01-31`.
    Date = "Edm.Date" {
        pages: ["date"], rust: "rt::Date", json: JsonForm::Text, url: UrlForm::Text, narrows_string: true,
    }
    /// A point in time with its offset from UTC: `2024-01-31T12:00:00Z`.
    DateTimeOffset = "Edm.DateTimeOffset" {
        pages: ["datetimeoffset", "datetime", "timestamp"], rust: "rt::DateTimeOffset", json: JsonForm::Text, url: UrlForm::Text,
        narrows_string: true,
    }
    /// A decimal number of any precision.
    Decimal = "Edm.Decimal" {
        pages: ["decimal"], rust: "rt::Decimal", json: JsonForm::Fraction, url: UrlForm::Text, narrows_string: false,
    }
    /// A floating-point number of 64 bits.
    Double = "Edm.Double" {
        pages: ["double", "number"], rust: "f64", json: JsonForm::Fraction, url: UrlForm::Float, narrows_string: false,
    }
    /// A length of time: `PT5M`.
    Duration = "Edm.Duration" {
        pages: ["duration", "timespan"], rust: "rt::Duration", json: JsonForm::Text, url: UrlForm::Prefixed("duration"),
        narrows_string: true,
    }
    /// Any shape on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    Geography = "Edm.Geography" {
        pages: ["geography"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// A point on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyPoint = "Edm.GeographyPoint" {
        pages: ["geographypoint"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// A line on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyLineString = "Edm.GeographyLineString" {
        pages: ["geographylinestring"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// An area on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyPolygon = "Edm.GeographyPolygon" {
        pages: ["geographypolygon"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// Several points on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyMultiPoint = "Edm.GeographyMultiPoint" {
        pages: ["geographymultipoint"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// Several lines on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyMultiLineString = "Edm.GeographyMultiLineString" {
        pages: ["geographymultilinestring"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// Several areas on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyMultiPolygon = "Edm.GeographyMultiPolygon" {
        pages: ["geographymultipolygon"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// Several shapes on the surface of the earth, as GeoJSON (OData JSON 4.01, 7.1).
    GeographyCollection = "Edm.GeographyCollection" {
        pages: ["geographycollection"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geography"),
        narrows_string: false,
    }
    /// Any shape in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    Geometry = "Edm.Geometry" {
        pages: ["geometry"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// A point in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryPoint = "Edm.GeometryPoint" {
        pages: ["geometrypoint"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// A line in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryLineString = "Edm.GeometryLineString" {
        pages: ["geometrylinestring"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// An area in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryPolygon = "Edm.GeometryPolygon" {
        pages: ["geometrypolygon"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// Several points in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryMultiPoint = "Edm.GeometryMultiPoint" {
        pages: ["geometrymultipoint"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// Several lines in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryMultiLineString = "Edm.GeometryMultiLineString" {
        pages: ["geometrymultilinestring"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// Several areas in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryMultiPolygon = "Edm.GeometryMultiPolygon" {
        pages: ["geometrymultipolygon"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// Several shapes in a plane, as GeoJSON (OData JSON 4.01, 7.1).
    GeometryCollection = "Edm.GeometryCollection" {
        pages: ["geometrycollection"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Prefixed("geometry"),
        narrows_string: false,
    }
    /// A UUID.
    Guid = "Edm.Guid" {
        pages: ["guid", "uuid"], rust: "rt::Guid", json: JsonForm::Text, url: UrlForm::Text, narrows_string: true,
    }
    /// A signed number of 16 bits.
    Int16 = "Edm.Int16" {
        pages: ["int16", "short"], rust: "i16", json: integer(i16::MIN as i64, i16::MAX as i64), url: UrlForm::Int32,
        narrows_string: false,
    }
    /// A signed number of 32 bits.
    Int32 = "Edm.Int32" {
        pages: ["int32", "int", "integer"], rust: "i32", json: integer(i32::MIN as i64, i32::MAX as i64), url: UrlForm::Int32,
        narrows_string: false,
    }
    /// A signed number of 64 bits.
    Int64 = "Edm.Int64" {
        pages: ["int64", "long"], rust: "i64", json: integer(i64::MIN, i64::MAX), url: UrlForm::Int64,
        narrows_string: false,
    }
    /// A signed number of 8 bits.
    SByte = "Edm.SByte" {
        pages: ["sbyte"], rust: "i8", json: integer(i8::MIN as i64, i8::MAX as i64), url: UrlForm::Int32, narrows_string: false,
    }
    /// A floating-point number of 32 bits.
    Single = "Edm.Single" {
        pages: ["single", "float"], rust: "f32", json: JsonForm::Fraction, url: UrlForm::Float, narrows_string: false,
    }
    /// Binary content with an address of its own.
    Stream = "Edm.Stream" {
        pages: ["stream"], rust: "rt::Stream", json: JsonForm::Text, url: UrlForm::Text, narrows_string: false,
    }
    /// Text.
    String = "Edm.String" {
        pages: ["string", "strings", "url", "uri", "etag", "text"], rust: "String", json: JsonForm::Text,
        url: UrlForm::Quoted, narrows_string: false,
    }
    /// A time of day: `12:00:00`.
    TimeOfDay = "Edm.TimeOfDay" {
        pages: ["timeofday", "time"], rust: "rt::TimeOfDay", json: JsonForm::Text, url: UrlForm::Text, narrows_string: false,
    }
    /// Any JSON (`Edm.Untyped`).
    Untyped = "Edm.Untyped" {
        pages: ["untyped", "object", "any", "primitivetype"], rust: "rt::Json", json: JsonForm::Any, url: UrlForm::Text,
        narrows_string: false,
    }
}

impl Primitive {
    /// Returns true if its values are always strings in JSON (OData JSON 4.01, 7.1). A decimal can
    /// be a string, but is a number by default.
    pub fn is_text(self) -> bool {
        self.json() == JsonForm::Text
    }

    /// Returns true if its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(self.json(), JsonForm::Integer { .. } | JsonForm::Fraction)
    }

    /// The primitive type with a name in CSDL: `Edm.String`.
    pub fn from_edm_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.edm_name() == name)
    }

    /// The primitive type for a remark after `String`: `String (timestamp)`.
    ///
    /// ```
    /// use edmark::schema::Primitive;
    ///
    /// assert_eq!(Primitive::from_string_remark("timestamp"), Some(Primitive::DateTimeOffset));
    /// assert_eq!(Primitive::from_string_remark("identifier"), None);
    /// ```
    pub fn from_string_remark(remark: &str) -> Option<Self> {
        Self::spelled(remark).filter(|primitive| primitive.narrows_string())
    }

    /// The name in CSDL without its namespace: `String`.
    pub(crate) fn simple_name(self) -> &'static str {
        self.edm_name().trim_start_matches("Edm.")
    }

    /// Returns true if a word is the name of the type in CSDL, with or without `Edm.`.
    pub fn is_edm_name(self, word: &str) -> bool {
        word == self.edm_name() || word == self.simple_name()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_primitive_is_found_by_its_names_and_no_spelling_means_two() {
        let mut seen = BTreeSet::new();
        for primitive in Primitive::ALL {
            assert_eq!(Primitive::from_edm_name(primitive.edm_name()), Some(*primitive));
            assert_eq!(Primitive::spelled(primitive.edm_name()), Some(*primitive));
            for spelling in primitive.spellings() {
                assert!(seen.insert(*spelling), "{spelling} stands in two rows");
                assert_eq!(Primitive::spelled(spelling), Some(*primitive));
            }
        }
    }
}
