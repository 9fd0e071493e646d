//! Problems of the pages, as values. Stages collect them; the command and the build script show
//! them.
//!
//! The documentation of [`Code`] lists every kind of problem with its severity, its meaning and its
//! remedy; `edmark lint --explain CODE` shows the same.

mod code;
mod left_out;

pub use code::{Code, Lesson};

use crate::ordered;
use crate::source::Span;

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but the page could be clearer.
    Note,
    /// A fact is doubtful, or was repaired or left out.
    Warning,
    /// A page, a type or a method is missing from the output.
    Error,
}

/// A place in a source, with a text about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A description of the place; may be empty.
    pub text: String,
}

/// The only correct fix of a problem: the text at a place is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Fix {
    /// The place.
    pub span: Span,
    /// The new text; may be empty.
    pub text: String,
}

/// One problem of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostic {
    /// The kind of problem, which determines the severity.
    pub code: Code,
    /// A description of the problem in one line, in terms of the page.
    pub message: String,
    /// The place of the problem.
    pub primary: Label,
    /// Places that contradict the primary one, or explain it.
    pub secondary: Vec<Label>,
    /// Advice on how to fix it.
    pub help: Option<String>,
    /// If the problem is that a linked page or file is not among the inputs: the link, as it was
    /// written.
    pub absent: Option<String>,
    /// The fix, if there is exactly one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Creates a problem at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
            absent: None,
            fix: None,
        }
    }

    /// Sets the description of the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Sets the advice on how to fix it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Sets the link to a page or file that is not among the inputs.
    #[must_use]
    pub fn absent(mut self, link: impl Into<String>) -> Self {
        self.absent = Some(link.into());
        self
    }

    /// Sets the only correct fix: `text` replaces the text at `span`.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }

    /// The severity of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// All places that it names.
    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> {
        std::iter::once(&self.primary).chain(&self.secondary).map(|label| label.span)
    }
}

/// The problems of a run or of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds what there is.
    pub(crate) fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(found);
    }

    /// Changes all, and takes out those that `is_kept` does not hold of.
    pub(crate) fn retain_mut(&mut self, is_kept: impl FnMut(&mut Diagnostic) -> bool) {
        self.items.retain_mut(is_kept);
    }

    /// Takes out those that `is_kept` does not hold of.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(is_kept);
    }

    /// Adds all of another stage or page.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.items.append(&mut other.items);
    }

    /// Sorts the problems by place and removes duplicates, so that the result does not depend on
    /// the order of discovery.
    pub fn sort(&mut self) {
        ordered::sort_by(&mut self.items, |a, b| {
            (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message))
        });
        self.items.dedup();
    }

    /// Iterates over the problems.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if there are no problems.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
