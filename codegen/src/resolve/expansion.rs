//! The result of [`container`](super::container): the requests that follow from the entity
//! containers of the metadata. Without metadata it is empty.

use crate::model::{HttpMethod, Segment};
use crate::schema::{DeclaredOperation, DocumentedOperation};

/// The requests of a container.
#[derive(Debug, Default)]
pub(super) struct Expansion<'s> {
    pub(super) operations: Vec<DocumentedOperation>,
    /// The requests that the metadata forbids at a path. Other paths of the same type may allow
    /// them.
    pub(super) forbidden: Vec<(Vec<Segment>, HttpMethod)>,
    /// The actions and functions that no path leads to.
    #[cfg_attr(not(feature = "metadata"), expect(dead_code, reason = "there are none without metadata"))]
    pub(super) uncalled: Vec<&'s DeclaredOperation>,
}
