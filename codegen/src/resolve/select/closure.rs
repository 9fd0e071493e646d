//! Computes all types that a selection keeps, with the reason for each type. The reasons form a
//! chain back to a selected name.

use crate::hashing::HashSet;
use std::collections::VecDeque;

use super::names::{Named, SelectionError, look_up, operation_name};
use crate::config::{Navigation, Selection};
use crate::model::requests::{Body, Builder, Operation, ReturnType};
use crate::model::{EnumId, Model, TypeId, ValueType};
use crate::resolve::external::External;
use crate::source::{FileId, SourceMap};

/// The reason why a type is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No name is included explicitly, so everything is.
    Everything,
    /// This name in `include` matches it.
    Included(String),
    /// It is the base of this type, which is kept.
    BaseOf(TypeId),
    /// It is the type of a property of a type that is kept: that type, and the property's name.
    PropertyOf(TypeId, String),
    /// An included operation needs it.
    OperationOf {
        /// The operation.
        operation: String,
        /// The name in `include` that matches the operation.
        included_by: String,
        /// The role of the type in the operation.
        role: OperationRole,
    },
}

/// The role of a type in an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationRole {
    /// It is the type of the request body.
    Body,
    /// It is the type of one of the operation's parameters.
    Parameter,
    /// It is the type of the response.
    Response,
}

/// A structured type or an enum type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyType {
    /// A structured type.
    Structured(TypeId),
    /// An enum type.
    Enum(EnumId),
}

/// The types and operations of a model that a selection keeps, with the reasons.
pub struct Reasons {
    types: Vec<Option<Reason>>,
    enums: Vec<Option<Reason>>,
    include: Named,
    exclude: Named,
    external: External,
    everything: bool,
}

impl Reasons {
    /// Computes what a selection keeps. `model` still has all types.
    ///
    /// # Errors
    /// [`SelectionError`] for a name that matches nothing.
    pub fn of(model: &Model, sources: &SourceMap, selection: &Selection) -> Result<Self, SelectionError> {
        let exclude = look_up(model, sources, "exclude", &selection.exclude)?;
        let include = look_up(model, sources, "include", &selection.include)?;
        let mut external = External::none(model);
        for (name, path) in &selection.external {
            let found = look_up(model, sources, "extern-paths", std::slice::from_ref(name))?;
            external.add(found.types.into_keys(), found.enums.into_keys(), path);
        }
        let everything = selection.include.is_empty();
        let reasons = Reasons {
            types: vec![None; model.types.len()],
            enums: vec![None; model.enums.len()],
            include,
            exclude,
            external,
            everything,
        };
        let mut closure = Closure { model, reasons, open: VecDeque::new(), navigation: selection.navigation };
        closure.roots();
        closure.operations(sources);
        closure.close();
        Ok(closure.reasons)
    }

    /// The reason why a type is kept; `None` if it is not kept.
    pub fn reason(&self, ty: AnyType) -> Option<&Reason> {
        match ty {
            AnyType::Structured(id) => self.types[index(id)].as_ref(),
            AnyType::Enum(EnumId(id)) => self.enums[id as usize].as_ref(),
        }
    }

    /// The shortest chain from a selected type to a type: each type with its reason, the type
    /// itself last. Empty if the type is not kept.
    pub fn chain(&self, ty: AnyType) -> Vec<(AnyType, &Reason)> {
        let mut chain = Vec::new();
        let mut next = Some(ty);
        while let Some(ty) = next {
            let Some(reason) = self.reason(ty) else { break };
            chain.push((ty, reason));
            next = match reason {
                Reason::BaseOf(of) | Reason::PropertyOf(of, _) => Some(AnyType::Structured(*of)),
                Reason::Everything | Reason::Included(_) | Reason::OperationOf { .. } => None,
            };
        }
        chain.reverse();
        chain
    }

    /// The name in `exclude` that matches a type.
    pub fn excluded_by(&self, ty: AnyType) -> Option<&str> {
        let name = match ty {
            AnyType::Structured(id) => self.exclude.types.get(&index(id)),
            AnyType::Enum(EnumId(id)) => self.exclude.enums.get(&(id as usize)),
        };
        name.map(String::as_str)
    }

    /// Returns true if the names keep an operation of a builder. `prune` removes it nevertheless if
    /// none of the types that it belongs to are left.
    pub(super) fn keeps_operation(&self, builder: &Builder, operation: &Operation) -> bool {
        let mut belongs_to = operation.owners.iter().copied().chain(builder.ty.filter(|_| operation.owners.is_empty()));
        let comes_along = self.brings_everything() || belongs_to.any(|ty| self.brings_operations(ty));
        !self.excludes_operation(operation) && (self.named(operation).is_some() || comes_along)
    }

    fn excludes_operation(&self, operation: &Operation) -> bool {
        operation.pages().any(|page| self.exclude.operations.contains_key(&page))
    }

    /// The pages of operations that are included by name. They are kept even if the types that they
    /// belong to are removed.
    pub(super) fn operations(&self) -> HashSet<FileId> {
        self.include.operations.keys().filter(|page| !self.exclude.operations.contains_key(page)).copied().collect()
    }

    /// The page by which an operation is included, and the name in `include`.
    fn named(&self, operation: &Operation) -> Option<(FileId, &str)> {
        let of = |page| Some((page, self.include.operations.get(&page)?.as_str()));
        operation.pages().find_map(of).filter(|_| !self.excludes_operation(operation))
    }

    /// If operations are included by name, a type brings its operations only if it is included by
    /// name itself.
    fn brings_operations(&self, ty: TypeId) -> bool {
        self.brings_everything() || self.include.types.contains_key(&index(ty))
    }

    fn brings_everything(&self) -> bool {
        self.everything || self.include.operations.is_empty()
    }

    pub(super) fn keeps_type(&self, id: TypeId) -> bool {
        self.types[index(id)].is_some()
    }

    pub(super) fn kept(&self) -> (Vec<bool>, Vec<bool>) {
        let kept = |reasons: &[Option<Reason>]| reasons.iter().map(Option::is_some).collect();
        (kept(&self.types), kept(&self.enums))
    }

    pub(super) fn external(&self) -> &External {
        &self.external
    }

    fn excludes_type(&self, id: TypeId) -> bool {
        self.exclude.types.contains_key(&index(id))
    }
}

struct Closure<'m> {
    model: &'m Model,
    reasons: Reasons,
    /// Types that are kept and have not been examined yet. The first in is the first out, so that
    /// chains are short.
    open: VecDeque<TypeId>,
    navigation: Navigation,
}

impl Closure<'_> {
    fn roots(&mut self) {
        let reason = |named: Option<&String>, everything| match named {
            Some(name) => Some(Reason::Included(name.clone())),
            None => everything,
        };
        let everything = self.reasons.everything.then_some(Reason::Everything);
        for (id, _) in self.model.structured_types() {
            if let Some(reason) = reason(self.reasons.include.types.get(&index(id)), everything.clone()) {
                self.need(id, reason);
            }
        }
        for position in 0..self.model.enums.len() {
            if let Some(reason) = reason(self.reasons.include.enums.get(&position), everything.clone()) {
                self.need_enum(EnumId(position as u32), reason);
            }
        }
    }

    /// Adds the types of the request bodies, parameters and responses of included operations.
    fn operations(&mut self, sources: &SourceMap) {
        let model = self.model;
        for operation in model.requests.builders.iter().flat_map(|builder| &builder.operations) {
            let Some((page, included_by)) = self.reasons.named(operation) else { continue };
            let name = operation_name(sources, page).to_owned();
            let included_by = included_by.to_owned();
            let reason = |role| Reason::OperationOf { operation: name.clone(), included_by: included_by.clone(), role };
            for parameter in &operation.parameters {
                self.need_value(&parameter.ty, reason(OperationRole::Parameter));
            }
            match &operation.body {
                Body::Value(item) => self.need_value(item, reason(OperationRole::Body)),
                Body::Update(id) => self.need(*id, reason(OperationRole::Body)),
                Body::Parameters(index) => {
                    for property in &model.requests.parameters[*index].properties {
                        self.need_value(&property.ty.item, reason(OperationRole::Parameter));
                    }
                }
                Body::Nothing | Body::Reference | Body::Bytes | Body::Json => {}
            }
            match &operation.response {
                ReturnType::One(item)
                | ReturnType::Optional(item)
                | ReturnType::Single(item)
                | ReturnType::Many(item)
                | ReturnType::Delta(item) => self.need_value(item, reason(OperationRole::Response)),
                ReturnType::Nothing
                | ReturnType::Bytes
                | ReturnType::Text
                | ReturnType::Count
                | ReturnType::Accepted => {}
            }
        }
    }

    fn need_value(&mut self, item: &ValueType, reason: Reason) {
        match item {
            ValueType::Structured(id) => self.need(*id, reason),
            ValueType::Enum(id) => self.need_enum(*id, reason),
            ValueType::Primitive(_) | ValueType::Undocumented(_) => {}
        }
    }

    fn close(&mut self) {
        while let Some(id) = self.open.pop_front() {
            // Types that another crate's type needs are in that crate.
            if self.reasons.external.has(id) {
                continue;
            }
            let mut up = self.model.structured(id).base;
            self.need_properties(id, id);
            // Properties of an excluded base are declared by the type itself. If the base is in
            // another crate, its properties are needed here as well.
            while let Some(base) = up {
                if !self.reasons.excludes_type(base) {
                    self.need(base, Reason::BaseOf(id));
                    if !self.reasons.external.has(base) {
                        break;
                    }
                }
                self.need_properties(base, id);
                up = self.model.structured(base).base;
            }
        }
    }

    /// Adds the types of the properties that `id` declares; `owner` is the type that has them.
    fn need_properties(&mut self, id: TypeId, owner: TypeId) {
        let model = self.model;
        for property in &model.structured(id).properties {
            let reason = || Reason::PropertyOf(owner, property.name.clone());
            match property.ty.item {
                ValueType::Structured(target) if !property.is_navigation || self.navigation == Navigation::Follow => {
                    self.need(target, reason());
                }
                ValueType::Enum(target) => self.need_enum(target, reason()),
                _ => {}
            }
        }
    }

    fn need(&mut self, id: TypeId, reason: Reason) {
        if self.reasons.types[index(id)].is_none() && !self.reasons.excludes_type(id) {
            self.reasons.types[index(id)] = Some(reason);
            self.open.push_back(id);
        }
    }

    fn need_enum(&mut self, EnumId(id): EnumId, reason: Reason) {
        let position = id as usize;
        if self.reasons.enums[position].is_none() && !self.reasons.exclude.enums.contains_key(&position) {
            self.reasons.enums[position] = Some(reason);
        }
    }
}

fn index(id: TypeId) -> usize {
    id.0 as usize
}
