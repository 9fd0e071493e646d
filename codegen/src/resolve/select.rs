//! Selection: the types that are asked for, what they need, and nothing else.
//!
//! What a type needs is its base type, the types of its structural properties, and so on. Navigation properties are the edges that would pull in
//! the whole service, so they are followed only by option. Nor are answers of methods: a method whose answer is a type that was not selected
//! stays, and its answer is untyped. Types that derive from a selected one are not needed: they are read as their base, which loses nothing.

use super::examples;
use super::external::{self, External};
use super::prune::{Keep, prune};
use crate::config::{Navigation, Selection};
use crate::diagnostics::Diagnostics;
use crate::model::{EnumId, Model, QualifiedName, TypeId, ValueType};
use crate::source::SourceMap;

/// A name of a [`Selection`] that fits no type and no namespace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{option}: {}{}", unknown(name), hint(nearest.as_deref()))]
#[non_exhaustive]
pub struct SelectionError {
    /// The option that has the name: `include`, `exclude` or `extern-paths`.
    pub option: &'static str,
    /// The name, as written.
    pub name: String,
    /// The nearest name that there is.
    pub nearest: Option<String>,
}

fn unknown(name: &str) -> String {
    if is_glob(name) {
        format!("no type is called like `{name}`")
    } else {
        format!("no type and no namespace is called `{name}`")
    }
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?"))
}

/// Leaves out of a model what is not selected.
///
/// # Errors
/// [`SelectionError`] for a name that fits nothing; the model is as it was then.
pub fn select(model: &mut Model, sources: &SourceMap, selection: &Selection) -> Result<(), SelectionError> {
    let excluded = named(model, "exclude", &selection.exclude)?;
    let mut keep = named(model, "include", &selection.include)?;
    if selection.include.is_empty() {
        keep = Keep::all(model);
    }
    remove(&mut keep.types, &excluded.types);
    remove(&mut keep.enums, &excluded.enums);
    let external = external(model, selection)?;
    let mut closure = Closure { model, excluded, external, keep, open: Vec::new(), navigation: selection.navigation };
    closure.close();
    let Closure { keep, external, .. } = closure;
    external.mark(model);
    if selection.navigation == Navigation::Omit {
        omit(model, &keep);
    }
    if prune(model, &keep) {
        // An example that did not fit a type may fit what is left of it. What is wrong on the pages has been said.
        examples::check(model, sources, &mut Diagnostics::default());
    }
    external::settle_families(model);
    Ok(())
}

/// The types that other crates have.
fn external(model: &Model, selection: &Selection) -> Result<External, SelectionError> {
    let mut external = External::none(model);
    for (name, path) in &selection.external {
        let found = named(model, "extern-paths", std::slice::from_ref(name))?;
        let types = external.types.iter_mut().zip(found.types);
        for (place, is_meant) in types.chain(external.enums.iter_mut().zip(found.enums)) {
            if is_meant {
                *place = Some(path.clone());
            }
        }
    }
    Ok(external)
}

/// What is kept, growing until nothing is missing.
struct Closure<'m> {
    model: &'m Model,
    excluded: Keep,
    external: External,
    keep: Keep,
    /// Types that are kept and not looked at yet.
    open: Vec<TypeId>,
    navigation: Navigation,
}

impl Closure<'_> {
    fn close(&mut self) {
        self.open = self.model.structured_types().map(|(id, _)| id).filter(|id| self.keep.types[index(*id)]).collect();
        while let Some(id) = self.open.pop() {
            if self.external.has(id) {
                // The other crate's enum of them depends on whether there are any.
                for descendant in self.external.descendants(self.model, id) {
                    self.need(descendant);
                }
                continue;
            }
            let ty = self.model.structured(id);
            let mut up = ty.base;
            self.need_properties(id);
            // A base that is excluded hands its properties down. One that another crate has has its own there, and they are needed here too.
            while let Some(base) = up {
                if !self.excluded.types[index(base)] {
                    self.need(base);
                    if !self.external.has(base) {
                        break;
                    }
                }
                self.need_properties(base);
                up = self.model.structured(base).base;
            }
        }
    }

    fn need_properties(&mut self, id: TypeId) {
        for property in &self.model.structured(id).properties {
            match property.ty.item {
                ValueType::Structured(target) if !property.is_navigation || self.navigation == Navigation::Follow => {
                    self.need(target);
                }
                ValueType::Enum(EnumId(target)) => {
                    let target = target as usize;
                    self.keep.enums[target] = !self.excluded.enums[target];
                }
                _ => {}
            }
        }
    }

    fn need(&mut self, id: TypeId) {
        let position = index(id);
        if !self.keep.types[position] && !self.excluded.types[position] {
            self.keep.types[position] = true;
            self.open.push(id);
        }
    }
}

/// Takes out the navigation properties that lead to what is not kept.
fn omit(model: &mut Model, keep: &Keep) {
    for ty in &mut model.types {
        ty.properties.retain(|property| match property.ty.item {
            ValueType::Structured(target) => !property.is_navigation || keep.types[index(target)],
            _ => true,
        });
    }
}

/// The types that a list of names means.
fn named(model: &Model, option: &'static str, names: &[String]) -> Result<Keep, SelectionError> {
    let mut found = Keep { types: vec![false; model.types.len()], enums: vec![false; model.enums.len()] };
    for name in names {
        let wanted = name.trim().to_lowercase();
        // A type's name first: a namespace may have the same.
        let is_known = [is_type as Fits, is_in_namespace].into_iter().any(|fits| {
            let types = found.types.iter_mut().zip(model.types.iter().map(|ty| &ty.name));
            let enums = found.enums.iter_mut().zip(model.enums.iter().map(|ty| &ty.name));
            let mut any = false;
            for (place, known) in types.chain(enums) {
                if fits(&wanted, known) {
                    *place = true;
                    any = true;
                }
            }
            any
        });
        if !is_known {
            return Err(SelectionError { option, name: name.clone(), nearest: nearest(model, &wanted) });
        }
    }
    Ok(found)
}

type Fits = fn(&str, &QualifiedName) -> bool;

/// By its qualified name, or by the simple one where the pattern has no dot. `wanted` is in lower case.
fn is_type(wanted: &str, known: &QualifiedName) -> bool {
    let known = if wanted.contains('.') { known.to_string() } else { known.name.clone() };
    matches(wanted, &known.to_lowercase())
}

fn is_in_namespace(wanted: &str, known: &QualifiedName) -> bool {
    wanted == known.namespace.to_lowercase()
}

fn is_glob(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// Whether a text fits a pattern of `*` and `?`, in time that grows with the product of their lengths and no faster.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where the last `*` stands, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p).is_some_and(|c| *c == '?' || *c == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            p = at + 1;
            t = taken + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// The known name, of types or namespaces, that is nearest to one in lower case.
fn nearest(model: &Model, wanted: &str) -> Option<String> {
    let names = || model.types.iter().map(|ty| &ty.name).chain(model.enums.iter().map(|ty| &ty.name));
    let is_qualified = wanted.contains('.');
    let types = names().map(|name| if is_qualified { name.to_string() } else { name.name.clone() });
    let namespaces = names().map(|name| name.namespace.clone());
    let distance = |name: String| (strsim::damerau_levenshtein(wanted, &name.to_lowercase()), name);
    let (distance, name) = types.chain(namespaces).map(distance).min()?;
    (!is_glob(wanted) && distance <= 1 + name.len() / 4).then_some(name)
}

fn remove(from: &mut [bool], what: &[bool]) {
    for (place, gone) in from.iter_mut().zip(what) {
        *place &= !gone;
    }
}

fn index(id: TypeId) -> usize {
    id.0 as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text) in [
            ("a", "a"),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "abbc"),
            ("a?c", "abc"),
            ("*b*", "abc"),
            ("a.*", "a.b.c"),
            ("**a", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("", "a"), ("a*c", "abcd"), ("?", ""), ("a?", "a"), ("*b", "abc")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        let long = "a".repeat(20_000);
        assert!(!matches(&format!("{}b", "a*".repeat(50)), &long));
    }
}
