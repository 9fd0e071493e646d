//! Stages know their neighbours only through the type that is passed on, so dependencies between
//! stages must not be circular. The same holds for the parts of some stages, such as the steps of
//! `resolve`.
//!
//! A stage, or a module with facts, is a module at the root of the crate, and a step is a module of
//! `resolve`. One depends on another if its sources, except tests, contain a path into the other:
//! `crate::schema::Schema`, or `super::index::Index` in a step. Items that the module above imports
//! or exports count as those of the module where they are: `crate::Error` is one of `error`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// For every module, the modules it depends on, each with a file that contains such a path.
type Dependencies = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn no_stage_depends_on_one_that_depends_on_it() {
    let dependencies = dependencies(&sources(), &[]);
    assert!(dependencies["resolve"].contains_key("schema"), "the sources were not understood");
    assert_no_circle(&dependencies);
}

#[test]
fn no_part_of_a_stage_depends_on_one_that_depends_on_it() {
    for (stage, part, other) in [
        ("config", "reader", "corrections"),
        ("markdown", "blocks", "inline"),
        ("schema", "container", "type_expr"),
        ("diff", "compare", "renames"),
        ("emit", "units", "requests"),
        ("read", "operation", "rows"),
        ("resolve", "properties", "index"),
    ] {
        let dependencies = dependencies(&sources(), &[stage]);
        assert!(dependencies[part].contains_key(other), "the sources of {stage} were not understood");
        assert_no_circle(&dependencies);
    }
}

#[test]
fn a_circle_is_found() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use a::Thing;"),
        ("a.rs", "use crate::{b::Other, c};"),
        ("b/deep.rs", "fn of() -> super::super::Thing {}"),
        ("c.rs", "#[cfg(test)] mod tests { use crate::a; }"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("b")).expect("a folder");
    for (path, text) in files {
        fs::write(folder.path().join(path), text).expect("a file");
    }
    let dependencies = dependencies(folder.path(), &[]);
    assert_eq!(shortest_circle(&dependencies, "a"), Some(vec!["a", "b"]));
    assert_eq!(shortest_circle(&dependencies, "c"), None);
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[track_caller]
fn assert_no_circle(dependencies: &Dependencies) {
    let circles = dependencies.keys().filter_map(|module| shortest_circle(dependencies, module));
    let circles: Vec<String> = circles.map(|circle| describe(dependencies, &circle)).collect();
    assert!(circles.is_empty(), "modules depend on each other in a circle:\n{}", circles.join("\n"));
}

/// The dependencies between the submodules of a module.
fn dependencies(sources: &Path, of: &[&str]) -> Dependencies {
    let mut files = Vec::new();
    read_folder(sources, &[], &mut files);
    let mut dependencies = Dependencies::new();
    let above = sources.join(of.join("/")).with_extension("rs");
    let imports = imports(tokens(&if of.is_empty() { sources.join("lib.rs") } else { above }));
    let of: Vec<String> = of.iter().map(|name| (*name).to_owned()).collect();
    let below = |path: &[String]| {
        let name = path.strip_prefix(of.as_slice())?.first()?;
        Some(imports.get(name).unwrap_or(name).clone())
    };
    for (module, named) in &files {
        let Some(own) = below(module) else { continue };
        let file = module.join("/") + ".rs";
        let known = dependencies.entry(own.clone()).or_default();
        for other in named.iter().filter_map(|path| below(path)).filter(|other| *other != own) {
            known.entry(other).or_insert_with(|| file.clone());
        }
    }
    // A path may lead to an item that is not a module.
    let modules: BTreeSet<String> = dependencies.keys().cloned().collect();
    dependencies.values_mut().for_each(|known| known.retain(|other, _| modules.contains(other)));
    dependencies
}

/// A module, and the paths in its file, from the root of the crate.
type File = (Vec<String>, BTreeSet<Vec<String>>);

/// Adds the source files below the folder of a module.
fn read_folder(folder: &Path, module: &[String], files: &mut Vec<File>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name in ASCII").to_owned();
        let of_root = ["lib", "bin"].contains(&name.as_str()) && module.is_empty();
        if name.ends_with("tests") || name == "snapshots" || of_root {
            continue;
        }
        let within = [module, &[name]].concat();
        if path.is_dir() {
            read_folder(&path, &within, files);
        } else {
            let mut named = BTreeSet::new();
            named_paths(tokens(&path), &within, &mut named);
            files.push((within, named));
        }
    }
}

fn tokens(path: &Path) -> TokenStream {
    fs::read_to_string(path).expect("a source").parse().expect("Rust")
}

/// The items that a module imports or exports from its submodules, each with its submodule.
fn imports(tokens: TokenStream) -> BTreeMap<String, String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut paths = BTreeSet::new();
    for (index, token) in tokens.iter().enumerate() {
        if let (true, Some(TokenTree::Ident(first))) = (token.to_string() == "use", tokens.get(index + 1)) {
            path_behind(&tokens[index + 2..], vec![first.to_string()], &mut paths);
        }
    }
    let outside = ["crate", "std", "super"];
    let paths = paths.into_iter().filter(|path| path.len() > 1 && !outside.contains(&path[0].as_str()));
    paths.map(|path| (path[path.len() - 1].clone(), path[0].clone())).collect()
}

/// Adds the paths in some code that begin with `crate` or `super`.
fn named_paths(tokens: TokenStream, module: &[String], named: &mut BTreeSet<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |index: usize, text: &str| tokens.get(index).is_some_and(|token: &TokenTree| token.to_string() == text);
    let mut index = 0;
    while index < tokens.len() {
        // Skips `#[cfg(test)] mod tests { … }`.
        let is_of_tests = is(index + 1, "[cfg (test)]") || is(index + 1, "[cfg(test)]");
        if is(index, "#") && is_of_tests && is(index + 2, "mod") {
            index += 5;
            continue;
        }
        let is_inner = index > 1 && is(index - 1, ":") && is(index - 2, ":");
        let root = match tokens[index].to_string().as_str() {
            "crate" if !is_inner => Some(Vec::new()),
            "super" if !is_inner => Some(module[..module.len() - 1].to_vec()),
            _ => None,
        };
        if let Some(root) = root {
            path_behind(&tokens[index + 1..], root, named);
        }
        if let TokenTree::Group(group) = &tokens[index] {
            named_paths(group.stream(), module, named);
        }
        index += 1;
    }
}

/// Adds the continuations of a path: `::index::Index`, `::{a, b::c}`.
fn path_behind(tokens: &[TokenTree], mut path: Vec<String>, named: &mut BTreeSet<Vec<String>>) {
    let colons = |at: usize| tokens.get(at..at + 2).is_some_and(|two| two.iter().all(|token| token.to_string() == ":"));
    let mut at = 0;
    while colons(at) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(name)) if name == "super" => drop(path.pop()),
            Some(TokenTree::Ident(name)) => path.push(name.to_string()),
            Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Brace => {
                let items: Vec<TokenTree> = list.stream().into_iter().collect();
                for item in items.split(|token| token.to_string() == ",") {
                    if let Some(TokenTree::Ident(name)) = item.first() {
                        path_behind(&item[1..], [path.as_slice(), &[name.to_string()]].concat(), named);
                    }
                }
                return;
            }
            _ => break,
        }
        at += 3;
    }
    named.insert(path);
}

/// The shortest circle of dependencies from a module back to it.
fn shortest_circle<'d>(dependencies: &'d Dependencies, start: &'d str) -> Option<Vec<&'d str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in dependencies.get(way[way.len() - 1]).into_iter().flatten().map(|(next, _)| next.as_str()) {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push([way.as_slice(), &[next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// Describes a circle: each dependency with the file that contains it.
fn describe(dependencies: &Dependencies, circle: &[&str]) -> String {
    let steps = circle.iter().zip(circle.iter().cycle().skip(1));
    let steps: Vec<String> =
        steps.map(|(from, to)| format!("{from} needs {to} (src/{})", dependencies[*from][*to])).collect();
    steps.join(", ")
}
