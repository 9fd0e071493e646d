//! What an edit of descriptions changes in all that was made of a page.

use std::collections::HashMap;

use super::pages::Reading;
use crate::diagnostics::Diagnostics;
use crate::model::Model;
use crate::schema::Description;
use crate::source::outline::Outline;
use crate::source::{FileId, Span};

/// How pages differ from an earlier version, in nothing but the wording of descriptions and where things stand.
#[derive(Default)]
pub(crate) struct Rewording {
    pages: HashMap<FileId, Page>,
}

#[derive(Default)]
struct Page {
    /// Offsets, from old to new.
    offsets: HashMap<u32, u32>,
    /// Descriptions, by where and what they were.
    descriptions: HashMap<(Span, String), Description<()>>,
}

impl Rewording {
    /// Compares what was read on a page with what it says now. `None` where more has changed.
    pub(crate) fn add(&mut self, file: FileId, old: &Reading, new: &Reading) -> Option<()> {
        let (old, new) = (Outline::of(old)?, Outline::of(new)?);
        if old.content != new.content {
            return None;
        }
        let mut page = Page::default();
        // A span or a text that occurs twice leads to one place only.
        let mut agree = true;
        for (old, new) in old.places.iter().zip(&new.places) {
            for (old, new) in [(old.start, new.start), (old.end, new.end)] {
                agree &= *page.offsets.entry(old).or_insert(new) == new;
            }
        }
        for (old, new) in old.descriptions.into_iter().zip(new.descriptions) {
            for (old, new) in [(old.span.start, new.span.start), (old.span.end, new.span.end)] {
                agree &= *page.offsets.entry(old).or_insert(new) == new;
            }
            let known = page.descriptions.entry((old.span, old.text().to_owned()));
            agree &= *known.or_insert_with(|| new.clone()) == new;
        }
        self.pages.insert(file, page);
        agree.then_some(())
    }

    /// Gives a model of the old pages the descriptions of the new ones.
    pub(crate) fn describe(&self, model: &mut Model) {
        for description in model.descriptions_mut() {
            let Some(page) = self.pages.get(&description.span.file) else { continue };
            // Otherwise it was made of something else on the page, which has not changed.
            if let Some(new) = page.descriptions.get(&(description.span, description.text().to_owned())) {
                *description = new.with_links(description.links().to_vec());
            }
        }
    }

    /// Moves problems to where they are now. `None` where one lies in a place that nothing says more of.
    pub(crate) fn relocate(&self, diagnostics: &mut Diagnostics) -> Option<()> {
        diagnostics.spans_mut().try_for_each(|span| {
            if let Some(page) = self.pages.get(&span.file) {
                span.start = *page.offsets.get(&span.start)?;
                span.end = *page.offsets.get(&span.end)?;
            }
            Some(())
        })
    }
}
