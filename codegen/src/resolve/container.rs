//! Turns metadata into operations, as API pages would describe them: from the entity container
//! along the navigation properties.
//!
//! The requests of every entity set, singleton and import, and of every navigation property, type
//! cast and bound operation that is reached from them. Paths of a recursive model never end, so
//! each entity type is visited on the shortest path to it, and again on a path that may allow what
//! was forbidden on those before. Paths that address an entity of the same type share a request
//! builder ([`super::requests`]).
//!
//! There are no requests for operations that annotations of the Capabilities vocabulary forbid
//! everywhere. Where they forbid one at a path that shares its builder with others, the
//! documentation tells it ([`Expansion::forbidden`]).

mod callables;
mod keys;
mod lines;

use crate::hashing::{HashMap, HashSet};
use std::collections::{BTreeMap, VecDeque};

use lines::{Restrictions, Site};

use super::expansion::Expansion;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{HttpMethod, Model, Primitive, Segment, StructuredType, TypeId, TypeKind, ValueType};
use crate::schema::operation::Request;
use crate::schema::{
    Capabilities, ContainerMember, DeclaredProperty, MemberKind, Navigability, Schema, TypeExpr, TypeItem,
};
use crate::source::Span;

/// A path that has not been visited yet.
struct Open<'s> {
    site: Site<'s>,
    ty: TypeId,
}

struct Walk<'s> {
    schema: &'s Schema,
    model: &'s Model,
    /// The types by their qualified names.
    ids: HashMap<String, TypeId>,
    /// Declared properties by type and name.
    properties: HashMap<(TypeId, &'s str), &'s DeclaredProperty>,
    /// The types that were visited, with the restrictions of each visit.
    done: BTreeMap<TypeId, Vec<Restrictions>>,
    open: VecDeque<Open<'s>>,
    /// Entities that composable functions return (CSDL 4.01, 12.6).
    composed: VecDeque<Open<'s>>,
    out: Expansion<'s>,
    /// True if names of operations are written without their namespaces, as on pages.
    is_unqualified: bool,
    /// The names in lower case of collections of which pages remove references by keys.
    referenced: HashSet<String>,
    /// The places of the actions and functions that have a request.
    called: HashSet<Span>,
}

/// All requests of the containers of a schema.
pub(super) fn expand<'s>(schema: &'s Schema, model: &'s Model) -> Expansion<'s> {
    let ids: HashMap<String, TypeId> = model.structured_types().map(|(id, ty)| (ty.name.to_string(), id)).collect();
    let mut properties = HashMap::default();
    for ty in schema.types.iter().filter(|ty| ty.is_declared()) {
        let Some(id) = ids.get(&ty.name.value.to_string()) else { continue };
        properties.extend(ty.properties.iter().map(|property| ((*id, property.name.value.as_str()), property)));
    }
    let mut walk = Walk {
        schema,
        model,
        ids,
        properties,
        done: BTreeMap::new(),
        open: VecDeque::new(),
        composed: VecDeque::new(),
        out: Expansion::default(),
        is_unqualified: !schema.operations.is_empty(),
        referenced: referenced(schema),
        called: HashSet::default(),
    };
    for member in &schema.container {
        walk.member(member);
    }
    loop {
        while let Some(open) = walk.open.pop_front() {
            let restrictions = open.site.restrictions(&schema.container);
            let visits = walk.done.entry(open.ty).or_default();
            // A path that forbids as much as an earlier one, or more, has no further requests.
            if !visits.iter().any(|known| known.is_subset(&restrictions)) {
                visits.push(restrictions);
                walk.behind(&open);
            }
        }
        // Entities that no path of navigation properties leads to are reached through functions.
        let Some(next) = walk.composed.pop_front() else { break };
        if !walk.done.contains_key(&next.ty) {
            walk.open.push_back(next);
        }
    }
    walk.out.uncalled =
        schema.declared_operations.iter().filter(|operation| !walk.called.contains(&operation.name.span)).collect();
    walk.out
}

/// Reports actions and functions that no path of the service leads to.
pub(super) fn report_uncalled(expansion: &Expansion<'_>, diagnostics: &mut Diagnostics) {
    for operation in &expansion.uncalled {
        let name = &operation.name.value;
        let message = match &operation.binding {
            Some(_) => format!("no path of the service leads to what `{name}` is bound to"),
            None => format!("the entity container has no import of `{name}`"),
        };
        diagnostics
            .push(Diagnostic::new(Code::MetadataUncalled, operation.name.span, message).label("it has no request"));
    }
}

impl<'s> Walk<'s> {
    /// The structured type that an expression names.
    fn structured(&self, ty: &TypeExpr) -> Option<TypeId> {
        match &ty.item {
            TypeItem::Named(name) => self.ids.get(&name.name).copied(),
            _ => None,
        }
    }

    fn member(&mut self, member: &'s ContainerMember) {
        let site = Site::new(member);
        match &member.kind {
            MemberKind::EntitySet(ty) => {
                if let Some(ty) = self.structured(ty) {
                    self.collection(&site, ty, true);
                }
            }
            MemberKind::Singleton(ty) => {
                if let Some(ty) = self.structured(ty) {
                    let deletes = site.capabilities.delete == Some(true);
                    self.entity(site, ty, deletes);
                }
            }
            MemberKind::ActionImport(name) | MemberKind::FunctionImport(name) => self.imported(&site, name),
        }
    }

    /// Adds the requests of a collection of entities, then those of one of its entities.
    fn collection(&mut self, site: &Site<'s>, ty: TypeId, owns: bool) {
        let can = &site.capabilities;
        if self.permits(site, HttpMethod::Get, can.read) {
            self.list(site, ty);
        }
        if self.permits(site, HttpMethod::Post, can.insert) {
            self.create(site, ty);
        }
        if allows(can.read) && allows(can.count) {
            self.count(site);
        }
        if !owns {
            self.references(site);
        }
        self.each(site, ty);
        self.bound(site, ty, true);
        if allows(can.read) {
            for derived in self.casts(ty) {
                let cast = site.then(Segment::Literal(self.model.structured(derived).name.to_string()));
                self.list(&cast, derived);
                self.bound_to(&cast, derived, true);
                self.alternate_keys(&cast, derived, Some(ty));
                // Where only derived types declare a key, an entity can only be addressed behind
                // the cast (CSDL 4.01, 6.5).
                if can.by_key != Some(false)
                    && self.key(ty).is_empty()
                    && let Some(item) = self.item(&cast, derived)
                {
                    self.entity(item, derived, owns);
                }
            }
        }
        if can.by_key == Some(false) {
            return;
        }
        if let Some(item) = self.item(site, ty) {
            self.entity(item, ty, owns);
        }
        self.alternate_keys(site, ty, None);
    }

    /// Adds the requests of one entity, then those of the paths below it.
    fn entity(&mut self, site: Site<'s>, ty: TypeId, deletes: bool) {
        let can = &site.capabilities;
        if self.permits(&site, HttpMethod::Get, can.read_by_key.or(can.read)) {
            self.get(&site, ty);
        }
        self.changes(&site, ty);
        if deletes && self.permits(&site, HttpMethod::Delete, can.delete) {
            self.delete(&site, ty);
        }
        if self.has_stream(ty) {
            self.value(&site, allows(can.update));
        }
        self.open.push_back(Open { site, ty });
    }

    /// Returns true if a request is allowed. One that is forbidden is noted.
    fn permits(&mut self, site: &Site<'s>, http: HttpMethod, said: Option<bool>) -> bool {
        if !allows(said) {
            self.out.forbidden.push((site.path.clone(), http));
        }
        allows(said)
    }

    /// Adds the requests of all paths below an entity.
    fn behind(&mut self, open: &Open<'s>) {
        self.bound(&open.site, open.ty, false);
        self.properties(&open.site, open.ty, &mut Vec::new());
        let has_stream = self.has_stream(open.ty);
        for derived in self.casts(open.ty) {
            let cast = open.site.then(Segment::Literal(self.model.structured(derived).name.to_string()));
            let can = &open.site.capabilities;
            if allows(can.read_by_key.or(can.read)) {
                self.get(&cast, derived);
            }
            // Properties that only the derived type has are changed here.
            self.changes(&cast, derived);
            if !has_stream && self.has_stream(derived) {
                self.value(&cast, allows(can.update));
            }
            self.open.push_back(Open { site: cast, ty: derived });
        }
    }

    /// Adds the requests that change an entity.
    fn changes(&mut self, site: &Site<'s>, ty: TypeId) {
        let can = &site.capabilities;
        if self.permits(site, HttpMethod::Patch, can.update) {
            self.update(site, ty);
        }
        if can.replace == Some(true) && allows(can.update) {
            self.replace(site, ty);
        }
    }

    /// Returns true if an entity of this type has a stream (CSDL 4.01, 6.2).
    fn has_stream(&self, ty: TypeId) -> bool {
        self.model.ancestry(ty).any(|up| self.model.structured(up).has_stream)
    }

    /// Adds the requests of the navigation properties and streams of a structured value, including
    /// those in its complex properties (OData URL Conventions 4.01, 4.6).
    fn properties(&mut self, site: &Site<'s>, ty: TypeId, within: &mut Vec<TypeId>) {
        let model = self.model;
        for up in model.ancestry(ty).collect::<Vec<_>>() {
            for property in &model.structured(up).properties {
                let declared = self.properties.get(&(up, property.name.as_str())).copied();
                match &property.ty.item {
                    ValueType::Structured(target) if property.is_navigation => {
                        if let Some(declared) = declared {
                            self.navigation(site, declared, *target, property.ty.collection);
                        }
                    }
                    // The target may have any entity type (`Edm.EntityType`; CSDL 4.01, 3.2).
                    ValueType::Primitive(Primitive::Untyped) if property.is_navigation => {
                        self.read_any(&site.through(&property.name), property.ty.collection);
                    }
                    ValueType::Structured(target) if !within.contains(target) && !property.is_navigation => {
                        let next = site.through(&property.name);
                        self.bound(&next, *target, property.ty.collection);
                        if !property.ty.collection && self.has_navigation(*target) {
                            within.push(*target);
                            self.properties(&next, *target, within);
                            within.pop();
                        }
                    }
                    ValueType::Primitive(Primitive::Stream) if !property.ty.collection => {
                        let writes = property.facts.read_only.is_none();
                        self.stream(&site.through(&property.name), writes);
                    }
                    _ => {}
                }
            }
        }
    }

    fn navigation(&mut self, site: &Site<'s>, property: &'s DeclaredProperty, target: TypeId, many: bool) {
        let Some(navigation) = property.navigation.as_deref() else { return };
        let next = site.behind(&self.schema.container, &navigation.capabilities, property);
        let is_forbidden = match next.capabilities.navigability {
            Some(navigability) => navigability == Navigability::None,
            None => site.capabilities.navigability == Some(Navigability::None),
        };
        if is_forbidden {
            self.out.forbidden.push((next.path, HttpMethod::Get));
            return;
        }
        if many {
            self.collection(&next, target, navigation.contains_target);
        } else {
            let changes = !navigation.is_read_only && allows(navigation.capabilities.update);
            if !navigation.contains_target && changes && allows(site.capabilities.update) {
                self.reference(site, property);
            }
            self.entity(next, target, navigation.contains_target);
        }
    }

    /// Returns true if a complex type has navigation properties.
    fn has_navigation(&self, ty: TypeId) -> bool {
        let leads = |ty: &StructuredType| ty.properties.iter().any(|property| property.is_navigation);
        self.model.structured(ty).kind == TypeKind::Complex
            && self.model.ancestry(ty).any(|up| leads(self.model.structured(up)))
    }

    /// The types for type casts: all derived types, unless the type is the root of all types.
    fn casts(&self, ty: TypeId) -> Vec<TypeId> {
        let has_family = self.model.structured(ty).rust.any.is_some();
        if has_family { self.model.descendants(ty) } else { Vec::new() }
    }
}

/// The collections of which pages remove references by keys.
fn referenced(schema: &Schema) -> HashSet<String> {
    let lines = schema.operations.iter().flat_map(|page| &page.requests);
    let of_item = |line: &Request| match line.path.as_slice() {
        [.., Segment::Literal(property), Segment::Key(_), Segment::Literal(last)] if last == "$ref" => {
            (line.method == HttpMethod::Delete).then(|| property.to_ascii_lowercase())
        }
        _ => None,
    };
    lines.filter_map(of_item).collect()
}

/// Everything is allowed unless it is stated otherwise (the defaults of the Capabilities
/// vocabulary).
fn allows(said: Option<bool>) -> bool {
    said != Some(false)
}

/// The kinds of requests that capabilities forbid.
pub(super) fn forbidden(capabilities: &Capabilities) -> impl Iterator<Item = &'static str> {
    let flags = [
        ("read", capabilities.read),
        ("read by key", capabilities.read_by_key),
        ("insert", capabilities.insert),
        ("update", capabilities.update),
        ("delete", capabilities.delete),
        ("key", capabilities.by_key),
        ("count", capabilities.count),
        ("navigate", capabilities.navigability.map(|navigability| navigability != Navigability::None)),
    ];
    flags.into_iter().filter(|(_, said)| *said == Some(false)).map(|(name, _)| name)
}
