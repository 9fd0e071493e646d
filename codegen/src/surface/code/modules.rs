//! Reads files as modules, and finds the paths under which their items are public.

use crate::hashing::HashMap;
use std::collections::BTreeMap;

use syn::{Item, UseTree, Visibility};

use super::CodeError;

/// The modules of the code.
pub(super) struct Tree {
    pub(super) modules: Vec<Module>,
    /// Items of private modules that are exported: from their own path to their public path.
    exports: HashMap<Vec<String>, Vec<String>>,
}

/// A module.
pub(super) struct Module {
    /// Its path below the root.
    pub(super) path: Vec<String>,
    /// Its items, without modules.
    pub(super) items: Vec<Item>,
    /// Names that `use` imports, with their whole path from the root of the code or of a crate.
    pub(super) imports: HashMap<String, Import>,
    /// True if it and all enclosing modules are public.
    is_visible: bool,
}

/// The target of a name that `use` imports.
pub(super) enum Import {
    /// An item of this code: the path below its root.
    Here(Vec<String>),
    /// An item of another crate.
    Elsewhere,
}

impl Tree {
    pub(super) fn read<'f>(root: &str, files: &impl Fn(&str) -> Option<&'f str>) -> Result<Self, CodeError> {
        let mut loader = Loader { files, modules: Vec::new() };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        loader.file(ModuleSite { file: root.to_owned(), folder, path: Vec::new(), is_visible: true })?;
        let mut tree = Tree { modules: loader.modules, exports: HashMap::default() };
        tree.export();
        Ok(tree)
    }

    /// Finds the `pub use` items that export items of private modules.
    fn export(&mut self) {
        let visibility: BTreeMap<Vec<String>, bool> =
            self.modules.iter().map(|module| (module.path.clone(), module.is_visible)).collect();
        let mut found: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for module in self.modules.iter().filter(|module| module.is_visible) {
            for item in &module.items {
                let Item::Use(item) = item else { continue };
                if !matches!(item.vis, Visibility::Public(_)) {
                    continue;
                }
                leaves(&item.tree, &mut Vec::new(), &mut |name, target| {
                    let Import::Here(target) = import(&module.path, target) else { return };
                    let Some((_, home)) = target.split_last() else { return };
                    if visibility.get(home) == Some(&false) {
                        found.push((target.clone(), module.path.iter().cloned().chain([name.to_owned()]).collect()));
                    }
                });
            }
        }
        for (target, path) in found {
            self.exports.entry(target).or_insert(path);
        }
    }

    /// The path under which an item of a module is public; `None` if it is not.
    pub(super) fn visible(&self, module: &Module, name: &str) -> Option<Vec<String>> {
        let path: Vec<String> = module.path.iter().cloned().chain([name.to_owned()]).collect();
        if module.is_visible { Some(path) } else { self.exports.get(&path).cloned() }
    }

    /// The public path of an item, given its path below the root.
    pub(super) fn exported(&self, path: Vec<String>) -> Vec<String> {
        self.exports.get(&path).cloned().unwrap_or(path)
    }
}

/// The location of a module.
struct ModuleSite {
    file: String,
    /// The folder with the files of its submodules.
    folder: String,
    /// Its path below the root of the code.
    path: Vec<String>,
    /// True if it and all enclosing modules are public.
    is_visible: bool,
}

struct Loader<'l, F> {
    files: &'l F,
    modules: Vec<Module>,
}

impl<'f, F: Fn(&str) -> Option<&'f str>> Loader<'_, F> {
    /// Reads a module that is a whole file.
    fn file(&mut self, place: ModuleSite) -> Result<(), CodeError> {
        let text = (self.files)(&place.file).unwrap_or_default();
        let file = syn::parse_file(text)
            .map_err(|error| CodeError::Syntax { path: place.file.clone(), message: error.to_string() })?;
        self.module(file.items, place)
    }

    fn module(&mut self, items: Vec<Item>, place: ModuleSite) -> Result<(), CodeError> {
        let mut own = Vec::new();
        for item in items {
            let Item::Mod(module) = item else {
                own.push(item);
                continue;
            };
            let name = module.ident.to_string();
            let folder = join(&place.folder, name.trim_start_matches("r#"));
            let is_visible = place.is_visible && matches!(module.vis, Visibility::Public(_));
            let path = place.path.iter().cloned().chain([name.clone()]).collect();
            let child = ModuleSite { file: place.file.clone(), folder, path, is_visible };
            match module.content {
                Some((_, items)) => self.module(items, child)?,
                None => {
                    let file = self.file_of(&name, &child)?;
                    self.file(ModuleSite { file, ..child })?;
                }
            }
        }
        let mut imports = HashMap::default();
        for item in &own {
            if let Item::Use(item) = item {
                leaves(&item.tree, &mut Vec::new(), &mut |name, target| {
                    imports.insert(name.to_owned(), import(&place.path, target));
                });
            }
        }
        let ModuleSite { path, is_visible, .. } = place;
        self.modules.push(Module { path, items: own, imports, is_visible });
        Ok(())
    }

    /// The file of `mod name;`.
    fn file_of(&self, name: &str, place: &ModuleSite) -> Result<String, CodeError> {
        let candidates = [format!("{}.rs", place.folder), format!("{}/mod.rs", place.folder)];
        if let Some(file) = candidates.iter().find(|file| (self.files)(file).is_some()) {
            return Ok(file.clone());
        }
        let [first, second] = candidates;
        Err(CodeError::Missing { from: place.file.clone(), module: name.to_owned(), first, second })
    }
}

/// Resolves the path of a `use` item within a module.
fn import(module: &[String], path: &[String]) -> Import {
    absolute(module, path).map_or(Import::Elsewhere, Import::Here)
}

/// Resolves a path that begins with `crate`, `self` or `super` to one from the root of the code.
pub(super) fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut base = match path.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.to_vec(),
        _ => return None,
    };
    for part in path {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => drop(base.pop()),
            part => base.push(part.to_owned()),
        }
    }
    Some(base)
}

/// Calls `found` with each name that a `use` imports, and the path it stands for.
fn leaves<'t>(tree: &'t UseTree, path: &mut Vec<String>, found: &mut dyn FnMut(&str, &[String])) {
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            leaves(&part.tree, path, found);
            path.pop();
        }
        UseTree::Name(leaf) if leaf.ident == "self" => {
            if let Some(name) = path.last().cloned() {
                found(&name, path);
            }
        }
        UseTree::Name(leaf) => {
            path.push(leaf.ident.to_string());
            found(&leaf.ident.to_string(), path);
            path.pop();
        }
        UseTree::Rename(leaf) => {
            let is_itself = leaf.ident == "self";
            if !is_itself {
                path.push(leaf.ident.to_string());
            }
            found(&leaf.rename.to_string(), path);
            if !is_itself {
                path.pop();
            }
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, path, found)),
        UseTree::Glob(_) => {}
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
