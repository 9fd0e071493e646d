//! Settles the response of a page, by what its example, its text and the row that links to it
//! state.
//!
//! The body of the example takes precedence: of two types, the one that has more of its members is
//! right. If it does not decide, the most reliable claim of the page is used. Two claims that agree
//! win against one: if text and row name the same type, and the annotation of the example another,
//! the annotation is wrong. A type and one derived from it agree; the base type is used, because
//! the service may return any type derived from it.

use super::{PageResponse, Resolver, Response, ends_with};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::ValueType;
use crate::schema::operation::{ResponseClaim, ResponseSource};
use crate::schema::{DocumentedOperation, MethodRow, TypeItem};
use crate::source::Span;

/// A response that one place states.
struct Stated<T> {
    response: Response,
    span: Span,
    /// The claim, or the row.
    source: T,
}

type Claim<'s> = Stated<&'s ResponseClaim>;
type Row<'s> = Stated<&'s MethodRow>;

impl Resolver<'_, '_> {
    /// Settles the response of `page`, from the view of a row that links to it.
    pub(in crate::resolve) fn settle(
        &self,
        row: Option<&MethodRow>,
        page: &DocumentedOperation,
        diagnostics: &mut Diagnostics,
    ) -> PageResponse {
        let row = row.and_then(|row| self.row(row));
        let claims = self.claims(page, row.is_some());
        let by_claims = self.by_claims(&claims, row.as_ref(), page, diagnostics);
        let (Some((response, span)), Some(row)) = (&by_claims, &row) else {
            let other = typed(claims.iter().map(|claim| &claim.response));
            let stated = by_claims.map(|(response, _)| response).or_else(|| row.map(|row| row.response));
            let response = stated.unwrap_or_else(|| {
                diagnostics.push(unclear(page));
                Response::UNTYPED
            });
            return PageResponse { response, other };
        };
        if self.is_of_own_type(row, response) {
            return PageResponse { response: row.response.clone(), other: None };
        }
        // The page describes `x` and `x/$value`, and each of the two has its own response.
        let has_value = page.requests.iter().any(|request| ends_with(request, "$value"));
        let is_about_both = has_value && (*response == Response::Stream || row.response == Response::Stream);
        if !is_about_both && self.is_wrong(response, row, page) {
            diagnostics.push(self.body_disagrees(response, *span, row, page));
            return PageResponse { response: row.response.clone(), other: Some(response.clone()) };
        }
        if !is_about_both && !self.agrees(row, response, page) {
            diagnostics.push(self.row_disagrees(row, response, *span, page));
        }
        let all = claims.iter().map(|claim| &claim.response).chain([&row.response]);
        PageResponse { response: response.clone(), other: typed(all) }
    }

    /// The claims of the page, the most reliable first. A status without a word about a body counts
    /// only where no row tells more.
    fn claims<'s>(&self, page: &'s DocumentedOperation, has_row: bool) -> Vec<Claim<'s>> {
        let claims = page.responses.iter().filter(|claim| !(has_row && claim.source == ResponseSource::Silence));
        let stated = |source: &'s ResponseClaim| {
            Some(Stated { response: self.response(&source.value)?, span: source.span, source })
        };
        claims.filter_map(stated).collect()
    }

    fn row<'s>(&self, source: &'s MethodRow) -> Option<Row<'s>> {
        let returns = source.returns.as_ref()?;
        Some(Stated { response: self.cell(&returns.value)?, span: returns.span, source })
    }

    /// The response by the claims of the page, and the place of the claim that was taken.
    fn by_claims(
        &self,
        claims: &[Claim<'_>],
        row: Option<&Row<'_>>,
        page: &DocumentedOperation,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Response, Span)> {
        let first = claims.first()?;
        let Some(second) = claims.get(1) else { return Some((first.response.clone(), first.span)) };
        if let Some(agreed) = self.reconcile(&first.response, &second.response) {
            return Some((agreed, first.span));
        }
        let taken = if self.is_outvoted(first, second, row, page) { second } else { first };
        if !is_another_case(first, second) && !is_list_of_one(first, page) {
            diagnostics.push(self.claims_disagree(first, second, taken));
        }
        Some((taken.response.clone(), taken.span))
    }

    /// Returns true if the second of two claims is right: by the body of the example, or because
    /// the row says the same, or because only the second names a type that is described.
    fn is_outvoted(
        &self,
        first: &Claim<'_>,
        second: &Claim<'_>,
        row: Option<&Row<'_>>,
        page: &DocumentedOperation,
    ) -> bool {
        if !first.response.is_like(&second.response) {
            return false;
        }
        let by_body = self.by_body(page, &first.response, &second.response);
        let has_support = row.is_some_and(|row| self.reconcile(&row.response, &second.response).is_some());
        // Texts mention primitive types even when they do not describe the response.
        let is_primitive = matches!(second.response.item(), Some(ValueType::Primitive(_)));
        let is_unknown = |claim: &Claim<'_>| matches!(claim.response.item(), Some(ValueType::Undocumented(_)));
        by_body.is_lt() || by_body.is_eq() && (has_support && !is_primitive || is_unknown(first) && !is_unknown(second))
    }

    /// Returns true if the page is shared by several types, its row is about the one that has the
    /// row, and the page's example is about another one.
    fn is_of_own_type(&self, row: &Row<'_>, by_claims: &Response) -> bool {
        self.shared_owner.is_some_and(|owner| {
            self.is_of(&row.response, owner) && row.response.is_like(by_claims) && !self.is_of(by_claims, owner)
        })
    }

    /// Returns true if the example's body has the type of the row and not that of the claims.
    fn is_wrong(&self, by_claims: &Response, row: &Row<'_>, page: &DocumentedOperation) -> bool {
        row.response.is_like(by_claims)
            && self.reconcile(&row.response, by_claims).is_none()
            && self.by_body(page, by_claims, &row.response).is_lt()
    }

    /// Returns true if a row states the response of its page, or one of them.
    fn agrees(&self, row: &Row<'_>, by_claims: &Response, page: &DocumentedOperation) -> bool {
        // A page of several requests has several responses.
        let names_several =
            row.source.returns.as_ref().is_some_and(|returns| matches!(returns.value.item, TypeItem::OneOf(_)));
        // The row names the type of what the address in the header leads to.
        let is_accepted = *by_claims == Response::Nothing && leads_to_result(page);
        names_several
            || is_accepted
            || self.reconcile(&row.response, by_claims).is_some()
            || self.is_shown(&row.response, page)
    }

    fn claims_disagree(&self, first: &Claim<'_>, second: &Claim<'_>, taken: &Claim<'_>) -> Diagnostic {
        let (example, text) = match first.source.source {
            ResponseSource::Prose => (second, first),
            ResponseSource::Metadata | ResponseSource::Example | ResponseSource::Silence => (first, second),
        };
        let (shown, told) = (self.describe(&example.response), self.describe(&text.response));
        let message = format!("the example returns {shown}, the text says {told}");
        // The place that is wrong comes first.
        let (wrong, said, right, truth) = match std::ptr::eq(taken, example) {
            true => (text, told, example, shown),
            false => (example, shown, text, told),
        };
        Diagnostic::new(Code::ReturnDisagrees, wrong.span, message)
            .label(format!("{said}; taken: {truth}"))
            .also(right.span, truth)
            .help("mend the annotation of the example response, or the sentence")
    }

    fn body_disagrees(
        &self,
        by_claims: &Response,
        span: Span,
        row: &Row<'_>,
        page: &DocumentedOperation,
    ) -> Diagnostic {
        let (said, other) = (self.describe(&row.response), self.describe(by_claims));
        Diagnostic::new(
            Code::ReturnDisagrees,
            span,
            format!("`{}` returns {said} by its example's body, and {other} here", page.title.value),
        )
        .label(format!("{other}; taken: {said}"))
        .also(row.span, format!("{said} by this row"))
        .help("mend the one that is wrong")
    }

    fn row_disagrees(&self, row: &Row<'_>, by_claims: &Response, span: Span, page: &DocumentedOperation) -> Diagnostic {
        let (said, truth) = (self.describe(&row.response), self.describe(by_claims));
        let (title, of_page) = (&row.source.title.value, &page.title.value);
        Diagnostic::new(
            Code::ReturnDisagrees,
            row.span,
            format!("the row `{title}` returns {said}, but its page `{of_page}` returns {truth}"),
        )
        .label(format!("{said}; taken: {truth}"))
        .also(span, truth)
        .help("mend the one that is wrong")
    }
}

/// The first response that has a type.
fn typed<'r>(responses: impl Iterator<Item = &'r Response>) -> Option<Response> {
    let mut responses = responses;
    responses.find(|response| response.item().is_some()).cloned()
}

/// Returns true if the example is of another case than the one that the text describes: "204, or
/// 200 and the object where `Prefer` asks for it".
fn is_another_case(first: &Claim<'_>, second: &Claim<'_>) -> bool {
    let (statuses, others) = (&first.source.statuses, &second.source.statuses);
    let (example, text) =
        if first.source.source == ResponseSource::Prose { (others, statuses) } else { (statuses, others) };
    example.first().is_some_and(|shown| text.iter().skip(1).any(|status| status == shown))
}

/// Returns true if the text takes precedence over an example that shows a list, and whose
/// annotation states one value. This is reported as `example-envelope`.
fn is_list_of_one(first: &Claim<'_>, page: &DocumentedOperation) -> bool {
    let mut messages = page.examples.iter().filter_map(|example| Some(&example.response.as_ref()?.message));
    first.source.source == ResponseSource::Prose
        && messages.any(|message| message.is_list && message.ty.as_ref().is_some_and(|ty| !ty.collection))
}

/// Returns true if an example shows that the service accepts the request, and sends the address of
/// its result in a header such as `Location` or `Operation-Location`.
fn leads_to_result(page: &DocumentedOperation) -> bool {
    let responses = page.examples.iter().filter_map(|example| example.response.as_ref());
    let mut accepted = responses.filter(|response| response.status.as_ref().is_some_and(|status| status.value == 202));
    accepted.any(|response| {
        let names = response.message.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        names.into_iter().any(|name| name == "location" || name.ends_with("-location"))
    })
}

fn unclear(page: &DocumentedOperation) -> Diagnostic {
    Diagnostic::new(
        Code::ReturnUnclear,
        page.title.span,
        format!("the page `{}` does not say what comes back", page.title.value),
    )
    .label("read as untyped JSON")
    .help("say it below `## Response`, with a link to the type's page")
}
