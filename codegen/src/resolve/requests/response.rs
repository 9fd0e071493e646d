//! The response of a page's requests.

mod agreement;
mod settle;
mod types;

use crate::model::{HttpMethod, Primitive, Segment, ValueType};
use crate::schema::operation::Request;

pub(in crate::resolve) use self::types::Resolver;

/// The response of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::resolve) enum Response {
    /// No body.
    Nothing,
    /// One value.
    One(ValueType),
    /// A collection, with its count and links.
    Many(ValueType),
    /// Bytes.
    Stream,
}

impl Response {
    /// JSON that the pages do not describe further.
    const UNTYPED: Response = Response::One(ValueType::Primitive(Primitive::Untyped));

    /// Returns true if both are single values, both collections, both bytes, or both nothing.
    fn is_like(&self, other: &Response) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The type of the value, or of the values of a collection.
    fn item(&self) -> Option<&ValueType> {
        match self {
            Response::One(item) | Response::Many(item) => Some(item),
            Response::Nothing | Response::Stream => None,
        }
    }
}

/// The response of a page's requests.
pub(in crate::resolve) struct PageResponse {
    response: Response,
    /// A typed response that another place of the page states.
    other: Option<Response>,
}

impl PageResponse {
    /// The response of the page as a whole.
    pub(in crate::resolve) fn response(&self) -> &Response {
        &self.response
    }

    /// The response of one of the page's templates.
    ///
    /// `$value` returns bytes and `$count` a number in plain text. A page that describes `x` and
    /// `x/$value` together may mention only bytes; then another place states the response of `x`.
    /// `$ref` reads references, which have no type of their own.
    pub(in crate::resolve) fn of_template(&self, request: &Request, page: &[Request]) -> Response {
        let untyped = ValueType::Primitive(Primitive::Untyped);
        match &self.response {
            response if request.method != HttpMethod::Get => response.clone(),
            _ if ends_with(request, "$value") || ends_with(request, "$count") => Response::Stream,
            Response::One(_) if ends_with(request, "$ref") => Response::One(untyped),
            Response::Many(_) if ends_with(request, "$ref") => Response::Many(untyped),
            Response::Stream if page.iter().any(|request| ends_with(request, "$value")) => {
                self.other.as_ref().unwrap_or(&self.response).clone()
            }
            response => response.clone(),
        }
    }
}

fn ends_with(request: &Request, name: &str) -> bool {
    matches!(request.path.last(), Some(Segment::Literal(last)) if last == name)
}
