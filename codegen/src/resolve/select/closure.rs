//! What a selection keeps, growing until nothing is missing; and for each type the reason why, which makes a chain back to a name.

use std::collections::VecDeque;

use super::names::{Named, SelectionError, look_up, operation_name};
use crate::config::{Navigation, Selection};
use crate::model::requests::{Body, Operation};
use crate::model::{EnumId, Model, TypeId, ValueType};
use crate::resolve::external::External;
use crate::source::SourceMap;

/// Why a type is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No name is included, so that everything is.
    Everything,
    /// A name of `include` means it: the name.
    Included(String),
    /// A type that is kept derives from it.
    BaseOf(TypeId),
    /// A property of a type that is kept has it: the type and the property's name.
    PropertyOf(TypeId, String),
    /// An operation that is included needs it.
    OperationOf {
        /// The operation.
        operation: String,
        /// The name of `include` that means it.
        included_by: String,
        /// What the type is to the operation.
        role: OperationRole,
    },
}

/// What a type is to an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationRole {
    /// The operation is one of it: its methods table says so.
    Owner,
    /// The operation answers with it.
    Answer,
    /// The operation's request carries it.
    Body,
}

/// A type of either sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyType {
    /// A structured type.
    Structured(TypeId),
    /// An enum type.
    Enum(EnumId),
}

/// What a selection keeps of a model, and why.
pub struct Reasons {
    types: Vec<Option<Reason>>,
    enums: Vec<Option<Reason>>,
    include: Named,
    exclude: Named,
    external: External,
    everything: bool,
}

impl Reasons {
    /// Finds out what a selection keeps. `model` is whole still.
    ///
    /// # Errors
    /// [`SelectionError`] for a name that fits nothing.
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

    /// Why a type is kept; `None` for one that is not.
    pub fn reason(&self, ty: AnyType) -> Option<&Reason> {
        match ty {
            AnyType::Structured(id) => self.types[index(id)].as_ref(),
            AnyType::Enum(EnumId(id)) => self.enums[id as usize].as_ref(),
        }
    }

    /// The way from a root to a type, as short as it gets: each type of it with its reason, the type itself last. Empty for one that is not kept.
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

    /// The name of `exclude` that means a type.
    pub fn excluded_by(&self, ty: AnyType) -> Option<&str> {
        let name = match ty {
            AnyType::Structured(id) => self.exclude.types.get(&index(id)),
            AnyType::Enum(EnumId(id)) => self.exclude.enums.get(&(id as usize)),
        };
        name.map(String::as_str)
    }

    /// Whether an operation at a place of a type is kept. Once operations are named, those of types that are only needed do not come along.
    pub(super) fn keeps(&self, ty: Option<TypeId>, operation: &Operation) -> bool {
        if self.excludes(operation) {
            return false;
        }
        if self.naming(operation).is_some() {
            return true;
        }
        let wanted = |id: TypeId| {
            self.keeps_type(id)
                && (self.everything
                    || self.include.operations.is_empty()
                    || self.include.types.contains_key(&index(id)))
        };
        match operation.owners.as_slice() {
            [] => self.everything || ty.is_some_and(wanted),
            owners => owners.iter().copied().any(wanted),
        }
    }

    /// The name of `include` that means an operation.
    fn naming(&self, operation: &Operation) -> Option<&String> {
        operation.pages().find_map(|page| self.include.operations.get(&page))
    }

    /// Whether all pages of an operation are excluded.
    fn excludes(&self, operation: &Operation) -> bool {
        operation.pages().all(|page| self.exclude.operations.contains_key(&page))
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
    /// Types that are kept and not looked at yet. First come, first served: that makes chains short.
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

    /// The types that have the operations, and those that the operations carry or answer with.
    fn operations(&mut self, sources: &SourceMap) {
        let model = self.model;
        for (builder, operation) in model.requests.operations() {
            let Some(included_by) = self.reasons.naming(operation).cloned() else { continue };
            if self.reasons.excludes(operation) {
                continue;
            }
            let reason = |role| Reason::OperationOf {
                operation: operation_name(sources, operation.page).to_owned(),
                included_by: included_by.clone(),
                role,
            };
            // Of several owners that the pages name, the one whose place it is will do.
            let of_place = builder.ty.filter(|ty| operation.owners.contains(ty));
            let owners = of_place.as_ref().map_or(operation.owners.as_slice(), std::slice::from_ref);
            owners.iter().for_each(|owner| self.need(*owner, reason(OperationRole::Owner)));
            operation.answer.item().into_iter().for_each(|item| self.need_value(item, reason(OperationRole::Answer)));
            match &operation.body {
                Body::Update(id) => self.need(*id, reason(OperationRole::Body)),
                Body::Value(item) => self.need_value(item, reason(OperationRole::Body)),
                Body::Parameters(position) => {
                    for property in model.requests.parameters.get(*position).iter().flat_map(|ty| &ty.properties) {
                        self.need_value(&property.ty.item, reason(OperationRole::Body));
                    }
                }
                Body::Nothing | Body::Reference | Body::Bytes | Body::Json => {}
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
            // What another crate's type needs is that crate's affair.
            if self.reasons.external.has(id) {
                continue;
            }
            let mut up = self.model.structured(id).base;
            self.need_properties(id, id);
            // A base that is excluded hands its properties down. One that another crate has has its own there, and they are needed here too.
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

    /// The types of the properties that `id` declares, which are those of `owner`.
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
