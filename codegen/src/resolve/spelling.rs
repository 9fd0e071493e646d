//! Corrects property names that pages write without capitals, if other places show the right
//! spelling: the name of the property's type (`timeslots` holds `timeSlot`), or the same name on
//! the pages of other types (`innerError`).

use std::collections::{HashMap, HashSet};

use super::index::Index;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::schema::{DeclaredProperty, TypeItem, simple_name};
use crate::source::Span;

pub(super) fn settle(index: &mut Index<'_>, diagnostics: &mut Diagnostics) {
    let mut elsewhere = spellings(index);
    let properties = index.types().iter().flat_map(|entry| &entry.merged.properties);
    let small: HashSet<&str> =
        properties.map(|property| property.name.value.as_str()).filter(|name| elsewhere.contains_key(*name)).collect();
    elsewhere.retain(|name, _| small.contains(name.as_str()));
    // The spelling that examples show decides.
    let shown: HashSet<String> = {
        let names = elsewhere.iter().flat_map(|(name, (spelling, _))| [name.as_str(), spelling.as_str()]).collect();
        index.shown(&names).into_iter().map(str::to_owned).collect()
    };
    elsewhere.retain(|name, (spelling, _)| shown.contains(spelling.as_str()) && !shown.contains(name));
    for id in index.ids() {
        if index.entry(id).merged.is_declared() {
            continue;
        }
        for property in &mut index.entry_mut(id).merged.properties {
            let Some((spelling, place)) = of_type(property).or_else(|| of_others(property, &elsewhere)) else {
                continue;
            };
            let written = std::mem::replace(&mut property.name.value, spelling);
            let spelling = &property.name.value;
            let mut problem = Diagnostic::new(
                Code::NameDisagrees,
                property.name.span,
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

/// The spellings with capitals of all names, by the name in lower case. Names that pages write
/// without capitals more than once are not included.
fn spellings(index: &Index<'_>) -> HashMap<String, (String, Span)> {
    let mut spelled: HashMap<String, HashMap<&str, Span>> = HashMap::new();
    let mut small: HashMap<&str, usize> = HashMap::new();
    for property in index.types().iter().flat_map(|entry| &entry.merged.properties) {
        let name = property.name.value.as_str();
        match is_small(name) {
            true => *small.entry(name).or_default() += 1,
            false => {
                spelled.entry(name.to_ascii_lowercase()).or_default().entry(name).or_insert(property.name.span);
            }
        }
    }
    let frequent: HashSet<&str> = small.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect();
    let only = |(folded, spellings): (String, HashMap<&str, Span>)| match spellings.into_iter().next() {
        Some((name, span)) if !frequent.contains(folded.as_str()) => Some((folded, (name.to_owned(), span))),
        _ => None,
    };
    spelled.into_iter().filter(|(_, spellings)| spellings.len() == 1).filter_map(only).collect()
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
    let (spelling, span) = elsewhere.get(name.as_str()).filter(|_| is_small(name) && name.len() >= 8)?;
    Some((spelling.clone(), Some(*span)))
}

/// Returns true if a name has only small letters.
fn is_small(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase())
}
