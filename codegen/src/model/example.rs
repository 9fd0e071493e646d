//! The JSON bodies of the API pages' examples.

use super::ValueType;
use crate::schema::QualifiedName;
use crate::source::{At, Span};

/// A JSON body of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Example {
    /// The message that has this body.
    pub message: MessageKind,
    /// The content, as far as its type is known.
    pub content: ExampleContent,
    /// The place of the body.
    pub body: Span,
    /// The first place where the body does not fit its type, and the reason.
    pub defect: Option<At<String>>,
}

/// The two halves of an HTTP exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum MessageKind {
    /// The message that a client sends.
    Request,
    /// The message that the service sends back.
    Response,
}

/// The content of an example's body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum ExampleContent {
    /// A value of a type.
    Typed {
        /// The type, or that of the items.
        ty: ValueType,
        /// The wrapping of the value in the document.
        envelope: Envelope,
    },
    /// A document without a type of its own.
    Untyped(UntypedContent),
    /// It is not valid JSON.
    Invalid,
}

/// The wrapping of a value in a JSON document (OData JSON 4.01, 7 to 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Envelope {
    /// The value is the whole document.
    None,
    /// `{"value": 12}`
    Single,
    /// `{"value": [12, 13]}`
    Collection,
}

/// The reason why a document has no type of the model.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum UntypedContent {
    /// No page describes its type.
    Undocumented(QualifiedName),
    /// The parameters of an action, as one object.
    Parameters,
    /// `{"@odata.id": "…"}`
    Reference,
    /// An error of the service.
    Error,
    /// The page does not state its type.
    Unsaid,
}
