//! What the settled model shows to be wrong on the pages, though nothing was lost by it: keys that
//! are no properties, links that lead nowhere.

use super::index::Index;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, TypeId};
use crate::schema::{Property, StructuredType, TypeItem};

/// Reports them.
pub(super) fn check(index: &Index<'_>, model: &Model, diagnostics: &mut Diagnostics) {
    for id in index.ids() {
        let ty = &index.entry(id).merged;
        keys(ty, id, model, diagnostics);
        for property in &ty.properties {
            link(property, &index.entry(id).name.namespace, index, diagnostics);
        }
    }
}

fn keys(ty: &StructuredType, id: TypeId, model: &Model, diagnostics: &mut Diagnostics) {
    if ty.key.is_empty() {
        return;
    }
    let properties = model.all_properties(id);
    for key in &ty.key {
        // A base that no page describes may have it.
        let is_known = properties.iter().any(|property| property.name.eq_ignore_ascii_case(&key.value));
        if !is_known && ty.bases.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::KeyUnknown, key.span, format!("the key `{}` is not a property", key.value))
                    .label("named as the key")
                    .help("name a property of the type, or describe this one in the properties table"),
            );
        }
    }
}

/// A type cell's link to a page that is not there. Where the name does not tell the type either,
/// that is reported already.
fn link(property: &Property, namespace: &str, index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let Some(stated) = &property.table_type else { return };
    let mentions = match &stated.value.item {
        TypeItem::Named(mention) => std::slice::from_ref(mention),
        TypeItem::OneOf(several) => several.as_slice(),
        TypeItem::Primitive(_) | TypeItem::Unclear(_) => return,
    };
    for mention in mentions {
        let Some(target) = &mention.target else { continue };
        if let Some(described) = index.elsewhere(mention, namespace) {
            diagnostics.push(
                Diagnostic::new(
                    Code::LinkElsewhere,
                    mention.span,
                    format!("the link says `{}` and leads to the page of `{described}`", mention.name),
                )
                .label("the text is taken")
                .help("link to the page that describes the type"),
            );
        }
        let path = target.split(['#', '?']).next().unwrap_or_default();
        let is_page = path.to_ascii_lowercase().ends_with(".md") && !path.contains("://") && !path.starts_with('/');
        if is_page && index.page(path, mention.span.file).is_none() && !index.called(mention).is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::LinkBroken, mention.span, format!("there is no page `{path}`"))
                    .label(format!("the name `{}` tells the type", mention.name))
                    .help("link to the page that describes the type"),
            );
        }
    }
}
