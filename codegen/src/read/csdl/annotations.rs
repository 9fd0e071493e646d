//! The annotations of one element, and their values (CSDL 4.01, 14).

use super::element::Element;
use crate::source::{At, Span};

/// The annotations of an element by the full names of their terms.
pub(super) struct Annotations<'e> {
    terms: Vec<(String, &'e Element)>,
}

impl<'e> Annotations<'e> {
    pub(super) fn new(terms: Vec<(String, &'e Element)>) -> Self {
        Annotations { terms }
    }

    /// The value of a term. An annotation without an expression has the term's default value, which
    /// is `true` for all terms that are looked up here.
    pub(super) fn get(&self, term: &str) -> Option<Expression<'e>> {
        let found = self.terms.iter().find(|(known, _)| known == term);
        found.map(|(_, annotation)| Expression::of(annotation))
    }

    /// Returns the place of a boolean term if its value is `true`.
    pub(super) fn holds(&self, term: &str) -> Option<Span> {
        self.get(term).filter(|value| value.flag() == Some(true)).map(|value| value.span)
    }

    /// The value of a boolean term.
    pub(super) fn flag(&self, term: &str) -> Option<At<bool>> {
        let value = self.get(term)?;
        Some(At::new(value.flag()?, value.span))
    }

    /// The text of a term.
    pub(super) fn text(&self, term: &str) -> Option<At<String>> {
        let value = self.get(term)?;
        value.text().map(|text| At::new(text.to_owned(), value.span))
    }
}

/// The value of an annotation or of a record's property.
#[derive(Clone, Copy)]
pub(super) struct Expression<'e> {
    kind: Kind<'e>,
    pub(super) span: Span,
}

#[derive(Clone, Copy)]
enum Kind<'e> {
    /// There is no expression, so the default value applies.
    Nothing,
    /// A constant, a path or an enum's members, as written.
    Text(&'e str),
    /// A record or a collection.
    Nested(&'e Element),
}

/// The attributes that hold constant expressions and paths (14.3 and 14.4.1).
const CONSTANTS: [&str; 20] = [
    "String",
    "Bool",
    "Int",
    "Float",
    "Decimal",
    "EnumMember",
    "Path",
    "PropertyPath",
    "NavigationPropertyPath",
    "AnnotationPath",
    "ModelElementPath",
    "Date",
    "DateTimeOffset",
    "Duration",
    "Guid",
    "TimeOfDay",
    "Binary",
    "UrlRef",
    "LabeledElementReference",
    "AnyPropertyPath",
];

impl<'e> Expression<'e> {
    /// The value of an `Annotation` or a `PropertyValue`.
    fn of(element: &'e Element) -> Self {
        let constant = element.attributes.iter().find(|(name, _)| CONSTANTS.contains(&name.as_str()));
        if let Some((_, value)) = constant {
            return Expression { kind: Kind::Text(&value.value), span: value.span };
        }
        match element.children.iter().find(|child| child.name != "Annotation") {
            Some(child) => Expression::constant(child),
            None => Expression { kind: Kind::Nothing, span: element.span },
        }
    }

    fn constant(element: &'e Element) -> Self {
        let kind = match element.name.as_str() {
            "Record" | "Collection" => Kind::Nested(element),
            "Null" => Kind::Nothing,
            _ => Kind::Text(&element.text),
        };
        Expression { kind, span: element.span }
    }

    pub(super) fn text(self) -> Option<&'e str> {
        match self.kind {
            Kind::Text(text) => Some(text),
            Kind::Nothing | Kind::Nested(_) => None,
        }
    }

    /// The value as a boolean. Without an expression it is `true`.
    pub(super) fn flag(self) -> Option<bool> {
        match self.kind {
            Kind::Nothing => Some(true),
            Kind::Text("true" | "1") => Some(true),
            Kind::Text("false" | "0") => Some(false),
            Kind::Text(_) | Kind::Nested(_) => None,
        }
    }

    /// The names of enum members, of which flags have several: `Org.OData.Core.V1.Permission/Read`
    /// in XML, `Read` in JSON.
    pub(super) fn members(self) -> Vec<&'e str> {
        let text = self.text().unwrap_or_default();
        let names = text.split([' ', ',']).filter(|name| !name.is_empty());
        names.map(|name| name.rsplit('/').next().unwrap_or(name)).collect()
    }

    /// The items of a collection. A single value is a collection of one.
    pub(super) fn items(self) -> Vec<Expression<'e>> {
        match self.kind {
            Kind::Nested(element) if element.name == "Collection" => {
                element.children.iter().filter(|child| child.name != "Annotation").map(Expression::constant).collect()
            }
            Kind::Nothing => Vec::new(),
            Kind::Nested(_) | Kind::Text(_) => vec![self],
        }
    }

    /// A property of a record.
    pub(super) fn get(self, property: &str) -> Option<Expression<'e>> {
        let Kind::Nested(record) = self.kind else { return None };
        let mut properties = record.children_named("PropertyValue");
        let is_called = |value: &&Element| value.attribute("Property").is_some_and(|name| name.value == property);
        properties.find(is_called).map(Expression::of)
    }

    /// A boolean property of a record.
    pub(super) fn flag_of(self, property: &str) -> Option<bool> {
        self.get(property)?.flag()
    }

    /// A property of a record as text.
    pub(super) fn text_of(self, property: &str) -> Option<&'e str> {
        self.get(property)?.text()
    }
}
