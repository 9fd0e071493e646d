//! Reads enum types: from pages of their own, from `### x values` sections, and from one-column
//! lists of members.

use super::rows::{self, Columns, Lists, header_unclear};
use super::sections::{Role, Sections};
use super::{facts, prose, values};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::hint;
use crate::page::{Block, PieceKind, Section, Table, Text};
use crate::phrases::Haystack;
use crate::schema::{
    DeclaredEnum, DeclaredMember, DeclaredProperty, DeclaredType, EnumSource, PageInfo, Primitive, QualifiedName,
    TypeItem,
};
use crate::source::{At, Span};
use crate::vocabulary::bare;

/// Reads an enum page: the enum that its title names, and the enums of its sections.
pub(crate) fn read(sections: &Sections<'_, '_>, info: &PageInfo, diagnostics: &mut Diagnostics) -> Vec<DeclaredEnum> {
    sections.report_misspelt(diagnostics);
    let mut enums = of_sections(sections, info, &[], diagnostics);
    let named = info.title.as_ref().and_then(|title| {
        let name = title_enum(&title.value).or_else(|| misspelt_title(title, diagnostics))?;
        Some(At::new(name.to_owned(), title.span))
    });
    let Some(name) = named else {
        return enums;
    };
    let members: Vec<DeclaredMember> = sections
        .all()
        .filter(|(role, _)| matches!(role, Role::Members | Role::Introduction | Role::Properties))
        .flat_map(|(role, section)| members(role, section, diagnostics))
        .collect();
    if members.is_empty() {
        if enums.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::EnumWithoutMembers,
                    name.span,
                    format!("the page of the enum `{}` lists no members", name.value),
                )
                .help("add a table `Member|Value|Description` below \"Members\""),
            );
        }
        return enums;
    }
    let introduction = || sections.with(&[Role::Introduction]);
    let description =
        introduction().filter_map(|section| prose::first_paragraph(&section.blocks)).find_map(prose::described);
    let is_flags = introduction().flat_map(|section| &section.blocks).find_map(says_flags);
    enums.push(DeclaredEnum {
        name: name.map(|name| qualify(&name, info)),
        file: info.file,
        source: EnumSource::Page,
        description,
        members,
        is_flags,
    });
    enums
}

/// The enums that a page's `### x values` sections describe. `types` are those of the page.
pub(crate) fn of_sections(
    sections: &Sections<'_, '_>,
    info: &PageInfo,
    types: &[DeclaredType],
    diagnostics: &mut Diagnostics,
) -> Vec<DeclaredEnum> {
    let mut enums: Vec<DeclaredEnum> = Vec::new();
    for (role, section) in sections.all() {
        let Role::Values(name) = role else { continue };
        let name = name.trim_matches(['`', '*', '"']);
        if !super::type_expr::is_type_name(name) {
            continue;
        }
        let mut problems = Diagnostics::default();
        let members = members(role, section, &mut problems);
        let Some(heading) = &section.heading else { continue };
        if super::sections::misspells_values(&heading.text.plain()) {
            let meant = format!("{name} values");
            diagnostics.push(misspelt_heading(&heading.text, &meant));
        }
        let left_out = problems.iter().filter(|problem| problem.code == Code::RowWithoutName).count();
        if left_out > 2 {
            // Such values are texts like "North America Letter", so they are values of a string.
            if types.iter().flat_map(|ty| &ty.properties).any(|property| is_text_called(property, name)) {
                continue;
            }
            diagnostics.push(lists_texts(name, left_out, heading.text.span));
            continue;
        }
        diagnostics.append(problems);
        if members.is_empty() {
            continue;
        }
        let name = qualify(name, info);
        let is_same = |known: &&DeclaredEnum| {
            let lists =
                |member: &DeclaredMember| known.members.iter().any(|other| other.name.value == member.name.value);
            known.name.value == name && members.iter().all(lists)
        };
        if let Some(known) = enums.iter().find(is_same) {
            diagnostics.push(repeated(members.len(), heading.text.span, known.name.span));
            continue;
        }
        enums.push(DeclaredEnum {
            name: At::new(name, heading.text.span),
            file: info.file,
            source: EnumSource::Section,
            description: prose::first_paragraph(&section.blocks).and_then(prose::described),
            members,
            is_flags: section.blocks.iter().find_map(says_flags),
        });
    }
    enums
}

fn misspelt_heading(heading: &Text<'_>, meant: &str) -> Diagnostic {
    let message = format!("the heading `{}` is not known{}", heading.plain(), hint(Some(meant)));
    Diagnostic::new(Code::HeadingMisspelt, heading.span, message)
        .label(format!("read as `{meant}`"))
        .help("correct the heading")
}

fn lists_texts(name: &str, count: usize, place: Span) -> Diagnostic {
    let message = format!("{count} values of `{name}` cannot be members, so the section describes no enum");
    Diagnostic::new(Code::EnumWithoutMembers, place, message)
        .label("lists texts, not names")
        .help("give each member's name, such as `northAmericaLetter`, if this is an enum")
}

fn repeated(count: usize, place: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::PropertyRepeated, place, format!("all {count} members of this section are listed above"))
        .label("again here")
        .also(first, "first listed here")
        .help("remove one of the two sections")
}

/// Returns true for a property of this name that is a text by its row.
fn is_text_called(property: &DeclaredProperty, name: &str) -> bool {
    let ty = property.table_type.as_ref().map(|ty| &ty.value.item);
    property.name.value.eq_ignore_ascii_case(name) && ty == Some(&TypeItem::Primitive(Primitive::String))
}

fn qualify(name: &str, info: &PageInfo) -> QualifiedName {
    QualifiedName::parse(name).unwrap_or_else(|| {
        QualifiedName::new(info.namespace.as_ref().map(|namespace| namespace.value.clone()).unwrap_or_default(), name)
    })
}

/// The name of the enum in a title: `x enum type`, `x enumeration`, `x values`, `x resource type`
/// (on an enum page), `x`.
fn title_enum(title: &str) -> Option<&str> {
    let mut words = prose::without_remark(title).split_whitespace();
    let name = words.next()?.trim_matches(['`', '*']);
    let known = words.all(|word| {
        let word = bare(word).to_ascii_lowercase();
        matches!(word.as_str(), "enum" | "enumeration" | "type" | "values" | "resource" | "complex" | "deprecated" | "")
    });
    (known && super::type_expr::is_type_name(name) && !name.eq_ignore_ascii_case("enum")).then_some(name)
}

/// The name in the title of a page that is one of an enum by its front matter, if only the words
/// behind it are misspelt: `x enm type`.
fn misspelt_title<'t>(title: &'t At<String>, diagnostics: &mut Diagnostics) -> Option<&'t str> {
    let (name, rest) = title.value.split_once(' ')?;
    let name = Some(name.trim_matches(['`', '*'])).filter(|name| super::type_expr::is_type_name(name))?;
    let usual = "enum type";
    if strsim::damerau_levenshtein(&rest.to_ascii_lowercase(), usual) > 2 {
        return None;
    }
    let message = format!("the title `{}` does not say what the page describes", title.value);
    diagnostics.push(
        Diagnostic::new(Code::HeadingMisspelt, title.span, message)
            .label(format!("read as `{name} {usual}`"))
            .help("correct the title"),
    );
    Some(name)
}

/// Returns the place of a paragraph that says that members can be combined.
fn says_flags(block: &Block<'_>) -> Option<At<bool>> {
    let Block::Paragraph(text) = block else { return None };
    let lower = text.plain().to_ascii_lowercase();
    // In the row of a property, these phrases would describe the values of something else.
    let flags = values::says_flags(&Haystack::new(&lower))
        || ["bit mask", "bitmask", "can be combined"].iter().any(|phrase| lower.contains(phrase));
    flags.then(|| At::new(true, text.span))
}

/// The members of a section's tables and lists.
fn members(role: &Role, section: &Section<'_>, diagnostics: &mut Diagnostics) -> Vec<DeclaredMember> {
    let mut members: Vec<DeclaredMember> = Vec::new();
    let lists_members = matches!(role, Role::Members | Role::Values(_));
    for block in &section.blocks {
        match block {
            Block::Table(table) => table_members(table, lists_members, &mut members, diagnostics),
            Block::List(items) if members.is_empty() && *role != Role::Introduction => {
                // A list of members: each item begins with its name in code or bold.
                for item in items {
                    if let Some(name) = item.pieces.first().and_then(|piece| match &piece.kind {
                        PieceKind::Code(code) => Some(At::new(code.trim().to_owned(), piece.span)),
                        PieceKind::Plain(text) if piece.strong => Some(At::new(text.trim().to_owned(), piece.span)),
                        _ => None,
                    }) && rows::is_member_name(&name.value)
                    {
                        members.push(DeclaredMember::named(name));
                    }
                }
            }
            _ => {}
        }
    }
    members
}

/// Reads the members of a table, if its header says that it lists members. A table below "Members"
/// or "x values" does, whatever its header says.
fn table_members(
    table: &Table<'_>,
    lists_members: bool,
    members: &mut Vec<DeclaredMember>,
    diagnostics: &mut Diagnostics,
) {
    let stated = Columns { others: Vec::new(), ..Columns::of(table) };
    let is_unclear = match stated.is_member_table() {
        true => stated.hold_numbers(table),
        false => lists_members && stated.ty.is_none() && !stated.is_method_table(),
    };
    let guessed = Columns::guess_members(table).filter(|_| is_unclear);
    if guessed.is_some() {
        diagnostics.push(header_unclear(table, "Member|Value|Description"));
    } else if !(stated.is_member_table() || lists_members && stated.says_nothing()) {
        return;
    }
    let columns = guessed.unwrap_or(stated);
    let number = |cell: &Text<'_>| cell.plain().trim().parse().ok();
    let holds = |cell: Option<&Text<'_>>| cell.is_some_and(|cell| number(cell).is_some());
    let has_numbers =
        columns.value.is_some_and(|column| table.rows.iter().filter(|row| holds(row.cells.get(column))).count() > 1);
    columns.report_misspelt(table, diagnostics);
    for mut cells in rows::read(table, &columns, Lists::Members, &[], diagnostics) {
        let name = &cells.name;
        if let Some(known) = members.iter().find(|known| known.name.value == name.value) {
            diagnostics.push(
                Diagnostic::new(
                    Code::PropertyRepeated,
                    name.span,
                    format!("the member `{}` is listed twice", name.value),
                )
                .label("again here")
                .also(known.name.span, "first listed here"),
            );
            continue;
        }
        let value_cell = cells.type_cell;
        let value = value_cell.and_then(number);
        if let Some(cell) = value_cell.filter(|cell| has_numbers && value.is_none() && !cell.is_empty()) {
            diagnostics.push(
                Diagnostic::new(
                    Code::RowMalformed,
                    cell.span,
                    format!("the value of `{}` is no number, as those of other members are", name.value),
                )
                .help("write the number by which the service knows the member"),
            );
        }
        if value.is_none() && cells.described.is_none_or(Text::is_empty) {
            // `Member|Value` where the "value" is a remark.
            cells.described = value_cell;
        }
        let stated = cells.described.and_then(|said| facts::of(said).deprecation);
        members.push(DeclaredMember {
            value,
            description: cells.description(diagnostics),
            deprecation: stated.or_else(|| cells.marked_deprecated()),
            name: cells.name,
        });
    }
}
