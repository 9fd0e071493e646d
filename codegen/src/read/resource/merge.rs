//! Merges two descriptions of the same thing: two rows of a property, a table and the JSON block,
//! or two blocks of a type.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::hashing::HashMap;
use crate::nearest::Names;
use crate::ordered;
use crate::schema::{DeclaredProperty, DeclaredType, JsonShape, Primitive, PropertySource, TypeExpr, TypeItem};
use crate::source::At;

/// The properties of the rows of a type's tables.
#[derive(Default)]
pub(super) struct Rows {
    properties: Vec<DeclaredProperty>,
    /// The place of each among them, by its name.
    places: HashMap<String, usize>,
}

impl Rows {
    /// Adds the property of a row. If there is one of the same name already, that is completed, and
    /// the row is reported.
    pub(super) fn add(&mut self, property: DeclaredProperty, diagnostics: &mut Diagnostics) {
        match self.places.get(&property.name.value) {
            Some(place) => complete(&mut self.properties[*place], property, diagnostics),
            None => {
                self.places.insert(property.name.value.clone(), self.properties.len());
                self.properties.push(property);
            }
        }
    }

    /// The properties in the order of the rows, each once.
    pub(super) fn into_properties(self) -> Vec<DeclaredProperty> {
        self.properties
    }
}

/// Completes a property with another row about it, and reports that row.
fn complete(known: &mut DeclaredProperty, property: DeclaredProperty, diagnostics: &mut Diagnostics) {
    let mut diagnostic = Diagnostic::new(
        Code::PropertyRepeated,
        property.name.span,
        format!("`{}` is described twice", property.name.value),
    )
    .label("again here")
    .also(known.name.span, "first described here");
    let differs = match (&known.table_type, &property.table_type) {
        (Some(a), Some(b)) => !same_type(&a.value, &b.value),
        _ => false,
    };
    diagnostic = diagnostic.help(if differs {
        "the first type is taken; remove the row that is wrong"
    } else {
        "remove one of the two rows"
    });
    diagnostics.push(diagnostic);
    // A structural property that is also a relationship row is a navigation property.
    if property.source == PropertySource::Relationships && known.source == PropertySource::Properties && !differs {
        known.source = PropertySource::Relationships;
    }
    if known.table_type.is_none() {
        known.table_type = property.table_type;
    }
    if known.description.is_none() {
        known.description = property.description;
        known.facts = property.facts;
        known.values = property.values;
    }
}

fn same_type(a: &TypeExpr, b: &TypeExpr) -> bool {
    a.collection == b.collection
        && match (&a.item, &b.item) {
            (TypeItem::Named(a), TypeItem::Named(b)) => a.name.eq_ignore_ascii_case(&b.name),
            (a, b) => a == b,
        }
}

/// Merges table and block: the members of the block give each property a sample value, and members
/// without a row become properties as well. `optional` are the properties that a response may omit,
/// and `is_cut` is true for a block that shows only some of the properties by mistake.
pub(super) fn reconcile(
    ty: &mut DeclaredType,
    members: Vec<(At<String>, At<JsonShape>)>,
    optional: &[String],
    is_cut: bool,
    diagnostics: &mut Diagnostics,
) {
    let folded = (0..).zip(&ty.properties).map(|(place, row)| (row.name.value.to_ascii_lowercase(), place));
    let places = ordered::unique(folded);
    let mut unmatched = Vec::new();
    for (name, shape) in members {
        let folded = name.value.to_ascii_lowercase();
        let start = places.partition_point(|(known, _)| *known < folded);
        let mut alike = places[start..].iter().take_while(|(known, _)| *known == folded).map(|(_, place)| *place);
        let exact = alike.clone().find(|place| ty.properties[*place].name.value == name.value);
        match exact.or_else(|| alike.find(|place| ty.properties[*place].json.is_none())) {
            Some(place) => join(&mut ty.properties[place], name, shape, diagnostics),
            None => unmatched.push((name, shape)),
        }
    }
    if !unmatched.is_empty() {
        add_unmatched(ty, unmatched, diagnostics);
    }
    let has_block = !is_cut && ty.properties.iter().any(|property| property.json.is_some());
    for property in &ty.properties {
        if has_block && property.json.is_none() && !may_be_left_out(property, optional) {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingFromJson,
                    property.name.span,
                    format!("`{}` stands in the table and not in the JSON block", property.name.value),
                )
                .label("described here only")
                .help("add it to the JSON block"),
            );
        }
    }
}

/// Adds the members that have no row, unless one is a row's name, misspelt in one of the places.
fn add_unmatched(ty: &mut DeclaredType, unmatched: Vec<(At<String>, At<JsonShape>)>, diagnostics: &mut Diagnostics) {
    let described: Names = ty.properties.iter().map(|property| property.name.value.clone()).collect();
    for (name, shape) in unmatched {
        let slips = described.slips(&name.value);
        match slips.into_iter().find(|place| ty.properties[*place].json.is_none()) {
            Some(place) => join(&mut ty.properties[place], name, shape, diagnostics),
            None => ty.properties.push(DeclaredProperty {
                json: Some(shape),
                ..DeclaredProperty::named(name, PropertySource::JsonBlock)
            }),
        }
    }
}

/// Gives the property of a row the sample value in the block, under the spelling that is more
/// likely correct.
fn join(property: &mut DeclaredProperty, name: At<String>, shape: At<JsonShape>, diagnostics: &mut Diagnostics) {
    if property.name.value != name.value {
        let takes_block = evidence::block_spells_better(&property.name.value, &name.value);
        let (here, there) = if takes_block { ("", ", which is taken") } else { (", which is taken", "") };
        diagnostics.push(
            Diagnostic::new(
                Code::NameDisagrees,
                property.name.span,
                format!("the table spells `{}`, the JSON block `{}`", property.name.value, name.value),
            )
            .label(format!("spelled so in the table{here}"))
            .also(name.span, format!("and so in the JSON block{there}"))
            .help("use the service's spelling in both places"),
        );
        if takes_block {
            property.name.value = name.value;
        }
    }
    property.json = Some(shape);
}

/// Returns true if authors omit such a property from the block on purpose: relationships, and
/// properties that are inherited, deprecated, optional or streams.
fn may_be_left_out(property: &DeclaredProperty, optional: &[String]) -> bool {
    let is_stream =
        property.table_type.as_ref().is_some_and(|ty| matches!(ty.value.item, TypeItem::Primitive(Primitive::Stream)));
    property.source != PropertySource::Properties
        || property.facts.inherited_from.is_some()
        || property.facts.deprecation.is_some()
        || is_stream
        || optional.contains(&property.name.value)
}

/// Adds what the first block of a type lacks from a second block.
pub(super) fn merge_blocks(known: &mut DeclaredType, other: DeclaredType, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(
            Code::TypeRepeated,
            other.name.span,
            format!("`{}` is shown twice on this page", other.name.value),
        )
        .label("again here")
        .also(known.name.span, "first here")
        .help("what the second block adds was taken; keep one of the two"),
    );
    known.add_properties(other.properties);
    known.methods.extend(other.methods);
    known.bases.extend(other.bases);
    for key in other.key {
        if !known.key.iter().any(|first| first.value == key.value) {
            known.key.push(key);
        }
    }
}
