//! What [`container`](super::container) makes of the metadata: the requests of a container. Without
//! metadata it is empty.

use std::collections::BTreeSet;

use crate::model::Segment;
use crate::schema::{DeclaredOperation, DocumentedOperation};

/// The requests of a container.
#[derive(Debug, Default)]
pub(super) struct Expansion<'s> {
    pub(super) operations: Vec<DocumentedOperation>,
    /// Paths that need a builder of their own, because they support less than others of their type.
    pub(super) apart: Vec<Vec<Segment>>,
    /// The names, in lower case, of collections whose keys have several parts.
    pub(super) composite: BTreeSet<String>,
    /// The actions and functions that no path leads to.
    #[cfg_attr(not(feature = "metadata"), expect(dead_code, reason = "there are none without metadata"))]
    pub(super) uncalled: Vec<&'s DeclaredOperation>,
}
