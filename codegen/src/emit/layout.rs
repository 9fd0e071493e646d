//! Where everything stands: a module a namespace, a private module (a file) a type, its types exported beside it.
//!
//! The text of a type is the same in every layout; only how the modules are put together differs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::text::{Text, WIDTH, literal, width};
use super::{Layout, Options, Placed, doc, package};
use crate::file_set::{FileSet, MARKER, Owned};
use crate::model::{Model, Module, TypeNames};
use crate::source::FileId;

/// Where a type's name is longer than this, rustfmt breaks lines in places that the rules of `text` do not know.
const LONG_NAME: usize = 64;

/// The emitted text of one private module: of a type, or of the request builders of one owner.
pub(crate) struct Unit {
    /// The path of its module below the root.
    pub(crate) module: Vec<String>,
    /// The private module.
    pub(crate) file: String,
    /// The types in it.
    pub(crate) exports: Vec<String>,
    /// Everything below the marker.
    pub(crate) text: String,
    /// The pages whose descriptions stand in it.
    pub(crate) described_on: BTreeSet<FileId>,
}

impl Unit {
    /// The unit of a type.
    pub(crate) fn of(model: &Model, rust: &TypeNames, exports: Vec<String>, text: Text) -> Self {
        let (text, described_on) = text.into_parts();
        Unit { module: model.module_path(rust.module).to_vec(), file: rust.file.clone(), exports, text, described_on }
    }

    /// The text of its file.
    pub(crate) fn file_text(&self) -> String {
        format!("// {MARKER}\n\n{}", self.text)
    }
}

/// A module with everything in it.
#[derive(Default)]
struct Node<'a> {
    holds: Holds<'a>,
    /// A type of a module below that is exported here, too.
    entry: Option<String>,
    children: BTreeMap<&'a str, Node<'a>>,
    /// With their positions.
    units: BTreeMap<&'a str, (usize, &'a Unit)>,
}

/// What a module is there for.
#[derive(Default)]
enum Holds<'a> {
    #[default]
    Modules,
    Namespace(&'a str),
    Requests,
}

/// Puts the units together.
pub(crate) fn assemble(model: &Model, units: &[Unit], options: &Options) -> (FileSet, Vec<Placed>) {
    let mut root = Node::default();
    // A namespace that only other crates have types of has no module here.
    let has_units = |module: &Module| module.path.is_empty() || units.iter().any(|unit| unit.module == module.path);
    for module in model.modules.iter().filter(|module| has_units(module)) {
        root.descend(&module.path).holds = Holds::Namespace(&module.namespace);
    }
    let tree = &model.requests;
    let mut entry_link = None;
    if let Some(entry) = tree.builders.first() {
        let path = format!("{}::{}", tree.module, entry.rust_name);
        root.children.entry(&tree.module).or_default().holds = Holds::Requests;
        // A link to what the root exports needs no path.
        entry_link = Some(match tree.is_entry_in_root {
            true => format!("[`{}`]", entry.rust_name),
            false => format!("[`{}`]({path})", entry.rust_name),
        });
        root.entry = Some(path).filter(|_| tree.is_entry_in_root);
    }
    for (position, unit) in units.iter().enumerate() {
        root.descend(&unit.module).units.insert(&unit.file, (position, unit));
    }
    let mut placed = Vec::new();
    let files = match &options.layout {
        Layout::Crate { name, runtime, tests } => {
            let mut files = FileSet::new(Owned::Below(vec!["src".to_owned(), "tests".to_owned()]));
            files.insert("Cargo.toml", package::cargo(name, runtime, *tests));
            files.insert("rustfmt.toml", package::rustfmt());
            root.files(
                &mut files,
                &mut placed,
                "src/",
                "lib.rs",
                "",
                Some(&package::root(model, entry_link.as_deref())),
            );
            files
        }
        Layout::Modules => {
            let mut files = FileSet::new(Owned::Below(vec![String::new()]));
            root.files(&mut files, &mut placed, "", "mod.rs", "", None);
            files
        }
        Layout::SingleFile { name } => {
            let mut files = FileSet::new(Owned::Listed);
            let mut out = Text::default();
            out.line(0, &format!("// {MARKER}"));
            root.inline(&mut out, 0);
            files.insert(name, out.into_string());
            files
        }
    };
    (files, placed)
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
    fn files(
        &self,
        files: &mut FileSet,
        placed: &mut Vec<Placed>,
        folder: &str,
        file: &str,
        module: &str,
        head: Option<&str>,
    ) {
        let mut out = Text::default();
        out.line(0, &format!("// {MARKER}"));
        out.push("\n");
        match head {
            Some(head) => out.push(head),
            None => self.doc().write(&mut out, 0, "//!"),
        }
        let below = format!("{folder}{module}");
        for (name, child) in &self.children {
            out.push("\n");
            out.line(0, &format!("pub mod {name};"));
            child.files(files, placed, &below, &format!("{name}.rs"), &format!("{name}/"), None);
        }
        if let Some(entry) = &self.entry {
            out.push("\n");
            out.line(0, &format!("pub use self::{entry};"));
        }
        let inner = module.trim_end_matches('/');
        if !self.units.is_empty() {
            out.push("\n");
        }
        for (name, (position, unit)) in &self.units {
            if *name == inner {
                out.line(0, "#[allow(clippy::module_inception)]");
            }
            if unit.exports.iter().any(|export| width(export) > LONG_NAME) {
                out.line(0, "#[rustfmt::skip]");
            }
            out.line(0, &format!("mod {name};"));
            export(&mut out, 0, name, unit);
            let path = format!("{below}{name}.rs");
            files.insert(path.as_str(), unit.file_text());
            placed.push(Placed { path, unit: *position, described_on: unit.described_on.iter().copied().collect() });
        }
        files.insert(format!("{folder}{file}"), out.into_string());
    }

    /// Writes the content of the module in place. The code is a guest in a crate whose lints it does not know.
    fn inline(&self, out: &mut Text, level: usize) {
        const ALLOW: &str = "#[allow(dead_code, unreachable_pub, unused_imports, clippy::all)]";
        for (name, child) in &self.children {
            out.push("\n");
            child.doc().write(out, level, "///");
            out.line(level, ALLOW);
            out.line(level, &format!("pub mod {name} {{"));
            child.inline(out, level + 1);
            out.line(level, "}");
        }
        if let Some(entry) = &self.entry {
            out.push("\n");
            out.line(level, "#[allow(unreachable_pub, unused_imports)]");
            out.line(level, &format!("pub use self::{entry};"));
        }
        for (name, (_, unit)) in &self.units {
            out.push("\n");
            out.line(level, ALLOW);
            out.line(level, &format!("mod {name} {{"));
            for line in unit.text.lines() {
                if line.is_empty() {
                    out.push("\n");
                } else {
                    out.line(level + 1, line);
                }
            }
            out.line(level, "}");
            out.line(level, "#[allow(unreachable_pub, unused_imports)]");
            export(out, level, name, unit);
        }
    }
}

/// `pub use self::user::User;`, with `self` because a module may have the name of a crate. rustfmt keeps two columns of a list free.
fn export(out: &mut Text, level: usize, file: &str, unit: &Unit) {
    let mut exports: Vec<&str> = unit.exports.iter().map(String::as_str).collect();
    exports.sort_unstable_by(|one, other| version_order(one, other));
    let list = exports.join(", ");
    match exports.len() {
        0 => {}
        1 => out.line(level, &format!("pub use self::{file}::{list};")),
        _ if level * 4 + "pub use self::::{};".len() + width(file) + width(&list) <= WIDTH - 2 => {
            out.line(level, &format!("pub use self::{file}::{{{list}}};"));
        }
        _ => {
            out.line(level, &format!("pub use self::{file}::{{"));
            // Of several lines rustfmt keeps one more column free.
            let is_one_line = (level + 1) * 4 + width(&list) < WIDTH;
            out.fill(level + 1, if is_one_line { WIDTH } else { WIDTH - 1 }, &exports);
            out.line(level, "};");
        }
    }
}

/// How rustfmt sorts names since the style edition 2024: digits by the number that they make.
fn version_order(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        match (digits(one), digits(other)) {
            (0, _) | (_, 0) => {
                let (mut these, mut those) = (one.chars(), other.chars());
                match (these.next(), those.next()) {
                    (Some(this), Some(that)) if this == that => (one, other) = (these.as_str(), those.as_str()),
                    (this, that) => return this.cmp(&that),
                }
            }
            (this, that) => {
                let (number, other_number) =
                    (one[..this].trim_start_matches('0'), other[..that].trim_start_matches('0'));
                let order = number.len().cmp(&other_number.len()).then_with(|| number.cmp(other_number));
                if order.is_ne() {
                    return order;
                }
                (one, other) = (&one[this..], &other[that..]);
            }
        }
    }
}

/// The exports of a unit must be visible under their names; checked where it costs nothing.
pub(crate) fn assert_distinct(units: &[Unit]) {
    if cfg!(debug_assertions) {
        let mut seen = BTreeSet::new();
        for unit in units {
            for export in &unit.exports {
                debug_assert!(seen.insert((&unit.module, export)), "two types are called {}", literal(export));
            }
        }
    }
}
