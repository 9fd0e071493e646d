//! A run that later ones go by as long as nothing but the wording of descriptions changes on the pages.

use super::Record;
use super::pages::Pages;
use super::rewording::Rewording;
use crate::emit::Placed;
use crate::model::Model;
use crate::pipeline;
use crate::source::SourceMap;

/// The last run that resolved its pages.
#[derive(serde::Deserialize)]
pub(crate) struct Base {
    /// Hash of the options and of the pages' paths.
    #[expect(dead_code, reason = "it is compared before all of this is read")]
    key: u128,
    /// The hashes of its pages.
    pages: Vec<u128>,
    /// The files that hold a unit each.
    pub(crate) placed: Vec<Placed>,
    /// What it made of the pages.
    pub(crate) model: Model,
    /// What else there is to know of it.
    pub(crate) run: Record,
}

/// The same, to be kept.
#[derive(serde::Serialize)]
pub(crate) struct NewBase<'a> {
    pub(crate) key: u128,
    pub(crate) pages: &'a [u128],
    pub(crate) placed: &'a [Placed],
    pub(crate) model: &'a Model,
    pub(crate) run: &'a Record,
}

impl Base {
    /// How the pages, whose hashes these are, differ from its own; `known` is what it read on those. `None` where more than descriptions do.
    pub(crate) fn rewording(&self, sources: &SourceMap, hashes: &[u128], known: &Pages) -> Option<Rewording> {
        let mut rewording = Rewording::default();
        for ((file, _), (old, new)) in sources.files().zip(self.pages.iter().zip(hashes)) {
            if old != new {
                rewording.add(file, &known.get(*old, file)?, &pipeline::read_page(sources, file))?;
            }
        }
        Some(rewording)
    }
}
