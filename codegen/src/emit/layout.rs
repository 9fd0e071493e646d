//! Decides the module and file of each type: a module for each namespace, and in it a private
//! module (a file of its own) for each type, whose types the namespace's module exports.
//!
//! The text of a type is the same in every layout. Layouts differ only in how modules are nested.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Doc;
use super::features::Features;
use super::print::Tokens;
use super::requests::example::Examples;
use super::template::Template;
use super::units::{Unit, Units, stable_hash};
use super::{Layout, Options, code, deprecation, doc, print};
use crate::file_set::{Draft, MARKER, Owned};
use crate::hashing::HashSet;
use crate::model::{Model, Module};
use crate::ordered::Map;
use crate::parallel;

/// A module with its submodules and units.
#[derive(Default, Hash)]
struct Node<'a> {
    holds: Holds<'a>,
    /// The path of a type of a submodule that this module exports as well: the root of the
    /// requests.
    entry: Option<String>,
    children: Map<&'a str, Node<'a>>,
    units: Map<&'a str, &'a Unit>,
}

/// The purpose of a module, which its documentation states.
#[derive(Default, Hash)]
enum Holds<'a> {
    #[default]
    Modules,
    Namespace(&'a str),
    Requests,
}

/// Returns the folders in which files of earlier runs are looked for, so that outdated ones are
/// removed.
pub(crate) fn owned(options: &Options) -> Owned {
    match &options.layout {
        #[cfg(feature = "package")]
        Layout::Crate { .. } => Owned::Below(vec!["src".to_owned(), "tests".to_owned()]),
        Layout::Modules => Owned::Below(vec![String::new()]),
        Layout::SingleFile { .. } => Owned::Listed,
    }
}

/// The beginning of the root file of a crate, printed. It names all types, so it takes a while.
#[cfg_attr(not(feature = "package"), expect(unused_variables, reason = "only a crate has such a file"))]
pub(crate) fn head(
    model: &Model,
    features: &Features,
    examples: Option<&Examples<'_>>,
    options: &Options,
) -> Option<String> {
    match &options.layout {
        #[cfg(feature = "package")]
        Layout::Crate { .. } => Some(print::items(super::package::root(model, features, examples))),
        Layout::Modules | Layout::SingleFile { .. } => None,
    }
}

/// Arranges the units in modules and returns the files to write. `head` is that of a crate's root.
#[cfg_attr(not(feature = "package"), expect(unused_variables, reason = "only a crate has such a file"))]
pub(crate) fn drafts<'u>(
    model: &'u Model,
    units: &'u Units<'_>,
    head: Option<String>,
    options: &Options,
) -> Vec<Draft<'u>> {
    let mut root = Node::default();
    // A namespace has no module here if all of its types come from other crates.
    let used: HashSet<&[String]> = units.iter().map(|unit| unit.module.as_slice()).collect();
    let has_units = |module: &Module| module.path.is_empty() || used.contains(module.path.as_slice());
    for module in model.modules.iter().filter(|module| has_units(module)) {
        root.descend(&module.path).holds = Holds::Namespace(&module.namespace);
    }
    let tree = &model.requests;
    if let Some(entry) = tree.builders.first() {
        root.children.get_or_default(&tree.module).holds = Holds::Requests;
        root.entry = Some(format!("{}::{}", tree.module, entry.rust_name));
    }
    for unit in units.iter() {
        root.descend(&unit.module).units.get_or_insert_with(&unit.file, || unit);
    }
    let mut files = Vec::new();
    match &options.layout {
        #[cfg(feature = "package")]
        Layout::Crate { .. } => {
            root.files(units, &mut files, "src/", "lib.rs", "", head.unwrap_or_default());
        }
        Layout::Modules => {
            let (doc, allowed) = (root.doc().inner(), deprecation::allowed(model));
            root.files(units, &mut files, "", "mod.rs", "", print::items(quote!(#doc #allowed)));
        }
        Layout::SingleFile { name } => {
            let name = name.clone().unwrap_or_else(|| model.service.file_name());
            files.push(Draft::new(name, stable_hash(&root), move || {
                let mut content = String::new();
                root.inline(units, &mut content, 0);
                format!("// {MARKER}\n\n{content}")
            }));
        }
    }
    files
}

impl<'a> Node<'a> {
    fn descend<'n>(&'n mut self, path: &'a [String]) -> &'n mut Node<'a> {
        path.iter().fold(self, |node, name| node.children.get_or_default(name))
    }

    fn doc(&self) -> Doc {
        let mut doc = Doc::default();
        match self.holds {
            Holds::Namespace(namespace) => doc.text(&format!("The types of the namespace {}.", doc::code(namespace))),
            Holds::Requests => doc.text("The requests of the service: a builder for each place that its URLs lead to (`…Requests`), and the parameters of its actions (`…Parameters`)."),
            Holds::Modules => doc.text("The namespaces below."),
        }
        doc
    }

    /// Collects the module as `{folder}{file}`, which begins with `head`, and its submodules and
    /// units below `{folder}{module}`.
    fn files(
        &self,
        all: &'a Units<'_>,
        files: &mut Vec<Draft<'a>>,
        folder: &str,
        file: &str,
        module: &str,
        head: String,
    ) {
        let below = format!("{folder}{module}");
        for (name, child) in self.children.iter() {
            let head = print::items(child.doc().inner());
            child.files(all, files, &below, &format!("{name}.rs"), &format!("{name}/"), head);
        }
        files.extend(self.units.iter().map(|(name, unit)| {
            let unit: &'a Unit = unit;
            Draft::new(format!("{below}{name}.rs"), unit.hash, move || all.file_text(unit))
        }));
        let own = ModuleFile {
            head,
            name: module.trim_end_matches('/').to_owned(),
            children: self.children.keys().copied().collect(),
            entry: self.entry.clone(),
            files: self.units.iter().map(|(name, unit)| PrivateModule::of(name, unit)).collect(),
        };
        files.push(Draft::new(format!("{folder}{file}"), stable_hash(&own), move || own.text()));
    }

    /// Writes the content of the module into a single file, `modules` modules deep. That file is
    /// included in a crate of unknown lints, so lints are allowed generously.
    fn inline(&self, all: &Units<'_>, out: &mut String, modules: usize) {
        let allow = quote!(#[allow(dead_code, deprecated, unreachable_pub, unused_imports, clippy::all)]);
        let allow_export = quote!(#[allow(deprecated, unreachable_pub, unused_imports)]);
        let separate = |out: &mut String| {
            if !out.is_empty() {
                out.push('\n');
            }
        };
        for (name, child) in self.children.iter() {
            let doc = child.doc();
            let name = code::ident(name);
            let mut content = String::new();
            child.inline(all, &mut content, modules + 1);
            separate(out);
            out.push_str(&print::module(modules, quote!(#doc #allow pub mod #name), &content));
        }
        if let Some(entry) = &self.entry {
            let export = export_entry(entry);
            separate(out);
            out.push_str(&print::items_within(modules, &Tokens::of(quote!(#allow_export #export))));
        }
        // The text of a unit is indented by its own module and by all modules around that.
        let units: Vec<&Unit> = self.units.values().copied().collect();
        let texts = parallel::map(&units, |unit| all.text_within(unit, modules + 1));
        for ((name, unit), text) in self.units.iter().zip(&texts) {
            let mut exported = Tokens::of(allow_export.clone());
            export(name, &unit.exports, &mut exported);
            let name = code::ident(name);
            separate(out);
            out.push_str(&print::module(modules, quote!(#allow mod #name), text));
            out.push_str(&print::items_within(modules, &exported));
        }
    }
}

/// The input of a module's own file, which declares what is in the module.
#[derive(Hash)]
struct ModuleFile<'a> {
    /// Its documentation and attributes, printed.
    head: String,
    name: String,
    /// The public modules in it.
    children: Vec<&'a str>,
    entry: Option<String>,
    /// The private modules in it.
    files: Vec<PrivateModule<'a>>,
}

/// A private module, as the module around it declares it.
#[derive(Hash)]
struct PrivateModule<'a> {
    name: &'a str,
    exports: &'a [String],
    feature: Option<&'a str>,
}

impl<'a> PrivateModule<'a> {
    fn of(name: &'a str, unit: &'a Unit) -> Self {
        PrivateModule { name, exports: &unit.exports, feature: unit.feature.as_deref() }
    }
}

impl ModuleFile<'_> {
    fn text(&self) -> String {
        format!("// {MARKER}\n\n{}\n{}", self.head, print::items_within(0, &self.items()))
    }

    fn items(&self) -> Tokens {
        static CHILD: Template = Template::new(|| quote!(pub mod $name;));
        static FILE: Template = Template::new(|| quote!($gate $inception $skip mod $name;));
        static GATE: Template = Template::new(|| quote!(#[cfg(feature = $feature)]));
        let mut out = Tokens::default();
        for name in &self.children {
            CHILD.write(&mut out, &[("name", &|out| out.ident(name))]);
        }
        out.append(self.entry.as_deref().map(export_entry).unwrap_or_default());
        for file in &self.files {
            let gate = |out: &mut Tokens| {
                if let Some(feature) = file.feature {
                    GATE.write(out, &[("feature", &|out| out.string(feature))]);
                }
            };
            let inception = (file.name == self.name).then(|| quote!(#[allow(clippy::module_inception)]));
            let skip = file.exports.iter().any(|export| print::is_left_alone(export));
            let skip = skip.then(|| quote!(#[rustfmt::skip]));
            FILE.write(
                &mut out,
                &[
                    ("gate", &gate),
                    ("inception", &|out| out.append(inception.clone().unwrap_or_default())),
                    ("skip", &|out| out.append(skip.clone().unwrap_or_default())),
                    ("name", &|out| out.ident(file.name)),
                ],
            );
            if !file.exports.is_empty() {
                gate(&mut out);
                export(file.name, file.exports, &mut out);
            }
        }
        out
    }
}

/// `pub use self::user::User;`, with `self` because a module may have the name of a crate.
fn export(file: &str, exports: &[String], out: &mut Tokens) {
    static EXPORT: Template = Template::new(|| quote!(pub use self::$file::{$exports};));
    let list = |out: &mut Tokens| {
        for (index, name) in exports.iter().enumerate() {
            if index > 0 {
                out.code(",");
            }
            out.ident(name);
        }
    };
    if !exports.is_empty() {
        EXPORT.write(out, &[("file", &|out| out.ident(file)), ("exports", &list)]);
    }
}

/// Exports a type of a module below.
fn export_entry(path: &str) -> TokenStream {
    let path = code::tokens(path);
    quote! {
        #[doc(inline)]
        pub use self::#path;
    }
}
