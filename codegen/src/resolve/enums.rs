//! Finds all enum types and their members.
//!
//! An enum is described by its own page, by a `### x values` section, by the list of values in the
//! row of a property that has it as its type, or by the alternatives in a JSON block. The most
//! reliable of these takes precedence, and the others add members that it lacks. If a section is
//! named after a property of its page, and not after the type of any property, it describes the
//! values of that property and is no enum type.

use crate::hashing::{HashMap, HashSet};

use heck::ToLowerCamelCase;

use super::corrections::{Uncorrected, correct_enum};
use super::index::{Index, Meaning};
use super::names::with_namespace;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::evidence;
use crate::model::{EnumId, EnumType, Member, TypeNames};
use crate::nearest::{hint, is_slip};
use crate::ordered::{self, Map};
use crate::parallel;
use crate::schema::operation::{BodyContent, DocumentedOperation, HttpMethod, Parameter, ParameterPlace, Segment};
use crate::schema::{
    self, DeclaredProperty, EnumSource, JsonItem, PageKind, Primitive, PropertySource, QualifiedName, Schema, TypeItem,
    TypeRef, simple_name,
};
use crate::source::{At, FileId};

pub(super) fn settle(
    schema: &Schema,
    index: &mut Index<'_>,
    uncorrected: &mut Uncorrected,
    diagnostics: &mut Diagnostics,
) -> Vec<EnumType> {
    let mut described: Map<String, Vec<schema::DeclaredEnum>> = Map::default();
    let mentioned = mentioned_names(schema);
    let enum_pages: HashSet<FileId> =
        schema.pages.iter().filter(|page| page.kind == PageKind::Enumeration).map(|page| page.file).collect();
    let mut on_page: HashMap<FileId, Vec<&schema::DeclaredType>> = HashMap::default();
    schema.types.iter().for_each(|ty| on_page.entry(ty.file).or_default().push(ty));
    for description in &schema.enums {
        let mut name = with_namespace(&description.name.value, &index.root_namespace);
        if matches!(index.named(&name), Some(Meaning::Structured(_))) {
            continue;
        }
        if let Some(meant) = meant_by_heading(description, schema, &on_page, index) {
            diagnostics.push(heading_misspelt(description, &meant));
            name.name = meant;
        }
        let of_property = description.source == EnumSource::Section
            && !enum_pages.contains(&description.file)
            && !mentioned.contains(&name.name.to_ascii_lowercase());
        if of_property {
            continue;
        }
        let mut description = description.clone();
        description.name.value = name.clone();
        described.get_or_default(name.folded()).push(description);
    }
    // Enums that pages and sections describe come first, so that type names in rows can refer to
    // them; then those that only rows describe.
    let mut known = described;
    register(&known, index);
    let described = &*index;
    let (of_rows, (of_parameters, of_texts)) = parallel::both(
        || inline(schema, described, diagnostics),
        || (of_parameters(schema, described), of_texts(schema, described)),
    );
    for description in of_rows.into_iter().chain(of_parameters) {
        let key = description.name.value.folded();
        known.get_or_default(key).push(description);
    }
    // These are used only if nothing else describes the enum.
    for description in of_texts {
        known.get_or_insert_with(description.name.value.folded(), || vec![description]);
    }
    let known = known.into_entries();
    let mut merged: Vec<EnumType> = Vec::with_capacity(known.len());
    for (ty, problems) in parallel::map(&known, |(_, descriptions)| merge(descriptions)) {
        merged.extend(ty);
        diagnostics.append(problems);
    }
    for ty in &mut merged {
        if let Some(said) = index.corrections.enumeration(&ty.name) {
            if ty.span.file != FileId::CONFIGURATION {
                uncorrected.enums.push(ty.clone());
            }
            correct_enum(ty, said);
        }
    }
    ordered::sort_by(&mut merged, |a, b| a.name.cmp(&b.name));
    index.forget_enums();
    for (position, ty) in merged.iter().enumerate() {
        index.add(Meaning::Enum(EnumId(position as u32)), &ty.name, ty.page);
    }
    // Links to any page that describes an enum refer to it.
    for description in &schema.enums {
        let name = with_namespace(&description.name.value, &index.root_namespace);
        if let Some(meaning @ Meaning::Enum(_)) = index.named(&name) {
            index.add_page(meaning, description.file);
        }
    }
    merged
}

/// The type whose members a section lists under a misspelt heading: a property of the page has it,
/// and nothing describes it. `on_page` are the structured types of each page.
fn meant_by_heading(
    section: &schema::DeclaredEnum,
    schema: &Schema,
    on_page: &HashMap<FileId, Vec<&schema::DeclaredType>>,
    index: &Index<'_>,
) -> Option<String> {
    if section.source != EnumSource::Section {
        return None;
    }
    let said = &section.name.value.name;
    let of_page = on_page.get(&section.file).into_iter().flatten().flat_map(|ty| &ty.properties);
    let mentions: Vec<&TypeRef> = of_page
        .filter_map(|property| match &property.table_type.as_ref()?.value.item {
            TypeItem::Named(mention) => Some(mention),
            _ => None,
        })
        .collect();
    let simple = |mention: &TypeRef| simple_name(&mention.name).to_owned();
    if mentions.iter().any(|mention| simple(mention).eq_ignore_ascii_case(said)) {
        return None;
    }
    let is_described = |mention: &TypeRef| {
        let of_enums = schema.enums.iter().any(|ty| ty.name.value.name.eq_ignore_ascii_case(&simple(mention)));
        of_enums || index.resolve(mention, &section.name.value.namespace).is_some()
    };
    let mut meant = mentions.into_iter().filter(|mention| {
        // Only a section of this page can be meant.
        let is_here = mention.target.as_deref().is_none_or(|target| target.starts_with('#'));
        is_here && is_slip(said, &simple(mention)) && !is_described(mention)
    });
    meant.next().map(simple)
}

fn heading_misspelt(section: &schema::DeclaredEnum, meant: &str) -> Diagnostic {
    let message = format!("no property has the type `{}`{}", section.name.value.name, hint(Some(meant)));
    Diagnostic::new(Code::HeadingMisspelt, section.name.span, message)
        .label(format!("read as `{meant} values`"))
        .help("correct the heading")
}

/// Registers names under provisional ids; the final ids are assigned when all enums are known.
fn register(known: &Map<String, Vec<schema::DeclaredEnum>>, index: &mut Index<'_>) {
    for (position, descriptions) in known.values().enumerate() {
        for description in descriptions {
            index.add(Meaning::Enum(EnumId(position as u32)), &description.name.value, description.file);
        }
    }
}

/// The simple names, in lower case, of all types that property tables mention.
fn mentioned_names(schema: &Schema) -> HashSet<String> {
    let mut names = HashSet::default();
    let mut add = |name: &str| {
        names.insert(simple_name(name).to_ascii_lowercase());
    };
    for property in schema.types.iter().flat_map(|ty| &ty.properties) {
        if let Some(ty) = &property.table_type {
            match &ty.value.item {
                TypeItem::Named(name) => {
                    add(&name.name);
                    if let Some((_, anchor)) = name.target.as_deref().and_then(|target| target.split_once('#')) {
                        add(anchor.trim_end_matches("-values"));
                    }
                }
                TypeItem::OneOf(several) => several.iter().for_each(|name| add(&name.name)),
                TypeItem::Primitive(_) | TypeItem::Unclear(_) => {}
            }
        }
    }
    names
}

/// The enums that property rows describe: the type of the property is a name without a structured
/// type, and the row lists values.
fn inline(schema: &Schema, index: &Index<'_>, diagnostics: &mut Diagnostics) -> Vec<schema::DeclaredEnum> {
    let mut found = Vec::new();
    for ty in schema.types.iter().filter(|ty| !is_declared(ty, index)) {
        let namespace = with_namespace(&ty.name.value, &index.root_namespace).namespace;
        // A relationship leads to an entity, whatever values its description speaks of.
        let structural = |property: &&DeclaredProperty| property.source != PropertySource::Relationships;
        for property in ty.properties.iter().filter(structural) {
            let Some(stated) = &property.table_type else { continue };
            let mention = match (&stated.value.item, property.json.as_ref().map(|shape| &shape.value.item)) {
                (TypeItem::Named(mention), _) => mention,
                // The table says `String` and lists values; the block names the enum.
                (TypeItem::Primitive(Primitive::String), Some(JsonItem::Named(mention)))
                    if property.values.as_ref().is_some_and(|list| list.closed) =>
                {
                    mention
                }
                _ => continue,
            };
            let Some(name) = enum_meant(mention, property, &namespace, index, diagnostics) else { continue };
            let name = At::new(name, mention.span);
            let member = schema::DeclaredMember::named;
            if let Some(values) = &property.values {
                found.push(schema::DeclaredEnum {
                    name: name.clone(),
                    file: ty.file,
                    source: EnumSource::Property,
                    description: None,
                    members: values.values.iter().cloned().map(member).collect(),
                    is_flags: values.flags.then(|| stated.clone().map(|_| true)),
                });
            } else if let Some(shape) = &property.json
                && let JsonItem::Values(values) = &shape.value.item
            {
                found.push(schema::DeclaredEnum {
                    name,
                    file: ty.file,
                    source: EnumSource::JsonBlock,
                    description: None,
                    members: values.iter().map(|value| member(At::new(value.clone(), shape.span))).collect(),
                    is_flags: None,
                });
            }
        }
    }
    found
}

/// The name of the enum that a row mentions; `None` if the name is that of a structured type.
fn enum_meant(
    mention: &TypeRef,
    property: &DeclaredProperty,
    namespace: &str,
    index: &Index<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<QualifiedName> {
    let meaning = index.resolve(mention, namespace);
    let described = meaning.and_then(|meaning| index.name(meaning));
    if let (Some(Meaning::Enum(_)), Some(name)) = (meaning, described) {
        return Some(name.clone());
    }
    if let Some(Meaning::Structured(_)) = meaning {
        // The text of the link names an enum, but the link leads to the page of the type that
        // contains it. The list of values in the row decides.
        let is_called =
            described.is_some_and(|known| evidence::target_beats_text(simple_name(&mention.name), &known.name));
        let is_text = property.json.as_ref().is_none_or(|shape| {
            matches!(shape.value.item, JsonItem::Text | JsonItem::Values(_) | JsonItem::Primitive(Primitive::String))
        });
        let has_list = property.values.as_ref().is_some_and(|list| list.closed && list.values.len() > 1);
        if is_called || !is_text || !has_list {
            return None;
        }
        diagnostics.push(link_elsewhere(mention, described.map_or("", |name| &name.name)));
    }
    Some(index.name_of_mention(mention, namespace))
}

/// The diagnostic of a link whose text names another type than its target describes.
pub(super) fn link_elsewhere(mention: &TypeRef, described: &str) -> Diagnostic {
    let message = format!("the link says `{}` and leads to the page of `{described}`", mention.name);
    Diagnostic::new(Code::LinkElsewhere, mention.span, message)
        .label("the text is taken")
        .help("link to the page that describes the type, or to none")
}

/// The enums that parameter rows describe: the type is a name that no page describes, and the row
/// lists values.
fn of_parameters(schema: &Schema, index: &Index<'_>) -> Vec<schema::DeclaredEnum> {
    let mut found = Vec::new();
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        let namespace = index.namespace_of(page.file);
        let rows = page.parameters.iter().chain(page.body.iter().flat_map(|body| &body.members));
        for row in rows {
            let (Some(stated), Some(list)) = (&row.ty, &row.values) else { continue };
            let TypeItem::Named(mention) = &stated.value.item else { continue };
            let name = match index.resolve(mention, &namespace) {
                Some(Meaning::Structured(_)) => continue,
                Some(meaning @ Meaning::Enum(_)) => index.name(meaning).cloned(),
                None if list.closed && list.values.len() > 1 => None,
                None => continue,
            };
            let name = name.unwrap_or_else(|| index.name_of_mention(mention, &namespace));
            let member = schema::DeclaredMember::named;
            found.push(schema::DeclaredEnum {
                name: At::new(name, mention.span),
                file: page.file,
                source: EnumSource::Property,
                description: None,
                members: list.values.iter().cloned().map(member).collect(),
                is_flags: list.flags.then(|| stated.clone().map(|_| true)),
            });
        }
    }
    found
}

/// The enums that are made of parameters of type `String`.
fn of_texts(schema: &Schema, index: &Index<'_>) -> Vec<schema::DeclaredEnum> {
    let mut found = Vec::new();
    for page in schema.operations.iter().filter(|page| page.declared.is_none()) {
        let namespace = index.namespace_of(page.file);
        for row in page.body.iter().flat_map(|body| &body.members) {
            let Some(list) = &row.values else { continue };
            let name = own_name(page, row, &namespace).filter(|name| index.named(name).is_none());
            let Some(name) = name else { continue };
            let member = |name: &At<String>| schema::DeclaredMember::named(name.clone());
            found.push(schema::DeclaredEnum {
                name: At::new(name, row.name.span),
                file: page.file,
                source: EnumSource::Parameter,
                description: None,
                members: list.values.iter().map(member).collect(),
                is_flags: list.flags.then(|| At::new(true, row.name.span)),
            });
        }
    }
    found
}

/// The name of the enum for an action's string parameter whose row lists all its values; it is
/// composed of the action and the parameter. On the wire it stays a string. Arguments of functions
/// stay strings in Rust as well, because dozens of report functions take the same four periods.
pub(super) fn own_name(page: &DocumentedOperation, row: &Parameter, namespace: &str) -> Option<QualifiedName> {
    let is_text = matches!(&row.ty, Some(ty) if ty.value.item == TypeItem::Primitive(Primitive::String));
    let is_closed = row.values.as_ref().is_some_and(|list| list.closed && list.values.len() > 1);
    let content = page.body.as_ref().map(|body| &body.content);
    let is_parameter =
        row.place == ParameterPlace::Body && matches!(content, Some(BodyContent::Parameters | BodyContent::Properties));
    let request = page.requests.iter().find(|request| request.method == HttpMethod::Post)?;
    let called = match request.path.last()? {
        Segment::Literal(name) | Segment::Call { name, .. } => simple_name(name),
        _ => return None,
    };
    let name = || format!("{} {}", called, row.name.value).to_lower_camel_case();
    (is_text && is_closed && is_parameter).then(|| QualifiedName::new(namespace, name()))
}

/// Returns true if the metadata declares the properties of a page's type.
fn is_declared(ty: &schema::DeclaredType, index: &Index<'_>) -> bool {
    let name = with_namespace(&ty.name.value, &index.root_namespace);
    match index.named(&name) {
        Some(Meaning::Structured(id)) => index.entry(id).merged.is_declared(),
        Some(Meaning::Enum(_)) | None => false,
    }
}

/// Merges all descriptions of an enum.
fn merge(descriptions: &[schema::DeclaredEnum]) -> (Option<EnumType>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut descriptions: Vec<&schema::DeclaredEnum> = descriptions.iter().collect();
    // The sort is stable, so of equally reliable descriptions with the same number of members, the
    // first in page order takes precedence. A longer list comes before a shorter one.
    ordered::sort_by_key(&mut descriptions, |description| {
        (description.source, std::cmp::Reverse(description.members.len()))
    });
    let mut descriptions = descriptions.into_iter();
    let Some(lead) = descriptions.next() else { return (None, diagnostics) };
    let is_declared = lead.source == EnumSource::Metadata;
    let mut merged = EnumType {
        name: lead.name.value.clone(),
        is_flags: false,
        is_text: lead.source == EnumSource::Parameter,
        members: lead.members.iter().map(model_member).collect(),
        description: lead.description.as_ref().map(Into::into),
        page: lead.file,
        span: lead.name.span,
        added: crate::model::Added::default(),
        rust: TypeNames::default(),
    };
    let mut is_flags = lead.is_flags.as_ref().map(|stated| stated.value);
    for other in descriptions {
        is_flags = is_flags.or(other.is_flags.as_ref().map(|stated| stated.value));
        let description = other.description.as_ref().map(Into::into);
        // If a page describes the enum, its place is on that page.
        if is_declared && merged.page == lead.file && other.file != FileId::CONFIGURATION {
            (merged.span, merged.page) = (other.name.span, other.file);
            merged.description = description.or(merged.description);
        } else {
            merged.description = merged.description.or(description);
        }
        merge_members(&mut merged, other, is_declared, &mut diagnostics);
    }
    merged.is_flags = is_flags.unwrap_or(false);
    (Some(merged), diagnostics)
}

/// Adds what another description of an enum says about its members. Metadata lists all of them, so
/// nothing is missing from it or spelled otherwise.
fn merge_members(
    merged: &mut EnumType,
    other: &schema::DeclaredEnum,
    is_declared: bool,
    diagnostics: &mut Diagnostics,
) {
    let (mut missing, mut respelled) = (Vec::new(), Vec::new());
    for member in &other.members {
        match merged.members.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&member.name.value)) {
            Some(known) => {
                if known.name != member.name.value {
                    respelled.push((member, known.name.clone()));
                }
                known.value = known.value.or(member.value);
                if known.description.is_none() || is_declared && member.description.is_some() {
                    known.description = member.description.as_ref().map(Into::into);
                }
            }
            None => missing.push(member),
        }
    }
    let name = &merged.name.name;
    if let Some((first, spelling)) = respelled.first().filter(|_| !is_declared) {
        let more = if respelled.len() > 1 { ", and others" } else { "" };
        let written = &first.name.value;
        let message = format!("`{name}` has `{written}` here, and its other description spells `{spelling}`{more}");
        diagnostics.push(
            Diagnostic::new(Code::EnumDisagrees, first.name.span, message)
                .label(format!("`{spelling}` is taken"))
                .also(merged.span, "described here")
                .help("spell the members as the service does in both places"),
        );
    }
    // A correction replaces all members or none; it is applied when the members of the pages are
    // known.
    if missing.is_empty() || is_declared || other.source == EnumSource::Correction {
        return;
    }
    let names: Vec<String> = missing.iter().map(|member| format!("`{}`", member.name.value)).collect();
    let message = format!("`{name}` has {} here, which its other description lacks", names.join(", "));
    diagnostics.push(
        Diagnostic::new(Code::EnumDisagrees, missing[0].name.span, message)
            .label("taken as well")
            .also(merged.span, "described here")
            .help("list the same members in both places"),
    );
    merged.members.extend(missing.into_iter().map(model_member));
}

fn model_member(member: &schema::DeclaredMember) -> Member {
    Member {
        name: member.name.value.clone(),
        value: member.value,
        description: member.description.as_ref().map(Into::into),
        deprecation: member.deprecation.clone(),
        rust_variant: String::new(),
        span: member.name.span,
    }
}
