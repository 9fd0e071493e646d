//! Reads permission tables. A table has one row for each permission type; or one column for each
//! permission type, and one row for each case.
//!
//! A column "from least to most privileged" is split into the least permission and the higher ones;
//! since 2024, pages have two columns instead.

use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{is_slip, read_as};
use crate::page::{Cell, PieceKind, Row, Table, Text};
use crate::phrases::find;
use crate::read::rows::{header_unclear, headings};
use crate::schema::operation::{Grant, Permission, PermissionKind};
use crate::vocabulary::{self, Column, Topic};

pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Vec<Permission> {
    let mut permissions = Vec::new();
    for part in parts {
        if matches!(part.kind, PartKind::Body | PartKind::Response | PartKind::Example | PartKind::Parameters(_)) {
            continue;
        }
        let subject = || part.heading().map(Text::plain).filter(|heading| !says_permissions(heading));
        for table in part.tables() {
            let is_headed = headings(table)
                .first()
                .is_some_and(|first| Column::PermissionType.headings().iter().any(|heading| first.contains(heading)));
            let is_unclear = !is_headed && part.kind == PartKind::Permissions && begins_with_kinds(table);
            if is_unclear {
                diagnostics.push(header_unclear(table, "Permission type|Permissions (from least to most privileged)"));
            }
            if is_headed || is_unclear {
                let subject = if part.kind == PartKind::Permissions { subject() } else { None };
                let together = part.texts().iter().any(|text| asks_for_all(&text.plain()));
                rows(table, subject.as_deref(), together, &mut permissions, diagnostics);
            } else if part.kind == PartKind::Permissions {
                matrix(table, &mut permissions, diagnostics);
            }
        }
    }
    permissions
}

/// Returns true for the heading of the section, with a slip in it or without.
fn says_permissions(heading: &str) -> bool {
    matches!(heading.to_ascii_lowercase().as_str(), "permissions" | "prerequisites")
        || Topic::on_api_page(heading).is_none() && Topic::nearly_on_api_page(heading) == Some(Topic::Permissions)
}

/// Returns true if the first cells of a table are types of permissions.
fn begins_with_kinds(table: &Table<'_>) -> bool {
    let mut first = table.rows.iter().filter_map(|row| row.cells.first());
    table.rows.len() > 1 && table.header.len() > 1 && first.all(|cell| kind(&cell.plain()).is_some())
}

/// The permissions that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Privileges {
    Ascending,
    Descending,
    Least,
    Higher,
    Remark,
}

fn column(heading: &str) -> Privileges {
    let privileged = heading.contains("privileged");
    if heading.contains("most to least") {
        Privileges::Descending
    } else if heading.contains("least to most") || heading == "permission" || heading == "permissions" {
        Privileges::Ascending
    } else if privileged && heading.starts_with("least") {
        Privileges::Least
    } else if privileged && (heading.starts_with("higher") || heading.starts_with("more")) {
        Privileges::Higher
    } else if heading.contains("permission") {
        Privileges::Ascending
    } else {
        Privileges::Remark
    }
}

/// Returns true if the sentence before a table says that all of the least privileged permissions of
/// a row are needed together.
fn asks_for_all(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let all = ["all of the", "all the", "all of these", "both of the", "both the"];
    all.iter().any(|all| {
        let behind = find(&lower, all).map_or("", |at| &lower[at + all.len()..]);
        let mut words = behind.split_whitespace().map(vocabulary::bare);
        let named = words.find(|word| !matches!(*word, "following" | "least" | "privileged" | "listed"));
        named == Some("permissions")
    })
}

/// Reads a table with one row for each permission type. With `together`, all of the least
/// privileged permissions are needed.
fn rows(
    table: &Table<'_>,
    subject: Option<&str>,
    together: bool,
    permissions: &mut Vec<Permission>,
    diagnostics: &mut Diagnostics,
) {
    let mut columns: Vec<Privileges> = headings(table).iter().map(|heading| column(heading)).collect();
    if columns.iter().skip(1).all(|column| *column == Privileges::Remark)
        && let Some(second) = columns.get_mut(1)
    {
        *second = Privileges::Ascending;
    }
    let mut last: Option<PermissionKind> = None;
    for row in &table.rows {
        let Some(cells) = cells(row, columns.len(), diagnostics) else { continue };
        let name = cells[0].plain();
        // Below a row "Delegated" without permissions, rows such as "App" state them for each case.
        let known = kind(&name).or_else(|| misspelt_kind(cells[0], diagnostics));
        let (kind, subject) = match (&known, &last) {
            (None, Some(last)) if !name.is_empty() => (last.clone(), Some(&*name)),
            (None, _) => (PermissionKind::Other(name.to_string()), subject),
            (Some(known), _) => (known.clone(), subject),
        };
        if known.is_some() {
            last = known;
        }
        let mut permission = Permission {
            kind,
            subject: subject.map(str::to_owned),
            least: Vec::new(),
            higher: Vec::new(),
            span: row.span,
        };
        for (cell, column) in cells.iter().zip(&columns).skip(1) {
            let mut grants = || grants(cell, diagnostics);
            match column {
                Privileges::Ascending => permission.ascending(grants()),
                Privileges::Descending => permission.ascending(grants().into_iter().rev().collect()),
                Privileges::Least if together => {
                    let names = grants().into_iter().flat_map(|grant| grant.permissions().to_vec());
                    permission.least.extend(Some(Grant::all_of(names)).filter(|grant| !grant.permissions().is_empty()));
                }
                Privileges::Least => permission.least.extend(grants()),
                Privileges::Higher => permission.higher.extend(grants()),
                Privileges::Remark => {}
            }
        }
        permissions.push(permission);
    }
}

/// The cells of a row, in the columns that they belong to. `None` for an empty row.
fn cells<'r, 'p>(row: &'r Row<'p>, columns: usize, diagnostics: &mut Diagnostics) -> Option<Vec<&'r Cell<'p>>> {
    let mut cells: Vec<&Cell<'p>> = row.cells.iter().collect();
    let kind_of = |cell: Option<&&Cell<'p>>| cell.and_then(|cell| kind(&cell.plain()));
    let filled = cells.iter().rposition(|cell| !cell.is_empty())? + 1;
    let (message, label, help) = match (cells.len(), filled) {
        _ if kind_of(cells.first()).is_none() && kind_of(cells.get(1)).is_some() => {
            let is_shifted = cells[0].is_empty() && cells.len() > columns;
            if is_shifted {
                cells.remove(0);
                (
                    "the row is shifted by one column",
                    "its first cell is empty",
                    "remove the pipe at the row's beginning",
                )
            } else {
                cells.swap(0, 1);
                ("two cells of this row stand in each other's place", "read the other way round", "swap the two cells")
            }
        }
        (1, _) if columns > 1 => (
            "this row of the permissions has one cell",
            "its permissions cannot be told from its type",
            "set a pipe between the type and the permissions",
        ),
        (_, filled) if filled > columns => (
            "this row of the permissions has more cells than its header",
            "what is beyond the header's columns was left out",
            "remove the pipe that is too many",
        ),
        _ => return Some(cells),
    };
    diagnostics.push(Diagnostic::new(Code::RowMalformed, row.span, message).label(label).help(help));
    Some(cells)
}

/// The type of permissions whose name has a slip.
fn misspelt_kind(cell: &Cell<'_>, diagnostics: &mut Diagnostics) -> Option<PermissionKind> {
    let plain = cell.plain();
    let word = plain.split_whitespace().next()?;
    let meant = ["Delegated", "Application"].into_iter().find(|meant| is_slip(word, meant))?;
    diagnostics.push(
        Diagnostic::new(Code::PermissionUnclear, cell.span, format!("`{plain}` is no type of permissions"))
            .label(read_as(meant))
            .help("correct the word"),
    );
    kind(&plain.replacen(word, meant, 1))
}

impl Permission {
    fn ascending(&mut self, grants: Vec<Grant>) {
        let mut grants = grants.into_iter();
        if self.least.is_empty() {
            self.least.extend(grants.next());
        }
        self.higher.extend(grants);
    }
}

/// Reads a table with one column for each permission type and one row for each case.
fn matrix(table: &Table<'_>, permissions: &mut Vec<Permission>, diagnostics: &mut Diagnostics) {
    let kinds: Vec<Option<PermissionKind>> = table.header.iter().map(|cell| kind(&cell.plain())).collect();
    if kinds.iter().all(Option::is_none) {
        return;
    }
    for row in &table.rows {
        let subject = row.cells.first().map(|cell| cell.plain()).filter(|text| !text.is_empty());
        for (cell, kind) in row.cells.iter().zip(&kinds) {
            if let Some(kind) = kind {
                let mut permission = Permission {
                    kind: kind.clone(),
                    subject: subject.as_deref().map(str::to_owned),
                    least: Vec::new(),
                    higher: Vec::new(),
                    span: cell.span,
                };
                permission.ascending(grants(cell, diagnostics));
                permissions.push(permission);
            }
        }
    }
}

fn kind(text: &str) -> Option<PermissionKind> {
    let lower = vocabulary::bare(text).to_ascii_lowercase();
    if lower.starts_with("delegated") {
        Some(if lower.contains("personal") { PermissionKind::DelegatedPersonal } else { PermissionKind::DelegatedWork })
    } else if lower.starts_with("application") {
        Some(PermissionKind::Application)
    } else {
        None
    }
}

/// The grants that a cell lists, in order and without repetitions.
///
/// "and" combines two permissions. "plus" combines everything before it with everything after it.
/// All other separators stand between alternatives. The last "and" of a list with three or more
/// members, after a comma, only ends the list.
fn grants(cell: &Cell<'_>, diagnostics: &mut Diagnostics) -> Vec<Grant> {
    let text = cell.plain();
    let mut sides: Vec<Vec<Grant>> = vec![Vec::new()];
    let mut count = 0;
    let mut between = String::new();
    for word in text.split_inclusive(|c: char| !is_of_name(c)) {
        let (name, mark) = match word.char_indices().next_back() {
            Some((at, last)) if !is_of_name(last) => (&word[..at], &word[at..]),
            _ => (word, ""),
        };
        let trimmed = name.trim_matches(['.', '-', '_']);
        if !is_permission(trimmed) {
            between.push_str(word);
            continue;
        }
        count += 1;
        let ties = Tie::of(&between, count);
        if ties == Tie::Plus {
            sides.push(Vec::new());
        }
        let side = sides.last_mut().expect("there is always one");
        match side.last_mut() {
            Some(last) if ties == Tie::And => last.add(trimmed.to_owned()),
            _ => side.push(Grant::one(trimmed)),
        }
        // A dot after the name ends a sentence.
        let end = name.trim_end_matches(['-', '_']);
        between.clear();
        between.push_str(if end.ends_with('.') { "." } else { "" });
        between.push_str(mark);
    }
    // The page that the cell links to lists them.
    let refers =
        cell.pieces.iter().any(|piece| matches!(&piece.kind, PieceKind::Link { target, .. } if leads_to_page(target)));
    if count == 0 && !refers && !says_none(&text) {
        diagnostics.push(
            Diagnostic::new(Code::PermissionUnclear, cell.span, format!("`{text}` names no permission"))
                .help("list permissions such as `User.Read`, or write \"Not supported\""),
        );
    }
    let mut grants: Vec<Grant> = Vec::new();
    for grant in sides.into_iter().reduce(|one, other| product(&one, &other)).unwrap_or_default() {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    grants
}

/// Combines each grant of one list with each grant of another.
fn product(one: &[Grant], other: &[Grant]) -> Vec<Grant> {
    let both = |first: &Grant| {
        let first = first.permissions().to_vec();
        other.iter().map(move |second| Grant::all_of(first.iter().chain(second.permissions()).cloned()))
    };
    one.iter().flat_map(both).collect()
}

/// The relation of a permission to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// Either of them is enough.
    Or,
    /// Both of them are needed.
    And,
    /// It is needed in addition to any of the permissions before it.
    Plus,
}

impl Tie {
    /// The relation that the text between two permissions states. The second one is the `count`th.
    fn of(between: &str, count: usize) -> Self {
        let comma = between.contains(',');
        let words = between.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '&'));
        let words: Vec<String> = words
            .map(|word| word.trim_matches(|c| !char::is_ascii(&c)).to_ascii_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        match words.iter().map(String::as_str).collect::<Vec<&str>>().as_slice() {
            ["and" | "&"] | ["and", "also"] if !between.contains('.') && (!comma || count == 2) => Tie::And,
            ["plus" | "+"] | ["plus", "either"] if !between.contains('.') => Tie::Plus,
            _ => Tie::Or,
        }
    }
}

/// Returns true if a character can be part of the name of a permission.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Returns true for `User.Read.All`, `agreement.Read`, `offline_access`. Some part between dots
/// begins with a capital, unlike in `graph.contoso.com`.
fn is_permission(word: &str) -> bool {
    let mut parts = word.split('.');
    let dotted = word.contains('.')
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && parts.clone().all(|part| !part.is_empty())
        && parts.any(|part| part.starts_with(|c: char| c.is_ascii_uppercase()));
    dotted || matches!(word, "openid" | "email" | "profile" | "offline_access")
}

/// Returns true if a link leads to another page of the reference.
fn leads_to_page(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    path.ends_with(".md") && !path.contains("://")
}

fn says_none(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let bare = vocabulary::bare(&lower);
    bare.is_empty()
        || bare.starts_with("not ")
        || bare.starts_with("none")
        || matches!(bare, "n/a" | "no" | "unsupported")
}
