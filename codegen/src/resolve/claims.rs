//! Checks the claims of the examples on API pages, except for their values: the names of members,
//! the types that they are tagged with, HTTP methods, paths and statuses.
//!
//! Readers copy examples, so each claim is compared with the descriptions on the pages. Nothing is
//! reported unless the example is certainly wrong. Members of an open type, of a type whose base no
//! page describes, or of a body whose type is only guessed prove nothing.

mod bodies;
mod calls;
mod known;
mod lines;
mod members;
mod messages;
mod strangers;

use crate::hashing::HashSet;
use std::collections::{BTreeMap, BTreeSet};

use self::known::Known;
use super::replays;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json;
use crate::model::{Example, ExampleContent, Model};
use crate::parallel;
use crate::schema::operation::ResponseType;
use crate::schema::{Schema, TypeExpr, TypeItem};
use crate::source::{FileId, SourceMap, Span};

/// Reports the claims that are wrong.
pub(super) fn check(schema: &Schema, model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let known = Known::new(schema, model, disputed(model, sources, diagnostics));
    let bodies: Vec<&Example> =
        model.examples.iter().filter(|example| example.content != ExampleContent::Invalid).collect();
    let found = parallel::map(&bodies, |example| {
        let document = json::parse_span(sources, example.body);
        let mut claims = members::Claims::default();
        members::read(&known, example, &document.value, &mut claims);
        claims
    });
    let is_part = is_part(schema, sources, diagnostics);
    members::report(&known, found, is_part, sources, diagnostics);
    let content: BTreeMap<Span, &ExampleContent> =
        model.examples.iter().map(|example| (example.body, &example.content)).collect();
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        messages::check(page, &content, &known, diagnostics);
    }
    bodies::check(schema, &known, sources, diagnostics);
    lines::check(schema, model, sources, diagnostics);
    let replays = replays::replays(schema, model, sources);
    strangers::check(&replays, &known, sources, diagnostics);
    calls::Calls { root: model.service.root.as_deref(), sources }.check(schema, &replays, diagnostics);
}

/// The places of the properties whose types are in dispute. What examples show through them follows
/// from that.
fn disputed(model: &Model, sources: &SourceMap, diagnostics: &Diagnostics) -> HashSet<Span> {
    let line = |span: Span| (span.file, line_start(sources, span));
    let problems = diagnostics.iter().filter(|problem| problem.code == Code::TypeMismatch);
    let lines: HashSet<(FileId, usize)> = problems.flat_map(Diagnostic::spans).map(line).collect();
    let files: HashSet<FileId> = lines.iter().map(|(file, _)| *file).collect();
    let places = model.types.iter().flat_map(|ty| &ty.properties).map(|property| property.span);
    places.filter(|span| files.contains(&span.file) && lines.contains(&line(*span))).collect()
}

/// The offset at which the line of a place begins.
fn line_start(sources: &SourceMap, span: Span) -> usize {
    sources.file(span.file).text()[..span.range().start].rfind('\n').map_or(0, |at| at + 1)
}

/// Returns true if the pages are only a part of a reference: many that they link to are absent.
fn is_part(schema: &Schema, sources: &SourceMap, diagnostics: &Diagnostics) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let present: BTreeSet<String> = schema.pages.iter().map(|page| name(&sources.file(page.file).path)).collect();
    let claims = schema.operations.iter().flat_map(|page| &page.responses);
    let returned = claims.filter_map(|claim| match &claim.value {
        ResponseType::Type(TypeExpr { item: TypeItem::Named(mention), .. }) => mention.target.as_deref(),
        _ => None,
    });
    let reported = diagnostics.iter().filter_map(|problem| problem.absent.as_deref());
    let links = reported.filter(|link| !link.contains("includes/")).chain(returned);
    let links = links.filter_map(|link| link.split(['#', '?']).next()).filter(|link| link.ends_with(".md"));
    let absent: BTreeSet<String> = links.map(name).filter(|name| !present.contains(name)).collect();
    absent.len() * 4 >= schema.pages.len().max(1)
}
