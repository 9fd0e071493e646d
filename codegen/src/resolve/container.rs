//! Turns metadata into operations, as API pages would describe them: from the entity container
//! along the navigation properties.
//!
//! The requests of every entity set, singleton and import, and of every navigation property, type
//! cast and bound operation that is reached from them. Paths of a recursive model never end, so
//! each entity type is visited once, on the shortest path to it; paths that address an entity of
//! the same type share a request builder ([`super::requests`]). If the service restricts something
//! at one path that it allows elsewhere, that path is visited separately and gets a builder of its
//! own ([`Expansion::apart`]).
//!
//! There are no requests for operations that annotations of the Capabilities vocabulary forbid.

mod callables;
mod lines;

use std::collections::{BTreeSet, HashMap, VecDeque};

use lines::Site;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Argument, ArgumentValue, HttpMethod, Model, Primitive, Segment, StructuredType, TypeId, TypeKind, ValueType,
};
use crate::schema::operation::Request;
use crate::schema::{
    Capabilities, ContainerMember, DeclaredOperation, DeclaredProperty, DocumentedOperation, MemberKind, Navigability,
    Schema, TypeExpr, TypeItem,
};
use crate::source::Span;

/// The requests of a container.
#[derive(Debug, Default)]
pub(super) struct Expansion<'s> {
    pub(super) operations: Vec<DocumentedOperation>,
    /// Paths that need a builder of their own, because they support less than others of their type.
    pub(super) apart: Vec<Vec<Segment>>,
    /// The names, in lower case, of collections whose keys have several parts.
    pub(super) composite: BTreeSet<String>,
    /// The actions and functions that no path leads to.
    uncalled: Vec<&'s DeclaredOperation>,
}

/// The number of nested paths that may have builders of their own.
const DEEPEST: usize = 4;

/// A path that has not been visited yet.
struct Open<'s> {
    site: Site<'s>,
    ty: TypeId,
    /// True if it has a builder of its own.
    is_apart: bool,
    depth: usize,
}

struct Walk<'s> {
    schema: &'s Schema,
    model: &'s Model,
    /// The types by their qualified names.
    ids: HashMap<String, TypeId>,
    /// Declared properties by type and name.
    properties: HashMap<(TypeId, &'s str), &'s DeclaredProperty>,
    done: BTreeSet<TypeId>,
    open: VecDeque<Open<'s>>,
    /// Entities that composable functions return (CSDL 4.01, 12.6).
    composed: VecDeque<Open<'s>>,
    out: Expansion<'s>,
    /// True if names of operations are written without their namespaces, as on pages.
    is_unqualified: bool,
    /// The names in lower case of navigation properties whose references pages describe.
    referenced: BTreeSet<String>,
    /// The places of the actions and functions that have a request.
    called: BTreeSet<Span>,
}

/// All requests of the containers of a schema.
pub(super) fn expand<'s>(schema: &'s Schema, model: &'s Model) -> Expansion<'s> {
    let ids: HashMap<String, TypeId> = model.structured_types().map(|(id, ty)| (ty.name.to_string(), id)).collect();
    let mut properties = HashMap::new();
    for ty in schema.types.iter().filter(|ty| ty.is_declared()) {
        let Some(id) = ids.get(&ty.name.value.to_string()) else { continue };
        properties.extend(ty.properties.iter().map(|property| ((*id, property.name.value.as_str()), property)));
    }
    let mut walk = Walk {
        schema,
        model,
        ids,
        properties,
        done: BTreeSet::new(),
        open: VecDeque::new(),
        composed: VecDeque::new(),
        out: Expansion::default(),
        is_unqualified: !schema.operations.is_empty(),
        referenced: referenced(schema),
        called: BTreeSet::new(),
    };
    for member in &schema.container {
        walk.member(member);
    }
    loop {
        while let Some(open) = walk.open.pop_front() {
            if open.is_apart || walk.done.insert(open.ty) {
                walk.behind(&open);
            }
        }
        // Entities that no path of navigation properties leads to are reached through functions.
        let Some(next) = walk.composed.pop_front() else { break };
        if !walk.done.contains(&next.ty) {
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
                    self.collection(&site, ty, true, 0);
                }
            }
            MemberKind::Singleton(ty) => {
                if let Some(ty) = self.structured(ty) {
                    let deletes = site.capabilities.delete == Some(true);
                    self.entity(site, ty, deletes, 0);
                }
            }
            MemberKind::ActionImport(name) | MemberKind::FunctionImport(name) => self.imported(&site, name),
        }
    }

    /// Adds the requests of a collection of entities, then those of one of its entities.
    fn collection(&mut self, site: &Site<'s>, ty: TypeId, owns: bool, depth: usize) {
        let can = &site.capabilities;
        if allows(can.read) {
            self.list(site, ty);
        }
        if allows(can.insert) {
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
                self.alternate_keys(&cast, derived, Some(ty), depth);
                // Where only derived types declare a key, an entity can only be addressed behind
                // the cast (CSDL 4.01, 6.5).
                if can.by_key != Some(false)
                    && self.key(ty).is_empty()
                    && let Some(item) = self.item(&cast, derived)
                {
                    self.entity(item, derived, owns, depth);
                }
            }
        }
        if can.by_key == Some(false) {
            return;
        }
        if let Some(item) = self.item(site, ty) {
            self.entity(item, ty, owns, depth);
        }
        self.alternate_keys(site, ty, None, depth);
    }

    /// Adds the requests of one entity, then those of the paths below it.
    fn entity(&mut self, site: Site<'s>, ty: TypeId, deletes: bool, depth: usize) {
        let can = &site.capabilities;
        let forbids = [can.read, can.read_by_key, can.update, can.delete].contains(&Some(false));
        let is_apart = depth < DEEPEST && (forbids || site.restricts(&self.schema.container));
        if is_apart {
            self.out.apart.push(site.path.clone());
        }
        if allows(can.read_by_key.or(can.read)) {
            self.get(&site, ty);
        }
        self.changes(&site, ty);
        if deletes && allows(can.delete) {
            self.delete(&site, ty);
        }
        if self.has_stream(ty) {
            self.value(&site, allows(can.update));
        }
        self.open.push_back(Open { site, ty, is_apart, depth });
    }

    /// Adds the requests of all paths below an entity.
    fn behind(&mut self, open: &Open<'s>) {
        self.bound(&open.site, open.ty, false);
        self.properties(&open.site, open.ty, open.depth + usize::from(open.is_apart), &mut Vec::new());
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
            self.open.push_back(Open { site: cast, ty: derived, is_apart: false, depth: open.depth });
        }
    }

    /// Adds the requests that change an entity.
    fn changes(&mut self, site: &Site<'s>, ty: TypeId) {
        let can = &site.capabilities;
        if allows(can.update) {
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
    fn properties(&mut self, site: &Site<'s>, ty: TypeId, depth: usize, within: &mut Vec<TypeId>) {
        let model = self.model;
        for up in model.ancestry(ty).collect::<Vec<_>>() {
            for property in &model.structured(up).properties {
                let declared = self.properties.get(&(up, property.name.as_str())).copied();
                match &property.ty.item {
                    ValueType::Structured(target) if property.is_navigation => {
                        if let Some(declared) = declared {
                            self.navigation(site, declared, *target, property.ty.collection, depth);
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
                            self.properties(&next, *target, depth, within);
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

    fn navigation(
        &mut self,
        site: &Site<'s>,
        property: &'s DeclaredProperty,
        target: TypeId,
        many: bool,
        depth: usize,
    ) {
        let Some(navigation) = property.navigation.as_deref() else { return };
        let next = site.behind(&self.schema.container, &navigation.capabilities, property);
        let is_forbidden = match next.capabilities.navigability {
            Some(navigability) => navigability == Navigability::None,
            None => site.capabilities.navigability == Some(Navigability::None),
        };
        if is_forbidden {
            return;
        }
        if many {
            self.collection(&next, target, navigation.contains_target, depth);
        } else {
            let changes = !navigation.is_read_only && allows(navigation.capabilities.update);
            let is_described = self.referenced.contains(&property.name.value.to_ascii_lowercase());
            if !navigation.contains_target && changes && allows(site.capabilities.update) && !is_described {
                self.reference(site, property);
            }
            self.entity(next, target, navigation.contains_target, depth);
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

    /// The path of an entity by its key. `None` if the type has no key, because only derived types
    /// have keys.
    fn item(&mut self, site: &Site<'s>, ty: TypeId) -> Option<Site<'s>> {
        let declared = self.key(ty);
        match declared.as_slice() {
            [] => None,
            [(name, item)] => Some(site.key(name, item.clone())),
            several => self.by_names(site, several),
        }
    }

    /// The path of an entity by the names of its key properties: `orders(customer='a',number=7)`.
    fn by_names(&mut self, site: &Site<'s>, parts: &[(String, ValueType)]) -> Option<Site<'s>> {
        let Some(Segment::Literal(set)) = site.path.last() else { return None };
        let argument =
            |(name, ty): &(String, ValueType)| Argument { name: name.clone(), value: self.argument(name, ty) };
        let arguments = parts.iter().map(argument).collect();
        self.out.composite.insert(set.to_ascii_lowercase());
        let mut next = site.clone();
        next.path.pop();
        next.path.push(Segment::Call { name: set.clone(), arguments });
        next.keys.extend(parts.iter().cloned());
        Some(next)
    }

    /// Adds the entities of a collection by the alternate keys of a type, but for those that its
    /// base type `below` has as well.
    fn alternate_keys(&mut self, site: &Site<'s>, ty: TypeId, below: Option<TypeId>, depth: usize) {
        let known: Vec<TypeId> = below.into_iter().flat_map(|base| self.model.ancestry(base)).collect();
        let named: Vec<QualifiedKey> = self
            .model
            .ancestry(ty)
            .filter(|up| !known.contains(up))
            .filter_map(|up| {
                let name = &self.model.structured(up).name;
                let declared = self.schema.types.iter().find(|ty| ty.is_declared() && ty.name.value == *name)?;
                Some(declared.declaration.as_ref()?.alternate_keys.clone())
            })
            .flatten()
            .collect();
        for key in named {
            let parts: Option<Vec<(String, ValueType)>> =
                key.into_iter().map(|(alias, path)| Some((alias, self.type_at(ty, &path)?))).collect();
            if let Some(item) = parts.and_then(|parts| self.by_names(site, &parts)) {
                let can = &site.capabilities;
                if allows(can.read_by_key.or(can.read)) {
                    self.get(&item, ty);
                }
                self.open.push_back(Open { site: item, ty, is_apart: false, depth });
            }
        }
    }

    /// The parts of a type's key with their types, by the names that they have in URLs.
    fn key(&self, ty: TypeId) -> Vec<(String, ValueType)> {
        let declares = self.model.ancestry(ty).find_map(|up| {
            let name = &self.model.structured(up).name;
            let declared = self.schema.types.iter().find(|ty| ty.is_declared() && ty.name.value == *name)?;
            (!declared.key.is_empty()).then_some(declared)
        });
        let Some(declared) = declares else { return Vec::new() };
        let aliases = declared.declaration.as_ref().map_or(&[][..], |declaration| &declaration.key_aliases);
        let part = |name: &String| {
            let path = aliases.iter().find(|(alias, _)| alias == name).map_or(name, |(_, path)| path);
            let item = self.type_at(ty, path).unwrap_or(ValueType::Primitive(Primitive::String));
            (name.clone(), item)
        };
        declared.key.iter().map(|name| part(&name.value)).collect()
    }

    /// The type of the property at the end of a path of properties.
    fn type_at(&self, ty: TypeId, path: &str) -> Option<ValueType> {
        let mut at = ValueType::Structured(ty);
        for name in path.split('/') {
            let ValueType::Structured(owner) = at else { return None };
            let property = self.model.all_properties(owner).into_iter().find(|property| property.name == name)?;
            at = property.ty.item.clone();
        }
        Some(at)
    }

    /// The placeholder for an argument or for a part of a key.
    fn argument(&self, name: &str, ty: &ValueType) -> ArgumentValue {
        match ty {
            ValueType::Enum(id) => ArgumentValue::EnumLiteral {
                type_name: self.model.enumeration(*id).name.to_string(),
                name: name.to_owned(),
            },
            ty => ArgumentValue::Placeholder {
                name: name.to_owned(),
                quoted: *ty == ValueType::Primitive(Primitive::String),
            },
        }
    }
}

/// The navigation properties whose references pages set or remove.
fn referenced(schema: &Schema) -> BTreeSet<String> {
    let lines = schema.operations.iter().flat_map(|page| &page.requests);
    let of_reference = |line: &Request| match line.path.as_slice() {
        [.., Segment::Literal(property), Segment::Literal(last)] if last == "$ref" => {
            matches!(line.method, HttpMethod::Put | HttpMethod::Delete).then(|| property.to_ascii_lowercase())
        }
        _ => None,
    };
    lines.filter_map(of_reference).collect()
}

/// The parts of an alternate key: the name in URLs and the path of the property.
type QualifiedKey = Vec<(String, String)>;

/// Everything is allowed unless it is stated otherwise (the defaults of the Capabilities
/// vocabulary).
fn allows(said: Option<bool>) -> bool {
    said != Some(false)
}

/// Returns true if a capability forbids something.
pub(super) fn forbids(capabilities: &Capabilities) -> bool {
    let flags = [
        capabilities.read,
        capabilities.read_by_key,
        capabilities.insert,
        capabilities.update,
        capabilities.delete,
        capabilities.by_key,
        capabilities.count,
    ];
    flags.contains(&Some(false)) || matches!(capabilities.navigability, Some(Navigability::None | Navigability::Single))
}
