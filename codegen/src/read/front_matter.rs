//! Reads the few keys of the front matter that matter here. A misspelt key or kind of page is read
//! as what is meant, and reported.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{is_slip, read_as, slip_of};
use crate::page::Page;
use crate::source::At;

/// The kinds of pages, by their `doc_type`.
const KINDS: [&str; 5] = ["resourcePageType", "apiPageType", "enumPageType", "enumTypes", "conceptualPageType"];

/// A key that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Title,
    Description,
    DocType,
}

impl Key {
    const ALL: [Key; 3] = [Key::Title, Key::Description, Key::DocType];

    fn name(self) -> &'static str {
        match self {
            Key::Title => "title",
            Key::Description => "description",
            Key::DocType => "doc_type",
        }
    }
}

/// The value of a key, or of one that is a misspelling of it.
pub(super) fn value<'p>(page: &'p Page<'_>, key: Key) -> Option<&'p At<String>> {
    page.front_matter(key.name()).or_else(|| misspelt(page, key).map(|(_, value)| value))
}

/// The kind of page that the front matter says, in lower case.
pub(super) fn doc_type(page: &Page<'_>) -> Option<String> {
    let said = value(page, Key::DocType)?.value.trim();
    Some(kind_meant(said).as_deref().unwrap_or(said).to_ascii_lowercase())
}

/// The kind of page that a `doc_type` is, or is a misspelling of.
fn kind_meant(said: &str) -> Option<String> {
    // Nearly all pages spell the kind right, and comparing it with each kind takes time.
    let spelled = KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(said)).map(str::to_owned);
    spelled.or_else(|| slip_of(said, KINDS.into_iter().map(str::to_owned)))
}

fn misspelt<'p>(page: &'p Page<'_>, key: Key) -> Option<&'p (String, At<String>)> {
    let is_missing = page.front_matter(key.name()).is_none();
    page.front_matter.iter().find(|(name, _)| is_missing && is_slip(name, key.name()))
}

/// Reports misspelt keys and kinds of pages.
pub(super) fn check(page: &Page<'_>, diagnostics: &mut Diagnostics) {
    for key in Key::ALL {
        if let Some((name, value)) = misspelt(page, key) {
            diagnostics.push(
                Diagnostic::new(
                    Code::FrontMatterMisspelt,
                    value.span,
                    format!("the front matter has the key `{name}`, which means nothing"),
                )
                .label(read_as(key.name()))
                .help("correct the key"),
            );
        }
    }
    let Some(said) = value(page, Key::DocType) else { return };
    if let Some(meant) = kind_meant(said.value.trim()).filter(|meant| !meant.eq_ignore_ascii_case(said.value.trim())) {
        diagnostics.push(
            Diagnostic::new(
                Code::FrontMatterMisspelt,
                said.span,
                format!("`{}` is no kind of page", said.value.trim()),
            )
            .label(read_as(&meant))
            .help("correct the value")
            .fix(said.span, meant.clone()),
        );
    }
}
