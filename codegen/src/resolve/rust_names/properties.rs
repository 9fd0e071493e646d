//! Names the field and the constant of each property.

use super::identifiers::{Taken, field_and_constant};
use crate::model::{Model, NON_EXHAUSTIVE, Property, TypeId};
use crate::ordered;
use crate::parallel;
use crate::resolve::corrections::{Lookup, Uncorrected};
use crate::source::At;

/// Names all fields and constants. They are unique in a type and its bases, so bases come first.
pub(super) fn assign(model: &mut Model, corrections: &Lookup<'_>, uncorrected: &mut Uncorrected) {
    // Converting the case of thousands of names takes time and depends on no other name, so it is
    // done in parallel before names are taken one after the other.
    parallel::each(&mut model.types, |ty| ty.properties.iter_mut().for_each(name_alone));
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
        if properties.iter().any(|(rename, _)| rename.is_some()) {
            let mut free = fields.clone();
            for (rename, property) in &properties {
                let name = free.take(property.rust_field.clone());
                if rename.is_some() {
                    uncorrected.name_field(&ty.name, &property.name, name);
                }
            }
        }
        ordered::sort_by_key(&mut properties, |(rename, _)| rename.is_none());
        for (rename, property) in properties {
            if let Some(At { value: name, .. }) = rename {
                (_, property.rust_const) = field_and_constant(name);
                property.rust_field.clone_from(name);
            }
            take_names(property, &mut fields, &mut constants);
        }
    }
}

/// Names the fields and constants of a type without a base type and without corrections.
pub(in crate::resolve) fn name_properties(properties: &mut [Property]) {
    let mut fields = Taken::from_iter(["additional"]);
    let mut constants = Taken::from_iter(["ODATA_TYPE"]);
    for property in properties {
        name_alone(property);
        take_names(property, &mut fields, &mut constants);
    }
}

/// Names a property as if there were no others.
fn name_alone(property: &mut Property) {
    (property.rust_field, property.rust_const) = field_and_constant(&property.name);
}

/// Makes the names of a property unique.
fn take_names(property: &mut Property, fields: &mut Taken, constants: &mut Taken) {
    property.rust_field = fields.take(std::mem::take(&mut property.rust_field));
    property.rust_const = constants.take(std::mem::take(&mut property.rust_const));
}
