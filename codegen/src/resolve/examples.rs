//! What the bodies of the API pages' examples are examples of.
//!
//! A response's annotation names its type; where it has none, or one that no page describes, the page's other claims do. A request's type is
//! the one its annotation or the section "Request body" names. Where that section speaks of properties, the request changes or creates what
//! its path addresses. How the value stands in the document, the document shows.

mod check;

use std::collections::{BTreeMap, HashMap, HashSet};

use check::Checker;

use super::addresses::Addresses;
use super::index::Index;
use super::methods::response::Resolver;
use crate::diagnostics::Diagnostics;
use crate::json::{self, Document, Value, ValueKind};
use crate::model::{
    Envelope, Example, ExampleContent, HttpMethod, MessageKind, Model, Primitive, Response, TypeId, UntypedContent,
    ValueType,
};
use crate::parallel;
use crate::schema::operation::{BodyContent, ExampleRequest, ExampleResponse, Message};
use crate::schema::{Operation, Schema};
use crate::source::{At, FileId, SourceMap, Span};

/// Finds the type of every JSON body, and reports those that do not fit it.
pub(super) fn settle(
    schema: &Schema,
    index: &Index<'_>,
    model: &Model,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Example> {
    let addresses = Addresses::new(model);
    let checker = Checker::new(model);
    let owners = owners(model);
    let namespaces: HashMap<FileId, &str> =
        schema.pages.iter().filter_map(|page| Some((page.file, page.namespace.as_ref()?.value.as_str()))).collect();
    let found = parallel::map(&schema.operations, |operation| {
        let namespace = namespaces.get(&operation.file).copied().unwrap_or(&index.root_namespace);
        let typist = Typist {
            resolver: Resolver { index, model, shared_owner: None, namespace },
            addresses: &addresses,
            owner: owners.get(&operation.file).copied(),
            operation,
        };
        typist.examples(&checker, sources)
    });
    // One response may answer several requests, and an included file stand on several pages.
    let mut seen: HashSet<Span> = HashSet::new();
    let mut examples = Vec::new();
    for (example, problems) in found.into_iter().flatten() {
        if seen.insert(example.body) {
            examples.push(example);
            diagnostics.append(problems);
        }
    }
    examples
}

/// The type whose methods lead to a page, where there is just one.
fn owners(model: &Model) -> HashMap<FileId, TypeId> {
    let mut owners: BTreeMap<FileId, Option<TypeId>> = BTreeMap::new();
    for (id, ty) in model.structured_types() {
        for method in &ty.methods {
            let owner = owners.entry(method.page).or_insert(Some(id));
            *owner = owner.filter(|owner| *owner == id);
        }
    }
    owners.into_iter().filter_map(|(page, owner)| Some((page, owner?))).collect()
}

/// What is known about the bodies of one page.
struct Typist<'r, 'i> {
    resolver: Resolver<'r, 'i>,
    addresses: &'r Addresses<'r>,
    /// The type whose methods table leads to the page.
    owner: Option<TypeId>,
    operation: &'r Operation,
}

impl Typist<'_, '_> {
    fn examples(&self, checker: &Checker<'_>, sources: &SourceMap) -> Vec<(Example, Diagnostics)> {
        let requests = self.operation.examples.iter().filter_map(|example| example.request.as_ref());
        let responses = self.operation.examples.iter().filter_map(|example| example.response.as_ref());
        let mut bodies: Vec<(MessageKind, Span, Document<'_>, ExampleContent)> = Vec::new();
        for request in requests {
            if let Some((body, document)) = json_body(&request.message, sources) {
                let content = self.request(request, &document);
                bodies.push((MessageKind::Request, body, document, content));
            }
        }
        for response in responses {
            if let Some((body, document)) = json_body(&response.message, sources) {
                let content = self.response(response, &document);
                bodies.push((MessageKind::Response, body, document, content));
            }
        }
        bodies.sort_by_key(|(_, body, ..)| *body);
        let examples = bodies.into_iter().map(|(message, body, document, content)| {
            if !document.problems.is_empty() {
                let example = Example { message, content: ExampleContent::Invalid, body, defect: None };
                return (example, Diagnostics::default());
            }
            let mismatches = match &content {
                ExampleContent::Typed { ty, envelope } => checker.check(&document.value, ty, *envelope),
                ExampleContent::Untyped(_) | ExampleContent::Invalid => Vec::new(),
            };
            let mut diagnostics = Diagnostics::default();
            mismatches.iter().for_each(|mismatch| diagnostics.push(mismatch.report()));
            let defect = mismatches.first().map(|first| At::new(first.text(), first.span));
            (Example { message, content, body, defect }, diagnostics)
        });
        examples.collect()
    }

    fn response(&self, response: &ExampleResponse, document: &Document<'_>) -> ExampleContent {
        if response.status.as_ref().is_some_and(|status| status.value >= 400) {
            return ExampleContent::Untyped(UntypedContent::Error);
        }
        let annotated = response.message.ty.as_ref().and_then(|ty| self.resolver.answer(ty));
        let claimed = self.operation.responses.iter().filter_map(|claim| self.resolver.response(&claim.value));
        let answers: Vec<Response> = annotated.into_iter().chain(claimed).filter(is_value).collect();
        let answer = answers.iter().find(|answer| is_documented(answer)).or(answers.first());
        match answer {
            Some(answer) => self.typed(answer, &response.message, document),
            None => ExampleContent::Untyped(UntypedContent::Unsaid),
        }
    }

    fn request(&self, request: &ExampleRequest, document: &Document<'_>) -> ExampleContent {
        if is_reference(&document.value) {
            return ExampleContent::Untyped(UntypedContent::Reference);
        }
        let annotated = request.message.ty.as_ref().and_then(|ty| self.resolver.answer(ty)).filter(is_documented);
        if let Some(answer) = annotated {
            return self.typed(&answer, &request.message, document);
        }
        let content = self.operation.body.as_ref().map(|body| &body.content);
        let stated = match content {
            Some(BodyContent::Type(ty)) => self.resolver.answer(ty).filter(is_value),
            Some(BodyContent::Parameters) => return ExampleContent::Untyped(UntypedContent::Parameters),
            Some(BodyContent::Reference) => return ExampleContent::Untyped(UntypedContent::Reference),
            _ => None,
        };
        if let Some(answer) = stated {
            return self.typed(&answer, &request.message, document);
        }
        match self.addressed(request.method) {
            Some(target) => self.typed(&Response::One(ValueType::Structured(target)), &request.message, document),
            // What is sent to no entity and no collection of them is sent to an action.
            None if request.method == HttpMethod::Post && content.is_some() => {
                ExampleContent::Untyped(UntypedContent::Parameters)
            }
            None => ExampleContent::Untyped(UntypedContent::Unsaid),
        }
    }

    /// The type that the page's paths address.
    fn addressed(&self, method: HttpMethod) -> Option<TypeId> {
        let of_method = || self.operation.requests.iter().filter(|request| request.method == method);
        if let Some(target) = of_method().find_map(|request| self.addresses.target(&request.path)) {
            return Some(target);
        }
        if !matches!(method, HttpMethod::Patch | HttpMethod::Put) {
            return None;
        }
        let mut answers = self.operation.responses.iter().filter_map(|claim| self.resolver.response(&claim.value));
        let answered = answers.find_map(|answer| match answer {
            Response::One(ValueType::Structured(id)) => Some(id),
            _ => None,
        });
        answered.or(self.owner)
    }

    /// A value of a type, as it stands in a document.
    fn typed(&self, answer: &Response, message: &Message, document: &Document<'_>) -> ExampleContent {
        let (ty, many) = match answer {
            Response::One(ty) => (ty, false),
            Response::Many(ty) => (ty, true),
            Response::Nothing | Response::Stream => return ExampleContent::Untyped(UntypedContent::Unsaid),
        };
        if let ValueType::Undocumented(name) = ty {
            return ExampleContent::Untyped(UntypedContent::Undocumented(name.clone()));
        }
        let has_value = match ty {
            ValueType::Structured(id) => {
                self.resolver.model.all_properties(*id).iter().any(|property| property.name == "value")
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

/// A body that is meant as JSON.
fn json_body<'s>(message: &Message, sources: &'s SourceMap) -> Option<(Span, Document<'s>)> {
    let body = message.body?;
    let text = sources.text(body);
    message.means_json(text).then(|| (body, json::parse(body.file, body.start as usize, text)))
}

fn is_value(answer: &Response) -> bool {
    matches!(answer, Response::One(_) | Response::Many(_))
}

fn is_documented(answer: &Response) -> bool {
    match answer {
        Response::One(ty) | Response::Many(ty) => {
            !matches!(ty, ValueType::Undocumented(_) | ValueType::Primitive(Primitive::Untyped))
        }
        Response::Nothing | Response::Stream => false,
    }
}

/// `{"@odata.id": "…"}`
fn is_reference(value: &Value<'_>) -> bool {
    matches!(&value.kind, ValueKind::Object(members)
        if members.iter().all(|(name, _)| name.value.starts_with('@')) && value.get("@odata.id").is_some())
}

/// `{"@odata.context": "…", "value": 12}`, and the same around an object.
fn is_single(value: &Value<'_>, ty: &ValueType) -> bool {
    let ValueKind::Object(members) = &value.kind else { return false };
    let holds = |value: &Value<'_>| match ty {
        ValueType::Structured(_) => matches!(value.kind, ValueKind::Object(_)),
        ValueType::Primitive(_) | ValueType::Enum(_) | ValueType::Undocumented(_) => true,
    };
    members.iter().all(|(name, value)| name.value.contains('@') || name.value == "value" && holds(value))
        && members.iter().any(|(name, _)| name.value == "value")
}
