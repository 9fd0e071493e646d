//! Compares the status of an example response with its body, and the form of the body with the
//! annotation.

use std::collections::BTreeMap;

use super::known::Known;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Envelope, ExampleContent, ValueType};
use crate::schema::DocumentedOperation;
use crate::schema::operation::{ExampleResponse, ResponseSource, ResponseType};
use crate::source::Span;

pub(super) fn check(
    page: &DocumentedOperation,
    content: &BTreeMap<Span, &ExampleContent>,
    known: &Known<'_>,
    diagnostics: &mut Diagnostics,
) {
    for response in page.examples.iter().filter_map(|example| example.response.as_ref()) {
        without_body(response, diagnostics);
        let typed = response.message.body.and_then(|body| content.get(&body));
        if let Some(ExampleContent::Typed { ty: ty @ ValueType::Structured(_), envelope }) = typed {
            form(page, response, ty, *envelope, known, diagnostics);
        }
    }
}

/// Status 204 means that there is no body (RFC 9110, 15.3.5).
fn without_body(response: &ExampleResponse, diagnostics: &mut Diagnostics) {
    let Some(status) = response.status.as_ref().filter(|status| status.value == 204) else { return };
    let Some(body) = response.message.body else {
        if let (Some(name), Some(_)) = (&response.message.odata_type, &response.message.ty) {
            let message =
                format!("the comment names the type `{}`, and the status says that there is no body", name.value);
            diagnostics.push(
                Diagnostic::new(Code::ExampleBodyUnexpected, name.span, message)
                    .also(status.span, "204 No Content")
                    .help("remove the type, or give the status of the service's response"),
            );
        }
        return;
    };
    let message = "the example has a body, and its status says that there is none";
    diagnostics.push(
        Diagnostic::new(Code::ExampleBodyUnexpected, body, message)
            .label("the body")
            .also(status.span, "204 No Content")
            .help("remove the body, or give the status of the service's response"),
    );
}

/// Checks that the body has the form that the annotation states: one value, a value in an envelope,
/// or a list.
fn form(
    page: &DocumentedOperation,
    response: &ExampleResponse,
    ty: &ValueType,
    envelope: Envelope,
    known: &Known<'_>,
    diagnostics: &mut Diagnostics,
) {
    let message = &response.message;
    let (Some(body), name) = (message.body, known.model.type_name(ty)) else { return };
    if envelope == Envelope::Single {
        diagnostics.push(
            Diagnostic::new(
                Code::ExampleEnvelope,
                body,
                format!("the example wraps one `{name}` in an object with the member `value`"),
            )
            .label("the service sends the object itself")
            .help("show the object without the envelope"),
        );
        return;
    }
    let Some(annotation) = &message.odata_type else { return };
    let says_many = message.ty.as_ref().is_some_and(|ty| ty.collection);
    if message.is_list && !says_many && message.ty.is_some() && envelope == Envelope::Collection {
        let told = page.responses.first().filter(|claim| claim.source == ResponseSource::Prose);
        if let Some(told) = told.filter(|told| matches!(&told.value, ResponseType::Type(ty) if !ty.collection)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::ExampleEnvelope,
                    body,
                    format!("the example shows a list, and the page returns one `{name}`"),
                )
                .label("a list")
                .also(told.span, "one")
                .also(annotation.span, "one")
                .help("show one object, without the list around it"),
            );
            return;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::ExampleEnvelope,
                annotation.span,
                format!("the annotation says one `{name}`, and the example shows a list"),
            )
            .label("one")
            .also(body, "a list")
            .help("add `\"isCollection\": true`, or show one object"),
        );
    }
}
