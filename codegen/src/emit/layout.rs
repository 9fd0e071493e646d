//! Where everything stands: a module a namespace, a private module (a file) a type, its types
//! exported beside it.
//!
//! The text of a type is the same in every layout; only how the modules are put together differs.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::units::{Unit, stable_hash};
use super::{Layout, Options, code, deprecation, doc, print};
use crate::file_set::{Draft, MARKER, Owned};
use crate::model::{Model, Module};
use crate::parallel;

/// Where a type's name is longer than this, rustfmt breaks lines in places that the printer does
/// not know.
const LONG_NAME: usize = 64;

/// A module with everything in it.
#[derive(Default, Hash)]
struct Node<'a> {
    holds: Holds<'a>,
    /// A type of a module below that is exported here, too.
    entry: Option<String>,
    children: BTreeMap<&'a str, Node<'a>>,
    units: BTreeMap<&'a str, &'a Unit>,
}

/// What a module is there for.
#[derive(Default, Hash)]
enum Holds<'a> {
    #[default]
    Modules,
    Namespace(&'a str),
    Requests,
}

/// Where files of earlier runs are looked for.
pub(crate) fn owned(options: &Options) -> Owned {
    match &options.layout {
        #[cfg(feature = "package")]
        Layout::Crate { .. } => Owned::Below(vec!["src".to_owned(), "tests".to_owned()]),
        Layout::Modules => Owned::Below(vec![String::new()]),
        Layout::SingleFile { .. } => Owned::Listed,
    }
}

/// Puts the units together.
pub(crate) fn drafts<'u>(model: &'u Model, units: &'u [Unit], options: &Options) -> Vec<Draft<'u>> {
    let mut root = Node::default();
    // A namespace that only other crates have types of has no module here.
    let has_units = |module: &Module| module.path.is_empty() || units.iter().any(|unit| unit.module == module.path);
    for module in model.modules.iter().filter(|module| has_units(module)) {
        root.descend(&module.path).holds = Holds::Namespace(&module.namespace);
    }
    let tree = &model.requests;
    if let Some(entry) = tree.builders.first() {
        let path = format!("{}::{}", tree.module, entry.rust_name);
        root.children.entry(&tree.module).or_default().holds = Holds::Requests;
        root.entry = Some(path).filter(|_| tree.is_entry_in_root);
    }
    for unit in units {
        root.descend(&unit.module).units.insert(&unit.file, unit);
    }
    let mut files = Vec::new();
    match &options.layout {
        #[cfg(feature = "package")]
        Layout::Crate { .. } => root.files(&mut files, "src/", "lib.rs", "", Some(&super::package::root(model))),
        Layout::Modules => {
            let (doc, allowed) = (root.doc().texts(), deprecation::allowed(model));
            root.files(&mut files, "", "mod.rs", "", Some(&quote!(#(#![doc = #doc])* #allowed)));
        }
        Layout::SingleFile { name } => {
            files.push(Draft::new(name.clone(), stable_hash(&root), move || {
                let mut content = String::new();
                root.inline(&mut content, 0);
                format!("// {MARKER}\n\n{content}")
            }));
        }
    }
    files
}

impl<'a> Node<'a> {
    fn descend<'n>(&'n mut self, path: &'a [String]) -> &'n mut Node<'a> {
        path.iter().fold(self, |node, name| node.children.entry(name).or_default())
    }

    fn doc(&self) -> Doc {
        let mut doc = Doc::default();
        match self.holds {
            Holds::Namespace(namespace) => doc.text(&format!("The types of the namespace {}.", doc::code(namespace))),
            Holds::Requests => doc.text("The requests of the service: a builder for each place that its URLs lead to."),
            Holds::Modules => doc.text("The namespaces below."),
        }
        doc
    }

    /// Writes the module as `{folder}{file}`, and what is in it below `{folder}{module}`.
    fn files(&self, files: &mut Vec<Draft<'a>>, folder: &str, file: &str, module: &str, head: Option<&TokenStream>) {
        let below = format!("{folder}{module}");
        for (name, child) in &self.children {
            child.files(files, &below, &format!("{name}.rs"), &format!("{name}/"), None);
        }
        let units: Vec<_> = self.units.iter().map(|(name, unit)| (*name, *unit)).collect();
        files.extend(parallel::map(&units, |(name, unit)| {
            let unit: &'a Unit = unit;
            Draft::new(format!("{below}{name}.rs"), unit.hash(), || unit.file_text())
        }));
        let items = self.items(module.trim_end_matches('/'));
        let doc = self.doc().texts();
        let head = head.map_or_else(|| quote!(#(#![doc = #doc])*), Clone::clone);
        let text = print::items(quote!(#head #items));
        files.push(Draft::made(format!("{folder}{file}"), format!("// {MARKER}\n\n{text}")));
    }

    /// The items of the module's own file; `module` is its name.
    fn items(&self, module: &str) -> TokenStream {
        let children = self.children.keys().map(|name| code::ident(name));
        let entry = self.entry.as_deref().map(export_entry);
        let units = self.units.iter().map(|(name, unit)| {
            let inception = (*name == module).then(|| quote!(#[allow(clippy::module_inception)]));
            let skip = unit.exports.iter().any(|export| export.chars().count() > LONG_NAME);
            let skip = skip.then(|| quote!(#[rustfmt::skip]));
            let export = export(name, unit);
            let name = code::ident(name);
            quote! {
                #inception
                #skip
                mod #name;
                #export
            }
        });
        quote! {
            #(pub mod #children;)*
            #entry
            #(#units)*
        }
    }

    /// Writes the content of the module in place, `modules` modules deep. The code is a guest in a
    /// crate whose lints it does not know.
    fn inline(&self, out: &mut String, modules: usize) {
        let allow = quote!(#[allow(dead_code, deprecated, unreachable_pub, unused_imports, clippy::all)]);
        let allow_export = quote!(#[allow(deprecated, unreachable_pub, unused_imports)]);
        let separate = |out: &mut String| {
            if !out.is_empty() {
                out.push('\n');
            }
        };
        for (name, child) in &self.children {
            let doc = child.doc();
            let name = code::ident(name);
            let mut content = String::new();
            child.inline(&mut content, modules + 1);
            separate(out);
            out.push_str(&print::module(modules, quote!(#doc #allow pub mod #name), &content));
        }
        if let Some(entry) = &self.entry {
            let export = export_entry(entry);
            separate(out);
            out.push_str(&print::items_within(modules, quote!(#allow_export #export)));
        }
        // A unit stands in its own module and in all those around that.
        let units: Vec<&Unit> = self.units.values().copied().collect();
        let texts = parallel::map(&units, |unit| unit.text_within(modules + 1));
        for ((name, unit), text) in self.units.iter().zip(&texts) {
            let export = export(name, unit);
            let name = code::ident(name);
            separate(out);
            out.push_str(&print::module(modules, quote!(#allow mod #name), text));
            out.push_str(&print::items_within(modules, quote!(#allow_export #export)));
        }
    }
}

/// `pub use self::user::User;`, with `self` because a module may have the name of a crate.
fn export(file: &str, unit: &Unit) -> Option<TokenStream> {
    let file = code::ident(file);
    let exports: Vec<_> = unit.exports.iter().map(|name| code::ident(name)).collect();
    (!exports.is_empty()).then(|| quote!(pub use self::#file::{#(#exports),*};))
}

/// Exports a type of a module below.
fn export_entry(path: &str) -> TokenStream {
    let path = code::tokens(path);
    quote!(pub use self::#path;)
}
