//! Reads the sentences of a page about its type: the description, base types, deprecation.

use crate::page::{Block, Page, Section};
use crate::read::facts::deprecation::{self, Subject};
use crate::read::front_matter::{self, Key};
use crate::read::sections::{Role, Sections};
use crate::read::{inheritance, prose};
use crate::schema::{BaseClaim, BaseSource, DeclaredType, Description, TypeKind};
use crate::source::{At, Span};

/// Adds the facts that the page's sentences state about its (first) type.
pub(super) fn describe(page: &Page<'_>, sections: &Sections<'_, '_>, ty: &mut DeclaredType) {
    let introduction: Vec<&Section<'_>> = sections.with(&[Role::Introduction]).collect();
    let paragraphs = introduction.iter().filter_map(|section| prose::first_paragraph(&section.blocks));
    ty.description = paragraphs.into_iter().find_map(prose::described);
    let introduction: Vec<&Block<'_>> = introduction.into_iter().flat_map(|section| &section.blocks).collect();
    if ty.description.is_none() {
        let said = front_matter::value(page, Key::Description).filter(|text| !text.value.trim().is_empty());
        ty.description = said.cloned().map(Description::from);
    }
    if let Some(base) = inheritance::base(sections, &ty.name.value.name) {
        ty.bases.push(BaseClaim { base, source: BaseSource::Prose });
    } else if let Some(base) = front_matter::value(page, Key::Description).and_then(inheritance::base_in_front_matter) {
        ty.bases.push(BaseClaim { base, source: BaseSource::Prose });
    }
    ty.derived = inheritance::derived(sections);
    if ty.is_abstract.is_none() {
        ty.is_abstract = inheritance::says_abstract(sections).map(|span| At::new(true, span));
    }
    if ty.is_open.is_none() {
        ty.is_open = inheritance::says_open(sections).map(|span| At::new(true, span));
    }
    let title = page.sections.iter().filter_map(|section| section.heading.as_ref()).find(|heading| heading.level == 1);
    if let Some(title) = title {
        let lower = title.text.plain().to_ascii_lowercase();
        if lower.contains("(open type)") {
            ty.is_open.get_or_insert(At::new(true, title.text.span));
        }
        if lower.contains("complex type") {
            ty.stated_kind = Some(At::new(TypeKind::Complex, title.text.span));
        } else if lower.contains("entity type") {
            ty.stated_kind = Some(At::new(TypeKind::Entity, title.text.span));
        }
    }
    let marked = title.map(|title| (title.text.plain(), title.text.span));
    let marked = marked.as_ref().map(|(title, span)| (&**title, *span));
    ty.deprecation = deprecation::of_page(introduction.iter().copied(), marked, Subject::Type(&ty.name.value.name));
    for block in introduction {
        if let Block::Paragraph(text) = block {
            let lower = text.plain().to_ascii_lowercase();
            if ty.stated_kind.is_none()
                && (lower.contains("this complex type")
                    || lower.contains("is a complex type")
                    || lower.starts_with("complex type "))
            {
                ty.stated_kind = Some(At::new(TypeKind::Complex, text.span));
            }
        }
    }
    // If the page states the key of this entity type, "Key of the manager." is about that of
    // another.
    let is_named = !ty.key.is_empty();
    for property in &mut ty.properties {
        if let Some(base) = &property.facts.inherited_from {
            ty.bases.push(BaseClaim { base: base.clone(), source: BaseSource::PropertyRow });
        }
        if property.facts.key.is_some()
            && !ty.key.iter().any(|key| key.value.eq_ignore_ascii_case(&property.name.value))
        {
            match is_named {
                true => property.facts.key = None,
                false => ty.key.push(property.name.clone()),
            }
        }
    }
}

/// The place of a sentence, in the introduction or above the properties, which says that no
/// property can be set.
pub(super) fn says_all_read_only(sections: &Sections<'_, '_>) -> Option<Span> {
    let sections = sections.with(&[Role::Introduction, Role::Properties]);
    sections.flat_map(|section| &section.blocks).find_map(|block| {
        let Block::Paragraph(text) = block else { return None };
        let plain = text.plain().to_ascii_lowercase();
        let says = prose::sentences(&plain).into_iter().any(|sentence| {
            let begins = [
                "all properties",
                "all the properties",
                "all of the properties",
                "all of its properties",
                "all its properties",
            ]
            .iter()
            .any(|start| sentence.starts_with(start));
            begins && ["are read-only", "are read only", "are readonly"].iter().any(|end| sentence.contains(end))
        });
        says.then_some(text.span)
    })
}
