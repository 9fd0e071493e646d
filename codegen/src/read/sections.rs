//! The role of a section on a resource page, by its heading, or by the header of its table where
//! pages use different headings.

use std::cell::OnceCell;

use super::rows::Columns;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{hint, is_slip};
use crate::page::{Block, Heading, Page, Piece, PieceKind, Section};
use crate::vocabulary::{Topic, bare};

/// The role of a section in the description of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Operations of the type.
    Methods,
    /// Structural properties (and instance annotations).
    Properties,
    /// Navigation properties.
    Relationships,
    /// The members on an enum page.
    Members,
    /// `### x values`: the members of the enum (or the values of the property) `x`.
    Values(String),
    /// Types that derive from the page's type.
    DerivedTypes,
    /// The text below the title, or before the first heading.
    Introduction,
    /// Anything else.
    Other,
}

/// The sections of a page with their roles.
pub(crate) struct Sections<'p, 'a> {
    all: &'p [Section<'a>],
    /// Filled when a role is first asked for: pages of operations are read without them.
    roles: OnceCell<Vec<Role>>,
}

impl<'p, 'a> Sections<'p, 'a> {
    pub(crate) fn of(page: &'p Page<'a>) -> Self {
        Sections { all: &page.sections, roles: OnceCell::new() }
    }

    /// All sections in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Role, &'p Section<'a>)> {
        self.roles.get_or_init(|| self.all.iter().map(|section| role(section, self.all)).collect()).iter().zip(self.all)
    }

    /// Reports headings that are nearly those of sections that matter.
    pub(crate) fn report_misspelt(&self, diagnostics: &mut Diagnostics) {
        for section in self.all {
            if let (Some(heading), Some(topic)) = (&section.heading, misspelt(section)) {
                diagnostics.push(heading_misspelt(heading, topic));
            }
        }
    }

    /// The sections whose role is one of these.
    pub(crate) fn with(&self, roles: &'static [Role]) -> impl Iterator<Item = &'p Section<'a>> {
        self.all().filter(|(role, _)| roles.contains(role)).map(|(_, section)| section)
    }
}

fn role(section: &Section<'_>, all: &[Section<'_>]) -> Role {
    let Some(heading) = &section.heading else { return Role::Introduction };
    if heading.level == 1 {
        return Role::Introduction;
    }
    let text = heading.text.plain();
    let text = bare(&text);
    match Topic::on_resource_page(text).or_else(|| misspelt(section)) {
        Some(Topic::Methods) => return Role::Methods,
        Some(Topic::Properties) => return Role::Properties,
        Some(Topic::Relationships) => return Role::Relationships,
        Some(Topic::Members) => return Role::Members,
        Some(Topic::DerivedTypes) => return Role::DerivedTypes,
        _ => {}
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [name, word] if matches!(word.to_ascii_lowercase().as_str(), "values" | "enum" | "enumeration" | "members") => {
            Role::Values((*name).to_owned())
        }
        [name, "enum" | "enumeration" | "Enum" | "type", "values" | "type" | "members"] => {
            Role::Values((*name).to_owned())
        }
        [_, word] if word.eq_ignore_ascii_case("properties") && has_property_table(section) => Role::Properties,
        [name, word] if is_slip(word, "values") && has_member_table(section) => Role::Values((*name).to_owned()),
        // The word is missing, and a type on the page links to the section.
        [name] if has_member_table(section) && is_linked(name, all) => Role::Values((*name).to_owned()),
        _ => Role::Other,
    }
}

/// The diagnostic of a heading that is a misspelling of a known one.
pub(super) fn heading_misspelt(heading: &Heading<'_>, topic: Topic) -> Diagnostic {
    Diagnostic::new(
        Code::HeadingMisspelt,
        heading.text.span,
        format!("the heading `{}` is not known{}", heading.text.plain(), hint(Some(topic.heading()))),
    )
    .label(format!("read as `{}`", topic.heading()))
    .help("correct the heading")
    .fix(heading.text.span, topic.heading())
}

/// The topic whose heading was misspelt above a table.
fn misspelt(section: &Section<'_>) -> Option<Topic> {
    let heading = section.heading.as_ref().filter(|heading| heading.level > 1)?;
    let has_table = section.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    has_table.then(|| Topic::nearly_on_resource_page(&heading.text.plain()))?
}

/// Returns true for a heading such as `x vaules`.
pub(crate) fn misspells_values(heading: &str) -> bool {
    let mut words = heading.split_whitespace().skip(1).map(str::to_ascii_lowercase);
    words.next().is_some_and(|word| !matches!(word.as_str(), "values" | "value") && is_slip(&word, "values"))
        && words.next().is_none()
}

/// Returns true if a table of the page links to the section of the values of `name`:
/// `[x](#x-values)`, `[x](#x)`.
fn is_linked(name: &str, all: &[Section<'_>]) -> bool {
    let leads = |piece: &Piece<'_>| match &piece.kind {
        PieceKind::Link { target, .. } => {
            target.strip_prefix('#').is_some_and(|anchor| anchor.trim_end_matches("-values").eq_ignore_ascii_case(name))
        }
        _ => false,
    };
    let tables = all.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells).any(|cell| cell.pieces.iter().any(leads))
}

fn has_member_table(section: &Section<'_>) -> bool {
    section.blocks.iter().any(|block| matches!(block, Block::Table(table) if Columns::of(table).is_member_table()))
}

fn has_property_table(section: &Section<'_>) -> bool {
    section.blocks.iter().any(|block| matches!(block, Block::Table(table) if Columns::of(table).is_property_table()))
}

/// Returns true for the section with the request lines of an API page.
pub(crate) fn is_http_request(section: &Section<'_>) -> bool {
    section.heading.as_ref().is_some_and(|heading| {
        let lower = heading.text.plain().to_ascii_lowercase();
        lower == "http request" || lower == "http requests" || lower == "https request"
    })
}
