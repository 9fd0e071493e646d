//! The public items of `edmark` and `edmark-runtime`, as snapshots that are reviewed like code:
//! a change that breaks callers shows as a line that is gone.
//!
//! The list is read from the sources: public items of public modules, and those of private modules
//! that a `pub use` of a public one exports. Items behind `#[doc(hidden)]` are for generated code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::{ToTokens, quote};
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, TraitItem, UseTree, Visibility};

/// A module of a crate.
struct Module {
    path: Vec<String>,
    items: Vec<Item>,
    is_public: bool,
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Test code, and what only generated code calls.
fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string();
        text.contains("cfg (test)") || text.contains("cfg (all (test") || text.contains("doc (hidden)")
    })
}

/// Reads a module and those below it. `folder` is where the files of its modules are.
fn read(items: Vec<Item>, folder: &Path, path: &[String], is_visible: bool, modules: &mut Vec<Module>) {
    let (nested, own): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|item| matches!(item, Item::Mod(_)));
    for item in nested {
        let Item::Mod(module) = item else { continue };
        if is_left_out(&module.attrs) {
            continue;
        }
        let name = module.ident.to_string();
        let below = folder.join(name.trim_start_matches("r#"));
        let items = match module.content {
            Some((_, items)) => items,
            None => parse(&[below.with_extension("rs"), below.join("mod.rs")]),
        };
        let path: Vec<String> = path.iter().cloned().chain([name]).collect();
        read(items, &below, &path, is_visible && is_public(&module.vis), modules);
    }
    modules.push(Module { path: path.to_vec(), items: own, is_public: is_visible });
}

fn parse(candidates: &[PathBuf]) -> Vec<Item> {
    let file = candidates.iter().find(|file| file.is_file()).unwrap_or_else(|| panic!("none of {candidates:?}"));
    syn::parse_file(&fs::read_to_string(file).expect("a source")).expect("Rust").items
}

/// The paths behind the `pub use` items of public modules; one that ends in `*` is all of a module.
fn exports(modules: &[Module]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for module in modules.iter().filter(|module| module.is_public) {
        for item in &module.items {
            if let Item::Use(item) = item
                && is_public(&item.vis)
            {
                leaves(&item.tree, &mut Vec::new(), &mut |path| {
                    found.insert(absolute(&module.path, path));
                });
            }
        }
    }
    found
}

fn leaves(tree: &UseTree, path: &mut Vec<String>, found: &mut dyn FnMut(&[String])) {
    let mut with = |name: String, then: &mut dyn FnMut(&mut Vec<String>)| {
        path.push(name);
        then(path);
        path.pop();
    };
    match tree {
        UseTree::Path(part) => with(part.ident.to_string(), &mut |path| leaves(&part.tree, path, found)),
        UseTree::Name(leaf) => with(leaf.ident.to_string(), &mut |path| found(path)),
        UseTree::Rename(leaf) => with(leaf.ident.to_string(), &mut |path| found(path)),
        UseTree::Glob(_) => with("*".to_owned(), &mut |path| found(path)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, path, found)),
    }
}

fn absolute(module: &[String], path: &[String]) -> Vec<String> {
    let mut base = match path.first().map(String::as_str) {
        Some("crate") => Vec::new(),
        _ => module.to_vec(),
    };
    for part in path {
        match part.as_str() {
            "crate" | "self" => {}
            "super" => drop(base.pop()),
            part => base.push(part.to_owned()),
        }
    }
    base
}

/// Tokens as a line, spaced as people write it.
fn line(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string().replace('\n', " ");
    for (wide, narrow) in [
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ,", ","),
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" :", ":"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
        ("' ", "'"),
        (",)", ")"),
        (",>", ">"),
        ("=(", "= ("),
        ("=>", " => "),
        ("  ", " "),
    ] {
        text = text.replace(wide, narrow);
    }
    text.trim().to_owned()
}

/// The lines of an item that callers can name.
fn describe(item: &Item, path: &str, lines: &mut Vec<String>) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let generics = line(&item.generics);
            lines.push(format!("struct {path}{generics}"));
            fields(&item.fields, path, lines);
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let is_open = item.attrs.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
            lines.push(format!("{}enum {path}{}", if is_open { "non-exhaustive " } else { "" }, line(&item.generics)));
            for variant in &item.variants {
                lines.push(format!("{path}::{}{}", variant.ident, shape(&variant.fields)));
            }
        }
        Item::Trait(item) if is_public(&item.vis) => {
            let (generics, bounds) = (&item.generics, &item.supertraits);
            lines.push(format!("trait {path}{}: {}", line(generics), line(bounds)));
            for member in &item.items {
                if let TraitItem::Fn(function) = member {
                    let provided = if function.default.is_some() { " { … }" } else { "" };
                    lines.push(format!("{path}: {}{provided}", line(&function.sig)));
                }
            }
        }
        Item::Fn(item) if is_public(&item.vis) => lines.push(format!("{path}: {}", line(&item.sig))),
        Item::Const(item) if is_public(&item.vis) => lines.push(format!("const {path}: {}", line(&item.ty))),
        Item::Static(item) if is_public(&item.vis) => lines.push(format!("static {path}: {}", line(&item.ty))),
        Item::Type(item) if is_public(&item.vis) => {
            lines.push(format!("type {path}{} = {}", line(&item.generics), line(&item.ty)));
        }
        _ => {}
    }
}

fn fields(all: &Fields, path: &str, lines: &mut Vec<String>) {
    for (index, field) in all.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        lines.push(format!("{path}.{name}: {}", line(&field.ty)));
    }
}

/// The fields of a variant: their names and types.
fn shape(fields: &Fields) -> String {
    let all = fields.iter().map(|field| {
        let name = field.ident.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        name + &line(&field.ty)
    });
    let all = all.collect::<Vec<_>>().join(", ");
    match fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(_) => format!("({all})"),
        Fields::Named(_) => format!(" {{ {all} }}"),
    }
}

/// The items that an impl adds to a type that callers can name.
fn implemented(item: &ItemImpl, names: &BTreeSet<String>, lines: &mut Vec<String>) {
    let ty = line(&item.self_ty);
    let name = ty.split('<').next().unwrap_or_default().rsplit("::").next().unwrap_or_default().to_owned();
    if !names.contains(&name) || is_left_out(&item.attrs) {
        return;
    }
    if let Some((of, _)) = &item.trait_ {
        lines.push(format!("impl{} {} for {ty}", line(&item.generics), line(of)));
        return;
    }
    for member in &item.items {
        match member {
            ImplItem::Fn(function) if is_public(&function.vis) && !is_left_out(&function.attrs) => {
                lines.push(format!("{ty}::{}", line(&function.sig)));
            }
            ImplItem::Const(constant) if is_public(&constant.vis) => {
                let (ident, of) = (&constant.ident, &constant.ty);
                lines.push(format!("{ty}::{}", line(quote!(#ident: #of))));
            }
            _ => {}
        }
    }
}

/// All that callers of a crate can name, sorted.
fn api(folder: &str) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src");
    let mut modules = Vec::new();
    read(parse(&[source.join("lib.rs")]), &source, &[], true, &mut modules);
    let exports = exports(&modules);
    let (mut lines, mut names) = (Vec::new(), BTreeSet::new());
    for module in &modules {
        let glob: Vec<String> = module.path.iter().cloned().chain(["*".to_owned()]).collect();
        let is_all_visible = module.is_public || exports.contains(&glob);
        for item in &module.items {
            let Some((name, attributes)) = named(item) else { continue };
            let path: Vec<String> = module.path.iter().cloned().chain([name.clone()]).collect();
            if is_left_out(attributes) || !(is_all_visible || exports.contains(&path)) {
                continue;
            }
            let before = lines.len();
            describe(item, &path.join("::"), &mut lines);
            if lines.len() > before {
                names.insert(name);
            }
        }
    }
    for item in modules.iter().flat_map(|module| &module.items) {
        if let Item::Impl(item) = item {
            implemented(item, &names, &mut lines);
        }
    }
    lines.sort();
    lines.dedup();
    lines.join("\n")
}

fn named(item: &Item) -> Option<(String, &[Attribute])> {
    let (ident, attributes) = match item {
        Item::Struct(item) => (&item.ident, &item.attrs),
        Item::Enum(item) => (&item.ident, &item.attrs),
        Item::Trait(item) => (&item.ident, &item.attrs),
        Item::Fn(item) => (&item.sig.ident, &item.attrs),
        Item::Const(item) => (&item.ident, &item.attrs),
        Item::Static(item) => (&item.ident, &item.attrs),
        Item::Type(item) => (&item.ident, &item.attrs),
        _ => return None,
    };
    Some((ident.to_string(), attributes))
}

#[test]
fn of_edmark() {
    insta::assert_snapshot!("edmark", api("codegen"));
}

#[test]
fn of_the_runtime() {
    insta::assert_snapshot!("edmark-runtime", api("runtime"));
}
