//! OData's primitive types.

/// The primitive types (CSDL 4.01, 3.3) that the pages use, and `Untyped`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
#[expect(missing_docs, reason = "the names are OData's own")]
pub enum Primitive {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
    /// Any JSON (`Edm.Untyped`).
    Untyped,
}

impl Primitive {
    /// All of them, in the order of their names.
    pub const ALL: &[Primitive] = &[
        Primitive::Binary,
        Primitive::Boolean,
        Primitive::Byte,
        Primitive::Date,
        Primitive::DateTimeOffset,
        Primitive::Decimal,
        Primitive::Double,
        Primitive::Duration,
        Primitive::Guid,
        Primitive::Int16,
        Primitive::Int32,
        Primitive::Int64,
        Primitive::SByte,
        Primitive::Single,
        Primitive::Stream,
        Primitive::String,
        Primitive::TimeOfDay,
        Primitive::Untyped,
    ];

    /// Whether its values are strings in JSON, always (OData JSON 4.01, 7.1). A decimal may be one, and is a number.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Primitive::Binary
                | Primitive::Date
                | Primitive::DateTimeOffset
                | Primitive::Duration
                | Primitive::Guid
                | Primitive::Stream
                | Primitive::String
                | Primitive::TimeOfDay
        )
    }

    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Primitive::Byte
                | Primitive::Decimal
                | Primitive::Double
                | Primitive::Int16
                | Primitive::Int32
                | Primitive::Int64
                | Primitive::SByte
                | Primitive::Single
        )
    }

    /// The primitive of a name as CSDL writes it: `Edm.String`.
    pub fn from_edm_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.edm_name() == name)
    }

    /// The name in CSDL: `Edm.String`.
    pub fn edm_name(self) -> &'static str {
        match self {
            Primitive::Binary => "Edm.Binary",
            Primitive::Boolean => "Edm.Boolean",
            Primitive::Byte => "Edm.Byte",
            Primitive::Date => "Edm.Date",
            Primitive::DateTimeOffset => "Edm.DateTimeOffset",
            Primitive::Decimal => "Edm.Decimal",
            Primitive::Double => "Edm.Double",
            Primitive::Duration => "Edm.Duration",
            Primitive::Guid => "Edm.Guid",
            Primitive::Int16 => "Edm.Int16",
            Primitive::Int32 => "Edm.Int32",
            Primitive::Int64 => "Edm.Int64",
            Primitive::SByte => "Edm.SByte",
            Primitive::Single => "Edm.Single",
            Primitive::Stream => "Edm.Stream",
            Primitive::String => "Edm.String",
            Primitive::TimeOfDay => "Edm.TimeOfDay",
            Primitive::Untyped => "Edm.Untyped",
        }
    }
}
