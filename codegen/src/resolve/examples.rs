//! Finds the types of the example bodies on API pages.
//!
//! The type of a response is the one that its annotation names or that the page states for the
//! response. The type of a request is the one that its annotation or the section "Request body"
//! names, the one that its path addresses, or the response type if the request creates or changes
//! an entity. If these differ, the document decides: the first type that has the most of its
//! members. The document also decides whether the value is wrapped in an envelope.

mod rows;
#[cfg(test)]
mod tests;

use crate::hashing::HashSet;

pub(super) use self::rows::{ShownRows, follow};
use super::addresses::Addresses;
use super::fit::{Checker, Mismatch, Shapes};
use super::requests::PageResponses;
use super::requests::page_responses::Listed;
use super::requests::response::{Resolver, Response};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::json::{self, Document, Value, ValueKind};
use crate::model::{
    Envelope, Example, ExampleContent, HttpMethod, MessageKind, Model, Primitive, TypeId, UntypedContent, ValueType,
};
use crate::ordered;
use crate::parallel;
use crate::schema::operation::{BodyContent, ExampleRequest, ExampleResponse, Message};
use crate::schema::{DocumentedOperation, Schema};
use crate::source::{At, SourceMap, Span};
use crate::url::is_foreign;

/// Finds the type of every JSON body, and the rows whose properties the bodies show.
pub(super) fn settle(
    schema: &Schema,
    responses: &PageResponses<'_>,
    model: &Model,
    sources: &SourceMap,
) -> (Vec<Example>, ShownRows) {
    let addresses = Addresses::new(model);
    let checker = Checker::new(model);
    let found = parallel::map(&schema.operations, |operation| {
        let typist = Typist {
            resolver: responses.resolver(operation),
            addresses: &addresses,
            checker: &checker,
            listed: responses.listed(operation.file),
            operation,
        };
        typist.examples(sources)
    });
    let (mut examples, mut rows) = (Vec::new(), ShownRows::default());
    // A response may belong to several requests, and an included file to several pages.
    let mut seen: HashSet<Span> = HashSet::default();
    for (example, shapes) in found.into_iter().flatten() {
        if seen.insert(example.body) {
            rows.add(shapes);
            examples.push(example);
        }
    }
    (examples, rows)
}

/// Compares every body with its final type, and reports those that do not fit.
pub(super) fn check(model: &mut Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut examples = std::mem::take(&mut model.examples);
    let checker = Checker::new(model);
    let found = parallel::map(&examples, |example| {
        let ExampleContent::Typed { ty, envelope } = &example.content else { return Vec::new() };
        let body = example.body;
        let document = json::parse_span(sources, body);
        checker.check(&document.value, ty, *envelope)
    });
    for (example, mismatches) in examples.iter_mut().zip(found) {
        example.defect = mismatches.first().map(|first| At::new(first.text(), first.span));
        report(&mismatches, sources, diagnostics);
    }
    model.examples = examples;
}

/// Reports the mismatches of one body. All placeholders such as `"Boolean"` together are one note.
pub(super) fn report(mismatches: &[Mismatch<'_>], sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let (placeholders, wrong): (Vec<_>, Vec<_>) = mismatches
        .iter()
        .filter(|mismatch| !mismatch.is_rounded)
        .partition(|mismatch| is_placeholder(sources.text(mismatch.span)));
    wrong.iter().for_each(|mismatch| diagnostics.push(mismatch.report()));
    let Some(first) = placeholders.first() else { return };
    let more = match placeholders.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    diagnostics.push(
        Diagnostic::new(
            Code::ExamplePlaceholder,
            first.span,
            format!("the example has a placeholder for a value{more}"),
        )
        .label(first.text())
        .help("show a value, as the service would send it"),
    );
}

/// Returns true for `"Boolean"`, `"String (timestamp)"`, `{}`: a type in place of a value.
fn is_placeholder(text: &str) -> bool {
    let bare = text.trim().trim_matches('"').trim();
    let name = bare.split([' ', '(']).next().unwrap_or_default();
    let is_empty =
        bare.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).is_some_and(|all| all.trim().is_empty());
    is_empty || bare.ends_with("-value") || text.starts_with('"') && Primitive::spelled(name).is_some()
}

/// Finds the types of the bodies on one page.
struct Typist<'r, 'i, 'm> {
    resolver: Resolver<'r, 'i>,
    addresses: &'r Addresses<'r>,
    checker: &'r Checker<'m>,
    /// The rows of methods tables that link to the page.
    listed: Option<&'r Listed>,
    operation: &'r DocumentedOperation,
}

impl Typist<'_, '_, '_> {
    /// The examples, each with the properties that it shows (see [`Checker::shapes`]).
    fn examples(&self, sources: &SourceMap) -> Vec<(Example, Shapes)> {
        let requests = self.operation.examples.iter().filter_map(|example| example.request.as_ref());
        let requests = requests.filter_map(|request| {
            let typed = |document: &Document<'_>| self.request(request, document);
            self.example(MessageKind::Request, &request.message, sources, typed)
        });
        let responses = self.operation.examples.iter().filter_map(|example| example.response.as_ref());
        let responses = responses.filter_map(|response| {
            let typed = |document: &Document<'_>| self.response(response, document);
            self.example(MessageKind::Response, &response.message, sources, typed)
        });
        let mut examples: Vec<_> = requests.chain(responses).collect();
        ordered::sort_by_key(&mut examples, |(example, _)| example.body);
        examples
    }

    /// The example of a message whose body is meant to be JSON.
    fn example(
        &self,
        kind: MessageKind,
        message: &Message,
        sources: &SourceMap,
        typed: impl Fn(&Document<'_>) -> ExampleContent,
    ) -> Option<(Example, Shapes)> {
        let body = message.body?;
        let text = sources.text(body);
        if !message.means_json(text) {
            return None;
        }
        let document = json::parse(body.file, body.start as usize, text);
        let content = if document.is_certain() { typed(&document) } else { ExampleContent::Invalid };
        let shapes = match &content {
            ExampleContent::Typed { ty, envelope } => self.checker.shapes(&document.value, ty, *envelope),
            ExampleContent::Untyped(_) | ExampleContent::Invalid => Vec::new(),
        };
        Some((Example { message: kind, content, body, defect: None }, shapes))
    }

    fn response(&self, response: &ExampleResponse, document: &Document<'_>) -> ExampleContent {
        if response.status.as_ref().is_some_and(|status| status.value >= 400) {
            return ExampleContent::Untyped(UntypedContent::Error);
        }
        let said: Vec<Response> = self.annotated(&response.message).into_iter().chain(self.claimed()).collect();
        let changed = self.operation.requests.iter().map(|request| request.method).find(|method| changes(*method));
        let inferred: Vec<Response> = match changed {
            Some(method) if said.is_empty() => self.addressed(method).collect(),
            _ => Vec::new(),
        };
        let chosen = self.choose(&said, &inferred, &response.message, document);
        chosen.unwrap_or(ExampleContent::Untyped(UntypedContent::Unsaid))
    }

    fn request(&self, request: &ExampleRequest, document: &Document<'_>) -> ExampleContent {
        if is_reference(&document.value) {
            return ExampleContent::Untyped(UntypedContent::Reference);
        }
        let annotated = self.annotated(&request.message).filter(is_documented);
        if annotated.is_none() && is_foreign(&request.url.value, self.resolver.model.service.root.as_deref()) {
            return ExampleContent::Untyped(UntypedContent::Unsaid);
        }
        let content = self.operation.body.as_ref().map(|body| &body.content);
        let stated = match content {
            Some(BodyContent::Type(ty)) => self.resolver.of_type(ty).filter(is_value),
            Some(BodyContent::Parameters) if annotated.is_none() => {
                return ExampleContent::Untyped(UntypedContent::Parameters);
            }
            Some(BodyContent::Reference) if annotated.is_none() => {
                return ExampleContent::Untyped(UntypedContent::Reference);
            }
            _ => None,
        };
        let said: Vec<Response> = annotated.into_iter().chain(stated).collect();
        let mut inferred: Vec<Response> = self.addressed(request.method).collect();
        // The entity that is created or changed is also the response.
        if !said.is_empty() || !inferred.is_empty() || changes(request.method) {
            inferred.extend(self.claimed().filter(|claim| matches!(claim, Response::One(ValueType::Structured(_)))));
        }
        if changes(request.method) {
            inferred.extend(self.listed.into_iter().flat_map(|listed| listed.owners.iter().copied().map(one)));
        }
        // A request body that is not sent to an entity or a collection of entities is sent to an
        // action.
        let none = match content {
            Some(_) if request.method == HttpMethod::Post => UntypedContent::Parameters,
            _ => UntypedContent::Unsaid,
        };
        self.choose(&said, &inferred, &request.message, document).unwrap_or(ExampleContent::Untyped(none))
    }

    /// The type in the message's annotation.
    fn annotated(&self, message: &Message) -> Option<Response> {
        message.ty.as_ref().and_then(|ty| self.resolver.of_type(ty)).filter(is_value)
    }

    /// The response types that the page states, or rows that link to it.
    fn claimed(&self) -> impl Iterator<Item = Response> {
        let claims = self.operation.responses.iter().filter_map(|claim| self.resolver.response(&claim.value));
        let listed = self.listed.into_iter().flat_map(|listed| listed.returns.iter().cloned());
        claims.chain(listed).filter(is_value)
    }

    /// The types that the page's paths address.
    fn addressed(&self, method: HttpMethod) -> impl Iterator<Item = Response> {
        let of_method = self.operation.requests.iter().filter(move |request| request.method == method);
        of_method.filter_map(|request| self.addresses.target(&request.path)).map(one)
    }

    /// The type that has the most of the document's members; if several have as many, the first
    /// one, and described types before others. A type that is only inferred must have at least one
    /// of the members.
    fn choose(
        &self,
        said: &[Response],
        inferred: &[Response],
        message: &Message,
        document: &Document<'_>,
    ) -> Option<ExampleContent> {
        let described = said.iter().filter(|response| is_documented(response));
        let others = said.iter().filter(|response| !is_documented(response));
        let all = described.chain(others).map(|response| (response, true));
        let mut candidates: Vec<(&Response, bool)> = Vec::new();
        for (response, is_said) in all.chain(inferred.iter().map(|response| (response, false))) {
            if !candidates.iter().any(|(known, _)| *known == response) {
                candidates.push((response, is_said));
            }
        }
        // Most pages name the same type in all places.
        if let [(only, true)] = candidates.as_slice() {
            return Some(self.typed(only, message, document));
        }
        let mut best: Option<(usize, ExampleContent)> = None;
        for (response, is_said) in candidates {
            let content = self.typed(response, message, document);
            let known = match &content {
                ExampleContent::Typed { ty, envelope } => self.checker.known(&document.value, ty, *envelope),
                ExampleContent::Untyped(_) | ExampleContent::Invalid => 0,
            };
            if best.as_ref().map_or(is_said || known > 0, |(most, _)| known > *most) {
                best = Some((known, content));
            }
        }
        best.map(|(_, content)| content)
    }

    /// The content of a document that holds a value of this type.
    fn typed(&self, response: &Response, message: &Message, document: &Document<'_>) -> ExampleContent {
        let (ty, many) = match response {
            Response::One(ty) => (ty, false),
            Response::Many(ty) => (ty, true),
            Response::Nothing | Response::Stream => return ExampleContent::Untyped(UntypedContent::Unsaid),
        };
        if let ValueType::Undocumented(name) = ty {
            return ExampleContent::Untyped(UntypedContent::Undocumented(name.clone()));
        }
        let has_value = match ty {
            ValueType::Structured(id) => {
                self.resolver.model.declared_properties(*id).any(|property| property.name == "value")
            }
            _ => false,
        };
        let envelope = if many || message.is_list && !has_value {
            Envelope::Collection
        } else if !has_value && is_single(&document.value, ty) {
            Envelope::Single
        } else {
            Envelope::None
        };
        ExampleContent::Typed { ty: ty.clone(), envelope }
    }
}

fn one(id: TypeId) -> Response {
    Response::One(ValueType::Structured(id))
}

/// Returns true if the method sends properties of the entity that its path addresses.
fn changes(method: HttpMethod) -> bool {
    matches!(method, HttpMethod::Patch | HttpMethod::Put)
}

fn is_value(response: &Response) -> bool {
    matches!(response, Response::One(_) | Response::Many(_))
}

fn is_documented(response: &Response) -> bool {
    match response {
        Response::One(ty) | Response::Many(ty) => {
            !matches!(ty, ValueType::Undocumented(_) | ValueType::Primitive(Primitive::Untyped))
        }
        Response::Nothing | Response::Stream => false,
    }
}

/// Returns true for `{"@odata.id": "…"}`.
fn is_reference(value: &Value<'_>) -> bool {
    matches!(&value.kind, ValueKind::Object(members)
        if members.iter().all(|(name, _)| name.value.starts_with('@')) && value.get("@odata.id").is_some())
}

/// Returns true for `{"@odata.context": "…", "value": 12}`, and the same with an object.
fn is_single(value: &Value<'_>, ty: &ValueType) -> bool {
    let ValueKind::Object(members) = &value.kind else { return false };
    let holds = |value: &Value<'_>| match ty {
        ValueType::Structured(_) => matches!(value.kind, ValueKind::Object(_)),
        ValueType::Primitive(_) | ValueType::Enum(_) | ValueType::Undocumented(_) => true,
    };
    members.iter().all(|(name, value)| name.value.contains('@') || name.value == "value" && holds(value))
        && members.iter().any(|(name, _)| name.value == "value")
}
