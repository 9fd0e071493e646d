//! Compares the names of an example's members with the properties of its types, and checks the
//! types that it is tagged with.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Known;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::hashing::HashSet;
use crate::json::{Value, ValueKind};
use crate::model::{EnumId, Envelope, Example, ExampleContent, TypeId, ValueType};
use crate::nearest::{question, slip_of};
use crate::resolve::names::of_tag;
use crate::schema::{is_simple_identifier, simple_name};
use crate::source::{At, FileId, SourceMap, Span};

/// If examples on this many pages show a name, it is no mistake in the examples: the page of the
/// type lacks it.
const ENOUGH: usize = 3;

/// Claims of a body that no page describes.
#[derive(Default)]
pub(super) struct Claims {
    /// Names that a type does not have, each with the name that it may be a misspelling of.
    names: Vec<(TypeId, At<String>, Option<String>)>,
    /// Tags that name no type, each with the name that it may be a misspelling of.
    tags: Vec<(At<String>, Option<String>)>,
    /// Values that are no members of their enum type, each with the member that it may be a
    /// misspelling of.
    values: Vec<(EnumId, At<String>, String)>,
    /// Members of enum types that are shown.
    shown_members: Vec<(EnumId, At<String>)>,
    /// Properties that are shown, by their names.
    shown: BTreeSet<(TypeId, String)>,
}

pub(super) fn read(known: &Known<'_>, example: &Example, document: &Value<'_>, claims: &mut Claims) {
    tags(known, document, claims);
    let ExampleContent::Typed { ty, envelope } = &example.content else { return };
    match envelope {
        Envelope::None => item(known, document, "", ty, claims),
        Envelope::Single | Envelope::Collection => {
            if let Some(value) = document.get("value") {
                value_of(known, value, "", ty, claims);
            }
        }
    }
}

/// Checks the tags in a document, whatever its type is.
fn tags(known: &Known<'_>, value: &Value<'_>, claims: &mut Claims) {
    match &value.kind {
        ValueKind::Object(members) => {
            for (name, value) in members {
                let is_tag = name.value == "@odata.type" || name.value.ends_with("@odata.type");
                if let (true, Some(tag)) = (is_tag, value.as_str())
                    && let Some(near) = known.unknown_tag(tag)
                {
                    claims.tags.push((At::new(tag.to_owned(), value.span), near));
                }
                tags(known, value, claims);
            }
        }
        ValueKind::Array(items) => items.iter().for_each(|item| tags(known, item, claims)),
        _ => {}
    }
}

/// Checks a value, or all of a list. `name` is the property that holds it.
fn value_of(known: &Known<'_>, value: &Value<'_>, name: &str, ty: &ValueType, claims: &mut Claims) {
    match &value.kind {
        ValueKind::Array(items) => items.iter().for_each(|value| item(known, value, name, ty, claims)),
        _ => item(known, value, name, ty, claims),
    }
}

/// Checks the members of an enum type in a text, which has several of them, separated by commas, if
/// they are flags.
fn members(known: &Known<'_>, value: &Value<'_>, name: &str, id: EnumId, claims: &mut Claims) {
    let Some(text) = value.as_str() else { return };
    let all = &known.model.enumeration(id).members;
    for word in text.split(',').map(str::trim).filter(|word| is_simple_identifier(word)) {
        if all.iter().any(|member| member.name == word) {
            claims.shown_members.push((id, At::new(word.to_owned(), value.span)));
            continue;
        }
        // The row of the property lists the value: it is the enum's description that differs.
        if known.lists(name, word) {
            continue;
        }
        if let Some(near) = slip_of(word, all.iter().map(|member| member.name.clone())) {
            claims.values.push((id, At::new(word.to_owned(), value.span), near));
        }
    }
}

fn item(known: &Known<'_>, value: &Value<'_>, name: &str, ty: &ValueType, claims: &mut Claims) {
    if let ValueType::Enum(id) = ty {
        return members(known, value, name, *id, claims);
    }
    let (ValueType::Structured(declared), ValueKind::Object(members)) = (ty, &value.kind) else { return };
    let tag = value.get("@odata.type").and_then(Value::as_str);
    let id = match tag.map(|tag| known.tagged(tag)) {
        Some(Some(id)) => id,
        // No page describes the type of the tag.
        Some(None) => return,
        None => *declared,
    };
    for (name, value) in members {
        if let Some(property) = known.property(id, &name.value).filter(|property| !known.is_disputed(property)) {
            claims.shown.insert((id, name.value.to_string()));
            value_of(known, value, &name.value, &property.ty.item, claims);
        }
    }
    let Some(names) = known.properties(id) else { return };
    let said: Vec<&At<_>> = members.iter().map(|(name, _)| name).filter(|name| is_claim(&name.value)).collect();
    let (found, missing): (Vec<_>, Vec<_>) = said.into_iter().partition(|name| names.contains(name.value.as_ref()));
    let shown: HashSet<&str> = found.iter().map(|name| name.value.as_ref()).collect();
    let with_near = missing.into_iter().map(|name| {
        let near = known.slip_of(id, &name.value, |free| !shown.contains(free));
        (name, near.map(str::to_owned))
    });
    let (slips, others): (Vec<_>, Vec<_>) = with_near.partition(|(_, near)| near.is_some());
    // If the type declares few of an object's members, the object is of another type. Misspellings
    // count as declared.
    let is_of_type = found.len() + slips.len() > others.len();
    for (name, near) in slips.into_iter().chain(others.into_iter().filter(|_| is_of_type)) {
        claims.names.push((id, At::new(name.value.to_string(), name.span), near));
    }
}

/// Returns true if a member can be a property. Control information, dynamic properties of
/// extensions and marks of omissions are not.
pub(super) fn is_claim(name: &str) -> bool {
    is_simple_identifier(name) && !(name.starts_with("ext") && name.contains('_'))
}

/// Reports the claims. `is_part`: the pages are only a part of a reference.
pub(super) fn report(
    known: &Known<'_>,
    found: Vec<Claims>,
    is_part: bool,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut names: BTreeMap<(TypeId, String), (Option<String>, Vec<Span>)> = BTreeMap::new();
    let mut values: BTreeMap<(EnumId, String, String), Vec<Span>> = BTreeMap::new();
    let mut right: BTreeMap<(EnumId, String), BTreeSet<FileId>> = BTreeMap::new();
    let mut shown = BTreeSet::new();
    for mut claims in found {
        shown.append(&mut claims.shown);
        for (id, member) in claims.shown_members {
            right.entry((id, member.value)).or_default().insert(member.span.file);
        }
        for (id, name, near) in claims.names {
            let (_, places) = names.entry((id, name.value)).or_insert((near, Vec::new()));
            places.push(name.span);
        }
        for (id, word, near) in claims.values {
            values.entry((id, word.value, near)).or_default().push(word.span);
        }
        for (tag, near) in claims.tags {
            let is_described_elsewhere = is_part && near.is_none();
            let page = format!("{}.md", simple_name(of_tag(&tag.value)).to_lowercase());
            let problem = unknown_type(known, &tag, near);
            diagnostics.push(if is_described_elsewhere { problem.absent(page) } else { problem });
        }
    }
    for ((id, word, near), places) in values {
        let agreeing = right.get(&(id, near.clone())).map_or(0, BTreeSet::len);
        diagnostics.extend(unknown_member(known, id, &word, &near, &places, agreeing));
    }
    for ((id, name), (near, places)) in names {
        let mut files: Vec<_> = places.iter().map(|place| place.file).collect();
        files.dedup();
        // The row spells the name so, and its disagreement with the JSON block has been reported.
        let row = near.as_deref().and_then(|near| row(known, id, near));
        if row.is_some_and(|row| sources.text(row).trim_matches(['*', '`', ' ']) == name) {
            continue;
        }
        let near = near.or_else(|| known.akin(id, &name, |other| shown.contains(&(id, other.to_owned()))));
        let is_akin = row.is_none() && near.is_some();
        if files.len() >= ENOUGH && !is_akin {
            diagnostics.push(undescribed(known, id, &name, near.as_deref(), &places, files.len()));
            continue;
        }
        for (position, place) in places.iter().enumerate() {
            // Each page is reported once.
            if position == 0 || places[position - 1].file != place.file {
                diagnostics.push(unknown_name(known, id, &name, near.as_deref(), *place));
            }
        }
    }
}

/// The problem of a misspelt member: one for each page, or a single one if so many pages show it
/// that the description of the enum type may be wrong.
/// `agreeing` is the number of pages whose examples show the member as it is described.
fn unknown_member(
    known: &Known<'_>,
    id: EnumId,
    word: &str,
    near: &str,
    places: &[Span],
    agreeing: usize,
) -> Vec<Diagnostic> {
    let ty = known.model.enumeration(id);
    let mut files: Vec<Span> = places.to_vec();
    files.dedup_by_key(|place| place.file);
    let member = ty.members.iter().find(|member| member.name == near);
    if let (true, Some(member)) = (files.len() >= ENOUGH && agreeing <= files.len(), member) {
        let message = format!("the examples of {} pages show `{word}`, and `{}` has `{near}`", files.len(), ty.name);
        let problem = Diagnostic::new(Code::ExampleMemberUnknown, member.span, message);
        let help = "write the member as the service does in all places";
        return vec![problem.also(places[0], "shown here, for one").help(help)];
    }
    let of_page = |place: &Span| {
        let problem =
            Diagnostic::new(Code::ExampleMemberUnknown, *place, format!("`{}` has no member `{word}`", ty.name))
                .label(question(near));
        let problem = match member {
            Some(member) => problem.also(member.span, "described here"),
            None => problem,
        };
        problem.help("write the member as the enum's description does, letter case included")
    };
    files.iter().map(of_page).collect()
}

fn unknown_name(known: &Known<'_>, id: TypeId, name: &str, near: Option<&str>, place: Span) -> Diagnostic {
    let ty = known.model.structured(id);
    let message = format!("`{}` has no property `{name}`", ty.name);
    let diagnostic = Diagnostic::new(Code::ExamplePropertyUnknown, place, message);
    match near {
        Some(near) => {
            let diagnostic = diagnostic.label(question(near));
            let diagnostic = match row(known, id, near) {
                Some(row) => diagnostic.also(row, "described here"),
                None => diagnostic,
            };
            diagnostic.help("write the name as the type's page does, letter case included")
        }
        None => {
            diagnostic.label("described nowhere").help("describe it on the type's page, or leave it out of the example")
        }
    }
}

/// The place on the page that describes a property of a type, of its bases or of its derived types.
fn row(known: &Known<'_>, id: TypeId, name: &str) -> Option<Span> {
    known.property(id, name).map(|property| property.span)
}

fn undescribed(
    known: &Known<'_>,
    id: TypeId,
    name: &str,
    near: Option<&str>,
    places: &[Span],
    pages: usize,
) -> Diagnostic {
    let ty = known.model.structured(id);
    if let Some((near, row)) = near.and_then(|near| Some((near, row(known, id, near)?))) {
        let message =
            format!("the examples of {pages} pages show `{name}` of `{}`, and its page has `{near}`", ty.name);
        return Diagnostic::new(Code::PropertyUndescribed, row, message)
            .also(places[0], "shown here, for one")
            .help("write the name as the service does in both places");
    }
    Diagnostic::new(
        Code::PropertyUndescribed,
        ty.span,
        format!("the examples of {pages} pages show `{name}`, which the page of `{}` does not describe", ty.name),
    )
    .also(places[0], "shown here, for one")
    .help("add a row for it, or correct the examples")
}

fn unknown_type(known: &Known<'_>, tag: &At<String>, near: Option<String>) -> Diagnostic {
    let name = of_tag(&tag.value);
    let namespace = name.trim_start_matches("Collection(").rsplit_once('.').map_or("", |(namespace, _)| namespace);
    let diagnostic =
        Diagnostic::new(Code::ExampleTypeUnknown, tag.span, format!("no page describes the type `{name}`"));
    match near {
        Some(near) => diagnostic.label(question(&near)).help("write the type's name as its page does"),
        None if !known.is_namespace(namespace) => {
            diagnostic.label("no type is in this namespace").help("write the name that the service gives the type")
        }
        None => diagnostic.label("described nowhere").help("add a page that describes it, or correct the name"),
    }
}
