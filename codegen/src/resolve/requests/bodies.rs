//! Finds the request body of an operation, from the section "Request body" and the kind of
//! operation.
//!
//! A collection takes a new item, an entity its changes, `$ref` a reference, a stream bytes. An
//! action takes its own parameters: the rows of the section's table, and members that only an
//! example shows.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use super::node_types::NodeType;
use super::page_responses::PageResponses;
use super::response::Response;
use super::vocabulary::Vocabulary;
use crate::hashing::{HashMap, HashSet};
use crate::json::{self, Value, ValueKind};
use crate::model::requests::{Body, OperationKind};
use crate::model::{Description, HttpMethod, Primitive, Property, PropertyType, TypeId, ValueType};
use crate::nearest::Names;
use crate::resolve::names::of_tag;
use crate::schema::operation::{BodyContent, Parameter as Row};
use crate::schema::{DocumentedOperation, Facts, HasName, TypeRef};
use crate::source::{At, SourceMap, Span};
use crate::url::is_foreign;

/// The member that states the type of an object.
const TAG: &str = "@odata.type";

/// A request body. The parameters of an action are not a type yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Payload {
    Body(Body),
    /// An action's parameters, without Rust names.
    Parameters(Vec<BodyMember>),
}

/// A parameter of an action.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BodyMember {
    pub(super) name: String,
    pub(super) ty: PropertyType,
    pub(super) description: Option<Description>,
    pub(super) span: Span,
    /// True if only an example shows it, and no row describes it.
    pub(super) is_undescribed: bool,
}

impl HasName for BodyMember {
    fn name(&self) -> &str {
        &self.name
    }
}

impl BodyMember {
    /// The parameter as a property of the type that is made of all parameters.
    pub(super) fn into_property(self) -> Property {
        Property {
            name: self.name,
            ty: self.ty,
            is_navigation: false,
            description: self.description,
            facts: Facts::default(),
            span: self.span,
            rust_field: String::new(),
            rust_const: String::new(),
        }
    }
}

/// Finds the request bodies of pages.
pub(super) struct Bodies<'b> {
    pub(super) responses: &'b PageResponses<'b>,
    pub(super) vocabulary: &'b Vocabulary<'b>,
    pub(super) sources: &'b SourceMap,
}

impl Bodies<'_> {
    /// The request body of a page. `place` is the target of the request.
    pub(super) fn of(
        &self,
        page: &DocumentedOperation,
        http: HttpMethod,
        kind: OperationKind,
        place: &NodeType,
    ) -> Payload {
        let content = page.body.as_ref().map(|body| &body.content);
        let body = match (http, kind) {
            (HttpMethod::Get | HttpMethod::Delete, _) => Body::Nothing,
            (_, OperationKind::Reference) => Body::Reference,
            (_, OperationKind::Media) => Body::Bytes,
            (_, OperationKind::Action | OperationKind::Function) => return self.action(page, http),
            (HttpMethod::Patch, _) => self.item(page, place).and_then(structured).map_or(Body::Json, Body::Update),
            _ if content == Some(&BodyContent::Stream) => Body::Bytes,
            (HttpMethod::Put, _) => self.item(page, place).map_or(Body::Json, Body::Value),
            _ if content == Some(&BodyContent::Nothing) => Body::Nothing,
            _ if content == Some(&BodyContent::Reference) && !place.collection => Body::Reference,
            _ => match self.item(page, place) {
                Some(item) if place.collection => Body::Value(item),
                Some(item) if matches!(content, Some(BodyContent::Type(_))) => Body::Value(item),
                _ => return self.action(page, http),
            },
        };
        Payload::Body(body)
    }

    fn action(&self, page: &DocumentedOperation, http: HttpMethod) -> Payload {
        let rows = page.body.as_ref().map_or(&[][..], |body| &body.members);
        let content = page.body.as_ref().map(|body| &body.content);
        match content {
            Some(BodyContent::Stream) => return Payload::Body(Body::Bytes),
            Some(BodyContent::Type(_)) if rows.is_empty() => {
                if let Some(stated) = self.stated(page) {
                    return Payload::Body(Body::Value(stated));
                }
            }
            _ => {}
        }
        let mut members: Vec<BodyMember> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::default();
        for row in rows {
            let name = member_name(&row.name.value);
            if name.is_empty() || name.starts_with('@') {
                continue;
            }
            if let Entry::Vacant(place) = places.entry(name.to_ascii_lowercase()) {
                place.insert(members.len());
                members.push(self.member(page, row, name));
            }
        }
        let shown = self.shown(page, http);
        if let Some(member) = self.parameter_of_rows(page, &members, &shown) {
            return Payload::Parameters(vec![member]);
        }
        let is_reference = !shown.is_empty() && shown.iter().all(|member| member.name.starts_with('@'));
        if rows.is_empty() && (is_reference || content == Some(&BodyContent::Reference) && shown.is_empty()) {
            return Payload::Body(Body::Reference);
        }
        let sent: HashSet<String> = shown.iter().map(|member| member.name.clone()).collect();
        let mut others = Vec::new();
        for member in shown {
            let Some(place) = places.get(&member.name.to_ascii_lowercase()) else {
                others.push(member);
                continue;
            };
            let known = &mut members[*place];
            // The service accepts the spelling of the example.
            known.name = member.name;
            if known.ty.item == ValueType::Primitive(Primitive::Untyped) {
                known.ty = member.ty;
            }
        }
        if !others.is_empty() {
            let described: Names = members.iter().map(|member| member.name.clone()).collect();
            // The step `claims` reports the misspelt ones.
            let is_misspelt = |name: &str| described.slip_of(name, |known| !sent.contains(known)).is_some();
            others.retain(|member| !member.name.starts_with('@') && !is_misspelt(&member.name));
            members.append(&mut others);
        }
        match (members.is_empty(), content) {
            (false, _) => Payload::Parameters(members),
            (true, None | Some(BodyContent::Nothing)) => Payload::Body(Body::Nothing),
            (true, Some(_)) => Payload::Body(Body::Json),
        }
    }

    /// The only parameter that the examples send, if the rows describe properties of its value: it
    /// is called like a type that has them all ("provide a `passwordCredential` object with the
    /// following properties").
    fn parameter_of_rows(
        &self,
        page: &DocumentedOperation,
        rows: &[BodyMember],
        shown: &[BodyMember],
    ) -> Option<BodyMember> {
        let [only] = shown else { return None };
        let untyped = ValueType::Primitive(Primitive::Untyped);
        if rows.is_empty() || only.ty.item != untyped || rows.iter().any(|row| row.name == only.name) {
            return None;
        }
        let mention = TypeRef { name: only.name.clone(), target: None, span: only.span };
        let id = self.responses.resolver(page).structured(&mention)?;
        let properties = self.vocabulary.model.all_properties(id);
        let has = |row: &BodyMember| properties.iter().any(|property| property.name == row.name);
        let ty = PropertyType { item: ValueType::Structured(id), ..only.ty.clone() };
        rows.iter().all(has).then(|| BodyMember { ty, is_undescribed: false, ..only.clone() })
    }

    /// The type of an entity that is sent: the type that the section names, or that of the
    /// response, if it derives from the type of the request's target; otherwise the target's type.
    fn item(&self, page: &DocumentedOperation, place: &NodeType) -> Option<ValueType> {
        let stated = self.stated(page);
        let Some(known) = place.ty() else { return stated.or_else(|| place.item.clone()) };
        let narrower = |item: &ValueType| match item {
            ValueType::Structured(id) => *id != known && self.vocabulary.derives(*id, known),
            _ => false,
        };
        let created = || match self.responses.page(page)? {
            Response::One(item) => Some(item.clone()),
            _ => None,
        };
        stated.filter(narrower).or_else(|| created().filter(narrower)).or_else(|| place.item.clone())
    }

    /// The type that the section names.
    fn stated(&self, page: &DocumentedOperation) -> Option<ValueType> {
        match &page.body.as_ref()?.content {
            BodyContent::Type(ty) => match self.responses.resolver(page).of_type(ty)? {
                Response::One(item @ (ValueType::Structured(_) | ValueType::Undocumented(_))) => Some(item),
                _ => None,
            },
            _ => None,
        }
    }

    fn member(&self, page: &DocumentedOperation, row: &Row, name: String) -> BodyMember {
        let stated = match self.responses.resolver(page).parameter(page, row) {
            Some(Response::One(item)) => Some(PropertyType { item, collection: false }),
            Some(Response::Many(item)) => Some(PropertyType { item, collection: true }),
            Some(Response::Stream) => {
                Some(PropertyType { item: ValueType::Primitive(Primitive::Binary), collection: false })
            }
            Some(Response::Nothing) | None => None,
        };
        let untyped = PropertyType { item: ValueType::Primitive(Primitive::Untyped), collection: false };
        BodyMember {
            name,
            ty: stated.unwrap_or(untyped),
            description: row.description.as_ref().map(Into::into),
            span: row.name.span,
            is_undescribed: false,
        }
    }

    /// Returns true if a request body has to state its type (OData JSON 4.01, section 4.6.3): it is
    /// not the declared type of the request's target, or an example states the type.
    pub(super) fn is_tagged(
        &self,
        page: &DocumentedOperation,
        http: HttpMethod,
        place: &NodeType,
        payload: &Payload,
    ) -> bool {
        let Payload::Body(Body::Update(id) | Body::Value(ValueType::Structured(id))) = payload else { return false };
        let ty = self.vocabulary.model.structured(*id);
        let names = |value: &Value<'_>| match &value.kind {
            ValueKind::String(tag) => of_tag(tag).eq_ignore_ascii_case(&ty.name.to_string()),
            _ => false,
        };
        let is_narrower = place.ty().is_some_and(|known| known != *id && self.vocabulary.derives(*id, known));
        is_narrower
            || self.bodies_shown(page, http, TAG, |members| {
                members.iter().any(|(name, value)| name.value == TAG && names(value))
            })
    }

    /// The members of the request bodies in the page's examples.
    fn shown(&self, page: &DocumentedOperation, http: HttpMethod) -> Vec<BodyMember> {
        let mut members: Vec<BodyMember> = Vec::new();
        let mut names: HashSet<String> = HashSet::default();
        self.bodies_shown(page, http, "", |shown| {
            for (name, value) in shown {
                if names.insert(name.value.to_ascii_lowercase()) {
                    members.push(BodyMember {
                        name: name.value.to_string(),
                        ty: shape(value),
                        description: None,
                        span: name.span,
                        is_undescribed: true,
                    });
                }
            }
            false
        });
        members
    }

    /// Calls `look` with each object that the page's examples send, until it returns true. Returns
    /// true if it returned true. Texts without `word` are not even parsed.
    fn bodies_shown(
        &self,
        page: &DocumentedOperation,
        http: HttpMethod,
        word: &str,
        mut look: impl FnMut(&[(At<Cow<'_, str>>, Value<'_>)]) -> bool,
    ) -> bool {
        let service = self.vocabulary.model.service.root.as_deref();
        let requests = page.examples.iter().filter_map(|example| example.request.as_ref());
        let own = requests.filter(|request| !is_foreign(&request.url.value, service));
        for request in own.filter(|request| request.method == http) {
            let Some(body) = request.message.body else { continue };
            let text = self.sources.text(body);
            if !text.contains(word) || !request.message.means_json(text) {
                continue;
            }
            let document = json::parse(body.file, body.start as usize, text);
            if let (ValueKind::Object(shown), true) = (&document.value.kind, document.is_certain())
                && look(shown)
            {
                return true;
            }
        }
        false
    }
}

fn structured(item: ValueType) -> Option<TypeId> {
    match item {
        ValueType::Structured(id) => Some(id),
        _ => None,
    }
}

/// The member that a row describes: `message/subject` describes a member of `message`.
fn member_name(name: &str) -> String {
    name.split(['/', ' ']).next().unwrap_or_default().trim_matches('*').to_owned()
}

/// The type of a value in an example.
fn shape(value: &Value<'_>) -> PropertyType {
    let (value, collection) = match &value.kind {
        ValueKind::Array(items) => (items.first(), true),
        _ => (Some(value), false),
    };
    let primitive = match value.map(|value| &value.kind) {
        Some(ValueKind::String(_)) => Primitive::String,
        Some(ValueKind::Bool(_)) => Primitive::Boolean,
        Some(ValueKind::Number(text)) if text.contains(['.', 'e', 'E']) => Primitive::Double,
        Some(ValueKind::Number(_)) => Primitive::Int64,
        _ => Primitive::Untyped,
    };
    PropertyType { item: ValueType::Primitive(primitive), collection }
}
