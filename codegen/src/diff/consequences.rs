//! Combines changes: with a function, the builders and parameters that only it led to are gone. A
//! caller meets one change, the function, however much was behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Comparison, What};
use crate::surface::{ItemKind, Shape, Surface};

/// Removes the types of requests that are gone with a function from the comparison, and names them
/// at the function.
pub(super) fn fold(comparison: &mut Comparison, old: &Surface) {
    let leads = Leads::of(old);
    let gone: BTreeSet<&str> = (comparison.types.iter())
        .filter(|ty| matches!(ty.changes.as_slice(), [Change { item: None, what: What::Removed { .. }, .. }]))
        .map(|ty| ty.path.as_str())
        .filter(|path| leads.is_of_requests(path))
        .collect();
    let mut followers: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for path in &gone {
        if let Some(cause) = leads.cause(path, &gone, comparison) {
            followers.entry(cause).or_default().push((*path).to_owned());
        }
    }
    let folded: BTreeSet<String> = followers.values().flatten().cloned().collect();
    for ty in &mut comparison.types {
        for change in &mut ty.changes {
            let Some(item) = change.item.as_ref().filter(|item| item.kind == ItemKind::Function) else { continue };
            if let Some(with) = followers.remove(&(ty.path.clone(), item.name.clone())) {
                change.with = with;
            }
        }
    }
    comparison.types.retain(|ty| !folded.contains(&ty.path));
}

/// The functions whose signatures mention a type of requests.
struct Leads<'s> {
    /// The functions, each with its builder, by the path of the type.
    to: BTreeMap<&'s str, Vec<(&'s str, &'s str)>>,
    /// The module of the builders, with `::` behind it.
    module: &'s str,
}

impl<'s> Leads<'s> {
    fn of(old: &'s Surface) -> Self {
        let builders = || old.types.iter().filter(|ty| ty.shape == Shape::Builder);
        let module = builders().next().and_then(|ty| Some(&ty.path[..ty.path.rfind("::")? + 2])).unwrap_or("");
        let mut to: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for builder in builders() {
            for item in &builder.items {
                let parts = item.signature.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '#'));
                for path in parts.filter(|part| part.starts_with(module)) {
                    to.entry(path).or_default().push((&builder.path, &item.name));
                }
            }
        }
        Leads { to, module }
    }

    fn is_of_requests(&self, path: &str) -> bool {
        !self.module.is_empty() && path.starts_with(self.module)
    }

    /// The function of a remaining builder with which a type is gone; `None` if a function that has
    /// not changed led to it.
    fn cause(&self, path: &str, gone: &BTreeSet<&str>, comparison: &Comparison) -> Option<(String, String)> {
        let mut seen = BTreeSet::from([path]);
        let mut open = vec![path];
        let mut first = None;
        while let Some(path) = open.pop() {
            for (owner, function) in self.to.get(path)?.iter().copied() {
                if gone.contains(owner) {
                    if seen.insert(owner) {
                        open.push(owner);
                    }
                } else if has_changed(comparison, owner, function) {
                    first.get_or_insert_with(|| (owner.to_owned(), function.to_owned()));
                } else {
                    return None;
                }
            }
        }
        first
    }
}

/// Returns true if a function was removed, or has another signature.
fn has_changed(comparison: &Comparison, owner: &str, function: &str) -> bool {
    let Ok(index) = comparison.types.binary_search_by(|ty| ty.path.as_str().cmp(owner)) else { return false };
    comparison.types[index].changes.iter().any(|change| {
        let is_it = change.item.as_ref().is_some_and(|item| item.kind == ItemKind::Function && item.name == function);
        is_it && matches!(change.what, What::Removed { .. } | What::Retyped { .. })
    })
}
