//! Finds bodies of examples that are of another type than the page says: none of their members is a
//! property of it, and all are properties of another type. Most were copied from another page.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Known;
use super::members::is_claim;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, Value, ValueKind};
use crate::model::replays::Replay;
use crate::model::requests::Body;
use crate::model::{Envelope, Example, ExampleContent, Model, TypeId, ValueType};
use crate::source::{SourceMap, Span};

/// The number of members from which on an object shows its type.
const ENOUGH: usize = 2;

pub(super) fn check(replays: &[Replay], known: &Known<'_>, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut expected = responses(&known.model.examples);
    expected.extend(requests(replays, known.model));
    for (body, (id, envelope)) in expected {
        let document = json::parse_span(sources, body);
        if let Some(object) = object(&document.value, envelope).filter(|_| document.is_certain()) {
            diagnostics.extend(stranger(known, id, object));
        }
    }
}

/// The bodies of responses whose type the page states.
fn responses(examples: &[Example]) -> BTreeMap<Span, (TypeId, Envelope)> {
    let typed = examples.iter().filter_map(|example| match &example.content {
        ExampleContent::Typed { ty: ValueType::Structured(id), envelope } => Some((example.body, (*id, *envelope))),
        _ => None,
    });
    typed.collect()
}

/// The bodies of requests that create or change an entity, if the page does not state their type.
fn requests(replays: &[Replay], model: &Model) -> BTreeMap<Span, (TypeId, Envelope)> {
    let untyped = model.examples.iter().filter(|example| matches!(example.content, ExampleContent::Untyped(_)));
    let untyped: BTreeSet<Span> = untyped.map(|example| example.body).collect();
    let sent = replays.iter().filter_map(|replay| {
        let body = replay.body.filter(|body| untyped.contains(body))?;
        let call = replay.call.as_ref().ok()?;
        match model.requests.builder(call.builder).operations[call.operation].body {
            Body::Update(id) | Body::Value(ValueType::Structured(id)) => Some((body, (id, Envelope::None))),
            _ => None,
        }
    });
    sent.collect()
}

fn object<'d, 'a>(value: &'d Value<'a>, envelope: Envelope) -> Option<&'d Value<'a>> {
    let inner = match envelope {
        Envelope::None => value,
        Envelope::Single | Envelope::Collection => value.get("value")?,
    };
    match &inner.kind {
        ValueKind::Array(items) => items.first(),
        _ => Some(inner),
    }
}

fn stranger(known: &Known<'_>, id: TypeId, object: &Value<'_>) -> Option<Diagnostic> {
    let ValueKind::Object(members) = &object.kind else { return None };
    if object.get("@odata.type").is_some() {
        return None;
    }
    let own = known.properties(id)?;
    let names: Vec<_> = members.iter().map(|(name, _)| name).filter(|name| is_claim(&name.value)).collect();
    if names.len() < ENOUGH || names.iter().any(|name| own.contains(name.value.as_ref())) {
        return None;
    }
    let has_all = |id: &TypeId| {
        let properties = known.model.all_properties(*id);
        names.iter().all(|name| properties.iter().any(|property| property.name == name.value))
    };
    let others: Vec<TypeId> = known.model.structured_types().map(|(id, _)| id).filter(has_all).collect();
    let is_base = |base: &&TypeId| others.iter().all(|id| known.model.derives(*id, **base));
    let label = match others.iter().find(is_base) {
        Some(base) => format!("these are properties of `{}`", known.model.structured(*base).name),
        None if others.is_empty() => return None,
        None => "these are properties of other types".to_owned(),
    };
    let ty = known.model.structured(id);
    let first = names.first()?;
    Some(
        Diagnostic::new(
            Code::ExamplePropertyUnknown,
            first.span,
            format!("the example has no property of `{}`", ty.name),
        )
        .label(label)
        .also(ty.span, "the type that the page is about")
        .help("show a body of this type, or correct what the page says about its type"),
    )
}
