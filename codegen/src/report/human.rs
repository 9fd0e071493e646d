//! Writes diagnostics for a terminal in the style of rustc: the line of the page with the place
//! underlined, secondary places, and help.
//!
//! A table row often has 500 columns, so only the surroundings of the place are shown of a long
//! line. A place with several lines is underlined in its first line.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Location, Positions};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::source::Span;

mod excerpt;

use excerpt::Excerpt;

/// Renders diagnostics for a terminal.
#[derive(Clone, Debug)]
pub struct Human {
    renderer: Renderer,
    width: usize,
}

impl Human {
    /// Creates a renderer for a terminal of `width` columns, with or without colours.
    pub fn new(colour: bool, width: usize) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let width = width.max(60);
        // The width without the line numbers and the ellipses.
        Human { renderer: renderer.term_width(width - 12), width }
    }

    /// The text for a problem, without a final line break.
    pub fn render(&self, diagnostic: &Diagnostic, positions: &Positions<'_>) -> String {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
        let primary = &diagnostic.primary;
        let (near, far): (Vec<_>, Vec<_>) =
            diagnostic.secondary.iter().partition(|label| self.fits_beside(primary, label, positions));
        let mut group = Group::with_title(title).element(self.snippet(primary, &near, positions));
        for label in far {
            group = group.element(self.snippet(label, &[], positions));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        self.renderer.render(&[group])
    }

    /// Returns true if both places fit into one excerpt of the terminal's width.
    fn fits_beside(&self, primary: &Label, other: &Label, positions: &Positions<'_>) -> bool {
        let (one, two) = (positions.place(primary.span), positions.place(other.span));
        let right = |place: &Location<'_>| {
            if place.line == place.end_line { place.end_column } else { place.column }
        };
        primary.span.file == other.span.file
            && one.line.abs_diff(two.line) < 1_000
            && right(&one).max(right(&two)) - one.column.min(two.column) < self.width / 2
    }

    /// The snippet with the place of `primary`, and `others` near it.
    fn snippet<'d>(
        &self,
        primary: &'d Label,
        others: &[&'d Label],
        positions: &Positions<'d>,
    ) -> Snippet<'d, Annotation<'d>> {
        let labels: Vec<&Label> = std::iter::once(primary).chain(others.iter().copied()).collect();
        let spans: Vec<Span> = labels.iter().map(|label| label.span).collect();
        let excerpt = Excerpt::new(&spans, positions, self.width);
        let mut snippet =
            Snippet::source(excerpt.text).line_start(excerpt.first_line).path(positions.place(primary.span).path);
        for (index, (label, range)) in labels.into_iter().zip(excerpt.ranges).enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
            snippet = snippet.annotation(kind.span(range).label(text));
        }
        snippet
    }
}
