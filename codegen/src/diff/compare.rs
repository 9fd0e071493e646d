//! Compares two surfaces.

use super::renames::{self, Pair, Renamed};
use super::{Change, Comparison, ItemName, TypeChanges, What, consequences, inherited};
use crate::surface::{Item, Shape, Surface, Type};

/// Returns the differences from `old` to `new`.
///
/// ```
/// use edmark::diff::{self, Step};
/// use edmark::{pipeline, resolve, source::SourceMap, surface::Surface};
///
/// let surface = |rows: &str| {
///     let page = format!("# city complex type\n\nNamespace: microsoft.graph\n\n## Properties\n|Property|Type|Description|\n|:---|:---|:---|\n{rows}");
///     let sources = SourceMap::from_texts([("city.md".to_owned(), page)]);
///     let (schema, _) = pipeline::read(&sources);
///     Surface::of(&pipeline::resolve(&schema, &sources, &resolve::Options::default()).0, &sources)
/// };
/// let old = surface("|name|String|Its name.|\n")?;
/// let new = surface("|name|String|Its name.|\n|people|Int32|How many.|\n")?;
/// let there = diff::compare(&old, &new);
/// assert_eq!(there.types[0].changes[0].to_string(), "property `people` added: `Option<i32>`");
/// assert_eq!((there.step(), diff::compare(&new, &old).step()), (Step::Minor, Step::Major));
/// # Ok::<_, edmark::surface::CodeError>(())
/// ```
pub fn compare(old: &Surface, new: &Surface) -> Comparison {
    let matching = renames::types(old, new);
    let mut types = Vec::new();
    for ty in matching.gone {
        types.push(of_type(ty, vec![whole(What::Removed { signature: String::new() })]));
    }
    for ty in matching.new {
        types.push(of_type(ty, vec![whole(What::Added { signature: String::new() })]));
    }
    let renamed = Renamed::of(&matching.both);
    for pair in matching.both {
        let mut changes: Vec<Change> = rebased(&pair, &renamed, new).map(whole).into_iter().collect();
        changes.extend(between(&pair, &renamed));
        if !changes.is_empty() {
            types.push(of_type(pair.new, changes));
        }
    }
    types.sort_by(|a, b| a.path.cmp(&b.path));
    let mut comparison = Comparison { types };
    inherited::fold(&mut comparison, old, new);
    consequences::fold(&mut comparison, old);
    comparison
}

/// Returns a change if a type no longer derives from its old base type. A new type between the two
/// is not a change.
fn rebased(pair: &Pair<'_, Type>, renamed: &Renamed<'_>, new: &Surface) -> Option<What> {
    let from = pair.old.base.as_deref().map(|base| renamed.apply(base))?;
    let bases = std::iter::successors(pair.new.base.as_deref(), |path| new.get(path)?.base.as_deref());
    let mut nearest = bases.take(new.types.len());
    let is_kept = nearest.any(|base| base == from);
    (!is_kept).then(|| What::Rebased { from, to: pair.new.base.clone().unwrap_or_default() })
}

fn between(pair: &Pair<'_, Type>, renamed: &Renamed<'_>) -> Vec<Change> {
    let (old, new) = (pair.old, pair.new);
    let mut changes = Vec::new();
    if old.path != new.path {
        changes.push(whole(What::Renamed { from: old.path.clone(), certain: pair.certain }));
    }
    // The enum type itself is the same with flags or without; properties of that type are
    // different.
    let form = |shape| if shape == Shape::FlagsEnum { Shape::Enum } else { shape };
    if form(old.shape) != form(new.shape) {
        let (from, to) = (old.shape.description().to_owned(), new.shape.description().to_owned());
        changes.push(whole(What::Retyped { from, to }));
        return changes;
    }
    changes.extend(deprecation(&old.deprecation, &new.deprecation).map(whole));
    // The origin of a builder is the shortest of its paths, and all of them are in its
    // documentation.
    if old.path == new.path && old.origin != new.origin && new.shape != Shape::Builder {
        changes.push(whole(What::Rewired { from: old.origin.clone(), to: new.origin.clone() }));
    }
    let base = |ty: &Type| ty.base.as_deref().map(|base| renamed.apply(base));
    if (&old.documentation, old.shape, base(old)) != (&new.documentation, new.shape, new.base.clone()) {
        changes.push(whole(What::Documented));
    }
    let own = changes.len();
    let items = renames::items(&old.items, &new.items, renamed);
    changes
        .extend(items.gone.into_iter().map(|item| of_item(item, What::Removed { signature: item.signature.clone() })));
    for pair in items.both {
        changes.extend(of_pair(&pair, renamed));
    }
    changes.extend(items.new.into_iter().map(|item| of_item(item, What::Added { signature: item.signature.clone() })));
    changes[own..].sort_by_key(|change| std::cmp::Reverse(change.grade));
    changes
}

fn of_pair(pair: &Pair<'_, Item>, renamed: &Renamed<'_>) -> Vec<Change> {
    let (old, new) = (pair.old, pair.new);
    let mut all = Vec::new();
    if old.name != new.name {
        all.push(What::Renamed { from: old.name.clone(), certain: pair.certain });
    }
    if renamed.apply(&old.signature) != new.signature {
        all.push(What::Retyped { from: old.signature.clone(), to: new.signature.clone() });
    } else if old.name == new.name
        && let (Some(from), Some(to)) = (constant(old), constant(new))
        && renamed.apply(&from) != to
    {
        all.push(What::Retyped { from, to });
    }
    let is_read_only = |item: &Item| item.constant.as_ref().is_some_and(|constant| constant.read_only);
    match (is_read_only(old), is_read_only(new)) {
        (false, true) => all.push(What::ReadOnly),
        (true, false) => all.push(What::Writable),
        _ => {}
    }
    if old.wire != new.wire && (pair.certain || old.name == new.name) {
        all.push(What::Rewired { from: old.wire.clone(), to: new.wire.clone() });
    }
    all.extend(deprecation(&old.deprecation, &new.deprecation));
    if old.documentation != new.documentation {
        all.push(What::Documented);
    }
    all.into_iter().map(|what| of_item(new, what)).collect()
}

fn constant(item: &Item) -> Option<String> {
    item.constant.as_ref().map(|constant| format!("{}: {}", constant.name, constant.signature()))
}

fn deprecation(old: &Option<String>, new: &Option<String>) -> Option<What> {
    match (old, new) {
        (None, Some(reason)) => Some(What::Deprecated { reason: reason.clone() }),
        (Some(_), None) => Some(What::Undeprecated),
        (Some(old), Some(new)) if old != new => Some(What::Documented),
        _ => None,
    }
}

fn of_type(ty: &Type, changes: Vec<Change>) -> TypeChanges {
    TypeChanges { path: ty.path.clone(), origin: ty.origin.clone(), shape: ty.shape, changes }
}

fn whole(what: What) -> Change {
    Change { item: None, grade: what.grade(), what, also_in: Vec::new(), with: Vec::new() }
}

fn of_item(item: &Item, what: What) -> Change {
    let item = ItemName { kind: item.kind, name: item.name.clone() };
    Change { item: Some(item), ..whole(what) }
}
