//! Finds the response of a page: resolves and compares the claims of the page and of the row.
//!
//! The body of the example takes precedence: of two types, the one that has more of its members is
//! right. If it does not decide, the most reliable claim of the page is used. Two claims that agree
//! win against one: if text and row name the same type, and the annotation of the example another,
//! the annotation is wrong. A type and one derived from it agree; the base type is used, because
//! the service may return any type derived from it.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::json;
use crate::model::{Envelope, HttpMethod, Model, Primitive, Segment, TypeId, ValueType};
use crate::resolve::enums;
use crate::resolve::fit::Checker;
use crate::resolve::index::{Index, Meaning};
use crate::schema::operation::{Parameter, Request, ResponseClaim, ResponseSource, ResponseType};
use crate::schema::{DocumentedOperation, MethodRow, TypeExpr, TypeItem, TypeRef};
use crate::source::{At, Span};

/// The response of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::resolve) enum Response {
    /// No body.
    Nothing,
    /// One value.
    One(ValueType),
    /// A collection, with its count and links.
    Many(ValueType),
    /// Bytes.
    Stream,
}

/// The context in which the type names of responses are resolved.
pub(in crate::resolve) struct Resolver<'r, 'i> {
    pub(in crate::resolve) index: &'r Index<'i>,
    pub(in crate::resolve) model: &'r Model,
    /// The type whose row it is, if its page is shared with other types. Then the row describes the
    /// request for its own type best.
    pub(in crate::resolve) shared_owner: Option<TypeId>,
    /// The namespace of the operation's page.
    pub(in crate::resolve) namespace: &'r str,
}

/// The response of a page's requests.
pub(in crate::resolve) struct PageResponse {
    response: Response,
    /// A typed response that another place of the page states.
    other: Option<Response>,
}

impl PageResponse {
    /// The response of the page as a whole.
    pub(in crate::resolve) fn response(&self) -> &Response {
        &self.response
    }

    /// The response of one of the page's templates.
    ///
    /// `$value` returns bytes and `$count` a number in plain text. A page that describes `x` and
    /// `x/$value` together may mention only bytes; then another place states the response of `x`.
    /// `$ref` reads references, which have no type of their own.
    pub(in crate::resolve) fn of_template(&self, request: &Request, page: &[Request]) -> Response {
        let untyped = ValueType::Primitive(Primitive::Untyped);
        match &self.response {
            response if request.method != HttpMethod::Get => response.clone(),
            _ if ends_with(request, "$value") || ends_with(request, "$count") => Response::Stream,
            Response::One(_) if ends_with(request, "$ref") => Response::One(untyped),
            Response::Many(_) if ends_with(request, "$ref") => Response::Many(untyped),
            Response::Stream if page.iter().any(|request| ends_with(request, "$value")) => {
                self.other.as_ref().unwrap_or(&self.response).clone()
            }
            response => response.clone(),
        }
    }
}

fn ends_with(request: &Request, name: &str) -> bool {
    matches!(request.path.last(), Some(Segment::Literal(last)) if last == name)
}

impl Resolver<'_, '_> {
    /// Finds the response of `operation`, from the view of a row that links to it.
    pub(in crate::resolve) fn settle(
        &self,
        row: Option<&MethodRow>,
        operation: &DocumentedOperation,
        diagnostics: &mut Diagnostics,
    ) -> PageResponse {
        let claims: Vec<(Response, &ResponseClaim)> =
            operation.responses.iter().filter_map(|claim| Some((self.response(&claim.value)?, claim))).collect();
        let row_says = row.and_then(|row| {
            let returns = row.returns.as_ref()?;
            Some((row, self.row(&returns.value)?, returns))
        });
        let is_silence = |claim: &ResponseClaim| claim.source == ResponseSource::Silence;
        let known = claims.first().filter(|(_, claim)| !(is_silence(claim) && row_says.is_some()));
        let Some((first, claim)) = known else {
            return match row_says {
                Some((_, response, _)) => PageResponse { response, other: None },
                None => {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::ReturnUnclear,
                            operation.title.span,
                            format!("the page `{}` does not say what comes back", operation.title.value),
                        )
                        .label("read as untyped JSON")
                        .help("say it below `## Response`, with a link to the type's page"),
                    );
                    PageResponse { response: Response::One(ValueType::Primitive(Primitive::Untyped)), other: None }
                }
            };
        };
        let mut taken = first.clone();
        let mut span = claim.span;
        if let Some((second, other)) = claims.get(1) {
            match self.reconcile(first, second) {
                Some(agreed) => taken = agreed,
                None if !same_kind(first, second) => {} // Reported where the page was read.
                None => {
                    let shown = self.shown_by_body(operation, first, second);
                    let agree = row_says.as_ref().is_some_and(|(_, says, _)| self.reconcile(says, second).is_some());
                    let said = agree && !is_primitive(second) || self.is_unknown(first) && !self.is_unknown(second);
                    let outvoted = shown.map_or(said, |shown| shown == Shown::Second);
                    if outvoted {
                        taken = second.clone();
                        span = other.span;
                    }
                    let (shown, told) = (self.describe(first), self.describe(second));
                    let chosen = if outvoted { &told } else { &shown };
                    diagnostics.push(
                        Diagnostic::new(
                            Code::ReturnDisagrees,
                            claim.span,
                            format!("`{}` returns {shown} in one place, {told} in another", operation.title.value),
                        )
                        .label(format!("{shown}; taken: {chosen}"))
                        .also(other.span, told.clone())
                        .help("mend the one that is wrong"),
                    );
                }
            }
        }
        let has_value = operation.requests.iter().any(|request| ends_with(request, "$value"));
        let both = has_value && (taken == Response::Stream || matches!(&row_says, Some((_, Response::Stream, _))));
        if let Some((_, says, _)) = &row_says
            && self.shared_owner.is_some_and(|owner| self.is_of(says, owner))
            && same_kind(says, &taken)
            && self.shared_owner.is_some_and(|owner| !self.is_of(&taken, owner))
        {
            // The example on the page is about another one of its types.
            return PageResponse { response: says.clone(), other: None };
        }
        let row_is_shown = |(_, says, _): &(&MethodRow, Response, &At<TypeExpr>)| {
            same_kind(says, &taken)
                && self.reconcile(says, &taken).is_none()
                && self.shown_by_body(operation, &taken, says) == Some(Shown::Second)
        };
        if let Some((_, says, returns)) = row_says.as_ref().filter(|row| !both && row_is_shown(row)) {
            let (said, other) = (self.describe(says), self.describe(&taken));
            diagnostics.push(
                Diagnostic::new(
                    Code::ReturnDisagrees,
                    span,
                    format!("`{}` returns {said} by its example's body, and {other} here", operation.title.value),
                )
                .label(format!("{other}; taken: {said}"))
                .also(returns.span, format!("{said} by this row"))
                .help("mend the one that is wrong"),
            );
            return PageResponse { response: says.clone(), other: Some(taken) };
        }
        if let Some((row, says, returns)) = &row_says
            && !both
        {
            self.compare(row, says, returns, (&taken, span), operation, diagnostics);
        }
        let mut others = claims.iter().map(|(response, _)| response).chain(row_says.iter().map(|(_, says, _)| says));
        let other = others.find(|other| matches!(other, Response::One(_) | Response::Many(_))).cloned();
        PageResponse { response: taken, other }
    }

    /// Reports a row that states another type, or one value instead of a collection.
    fn compare(
        &self,
        row: &MethodRow,
        says: &Response,
        returns: &At<TypeExpr>,
        (taken, span): (&Response, Span),
        operation: &DocumentedOperation,
        diagnostics: &mut Diagnostics,
    ) {
        // A page of several requests has several responses.
        let names_several = matches!(returns.value.item, TypeItem::OneOf(_));
        // The row names what the address in the header leads to.
        let is_accepted = *taken == Response::Nothing && leads_to_result(operation);
        if names_several || is_accepted || self.reconcile(says, taken).is_some() || self.is_shown(says, operation) {
            return;
        }
        let (said, truth) = (self.describe(says), self.describe(taken));
        diagnostics.push(
            Diagnostic::new(
                Code::ReturnDisagrees,
                returns.span,
                format!(
                    "the row `{}` returns {said}, but its page `{}` returns {truth}",
                    row.title.value, operation.title.value
                ),
            )
            .label(format!("{said}; taken: {truth}"))
            .also(span, truth)
            .help("mend the one that is wrong"),
        );
    }

    /// Resolves a claim.
    pub(in crate::resolve) fn response(&self, claim: &ResponseType) -> Option<Response> {
        match claim {
            ResponseType::None => Some(Response::Nothing),
            ResponseType::Stream | ResponseType::Text => Some(Response::Stream),
            ResponseType::Type(ty) => self.of_type(ty),
        }
    }

    /// Resolves the cell of a row; "None" means no response.
    fn row(&self, ty: &TypeExpr) -> Option<Response> {
        match &ty.item {
            TypeItem::Named(TypeRef { name, target: None, .. })
                if matches!(name.to_ascii_lowercase().as_str(), "none" | "nothing") =>
            {
                Some(Response::Nothing)
            }
            // The table lists example requests instead of return types: `GET /ships`.
            TypeItem::Named(TypeRef { name, target: None, .. }) if HttpMethod::parse(name).is_some() => None,
            _ => self.of_type(ty),
        }
    }

    /// The type of a parameter, according to its row.
    pub(in crate::resolve) fn parameter(&self, page: &DocumentedOperation, row: &Parameter) -> Option<Response> {
        let stated = &row.ty.as_ref()?.value;
        let own = enums::own_name(page, row, self.namespace).and_then(|name| self.index.named(&name));
        match own {
            Some(Meaning::Enum(id)) if stated.collection => Some(Response::Many(ValueType::Enum(id))),
            Some(Meaning::Enum(id)) => Some(Response::One(ValueType::Enum(id))),
            _ => self.of_type(stated),
        }
    }

    pub(in crate::resolve) fn of_type(&self, ty: &TypeExpr) -> Option<Response> {
        let item = match &ty.item {
            TypeItem::Primitive(Primitive::Stream) if !ty.collection => return Some(Response::Stream),
            TypeItem::Primitive(primitive) => ValueType::Primitive(*primitive),
            TypeItem::Named(mention) => self.named(mention),
            TypeItem::OneOf(several) => self.one_of(several),
            TypeItem::Unclear(_) => return None,
        };
        Some(if ty.collection { Response::Many(item) } else { Response::One(item) })
    }

    /// The structured type that a name refers to.
    pub(in crate::resolve) fn structured(&self, mention: &TypeRef) -> Option<TypeId> {
        match self.index.resolve(mention, self.namespace)? {
            Meaning::Structured(id) => Some(id),
            Meaning::Enum(_) => None,
        }
    }

    fn named(&self, mention: &TypeRef) -> ValueType {
        match self.index.resolve(mention, self.namespace) {
            Some(Meaning::Structured(id)) => ValueType::Structured(id),
            Some(Meaning::Enum(id)) => ValueType::Enum(id),
            None => misspelt(mention).map_or_else(
                || ValueType::Undocumented(self.index.name_of_mention(mention, self.namespace)),
                ValueType::Primitive,
            ),
        }
    }

    /// The nearest common base type of several types; if there is none, any JSON.
    fn one_of(&self, several: &[TypeRef]) -> ValueType {
        let mut common: Option<TypeId> = None;
        for mention in several {
            let ValueType::Structured(id) = self.named(mention) else {
                return ValueType::Primitive(Primitive::Untyped);
            };
            let shared = match common {
                None => Some(id),
                Some(known) => self.model.ancestry(known).find(|up| self.model.ancestry(id).any(|other| other == *up)),
            };
            match shared {
                Some(shared) => common = Some(shared),
                None => return ValueType::Primitive(Primitive::Untyped),
            }
        }
        common.map_or(ValueType::Primitive(Primitive::Untyped), ValueType::Structured)
    }

    /// The response that two claims agree on; `None` if they contradict each other.
    fn reconcile(&self, one: &Response, other: &Response) -> Option<Response> {
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
                if self.model.ancestry(*a).any(|up| up == *b) {
                    Some(other.clone())
                } else if self.model.ancestry(*b).any(|up| up == *a) {
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

    /// Which of two types the bodies of the page's examples of successes are of: the one that
    /// declares more of the members of the first. `None` where none has a body, both types have as
    /// many, or another body is of the other type: the page shows both.
    fn shown_by_body(&self, operation: &DocumentedOperation, first: &Response, second: &Response) -> Option<Shown> {
        let responses = operation.examples.iter().filter_map(|example| example.response.as_ref());
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
        let shown = match bodies.next()? {
            std::cmp::Ordering::Greater => Shown::First,
            std::cmp::Ordering::Less => Shown::Second,
            std::cmp::Ordering::Equal => return None,
        };
        let other = if shown == Shown::First { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
        (!bodies.any(|body| body == other)).then_some(shown)
    }

    /// Returns true if an example of the page shows the response that a row names.
    fn is_shown(&self, says: &Response, operation: &DocumentedOperation) -> bool {
        let responses = operation.examples.iter().filter_map(|example| example.response.as_ref());
        responses.filter_map(|response| response.message.ty.as_ref().map(|ty| (ty, response.message.is_list))).any(
            |(ty, is_list)| {
                let ty = TypeExpr { collection: ty.collection || is_list, ..ty.clone() };
                self.of_type(&ty).is_some_and(|shown| self.reconcile(says, &shown).is_some())
            },
        )
    }

    /// Returns true if the response is of a type or of one of its bases, whose page may be the one
    /// that describes the request.
    fn is_of(&self, response: &Response, ty: TypeId) -> bool {
        matches!(response, Response::One(ValueType::Structured(id)) | Response::Many(ValueType::Structured(id))
            if self.model.ancestry(ty).any(|up| up == *id))
    }

    fn is_unknown(&self, response: &Response) -> bool {
        matches!(response, Response::One(ValueType::Undocumented(_)) | Response::Many(ValueType::Undocumented(_)))
    }

    fn describe(&self, response: &Response) -> String {
        match response {
            Response::Nothing => "nothing".to_owned(),
            Response::Stream => "bytes".to_owned(),
            Response::One(item) => format!("`{}`", self.name(item)),
            Response::Many(item) => format!("a collection of `{}`", self.name(item)),
        }
    }

    fn name(&self, item: &ValueType) -> String {
        match item {
            ValueType::Primitive(primitive) => primitive.edm_name().to_owned(),
            ValueType::Structured(id) => self.model.structured(*id).name.to_string(),
            ValueType::Enum(id) => self.model.enumeration(*id).name.to_string(),
            ValueType::Undocumented(name) => name.to_string(),
        }
    }
}

/// The primitive type that a name is a misspelling of.
fn misspelt(mention: &TypeRef) -> Option<Primitive> {
    evidence::misspelt_primitive(&mention.name).filter(|_| mention.target.is_none())
}

/// The one of two responses that a body shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    First,
    Second,
}

/// Returns true if an example shows that the service accepts the request, and sends the address of
/// its result in a header such as `Location` or `Operation-Location`.
fn leads_to_result(operation: &DocumentedOperation) -> bool {
    let responses = operation.examples.iter().filter_map(|example| example.response.as_ref());
    let mut accepted = responses.filter(|response| response.status.as_ref().is_some_and(|status| status.value == 202));
    accepted.any(|response| {
        let names = response.message.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        names.into_iter().any(|name| name == "location" || name.ends_with("-location"))
    })
}

/// Returns true for primitive types, which texts mention even when they do not describe the
/// response.
fn is_primitive(response: &Response) -> bool {
    matches!(response, Response::One(ValueType::Primitive(_)) | Response::Many(ValueType::Primitive(_)))
}

/// Returns true if both are single values, both collections, both bytes, or both nothing.
fn same_kind(one: &Response, other: &Response) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}
