//! The Cargo features of a crate: one for each root of the service's URLs, so that a program pays
//! for the part of a large service that it uses.
//!
//! An item that only one root reaches is gated by that root's feature. Types that several roots
//! reach are always compiled, requests that several reach when one of these roots is enabled; an
//! item that none reaches comes with all of them. So every item has at most one feature, and
//! whatever an item names is compiled when the item is.

#[cfg(feature = "package")]
mod reach;

use std::collections::BTreeMap;

use super::Layout;
use crate::model::Model;
#[cfg(feature = "package")]
pub(crate) use crate::model::features::{ALL, SHARED};
use crate::model::requests::Step;

/// Which features a crate has, and what each of them gates.
#[derive(Default)]
pub(crate) struct Features {
    /// One for each root; empty if the crate has no such features.
    pub(crate) roots: Vec<RootFeature>,
    /// The crate's name in code: `graph_sample`. None for modules of another crate, in which the
    /// examples of the documentation could not be compiled.
    pub(crate) crate_name: Option<String>,
    /// The feature that gates a private module, by its module and file.
    units: BTreeMap<(Vec<String>, String), String>,
}

/// The feature of a root.
pub(crate) struct RootFeature {
    /// The feature's name: `device-management`.
    pub(crate) name: String,
    /// True if the root leads to requests that other roots lead to as well.
    #[cfg(feature = "package")]
    pub(crate) is_sharing: bool,
}

impl Features {
    /// Only a crate has a manifest to declare features in.
    #[cfg_attr(not(feature = "package"), expect(unused_variables, reason = "no layout is a crate's"))]
    pub(crate) fn of(model: &Model, layout: &Layout) -> Self {
        match layout {
            #[cfg(feature = "package")]
            Layout::Crate { name, .. } => {
                Features { crate_name: Some(name.replace('-', "_")), ..reach::features(model) }
            }
            _ => Features::default(),
        }
    }

    /// The feature that a private module needs.
    pub(crate) fn of_unit(&self, module: &[String], file: &str) -> Option<&str> {
        // Most runs have no features, and this is asked for every unit.
        if self.units.is_empty() {
            return None;
        }
        self.units.get(&(module.to_vec(), file.to_owned())).map(String::as_str)
    }

    /// The feature that a function of the first builder needs.
    pub(crate) fn of_step<'s>(&self, step: &'s Step) -> Option<&'s str> {
        let name = step.feature.as_deref()?;
        self.roots.iter().any(|root| root.name == name).then_some(name)
    }
}
