//! A run that later ones go by as long as nothing but the wording of descriptions changes on the pages.

use super::Record;
use super::pages::Pages;
use super::rewording::Rewording;
use crate::emit::Placed;
use crate::model::Model;
use crate::pipeline;
use crate::source::SourceMap;

/// The last run that resolved its pages, as it was kept: all but its pages' hashes is read when it is asked for.
pub(crate) struct KeptBase {
    /// The hashes of its pages.
    pages: Vec<u128>,
    bytes: Vec<u8>,
    /// Where the rest begins in them.
    rest: usize,
}

/// What that run made of the pages.
#[derive(serde::Deserialize)]
pub(crate) struct Base {
    /// The files that hold a unit each.
    pub(crate) placed: Vec<Placed>,
    /// What it made of the pages.
    pub(crate) model: Model,
    /// What else there is to know of it.
    pub(crate) run: Record,
}

/// Both, to be kept. The fields stand in the order in which they are read.
#[derive(serde::Serialize)]
pub(crate) struct NewBase<'a> {
    pub(crate) key: u128,
    pub(crate) pages: &'a [u128],
    pub(crate) placed: &'a [Placed],
    pub(crate) model: &'a Model,
    pub(crate) run: &'a Record,
}

impl KeptBase {
    /// Takes a file's content apart, if it has this key.
    pub(super) fn of(bytes: Vec<u8>, key: u128) -> Option<Self> {
        let (found, rest) = postcard::take_from_bytes::<u128>(&bytes).ok()?;
        if found != key {
            return None;
        }
        let (pages, rest) = postcard::take_from_bytes(rest).ok()?;
        let rest = bytes.len() - rest.len();
        Some(KeptBase { pages, bytes, rest })
    }

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

    /// The rest of it.
    pub(crate) fn open(&self) -> Option<Base> {
        postcard::from_bytes(&self.bytes[self.rest..]).ok()
    }
}
