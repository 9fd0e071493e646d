//! Facts about a single service: the name of its entry point, its address, the form of its keys,
//! and the address of its documentation on the web.
//!
//! There are several sources of these facts, and each provides a [`Service`] with those that it
//! has. If two sources have the same fact, the first in this list takes precedence:
//!
//! 1. the settings of the user: `[service]` in `edmark.toml`, or
//!    [`Config::service`](crate::Config::service),
//! 2. annotations in the service's metadata,
//! 3. what the reference pages show,
//! 4. the built-in profile of the namespace (there is one: Microsoft Graph's, for
//!    `microsoft.graph`),
//! 5. neutral defaults, which hold for any OData service.

pub(crate) mod graph;
mod keys;
pub(crate) mod namespace;
pub(crate) mod protocol;
pub(crate) mod root;
pub(crate) mod settings;

use std::borrow::Cow;
use std::collections::BTreeMap;

use heck::ToPascalCase;

pub use self::protocol::{Absent, BatchUrls, DurationLiterals, EnumLiterals, InLists, Protocol};
use self::settings::{Held, Texts, Values, settings};
use crate::schema::{ContainerMember, Schema};

/// The form of entity keys in a URL (OData URL Conventions 4.01, sections 4.3.1 and 4.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum KeySyntax {
    /// The form in most request lines of the pages, or parentheses if no request line has a key.
    Shown,
    /// In parentheses after the entity set: `/animals(7)`. Every OData service supports it.
    Parentheses,
    /// As a segment: `/animals/7`.
    Segments,
}

/// The facts about a service from one source; all of them are optional.
///
/// ```no_run
/// # fn main() -> Result<(), edmark::Error> {
/// use edmark::service::{KeySyntax, Service};
///
/// let zoo = Service {
///     name: Some("Zoo".to_owned()),
///     root: Some("https://zoo.example/odata/v4".to_owned()),
///     keys: Some(KeySyntax::Parentheses),
///     ..Service::default()
/// };
/// edmark::Config::new().docs("docs").service(zoo).compile()
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Service {
    /// `name`: the name of the struct that is the entry point for requests.
    ///
    /// Default: the last part of the namespace, `Zoo` for `example.zoo`; `Client` without one.
    /// `Graph` for Microsoft Graph.
    pub name: Option<String>,
    /// `namespace`: the namespace whose types are in the root module; other namespaces have modules
    /// below it. Types whose page states no namespace belong to it.
    ///
    /// Default: the namespace that all others are below, or else the one with the most types.
    /// `microsoft.graph` for Microsoft Graph.
    pub namespace: Option<String>,
    /// `root`: the address of the service root, with which all requests begin:
    /// `https://zoo.example/odata/v4`.
    ///
    /// Default: the most frequent address in the example requests of the pages. If there is none,
    /// the code that uses the crate has to provide it.
    pub root: Option<String>,
    /// `keys`: the form of keys.
    ///
    /// Default: [`KeySyntax::Shown`]. [`KeySyntax::Segments`] for Microsoft Graph.
    pub keys: Option<KeySyntax>,
    /// `site`: the address that links on the pages are relative to if they begin with a slash:
    /// `https://zoo.example`.
    ///
    /// Default: none, and such links become plain text. `https://learn.microsoft.com` for Microsoft
    /// Graph.
    pub site: Option<String>,
    /// `pages`: the address of the pages of a folder on the web, by the name of the folder;
    /// `{page}` is replaced by the name of the page without its extension.
    ///
    /// Default: none, and the documentation of the generated code has the name of the page's file.
    /// Microsoft's reference for Microsoft Graph.
    pub pages: BTreeMap<String, String>,
    /// `singletons`: the entity types of singletons whose names are not those of their types, by
    /// the name of the singleton.
    ///
    /// Default: none. For Microsoft Graph, `me` is a `user`.
    pub singletons: BTreeMap<String, String>,
    /// `variable`: the name of the entry point's value in the calls that `edmark explain` shows,
    /// of the service's types where code of requests imports them, and of the file if all code is
    /// in one.
    ///
    /// Default: `odata`. `graph` for Microsoft Graph.
    pub variable: Option<String>,
    /// `absent`: the response to reading a navigation property or a singleton that is null.
    ///
    /// Default: [`Absent::NoContent`]. [`Absent::NotFound`] for Microsoft Graph.
    pub absent: Option<Absent>,
    /// `delta`: the name of the function that reads what has changed since the last time: requests
    /// for it follow the delta links of its responses.
    ///
    /// Default: none, because OData names no function for this (OData Protocol 4.01, section 11.3).
    /// `delta` for Microsoft Graph.
    pub delta: Option<String>,
    /// `content`: the name at the end of paths where the bytes of an item are read and written. A
    /// function that returns bytes may have any other name.
    ///
    /// Default: none, and a path without metadata leads to bytes if something is written there.
    /// `content` for Microsoft Graph.
    pub content: Option<String>,
    /// The protocol options of the service.
    pub protocol: Protocol,
}

settings! {
    Service {
        name = "name": text(Name),
        namespace = "namespace": text(Namespace),
        root = "root": text(Address),
        keys = "keys": choice,
        site = "site": text(Address),
        pages = "pages": by_name(Address),
        singletons = "singletons": by_name(Type),
        variable = "variable": text(Variable),
        absent = "absent": choice,
        delta = "delta": text(Segment),
        content = "content": text(Segment),
        ..protocol: Protocol
    }
}

/// The kinds of texts in a [`Service`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Name,
    Variable,
    Namespace,
    Address,
    Type,
    Segment,
    Version,
    Header,
    HeaderName,
    HeaderValue,
}

impl Setting {
    /// Returns true if a text is valid.
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Setting::Name => crate::rust_ident::is_identifier(text),
            // Other names that are imported beside it, or that Rust looks up in the same way.
            Setting::Variable => {
                Setting::Name.accepts(text)
                    && !["alloc", "core", "edmark_runtime", "rt", "std", "testing"].contains(&text)
            }
            Setting::Namespace | Setting::Type => text.split('.').all(crate::rust_ident::is_identifier),
            Setting::Segment => crate::rust_ident::is_identifier(text),
            Setting::Version => matches!(text, "4.0" | "4.01"),
            Setting::HeaderName => is_header_name(text),
            Setting::HeaderValue => is_header_value(text),
            Setting::Header => {
                text.split_once(':').is_some_and(|(name, value)| is_header_name(name) && is_header_value(value.trim()))
            }
            Setting::Address => ["https://", "http://"].iter().any(|scheme| {
                let host = text.strip_prefix(scheme);
                host.is_some_and(|host| {
                    !host.starts_with('/') && !host.is_empty() && !host.contains([' ', '?', '#', '"', '\\'])
                })
            }),
        }
    }

    /// A description of a valid text.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Setting::Name => "a name in Rust that is no keyword",
            Setting::Variable => "a name in Rust that is no keyword, and none that generated code uses itself",
            Setting::Namespace => "a namespace: names with dots between",
            Setting::Address => "an address that begins with https:// or http://, without a query",
            Setting::Type => "the name of an entity type",
            Setting::Segment => "the name of a function or of a property",
            Setting::Version => r#""4.0" or "4.01""#,
            Setting::Header => "a header: its name, a colon and its value",
            Setting::HeaderName => "the name of a header",
            Setting::HeaderValue => "the value of a header",
        }
    }
}

impl Service {
    /// The facts of this source, completed by those of a source with less precedence.
    #[must_use]
    pub fn or(self, weaker: Service) -> Service {
        self.completed(weaker)
    }

    /// The built-in profile for the namespace that the user has set, or for those of a schema.
    fn profile(schema: &Schema, said: &Service) -> Option<Service> {
        match &said.namespace {
            Some(namespace) => graph::of(std::iter::once(namespace.as_str())),
            None => graph::of(namespace::largest_family(&namespace::all(schema)).into_iter()),
        }
    }

    /// The schema with the paths of request lines below the service root; `said` as for
    /// [`Service::of`]. For a built-in profile nothing changes, because its roots end with the
    /// version.
    pub(crate) fn below_root<'s>(schema: &'s Schema, said: &Service) -> Cow<'s, Schema> {
        match Service::profile(schema, said) {
            Some(_) => Cow::Borrowed(schema),
            None => root::below_root(schema, said),
        }
    }

    /// Combines the facts about the service of a schema; `said` are those of the user and the
    /// metadata.
    pub(crate) fn of(schema: &Schema, said: &Service) -> Service {
        let namespaces = namespace::all(schema);
        let profile = Service::profile(schema, said);
        let mut service = said.clone();
        if profile.is_none() && service.namespace.is_none() {
            service.namespace = namespace::root(&namespaces);
        }
        let declares_segments = |member: &ContainerMember| member.capabilities.key_as_segment == Some(true);
        if service.keys.is_none() && schema.container.iter().any(declares_segments) {
            service.keys = Some(KeySyntax::Segments);
        }
        let has_no_batch = |member: &ContainerMember| member.capabilities.batch == Some(false);
        if service.protocol.batch_limit.is_none() && schema.container.iter().any(has_no_batch) {
            service.protocol.batch_limit = Some(0);
        }
        let mut service = service.or(profile.unwrap_or_default());
        if service.keys.is_none_or(|keys| keys == KeySyntax::Shown) {
            service.keys = Some(keys::shown(schema).unwrap_or(KeySyntax::Parentheses));
        }
        if service.root.is_none() {
            service.root = root::shown(schema);
        }
        if service.protocol.exact_numbers.is_none() && protocol::has_wide_numbers(schema) {
            service.protocol.exact_numbers = Some(true);
        }
        service
    }

    /// The name of the entry point.
    pub fn name(&self) -> String {
        let of_namespace = || {
            let parts = self.namespace().rsplit('.');
            // A version is not a name: `zoo.v1`.
            let mut names = parts.filter(|part| !crate::url::is_version(part)).map(|part| part.to_pascal_case());
            names.find(|name| crate::rust_ident::is_identifier(name))
        };
        match &self.name {
            Some(name) => name.clone(),
            None if self.namespace.is_none() => "Client".to_owned(),
            None => of_namespace().unwrap_or_else(|| "Client".to_owned()),
        }
    }

    /// The name of the entry point's value in calls, and of the generated code's root in modules
    /// that import it.
    pub(crate) fn variable(&self) -> &str {
        self.variable.as_deref().unwrap_or("odata")
    }

    /// The name of the file if all code is in one, and the user gives it no other name.
    pub(crate) fn file_name(&self) -> String {
        format!("{}.rs", self.variable())
    }

    /// The namespace whose types are in the root module. If no page states one, types get a general
    /// namespace that no real service has.
    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or("service")
    }

    /// Returns true if keys are in parentheses; otherwise they are segments.
    pub(crate) fn has_keys_in_parentheses(&self) -> bool {
        self.keys == Some(KeySyntax::Parentheses)
    }

    /// Returns true if a function of this name reads what has changed.
    pub(crate) fn is_delta(&self, name: &str) -> bool {
        self.delta.as_ref().is_some_and(|delta| delta.eq_ignore_ascii_case(name))
    }

    /// Returns true if paths that end with this name lead to bytes.
    pub(crate) fn is_content(&self, name: &str) -> bool {
        self.content.as_ref().is_some_and(|content| content.eq_ignore_ascii_case(name))
    }

    /// Returns true if clients have to be told how requests are written. A client that is told
    /// nothing writes them as Microsoft Graph expects them.
    pub(crate) fn needs_protocol(&self) -> bool {
        let usual = graph::profile();
        self.keys != usual.keys || self.protocol != usual.protocol
    }

    /// The address of a page on the web, given its path; `None` if it is not known.
    pub(crate) fn page(&self, path: &str) -> Option<String> {
        let mut parts = path.rsplit('/');
        let file = parts.next()?;
        let address = self.pages.get(parts.next()?)?;
        Some(address.replace("{page}", &encoded(file.strip_suffix(".md").unwrap_or(file))))
    }
}

/// Returns true if a text is valid as the name of a header (RFC 9110, section 5.6.2).
fn is_header_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Returns true if a text is valid as the value of a header, and has nothing but ASCII.
fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Encodes the characters in a page's name that would end a link in markdown.
fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, LINK).to_string()
}

const LINK: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'<')
    .add(b'>')
    .add(b'(')
    .add(b')')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'`')
    .add(b'|')
    .add(b'"')
    .add(b'{')
    .add(b'}')
    .add(b'^')
    .add(b'*');

#[cfg(test)]
mod tests {
    use super::*;

    fn named(namespace: &str) -> Service {
        Service { namespace: Some(namespace.to_owned()), ..Service::default() }
    }

    #[test]
    fn an_entry_point_is_called_after_its_namespace() {
        for (namespace, name) in [
            ("zoo", "Zoo"),
            ("contoso.demo", "Demo"),
            ("example.zoo_keeping.v1", "ZooKeeping"),
            ("Microsoft.Dynamics.CRM", "Crm"),
            ("v1", "Client"),
        ] {
            assert_eq!(named(namespace).name(), name, "{namespace}");
        }
        assert_eq!(Service::default().name(), "Client");
    }

    #[test]
    fn a_variable_hides_no_name_of_generated_code() {
        for (name, is_accepted) in [("zoo", true), ("odata", true), ("rt", false), ("std", false), ("fn", false)] {
            assert_eq!(Setting::Variable.accepts(name), is_accepted, "{name}");
        }
    }

    #[test]
    fn what_is_known_better_takes_precedence() {
        let said = Service { keys: Some(KeySyntax::Parentheses), ..Service::default() };
        let service = said.or(graph::profile());
        assert_eq!(service.keys, Some(KeySyntax::Parentheses));
        assert_eq!(service.name(), "Graph");
    }
}
