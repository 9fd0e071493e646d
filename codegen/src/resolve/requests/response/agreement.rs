//! Compares two responses, with each other and with the examples of the page.

use std::cmp::Ordering;

use super::{Resolver, Response};
use crate::json;
use crate::model::{Envelope, Primitive, TypeId, ValueType};
use crate::resolve::fit::Checker;
use crate::schema::{DocumentedOperation, TypeExpr};
use crate::source::Span;

impl Resolver<'_, '_> {
    /// The response that two claims agree on; `None` if they contradict each other.
    pub(super) fn reconcile(&self, one: &Response, other: &Response) -> Option<Response> {
        let item = |one: &ValueType, other: &ValueType| self.reconcile_items(one, other);
        match (one, other) {
            (Response::One(one), Response::One(other)) => item(one, other).map(Response::One),
            (Response::Many(one), Response::Many(other)) => item(one, other).map(Response::Many),
            (one, other) => (one == other).then(|| one.clone()),
        }
    }

    fn reconcile_items(&self, one: &ValueType, other: &ValueType) -> Option<ValueType> {
        let untyped = ValueType::Primitive(Primitive::Untyped);
        match (one, other) {
            _ if one == other => Some(one.clone()),
            (ValueType::Structured(a), ValueType::Structured(b)) => {
                if self.model.derives(*a, *b) {
                    Some(other.clone())
                } else if self.model.derives(*b, *a) {
                    Some(one.clone())
                } else {
                    None
                }
            }
            _ if *one == untyped => Some(other.clone()),
            _ if *other == untyped => Some(one.clone()),
            // The same simple name in another namespace, or in none, is no contradiction.
            (ValueType::Undocumented(name), ValueType::Structured(id))
            | (ValueType::Structured(id), ValueType::Undocumented(name)) => {
                let known = &self.model.structured(*id).name.name;
                let plural = name.name.strip_suffix(['s', 'S']).unwrap_or_default();
                (known.eq_ignore_ascii_case(&name.name) || known.eq_ignore_ascii_case(plural))
                    .then_some(ValueType::Structured(*id))
            }
            (ValueType::Undocumented(one), ValueType::Undocumented(other)) => {
                // The text of a link may be the end of the name: `Range` for `workbookRange`.
                let (short, long) = if one.name.len() < other.name.len() { (one, other) } else { (other, one) };
                let is_end = long.name.to_ascii_lowercase().ends_with(&short.name.to_ascii_lowercase());
                is_end.then(|| ValueType::Undocumented(long.clone()))
            }
            _ => None,
        }
    }

    /// Compares how many members of the example's body two responses declare: `Greater` if the
    /// first has more of them. `Equal` if nothing decides: no example of a success has a body, both
    /// have as many, or the page shows both.
    pub(super) fn by_body(&self, page: &DocumentedOperation, first: &Response, second: &Response) -> Ordering {
        let responses = page.examples.iter().filter_map(|example| example.response.as_ref());
        let successes = responses.filter(|response| response.status.as_ref().is_none_or(|status| status.value < 300));
        let checker = Checker::new(self.model);
        let of_body = |body: Span| {
            let document = json::parse(body.file, body.start as usize, self.index.text(body));
            let known = |response: &Response| match response {
                Response::One(item) => {
                    let of = |envelope| checker.known(&document.value, item, envelope);
                    of(Envelope::None).max(of(Envelope::Single))
                }
                Response::Many(item) => checker.known(&document.value, item, Envelope::Collection),
                Response::Nothing | Response::Stream => 0,
            };
            known(first).cmp(&known(second))
        };
        let mut bodies = successes.filter_map(|response| response.message.body).map(of_body);
        let shown = bodies.next().unwrap_or(Ordering::Equal);
        if shown.is_ne() && bodies.any(|other| other == shown.reverse()) { Ordering::Equal } else { shown }
    }

    /// Returns true if an example of the page shows the response that a row names.
    pub(super) fn is_shown(&self, row: &Response, page: &DocumentedOperation) -> bool {
        let messages = page.examples.iter().filter_map(|example| Some(&example.response.as_ref()?.message));
        let shown = messages.filter_map(|message| {
            let ty = message.ty.as_ref()?;
            self.of_type(&TypeExpr { collection: ty.collection || message.is_list, ..ty.clone() })
        });
        shown.into_iter().any(|shown| self.reconcile(row, &shown).is_some())
    }

    /// Returns true if the response is of a type or of one of its bases, whose page may be the one
    /// that describes the request.
    pub(super) fn is_of(&self, response: &Response, ty: TypeId) -> bool {
        matches!(response.item(), Some(ValueType::Structured(id)) if self.model.derives(ty, *id))
    }
}
