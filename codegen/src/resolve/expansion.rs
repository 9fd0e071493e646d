//! The result of [`container`](super::container): the requests that follow from the entity
//! containers of the metadata. Without metadata it is empty.

use std::ops::Deref;

use crate::model::{HttpMethod, Segment};
use crate::schema::{DeclaredOperation, DocumentedOperation, Schema};

/// The requests of a container.
#[derive(Debug, Default)]
pub(super) struct Expansion<'s> {
    pub(super) requests: Vec<Offered>,
    /// The requests that the metadata forbids at a path. Other paths of the same type may allow
    /// them.
    pub(super) forbidden: Vec<(Vec<Segment>, HttpMethod)>,
    /// The actions and functions that no path leads to.
    #[cfg_attr(not(feature = "metadata"), expect(dead_code, reason = "there are none without metadata"))]
    pub(super) uncalled: Vec<&'s DeclaredOperation>,
}

/// A request that follows from an entity container.
#[derive(Debug)]
pub(super) struct Offered {
    pub(super) addressed: Addressed,
    pub(super) operation: DocumentedOperation,
}

/// What the path of a request stands for, as the metadata states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Addressed {
    /// A resource: an entity set, a singleton, a navigation property, a stream, an entity, or what
    /// a function returns and further segments may follow.
    Resource,
    /// An action or a function.
    Operation,
}

/// A request that a page describes, or that follows from an entity container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Described<'s> {
    pub(super) operation: &'s DocumentedOperation,
    /// `None` if a page describes it.
    pub(super) addressed: Option<Addressed>,
}

impl Deref for Described<'_> {
    type Target = DocumentedOperation;

    fn deref(&self) -> &DocumentedOperation {
        self.operation
    }
}

impl Described<'_> {
    pub(super) fn is_of_metadata(&self) -> bool {
        self.addressed.is_some()
    }
}

/// All requests: first those of the pages, and then those of the containers.
pub(super) fn all<'s>(schema: &'s Schema, expansion: &'s Expansion<'_>) -> Vec<Described<'s>> {
    let of_pages = schema.operations.iter().map(|operation| Described { operation, addressed: None });
    let offered = expansion
        .requests
        .iter()
        .map(|offered| Described { operation: &offered.operation, addressed: Some(offered.addressed) });
    of_pages.chain(offered).collect()
}
