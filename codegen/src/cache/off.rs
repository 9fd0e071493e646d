//! No cache: the feature is off.

use std::path::PathBuf;

use super::Record;
use crate::diagnostics::Diagnostics;
use crate::emit::Placed;
use crate::model::Model;
use crate::schema::Schema;
use crate::source::{FileId, SourceMap};

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

    pub(crate) fn keep_base(&self, _base: &NewBase<'_>) {
        match *self {}
    }

    pub(crate) fn keep_run(&self, _record: &Record) {
        match *self {}
    }
}

/// What was read on a page.
pub(crate) struct Reading {
    schema: Schema,
    diagnostics: Diagnostics,
}

impl Reading {
    pub(crate) fn new(_sources: &SourceMap, (schema, diagnostics): (Schema, Diagnostics)) -> Self {
        Reading { schema, diagnostics }
    }
}

/// No run is gone by.
#[expect(dead_code, reason = "nobody writes it down")]
pub(crate) struct NewBase<'a> {
    pub(crate) key: u128,
    pub(crate) pages: &'a [u128],
    pub(crate) placed: &'a [Placed],
    pub(crate) model: &'a Model,
    pub(crate) run: &'a Record,
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
        read: impl FnOnce() -> Reading,
    ) -> (Schema, Diagnostics, Option<Kept>) {
        let Reading { schema, diagnostics } = read();
        (schema, diagnostics, None)
    }
}
