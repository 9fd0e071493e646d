//! Literals in URLs: arguments of functions, keys, and values in `$filter`.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::protocol::{DurationLiterals, EnumLiterals, Protocol};
use crate::{InvalidText, Json, OpenEnum, Value, grammar, wire};

/// All characters except the unreserved ones of RFC 3986, section 2.3, so that no text can leave
/// its path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A literal as OData writes it in a URL (OData URL Conventions 4.01, section 5.1.1.14). It is
/// percent-encoded when it is put into a URL.
///
/// ```
/// use edmark_runtime::Literal;
/// assert_eq!(Literal::string("O'Neil").to_string(), "'O''Neil'");
/// assert_eq!(Literal::from(5).to_string(), "5");
/// assert_eq!(Literal::bare("2025-01-31").to_string(), "2025-01-31");
/// assert_eq!(Literal::member("microsoft.graph.color", "red").to_string(), "microsoft.graph.color'red'");
/// ```
///
/// It is always exactly one literal. A text that is not a valid value of its type makes the request
/// fail, because it could change the meaning of the URL:
///
/// ```
/// use edmark_runtime::{At, Client, Json, Literal, Method, response};
/// let zoo = At::root(Client::offline("https://zoo.example/v4"));
/// let request = zoo.function("fed", &[("on", Literal::bare("2025-01-31) or (true"))]).request(Method::Get, response::json::<Json>);
/// assert!(request.http().unwrap_err().to_string().contains("\"2025-01-31) or (true\" is not"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Literal(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// Without quotes. The text is checked against the grammar of its type.
    Plain(Cow<'static, str>),
    /// In quotes.
    String(String),
    /// In quotes. The name of the type is written before it if `always` is set or if the service's
    /// [`Protocol`] requires it.
    Enum {
        type_name: Cow<'static, str>,
        member: String,
        always: bool,
    },
    Duration(String),
    Binary(String),
    /// `Edm.Geography` or `Edm.Geometry`: the prefix, and the text in quotes.
    Spatial(&'static str, String),
    /// A complex value or a collection, as JSON.
    Json(String),
    /// A text that is not a valid value of its type.
    Invalid(InvalidText),
}

impl Literal {
    /// An `Edm.String`, or the name of an enum member: in quotes, with quotes in the text doubled.
    pub fn string(text: &str) -> Self {
        Self(Form::String(text.to_owned()))
    }

    /// A member of an enum type, always with the name of the type before it.
    /// [`enum_member`](Self::enum_member) follows the service's [`Protocol`] instead.
    pub fn member(type_name: &str, member: &str) -> Self {
        match type_name {
            "" => Self::string(member),
            "duration" => Self::duration(member),
            "binary" => Self::binary(member),
            "geography" => Self::spatial("geography", member),
            "geometry" => Self::spatial("geometry", member),
            _ => Self(Form::Enum { type_name: type_name.to_owned().into(), member: member.to_owned(), always: true }),
        }
    }

    /// A member of an enum type, or several separated by commas. The service's [`Protocol`] decides
    /// if the name of the type is written before it.
    pub fn enum_member(type_name: &'static str, member: &str) -> Self {
        Self(Form::Enum { type_name: type_name.into(), member: member.to_owned(), always: false })
    }

    /// A member, with the type name of its enum: see [`enum_member`](Self::enum_member).
    pub fn member_of<E: OpenEnum>(member: &E) -> Self {
        Self::enum_member(E::TYPE_NAME, member.as_str())
    }

    /// An `Edm.Duration`, such as `PT1H`.
    pub fn duration(text: &str) -> Self {
        match grammar::duration(text) {
            true => Self(Form::Duration(text.to_owned())),
            false => Self::invalid("a duration", text),
        }
    }

    /// An `Edm.Binary`, given as base64 in either alphabet. In the URL it has the URL-safe
    /// alphabet.
    pub fn binary(text: &str) -> Self {
        let safe = text.replace('+', "-").replace('/', "_");
        match grammar::binary(&safe) {
            true => Self(Form::Binary(safe)),
            false => Self::invalid("base64", text),
        }
    }

    /// A value of `Edm.GeographyPoint` or of another geographic type, in the notation of URLs
    /// (OData ABNF 4.01, `geographyPoint` and the others). Geometric values have
    /// [`geometry`](Self::geometry).
    ///
    /// ```
    /// use edmark_runtime::Literal;
    /// let here = Literal::geography("SRID=4326;Point(-0.13 51.5)");
    /// assert_eq!(here.to_string(), "geography'SRID=4326;Point(-0.13 51.5)'");
    /// ```
    pub fn geography(text: &str) -> Self {
        Self::spatial("geography", text)
    }

    /// A value of `Edm.GeometryPoint` or of another geometric type: see
    /// [`geography`](Self::geography).
    pub fn geometry(text: &str) -> Self {
        Self::spatial("geometry", text)
    }

    fn spatial(prefix: &'static str, text: &str) -> Self {
        match grammar::spatial(text) {
            true => Self(Form::Spatial(prefix, text.to_owned())),
            false => Self::invalid("a place such as `SRID=4326;Point(-0.13 51.5)`", text),
        }
    }

    /// A value that is written without quotes: null, a Boolean, a number, a date, a time or a GUID.
    pub fn bare(value: impl fmt::Display) -> Self {
        Self::plain(value.to_string(), "a number, a date, a time or a GUID", grammar::unquoted)
    }

    /// A value that is written without quotes and is valid if `is_one` accepts it.
    pub(crate) fn plain(text: String, kind: &'static str, is_one: fn(&str) -> bool) -> Self {
        if is_one(&text) { Self(Form::Plain(text.into())) } else { Self::invalid(kind, &text) }
    }

    /// A complex value or a collection, as JSON (OData URL Conventions 4.01, section 5.1.1.13). As
    /// an argument in a path it is passed through a parameter alias. An untyped value that is
    /// neither is written as what it is: `'text'`, `5`, `true` or `null`.
    ///
    /// ```
    /// use edmark_runtime::{At, Client, Json, Literal, Method, response};
    /// let zoo = At::root(Client::offline("https://zoo.example/v4"));
    /// let call = zoo.function("feed", &[("ids", Literal::json(&vec![1, 2]))]).request(Method::Get, response::json::<Json>);
    /// assert_eq!(call.http()?.uri(), "https://zoo.example/v4/feed(ids=@ids)?@ids=%5B1,2%5D");
    /// # Ok::<_, edmark_runtime::Error>(())
    /// ```
    pub fn json(value: &impl Value) -> Self {
        Self::from(&wire::json(value))
    }

    /// A collection of values, as JSON: see [`json`](Self::json).
    pub fn list<V: Value>(items: &[V]) -> Self {
        Self(Form::Json(Json::Array(items.iter().map(wire::json).collect()).to_string()))
    }

    /// `null`
    pub const fn null() -> Self {
        Self(Form::Plain(Cow::Borrowed("null")))
    }

    /// A value that may be null.
    pub fn or_null(value: Option<Self>) -> Self {
        value.unwrap_or_else(Self::null)
    }

    /// A parameter alias: its value is a query option of the same name, which
    /// [`Request::alias`](crate::Request::alias) gives (OData URL Conventions 4.01, section 5.3).
    pub fn alias(name: &str) -> Self {
        let name = name.strip_prefix('@').unwrap_or(name);
        match grammar::identifier(name) {
            true => Self(Form::Plain(format!("@{name}").into())),
            false => Self::invalid("the name of a parameter alias", name),
        }
    }

    fn invalid(kind: &'static str, text: &str) -> Self {
        Self(Form::Invalid(InvalidText::new(kind, text)))
    }

    /// Returns true for a complex value or a collection.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.0, Form::Json(_))
    }

    /// The literal in the form that the service expects, before it is percent-encoded.
    ///
    /// # Errors
    /// If it was made of a text that is not a valid value of its type.
    pub(crate) fn text(&self, protocol: &Protocol) -> Result<String, InvalidText> {
        Ok(match self.parts(protocol)? {
            (prefix, Some(text)) => format!("{prefix}'{}'", text.replace('\'', "''")),
            (text, None) => text.to_owned(),
        })
    }

    /// The prefix and the text in quotes; or the text without quotes and none.
    fn parts(&self, protocol: &Protocol) -> Result<(&str, Option<&str>), InvalidText> {
        Ok(match &self.0 {
            Form::Plain(text) => (text, None),
            Form::Json(text) => (text, None),
            Form::String(text) => ("", Some(text)),
            Form::Binary(text) => ("binary", Some(text)),
            Form::Spatial(prefix, text) => (prefix, Some(text)),
            Form::Duration(text) => match protocol.duration_literals() {
                DurationLiterals::Prefixed => ("duration", Some(text)),
                DurationLiterals::Short => ("", Some(text)),
            },
            Form::Enum { type_name, member, always } => {
                let qualified =
                    !type_name.is_empty() && (*always || protocol.enum_literals() == EnumLiterals::Qualified);
                match qualified {
                    true if !grammar::enum_members(member) => {
                        return Err(InvalidText::new("the name of an enum member", member));
                    }
                    true if !grammar::qualified_name(type_name) => {
                        return Err(InvalidText::new("the name of an enum type", type_name));
                    }
                    true => (type_name, Some(member)),
                    // In quotes, the name of a member stays one literal, even if it has unusual
                    // characters.
                    false => ("", Some(member)),
                }
            }
            Form::Invalid(invalid) => return Err(invalid.clone()),
        })
    }

    /// Adds the literal to a path. The quotes around it are not percent-encoded, because that is
    /// easier to read and some services require it.
    pub(crate) fn encode(&self, protocol: &Protocol, out: &mut String) -> Result<(), InvalidText> {
        match self.parts(protocol)? {
            (prefix, Some(text)) => {
                encode(prefix, out);
                out.push('\'');
                encode(&text.replace('\'', "''"), out);
                out.push('\'');
            }
            // Aliases begin with `@`.
            (text, None) => match text.strip_prefix('@') {
                Some(name) => {
                    out.push('@');
                    encode(name, out);
                }
                None => encode(text, out),
            },
        }
        Ok(())
    }

    /// The literal as a key in a path segment of its own: without quotes (OData URL Conventions
    /// 4.01, section 4.3.6).
    pub(crate) fn segment(&self, protocol: &Protocol) -> Result<&str, InvalidText> {
        self.parts(protocol).map(|(plain, quoted)| quoted.unwrap_or(plain))
    }
}

/// The form for a service with the default [`Protocol`]. A text that is not a valid value of its
/// type is shown in quotes.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            &self.text(&Protocol::new()).unwrap_or_else(|invalid| format!("'{}'", invalid.text().replace('\'', "''"))),
        )
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<&String> for Literal {
    fn from(text: &String) -> Self {
        Self::string(text)
    }
}

/// An untyped value: see [`Literal::json`].
impl From<&Json> for Literal {
    fn from(value: &Json) -> Self {
        match value {
            Json::Null => Self::null(),
            Json::Bool(value) => Self::bare(value),
            Json::Number(number) => Self::bare(number),
            Json::String(text) => Self::string(text),
            Json::Array(_) | Json::Object(_) => Self(Form::Json(value.to_string())),
        }
    }
}

/// Percent-encodes a text so that it is one path segment, or a part of one.
pub(crate) fn encode(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, SEGMENT));
}
