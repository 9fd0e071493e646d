//! Reports corrections without effect: they name something that does not exist, repeat the pages,
//! or cannot be applied.

use crate::hashing::HashSet;

use super::corrections::{Lookup, Uncorrected, holds, is_meant};
use super::prune::{Keep, prune};
use crate::config::{Corrections, EnumCorrection, TypeCorrection};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{EnumId, EnumType, Model, Property, PropertyType, StructuredType, TypeId, TypeKind, ValueType};
use crate::nearest::hint_among;
use crate::schema::{HasName, QualifiedName, TypeItem};
use crate::source::{At, Span};

const SAID_ALREADY: &str = "the pages say so without it";

/// Reports the corrections without effect, by comparing the model with what the pages alone give.
pub(super) fn report(corrections: &Corrections, pages: &Uncorrected, corrected: &Model, diagnostics: &mut Diagnostics) {
    let mut check = Check { pages, corrected, diagnostics };
    for (name, said) in &corrections.types {
        check.ty(name, said);
    }
    for (name, said) in &corrections.enums {
        check.enumeration(name, said);
    }
}

/// Removes enums that are excluded, and enums that only a correction describes and no property has.
pub(super) fn leave_out(model: &mut Model, pages: &Uncorrected, lookup: &Lookup<'_>) {
    let used = used_enums(model);
    let mut keep = Keep::all(model);
    for (position, ty) in model.enums.iter().enumerate() {
        if let Some(said) = lookup.enumeration(&ty.name) {
            let is_described = pages.enumeration(&ty.name).is_some();
            let is_needed = is_described || used.contains(&EnumId(position as u32));
            keep.enums[position] = is_needed && !holds(said.exclude.as_ref());
        }
    }
    prune(model, &keep);
}

struct Check<'m> {
    pages: &'m Uncorrected,
    corrected: &'m Model,
    diagnostics: &'m mut Diagnostics,
}

impl Check<'_> {
    fn ty(&mut self, name: &QualifiedName, said: &TypeCorrection) {
        let (pages, corrected) = (self.pages, self.corrected);
        let Some(before) = pages.ty(name) else {
            let known = corrected.types.iter().chain(&pages.types).map(|ty| ty.name.to_string());
            let hint = hint_among(&name.to_string(), known);
            self.push(said.span, format!("no page describes the type `{name}`{hint}"), "names nothing");
            return;
        };
        if self.excluded(said.exclude.as_ref()) {
            return;
        }
        let Some(after) = find_type(corrected, name) else { return };
        if let Some(kind) = &said.kind {
            self.fact(kind, before.kind == after.kind, after.kind == kind.value, "kind");
        }
        if let Some(base) = &said.base {
            self.base(base, before, after);
        }
        if let Some(value) = &said.is_abstract {
            self.fact(value, before.is_abstract == after.is_abstract, after.is_abstract == value.value, "abstract");
        }
        if let Some(value) = &said.is_open {
            self.fact(value, before.is_open == after.is_open, after.is_open == value.value, "open");
        }
        if let Some(key) = &said.key {
            self.key(key, before, after);
        }
        self.rename(said.rename.as_ref(), &before.rust.name, &after.rust.name);
        for property in said.properties.keys() {
            self.property(property, said, before, after);
        }
    }

    fn base(&mut self, base: &At<Option<QualifiedName>>, before: &StructuredType, after: &StructuredType) {
        if let Some(wanted) = &base.value
            && find_type(self.corrected, wanted).is_none()
        {
            let hint = hint_among(&wanted.to_string(), self.corrected.types.iter().map(|ty| ty.name.to_string()));
            self.push(base.span, format!("no page describes `{wanted}`{hint}"), "names nothing");
        } else {
            let is_heeded = match (after.base, &base.value) {
                (Some(after), Some(wanted)) => self.corrected.structured(after).name.is_like(wanted),
                (after, wanted) => after.is_none() && wanted.is_none(),
            };
            self.fact(base, before.base == after.base, is_heeded, "base");
        }
    }

    fn key(&mut self, key: &At<Vec<At<String>>>, before: &StructuredType, after: &StructuredType) {
        for name in &key.value {
            if !after.properties.iter().any(|property| property.is_called(&name.value)) {
                let hint = hint_among(&name.value, after.properties.iter().map(|property| property.name.clone()));
                let text = format!("`{}` is no property that `{}` declares{hint}", name.value, after.name);
                self.push(name.span, text, "names nothing");
                return;
            }
        }
        let why = match after.kind {
            TypeKind::Complex => "a complex type has no `key`",
            TypeKind::Entity => SAID_ALREADY,
        };
        if before.key == after.key {
            self.push(key.span, format!("this `key` of `{}` corrects nothing: {why}", after.name), "");
        }
    }

    fn property(&mut self, name: &str, ty: &TypeCorrection, before: &StructuredType, after: &StructuredType) {
        let Some(said) = ty.properties.get(name) else { return };
        let is_named = |property: &&Property| is_meant(ty, name, &property.name);
        let adds = holds(said.add.as_ref());
        let own = before.properties.iter().find(is_named);
        if let Some(add) = said.add.as_ref().filter(|add| own.is_some() || !add.value) {
            let why = if adds { "a page describes it" } else { "nothing is added" };
            self.push(add.span, format!("`add` does nothing for `{name}`: {why}"), "");
        }
        let declaring = ancestor_with(self.corrected, after, name);
        if let Some(declaring) = declaring
            && !declaring.name.eq(&after.name)
        {
            let text = format!("`{name}` is inherited from `{}`: correct it there", declaring.name);
            self.push(said.span, text, "corrects nothing here");
            return;
        }
        let Some(before_property) = own else {
            if !adds {
                let hint = hint_among(name, before.properties.iter().map(|property| property.name.clone()));
                let text = format!("no page describes a property `{name}` of `{}`{hint}", before.name);
                self.push(said.span, text, "names nothing");
            }
            return;
        };
        if self.excluded(said.exclude.as_ref()) {
            return;
        }
        let Some(after_property) = after.properties.iter().find(is_named) else { return };
        if let Some(ty) = &said.ty {
            let (from, to) = (shown(self.corrected, &before_property.ty), shown(self.corrected, &after_property.ty));
            // The correction may just add a description of the enum.
            let is_heeded = match &ty.value.item {
                TypeItem::Named(wanted) => to.contains(&wanted.name.to_ascii_lowercase()),
                _ => true,
            };
            self.fact(ty, from == to, is_heeded, "type");
        }
        let is_read_only = |property: &Property| property.facts.read_only.is_some();
        if let Some(value) = &said.read_only {
            self.fact(value, is_read_only(before_property) == value.value, true, "read-only");
        }
        if let Some(value) = &said.nullable {
            let stated = before_property.facts.nullable.as_ref().map(|stated| stated.value);
            self.fact(value, stated == Some(value.value), true, "nullable");
        }
        self.rename(said.rename.as_ref(), &before_property.rust_field, &after_property.rust_field);
    }

    fn enumeration(&mut self, name: &QualifiedName, said: &EnumCorrection) {
        let (pages, corrected) = (self.pages, self.corrected);
        let Some(before) = pages.enumeration(name) else {
            self.new_enum(name, said);
            return;
        };
        if self.excluded(said.exclude.as_ref()) {
            return;
        }
        let Some(after) = find_enum(corrected, name) else { return };
        let has = |name: &At<String>| before.members.iter().any(|member| member.name == name.value);
        if let Some(members) = &said.members {
            let unchanged =
                before.members.iter().map(|member| &member.name).eq(members.value.iter().map(|name| &name.value));
            self.fact(members, unchanged, true, "members");
        }
        for member in said.add.iter().filter(|member| has(member)) {
            self.push(member.span, format!("`{name}` has the member `{}` without this", member.value), "");
        }
        for member in said.remove.iter().filter(|member| !has(member)) {
            let hint = hint_among(&member.value, before.members.iter().map(|member| member.name.clone()));
            self.push(member.span, format!("`{name}` has no member `{}`{hint}", member.value), "names nothing");
        }
        if let Some(flags) = &said.is_flags {
            self.fact(flags, before.is_flags == after.is_flags, true, "flags");
        }
        self.rename(said.rename.as_ref(), &before.rust.name, &after.rust.name);
    }

    /// Checks an enum that no page describes. Such a correction is useful if a page mentions the
    /// enum and the correction lists its members.
    fn new_enum(&mut self, name: &QualifiedName, said: &EnumCorrection) {
        let added = self.corrected.enums.iter().position(|ty| ty.name.is_like(name));
        let is_used = added.is_some_and(|position| used_enums(self.corrected).contains(&EnumId(position as u32)));
        if is_used {
            return;
        }
        let text = if find_type(self.corrected, name).is_some() {
            format!("`{name}` is described as a structured type, not as an enum type")
        } else if added.is_some() {
            format!("no page names the enum type `{name}`, so nothing has these members")
        } else {
            let hint = hint_among(&name.to_string(), self.corrected.enums.iter().map(|ty| ty.name.to_string()));
            format!("no page describes the enum type `{name}`{hint}")
        };
        self.push(said.span, text, "names nothing");
    }

    /// Returns true if something is excluded; `exclude = false` has no effect and is reported.
    fn excluded(&mut self, said: Option<&At<bool>>) -> bool {
        if let Some(said) = said.filter(|said| !said.value) {
            self.push(said.span, "this `exclude` does nothing: nothing is left out".to_owned(), "");
        }
        holds(said)
    }

    fn fact<T>(&mut self, said: &At<T>, is_unchanged: bool, is_heeded: bool, key: &str) {
        if is_unchanged && is_heeded {
            self.push(said.span, format!("this `{key}` corrects nothing: {SAID_ALREADY}"), "");
        } else if !is_heeded {
            self.push(said.span, format!("this `{key}` could not be heeded"), "contradicts what else is known");
        }
    }

    fn rename(&mut self, rename: Option<&At<String>>, before: &str, after: &str) {
        let Some(rename) = rename else { return };
        if after != rename.value {
            let text = format!("the name `{}` is taken; it became `{after}`", rename.value);
            self.push(rename.span, text, "choose another name");
        } else if before == after {
            self.push(rename.span, "this `rename` corrects nothing: that is its name without it".to_owned(), "");
        }
    }

    fn push(&mut self, span: Span, message: String, label: &str) {
        let diagnostic = Diagnostic::new(Code::CorrectionIdle, span, message).label(label);
        self.diagnostics.push(diagnostic.help("remove it, or correct its name"));
    }
}

fn find_type<'m>(model: &'m Model, name: &QualifiedName) -> Option<&'m StructuredType> {
    model.types.iter().find(|ty| ty.name.is_like(name))
}

fn find_enum<'m>(model: &'m Model, name: &QualifiedName) -> Option<&'m EnumType> {
    model.enums.iter().find(|ty| ty.name.is_like(name))
}

/// The type, or its nearest ancestor, that declares a property.
fn ancestor_with<'m>(model: &'m Model, ty: &StructuredType, property: &str) -> Option<&'m StructuredType> {
    let position = model.types.iter().position(|known| known.name == ty.name)?;
    model
        .ancestry(TypeId(position as u32))
        .map(|up| model.structured(up))
        .find(|up| up.properties.iter().any(|known| known.is_called(property)))
}

/// The name of a type, without letter case.
fn shown(model: &Model, ty: &PropertyType) -> String {
    model.property_type_name(ty).to_ascii_lowercase()
}

fn used_enums(model: &Model) -> HashSet<EnumId> {
    let mut items: Vec<&ValueType> = model.requests.values();
    for property in model.types.iter().flat_map(|ty| &ty.properties) {
        items.push(&property.ty.item);
    }
    let of = |item: &ValueType| match item {
        ValueType::Enum(id) => Some(*id),
        _ => None,
    };
    items.into_iter().filter_map(of).collect()
}
