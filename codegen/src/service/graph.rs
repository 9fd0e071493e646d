//! The built-in profile of Microsoft Graph, for whose pages edmark was made first.

use super::{Absent, BatchUrls, KeySyntax, Protocol, Service};
use crate::ordered;

/// The namespace that identifies it.
const NAMESPACE: &str = "microsoft.graph";

/// The profile of Microsoft Graph, if one of the namespaces is its own or is below it.
pub(super) fn of<'n>(mut namespaces: impl Iterator<Item = &'n str>) -> Option<Service> {
    let is_graph = |namespace: &str| {
        let start = namespace.get(..NAMESPACE.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(NAMESPACE))
            && matches!(namespace.as_bytes().get(NAMESPACE.len()), None | Some(b'.'))
    };
    namespaces.any(is_graph).then(profile)
}

/// The facts about Microsoft Graph.
pub(crate) fn profile() -> Service {
    Service {
        name: Some("Graph".to_owned()),
        namespace: Some(NAMESPACE.to_owned()),
        // The pages show if they describe the version v1.0 or beta.
        root: None,
        keys: Some(KeySyntax::Segments),
        site: Some("https://learn.microsoft.com".to_owned()),
        pages: ordered::map([
            ("resources".to_owned(), "https://learn.microsoft.com/graph/api/resources/{page}".to_owned()),
            ("api".to_owned(), "https://learn.microsoft.com/graph/api/{page}".to_owned()),
        ]),
        singletons: ordered::map([("me".to_owned(), "user".to_owned())]),
        variable: Some("graph".to_owned()),
        absent: Some(Absent::NotFound),
        delta: Some("delta".to_owned()),
        content: Some("content".to_owned()),
        protocol: Protocol {
            batch_urls: Some(BatchUrls::Slash),
            // It reads and writes numbers with all of their digits.
            exact_numbers: Some(false),
            consistency: Some("ConsistencyLevel: eventual".to_owned()),
            ..Protocol::default()
        },
    }
}
