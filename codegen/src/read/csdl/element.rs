//! The elements of a document. CSDL XML and CSDL JSON both become the elements of CSDL XML.

use crate::source::{At, Span};

/// An element of CSDL XML, or the equivalent of a member of CSDL JSON.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, At<String>)>,
    pub(super) children: Vec<Element>,
    /// The text in it, trimmed.
    pub(super) text: String,
    /// The place of the start tag, or of the member's key.
    pub(super) span: Span,
}

impl Element {
    pub(super) fn new(name: impl Into<String>, span: Span) -> Self {
        Element { name: name.into(), attributes: Vec::new(), children: Vec::new(), text: String::new(), span }
    }

    /// Returns the element with one more attribute.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>, span: Span) -> Self {
        self.attributes.push((name.to_owned(), At::new(value.into(), span)));
        self
    }

    /// An attribute, if it is present and not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&At<String>> {
        let found = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        found.filter(|value| !value.value.is_empty())
    }

    /// The value of a boolean attribute; `None` if it is missing.
    pub(super) fn flag(&self, name: &str) -> Option<At<bool>> {
        let value = self.attribute(name)?;
        Some(At::new(matches!(value.value.trim(), "true" | "1"), value.span))
    }

    /// Returns true if a boolean attribute is `true`.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.flag(name).is_some_and(|flag| flag.value)
    }

    pub(super) fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}
