//! Adds the derives and attributes of the configuration to the types and members that they name.

use std::collections::HashMap;

use super::pattern::{is_glob, is_type, matches};
use crate::config::{Addition, Additions, type_and_member};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{ADDITIONAL, Added, Model, QualifiedName, TypeId};
use crate::nearest::hint_among;
use crate::user_code::Attributes;

/// Adds them to the types of the model, and reports names that match no type or member.
pub(super) fn apply(model: &mut Model, additions: &Additions, diagnostics: &mut Diagnostics) {
    for addition in &additions.types {
        let meant = types_called(model, &addition.name);
        if meant.is_empty() {
            idle(addition, "type", &addition.name, type_names(model), diagnostics);
        }
        for place in meant {
            added_mut(model, place).own.add(&addition.attributes);
        }
    }
    for addition in &additions.members {
        let Some((ty, member)) = type_and_member(&addition.name) else { continue };
        let meant = types_called(model, ty);
        if meant.is_empty() {
            idle(addition, "type", ty, type_names(model), diagnostics);
            continue;
        }
        let wanted = member.trim().to_lowercase();
        let mut is_known = false;
        for place in &meant {
            let members = members(model, *place).into_iter().filter(|name| matches(&wanted, &name.to_lowercase()));
            for name in members.map(str::to_owned).collect::<Vec<_>>() {
                is_known = true;
                add(&mut added_mut(model, *place).members, name, &addition.attributes);
            }
        }
        if !is_known {
            let known = meant.iter().flat_map(|place| members(model, *place)).map(str::to_owned);
            idle(addition, "member", member, known, diagnostics);
        }
    }
}

fn add(members: &mut HashMap<String, Attributes>, name: String, attributes: &Attributes) {
    members.entry(name).or_default().add(attributes);
}

fn idle(
    addition: &Addition,
    kind: &str,
    name: &str,
    known: impl Iterator<Item = String>,
    diagnostics: &mut Diagnostics,
) {
    let hint = if is_glob(name) { String::new() } else { hint_among(name, known) };
    let message = match kind {
        "type" => format!("`{}` adds nothing: no type or namespace is called `{name}`", addition.name),
        _ => format!("`{}` adds nothing: it has no property and no member `{name}`", addition.name),
    };
    let problem = Diagnostic::new(Code::AttributeIdle, addition.span, message + &hint);
    diagnostics.push(problem.help("remove it, or correct the name"));
}

/// The position of a type in the model.
#[derive(Clone, Copy)]
enum AddedTo {
    Structured(usize),
    Enum(usize),
    /// The parameters of an action, which are named like their struct.
    Parameters(usize),
}

/// The types that a name matches: types with this name, or else all types of this namespace.
fn types_called(model: &Model, name: &str) -> Vec<AddedTo> {
    let wanted = name.trim().to_lowercase();
    let called = types_where(model, &|known| is_type(&wanted, known));
    match called.is_empty() {
        true => types_where(model, &|known| known.namespace.to_lowercase() == wanted),
        false => called,
    }
}

fn types_where(model: &Model, fits: &dyn Fn(&QualifiedName) -> bool) -> Vec<AddedTo> {
    let mut found = Vec::new();
    for (position, ty) in model.types.iter().enumerate() {
        found.extend(fits(&ty.name).then_some(AddedTo::Structured(position)));
    }
    for (position, ty) in model.enums.iter().enumerate() {
        found.extend(fits(&ty.name).then_some(AddedTo::Enum(position)));
    }
    for (position, ty) in model.requests.parameters.iter().enumerate() {
        found.extend(fits(&ty.name).then_some(AddedTo::Parameters(position)));
    }
    found
}

fn type_names(model: &Model) -> impl Iterator<Item = String> {
    model.type_names().into_iter().flat_map(|name| [name.to_string(), name.name.clone()])
}

/// The names of a type's members in the service, including inherited ones, and the field for
/// undocumented properties.
fn members(model: &Model, place: AddedTo) -> Vec<&str> {
    match place {
        AddedTo::Structured(position) => {
            let properties = model.all_properties(TypeId(position as u32)).into_iter();
            properties.map(|property| property.name.as_str()).chain([ADDITIONAL]).collect()
        }
        AddedTo::Enum(position) => model.enums[position].members.iter().map(|member| member.name.as_str()).collect(),
        AddedTo::Parameters(position) => {
            let properties = model.requests.parameters[position].properties.iter();
            properties.map(|property| property.name.as_str()).chain([ADDITIONAL]).collect()
        }
    }
}

fn added_mut(model: &mut Model, place: AddedTo) -> &mut Added {
    match place {
        AddedTo::Structured(position) => &mut model.types[position].added,
        AddedTo::Enum(position) => &mut model.enums[position].added,
        AddedTo::Parameters(position) => &mut model.requests.parameters[position].added,
    }
}
