//! Merges a type of the metadata with its description on pages: the metadata decides the structure,
//! and the pages add facts that only they state.

use crate::schema::{DeclaredProperty, DeclaredType, Fact, Facts, HasName, PropertySource};
use crate::source::FileId;

/// Returns the declared type with descriptions, facts and methods of the page. Properties that only
/// the page has are kept if the metadata cannot declare them: instance annotations, dynamic
/// properties of an open type, and properties that a correction adds.
pub(super) fn merge(mut declared: DeclaredType, page: DeclaredType) -> DeclaredType {
    let is_open = declared.is_open.as_ref().is_some_and(|stated| stated.value);
    let keeps = |property: &DeclaredProperty| {
        is_open || property.name.value.contains('@') || property.name.span.file == FileId::CONFIGURATION
    };
    let mut own = Vec::new();
    for described in page.properties {
        let name = &described.name.value;
        let same = declared.properties.iter().position(|known| known.name.value == *name);
        let alike = || declared.properties.iter().position(|known| known.is_called(name));
        match same.or_else(alike) {
            Some(position) => describe(&mut declared.properties[position], described),
            None if keeps(&described) && described.source != PropertySource::JsonBlock => own.push(described),
            None => {}
        }
    }
    declared.properties.append(&mut own);
    declared.file = page.file;
    declared.name.span = page.name.span;
    declared.description = page.description.or(declared.description);
    declared.deprecation = page.deprecation.or(declared.deprecation);
    declared.methods = page.methods;
    declared.block = page.block;
    declared
}

/// Adds the facts that a page states about a declared property.
fn describe(declared: &mut DeclaredProperty, page: DeclaredProperty) {
    declared.name.span = page.name.span;
    declared.description = page.description.or(declared.description.take());
    if page.table_type.as_ref().is_some_and(|ty| ty.span.file == FileId::CONFIGURATION) {
        declared.table_type = page.table_type;
    }
    let mut said = std::mem::take(&mut declared.facts);
    let page = page.facts;
    // The key is part of the structure, which the metadata decides.
    for fact in Fact::ALL.iter().filter(|fact| **fact != Fact::Key) {
        if let (Some(place), Some(on_page)) = (fact.mark_mut(&mut said), fact.mark(&page)) {
            *place = place.or(*on_page);
        }
    }
    declared.facts = Facts {
        nullable: said.nullable.or(page.nullable),
        default: said.default.or(page.default),
        max_length: said.max_length.or(page.max_length),
        returned: page.returned.or(said.returned),
        filter: page.filter.or(said.filter),
        order_by: page.order_by.or(said.order_by),
        search: page.search.or(said.search),
        expand: page.expand.or(said.expand),
        deprecation: said.deprecation.or(page.deprecation),
        inherited_from: None,
        ..said
    };
}
