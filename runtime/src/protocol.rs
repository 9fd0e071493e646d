//! Protocol options of a service, where OData leaves a choice or where servers differ.

/// The protocol options of a service, where OData leaves a choice. A generated crate has one value
/// for its service, and passes it to its [`Client`](crate::Client).
///
/// ```
/// use edmark_runtime::{Client, EnumLiterals, KeyForm, Protocol};
/// const PROTOCOL: Protocol = Protocol::new().keys(KeyForm::Parentheses).enums(EnumLiterals::Qualified).max_version("4.01");
/// let zoo = Client::offline("https://zoo.example/odata/v4").with_protocol(PROTOCOL);
/// assert_eq!(zoo.protocol(), &PROTOCOL);
/// ```
///
/// The value of [`new`](Self::new) suits any service of OData 4.01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    keys: KeyForm,
    enums: EnumLiterals,
    durations: DurationLiterals,
    lists: InLists,
    batch_urls: BatchUrls,
    batch_limit: usize,
    exact_numbers: bool,
    strict_types: bool,
    max_version: Option<&'static str>,
    consistency: Option<(&'static str, &'static str)>,
    request_id: &'static str,
    prefer: Option<&'static str>,
}

/// The form of a key in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyForm {
    /// As a segment of its own: `/users/17` (OData URL Conventions 4.01, section 4.3.6).
    Segment,
    /// In parentheses: `/users('17')` (OData URL Conventions 4.01, section 4.3.1).
    Parentheses,
}

/// The form of an enum member in a URL (OData URL Conventions 4.01, section 5.1.1.14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumLiterals {
    /// The name of the member alone: `'red'`. OData 4.01 allows this form.
    Short,
    /// With the name of the type before it: `zoo.Color'red'`. OData 4.0 requires this form.
    Qualified,
}

/// The form of a duration in a URL (OData URL Conventions 4.01, section 5.1.1.14.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationLiterals {
    /// `duration'PT1H'`, which OData 4.0 and 4.01 allow.
    Prefixed,
    /// `'PT1H'`, which OData 4.01 allows.
    Short,
}

/// The form of a condition that a value is one of several (OData URL Conventions 4.01, section
/// 5.1.1.1.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InLists {
    /// `id in (1,2)`, an operator of OData 4.01.
    Operator,
    /// `(id eq 1 or id eq 2)`, for services of OData 4.0.
    WrittenOut,
}

/// The form of the addresses of a batch's steps (OData JSON 4.01, section 19.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchUrls {
    /// Relative to the service root: `users/17`.
    Relative,
    /// Relative to the service root, but with a slash before it: `/users/17`. This is the
    /// documented form of Microsoft Graph; by the standard it would be a path on the host.
    Slash,
}

impl Protocol {
    /// The options of Microsoft Graph. They are the default of a client.
    pub const MICROSOFT_GRAPH: Self =
        Self::new().batch_urls(BatchUrls::Slash).consistency("ConsistencyLevel", "eventual");

    /// The default options: keys as segments, short enum literals, prefixed durations, the operator
    /// `in`, numbers as JSON numbers, and no headers beyond those of the standard.
    pub const fn new() -> Self {
        Self {
            keys: KeyForm::Segment,
            enums: EnumLiterals::Short,
            durations: DurationLiterals::Prefixed,
            lists: InLists::Operator,
            batch_urls: BatchUrls::Relative,
            batch_limit: 20,
            exact_numbers: false,
            strict_types: false,
            max_version: None,
            consistency: None,
            request_id: "client-request-id",
            prefer: None,
        }
    }

    /// Sets the form of keys. The default is segments.
    #[must_use]
    pub const fn keys(mut self, form: KeyForm) -> Self {
        self.keys = form;
        self
    }

    /// Sets the form of enum literals. The default is short.
    #[must_use]
    pub const fn enums(mut self, form: EnumLiterals) -> Self {
        self.enums = form;
        self
    }

    /// Sets the form of duration literals. The default has the prefix.
    #[must_use]
    pub const fn durations(mut self, form: DurationLiterals) -> Self {
        self.durations = form;
        self
    }

    /// Sets the form of lists of values. The default is the operator `in`.
    #[must_use]
    pub const fn in_lists(mut self, form: InLists) -> Self {
        self.lists = form;
        self
    }

    /// Sets the form of addresses in batches. The default is relative to the service root.
    #[must_use]
    pub const fn batch_urls(mut self, form: BatchUrls) -> Self {
        self.batch_urls = form;
        self
    }

    /// Sets the maximum number of steps in one batch. The default is 20, which is Microsoft Graph's
    /// limit and one that other services accept as well. With 0 a batch is refused before it is
    /// sent, because the service has none (`BatchSupported`; OData Vocabulary Capabilities).
    #[must_use]
    pub const fn batch_limit(mut self, steps: usize) -> Self {
        self.batch_limit = steps;
        self
    }

    /// Writes `Edm.Int64` and `Edm.Decimal` as strings in JSON (`IEEE754Compatible=true`; OData
    /// JSON 4.01, section 3.2), so that a service that reads numbers as doubles does not lose
    /// digits. By default they are numbers.
    #[must_use]
    pub const fn exact_numbers(mut self, exact: bool) -> Self {
        self.exact_numbers = exact;
        self
    }

    /// Reads responses strictly: a value of another type than documented is an error. By default it
    /// is kept, and [`Additional::misfits`](crate::Additional::misfits) returns it.
    #[must_use]
    pub const fn strict_types(mut self, strict: bool) -> Self {
        self.strict_types = strict;
        self
    }

    /// Sets the header `OData-MaxVersion` (OData Protocol 4.01, section 8.2.7): `4.0` or `4.01`. By
    /// default it is not sent.
    #[must_use]
    pub const fn max_version(mut self, version: &'static str) -> Self {
        self.max_version = Some(version);
        self
    }

    /// Sets a header for requests that count or search: Microsoft Graph requires `ConsistencyLevel:
    /// eventual`. By default there is none.
    #[must_use]
    pub const fn consistency(mut self, header: &'static str, value: &'static str) -> Self {
        self.consistency = Some((header, value));
        self
    }

    /// Sets the header for the client's request id. The default is `client-request-id`.
    #[must_use]
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = header;
        self
    }

    /// Sets preferences that all requests have in addition to their own (the header `Prefer`; OData
    /// Protocol 4.01, section 8.2.8). By default there are none.
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, Method, Protocol, Request, response};
    /// const PROTOCOL: Protocol = Protocol::new().prefer("odata.include-annotations=\"*\"");
    /// let zoo = At::root(Client::offline("https://zoo.example/v4").with_protocol(PROTOCOL));
    /// let animals: Request<Json> = Request::new(Method::Get, zoo.segment("Animals"), response::json);
    /// let request = animals.prefer("odata.maxpagesize=5").http()?;
    /// assert_eq!(request.headers()["prefer"], "odata.maxpagesize=5, odata.include-annotations=\"*\"");
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    #[must_use]
    pub const fn prefer(mut self, preferences: &'static str) -> Self {
        self.prefer = Some(preferences);
        self
    }

    /// The form of a key in a path.
    pub const fn key_form(&self) -> KeyForm {
        self.keys
    }

    /// The form of an enum member in a URL.
    pub const fn enum_literals(&self) -> EnumLiterals {
        self.enums
    }

    /// The form of a duration in a URL.
    pub const fn duration_literals(&self) -> DurationLiterals {
        self.durations
    }

    /// The form of a list of values in a condition.
    pub const fn in_list_form(&self) -> InLists {
        self.lists
    }

    /// The form of the addresses of a batch's steps.
    pub const fn batch_url_form(&self) -> BatchUrls {
        self.batch_urls
    }

    /// The maximum number of steps in one batch.
    pub const fn max_batch_steps(&self) -> usize {
        self.batch_limit
    }

    /// Returns true if `Edm.Int64` and `Edm.Decimal` are strings in JSON.
    pub const fn has_exact_numbers(&self) -> bool {
        self.exact_numbers
    }

    /// Returns true if a value of another type than documented is an error.
    pub const fn has_strict_types(&self) -> bool {
        self.strict_types
    }

    /// Runs a function that reads a response, strictly if this option is set.
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

    /// The preferences of all requests.
    pub const fn preferences(&self) -> Option<&'static str> {
        self.prefer
    }

    /// The name of the header for the client's request id.
    pub const fn request_id_header(&self) -> &'static str {
        self.request_id
    }
}

impl Default for Protocol {
    fn default() -> Self {
        Self::new()
    }
}
