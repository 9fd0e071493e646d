//! Two places that describe the same: rows of one property, table and JSON block, two blocks of one
//! type.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{Facts, JsonShape, Property, PropertySource, StructuredType, TypeExpr, TypeItem};
use crate::source::At;

/// Adds a row's property; one that is there already is completed, and reported unless it merely
/// repeats the first.
pub(super) fn add_row(properties: &mut Vec<Property>, property: Property, diagnostics: &mut Diagnostics) {
    let Some(known) = properties.iter_mut().find(|known| known.name.value == property.name.value) else {
        properties.push(property);
        return;
    };
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

/// Brings table and block together: the block's members give each property its shape, and those
/// without a row become properties too.
pub(super) fn reconcile(
    ty: &mut StructuredType,
    members: Vec<(At<String>, At<JsonShape>)>,
    diagnostics: &mut Diagnostics,
) {
    for (name, shape) in members {
        let exact = ty.properties.iter().position(|property| property.name.value == name.value);
        let folded = || {
            ty.properties
                .iter()
                .position(|property| property.json.is_none() && property.name.value.eq_ignore_ascii_case(&name.value))
        };
        match exact.or_else(folded) {
            Some(index) => {
                let property = &mut ty.properties[index];
                if property.name.value != name.value {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::NameDisagrees,
                            property.name.span,
                            format!("the table spells `{}`, the JSON block `{}`", property.name.value, name.value),
                        )
                        .label("spelled so in the table")
                        .also(name.span, "and so in the JSON block, which is taken")
                        .help("use the service's spelling in both places"),
                    );
                    property.name.value = name.value;
                }
                property.json = Some(shape);
            }
            None => {
                ty.properties.push(Property {
                    name,
                    source: PropertySource::JsonBlock,
                    table_type: None,
                    json: Some(shape),
                    description: None,
                    facts: Facts::default(),
                    values: None,
                    navigation: None,
                });
            }
        }
    }
    let has_block = ty.properties.iter().any(|property| property.json.is_some());
    for property in &ty.properties {
        // Relationships and inherited properties need not be shown; everything else should be.
        if has_block
            && property.json.is_none()
            && property.source == PropertySource::Properties
            && property.facts.inherited_from.is_none()
            && !property.name.value.starts_with('@')
        {
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

/// A second block for the same type adds what the first lacks.
pub(super) fn merge_blocks(known: &mut StructuredType, other: StructuredType, diagnostics: &mut Diagnostics) {
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
    for property in other.properties {
        if !known.properties.iter().any(|first| first.name.value.eq_ignore_ascii_case(&property.name.value)) {
            known.properties.push(property);
        }
    }
    known.methods.extend(other.methods);
    known.bases.extend(other.bases);
    for key in other.key {
        if !known.key.iter().any(|first| first.value == key.value) {
            known.key.push(key);
        }
    }
}
