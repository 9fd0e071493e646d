//! Compares the request lines of the pages with each other: all spell a segment of a path alike.
//!
//! The service may not care about letter case, but tools and readers that compare paths do. The
//! spelling that the request tree has is right (see `resolve/requests/spelling`).

use crate::hashing::HashMap;
use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Segment};
use crate::schema::Schema;
use crate::source::{SourceMap, Span};

/// Reports the segments that a request line spells in another letter case. Each is reported once a
/// page.
pub(super) fn check(schema: &Schema, model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let known = spellings(model);
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for line in page.requests.iter().filter(|request| !page.shows(request)) {
            for name in line.path.iter().filter_map(literal) {
                let Some(spellings) = known.get(&name.to_ascii_lowercase()) else { continue };
                let is_right = spellings.contains(name);
                let Some(right) = spellings.first().filter(|_| !is_right && spellings.len() == 1) else { continue };
                if seen.insert(name) {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::NameDisagrees,
                            place(line.span, name, sources),
                            format!("`{name}` is spelled `{right}` elsewhere"),
                        )
                        .label(format!("taken as `{right}`"))
                        .help("use the service's spelling in all places"),
                    );
                }
            }
        }
    }
}

/// The spellings in the request tree, by the name in lower case.
fn spellings(model: &Model) -> HashMap<String, BTreeSet<&str>> {
    let mut known: HashMap<String, BTreeSet<&str>> = HashMap::default();
    for builder in &model.requests.builders {
        let steps = builder.steps.iter().map(|step| &step.segment);
        let last = builder.operations.iter().flat_map(|operation| &operation.path);
        for name in steps.chain(last).filter_map(literal) {
            known.entry(name.to_ascii_lowercase()).or_default().insert(name);
        }
    }
    known
}

fn literal(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(name) => Some(name),
        _ => None,
    }
}

/// The place of a segment in its line.
fn place(line: Span, name: &str, sources: &SourceMap) -> Span {
    let found = sources.text(line).match_indices(name).find(|(at, _)| {
        let (before, behind) = (&sources.text(line)[..*at], &sources.text(line)[at + name.len()..]);
        before.ends_with('/') && !behind.starts_with(|c: char| c.is_alphanumeric())
    });
    found.map_or(line, |(at, _)| {
        let start = line.start as usize + at;
        Span::new(line.file, start..start + name.len())
    })
}
