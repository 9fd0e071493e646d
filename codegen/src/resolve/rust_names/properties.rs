//! Names the field and the constant of each property.

use std::collections::BTreeSet;

use super::identifiers::{constant_name, field_name, unique};
use crate::model::{Model, NON_EXHAUSTIVE, Property, TypeId};
use crate::resolve::corrections::Lookup;
use crate::source::At;

/// Names all fields and constants. They are unique in a type and its bases, so bases come first.
pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>) {
    let mut order: Vec<TypeId> = (0..model.types.len() as u32).map(TypeId).collect();
    order.sort_by_key(|id| (model.ancestry(*id).count(), *id));
    for id in order {
        let mut fields: BTreeSet<String> = BTreeSet::from(["additional".to_owned(), NON_EXHAUSTIVE.to_owned()]);
        let mut constants: BTreeSet<String> = BTreeSet::from(["ODATA_TYPE".to_owned()]);
        for up in model.ancestry(id).skip(1).collect::<Vec<_>>() {
            for property in &model.structured(up).properties {
                fields.insert(property.rust_field.clone());
                constants.insert(property.rust_const.clone());
            }
        }
        let ty = &mut model.types[id.0 as usize];
        let mut properties: Vec<_> = ty
            .properties
            .iter_mut()
            .map(|property| {
                (corrections.property(&ty.name, &property.name).and_then(|said| said.rename.as_ref()), property)
            })
            .collect();
        properties.sort_by_key(|(rename, _)| rename.is_none());
        for (rename, property) in properties {
            name_property(property, rename, &mut fields, &mut constants);
        }
    }
}

/// Names the fields and constants of a type without a base type and without corrections.
pub(in crate::resolve) fn name_properties(properties: &mut [Property]) {
    let mut fields: BTreeSet<String> = BTreeSet::from(["additional".to_owned()]);
    let mut constants: BTreeSet<String> = BTreeSet::from(["ODATA_TYPE".to_owned()]);
    for property in properties {
        name_property(property, None, &mut fields, &mut constants);
    }
}

fn name_property(
    property: &mut Property,
    rename: Option<&At<String>>,
    fields: &mut BTreeSet<String>,
    constants: &mut BTreeSet<String>,
) {
    let name = rename.map_or(&property.name, |rename| &rename.value);
    let field = unique(
        rename.map_or_else(|| field_name(name), |rename| rename.value.clone()),
        |name| fields.contains(name),
        |name, suffix| format!("{}{suffix}", name.trim_start_matches("r#")),
    );
    fields.insert(field.clone());
    let constant =
        unique(constant_name(name), |name| constants.contains(name), |name, suffix| format!("{name}{suffix}"));
    constants.insert(constant.clone());
    property.rust_field = field;
    property.rust_const = constant;
}
