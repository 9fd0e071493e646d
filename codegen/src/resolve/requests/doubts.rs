//! What is doubtful about requests: pages that describe one differently, and parameters that only
//! an example shows.

use super::answers::Answers;
use super::bodies::{Carried, Member};
use super::operations::Draft;
use super::places::{Place, Places};
use super::response::Response;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::requests::Body;
use crate::model::{Primitive, ValueType};
use crate::nearest::{hint, is_slip, nearest};
use crate::schema::operation::BodyContent;
use crate::schema::{Operation, TypeItem};
use crate::source::Span;

/// Reports the doubts about a place's operations. `names` are theirs.
pub(super) fn report(
    places: &Places<'_, '_>,
    place: &Place,
    drafts: &[Draft],
    names: &[String],
    diagnostics: &mut Diagnostics,
) {
    for (position, draft) in drafts.iter().enumerate() {
        let page = &places.operations[draft.page];
        if let Carried::Parameters(members) = &draft.carried {
            report_members(page, members, diagnostics);
        }
        let same = |other: &&Draft| {
            (&other.edge, other.http, &other.query) == (&draft.edge, draft.http, &draft.query)
                && narrowed(places, place, other) == narrowed(places, place, draft)
        };
        let Some(first) = drafts[..position].iter().find(same).filter(|_| page.declared.is_none()) else { continue };
        let leading = &places.operations[first.page];
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

/// The derived type that a request is for: requests for different ones stand side by side.
fn narrowed(places: &Places<'_, '_>, place: &Place, draft: &Draft) -> Option<String> {
    let (Carried::Body(Body::Update(id) | Body::Value(ValueType::Structured(id))), Some(known)) =
        (&draft.carried, place.ty())
    else {
        return None;
    };
    (*id != known).then(|| places.vocabulary.model.structured(*id).name.to_string())
}

fn span(places: &Places<'_, '_>, draft: &Draft) -> Span {
    let line = draft.lines.first().map(|line| line.request(places.operations).span);
    line.unwrap_or(places.operations[draft.page].title.span)
}

/// Reports parameters whose types no page describes.
pub(super) fn report_types(operations: &[Operation], answers: &Answers<'_>, diagnostics: &mut Diagnostics) {
    for page in operations.iter().filter(|page| page.declared.is_none()) {
        let body = page.body.iter().filter(|body| body.content == BodyContent::Parameters);
        for row in page.parameters.iter().chain(body.flat_map(|body| &body.members)) {
            let Some(stated) = &row.ty else { continue };
            let item = match answers.resolver(page).parameter(page, row) {
                Some(Response::One(item) | Response::Many(item)) => item,
                _ => continue,
            };
            let (TypeItem::Named(mention), ValueType::Undocumented(_)) = (&stated.value.item, item) else { continue };
            let known =
                Primitive::ALL.iter().map(|primitive| primitive.edm_name().trim_start_matches("Edm.").to_owned());
            let near = nearest(&mention.name, known).filter(|near| is_slip(&mention.name, near));
            let message = format!(
                "no page describes `{}`, the type of the parameter `{}`{}",
                mention.name,
                row.name.value,
                hint(near.as_deref())
            );
            diagnostics.push(
                Diagnostic::new(Code::TypeUnknown, mention.span, message)
                    .label("callers give any JSON for it")
                    .help("add a page that describes it, list its values in the row, or correct the name"),
            );
        }
    }
}

fn report_members(page: &Operation, members: &[Member], diagnostics: &mut Diagnostics) {
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
