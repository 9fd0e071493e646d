//! Names the modules: one for each namespace, and a private one (with its own file) for each type.

use crate::hashing::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::identifiers::{Taken, module_name};
use crate::model::requests::RequestTree;
use crate::model::{Model, Module};
use crate::ordered;
use crate::rust_ident;

/// File names that have a meaning for cargo or rustc.
const RESERVED: [&str; 3] = ["lib", "main", "mod"];

/// The greatest number of characters in a module's name. File systems allow 255 bytes for the name
/// of a file, which also has a hash, an extension, and a prefix while it is being written.
const LONGEST: usize = 160;

/// The module of request builders.
const REQUESTS: &str = "requests";

/// A module for each namespace; the root module is that of the service's own.
///
/// The name of the module of requests is taken from the beginning, so that no namespace that a
/// service adds moves the builders.
pub(super) fn assign(model: &mut Model) {
    let root = model.service.namespace().to_owned();
    let all = model.type_names().into_iter().map(|name| &name.namespace);
    let others = ordered::unique(all.filter(|namespace| **namespace != root).cloned());
    let mut taken = Taken::from_iter([REQUESTS]);
    model.modules.push(Module { namespace: root.clone(), path: Vec::new() });
    for namespace in others {
        let below = namespace.strip_prefix(&root).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&namespace);
        // There is one module for each namespace, directly below the root: `termStore.sets` becomes
        // `term_store_sets`.
        let mut name = module_name(&below.replace('.', "_"));
        // A folder has the same name, and Windows does not allow the names of devices.
        if rust_ident::is_device(&name) {
            name.push('_');
        }
        let name = taken.take(name);
        model.modules.push(Module { namespace, path: vec![name] });
    }
}

/// Gives all modules names that are valid as file names, and adds a module for requests. Within a
/// module, the names of private modules differ from each other and from those of submodules.
pub(super) fn assign_files(model: &mut Model) {
    for module in &mut model.modules {
        for name in &mut module.path {
            *name = short(ascii(name));
        }
    }
    let mut files = Files::default();
    for module in model.modules.iter().map(|module| module.path.as_slice()) {
        for (depth, name) in module.iter().enumerate() {
            files.taken.entry(module[..depth].to_vec()).or_default().insert(name.clone());
        }
    }
    if !model.requests.builders.is_empty() {
        files.taken.entry(Vec::new()).or_default().insert(REQUESTS.to_owned());
    }
    let Model { modules, types, enums, requests: tree, .. } = model;
    let names = types.iter_mut().map(|ty| &mut ty.rust).chain(enums.iter_mut().map(|ty| &mut ty.rust));
    for names in names {
        names.file = files.take(modules.get(names.module).map_or(&[], |module| &module.path), &names.file);
    }
    assign_files_of_requests(tree, &[REQUESTS.to_owned()], &mut files);
    REQUESTS.clone_into(&mut tree.module);
}

/// Names the files of requests. Builders that belong to the same type, and the parameters of their
/// actions, share a file.
fn assign_files_of_requests(tree: &mut RequestTree, module: &[String], files: &mut Files) {
    let builders = tree.builders.iter_mut().map(|builder| &mut builder.file);
    let parameters = tree.parameters.iter_mut().map(|ty| &mut ty.rust.file);
    let all: Vec<&mut String> = builders.chain(parameters).collect();
    let proposed = ordered::unique(all.iter().map(|file| (**file).clone()));
    let given: HashMap<String, String> =
        proposed.into_iter().map(|file| (file.clone(), files.take(module, &file))).collect();
    for file in all {
        if let Some(name) = given.get(file.as_str()) {
            file.clone_from(name);
        }
    }
}

/// The names that are taken in each module.
#[derive(Default)]
struct Files {
    taken: HashMap<Vec<String>, HashSet<String>>,
}

impl Files {
    /// A free name in a module.
    fn take(&mut self, module: &[String], proposed: &str) -> String {
        let taken = self.taken.entry(module.to_vec()).or_default();
        let mut name = file_name(proposed);
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

/// The name of a private module. It is not public, so unusual characters are replaced.
fn file_name(proposed: &str) -> String {
    let bare = proposed.strip_prefix("r#").unwrap_or(proposed);
    if rust_ident::is_keyword(bare) || RESERVED.contains(&bare) || rust_ident::is_device(bare) {
        return format!("{bare}_");
    }
    short(ascii(bare))
}

/// Shortens a long name. A hash of the whole name at its end distinguishes types whose names begin
/// alike, and does not depend on other types.
fn short(name: String) -> String {
    match name.char_indices().nth(LONGEST) {
        None => name,
        Some((end, _)) => format!("{}_{:016x}", &name[..end], xxh3_64(name.as_bytes())),
    }
}

/// Replaces characters that are not ASCII, because rustc finds no file for such a module.
fn ascii(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.push_str(&format!("u{:x}", c as u32));
        }
    }
    out
}
