//! Protocol options of a service where OData leaves a choice, other than the form of keys.
//!
//! They are settings of `[service]` with defaults that suit any service of OData 4.01; the
//! generated crate has them in the constant `PROTOCOL`.

use super::Setting;
use super::settings::{Held, Texts, Values, settings};
use crate::schema::{Schema, TypeExpr, TypeItem};
use crate::vocabulary::Primitive;

/// How the members of enum types stand in a URL (OData URL Conventions 4.01, section 5.1.1.14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum EnumLiterals {
    /// `'red'`. OData 4.01 allows it.
    Short,
    /// `zoo.Color'red'`. OData 4.0 requires it.
    Qualified,
}

/// The form of a duration in a URL (OData URL Conventions 4.01, section 5.1.1.14.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum DurationLiterals {
    /// `duration'PT1H'`. OData 4.0 requires it, and 4.01 allows it.
    Prefixed,
    /// `'PT1H'`. OData 4.01 allows it.
    Short,
}

/// The form of a condition that a value is one of several (OData URL Conventions 4.01, section
/// 5.1.1.1.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum InLists {
    /// `id in (1,2)`, an operator of OData 4.01.
    Operator,
    /// `(id eq 1 or id eq 2)`, for services of OData 4.0.
    WrittenOut,
}

/// The form of the addresses of a batch's requests (OData JSON 4.01, section 19.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum BatchUrls {
    /// `users/17`, relative to the service root.
    Relative,
    /// `/users/17`, which is also relative to the service root.
    Slash,
}

/// The response to a request for an entity that does not exist, although its path does: that of a
/// navigation property or of a singleton that is null (OData Protocol 4.01, section 11.2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Absent {
    /// No content (204), as the standard requires: reading the entity results in an `Option`.
    NoContent,
    /// An error with the status 404.
    NotFound,
}

/// A protocol option whose values have names in `edmark.toml`.
pub(crate) trait Choice: Copy + Sized + 'static {
    /// All values with their names.
    const NAMES: &'static [(&'static str, Self)];
}

impl Choice for super::KeySyntax {
    const NAMES: &'static [(&'static str, Self)] =
        &[("shown", Self::Shown), ("parentheses", Self::Parentheses), ("segments", Self::Segments)];
}

impl Choice for EnumLiterals {
    const NAMES: &'static [(&'static str, Self)] = &[("short", Self::Short), ("qualified", Self::Qualified)];
}

impl Choice for DurationLiterals {
    const NAMES: &'static [(&'static str, Self)] = &[("prefixed", Self::Prefixed), ("short", Self::Short)];
}

impl Choice for InLists {
    const NAMES: &'static [(&'static str, Self)] = &[("operator", Self::Operator), ("written-out", Self::WrittenOut)];
}

impl Choice for Absent {
    const NAMES: &'static [(&'static str, Self)] = &[("no-content", Self::NoContent), ("not-found", Self::NotFound)];
}

impl Choice for BatchUrls {
    const NAMES: &'static [(&'static str, Self)] = &[("relative", Self::Relative), ("slash", Self::Slash)];
}

/// Returns true if the metadata declares a value whose digits a double may not hold: a property, a
/// parameter or a return type.
pub(super) fn has_wide_numbers(schema: &Schema) -> bool {
    let is_wide = |ty: &TypeExpr| matches!(ty.item, TypeItem::Primitive(Primitive::Int64 | Primitive::Decimal));
    let types = schema.types.iter().filter(|ty| ty.is_declared());
    let mut properties = types.flat_map(|ty| &ty.properties).filter_map(|property| property.table_type.as_ref());
    let operations = || schema.declared_operations.iter();
    let parameters = || operations().flat_map(|operation| &operation.parameters);
    let results = || operations().filter_map(|operation| operation.returns.as_ref());
    properties.any(|ty| is_wide(&ty.value))
        || parameters().any(|parameter| is_wide(&parameter.value.ty.value))
        || results().any(|result| is_wide(&result.ty.value))
}

/// The choices of a service; each is optional, as in [`Service`](super::Service).
///
/// ```
/// use edmark::service::{EnumLiterals, InLists, Protocol, Service};
///
/// // A service of OData 4.0.
/// let protocol = Protocol {
///     enums: Some(EnumLiterals::Qualified),
///     in_lists: Some(InLists::WrittenOut),
///     max_version: Some("4.0".to_owned()),
///     ..Protocol::default()
/// };
/// let service = Service { protocol, ..Service::default() };
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Protocol {
    /// `enums`: the form of enum members in a URL.
    ///
    /// Default: [`EnumLiterals::Short`].
    pub enums: Option<EnumLiterals>,
    /// `durations`: the form of durations in a URL.
    ///
    /// Default: [`DurationLiterals::Prefixed`].
    pub durations: Option<DurationLiterals>,
    /// `in-lists`: the form of a condition that a value is one of several.
    ///
    /// Default: [`InLists::Operator`].
    pub in_lists: Option<InLists>,
    /// `batch-urls`: the form of the addresses of a batch's requests.
    ///
    /// Default: [`BatchUrls::Relative`]. [`BatchUrls::Slash`] for Microsoft Graph.
    pub batch_urls: Option<BatchUrls>,
    /// `batch-limit`: the maximum number of steps in one batch; 0 if the service has no batches.
    ///
    /// Default: 20; 0 where the metadata says that batches are not supported (`BatchSupported`;
    /// OData Vocabulary Capabilities).
    pub batch_limit: Option<u32>,
    /// `exact-numbers`: `Edm.Int64` and `Edm.Decimal` are strings in JSON
    /// (`IEEE754Compatible=true`; OData JSON 4.01, section 3.2), for a service that reads numbers
    /// as doubles.
    ///
    /// Default: they are numbers; strings where metadata declares a value of these types, and no
    /// profile says otherwise. A service that knows OData understands both.
    pub exact_numbers: Option<bool>,
    /// `max-version`: the value of the header `OData-MaxVersion` (OData Protocol 4.01, section
    /// 8.2.7).
    ///
    /// Default: it is not sent.
    pub max_version: Option<String>,
    /// `consistency`: a header for requests that count or search; its name and its value are
    /// separated by a colon: `ConsistencyLevel: eventual`.
    ///
    /// Default: none, but this one for Microsoft Graph.
    pub consistency: Option<String>,
    /// `request-id`: the header for the client's request id.
    ///
    /// Default: `client-request-id`.
    pub request_id: Option<String>,
    /// `prefer`: preferences that all requests have in addition to their own (the header `Prefer`;
    /// OData Protocol 4.01, section 8.2.8): `odata.include-annotations="*"`.
    ///
    /// Default: none.
    pub prefer: Option<String>,
}

settings! {
    Protocol {
        enums = "enums": choice,
        durations = "durations": choice,
        in_lists = "in-lists": choice,
        batch_urls = "batch-urls": choice,
        batch_limit = "batch-limit": count,
        exact_numbers = "exact-numbers": boolean,
        max_version = "max-version": text(Version),
        consistency = "consistency": text(Header),
        request_id = "request-id": text(HeaderName),
        prefer = "prefer": text(HeaderValue),
    }
}

impl Protocol {
    /// The name and the value of the header for requests that count or search.
    pub(crate) fn consistency(&self) -> Option<(&str, &str)> {
        let (name, value) = self.consistency.as_deref()?.split_once(':')?;
        Some((name.trim(), value.trim()))
    }
}
