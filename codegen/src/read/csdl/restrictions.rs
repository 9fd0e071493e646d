//! Reads the restrictions of entity sets as facts about the properties of their entities
//! (vocabulary Capabilities: `FilterRestrictions`, `SortRestrictions`, `ExpandRestrictions`).
//!
//! The annotations belong to entity sets, but generated code has one constant for each property,
//! whatever the set is. So a property gets a fact only if all sets that contain it agree.

use crate::hashing::HashMap;
use std::collections::{BTreeMap, BTreeSet};

use super::annotations::{Annotations, Expression};
use super::element::Element;
use super::names::Names;
use crate::ordered;
use crate::schema::{DeclaredType, Description, Facts, Filter, Schema};
use crate::source::{At, FileId, Span};

const TERMS: &str = "Org.OData.Capabilities.V1";

/// An entity set with its restrictions, by the type of its entities.
struct Set {
    ty: String,
    filter: Restriction,
    required: HashMap<String, Span>,
    /// The operators that a filter may use on a property, by property.
    operators: HashMap<String, At<Vec<String>>>,
    sort: Restriction,
    expand: Restriction,
}

/// The properties for which a query option is not allowed.
#[derive(Default)]
struct Restriction {
    /// The place that forbids it for all properties.
    all: Option<Span>,
    properties: HashMap<String, Span>,
}

impl Restriction {
    fn of(record: Option<Expression<'_>>, allowed: &str, forbidden: &str) -> Self {
        let Some(record) = record else { return Restriction::default() };
        Restriction {
            all: (record.flag_of(allowed) == Some(false)).then_some(record.span),
            properties: paths(record, forbidden),
        }
    }

    fn forbids(&self, property: &str) -> Option<Span> {
        self.properties.get(property).copied().or(self.all)
    }
}

/// The paths in a collection, each with its place.
fn paths(record: Expression<'_>, property: &str) -> HashMap<String, Span> {
    let items = record.get(property).map(Expression::items).unwrap_or_default();
    items.into_iter().filter_map(|item| Some((item.text()?.to_owned(), item.span))).collect()
}

impl Set {
    fn of(ty: String, annotations: &Annotations<'_>) -> Self {
        let term = |name: &str| annotations.get(&format!("{TERMS}.{name}"));
        let filter = term("FilterRestrictions");
        let expressions = filter.and_then(|filter| filter.get("FilterExpressionRestrictions"));
        let operators = expressions.map(Expression::items).unwrap_or_default().into_iter().filter_map(|restricted| {
            let operators = operators(restricted.text_of("AllowedExpressions")?)?;
            Some((restricted.text_of("Property")?.to_owned(), At::new(operators, restricted.span)))
        });
        Set {
            ty,
            operators: operators.collect(),
            required: filter.map(|filter| paths(filter, "RequiredProperties")).unwrap_or_default(),
            filter: Restriction::of(filter, "Filterable", "NonFilterableProperties"),
            sort: Restriction::of(term("SortRestrictions"), "Sortable", "NonSortableProperties"),
            expand: Restriction::of(term("ExpandRestrictions"), "Expandable", "NonExpandableProperties"),
        }
    }
}

/// The filter operators that a value of Capabilities' `FilterExpressionType` allows.
fn operators(allowed: &str) -> Option<Vec<String>> {
    let range = ["eq", "ge", "gt", "le", "lt"].as_slice();
    let search = ["startswith", "endswith", "contains"].as_slice();
    let names = match allowed {
        "SingleValue" => vec!["eq"],
        "MultiValue" => vec!["eq", "in"],
        "SingleRange" | "MultiRange" => range.to_vec(),
        "SearchExpression" => search.to_vec(),
        "MultiRangeOrSearchExpression" => [range, search].concat(),
        _ => return None,
    };
    Some(names.into_iter().map(str::to_owned).collect())
}

/// Adds the facts to the properties of a schema whose types have been read.
pub(super) fn apply(documents: &[(FileId, Element)], names: &Names<'_>, schema: &mut Schema) {
    let sets = sets(documents, names);
    if sets.is_empty() {
        return;
    }
    let base_of = |ty: &DeclaredType| Some((ty.name.value.to_string(), ty.bases.first()?.base.name.clone()));
    let bases: BTreeMap<String, String> = ordered::map(schema.types.iter().filter_map(base_of));
    for ty in &mut schema.types {
        let name = ty.name.value.to_string();
        let of_type: Vec<&Set> = sets.iter().filter(|set| is_a(&set.ty, &name, &bases)).collect();
        if !of_type.is_empty() {
            restrict(ty, &of_type);
        }
    }
}

fn sets(documents: &[(FileId, Element)], names: &Names<'_>) -> Vec<Set> {
    let mut sets = Vec::new();
    for (file, document) in documents {
        for schema in document.children_named("Schema") {
            let Some(namespace) = schema.attribute("Namespace") else { continue };
            for container in schema.children_named("EntityContainer") {
                let Some(container_name) = container.attribute("Name") else { continue };
                for set in container.children_named("EntitySet") {
                    let (Some(name), Some(ty)) = (set.attribute("Name"), set.attribute("EntityType")) else { continue };
                    let target = format!("{}.{}/{}", namespace.value, container_name.value, name.value);
                    let annotations = names.annotations(*file, set, &[target]);
                    sets.push(Set::of(names.full(*file, &ty.value), &annotations));
                }
            }
        }
    }
    sets
}

/// Returns true if the type is `other` or derived from it. The search also ends if base types form
/// a cycle.
fn is_a(ty: &str, other: &str, bases: &BTreeMap<String, String>) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = ty;
    while seen.insert(at) {
        if at == other {
            return true;
        }
        let Some(base) = bases.get(at) else { return false };
        at = base;
    }
    false
}

fn restrict(ty: &mut DeclaredType, sets: &[&Set]) {
    for property in &mut ty.properties {
        let name = property.name.value.as_str();
        let all = |forbids: &dyn Fn(&Set) -> Option<Span>| {
            let places: Option<Vec<Span>> = sets.iter().map(|set| forbids(set)).collect();
            places.and_then(|places| places.first().copied())
        };
        let facts = &mut property.facts;
        if let Some(place) = all(&|set| set.filter.forbids(name)) {
            forbid_filter(facts, place);
        } else if let Some(operators) = sets.first().and_then(|set| set.operators.get(name))
            && sets.iter().all(|set| set.operators.get(name).is_some_and(|known| known.value == operators.value))
        {
            let filter = Filter { supported: true, operators: operators.value.clone() };
            facts.filter.get_or_insert(At::new(filter, operators.span));
        }
        if let Some(place) = all(&|set| set.sort.forbids(name)) {
            facts.order_by.get_or_insert(At::new(false, place));
        }
        if property.navigation.is_some()
            && let Some(place) = all(&|set| set.expand.forbids(name))
        {
            facts.expand.get_or_insert(At::new(false, place));
        }
        let mut sentences = Vec::new();
        let says_no = |fact: &Option<At<bool>>| fact.as_ref().is_some_and(|fact| !fact.value);
        if facts.filter.as_ref().is_some_and(|filter| !filter.value.supported) {
            sentences.push("No `$filter`.");
        }
        if says_no(&facts.order_by) {
            sentences.push("No `$orderby`.");
        }
        if says_no(&facts.expand) {
            sentences.push("No `$expand`.");
        }
        if all(&|set| set.required.get(name).copied()).is_some() {
            sentences.push("A `$filter` has to have a condition on it.");
        }
        if !sentences.is_empty() {
            let place = property.table_type.as_ref().map_or(property.name.span, |ty| ty.span);
            let description = property.description.get_or_insert_with(|| Description::new("", place));
            description.add_sentences(&sentences.join(" "), place);
        }
    }
}

fn forbid_filter(facts: &mut Facts, place: Span) {
    facts.filter.get_or_insert(At::new(Filter { supported: false, operators: Vec::new() }, place));
}
