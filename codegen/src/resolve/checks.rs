//! Reports mistakes on pages that only the resolved model shows: keys that are not properties,
//! links without a target. Nothing is lost by them.

use super::enums::link_elsewhere;
use super::index::Index;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::model::{Model, TypeId};
use crate::nearest::{hint, question, read_as};
use crate::parallel;
use crate::schema::operation::Parameter;
use crate::schema::{DeclaredProperty, DeclaredType, Schema, TypeItem, TypeRef, simple_name};

/// Checks all pages and reports these mistakes.
pub(super) fn check(schema: &Schema, index: &Index<'_>, model: &Model, diagnostics: &mut Diagnostics) {
    let of_operations = parallel::map(&schema.operations, |page| {
        let mut found = Diagnostics::default();
        let rows = page.parameters.iter().chain(page.body.iter().flat_map(|body| &body.members));
        rows.for_each(|row| parameter(row, &index.namespace_of(page.file), index, &mut found));
        found
    });
    let ids: Vec<TypeId> = index.ids().collect();
    let of_types = parallel::map(&ids, |id| {
        let mut found = Diagnostics::default();
        let entry = index.entry(*id);
        keys(&entry.merged, *id, model, &mut found);
        for property in &entry.merged.properties {
            link(property, &entry.name.namespace, index, &mut found);
        }
        found
    });
    of_operations.into_iter().chain(of_types).for_each(|found| diagnostics.append(found));
}

fn keys(ty: &DeclaredType, id: TypeId, model: &Model, diagnostics: &mut Diagnostics) {
    if ty.key.is_empty() {
        return;
    }
    let properties = model.all_properties(id);
    // A part of a key in a complex property has a name of its own (CSDL 4.01, 6.5).
    let aliases = ty.declaration.as_ref().map_or(&[][..], |declaration| &declaration.key_aliases);
    for key in &ty.key {
        let path = aliases.iter().find(|(alias, _)| *alias == key.value).map_or(&key.value, |(_, path)| path);
        let first = path.split('/').next().unwrap_or(path);
        // A base that no page describes may have it; pages need not describe the root of all entity
        // types, which declares what usually is the key.
        let is_known =
            evidence::names_a_key(first) || properties.iter().any(|property| property.name.eq_ignore_ascii_case(first));
        if !is_known && ty.bases.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::KeyUnknown, key.span, format!("the key `{}` is not a property", key.value))
                    .label("named as the key")
                    .help("name a property of the type, or describe this one in the properties table"),
            );
        }
    }
}

/// Reports a parameter whose type no page describes.
fn parameter(row: &Parameter, namespace: &str, index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let Some(TypeItem::Named(mention)) = row.ty.as_ref().map(|ty| &ty.value.item) else { return };
    let simple = simple_name(&mention.name);
    if let Some(problem) = broken_link(mention, index) {
        diagnostics.push(problem);
        return;
    }
    let is_known = index.resolve(mention, namespace).is_some() || simple.eq_ignore_ascii_case("json");
    if is_known || index.is_left_out(mention, namespace) || index.is_titled(mention) {
        return;
    }
    let message = format!("no page describes `{}`, the type of the parameter `{}`", mention.name, row.name.value);
    let problem = Diagnostic::new(Code::TypeUnknown, mention.span, message);
    let problem = index.note_absent(problem, mention);
    diagnostics.push(match evidence::misspelt_primitive(&mention.name).filter(|_| mention.target.is_none()) {
        Some(primitive) => {
            let name = primitive.simple_name();
            problem.label(read_as(name)).help("correct the type").fix(mention.span, name)
        }
        None => problem
            .label(format!("it is read as untyped JSON{}", hint(index.near(mention).as_deref())))
            .help("add a page that describes it, or list its values in the row, or correct the name"),
    });
}

/// Reports a link in a type cell to a page that does not exist. If the name is unknown as well, the
/// type has been reported already.
fn link(property: &DeclaredProperty, namespace: &str, index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let Some(stated) = &property.table_type else { return };
    let mentions = match &stated.value.item {
        TypeItem::Named(mention) => std::slice::from_ref(mention),
        TypeItem::OneOf(several) => several.as_slice(),
        TypeItem::Primitive(_) | TypeItem::Unclear(_) => return,
    };
    for mention in mentions {
        if mention.target.is_none() {
            continue;
        }
        if let Some(described) = index.elsewhere(mention, namespace) {
            diagnostics.push(link_elsewhere(mention, described));
        }
        diagnostics.extend(broken_link(mention, index));
    }
}

/// The diagnostic of a link to a page that does not exist, and whose text names a known type.
fn broken_link(mention: &TypeRef, index: &Index<'_>) -> Option<Diagnostic> {
    let path = index.absent(mention.target.as_ref()?, mention.span.file)?;
    if index.called(mention).is_empty() {
        return None;
    }
    let problem = Diagnostic::new(Code::LinkBroken, mention.span, format!("there is no page `{path}`"))
        .label(format!("the name `{}` tells the type", mention.name))
        .help(match index.file_of(mention) {
            Some(file) => question(file),
            None => "link to the page that describes the type".to_owned(),
        });
    Some(problem.absent(path))
}
