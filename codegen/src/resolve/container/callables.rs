//! Adds bound actions and functions, and imports of unbound ones.

use super::lines::{Draft, Site, note, with_notes};
use super::{Open, Walk};
use crate::model::{Argument, ArgumentValue, Model, QualifiedName, Segment, TypeId, TypeKind, ValueType};
use crate::schema::operation::{BodyContent, DeclaredRole, HttpMethod, Parameter, ParameterPlace, ResponseType};
use crate::schema::{DeclaredOperation, DocumentedOperation, OperationParameter, TypeExpr, TypeItem};
use crate::source::At;

impl<'s> Walk<'s> {
    /// Adds the operations bound to a type or to one of its base types.
    pub(super) fn bound(&mut self, site: &Site<'s>, ty: TypeId, many: bool) {
        for up in self.model.ancestry(ty).collect::<Vec<_>>() {
            self.bound_to(site, up, many);
        }
    }

    /// Adds the operations bound to exactly this type.
    pub(super) fn bound_to(&mut self, site: &Site<'s>, ty: TypeId, many: bool) {
        let schema = self.schema;
        let name = self.model.structured(ty).name.to_string();
        let is_bound = |operation: &&DeclaredOperation| {
            let binding = operation.binding.as_ref().map(|binding| &binding.ty.value);
            binding.is_some_and(|ty| {
                ty.collection == many && matches!(&ty.item, TypeItem::Named(known) if known.name == name)
            })
        };
        for operation in schema.declared_operations.iter().filter(is_bound) {
            let name = &operation.name.value;
            let is_root = self.model.modules.first().is_some_and(|root| root.namespace == name.namespace);
            let called = if self.is_unqualified && is_root { name.name.clone() } else { name.to_string() };
            self.call(site, operation, &called);
        }
    }

    /// Adds an import: all unbound operations of a name.
    pub(super) fn imported(&mut self, site: &Site<'s>, name: &QualifiedName) {
        let schema = self.schema;
        let Some(Segment::Literal(called)) = site.path.last().cloned() else { return };
        let mut root = site.clone();
        root.path.pop();
        let unbound =
            schema.declared_operations.iter().filter(|known| known.binding.is_none() && known.name.value == *name);
        for operation in unbound {
            self.call(&root, operation, &called);
        }
    }

    fn call(&mut self, site: &Site<'s>, operation: &'s DeclaredOperation, called: &str) {
        if !operation.is_function {
            self.called(site, operation, Segment::Literal(called.to_owned()), HttpMethod::Post, &operation.parameters);
            return;
        }
        let argument = |parameter: &OperationParameter| Argument {
            name: parameter.name.value.clone(),
            value: match self.value_type(&parameter.value.ty.value) {
                Some(ty) => self.argument(&parameter.name.value, &ty),
                // A collection or a complex value.
                None => ArgumentValue::Placeholder { name: parameter.name.value.clone(), quoted: false },
            },
        };
        let arguments = operation.parameters.iter().map(argument).collect();
        let segment = Segment::Call { name: called.to_owned(), arguments };
        let composed = self.composed(site, operation, &segment);
        let role = if composed.is_some() { DeclaredRole::Place } else { DeclaredRole::Call };
        self.composed.extend(composed);
        self.called(site, operation, segment, HttpMethod::Get, &operation.parameters).declared = Some(role);
    }

    /// The entity that a composable function returns, if the function's arguments can stand in the
    /// path and none of them can be left out.
    fn composed(&self, site: &Site<'s>, operation: &DeclaredOperation, segment: &Segment) -> Option<Open<'s>> {
        let returns =
            operation.returns.as_ref().filter(|returns| operation.is_composable && !returns.ty.value.collection)?;
        let is_entity = |ty: &TypeId| self.model.structured(*ty).kind == TypeKind::Entity;
        let ty = self.structured(&returns.ty.value).filter(is_entity)?;
        let stands_in_path = |parameter: &OperationParameter| {
            !parameter.is_optional && self.value_type(&parameter.value.ty.value).is_some()
        };
        let is_path = operation.parameters.iter().all(stands_in_path);
        is_path.then(|| Open { site: site.then(segment.clone()), ty })
    }

    fn called(
        &mut self,
        site: &Site<'s>,
        operation: &'s DeclaredOperation,
        segment: Segment,
        http: HttpMethod,
        parameters: &[OperationParameter],
    ) -> &mut DocumentedOperation {
        self.called.insert(operation.name.span);
        let place = if operation.is_function { ParameterPlace::Function } else { ParameterPlace::Body };
        let row = |parameter: &OperationParameter| Parameter {
            name: parameter.name.clone(),
            place,
            ty: Some(parameter.value.ty.clone()),
            description: parameter.description.clone(),
            // A null argument of a function is sent, as one that is left out may select another
            // overload.
            required: Some(!parameter.is_optional && (operation.is_function || !parameter.value.nullable)),
            // Of a collection only items can be null.
            is_nullable: parameter.value.nullable && !parameter.value.ty.value.collection,
            values: None,
        };
        let rows: Vec<Parameter> = parameters.iter().map(row).collect();
        let returns = operation.returns.as_ref();
        let response = returns.map_or(ResponseType::None, |returns| ResponseType::Type(returns.ty.value.clone()));
        let (members, rows) = if operation.is_function { (Vec::new(), rows) } else { (rows, Vec::new()) };
        let draft = Draft {
            role: DeclaredRole::Call,
            http,
            title: operation.name.value.name.clone(),
            body: (!members.is_empty()).then_some(BodyContent::Parameters),
            members,
            response,
            // Of a collection only items can be null.
            is_nullable: returns.is_some_and(|returns| returns.nullable && !returns.ty.value.collection),
            permissions: operation.requirements.permissions.clone(),
            notes: Vec::new(),
        };
        let added = self.add(&site.then(segment), draft);
        added.parameters = rows;
        let notes: Vec<String> = operation.requirements.custom.iter().map(note).collect();
        added.summary = with_notes(operation.description.clone(), &notes, operation.name.span);
        added.deprecation.clone_from(&operation.deprecation);
        added.file = operation.file;
        added.title = At::new(operation.name.value.name.clone(), operation.name.span);
        added.requests[0].span = operation.name.span;
        added
    }

    /// The type of a parameter, if its values can be written in a URL.
    fn value_type(&self, ty: &TypeExpr) -> Option<ValueType> {
        match &ty.item {
            _ if ty.collection => None,
            TypeItem::Primitive(primitive) => Some(ValueType::Primitive(*primitive)),
            TypeItem::Named(name) => enumeration(self.model, &name.name),
            TypeItem::OneOf(_) | TypeItem::Unclear(_) => None,
        }
    }
}

fn enumeration(model: &Model, name: &str) -> Option<ValueType> {
    let position = model.enums.iter().position(|ty| ty.name.to_string() == name)?;
    Some(ValueType::Enum(crate::model::EnumId(position as u32)))
}
