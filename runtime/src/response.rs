//! Functions that turn a response of the service into the value that a documented operation
//! returns.
//!
//! Each function takes the head and the body of a response with a success status.
//! [`Request::decode`](crate::Request::decode) turns all other responses into errors before.

use std::str;

use http::StatusCode;
use http::response::Parts;
use serde::de::DeserializeOwned;

use crate::error::DecodeError;
use crate::{Accepted, Error, Single, Value};

/// Reads a JSON document: an entity, a [`Collection`](crate::Collection), a
/// [`Delta`](crate::Delta).
///
/// # Errors
/// When there is no body, and when it is not JSON or not of the type.
pub fn json<T: DeserializeOwned>(head: &Parts, body: &[u8]) -> Result<T, Error> {
    let body = without_mark(body);
    if body.is_empty() {
        return Err(DecodeError::empty(head).into());
    }
    serde_json::from_slice(body).map_err(|error| DecodeError::json(head, body, error).into())
}

/// Reads a JSON document, or nothing. The response has no body after a change with `Prefer:
/// return=minimal` or if the service prefers so, and when a nullable navigation property or the
/// result of a function is null (OData Protocol 4.01, sections 11.2.7 and 11.5.4.1).
///
/// # Errors
/// When there is a body that is not JSON or not of the type.
pub fn optional<T: DeserializeOwned>(head: &Parts, body: &[u8]) -> Result<Option<T>, Error> {
    if head.status == StatusCode::NO_CONTENT || matches!(without_mark(body).trim_ascii(), b"" | b"null") {
        Ok(None)
    } else {
        json(head, body).map(Some)
    }
}

/// Reads a primitive value in its envelope: `{"value": 12}`. A response without a body means null
/// (204; OData Protocol 4.01, section 11.2.4).
///
/// # Errors
/// Those of [`json`].
pub fn single<T: Value>(head: &Parts, body: &[u8]) -> Result<Single<T>, Error> {
    optional(head, body).map(Option::unwrap_or_default)
}

/// Returns nothing; a body is ignored.
///
/// # Errors
/// None.
pub fn nothing(_: &Parts, _: &[u8]) -> Result<(), Error> {
    Ok(())
}

/// Returns the body unchanged.
///
/// # Errors
/// None.
pub fn bytes(_: &Parts, body: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(body.to_vec())
}

/// Reads plain text.
///
/// # Errors
/// When it is not UTF-8.
pub fn text(head: &Parts, body: &[u8]) -> Result<String, Error> {
    match str::from_utf8(without_mark(body)) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(DecodeError::text(head, body, "a text in UTF-8", Some(error.valid_up_to())).into()),
    }
}

/// Reads a number in plain text, as the response to `/$count` has it.
///
/// # Errors
/// When it is not a number.
pub fn count(head: &Parts, body: &[u8]) -> Result<i64, Error> {
    let number = str::from_utf8(without_mark(body)).ok().and_then(|text| text.trim().parse().ok());
    number.ok_or_else(|| DecodeError::text(head, body, "a number", None).into())
}

/// Reads the address of the status monitor of a long-running operation.
///
/// # Errors
/// None yet: a response without the header `Location` is found by [`Accepted::monitor`].
pub fn accepted(head: &Parts, body: &[u8]) -> Result<Accepted, Error> {
    Accepted::read(head, body)
}

/// Removes the byte order mark with which some services begin a text, although JSON has none (RFC
/// 8259, section 8.1).
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
