//! The root of a service: the address that all its requests begin with.

use std::collections::BTreeMap;

use crate::schema::Schema;

/// The root that most examples show: `https://graph.microsoft.com/v1.0`; `None` where no example
/// has a whole URL.
pub(super) fn shown(schema: &Schema) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let requests = schema
        .operations
        .iter()
        .flat_map(|operation| &operation.examples)
        .filter_map(|example| example.request.as_ref());
    for request in requests {
        let Some((scheme, rest)) = request.url.value.split_once("://") else { continue };
        let mut parts = rest.split(['/', '?']);
        if let (Some(host), Some(version)) = (parts.next(), parts.next())
            && is_version(version)
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
        {
            let url = format!("{}://{}/{version}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
            *counts.entry(url).or_default() += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(url, _)| url)
}

/// `v1.0`, `beta`
pub(crate) fn is_version(text: &str) -> bool {
    text == "beta" || text.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}
