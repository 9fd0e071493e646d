//! Matches the old types and items with the new ones.
//!
//! Two that represent the same element of the service are the same, even with different names in
//! Rust: such a match is certain. Of the others, a removed and an added one may be the same under
//! another name: such a match is likely if they have the same shape and have most of their
//! contents, or a name, in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::simple_name;
use crate::surface::{Item, ItemKind, Shape, Surface, Type};

/// The minimum similarity of the contents of two types, from 0 to 1.
const ALIKE: f64 = 0.6;
/// The same for types with similar names.
const ALIKE_BY_NAME: f64 = 0.3;
/// The minimum similarity of two names (Jaro-Winkler, from 0 to 1).
const NAMES_ALIKE: f64 = 0.85;

/// An old and a new element that match.
pub(super) struct Pair<'a, T> {
    pub(super) old: &'a T,
    pub(super) new: &'a T,
    /// False if the match is only likely.
    pub(super) certain: bool,
}

/// The matches, and the elements without one.
pub(super) struct Matching<'a, T> {
    pub(super) both: Vec<Pair<'a, T>>,
    pub(super) gone: Vec<&'a T>,
    pub(super) new: Vec<&'a T>,
}

/// The new paths of renamed types. Changes that only follow from a renamed type are not reported.
pub(super) struct Renamed<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Renamed<'a> {
    pub(super) fn of(pairs: &[Pair<'a, Type>]) -> Self {
        let differ = pairs.iter().filter(|pair| pair.old.path != pair.new.path);
        Renamed(differ.map(|pair| (pair.old.path.as_str(), pair.new.path.as_str())).collect())
    }

    /// Replaces the old paths in a signature by the new ones.
    pub(super) fn apply(&self, signature: &str) -> String {
        if self.0.is_empty() {
            return signature.to_owned();
        }
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#');
        let mut out = String::with_capacity(signature.len());
        let mut rest = signature;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
            let (path, behind) = rest.split_at(end);
            out.push_str(self.0.get(path).unwrap_or(&path));
            let other = behind.find(is_path).unwrap_or(behind.len());
            out.push_str(&behind[..other]);
            rest = &behind[other..];
        }
        out
    }
}

impl<'a, T> Matching<'a, T> {
    /// Starts without any match.
    fn new(old: impl IntoIterator<Item = &'a T>, new: impl IntoIterator<Item = &'a T>) -> Self {
        Matching { both: Vec::new(), gone: old.into_iter().collect(), new: new.into_iter().collect() }
    }

    /// Matches elements with the same key. If several have the same key, the first is used.
    fn by<K: Ord>(&mut self, key: impl Fn(&'a T) -> Option<K>) {
        let mut open: BTreeMap<K, usize> = BTreeMap::new();
        for (index, item) in self.new.iter().enumerate() {
            if let Some(key) = key(item) {
                open.entry(key).or_insert(index);
            }
        }
        let pairs: Vec<(usize, usize)> = (self.gone.iter().enumerate())
            .filter_map(|(index, item)| Some((index, open.remove(&key(item)?)?)))
            .collect();
        self.pair(&pairs, true);
    }

    /// Matches the most similar elements, the best first; `None` for elements that cannot be the
    /// same.
    fn by_likeness(&mut self, likeness: impl Fn(&T, &T) -> Option<f64>) {
        let mut all: Vec<(f64, usize, usize)> = Vec::new();
        for (one, old) in self.gone.iter().enumerate() {
            for (two, new) in self.new.iter().enumerate() {
                all.extend(likeness(old, new).map(|score| (score, one, two)));
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
        let mut pairs = Vec::new();
        for (_, one, two) in all {
            if !old.contains(&one) && !new.contains(&two) {
                old.insert(one);
                new.insert(two);
                pairs.push((one, two));
            }
        }
        self.pair(&pairs, false);
    }

    fn pair(&mut self, pairs: &[(usize, usize)], certain: bool) {
        self.both.extend(pairs.iter().map(|(one, two)| Pair { old: self.gone[*one], new: self.new[*two], certain }));
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
        retain(&mut self.gone, &old);
        retain(&mut self.new, &new);
    }
}

fn retain<T>(items: &mut Vec<T>, taken: &BTreeSet<usize>) {
    let mut index = 0;
    items.retain(|_| {
        index += 1;
        !taken.contains(&(index - 1))
    });
}

/// Matches types. The enum of a base type and its derived types is matched as the base type is.
pub(super) fn types<'a>(old: &'a Surface, new: &'a Surface) -> Matching<'a, Type> {
    let mut matching = Matching::new(&old.types, &new.types);
    // The origin of a builder is the shortest of its paths, and a shorter one may be added.
    matching.by(|ty| (ty.shape == Shape::Builder).then_some(ty.path.as_str()));
    matching.by(|ty| Some((ty.origin.as_str(), ty.shape == Shape::Family)));
    // For a caller, a type of the same name is the same type.
    matching.by(|ty| Some((ty.path.as_str(), ty.shape == Shape::Family)));
    matching.by_likeness(types_alike);
    let renamed: BTreeMap<&str, &str> = (matching.both.iter())
        .filter(|pair| pair.old.shape != Shape::Family && pair.old.origin != pair.new.origin)
        .map(|pair| (pair.new.origin.as_str(), pair.old.origin.as_str()))
        .collect();
    let before = matching.both.len();
    matching.by(|ty| {
        let origin = ty.origin.as_str();
        (ty.shape == Shape::Family).then(|| renamed.get(origin).copied().unwrap_or(origin))
    });
    for pair in &mut matching.both[before..] {
        pair.certain = false;
    }
    matching
}

fn types_alike(old: &Type, new: &Type) -> Option<f64> {
    if old.shape != new.shape || old.shape == Shape::Family {
        return None;
    }
    let holds = |ty: &Type| -> BTreeSet<(ItemKind, String, String)> {
        let own = ty.items.iter().filter(|item| item.inherited_from.is_none());
        own.map(|item| (item.kind, item.wire.clone(), item.signature.clone())).collect()
    };
    let (one, two) = (holds(old), holds(new));
    let common = one.intersection(&two).count();
    let likeness = (2 * common) as f64 / (one.len() + two.len()).max(1) as f64;
    let names = names_alike(simple_name(&old.origin), simple_name(&new.origin));
    let same = (likeness >= ALIKE && common > 1) || (likeness >= ALIKE_BY_NAME && names >= NAMES_ALIKE);
    // If two are equally similar, the names decide.
    same.then_some(likeness + names / 100.0)
}

/// Matches the items of a type. `renamed` has the new paths of renamed types.
pub(super) fn items<'a>(old: &'a [Item], new: &'a [Item], renamed: &Renamed<'_>) -> Matching<'a, Item> {
    let mut matching = Matching::new(old, new);
    matching.by(|item| Some((item.kind, item.name.as_str())));
    matching.by(|item| Some((item.kind, item.wire.as_str())));
    matching.by_likeness(|old, new| {
        let comparable = old.kind == new.kind
            && old.kind != ItemKind::Function
            && old.inherited_from == new.inherited_from
            && renamed.apply(&old.signature) == new.signature;
        if !comparable {
            return None;
        }
        let names = names_alike(&old.name, &new.name);
        let said = !old.documentation.is_empty() && old.documentation == new.documentation;
        (said || names >= NAMES_ALIKE).then_some(names + f64::from(u8::from(said)))
    });
    matching
}

fn names_alike(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase())
}
