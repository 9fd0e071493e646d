//! Names the Cargo features of the roots of the service's URLs, each after the function that leads
//! there: `device-management`.

use std::collections::BTreeSet;

use crate::model::features::{ALL, SHARED};
use crate::model::requests::{RequestTree, Step};

/// Features that a crate has for other reasons.
const TAKEN: &[&str] = &["default", ALL, SHARED, "reqwest", "tower", "blocking", "oauth"];

/// Names the features of all steps of the first builder.
pub(super) fn assign(tree: &mut RequestTree) {
    let Some(first) = tree.builders.first_mut() else { return };
    let plain = |step: &Step| step.rust_name.trim_start_matches("r#").replace('_', "-");
    let mut used: BTreeSet<String> = first.steps.iter().map(plain).collect();
    for step in &mut first.steps {
        let mut name = plain(step);
        if TAKEN.contains(&name.as_str()) {
            while TAKEN.contains(&name.as_str()) || used.contains(&name) {
                name += "-requests";
            }
            used.insert(name.clone());
        }
        step.feature = Some(name);
    }
}
