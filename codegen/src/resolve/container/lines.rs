//! Builds the request lines of a path, as an API page would describe them.

use std::collections::BTreeSet;

use super::{Walk, forbidden};
use crate::model::{Primitive, Segment, TypeId};
use crate::schema::operation::{
    BodyContent, DeclaredRole, EACH, HttpMethod, Parameter, Permission, REFERENCE_OF, Request, RequestBody,
    ResponseClaim, ResponseSource, ResponseType,
};
use crate::schema::{
    Capabilities, ContainerMember, Custom, DeclaredProperty, Description, DocumentedOperation, Requirements, TypeExpr,
    TypeItem, TypeRef,
};
use crate::source::{At, FileId, Span};

/// The requests that are forbidden at a path and below it: for each, the rest of the path and the
/// kind of request.
pub(super) type Restrictions = BTreeSet<(String, &'static str)>;

/// A path of the service, with the facts that decide its requests.
#[derive(Clone)]
pub(super) struct Site<'s> {
    pub(super) path: Vec<Segment>,
    /// The capabilities at this path.
    pub(super) capabilities: Capabilities,
    /// The member of the container that the path begins with, and the path of properties from
    /// there on, by which annotations of the member name what is below it.
    member: Option<(&'s ContainerMember, String)>,
    /// The name of the last member or property of the path.
    name: String,
    description: Option<&'s Description>,
    file: FileId,
    span: Span,
}

impl<'s> Site<'s> {
    pub(super) fn new(member: &'s ContainerMember) -> Self {
        Site {
            path: vec![Segment::Literal(member.name.value.clone())],
            capabilities: member.capabilities.clone(),
            member: Some((member, String::new())),
            name: member.name.value.clone(),
            description: member.description.as_ref(),
            file: member.file,
            span: member.name.span,
        }
    }

    /// The path with one more segment.
    pub(super) fn then(&self, segment: Segment) -> Self {
        let mut next = self.clone();
        next.path.push(segment);
        next
    }

    /// The path of a property that is not a navigation property.
    pub(super) fn through(&self, name: &str) -> Self {
        let mut next = self.then(Segment::Literal(name.to_owned()));
        next.member = self.member.as_ref().map(|(member, path)| (*member, join(path, name)));
        name.clone_into(&mut next.name);
        next
    }

    /// The path of a navigation property, whose own annotations are `declared`.
    pub(super) fn behind(
        &self,
        container: &'s [ContainerMember],
        declared: &Capabilities,
        property: &'s DeclaredProperty,
    ) -> Self {
        let name = &property.name.value;
        let mut next = self.through(name);
        let said = next.member.as_ref().and_then(|(member, path)| member.capabilities.behind(path));
        next.capabilities = said.cloned().unwrap_or_default().or(declared);
        if property.navigation.as_ref().is_some_and(|navigation| navigation.is_read_only) {
            next.capabilities.insert = next.capabilities.insert.or(Some(false));
            next.capabilities.update = next.capabilities.update.or(Some(false));
        }
        if let Some((member, path)) = &next.member {
            next.capabilities = next.capabilities.or(&of_bound_set(container, member, path));
        }
        next.description = property.description.as_ref();
        // A page may define the property's name; the metadata document states where it is declared.
        next.span = property.table_type.as_ref().map_or(property.name.span, |ty| ty.span);
        next.file = next.span.file;
        next
    }

    /// The requests that are forbidden at this path and below it. Other paths of the same type may
    /// allow them.
    pub(super) fn restrictions(&self, container: &[ContainerMember]) -> Restrictions {
        let mut found = Restrictions::new();
        let mut note = |path: &str, capabilities: &Capabilities| {
            found.extend(forbidden(capabilities).map(|what| (path.to_owned(), what)));
        };
        note("", &self.capabilities);
        let Some((member, path)) = &self.member else { return found };
        let within = if path.is_empty() { String::new() } else { format!("{path}/") };
        let restricted = member.capabilities.navigation.iter().map(|(known, _)| known);
        for known in restricted.chain(member.bindings.iter().map(|(known, _)| known)) {
            let Some(rest) = known.strip_prefix(within.as_str()).filter(|rest| !rest.is_empty()) else { continue };
            let said = member.capabilities.behind(known).cloned().unwrap_or_default();
            note(rest, &said.or(&of_bound_set(container, member, known)));
        }
        found
    }
}

/// The capabilities of the entity set that a navigation property is bound to. They apply to the
/// property as well (CSDL 4.01, 13.4).
fn of_bound_set(container: &[ContainerMember], member: &ContainerMember, path: &str) -> Capabilities {
    let set = bound_set(container, member, path);
    set.map(|set| Capabilities { navigation: Vec::new(), ..set.capabilities.clone() }).unwrap_or_default()
}

/// The entity set that a navigation property of a container member is bound to.
fn bound_set<'c>(
    container: &'c [ContainerMember],
    member: &ContainerMember,
    path: &str,
) -> Option<&'c ContainerMember> {
    let (_, target) = member.bindings.iter().find(|(known, _)| known == path)?;
    let name = target.rsplit('/').next().unwrap_or(target);
    container.iter().find(|known| known.name.value == name)
}

/// Appends sentences to a description.
pub(super) fn with_notes(description: Option<Description>, notes: &[String], span: Span) -> Option<Description> {
    if notes.is_empty() {
        return description;
    }
    let mut description = description.unwrap_or_else(|| Description::new("", span));
    description.add_sentences(&notes.join(" "), span);
    Some(description)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}

/// The parts of a request line that differ from one operation to the next.
pub(super) struct Draft {
    pub(super) role: DeclaredRole,
    pub(super) http: HttpMethod,
    pub(super) title: String,
    pub(super) body: Option<BodyContent>,
    pub(super) members: Vec<Parameter>,
    pub(super) response: ResponseType,
    /// True if the response may be null.
    pub(super) is_nullable: bool,
    pub(super) permissions: Vec<Permission>,
    /// Sentences about the request that the annotations state.
    pub(super) notes: Vec<String>,
}

impl Draft {
    fn new(http: HttpMethod, title: String, response: ResponseType) -> Self {
        Draft {
            role: DeclaredRole::Place,
            http,
            title,
            body: None,
            members: Vec::new(),
            response,
            is_nullable: false,
            permissions: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn with_body(self, content: BodyContent) -> Self {
        Draft { body: Some(content), ..self }
    }

    /// Adds the permissions for the request, and the headers and query options that it takes.
    fn requiring(self, requirements: &Requirements) -> Self {
        let Requirements { permissions, custom } = requirements;
        Draft { permissions: permissions.clone(), notes: custom.iter().map(note).collect(), ..self }
    }
}

/// A sentence about a header or a query option of the service's own.
pub(super) fn note(custom: &Custom) -> String {
    let kind = match (custom.is_header, custom.is_required) {
        (true, true) => "Required header",
        (true, false) => "Header",
        (false, true) => "Required query option",
        (false, false) => "Query option",
    };
    match custom.description.as_deref().map(|said| said.trim().trim_end_matches('.')) {
        Some(said) if !said.is_empty() => format!("{kind} `{}`: {said}.", custom.name),
        _ => format!("{kind} `{}`.", custom.name),
    }
}

/// Query options that a collection does not support.
fn unsupported(can: &Capabilities) -> Vec<String> {
    let options = [("$top", can.top), ("$skip", can.skip), ("$search", can.search)];
    let named = options.iter().filter(|(_, said)| *said == Some(false));
    named.map(|(option, _)| format!("No `{option}`.")).collect()
}

impl<'s> Walk<'s> {
    pub(super) fn add(&mut self, site: &Site<'s>, draft: Draft) -> &mut DocumentedOperation {
        let span = site.span;
        let path = site.path.clone();
        let request = Request { method: draft.http, root: None, path, query: Vec::new(), span };
        let claim = ResponseClaim {
            value: draft.response,
            statuses: Vec::new(),
            is_nullable: draft.is_nullable,
            source: ResponseSource::Example,
            span,
        };
        self.out.operations.push(DocumentedOperation {
            file: site.file,
            declared: Some(draft.role),
            title: At::new(draft.title, span),
            summary: with_notes(site.description.cloned(), &draft.notes, span),
            deprecation: None,
            requests: vec![request],
            parameters: Vec::new(),
            query_options: Vec::new(),
            headers: Vec::new(),
            body: draft.body.map(|content| RequestBody { content, members: draft.members, span }),
            responses: vec![claim],
            permissions: draft.permissions,
            examples: Vec::new(),
        });
        let last = self.out.operations.len() - 1;
        &mut self.out.operations[last]
    }

    fn typed(&self, ty: TypeId, collection: bool, span: Span) -> TypeExpr {
        let name = self.model.structured(ty).name.to_string();
        TypeExpr { item: TypeItem::Named(TypeRef { name, target: None, span }), collection }
    }

    pub(super) fn list(&mut self, site: &Site<'s>, ty: TypeId) {
        let response = ResponseType::Type(self.typed(ty, true, site.span));
        let draft = Draft::new(HttpMethod::Get, format!("List {}", site.name), response);
        let can = &site.capabilities;
        let mut draft = draft.requiring(&can.to_read);
        draft.notes.extend(unsupported(can));
        self.add(site, draft);
    }

    pub(super) fn create(&mut self, site: &Site<'s>, ty: TypeId) {
        let item = self.typed(ty, false, site.span);
        let draft = Draft::new(HttpMethod::Post, format!("Create in {}", site.name), ResponseType::Type(item.clone()));
        let can = &site.capabilities;
        let draft = draft.requiring(&can.to_insert);
        self.add(site, draft.with_body(BodyContent::Type(item)));
    }

    pub(super) fn count(&mut self, site: &Site<'s>) {
        let draft = Draft::new(HttpMethod::Get, format!("Count {}", site.name), ResponseType::Text);
        self.add(&site.then(Segment::Literal("$count".to_owned())), draft);
    }

    /// Adds updates and deletions of all members that match a filter (OData Protocol 4.01, 11.4.13
    /// and 11.4.14), if the service supports them. The filter is passed as a parameter alias, so it
    /// needs no encoding of its own.
    pub(super) fn each(&mut self, site: &Site<'s>, ty: TypeId) {
        let at = site.then(Segment::Literal(EACH.to_owned()));
        let filter = || ("@filter".to_owned(), "{filter}".to_owned());
        let can = &site.capabilities;
        if can.update_each == Some(true) && super::allows(can.update) {
            let item = self.typed(ty, false, site.span);
            let draft = Draft::new(HttpMethod::Patch, format!("Update each of {}", site.name), ResponseType::None);
            self.add(&at, draft.with_body(BodyContent::Type(item))).requests[0].query.push(filter());
        }
        if can.delete_each == Some(true) && super::allows(can.delete) {
            let draft = Draft::new(HttpMethod::Delete, format!("Delete each of {}", site.name), ResponseType::None);
            self.add(&at, draft).requests[0].query.push(filter());
        }
    }

    /// Adds the request that reads entities of any type.
    pub(super) fn read_any(&mut self, site: &Site<'s>, many: bool) {
        let item = TypeExpr { item: TypeItem::Primitive(Primitive::Untyped), collection: many };
        let draft = Draft::new(HttpMethod::Get, format!("Read {}", site.name), ResponseType::Type(item));
        self.add(site, Draft { is_nullable: !many, ..draft });
    }

    /// Adds the requests for references of a collection (OData Protocol 4.01, 11.2.8 and 11.4.6).
    pub(super) fn references(&mut self, site: &Site<'s>) {
        let at = site.then(Segment::Literal("$ref".to_owned()));
        let can = &site.capabilities;
        let untyped = TypeExpr { item: TypeItem::Primitive(Primitive::Untyped), collection: true };
        if super::allows(can.read) {
            let draft =
                Draft::new(HttpMethod::Get, format!("List references of {}", site.name), ResponseType::Type(untyped));
            self.add(&at, draft);
        }
        if super::allows(can.insert) {
            let draft = Draft::new(HttpMethod::Post, format!("Add a reference to {}", site.name), ResponseType::None);
            self.add(&at, draft.with_body(BodyContent::Reference));
        }
        if super::allows(can.delete) && !self.referenced.contains(&site.name.to_ascii_lowercase()) {
            let draft =
                Draft::new(HttpMethod::Delete, format!("Remove a reference from {}", site.name), ResponseType::None);
            let operation = self.add(&at, draft);
            operation.requests[0].query.push(("$id".to_owned(), "{id}".to_owned()));
        }
    }

    /// The reference of a navigation property to an entity that has a place of its own (OData
    /// Protocol 4.01, 11.4.6.2 and 11.4.6.3).
    pub(super) fn reference(&mut self, site: &Site<'s>, property: &'s DeclaredProperty) {
        let name = &property.name.value;
        let mut at = site.then(Segment::Literal(format!("{name}{REFERENCE_OF}")));
        at.span = property.table_type.as_ref().map_or(property.name.span, |ty| ty.span);
        at.file = at.span.file;
        at.description = None;
        let draft = Draft::new(HttpMethod::Put, format!("Set {name}"), ResponseType::None);
        self.add(&at, draft.with_body(BodyContent::Reference));
        // A reference that has to exist can be changed, and not removed.
        if property.facts.nullable.as_ref().is_none_or(|nullable| nullable.value) {
            self.add(&at, Draft::new(HttpMethod::Delete, format!("Remove {name}"), ResponseType::None));
        }
    }

    pub(super) fn get(&mut self, site: &Site<'s>, ty: TypeId) {
        let response = ResponseType::Type(self.typed(ty, false, site.span));
        let title = format!("Get {}", self.model.structured(ty).name.name);
        let can = &site.capabilities;
        let draft = Draft::new(HttpMethod::Get, title, response);
        self.add(site, draft.requiring(&can.to_read));
    }

    pub(super) fn update(&mut self, site: &Site<'s>, ty: TypeId) {
        self.change(site, ty, HttpMethod::Patch, "Update");
    }

    pub(super) fn replace(&mut self, site: &Site<'s>, ty: TypeId) {
        self.change(site, ty, HttpMethod::Put, "Replace");
    }

    fn change(&mut self, site: &Site<'s>, ty: TypeId, http: HttpMethod, verb: &str) {
        let item = self.typed(ty, false, site.span);
        let title = format!("{verb} {}", self.model.structured(ty).name.name);
        let draft = Draft::new(http, title, ResponseType::Type(item.clone()));
        let can = &site.capabilities;
        let draft = draft.requiring(&can.to_update);
        self.add(site, draft.with_body(BodyContent::Type(item)));
    }

    pub(super) fn delete(&mut self, site: &Site<'s>, ty: TypeId) {
        let title = format!("Delete {}", self.model.structured(ty).name.name);
        let draft = Draft::new(HttpMethod::Delete, title, ResponseType::None);
        let can = &site.capabilities;
        self.add(site, draft.requiring(&can.to_delete));
    }

    /// Adds the requests for the stream of a media entity (OData Protocol 4.01, 11.1.2 and 11.4.7).
    pub(super) fn value(&mut self, site: &Site<'s>, writes: bool) {
        self.stream(&site.then(Segment::Literal("$value".to_owned())), writes);
    }

    /// Adds the requests that read and write a stream.
    pub(super) fn stream(&mut self, site: &Site<'s>, writes: bool) {
        self.add(site, Draft::new(HttpMethod::Get, format!("Read {}", site.name), ResponseType::Stream));
        if writes {
            let draft = Draft::new(HttpMethod::Put, format!("Write {}", site.name), ResponseType::None);
            self.add(site, draft.with_body(BodyContent::Stream));
        }
    }
}
