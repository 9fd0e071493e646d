//! Lines of the generated tests, as long as they come.

/// The text of a file.
#[derive(Default)]
pub(crate) struct Text {
    text: String,
}

impl Text {
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// Appends lines that are laid out already.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one line; `level` counts indents of four blanks.
    pub(crate) fn line(&mut self, level: usize, line: &str) {
        for _ in 0..level {
            self.text.push_str("    ");
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A string literal. Everything that does not print is escaped.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}
