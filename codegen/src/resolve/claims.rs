//! What the examples of API pages claim, beside values: the names of their members, the types that
//! they tag, their HTTP methods, paths and statuses.
//!
//! An example is what readers copy, so each claim is compared with what the pages describe. Where
//! it is not certain that the example is wrong, nothing is said: a claim of an open type, of one
//! whose base no page describes, or of a body whose type is only a guess, proves nothing.

mod bodies;
mod calls;
mod known;
mod members;
mod messages;

use std::collections::BTreeMap;

use self::known::Known;
use super::replays;
use crate::diagnostics::Diagnostics;
use crate::json;
use crate::model::{Example, ExampleContent, Model};
use crate::parallel;
use crate::schema::Schema;
use crate::source::{SourceMap, Span};

/// Reports the claims that are wrong.
pub(super) fn check(schema: &Schema, model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let known = Known::new(schema, model);
    let bodies: Vec<&Example> =
        model.examples.iter().filter(|example| example.content != ExampleContent::Invalid).collect();
    let found = parallel::map(&bodies, |example| {
        let document = json::parse_span(sources, example.body);
        let mut claims = members::Claims::default();
        members::read(&known, example, &document.value, &mut claims);
        claims
    });
    members::report(&known, found, diagnostics);
    let content: BTreeMap<Span, &ExampleContent> =
        model.examples.iter().map(|example| (example.body, &example.content)).collect();
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        messages::check(page, &content, &known, diagnostics);
    }
    bodies::check(schema, &known, sources, diagnostics);
    let replays = replays::replays(schema, model, sources);
    calls::Calls { root: model.service.root.as_deref(), sources }.check(schema, &replays, diagnostics);
}
