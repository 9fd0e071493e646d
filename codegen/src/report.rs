//! Output of diagnostics for people and tools. Stages collect problems as values; this module
//! writes them as text.
//!
//! | form | for |
//! | --- | --- |
//! | [`line`](fn@line) | one line a problem: cargo's warnings, logs |
//! | [`human`] | a terminal: rustc's look, the page's own text underlined (feature `cli`) |
//! | [`json`] | tools: one object a line (feature `export`) |
//! | [`github`] | annotations in a GitHub workflow |
//! | [`sarif`] | code scanning: one document of SARIF 2.1.0 (feature `export`) |
//!
//! All of them are pure functions of the problems.

pub mod github;
#[cfg(feature = "cli")]
pub mod human;
#[cfg(feature = "export")]
pub mod json;
mod positions;
#[cfg(feature = "export")]
pub mod sarif;
mod summary;
#[cfg(test)]
mod tests;

pub use positions::{Location, Positions};
pub use summary::{Counts, Summary};

use crate::diagnostics::{Diagnostic, Severity};

impl Severity {
    /// The name of the severity in every form of output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A problem in one line: `docs/user.md:12:4: a property row has no type [type-missing]`.
///
/// Control characters are escaped, so that it is always one line.
pub fn line(diagnostic: &Diagnostic, positions: &Positions<'_>) -> String {
    let place = positions.place(diagnostic.primary.span);
    let mut text = printable(&format!(
        "{}:{}:{}: {} [{}]",
        place.path,
        place.line,
        place.column,
        diagnostic.message,
        diagnostic.code.name()
    ));
    if let Some(help) = &diagnostic.help {
        text.push_str("; help: ");
        text.push_str(&printable(help));
    }
    text
}

/// Escapes characters that could end a line or control a terminal.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                out.extend(c.escape_unicode())
            }
            c => out.push(c),
        }
    }
    out
}
