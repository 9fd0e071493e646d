//! Looks up the names of a selection: as types, namespaces or operations. The first of these that
//! matches counts.
//!
//! An operation has the name of its page: `user-list-messages` for `user-list-messages.md`. Type
//! names have no hyphens, so they rarely clash.

use crate::hashing::HashMap;

use super::super::pattern::{is_glob, is_type, matches};
use crate::model::{Model, QualifiedName};
use crate::nearest::{hint, nearest};
use crate::ordered;
use crate::source::{FileId, SourceMap};

/// A name of a [`Selection`](crate::config::Selection) that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{option}: {}{}", unknown(.name), hint(.nearest.as_deref()))]
#[non_exhaustive]
pub struct SelectionError {
    /// The option that contains the name: `include`, `exclude` or `extern-paths`.
    pub option: &'static str,
    /// The name, as written.
    pub name: String,
    /// The nearest known name.
    pub nearest: Option<String>,
}

fn unknown(name: &str) -> String {
    if is_glob(name) {
        format!("no type or operation is called like `{name}`")
    } else {
        format!("no type, namespace or operation is called `{name}`")
    }
}

/// The types, enums and operations that a list of names matches, by position or page, each with the
/// first name that matches it.
#[derive(Default)]
pub(super) struct Named {
    pub(super) types: HashMap<usize, String>,
    pub(super) enums: HashMap<usize, String>,
    pub(super) operations: HashMap<FileId, String>,
}

/// Looks up the names of an option.
pub(super) fn look_up(
    model: &Model,
    sources: &SourceMap,
    option: &'static str,
    names: &[String],
) -> Result<Named, SelectionError> {
    let mut found = Named::default();
    for name in names {
        let wanted = name.trim().to_lowercase();
        // Types take precedence, because a namespace may have the same name.
        let is_known = by_type(&mut found, model, name, &|known| is_type(&wanted, known))
            || by_type(&mut found, model, name, &|known| wanted == known.namespace.to_lowercase())
            || by_operation(&mut found, model, sources, name, &wanted);
        if !is_known {
            return Err(SelectionError { option, name: name.clone(), nearest: nearest_name(model, sources, &wanted) });
        }
    }
    Ok(found)
}

fn by_type(found: &mut Named, model: &Model, name: &str, fits: &dyn Fn(&QualifiedName) -> bool) -> bool {
    let mut is_known = false;
    for (position, _) in model.types.iter().enumerate().filter(|(_, ty)| fits(&ty.name)) {
        found.types.entry(position).or_insert_with(|| name.to_owned());
        is_known = true;
    }
    for (position, _) in model.enums.iter().enumerate().filter(|(_, ty)| fits(&ty.name)) {
        found.enums.entry(position).or_insert_with(|| name.to_owned());
        is_known = true;
    }
    is_known
}

fn by_operation(found: &mut Named, model: &Model, sources: &SourceMap, name: &str, wanted: &str) -> bool {
    let wanted = wanted.strip_suffix(".md").unwrap_or(wanted);
    let mut is_known = false;
    for page in pages_of_operations(model) {
        if matches(wanted, &operation_name(sources, page).to_lowercase()) {
            found.operations.entry(page).or_insert_with(|| name.to_owned());
            is_known = true;
        }
    }
    is_known
}

/// The pages that describe operations of a model, sorted.
pub(super) fn pages_of_operations(model: &Model) -> Vec<FileId> {
    ordered::unique(model.requests.operations().flat_map(|(_, operation)| operation.pages()))
}

/// The name of the operations on a page.
pub(super) fn operation_name(sources: &SourceMap, page: FileId) -> &str {
    let path = sources.file(page).path.as_str();
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The known name that is nearest to a name in lower case.
fn nearest_name(model: &Model, sources: &SourceMap, wanted: &str) -> Option<String> {
    if is_glob(wanted) {
        return None;
    }
    let operations = pages_of_operations(model).into_iter().map(|page| operation_name(sources, page).to_owned());
    let namespaces = model.type_names().into_iter().map(|name| name.namespace.clone());
    nearest(wanted, names_like(model, wanted).chain(namespaces).chain(operations))
}

/// The names of all types, qualified or simple like `wanted`.
fn names_like<'m>(model: &'m Model, wanted: &str) -> impl Iterator<Item = String> + use<'m> {
    let is_qualified = wanted.contains('.');
    model.type_names().into_iter().map(move |name| if is_qualified { name.to_string() } else { name.name.clone() })
}

/// The type name that is nearest to another name, for messages.
pub fn nearest_type(model: &Model, name: &str) -> Option<String> {
    nearest(name, names_like(model, name))
}

/// Returns true if a name, qualified or simple and in any case, is that of a type.
pub fn names_type(name: &str, known: &QualifiedName) -> bool {
    !is_glob(name) && is_type(&name.trim().to_lowercase(), known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_called_like_their_pages() {
        let texts = ["docs/api/user-list.md", "x.y.md", "z"].map(|path| (path.to_owned(), String::new()));
        let sources = SourceMap::from_texts(texts);
        let names: Vec<_> = sources.files().map(|(page, _)| operation_name(&sources, page)).collect();
        assert_eq!(names, ["user-list", "x.y", "z"]);
    }
}
