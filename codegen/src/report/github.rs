//! Diagnostics as [workflow
//! commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions) of
//! GitHub: a runner shows each at its line of the page.

use super::Positions;
use crate::diagnostics::{Diagnostic, Severity};

/// The command for a problem, without a final line break.
///
/// `title` is the code. Columns are left out if the place has several lines, because GitHub does
/// not accept them there. The labels of secondary places and the help follow the message on
/// separate lines. `relative` makes a path relative to the repository, as GitHub expects it.
pub fn render(diagnostic: &Diagnostic, positions: &Positions<'_>, relative: impl Fn(&str) -> String) -> String {
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = positions.place(diagnostic.primary.span);
    let mut message = diagnostic.message.clone();
    if !diagnostic.primary.text.is_empty() {
        message += &format!("\nhere: {}", diagnostic.primary.text);
    }
    for label in &diagnostic.secondary {
        let second = positions.place(label.span);
        message += &format!("\n{}:{}:{}: {}", relative(second.path), second.line, second.column, label.text);
    }
    if let Some(help) = &diagnostic.help {
        message += &format!("\nhelp: {help}");
    }
    let columns = if place.line == place.end_line {
        format!(",col={},endColumn={}", place.column, place.end_column)
    } else {
        String::new()
    };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}",
        property(&relative(place.path)),
        place.line,
        place.end_line,
        property(diagnostic.code.name()),
        data(&message),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
