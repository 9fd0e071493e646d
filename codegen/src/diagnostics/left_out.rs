//! The problems of pages that were not read at all.

use super::{Code, Diagnostic};
use crate::source::{self, FileId, LeftOut, Span};

impl Diagnostic {
    /// The problem of a page that was not read.
    pub(crate) fn left_out(file: FileId, reason: LeftOut) -> Self {
        let at = Span::start_of(file);
        match reason {
            LeftOut::NotUtf8 { valid, line, column } => {
                let message =
                    format!("not UTF-8 at line {line}, column {column} (byte {valid}); the page was not read");
                Diagnostic::new(Code::NotUtf8, at, message).help("save it as UTF-8")
            }
            LeftOut::Unreadable(kind) => {
                Diagnostic::new(Code::Unreadable, at, format!("the page could not be read: {kind}"))
                    .help("let it be read, or remove it")
            }
            LeftOut::TooLarge => {
                let message = format!("larger than {} MiB; the page was not read", source::LIMIT >> 20);
                Diagnostic::new(Code::TooLarge, at, message)
            }
        }
    }
}
