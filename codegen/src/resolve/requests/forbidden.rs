//! Finds the paths at which the metadata forbids a call that other paths of the same builder have,
//! for the documentation of the call.

use crate::hashing::HashMap;

use super::builders::Builders;
use super::classes::ClassId;
use super::trie::Edge;
use crate::model::{HttpMethod, Segment};
use crate::ordered;

/// The paths without a call, by the builder and the call.
#[derive(Default)]
pub(super) struct Forbidden {
    requests: HashMap<(ClassId, HttpMethod), Vec<String>>,
    steps: HashMap<(ClassId, Edge), Vec<String>>,
}

impl Forbidden {
    /// `paths` are those of the metadata, with the method of the request that is forbidden.
    pub(super) fn new(builders: &Builders<'_, '_>, paths: &[(Vec<Segment>, HttpMethod)]) -> Self {
        let mut found = Forbidden::default();
        let trie = builders.places.trie;
        for (path, http) in paths {
            let Some((last, before)) = path.split_last() else { continue };
            if let Some(node) = trie.find(path) {
                let call = (builders.classes.of(node), *http);
                found.requests.entry(call).or_default().push(builders.path(node));
            } else if let (Some(node), Segment::Literal(name)) = (trie.find(before), last) {
                // Nothing is allowed at this path or below it.
                let step = (builders.classes.of(node), Edge::Name(name.to_ascii_lowercase()));
                found.steps.entry(step).or_default().push(format!("{}/{name}", builders.path(node)));
            }
        }
        let lists = found.requests.values_mut().chain(found.steps.values_mut());
        for paths in lists {
            ordered::sort_by(paths, |a, b| (a.len(), a).cmp(&(b.len(), b)));
            paths.dedup();
        }
        found
    }

    /// The paths of a builder where it does not have the request of a method to its own path.
    pub(super) fn request(&self, class: ClassId, http: HttpMethod) -> Vec<String> {
        self.requests.get(&(class, http)).cloned().unwrap_or_default()
    }

    /// The paths to which a step of a builder does not lead.
    pub(super) fn step(&self, class: ClassId, edge: &Edge) -> Vec<String> {
        self.steps.get(&(class, edge.clone())).cloned().unwrap_or_default()
    }
}
