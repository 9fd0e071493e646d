//! Finds the base type and the derived types that a page names in sentences and lists.

use super::prose;
use super::sections::{Role, Sections};
use crate::page::{Block, Piece, PieceKind, Text};
use crate::phrases::Haystack;
use crate::schema::TypeRef;
use crate::source::{At, Span};

/// The verbs are in the singular, because "all controls inherit from x" is about other types.
const BASE_PHRASES: [&str; 13] = [
    "inherits from",
    "inherited from",
    "derived from",
    "derives from",
    "derived type of",
    "derived type from",
    "subtype of",
    "sub-type of",
    "subclass of",
    "subclass from",
    "extends the",
    "specialization of",
    "specialized type of",
];

const DERIVED_PHRASES: [&str; 13] = [
    "derived types are",
    "derived types include",
    "derived types:",
    "base type of",
    "base type for",
    "base class of",
    "base class for",
    "base entity for",
    "base entity of",
    "base resource for",
    "base complex type for",
    "is inherited by",
    "following types derive from",
];

/// The base type that the page's own sentences name: in the introduction, or in any sentence that
/// begins with the type's name.
pub(crate) fn base(sections: &Sections<'_, '_>, type_name: &str) -> Option<TypeRef> {
    introduction(sections).find_map(|text| prose::type_behind(text, &BASE_PHRASES)).or_else(|| {
        let elsewhere = sections.all().flat_map(|(_, section)| &section.blocks).filter_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            _ => None,
        });
        let speaks_of_it = |text: &&Text<'_>| {
            let lower = text.plain().to_ascii_lowercase();
            let first = lower.split_whitespace().next().unwrap_or_default();
            first.eq_ignore_ascii_case(type_name) || BASE_PHRASES.iter().any(|phrase| lower.starts_with(phrase))
        };
        elsewhere.filter(speaks_of_it).find_map(|text| prose::type_behind(text, &BASE_PHRASES))
    })
}

/// The base type that the description in the front matter names.
pub(crate) fn base_in_front_matter(description: &At<String>) -> Option<TypeRef> {
    let piece = Piece {
        span: description.span,
        kind: PieceKind::Plain(description.value.replace(['*', '`'], "").into()),
        strong: false,
    };
    prose::type_behind(&Text { span: description.span, pieces: vec![piece] }, &BASE_PHRASES)
}

/// Types that the page lists as derived: "Base type of [a](a.md), [b](b.md)", and tables or lists
/// under "Derived types".
pub(crate) fn derived(sections: &Sections<'_, '_>) -> Vec<TypeRef> {
    let mut found = Vec::new();
    for (role, section) in sections.all() {
        match role {
            Role::DerivedTypes => links(&section.blocks, true, &mut found),
            Role::Introduction => {
                let mut announced = false;
                for block in &section.blocks {
                    match block {
                        Block::Paragraph(text) => {
                            announced = behind_phrase(text, &mut found);
                        }
                        // A list below a sentence that ends in a colon.
                        Block::List(_) if announced => links(std::slice::from_ref(block), true, &mut found),
                        Block::Quote(_) | Block::Comment(_) => {}
                        _ => announced = false,
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Returns the place in the introduction that calls the type abstract.
pub(crate) fn says_abstract(sections: &Sections<'_, '_>) -> Option<Span> {
    introduction(sections).find_map(|text| {
        let lower = text.plain().to_ascii_lowercase();
        [
            "abstract type",
            "abstract base type",
            "an abstract ",
            "is abstract",
            "abstract base class",
            "abstract entity type",
            "abstract complex type",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase) && !lower.contains(&format!("inherits from {phrase}")))
        .then_some(text.span)
    })
}

/// Returns the place in the introduction that calls the type open.
pub(crate) fn says_open(sections: &Sections<'_, '_>) -> Option<Span> {
    introduction(sections).find_map(|text| {
        let lower = text.plain().to_ascii_lowercase();
        ["is an open type", "an open entity type", "an open complex type", "is open type", "open type that"]
            .iter()
            .any(|phrase| lower.contains(phrase))
            .then_some(text.span)
    })
}

fn introduction<'p, 'a>(sections: &Sections<'p, 'a>) -> impl Iterator<Item = &'p Text<'a>> {
    let blocks = sections.with(&[Role::Introduction]).flat_map(|section| &section.blocks);
    blocks.filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        _ => None,
    })
}

/// Collects the links after a phrase, up to the end of its sentence. Returns true if the phrase
/// ends the paragraph, so that a list follows.
fn behind_phrase(text: &Text<'_>, found: &mut Vec<TypeRef>) -> bool {
    let mut active = false;
    for piece in &text.pieces {
        match &piece.kind {
            PieceKind::Plain(plain) => {
                let lower = plain.to_ascii_lowercase();
                let words = Haystack::new(&lower);
                let behind =
                    DERIVED_PHRASES.iter().filter_map(|phrase| Some(words.rfind(phrase)? + phrase.len())).max();
                // The types must follow the phrase directly: "base class for actions in the x" is
                // about something else.
                active = match behind {
                    Some(at) => is_filler(&lower[at..]),
                    None => active && is_filler(&lower),
                };
            }
            PieceKind::Link { text, target } if active => found.push(TypeRef {
                name: link_name(text),
                target: Some(target.clone().into_owned()),
                span: piece.span,
            }),
            PieceKind::Code(code) if active && super::type_expr::is_type_name(code) => {
                found.push(TypeRef { name: code.clone().into_owned(), target: None, span: piece.span });
            }
            _ => {}
        }
    }
    active
}

/// Returns true if a text holds only words that separate the items of a list, and does not end the
/// sentence.
fn is_filler(lower: &str) -> bool {
    const FILLERS: [&str; 12] = [
        "and",
        "or",
        "the",
        "following",
        "types",
        "type",
        "resources",
        "resource",
        "entities",
        "complex",
        "derived",
        "these",
    ];
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !lower.contains('.') && words.clone().count() <= 4 && words.into_iter().all(|word| FILLERS.contains(&word))
}

fn link_name(text: &str) -> String {
    text.trim().trim_matches(['`', '*']).split_whitespace().next().unwrap_or_default().to_owned()
}

/// Collects the first link of each list item or table row.
fn links(blocks: &[Block<'_>], tables: bool, found: &mut Vec<TypeRef>) {
    let mut add = |text: &Text<'_>| {
        let first = text.pieces.iter().find_map(|piece| match &piece.kind {
            PieceKind::Link { text, target } => {
                Some(TypeRef { name: link_name(text), target: Some(target.clone().into_owned()), span: piece.span })
            }
            _ => None,
        });
        found.extend(first);
    };
    for block in blocks {
        match block {
            Block::List(items) => items.iter().for_each(&mut add),
            Block::Table(table) if tables => table.rows.iter().filter_map(|row| row.cells.first()).for_each(&mut add),
            Block::Paragraph(text) if tables => add(text),
            _ => {}
        }
    }
}
