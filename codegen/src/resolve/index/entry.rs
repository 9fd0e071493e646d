//! A structured type, and the merging of several pages that describe it.

use crate::hashing::{HashMap, HashSet};
use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered;
use crate::resolve::declared;
use crate::resolve::names::with_namespace;
use crate::schema::{DeclaredType, EnumSource, HasName, PageKind, QualifiedName, Schema, TypeExpr, TypeItem};
use crate::source::{FileId, SourceMap};

/// A structured type, merged from all pages that describe it.
#[derive(Debug)]
pub(in crate::resolve) struct Entry<'a> {
    pub(in crate::resolve) name: QualifiedName,
    /// Borrowed if just one page describes the type.
    pub(in crate::resolve) merged: Cow<'a, DeclaredType>,
}

impl Entry<'_> {
    /// True if it is the dialect's `Json`, for which any JSON may stand.
    pub(in crate::resolve) fn stands_for_any_json(&self) -> bool {
        self.name.name.eq_ignore_ascii_case("json") && self.merged.properties.is_empty()
    }

    /// The names of the key properties, as the pages state them.
    pub(in crate::resolve) fn key_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for key in &self.merged.key {
            // The comment may spell the property in another case than the JSON block.
            let declared = self.merged.properties.iter().find(|property| property.is_called(&key.value));
            let name = declared.map_or_else(|| key.value.clone(), |property| property.name.value.clone());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// All structured types of the pages and of the metadata, sorted by name.
pub(super) fn of_all<'a>(
    schema: &'a Schema,
    sources: &SourceMap,
    root_namespace: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    of_some(schema, &|_| true, sources, root_namespace, diagnostics)
}

/// Those of them with a name that is wanted.
pub(super) fn of_some<'a>(
    schema: &'a Schema,
    is_wanted: &dyn Fn(&QualifiedName) -> bool,
    sources: &SourceMap,
    root_namespace: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let wanted = schema.types.iter().filter(|ty| is_wanted(&ty.name.value));
    let (declared, described): (Vec<_>, Vec<_>) = wanted.partition(|ty| ty.is_declared());
    let declared_enums: HashSet<String> =
        schema.enums.iter().filter(|ty| ty.source == EnumSource::Metadata).map(|ty| ty.name.value.folded()).collect();
    let operations = schema.pages.iter().filter(|page| page.kind == PageKind::Operation);
    let on_operation_pages: HashSet<FileId> = operations.map(|page| page.file).collect();
    let (own_pages, shown_elsewhere): (Vec<_>, Vec<_>) =
        described.into_iter().partition(|ty| !on_operation_pages.contains(&ty.file));
    let mut merged: HashMap<String, Entry<'a>> = HashMap::default();
    for ty in own_pages.into_iter().chain(shown_elsewhere) {
        let name = with_namespace(&ty.name.value, root_namespace);
        let key = name.folded();
        match merged.get_mut(&key) {
            _ if declared_enums.contains(&key) => {}
            // An API page only repeats a type that has a page of its own.
            Some(_) if on_operation_pages.contains(&ty.file) => {}
            Some(known) => merge(known, ty, &name, sources, diagnostics),
            None => {
                merged.insert(key, Entry { name, merged: Cow::Borrowed(ty) });
            }
        }
    }
    for ty in declared {
        let name = ty.name.value.clone();
        let key = name.folded();
        let ty = match merged.remove(&key) {
            Some(page) => Cow::Owned(declared::merge(ty.clone(), page.merged.into_owned())),
            None => Cow::Borrowed(ty),
        };
        merged.insert(key, Entry { name, merged: ty });
    }
    let mut types: Vec<Entry<'a>> = merged.into_values().collect();
    ordered::sort_by(&mut types, |a, b| a.name.cmp(&b.name));
    types
}

/// Merges two pages that describe the same type. The page that is named after the type takes
/// precedence, and the other one adds what is missing.
fn merge(
    known: &mut Entry<'_>,
    other: &DeclaredType,
    name: &QualifiedName,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let rank = |ty: &DeclaredType| {
        let path = &sources.file(ty.file).path;
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let tail = stem.rsplit('-').next().unwrap_or(stem);
        (stem.eq_ignore_ascii_case(&name.name), tail.eq_ignore_ascii_case(&name.name), ty.properties.len())
    };
    let here = known.merged.as_ref().clone();
    let (first, second) = if rank(other) > rank(&here) { (other.clone(), here) } else { (here, other.clone()) };
    // Pages that are both named after the type describe it on purpose: each product of a large
    // service adds its own properties.
    let both_named = rank(&first).1 && rank(&second).1;
    let agrees = second.properties.iter().all(|property| {
        let same = first.properties.iter().find(|known| known.name.value == property.name.value);
        same.map_or(both_named, |known| match (&known.table_type, &property.table_type) {
            (Some(one), Some(other)) => same_text(&one.value, &other.value),
            _ => true,
        })
    });
    // A text that says the same, or something more, misleads nobody.
    if agrees {
        return take(known, first, second);
    }
    diagnostics.push(
        Diagnostic::new(Code::TypeRepeated, second.name.span, format!("`{name}` is described by two pages"))
            .label("described here too")
            .also(first.name.span, "and here; this page takes precedence")
            .help("what this page adds was taken; describe each type on one page, or check the type's name"),
    );
    take(known, first, second);
}

/// Returns true if two cells state the same type, ignoring the targets of links.
fn same_text(one: &TypeExpr, other: &TypeExpr) -> bool {
    let item = |ty: &TypeExpr| match &ty.item {
        TypeItem::Primitive(primitive) => primitive.edm_name().to_owned(),
        TypeItem::Named(name) => name.name.to_ascii_lowercase(),
        TypeItem::OneOf(names) => names.iter().map(|name| name.name.to_ascii_lowercase()).collect(),
        TypeItem::Unclear(text) => text.clone(),
    };
    one.collection == other.collection && item(one) == item(other)
}

/// Adds to the first description what only the second one has.
fn take(known: &mut Entry<'_>, first: DeclaredType, second: DeclaredType) {
    let mut merged = first;
    merged.add_properties(second.properties);
    merged.bases.extend(second.bases);
    merged.derived.extend(second.derived);
    merged.methods.extend(second.methods);
    if merged.key.is_empty() {
        merged.key = second.key;
    }
    merged.is_abstract = merged.is_abstract.or(second.is_abstract);
    merged.is_open = merged.is_open.or(second.is_open);
    known.merged = Cow::Owned(merged);
}
