//! Problems of the pages, as values. Stages collect them; faces print them.
//!
//! The page of [`Code`] lists every kind of problem with its severity, what it means and how to
//! mend it; `edmark lint --explain CODE` shows the same.

mod code;

pub use code::{Code, Lesson};

use crate::source::Span;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost; the page could be clearer.
    Note,
    /// A fact was doubted, repaired or left out.
    Warning,
    /// A page, a type or a method is missing from the output.
    Error,
}

/// A place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands there; may be empty.
    pub text: String,
}

/// The one right mend of a problem: what stands at a place is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Fix {
    /// The place.
    pub span: Span,
    /// What is to stand there; may be empty.
    pub text: String,
}

/// One problem of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostic {
    /// What kind of problem it is; gives the severity.
    pub code: Code,
    /// The problem in one line, in terms of the page.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Places that disagree with the primary one, or explain it.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The page or file that is not among the inputs, where that is the problem: its link, as
    /// written.
    pub absent: Option<String>,
    /// Its mend, where there is exactly one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at `span`.
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

    /// Says what stands at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says that a page or file is not among the inputs.
    #[must_use]
    pub fn absent(mut self, link: impl Into<String>) -> Self {
        self.absent = Some(link.into());
        self
    }

    /// Gives the one right mend: `text` in the place of what stands at `span`.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }

    /// The severity of its code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The problems of a run or of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds what there is.
    pub(crate) fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.items.extend(found);
    }

    /// Takes out those that `is_kept` does not hold of.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(is_kept);
    }

    /// Adds all of another stage or page.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.items.append(&mut other.items);
    }

    /// In the order of their places; the same for any order of discovery.
    pub fn sort(&mut self) {
        self.items.sort_by(|a, b| (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message)));
        self.items.dedup();
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// All places that they name.
    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> {
        let labels = self.items.iter().flat_map(|problem| std::iter::once(&problem.primary).chain(&problem.secondary));
        labels.map(|label| label.span)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
