//! How a service wants its protocol spoken, where OData leaves a choice or where servers differ.

/// The choices that a service makes where OData leaves one. A generated crate has one value of it,
/// and gives it to its [`Client`](crate::Client).
///
/// ```
/// use edmark_runtime::{Client, EnumLiterals, KeyForm, Protocol};
/// const PROTOCOL: Protocol = Protocol::new().keys(KeyForm::Parentheses).enums(EnumLiterals::Qualified).max_version("4.01");
/// let zoo = Client::offline("https://zoo.example/odata/v4").with_protocol(PROTOCOL);
/// assert_eq!(zoo.protocol(), &PROTOCOL);
/// ```
///
/// A value that was made by [`new`](Self::new) suits any service of OData 4.01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    keys: KeyForm,
    enums: EnumLiterals,
    durations: DurationLiterals,
    lists: InLists,
    batch_urls: BatchUrls,
    exact_numbers: bool,
    strict_types: bool,
    max_version: Option<&'static str>,
    consistency: Option<(&'static str, &'static str)>,
    request_id: &'static str,
}

/// How a key stands in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyForm {
    /// As a segment of its own: `/users/17` (OData URL Conventions 4.01, section 4.3.6).
    Segment,
    /// Between parentheses: `/users('17')` (OData URL Conventions 4.01, section 4.3.1).
    Parentheses,
}

/// How a member of an enum stands in a URL (OData URL Conventions 4.01, section 5.1.1.14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumLiterals {
    /// The name of the member alone: `'red'`. OData 4.01 allows it.
    Short,
    /// Behind the name of the type: `zoo.Color'red'`. OData 4.0 wants it.
    Qualified,
}

/// How a duration stands in a URL (OData URL Conventions 4.01, section 5.1.1.14.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationLiterals {
    /// `duration'PT1H'`, which OData 4.0 and 4.01 take.
    Prefixed,
    /// `'PT1H'`, which OData 4.01 allows.
    Short,
}

/// How a condition says that a value is one of several (OData URL Conventions 4.01, section
/// 5.1.1.1.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InLists {
    /// `id in (1,2)`, an operator of OData 4.01.
    Operator,
    /// `(id eq 1 or id eq 2)`, for services of OData 4.0.
    WrittenOut,
}

/// How the addresses of a batch's steps are written (OData JSON 4.01, section 19.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchUrls {
    /// Relative to the service's root: `users/17`.
    Relative,
    /// With a slash before what is relative to the service's root all the same: `/users/17`. So
    /// Microsoft Graph documents it; by the standard it is the path on the host.
    Slash,
}

impl Protocol {
    /// What Microsoft Graph wants. Clients have it that were given no other.
    pub const MICROSOFT_GRAPH: Self =
        Self::new().batch_urls(BatchUrls::Slash).consistency("ConsistencyLevel", "eventual");

    /// Keys as segments, short enum literals, prefixed durations, the operator `in`, numbers as
    /// JSON has them, and no header beyond what all services know.
    pub const fn new() -> Self {
        Self {
            keys: KeyForm::Segment,
            enums: EnumLiterals::Short,
            durations: DurationLiterals::Prefixed,
            lists: InLists::Operator,
            batch_urls: BatchUrls::Relative,
            exact_numbers: false,
            strict_types: false,
            max_version: None,
            consistency: None,
            request_id: "client-request-id",
        }
    }

    /// The same with keys of this form. Otherwise they are segments.
    #[must_use]
    pub const fn keys(mut self, form: KeyForm) -> Self {
        self.keys = form;
        self
    }

    /// The same with enum literals of this form. Otherwise they are short.
    #[must_use]
    pub const fn enums(mut self, form: EnumLiterals) -> Self {
        self.enums = form;
        self
    }

    /// The same with duration literals of this form. Otherwise they have their prefix.
    #[must_use]
    pub const fn durations(mut self, form: DurationLiterals) -> Self {
        self.durations = form;
        self
    }

    /// The same with lists of values of this form. Otherwise it is the operator `in`.
    #[must_use]
    pub const fn in_lists(mut self, form: InLists) -> Self {
        self.lists = form;
        self
    }

    /// The same with addresses of this form in batches. Otherwise they are relative to the
    /// service's root.
    #[must_use]
    pub const fn batch_urls(mut self, form: BatchUrls) -> Self {
        self.batch_urls = form;
        self
    }

    /// The same with `Edm.Int64` and `Edm.Decimal` as strings in JSON (`IEEE754Compatible=true`;
    /// OData JSON 4.01, section 3.2), so that a service that reads numbers as doubles keeps their
    /// digits. Otherwise they are numbers.
    #[must_use]
    pub const fn exact_numbers(mut self, exact: bool) -> Self {
        self.exact_numbers = exact;
        self
    }

    /// The same with answers that are read strictly: a value of another type than documented is an
    /// error. Otherwise it is kept, and [`Additional::misfits`](crate::Additional::misfits) has it.
    #[must_use]
    pub const fn strict_types(mut self, strict: bool) -> Self {
        self.strict_types = strict;
        self
    }

    /// The same with the header `OData-MaxVersion` (OData Protocol 4.01, section 8.2.7): `4.0` or
    /// `4.01`. Otherwise it is not sent.
    #[must_use]
    pub const fn max_version(mut self, version: &'static str) -> Self {
        self.max_version = Some(version);
        self
    }

    /// The same with a header that goes with requests that count or search: Microsoft Graph wants
    /// `ConsistencyLevel: eventual`. Otherwise there is none.
    #[must_use]
    pub const fn consistency(mut self, header: &'static str, value: &'static str) -> Self {
        self.consistency = Some((header, value));
        self
    }

    /// The same with the client's id of a request in this header. Otherwise it is
    /// `client-request-id`.
    #[must_use]
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = header;
        self
    }

    /// How a key stands in a path.
    pub const fn key_form(&self) -> KeyForm {
        self.keys
    }

    /// How a member of an enum stands in a URL.
    pub const fn enum_literals(&self) -> EnumLiterals {
        self.enums
    }

    /// How a duration stands in a URL.
    pub const fn duration_literals(&self) -> DurationLiterals {
        self.durations
    }

    /// How a list of values stands in a condition.
    pub const fn in_list_form(&self) -> InLists {
        self.lists
    }

    /// How the addresses of a batch's steps are written.
    pub const fn batch_url_form(&self) -> BatchUrls {
        self.batch_urls
    }

    /// Whether `Edm.Int64` and `Edm.Decimal` are strings in JSON.
    pub const fn has_exact_numbers(&self) -> bool {
        self.exact_numbers
    }

    /// Whether a value of another type than documented is an error.
    pub const fn has_strict_types(&self) -> bool {
        self.strict_types
    }

    /// Reads an answer as strictly as this says.
    pub(crate) fn reading<R>(&self, read: impl FnOnce() -> R) -> R {
        if self.strict_types { crate::strictly(read) } else { read() }
    }

    /// The value of `OData-MaxVersion`.
    pub const fn version(&self) -> Option<&'static str> {
        self.max_version
    }

    /// The header of requests that count or search, and its value.
    pub const fn consistency_header(&self) -> Option<(&'static str, &'static str)> {
        self.consistency
    }

    /// The header with the client's id of a request.
    pub const fn request_id_header(&self) -> &'static str {
        self.request_id
    }
}

impl Default for Protocol {
    fn default() -> Self {
        Self::new()
    }
}
