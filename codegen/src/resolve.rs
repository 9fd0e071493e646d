//! Resolving: [`Schema`] → [`Model`]. Names become ids, contradictions are settled, Rust names are assigned.
//!
//! Each step asks one question of all types at once and hands its answer to the next:
//!
//! | step | question |
//! | --- | --- |
//! | `corrections` | what does `edmark.toml` say instead of the pages? |
//! | `index` | which types are there, and which one does a mention mean? |
//! | `enums` | which enum types are there, and what are their members? |
//! | `inheritance` | what is each type's base? |
//! | `properties` | what is each property's type? |
//! | `inherited` | which properties do its bases declare already? |
//! | `kinds` | is it an entity or a complex type? |
//! | `checks` | which keys and links of the pages lead nowhere? |
//! | `rust_names` | what are they called in Rust? |
//! | `requests` | which request builders do the API pages make? |
//! | `examples` | what are the bodies of the API pages' examples, and do they fit? |
//!
//! Afterwards [`select`] asks which types are wanted, and `prune` leaves out the others.

mod addresses;
mod checks;
mod corrections;
mod enums;
mod examples;
mod external;
mod index;
mod inheritance;
mod inherited;
mod kinds;
mod properties;
mod prune;
mod replays;
mod requests;
mod rust_names;
mod select;

use std::collections::BTreeMap;

use crate::config::Corrections;
use crate::diagnostics::Diagnostics;
use crate::model::{EnumType, Model, Property, StructuredType, TypeId, TypeNames, ValueType};
use crate::schema::{QualifiedName, Schema, TypeKind};
use crate::source::{SourceMap, Span};

use corrections::Lookup;
use index::Index;
pub use replays::replays;
use requests::Answers;
#[cfg(test)]
pub(crate) use rust_names::assign_private;
pub use select::{AnyType, OperationRole, Reason, Reasons, SelectionError, names_type, nearest_type, select};

/// What the user adds to the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is wrong on the pages.
    pub corrections: Corrections,
    /// Whether the bodies of the API pages' examples are left alone. Only tests of them and a check of the pages need their types.
    pub skip_examples: bool,
    /// Whether no request builders are made.
    pub skip_requests: bool,
}

/// Settles what the pages say into a model.
pub fn resolve(schema: &Schema, sources: &SourceMap, options: &Options, diagnostics: &mut Diagnostics) -> Model {
    let pages_alone = Lookup::default();
    if options.corrections.is_empty() {
        let mut model = settle(schema, sources, &pages_alone, options, diagnostics);
        examples::check(&mut model, sources, diagnostics);
        return model;
    }
    let lookup = Lookup::new(&options.corrections);
    let mut model = settle(&corrections::apply(schema, &lookup), sources, &lookup, options, diagnostics);
    // Only a comparison tells what a correction still does: much of what the pages say is settled from several places.
    let uncorrected = settle(schema, sources, &pages_alone, options, &mut Diagnostics::default());
    corrections::report(&options.corrections, &uncorrected, &model, diagnostics);
    corrections::leave_out(&mut model, &uncorrected, &lookup);
    examples::check(&mut model, sources, diagnostics);
    model
}

/// All steps, in order.
fn settle(
    schema: &Schema,
    sources: &SourceMap,
    corrections: &Lookup<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Model {
    let mut index = Index::new(schema, sources, corrections, diagnostics);
    let enums = enums::settle(schema, &mut index, diagnostics);
    let bases = inheritance::settle(&index, diagnostics);
    let settled = properties::settle(&index, &enums, &bases, diagnostics);
    let kinds = kinds::settle(&index, &bases, &settled);
    let mut model = assemble(&index, enums, bases, settled, kinds);
    checks::check(&index, &model, diagnostics);
    rust_names::assign(&mut model, corrections);
    let answers = Answers::new(schema, &index, &model, diagnostics);
    let requests = (!options.skip_requests).then(|| requests::settle(schema, &answers, &model, sources, diagnostics));
    let examples = (!options.skip_examples).then(|| examples::settle(schema, &answers, &model, sources));
    model.examples = examples.unwrap_or_default();
    model.requests = requests.unwrap_or_default();
    for (name, span) in requests::undocumented(&model.requests) {
        model.undocumented.entry(name).or_insert(span);
    }
    rust_names::assign_private(&mut model);
    model
}

/// Puts the answers of all steps together.
fn assemble(
    index: &Index<'_>,
    enums: Vec<EnumType>,
    bases: Vec<Option<TypeId>>,
    settled: properties::Settled,
    kinds: Vec<TypeKind>,
) -> Model {
    let mut model = Model { enums, ..Model::default() };
    for (position, (entry, mut properties)) in index.types().iter().zip(settled.properties).enumerate() {
        for property in &mut properties {
            property.is_navigation = match &property.ty.item {
                ValueType::Structured(target) => kinds[target.0 as usize] == TypeKind::Entity,
                // Nothing but the page's table tells what a type is that no page describes.
                ValueType::Undocumented(_) => property.is_navigation,
                ValueType::Primitive(_) | ValueType::Enum(_) => false,
            };
        }
        let kind = kinds[position];
        let declares_key = |name: &String| properties.iter().any(|property: &Property| property.name == *name);
        let key = if kind == TypeKind::Entity {
            entry.key_names().into_iter().filter(declares_key).collect()
        } else {
            Vec::new()
        };
        model.types.push(StructuredType {
            name: entry.name.clone(),
            kind,
            is_abstract: entry.merged.is_abstract.as_ref().is_some_and(|stated| stated.value),
            is_open: entry.merged.is_open.as_ref().is_some_and(|stated| stated.value),
            has_stream: kind == TypeKind::Entity && entry.merged.has_stream.as_ref().is_some_and(|stated| stated.value),
            key,
            base: bases[position],
            derived: Vec::new(),
            properties,
            description: entry.merged.description.clone(),
            deprecation: entry.merged.deprecation.as_ref().map(|said| said.value.clone()),
            page: entry.merged.file,
            span: entry.merged.name.span,
            rust: TypeNames::default(),
        });
    }
    for position in 0..model.types.len() {
        if let Some(base) = model.types[position].base {
            model.types[base.0 as usize].derived.push(TypeId(position as u32));
        }
    }
    model.undocumented = undocumented(&model);
    model
}

/// The types that properties name and no page describes.
fn undocumented(model: &Model) -> BTreeMap<QualifiedName, Span> {
    let mut found = BTreeMap::new();
    for ty in &model.types {
        for property in &ty.properties {
            if let ValueType::Undocumented(name) = &property.ty.item {
                found.entry(name.clone()).or_insert(property.span);
            }
        }
    }
    found
}
