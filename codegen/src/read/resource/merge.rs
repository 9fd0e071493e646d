//! Merges two descriptions of the same thing: two rows of a property, a table and the JSON block,
//! or two blocks of a type.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::nearest::is_slip;
use crate::schema::{
    DeclaredProperty, DeclaredType, Facts, HasName, JsonShape, Primitive, PropertySource, TypeExpr, TypeItem,
};
use crate::source::At;

/// Adds the property of a row. If the property exists already, it is completed, and reported unless
/// the row merely repeats it.
pub(super) fn add_row(
    properties: &mut Vec<DeclaredProperty>,
    property: DeclaredProperty,
    diagnostics: &mut Diagnostics,
) {
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
    let mut unmatched = Vec::new();
    for (name, shape) in members {
        let exact = ty.properties.iter().position(|property| property.name.value == name.value);
        let folded =
            || ty.properties.iter().position(|property| property.json.is_none() && property.is_called(&name.value));
        match exact.or_else(folded) {
            Some(index) => join(&mut ty.properties[index], name, shape, diagnostics),
            None => unmatched.push((name, shape)),
        }
    }
    for (name, shape) in unmatched {
        // The two are the same name, misspelt in one of the places.
        let nearly = ty.properties.iter().position(|property| {
            property.json.is_none()
                && property.source != PropertySource::JsonBlock
                && is_slip(&property.name.value, &name.value)
        });
        match nearly {
            Some(index) => join(&mut ty.properties[index], name, shape, diagnostics),
            None => ty.properties.push(DeclaredProperty {
                name,
                source: PropertySource::JsonBlock,
                table_type: None,
                json: Some(shape),
                description: None,
                facts: Facts::default(),
                values: None,
                navigation: None,
                missing_row: None,
            }),
        }
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
    for property in other.properties {
        if !known.properties.iter().any(|first| first.is_called(&property.name.value)) {
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
