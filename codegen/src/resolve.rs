//! Resolves a [`Schema`] into a [`Model`]. Names become ids, contradictions are settled, Rust names
//! are assigned.
//!
//! Each step answers one question for all types and hands the result to the next:
//!
//! | step | question |
//! | --- | --- |
//! | `long_names` | what has a name that no service can have? |
//! | `corrections` | what does `edmark.toml` say instead of the pages? |
//! | `declared` | what do metadata and pages together state about a type? |
//! | `index` | which types are there, and which one does a name on a page refer to? |
//! | `spelling` | how is a property's name spelled? |
//! | `enums` | which enum types are there, and what are their members? |
//! | `inheritance` | what is the base type of each type? |
//! | `properties` | what is each property's type? |
//! | `inherited` | which properties do its base types declare already? |
//! | `kinds` | is it an entity or a complex type? |
//! | `keys` | what is its key, if no page says so? |
//! | `checks` | which keys and links of the pages have no target? |
//! | `rust_names` | what are the names in Rust? |
//! | `container` | which requests does the metadata's entity container offer? |
//! | `requests` | which request builders follow from these requests and the API pages? |
//! | `links` | what are the targets of the links in descriptions? |
//! | `idle` | which corrections have no effect? |
//! | `additions` | which types get the derives and attributes of the configuration? |
//! | `fit` | does a JSON value fit a type? |
//! | `examples` | which types do the example bodies of API pages have, and do they fit? |
//!
//! Afterwards, [`select`] decides which types are wanted, and `prune` removes the others.

mod additions;
mod addresses;
mod checks;
#[cfg(feature = "package")]
mod claims;
#[cfg(feature = "metadata")]
mod container;
mod corrections;
mod declared;
mod enums;
mod examples;
mod expansion;
mod external;
mod fit;
mod idle;
mod index;
mod inheritance;
mod inherited;
mod keys;
mod kinds;
mod links;
mod long_names;
mod names;
mod pattern;
mod properties;
mod prune;
#[cfg(feature = "package")]
mod replays;
mod requests;
mod rust_names;
mod select;
mod spelling;

use crate::config::{Additions, Corrections};
use crate::diagnostics::{Code, Diagnostics};
use crate::hashing::{HashMap, HashSet};
#[cfg(feature = "metadata")]
use crate::metadata::{self, Metadata};
use crate::model::{Added, EnumType, Model, Property, StructuredType, TypeId, TypeNames, ValueType};
use crate::parallel;
use crate::schema::{Declaration, QualifiedName, Schema, TypeKind};
use crate::service::Service;
use crate::source::{At, SourceMap, Span};

use corrections::{Lookup, Uncorrected};
use examples::ShownRows;
use index::{Entry, Index, Meaning};
use inheritance::Bases;
#[cfg(feature = "package")]
pub use replays::replays;
use requests::PageResponses;
#[cfg(test)]
pub(crate) use rust_names::assign_private;
pub use select::{AnyType, OperationRole, Reason, Reasons, SelectionError, names_type, nearest_type, select};

/// The user's additions to the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Corrections of mistakes on the pages.
    pub corrections: Corrections,
    /// Facts about the service as a whole, from the user and the metadata.
    pub service: Service,
    /// Derives and attributes that the user adds to generated code.
    pub additions: Additions,
    /// If true, mistakes in the examples of API pages are not reported. Types that only examples
    /// tell are used nevertheless.
    pub skip_examples: bool,
    /// If true, no request builders are generated.
    pub skip_requests: bool,
}

/// Resolves the schema into a model.
pub fn resolve(schema: &Schema, sources: &SourceMap, options: &Options, diagnostics: &mut Diagnostics) -> Model {
    let schema = &long_names::leave_out(Service::below_root(schema, &options.service), diagnostics);
    let service = Service::of(schema, &options.service);
    #[cfg(feature = "metadata")]
    compare_sources(schema, sources, &service, options, diagnostics);
    let extent = if options.skip_requests { Extent::WithoutRequests } else { Extent::All };
    if options.corrections.is_empty() {
        let (mut model, shown, _) = settle(schema, sources, &service, &Lookup::default(), extent, diagnostics);
        additions::apply(&mut model, &options.additions, diagnostics);
        check_examples(schema, &mut model, &shown, sources, options, diagnostics);
        return model;
    }
    let lookup = Lookup::new(&options.corrections, schema);
    let (mut model, shown, uncorrected) = {
        let schema = corrections::apply(schema, service.namespace(), &lookup);
        settle(&schema, sources, &service, &lookup, extent, diagnostics)
    };
    idle::report(&options.corrections, &uncorrected, &model, diagnostics);
    idle::leave_out(&mut model, &uncorrected, &lookup);
    additions::apply(&mut model, &options.additions, diagnostics);
    check_examples(schema, &mut model, &shown, sources, options, diagnostics);
    model
}

/// The parts of the model that are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Types, request builders, examples.
    All,
    /// Types and examples.
    WithoutRequests,
    /// Types, to be compared with those of another model.
    TypesAlone,
}

/// Compares the examples of API pages with the descriptions. If mistakes in examples are not to be
/// reported, only the types are adapted to the examples.
fn check_examples(
    schema: &Schema,
    model: &mut Model,
    shown: &ShownRows,
    sources: &SourceMap,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let declared: HashSet<&QualifiedName> =
        schema.types.iter().filter(|ty| ty.is_declared()).map(|ty| &ty.name.value).collect();
    let mut problems = Diagnostics::default();
    examples::follow(model, shown, &declared, &mut problems);
    // A row that all examples contradict is one problem, whatever its block says.
    let line = |span: Span| (span.file, sources.line_column(span).0);
    let contradicted: HashSet<_> = problems.iter().map(|problem| line(problem.primary.span)).collect();
    diagnostics
        .retain(|problem| problem.code != Code::TypeMismatch || !contradicted.contains(&line(problem.primary.span)));
    if options.skip_examples {
        model.examples.clear();
        return;
    }
    examples::check(model, sources, &mut problems);
    diagnostics.append(problems);
    // Comparing requests is only needed for tests of whole crates and for checking pages.
    #[cfg(feature = "package")]
    claims::check(schema, model, sources, diagnostics);
}

/// Reports contradictions between pages and metadata, if there are both.
#[cfg(feature = "metadata")]
fn compare_sources(
    schema: &Schema,
    sources: &SourceMap,
    service: &Service,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    if schema.is_of_pages_alone() {
        return;
    }
    let (pages, declared) = schema.clone_parts();
    let metadata = Metadata::of(&declared);
    if metadata.is_empty() || pages.types.is_empty() && pages.enums.is_empty() {
        return;
    }
    let lookup = Lookup::new(&options.corrections, &pages);
    let corrected = corrections::apply(&pages, service.namespace(), &lookup);
    let (alone, ..) = settle(&corrected, sources, service, &lookup, Extent::TypesAlone, &mut Diagnostics::default());
    metadata::compare(&alone, &metadata, diagnostics);
    metadata::compare_operations(schema, diagnostics);
    metadata::compare_requests(schema, &metadata, diagnostics);
}

/// Runs all steps in order. Also returns the rows whose properties are shown by examples, and what
/// the pages alone give where a correction takes precedence.
fn settle(
    schema: &Schema,
    sources: &SourceMap,
    service: &Service,
    corrections: &Lookup<'_>,
    extent: Extent,
    diagnostics: &mut Diagnostics,
) -> (Model, ShownRows, Uncorrected) {
    let mut index = Index::new(schema, sources, service.namespace(), corrections, diagnostics);
    spelling::settle(schema, &mut index, diagnostics);
    let mut uncorrected = Uncorrected::default();
    let enums = enums::settle(schema, &mut index, &mut uncorrected, diagnostics);
    let Bases { settled: bases, claimed } = inheritance::settle(&index, diagnostics);
    let settled = properties::settle(&index, &enums, &bases, diagnostics);
    let voted = kinds::without_corrections(&index, &bases, &settled);
    let kinds = kinds::corrected(&index, &bases, &voted);
    let mut model = assemble(&index, enums, &bases, settled.properties, &kinds);
    uncorrected.types = uncorrected_types(&index, &model, settled.uncorrected, &claimed, &voted);
    model.service = service.clone();
    checks::check(schema, &index, &model, diagnostics);
    rust_names::assign(&mut model, corrections, &mut uncorrected);
    model.container.clone_from(&schema.container);
    model.declared_operations.clone_from(&schema.declared_operations);
    for ty in schema.types.iter().filter(|ty| ty.is_declared()) {
        let navigation = ty.properties.iter().filter_map(|property| Some((property, property.navigation.as_deref()?)));
        let named =
            navigation.map(|(property, said)| ((ty.name.value.clone(), property.name.value.clone()), said.clone()));
        model.navigation.extend(named);
        let declaration = ty.declaration.as_deref().filter(|said| **said != Declaration::default());
        model.declarations.extend(declaration.map(|said| (ty.name.value.clone(), said.clone())));
    }
    #[cfg_attr(not(feature = "metadata"), expect(unused_mut, reason = "nothing is offered without metadata"))]
    let mut offered = expansion::Expansion::default();
    #[cfg(feature = "metadata")]
    if extent == Extent::All {
        offered = container::expand(schema, &model);
        container::report_uncalled(&offered, diagnostics);
    }
    let operations = expansion::all(schema, &offered);
    let responses = PageResponses::new(schema, &operations, &index, &model, diagnostics);
    let (requests, examples) = parallel::both(
        || {
            let is_wanted = extent == Extent::All;
            is_wanted.then(|| requests::settle(&operations, &offered, &responses, &model, sources, diagnostics))
        },
        || (extent != Extent::TypesAlone).then(|| examples::settle(schema, &responses, &model, sources)),
    );
    model.requests = requests.unwrap_or_default();
    let (examples, shown) = examples.unwrap_or_default();
    model.examples = examples;
    links::settle(&mut model, schema, &index, sources);
    model.add_undocumented(requests::undocumented(&model.requests));
    rust_names::assign_private(&mut model);
    (model, shown, uncorrected)
}

/// Assembles the model from the results of all steps.
fn assemble(
    index: &Index<'_>,
    enums: Vec<EnumType>,
    bases: &[Option<TypeId>],
    properties: Vec<Vec<Property>>,
    kinds: &[TypeKind],
) -> Model {
    // Thousands of types are moved only once.
    let mut model = Model { enums, types: Vec::with_capacity(properties.len()), ..Model::default() };
    for (position, (entry, mut properties)) in index.types().iter().zip(properties).enumerate() {
        for property in &mut properties {
            // Metadata states this.
            if entry.merged.is_declared() {
                continue;
            }
            property.is_navigation = match &property.ty.item {
                ValueType::Structured(target) => kinds[target.0 as usize] == TypeKind::Entity,
                // For an undocumented type, only the page's table tells this.
                ValueType::Undocumented(_) => property.is_navigation,
                ValueType::Primitive(_) | ValueType::Enum(_) => false,
            };
        }
        model.types.push(structured_type(entry, kinds[position], bases[position], properties));
    }
    keys::assume(&mut model, index);
    model.connect_derived();
    model.add_undocumented(undocumented(&model));
    model
}

/// A structured type without its names in Rust.
fn structured_type(
    entry: &Entry<'_>,
    kind: TypeKind,
    base: Option<TypeId>,
    properties: Vec<Property>,
) -> StructuredType {
    let declares_key = |name: &String| properties.iter().any(|property: &Property| property.name == *name);
    let key = if kind == TypeKind::Entity {
        entry.key_names().into_iter().filter(declares_key).collect()
    } else {
        Vec::new()
    };
    StructuredType {
        name: entry.name.clone(),
        kind,
        is_abstract: entry.merged.is_abstract.as_ref().is_some_and(|stated| stated.value),
        is_open: entry.merged.is_open.as_ref().is_some_and(|stated| stated.value),
        has_stream: kind == TypeKind::Entity && entry.merged.has_stream.as_ref().is_some_and(|stated| stated.value),
        key,
        base,
        base_span: None,
        derived: Vec::new(),
        properties,
        description: entry.merged.description.as_ref().map(Into::into),
        deprecation: entry.merged.deprecation.clone(),
        page: entry.merged.file,
        span: entry.merged.name.span,
        added: Added::default(),
        rust: TypeNames::default(),
    }
}

/// The types with a correction as they are without it: their properties, the base types that are
/// claimed and the kinds that are voted for. Only the name counts of excluded types.
fn uncorrected_types(
    index: &Index<'_>,
    model: &Model,
    mut properties: HashMap<TypeId, Vec<Property>>,
    claimed: &[Option<TypeId>],
    voted: &[TypeKind],
) -> Vec<StructuredType> {
    let ty = |entry: &Entry<'_>| {
        let Some(Meaning::Structured(id)) = index.named(&entry.name) else {
            return structured_type(entry, TypeKind::Complex, None, Vec::new());
        };
        let position = id.0 as usize;
        let properties = properties.remove(&id).unwrap_or_default();
        let mut ty = structured_type(entry, voted[position], claimed[position], properties);
        ty.key.extend(keys::key_of(model, entry, &ty));
        ty
    };
    index.uncorrected().iter().map(ty).collect()
}

/// The types that properties mention and that no page describes.
fn undocumented(model: &Model) -> Vec<At<QualifiedName>> {
    let mut found = Vec::new();
    for property in model.types.iter().flat_map(|ty| &ty.properties) {
        if let ValueType::Undocumented(name) = &property.ty.item {
            found.push(At::new(name.clone(), property.span));
        }
    }
    found
}
