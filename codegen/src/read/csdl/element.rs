//! The elements of a document, whichever the format: named and nested as in CSDL XML.

use crate::source::{At, Span};

/// An element of CSDL XML, or what a member of CSDL JSON would be there.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, At<String>)>,
    pub(super) children: Vec<Element>,
    /// The text in it, trimmed.
    pub(super) text: String,
    /// Its start tag, or the member's key.
    pub(super) span: Span,
}

impl Element {
    pub(super) fn new(name: impl Into<String>, span: Span) -> Self {
        Element { name: name.into(), attributes: Vec::new(), children: Vec::new(), text: String::new(), span }
    }

    /// The same with an attribute more.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>, span: Span) -> Self {
        self.attributes.push((name.to_owned(), At::new(value.into(), span)));
        self
    }

    /// An attribute that has a value.
    pub(super) fn attribute(&self, name: &str) -> Option<&At<String>> {
        let found = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        found.filter(|value| !value.value.is_empty())
    }

    /// What an attribute that is `true` or `false` says. `None` where it is not there.
    pub(super) fn flag(&self, name: &str) -> Option<At<bool>> {
        let value = self.attribute(name)?;
        Some(At::new(matches!(value.value.trim(), "true" | "1"), value.span))
    }

    /// Whether an attribute says `true`.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.flag(name).is_some_and(|flag| flag.value)
    }

    pub(super) fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}
