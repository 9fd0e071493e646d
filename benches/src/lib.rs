//! Measurements of the code that edmark generates: run time by `cargo bench -p edmark-bench`,
//! builds by `benches/build-figures.sh`.
//!
//! This crate contains the types of `docs/` as edmark generates them and in the designs of
//! `edmark-references`, and the examples of its pages.

#![allow(missing_docs, reason = "the references have no documentation")]

use serde::Serialize;
use serde::de::DeserializeOwned;

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// An example of the pages, which is read as its type.
#[derive(Debug)]
pub struct Example {
    /// The document.
    pub text: &'static str,
    /// Reads a document and returns the value, which can be written.
    pub read: fn(&str) -> serde_json::Result<Box<dyn Write>>,
}

impl Example {
    const fn of<T: DeserializeOwned + Serialize + 'static>(text: &'static str) -> Self {
        Example { text, read: |text| Ok(Box::new(serde_json::from_str::<T>(text)?)) }
    }
}

/// A value that was read and can be written.
pub trait Write {
    /// Appends the value's document.
    ///
    /// # Errors
    /// Those of the value's own `Serialize`.
    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()>;
}

impl<T: Serialize> Write for T {
    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }
}

macro_rules! design {
    ($(#[$attribute:meta])* $name:ident, $file:literal, { $($page:item)* }) => {
        $(#[$attribute])*
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/", $file));
            $($page)*
            /// The examples, read as types of this design.
            pub const EXAMPLES: &[crate::Example] = examples!($name);
        }
    };
}

design!(
    /// The code that edmark generates.
    edmark, "edmark.rs", {
        pub use edmark_runtime::Collection as Page;
    }
);

design!(
    /// serde_derive. Undocumented members are dropped.
    derive, "derive.rs", {
        /// A page of values.
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        pub struct Page<T> {
            pub value: Vec<T>,
            #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
            pub count: Option<i64>,
            #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
            pub next_link: Option<String>,
            #[serde(rename = "@odata.deltaLink", skip_serializing_if = "Option::is_none")]
            pub delta_link: Option<String>,
        }
    }
);

/// serde_derive with the smallest places for texts and collections. Undocumented members are
/// dropped.
pub mod compact {
    include!(concat!(env!("OUT_DIR"), "/compact.rs"));
    pub use crate::derive::Page;
}

design!(
    /// serde_derive with `flatten`.
    flatten, "flatten.rs", {
        pub use crate::KeepingPage as Page;
    }
);

design!(
    /// A visitor for each type.
    #[allow(clippy::match_single_binding, reason = "a type without properties matches no name")]
    visitors, "visitors.rs", {
        pub use crate::KeepingPage as Page;
    }
);

/// Any JSON value.
pub mod value {
    /// The examples, read as any JSON value.
    pub const EXAMPLES: &[crate::Example] = examples!(json);
}

/// A page of values that keeps all other members.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct KeepingPage<T> {
    pub value: Vec<T>,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
    #[serde(rename = "@odata.deltaLink", skip_serializing_if = "Option::is_none")]
    pub delta_link: Option<String>,
    #[serde(flatten)]
    pub additional: serde_json::Map<String, serde_json::Value>,
}
