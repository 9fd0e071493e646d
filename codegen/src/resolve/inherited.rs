//! Removes properties that a type only inherits, because one of its base types declares them.

use super::index::Index;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::{HashMap, HashSet};
use crate::model::{Property, TypeId};
use crate::ordered;
use crate::schema::{DeclaredProperty, PropertySource};

/// Removes properties that base types declare already, and reports rows of inherited properties
/// that contradict the declaration. `sources` are the kinds of places that describe them.
pub(super) fn leave_out(
    index: &Index<'_>,
    bases: &[Option<TypeId>],
    properties: &mut [Vec<Property>],
    sources: &[Vec<PropertySource>],
    diagnostics: &mut Diagnostics,
) {
    let ancestors = |id: TypeId| std::iter::successors(bases[id.0 as usize], |id| bases[id.0 as usize]);
    // Base types come first, so that each property is compared with the type that declares it.
    let mut order: Vec<TypeId> = index.ids().collect();
    ordered::sort_by_key(&mut order, |id| (ancestors(*id).count(), *id));
    let is_base: HashSet<TypeId> = bases.iter().flatten().copied().collect();
    // The place of each declared property of the base types, by type and folded name.
    let mut declared: HashMap<TypeId, HashMap<String, usize>> = HashMap::default();
    for id in order {
        let mut own = std::mem::take(&mut properties[id.0 as usize]);
        let (mut sources, mut kept) = (sources[id.0 as usize].iter(), 0);
        let ty = &index.entry(id).merged;
        let has_rows = ty.properties.iter().any(|described| described.source != PropertySource::JsonBlock);
        // They are in the order of the properties, so that each search goes on behind the last one.
        let mut described = ty.properties.iter();
        own.retain(|property| {
            let is_of_block = sources.next() == Some(&PropertySource::JsonBlock);
            let folded = property.name.to_ascii_lowercase();
            // Pages spell names in either case; the metadata does not.
            let is_exact = ty.is_declared();
            let is_same =
                |up: &TypeId, place: usize| !is_exact || properties[up.0 as usize][place].name == property.name;
            let above = ancestors(id).find_map(|up| Some((up, *declared.get(&up)?.get(&folded)?)));
            match above.filter(|(up, place)| is_same(up, *place)) {
                Some((up, place)) => {
                    let first = &properties[up.0 as usize][place];
                    // The sample values of a JSON block are too coarse to contradict a table.
                    if !is_of_block && first.ty != property.ty {
                        diagnostics.push(differs(property, first, &index.entry(up).name.name));
                    }
                    false
                }
                None => {
                    if is_of_block && has_rows {
                        let is_meant = |known: &&DeclaredProperty| {
                            known.name.span == property.span && known.name.value == property.name
                        };
                        diagnostics.push(missing_from_table(property, described.find(is_meant)));
                    }
                    if is_base.contains(&id) {
                        declared.entry(id).or_default().entry(folded).or_insert(kept);
                    }
                    kept += 1;
                    true
                }
            }
        });
        properties[id.0 as usize] = own;
    }
}

fn differs(property: &Property, first: &Property, base: &str) -> Diagnostic {
    let message = format!("`{}` is inherited from `{base}`, where it has another type", property.name);
    Diagnostic::new(Code::InheritedDiffers, property.span, message)
        .label("the base's type is taken")
        .also(first.span, "declared here")
        .help("state the same type on both pages, or leave the inherited row out")
}

fn missing_from_table(property: &Property, described: Option<&DeclaredProperty>) -> Diagnostic {
    let message = format!("`{}` stands in the JSON block and in no table", property.name);
    let problem = Diagnostic::new(Code::MissingFromTable, property.span, message)
        .label("not described")
        .help(format!("add a row for `{}` to the properties table", property.name));
    match described.and_then(|described| described.missing_row.as_deref()) {
        Some(row) => problem.fix(row.span, row.value.as_str()),
        None => problem,
    }
}
