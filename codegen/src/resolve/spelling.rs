//! Corrects property names that pages write without capitals, if other places show the right
//! spelling: the name of the property's type (`timeslots` holds `timeSlot`), or the same name on
//! the pages of other types (`innerError`).

use crate::hashing::{HashMap, HashSet};

use super::index::Index;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{DeclaredProperty, Schema, TypeItem, simple_name};
use crate::source::Span;

/// Shorter names can be words of their own in both spellings.
const SHORTEST: usize = 8;

pub(super) fn settle(schema: &Schema, index: &mut Index<'_>, diagnostics: &mut Diagnostics) {
    let mut elsewhere = spellings(index);
    // The spelling that examples show decides.
    let shown: HashSet<String> = {
        let names = elsewhere.iter().flat_map(|(name, (spelling, _))| [name.as_str(), spelling.as_str()]).collect();
        index.shown(schema, &names).into_iter().map(str::to_owned).collect()
    };
    elsewhere.retain(|name, (spelling, _)| shown.contains(spelling.as_str()) && !shown.contains(name));
    for id in index.ids() {
        if index.entry(id).merged.is_declared() {
            continue;
        }
        let properties = index.entry(id).merged.properties.iter().enumerate();
        let respelled: Vec<_> = properties
            .filter_map(|(at, property)| Some((at, of_type(property).or_else(|| of_others(property, &elsewhere))?)))
            .collect();
        for (at, (spelling, place)) in respelled {
            let name = &mut index.entry_mut(id).merged.to_mut().properties[at].name;
            let written = std::mem::replace(&mut name.value, spelling);
            let spelling = &name.value;
            let mut problem = Diagnostic::new(
                Code::NameDisagrees,
                name.span,
                format!("`{written}` is spelled `{spelling}` elsewhere"),
            )
            .label(format!("taken as `{spelling}`"))
            .help("use the service's spelling in all places");
            if let Some(place) = place {
                problem = problem.also(place, "spelled so here");
            }
            diagnostics.push(problem);
        }
    }
}

/// The names that just one row writes without capitals, and that all others write with the same
/// capitals, with the other spelling and a place that has it. Shorter names than [`SHORTEST`] are
/// not corrected.
fn spellings(index: &Index<'_>) -> HashMap<String, (String, Span)> {
    let names = || {
        let properties = index.types().iter().flat_map(|entry| &entry.merged.properties);
        properties.map(|property| &property.name).filter(|name| name.value.len() >= SHORTEST)
    };
    let mut small: HashMap<&str, usize> = HashMap::default();
    names().filter(|name| is_small(&name.value)).for_each(|name| *small.entry(&name.value).or_default() += 1);
    small.retain(|_, count| *count == 1);
    // `None` for names that are spelled in several ways.
    let mut spelled: HashMap<String, Option<(&str, Span)>> = HashMap::default();
    for name in names().filter(|name| !is_small(&name.value)) {
        let folded = name.value.to_ascii_lowercase();
        if small.contains_key(folded.as_str()) {
            let known = spelled.entry(folded).or_insert(Some((&name.value, name.span)));
            *known = known.filter(|(spelling, _)| *spelling == name.value);
        }
    }
    let only = |(folded, spelling): (String, Option<(&str, Span)>)| {
        spelling.map(|(spelling, span)| (folded, (spelling.to_owned(), span)))
    };
    spelled.into_iter().filter_map(only).collect()
}

/// The name of the type in the form of a property name: it begins with a small letter, and may be a
/// plural.
fn of_type(property: &DeclaredProperty) -> Option<(String, Option<Span>)> {
    let name = &property.name.value;
    let stated = property.table_type.as_ref().filter(|_| is_small(name))?;
    let TypeItem::Named(mention) = &stated.value.item else { return None };
    let simple = simple_name(&mention.name);
    let rest = name.strip_prefix(simple.to_ascii_lowercase().as_str())?;
    let is_same = matches!(rest, "" | "s") && simple.len() > 1 && simple.starts_with(|c: char| c.is_ascii_lowercase());
    let spelling = format!("{simple}{rest}");
    (is_same && spelling != *name).then_some((spelling, Some(mention.span)))
}

fn of_others(
    property: &DeclaredProperty,
    elsewhere: &HashMap<String, (String, Span)>,
) -> Option<(String, Option<Span>)> {
    let name = &property.name.value;
    let (spelling, span) = elsewhere.get(name.as_str())?;
    Some((spelling.clone(), Some(*span)))
}

/// Returns true if a name has only small letters.
fn is_small(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase())
}
