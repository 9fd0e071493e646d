//! Paths of properties in conditions.

use super::Text;

/// The maximum number of steps in a path.
const DEPTH: usize = 8;

/// A path from an item to a value, through properties and casts. It is small enough to be `Copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    /// The nesting depth of the lambda expression whose variable the path begins with; 0 if it does
    /// not begin with a variable.
    variable: u8,
    length: u8,
    names: [&'static str; DEPTH],
}

impl Steps {
    /// The path of the item itself, at this depth of lambda expressions.
    pub(super) const fn item(variable: u8) -> Self {
        Self { variable, length: 0, names: [""; DEPTH] }
    }

    /// Adds a step to the path.
    pub(super) const fn then(mut self, name: &'static str) -> Self {
        if (self.length as usize) < DEPTH {
            self.names[self.length as usize] = name;
        }
        self.length = self.length.saturating_add(1);
        self
    }

    /// The path of the variable of a lambda expression on this collection.
    pub(super) const fn lambda(self) -> Self {
        Self::item(self.variable.saturating_add(1))
    }

    /// The path as it is written in a URL.
    pub(super) fn text(self) -> Text {
        let mut path = self.variable();
        for name in self.names.iter().take(self.length.into()) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
        }
        let mut text = Text::from(path);
        if usize::from(self.length) > DEPTH {
            text.push_defect(format!("the path to a value has more than {DEPTH} steps: give the condition as a text"));
        }
        text
    }

    /// `x`, `y`, `z`, `x3`, …
    pub(super) fn variable(self) -> String {
        match self.variable {
            0 => String::new(),
            depth => match ["x", "y", "z"].get(usize::from(depth) - 1) {
                Some(name) => (*name).to_owned(),
                None => format!("x{}", depth - 1),
            },
        }
    }
}
