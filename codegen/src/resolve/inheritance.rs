//! Finds the base type of each type.
//!
//! The most reliable claim that names a known type takes precedence: the comment of the block, then
//! a sentence on the type's page, then a list on the base type's page, then the rows of inherited
//! properties. A claim that would make a type its own ancestor is dropped. A correction replaces
//! all claims.

use crate::hashing::HashSet;

use super::index::{Index, Meaning};
use super::names::is_root;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::model::TypeId;
use crate::ordered::{self, Map};
use crate::schema::{BaseClaim, BaseSource, QualifiedName, TypeRef};
use crate::source::{At, Span};

/// A claim about a base type that is known.
#[derive(Clone, Copy, Debug)]
struct Claim {
    base: TypeId,
    /// `None` for a correction, which takes precedence over all pages.
    source: Option<BaseSource>,
    span: Span,
}

/// The base type of each type.
pub(super) struct Bases {
    pub(super) settled: Vec<Option<TypeId>>,
    /// Those that the most reliable claims name, without corrections.
    pub(super) claimed: Vec<Option<TypeId>>,
}

/// Finds the base type of each type.
pub(super) fn settle(index: &Index<'_>, diagnostics: &mut Diagnostics) -> Bases {
    let claims = claims(index, diagnostics);
    let is_corrected = |id: TypeId| correction(index, id).is_some();
    let with_base: HashSet<TypeId> = claims.iter().map(|(id, _)| *id).filter(|id| !is_corrected(*id)).collect();
    let mut bases = vec![None; index.types().len()];
    // A correction settles what the claims about its type contradict.
    let mut settled_by_correction = Diagnostics::default();
    for (id, claims) in claims {
        let problems = if is_corrected(id) { &mut settled_by_correction } else { &mut *diagnostics };
        bases[id.0 as usize] = most_reliable(index, id, claims, &with_base, problems);
    }
    let base = |claim: &Option<Claim>| claim.as_ref().map(|claim| claim.base);
    let claimed = bases.iter().map(base).collect();
    for id in index.ids() {
        if let Some(said) = correction(index, id) {
            let base = said.value.as_ref().and_then(|base| match index.named(base) {
                Some(Meaning::Structured(base)) if base != id => Some(base),
                _ => None,
            });
            bases[id.0 as usize] = base.map(|base| Claim { base, source: None, span: said.span });
        }
    }
    break_cycles(index, &mut bases, diagnostics);
    Bases { settled: bases.iter().map(base).collect(), claimed }
}

/// The claims about each type. A claim that names no known type is a problem, unless a correction
/// tells the base.
fn claims(index: &Index<'_>, diagnostics: &mut Diagnostics) -> Vec<(TypeId, Vec<Claim>)> {
    let mut claims: Map<TypeId, Vec<Claim>> = Map::default();
    for id in index.ids() {
        let entry = index.entry(id);
        let namespace = &entry.name.namespace;
        let is_corrected = correction(index, id).is_some();
        for claim in &entry.merged.bases {
            match index.resolve(&claim.base, namespace) {
                Some(Meaning::Structured(base)) if base != id => {
                    let source = Some(claim.source);
                    claims.get_or_default(id).push(Claim { base, source, span: claim.base.span });
                }
                Some(_) => {}
                None if is_corrected => {}
                None => without_type(index, id, claim).into_iter().for_each(|problem| diagnostics.push(problem)),
            }
        }
        for derived in &entry.merged.derived {
            if let Some(Meaning::Structured(derived_id)) = index.resolve(derived, namespace)
                && derived_id != id
            {
                let source = Some(BaseSource::DerivedList);
                claims.get_or_default(derived_id).push(Claim { base: id, source, span: derived.span });
            }
        }
    }
    claims.into_entries()
}

/// The problem of a claim that names no known type, if it is one.
fn without_type(index: &Index<'_>, id: TypeId, claim: &BaseClaim) -> Option<Diagnostic> {
    let entry = index.entry(id);
    let (name, namespace) = (&entry.name.name, &entry.name.namespace);
    if claim.source == BaseSource::Comment
        && let Some((base, place)) = told(index, id)
    {
        return Some(disagree(name, (&claim.base.name, claim.base.span), (&base, place)));
    }
    let is_exact = matches!(claim.source, BaseSource::Comment | BaseSource::Metadata);
    if !is_exact || index.is_left_out(&claim.base, namespace) || is_root(&claim.base.name) {
        return None;
    }
    let problem = unknown(&claim.base, name, claim.source);
    let told = entry.merged.bases.iter().filter(|other| other.source == BaseSource::Prose);
    Some(match told.map(|other| &other.base).find(|base| base.target.is_some()) {
        Some(linked) => index.note_absent(problem, linked),
        None => problem,
    })
}

/// The most reliable of the claims about a type. Reports those that contradict it.
fn most_reliable(
    index: &Index<'_>,
    id: TypeId,
    mut claims: Vec<Claim>,
    with_base: &HashSet<TypeId>,
    diagnostics: &mut Diagnostics,
) -> Option<Claim> {
    let is_told = claims.iter().any(|claim| {
        claim.source == Some(BaseSource::Prose) && evidence::is_main_sentence(index.paragraph_before(claim.span))
    });
    ordered::sort_by_key(&mut claims, |claim| (is_told && says_little(index, claim, with_base), claim.source));
    let first = claims.first().copied()?;
    for other in &claims {
        let both_direct = matches!(other.source, Some(BaseSource::Comment | BaseSource::Prose));
        if other.base != first.base && both_direct && !is_ancestor_claim(index, first.base, other.base) {
            let name = |claim: &Claim| index.entry(claim.base).name.name.as_str();
            let ty = &index.entry(id).name.name;
            diagnostics.push(disagree(ty, (name(other), other.span), (name(&first), first.span)));
        }
    }
    Some(first)
}

/// The base type in a sentence on the type's page.
fn told<'i>(index: &Index<'i>, id: TypeId) -> Option<(String, Span)> {
    let entry = index.entry(id);
    entry.merged.bases.iter().filter(|claim| claim.source == BaseSource::Prose).find_map(|claim| {
        match index.resolve(&claim.base, &entry.name.namespace)? {
            Meaning::Structured(base) => Some((index.entry(base).name.name.clone(), claim.base.span)),
            Meaning::Enum(_) => None,
        }
    })
}

/// The diagnostic of two contradicting base types, of which `taken` is used.
fn disagree(ty: &str, other: (&str, Span), taken: (&str, Span)) -> Diagnostic {
    let message = format!("`{ty}` is said to derive from `{}` and from `{}`", taken.0, other.0);
    Diagnostic::new(Code::BaseDisagrees, other.1, message)
        .label(format!("here from `{}`", other.0))
        .also(taken.1, format!("here from `{}`, which is taken", taken.0))
        .help("name the same base type in both places")
}

/// Returns true if a comment names a base type that has only a key and no base itself, like the
/// root of all entity types. A sentence with another base type is then more specific.
fn says_little(index: &Index<'_>, claim: &Claim, with_base: &HashSet<TypeId>) -> bool {
    claim.source == Some(BaseSource::Comment)
        && index.entry(claim.base).merged.properties.len() <= 1
        && !with_base.contains(&claim.base)
}

/// The correction of a type's base, which may say that there is none.
fn correction<'i>(index: &Index<'i>, id: TypeId) -> Option<&'i At<Option<QualifiedName>>> {
    let said = index.corrections.ty(&index.entry(id).name)?.base.as_ref()?;
    // A base type that does not exist corrects nothing.
    let is_known = |base: &QualifiedName| matches!(index.named(base), Some(Meaning::Structured(_)));
    said.value.as_ref().is_none_or(is_known).then_some(said)
}

/// Returns true if `base`, or one of its claimed base types, claims `ancestor` as its own base
/// type.
fn is_ancestor_claim(index: &Index<'_>, base: TypeId, ancestor: TypeId) -> bool {
    let mut open = vec![base];
    let mut seen = vec![base];
    while let Some(id) = open.pop() {
        let entry = index.entry(id);
        for claim in &entry.merged.bases {
            if let Some(Meaning::Structured(next)) = index.resolve(&claim.base, &entry.name.namespace) {
                if next == ancestor {
                    return true;
                }
                if !seen.contains(&next) && seen.len() < 64 {
                    seen.push(next);
                    open.push(next);
                }
            }
        }
    }
    false
}

fn unknown(base: &TypeRef, ty: &str, source: BaseSource) -> Diagnostic {
    if source == BaseSource::Metadata {
        let message = format!("the metadata does not declare `{}`, the base type of `{ty}`", base.name);
        return Diagnostic::new(Code::BaseUnknown, base.span, message)
            .label("the type is read without its base")
            .help("give the document that declares it as well, with `--metadata`");
    }
    Diagnostic::new(Code::BaseUnknown, base.span, format!("no page describes `{}`, the base type of `{ty}`", base.name))
        .label("not among the pages")
        .help("the type is read without its base; add the base's page, or correct the name")
}

fn break_cycles(index: &Index<'_>, bases: &mut [Option<Claim>], diagnostics: &mut Diagnostics) {
    for start in index.ids() {
        let mut seen = vec![start];
        let mut at = start;
        while let Some(claim) = bases[at.0 as usize] {
            if let Some(position) = seen.iter().position(|known| *known == claim.base) {
                // The least reliable claim of the cycle is dropped.
                let ring = &seen[position..];
                let weakest = ring
                    .iter()
                    .copied()
                    .max_by_key(|id| (bases[id.0 as usize].map(|claim| claim.source), *id))
                    .unwrap_or(at);
                if let Some(broken) = bases[weakest.0 as usize].take() {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::BaseCycle,
                            broken.span,
                            format!(
                                "`{}` would be its own ancestor: its base `{}` derives from it",
                                index.entry(weakest).name.name,
                                index.entry(broken.base).name.name
                            ),
                        )
                        .label("this closes the ring, so it was left out")
                        .help("name another base type, or none"),
                    );
                }
                break;
            }
            seen.push(claim.base);
            at = claim.base;
        }
    }
}
