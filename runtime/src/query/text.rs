//! Texts of query options whose literals are not written yet, because their form depends on the
//! service.

use crate::Literal;
use crate::protocol::{InLists, Protocol};

/// The value of a query option, or a part of one, before the service's [`Protocol`] decides the
/// form of its literals and before it is percent-encoded. It is made of a text, a number, a Boolean
/// or a [`Literal`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Plain(String),
    Literal(Literal),
    /// The condition that a value is one of several.
    In {
        operand: Text,
        values: Vec<Literal>,
    },
    /// The reason why the option cannot be written.
    Defect(Box<str>),
}

impl Text {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a text unchanged.
    pub(crate) fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Plain(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Part::Plain(text.to_owned())),
        }
    }

    /// Adds the reason why the option cannot be written.
    pub(crate) fn push_defect(&mut self, why: impl Into<Box<str>>) {
        self.0.push(Part::Defect(why.into()));
    }

    pub(crate) fn append(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Plain(text) => self.push(&text),
                part => self.0.push(part),
            }
        }
    }

    /// Begins an element of a list that is separated by commas.
    pub(crate) fn begin_element(&mut self) {
        if !self.is_empty() {
            self.push(",");
        }
    }

    /// The same text in parentheses.
    pub(crate) fn parenthesised(self) -> Self {
        let mut text = Self::from("(");
        text.append(self);
        text.push(")");
        text
    }

    /// `operand in (1,2)`, or the equivalent with `or`.
    pub(crate) fn one_of(operand: Self, values: Vec<Literal>) -> Self {
        Self(vec![Part::In { operand, values }])
    }

    /// An estimate of the number of bytes in a URL.
    pub(crate) fn capacity(&self) -> usize {
        let of = |part: &Part| match part {
            Part::Plain(text) => text.len() + text.len() / 2,
            _ => 32,
        };
        self.0.iter().map(of).sum()
    }

    /// Writes the text for a service. A literal that is not valid is written in quotes and is
    /// returned as an error.
    pub(crate) fn render(&self, protocol: &Protocol, out: &mut String) -> Result<(), Box<str>> {
        let mut defect = None;
        let mut literal = |literal: &Literal, out: &mut String| match literal.text(protocol) {
            Ok(text) => out.push_str(&text),
            Err(invalid) => {
                out.push_str(&literal.to_string());
                defect.get_or_insert_with(|| invalid.to_string().into_boxed_str());
            }
        };
        let mut nested = None;
        for part in &self.0 {
            match part {
                Part::Plain(text) => out.push_str(text),
                Part::Literal(value) => literal(value, out),
                Part::In { operand, values } => {
                    let written_out = protocol.in_list_form() == InLists::WrittenOut;
                    let mut written = String::new();
                    if let Err(why) = operand.render(protocol, &mut written) {
                        nested.get_or_insert(why);
                    }
                    let (prefix, separator) = match written_out {
                        true => (format!("{written} eq "), " or "),
                        false => (String::new(), ","),
                    };
                    if !written_out {
                        out.push_str(&written);
                        out.push_str(" in ");
                    }
                    out.push('(');
                    for (position, value) in values.iter().enumerate() {
                        out.push_str(if position > 0 { separator } else { "" });
                        out.push_str(&prefix);
                        literal(value, out);
                    }
                    out.push(')');
                }
                Part::Defect(why) => {
                    nested.get_or_insert(why.clone());
                }
            }
        }
        match defect.or(nested) {
            Some(why) => Err(why),
            None => Ok(()),
        }
    }

    /// The text for a service with the default [`Protocol`].
    pub(super) fn neutral(&self) -> String {
        let mut text = String::new();
        // The error is ignored, because the text is only shown and not sent.
        let _ = self.render(&Protocol::new(), &mut text);
        text
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Part::Plain(text)])
    }
}

impl From<Literal> for Text {
    fn from(literal: Literal) -> Self {
        Self(vec![Part::Literal(literal)])
    }
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl From<$type> for Text {
            fn from(value: $type) -> Self {
                Self::from(value.to_string())
            }
        }
    )*};
}

plain!(&str &String bool i32 i64 u32 u64 f64);
