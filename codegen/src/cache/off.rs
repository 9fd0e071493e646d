//! No cache: the feature is off.

use std::path::PathBuf;

use super::Record;
use crate::diagnostics::Diagnostics;
use crate::schema::Schema;
use crate::source::FileId;

/// There is none.
pub(crate) enum Cache {}

impl Cache {
    pub(crate) fn at(_folder: PathBuf) -> Option<Self> {
        None
    }

    pub(crate) fn pages(&self) -> Pages {
        match *self {}
    }

    pub(crate) fn keep_pages(&self, _pages: &Pages, _kept: &[Kept]) {
        match *self {}
    }

    pub(crate) fn run(&self, _key: u128) -> Option<Record> {
        match *self {}
    }

    pub(crate) fn keep_run(&self, _record: &Record) {
        match *self {}
    }
}

/// No page is known.
#[derive(Default)]
pub(crate) struct Pages {}

/// Nothing is kept.
pub(crate) struct Kept;

impl Pages {
    pub(crate) fn get_or_read(
        &self,
        _hash: Option<u128>,
        _file: FileId,
        read: impl FnOnce() -> (Schema, Diagnostics),
    ) -> (Schema, Diagnostics, Option<Kept>) {
        let (schema, diagnostics) = read();
        (schema, diagnostics, None)
    }
}
