//! Permission tables: one row a permission type, or one column a permission type and one row a
//! case.
//!
//! A column "from least to most privileged" is read as its least permission and the higher ones;
//! since 2024 these are two columns.

use super::parameters::headings;
use super::{Part, PartKind};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::page::{Cell, Table};
use crate::schema::operation::{Permission, PermissionKind};
use crate::vocabulary::Column;

pub(super) fn read(parts: &[Part<'_, '_>], diagnostics: &mut Diagnostics) -> Vec<Permission> {
    let mut permissions = Vec::new();
    for part in parts {
        if matches!(part.kind, PartKind::Body | PartKind::Response | PartKind::Example | PartKind::Parameters(_)) {
            continue;
        }
        let subject = part
            .heading()
            .map(|heading| heading.plain())
            .filter(|heading| !matches!(heading.to_ascii_lowercase().as_str(), "permissions" | "prerequisites"));
        for table in part.tables() {
            if headings(table)
                .first()
                .is_some_and(|first| Column::PermissionType.headings().iter().any(|heading| first.contains(heading)))
            {
                let subject = subject.as_deref().filter(|_| part.kind == PartKind::Permissions);
                rows(table, subject, &mut permissions, diagnostics);
            } else if part.kind == PartKind::Permissions {
                matrix(table, &mut permissions, diagnostics);
            }
        }
    }
    permissions
}

/// What a column of permissions holds.
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

/// One row a permission type.
fn rows(table: &Table<'_>, subject: Option<&str>, permissions: &mut Vec<Permission>, diagnostics: &mut Diagnostics) {
    let columns: Vec<Privileges> = headings(table).iter().map(|heading| column(heading)).collect();
    let mut last: Option<PermissionKind> = None;
    for row in &table.rows {
        let Some(first) = row.cells.first() else {
            continue;
        };
        let name = first.plain();
        if name.is_empty() && row.cells.iter().all(Cell::is_empty) {
            continue;
        }
        // Below "Delegated" with nothing beside it, rows such as "App" divide it by case.
        let known = kind(&name);
        let (kind, subject) = match (&known, &last) {
            (None, Some(last)) if !name.is_empty() => (last.clone(), Some(name.as_str())),
            (None, _) => (PermissionKind::Other(name.clone()), subject),
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
        for (cell, column) in row.cells.iter().zip(&columns).skip(1) {
            let names = names(cell, diagnostics);
            match column {
                Privileges::Ascending => permission.ascending(names),
                Privileges::Descending => permission.ascending(names.into_iter().rev().collect()),
                Privileges::Least => permission.least.extend(names),
                Privileges::Higher => permission.higher.extend(names),
                Privileges::Remark => {}
            }
        }
        permissions.push(permission);
    }
}

impl Permission {
    fn ascending(&mut self, names: Vec<String>) {
        let mut names = names.into_iter();
        if self.least.is_empty() {
            self.least.extend(names.next());
        }
        self.higher.extend(names);
    }
}

/// One column a permission type, one row a case.
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
                    subject: subject.clone(),
                    least: Vec::new(),
                    higher: Vec::new(),
                    span: cell.span,
                };
                permission.ascending(names(cell, diagnostics));
                permissions.push(permission);
            }
        }
    }
}

fn kind(text: &str) -> Option<PermissionKind> {
    let lower = text.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    if lower.starts_with("delegated") {
        Some(if lower.contains("personal") { PermissionKind::DelegatedPersonal } else { PermissionKind::DelegatedWork })
    } else if lower.starts_with("application") {
        Some(PermissionKind::Application)
    } else {
        None
    }
}

/// The permissions that a cell names, in its order, once each.
fn names(cell: &Cell<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let text = cell.plain();
    let mut names: Vec<String> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))) {
        let word = word.trim_matches(['.', '-', '_']);
        if is_permission(word) && !names.iter().any(|known| known == word) {
            names.push(word.to_owned());
        }
    }
    if names.is_empty() && !says_none(&text) {
        diagnostics.push(
            Diagnostic::new(Code::PermissionUnclear, cell.span, format!("`{text}` names no permission"))
                .help("list permissions such as `User.Read`, or write \"Not supported\""),
        );
    }
    names
}

/// `User.Read.All`, `offline_access`.
fn is_permission(word: &str) -> bool {
    let dotted = word.contains('.')
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.split('.').all(|part| !part.is_empty());
    dotted || matches!(word, "openid" | "email" | "profile" | "offline_access")
}

fn says_none(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.starts_with("not ")
        || bare.starts_with("none")
        || matches!(bare, "n/a" | "no" | "unsupported")
}
