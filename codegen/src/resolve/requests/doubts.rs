//! Reports doubts about requests: pages that describe the same request differently, and parameters
//! that only an example shows.

use super::bodies::{BodyMember, Payload};
use super::node_types::{NodeType, NodeTypes};
use super::operations::Draft;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::ValueType;
use crate::model::requests::Body;
use crate::schema::DocumentedOperation;
use crate::source::Span;

/// Reports the doubts about the operations of a builder. `names` are their Rust names.
pub(super) fn report(
    places: &NodeTypes<'_, '_>,
    place: &NodeType,
    drafts: &[Draft],
    names: &[String],
    diagnostics: &mut Diagnostics,
) {
    for (position, draft) in drafts.iter().enumerate() {
        let page = places.operations[draft.page];
        if let Payload::Parameters(members) = &draft.payload {
            report_members(page, members, diagnostics);
        }
        let same = |other: &&Draft| {
            (&other.edge, other.http, &other.query) == (&draft.edge, draft.http, &draft.query)
                && narrowed(places, place, other) == narrowed(places, place, draft)
        };
        let Some(first) = drafts[..position].iter().find(same).filter(|_| page.declared.is_none()) else { continue };
        let leading = places.operations[first.page];
        diagnostics.push(
            Diagnostic::new(
                Code::RequestsDiffer,
                span(places, draft),
                format!("`{}` describes a request otherwise than `{}` does", page.title.value, leading.title.value),
            )
            .label(format!("this one is called `{}`", names[position]))
            .also(span(places, first), "described here too")
            .help(
                "let both pages say the same about the request's body and about what comes back, or describe it once",
            ),
        );
    }
}

/// The derived type that a request is for. Requests for different derived types do not contradict
/// each other.
fn narrowed(places: &NodeTypes<'_, '_>, place: &NodeType, draft: &Draft) -> Option<String> {
    let (Payload::Body(Body::Update(id) | Body::Value(ValueType::Structured(id))), Some(known)) =
        (&draft.payload, place.ty())
    else {
        return None;
    };
    (*id != known).then(|| places.vocabulary.model.structured(*id).name.to_string())
}

fn span(places: &NodeTypes<'_, '_>, draft: &Draft) -> Span {
    let line = draft.lines.first().map(|line| line.request(places.operations).span);
    line.unwrap_or(places.operations[draft.page].title.span)
}

fn report_members(page: &DocumentedOperation, members: &[BodyMember], diagnostics: &mut Diagnostics) {
    for member in members.iter().filter(|member| member.is_undescribed) {
        diagnostics.push(
            Diagnostic::new(
                Code::ParameterUndescribed,
                member.span,
                format!("`{}` sends `{}`, which no table describes", page.title.value, member.name),
            )
            .label("its type is taken from this example")
            .help("add a row for it to the table below `## Request body`"),
        );
    }
}
