//! Names the field and the constant of each property.

use super::identifiers::{Taken, constant_name, field_name};
use crate::model::{Model, NON_EXHAUSTIVE, Property, TypeId};
use crate::ordered;
use crate::resolve::corrections::Lookup;
use crate::source::At;

/// Names all fields and constants. They are unique in a type and its bases, so bases come first.
pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>) {
    let mut order: Vec<TypeId> = (0..model.types.len() as u32).map(TypeId).collect();
    ordered::sort_by_key(&mut order, |id| (model.ancestry(*id).count(), *id));
    for id in order {
        let inherited = || model.ancestry(id).skip(1).flat_map(|up| &model.structured(up).properties);
        let fields = inherited().map(|property| property.rust_field.as_str());
        let mut fields: Taken = ["additional", NON_EXHAUSTIVE].into_iter().chain(fields).collect();
        let constants = inherited().map(|property| property.rust_const.as_str());
        let mut constants: Taken = ["ODATA_TYPE"].into_iter().chain(constants).collect();
        let ty = &mut model.types[id.0 as usize];
        let mut properties: Vec<_> = ty
            .properties
            .iter_mut()
            .map(|property| {
                (corrections.property(&ty.name, &property.name).and_then(|said| said.rename.as_ref()), property)
            })
            .collect();
        ordered::sort_by_key(&mut properties, |(rename, _)| rename.is_none());
        for (rename, property) in properties {
            name_property(property, rename, &mut fields, &mut constants);
        }
    }
}

/// Names the fields and constants of a type without a base type and without corrections.
pub(in crate::resolve) fn name_properties(properties: &mut [Property]) {
    let mut fields = Taken::from_iter(["additional"]);
    let mut constants = Taken::from_iter(["ODATA_TYPE"]);
    for property in properties {
        name_property(property, None, &mut fields, &mut constants);
    }
}

fn name_property(property: &mut Property, rename: Option<&At<String>>, fields: &mut Taken, constants: &mut Taken) {
    let name = rename.map_or(&property.name, |rename| &rename.value);
    property.rust_field = fields.take(rename.map_or_else(|| field_name(name), |rename| rename.value.clone()));
    property.rust_const = constants.take(constant_name(name));
}
