//! Stages know each other only by the type that one hands on to the next, so no stage may depend on
//! one that depends on it.
//!
//! A stage, or a room for facts, is a module at the root of the crate. It depends on another where
//! its sources, tests apart, name a path that begins with `crate::` and that module.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Circles that are still there: modules that depend on each other. An entry goes when its circle
/// is cut; none may be added.
///
/// The table of facts has their sentences, which look at the schema's facts; the schema has the
/// table's primitive types.
const OPEN: &[&[&str]] = &[&["schema", "vocabulary"]];

/// For every module, the modules that it depends on, each with a file that says so.
type Dependencies = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn no_stage_depends_on_one_that_depends_on_it() {
    let mut dependencies = Dependencies::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_folder(&root, "", &mut dependencies);
    assert!(dependencies["resolve"].contains_key("schema"), "the sources were not understood");
    let mut circles = Vec::new();
    for module in dependencies.keys() {
        if let Some(circle) = shortest_circle(&dependencies, module) {
            let modules: BTreeSet<&str> = circle.iter().copied().collect();
            if !OPEN.iter().any(|open| modules.iter().all(|module| open.contains(module))) {
                circles.push(describe(&dependencies, &circle));
            }
        }
    }
    assert!(circles.is_empty(), "stages depend on each other in a circle:\n{}", circles.join("\n"));
}

/// Takes up the sources below a folder; `within` is its path below `src`.
fn read_folder(folder: &Path, within: &str, dependencies: &mut Dependencies) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in ASCII").to_owned();
        let path_within = format!("{within}{name}");
        let is_of_tests = name.trim_end_matches(".rs").ends_with("tests") || within == "bin/";
        if is_of_tests {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, &format!("{path_within}/"), dependencies);
        } else if let Some(file) = path_within.strip_suffix(".rs").filter(|file| *file != "lib") {
            let module = file.split('/').next().unwrap_or(file);
            let text = fs::read_to_string(&path).expect("a source");
            let tokens: TokenStream = text.parse().expect("Rust");
            let mut named = BTreeSet::new();
            named_modules(tokens, &mut named);
            named.remove(module);
            let known = dependencies.entry(module.to_owned()).or_default();
            for other in named {
                known.entry(other).or_insert_with(|| path_within.clone());
            }
        }
    }
}

/// The modules that paths of some code begin with: `crate::schema::Schema`,
/// `crate::{schema, source}`.
fn named_modules(tokens: TokenStream, named: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |index: usize, text: &str| tokens.get(index).is_some_and(|token: &TokenTree| token.to_string() == text);
    let mut index = 0;
    while index < tokens.len() {
        // `#[cfg(test)] mod tests { … }`
        let is_of_tests = is(index + 1, "[cfg (test)]") || is(index + 1, "[cfg(test)]");
        if is(index, "#") && is_of_tests && is(index + 2, "mod") {
            index += 5;
            continue;
        }
        if is(index, "crate") && is(index + 1, ":") && is(index + 2, ":") {
            match tokens.get(index + 3) {
                Some(TokenTree::Ident(module)) => {
                    named.insert(module.to_string());
                }
                Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Brace => {
                    let mut at_start = true;
                    for token in list.stream() {
                        match token {
                            TokenTree::Ident(module) if at_start => {
                                named.insert(module.to_string());
                                at_start = false;
                            }
                            TokenTree::Punct(comma) if comma.as_char() == ',' => at_start = true,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        if let TokenTree::Group(group) = &tokens[index] {
            named_modules(group.stream(), named);
        }
        index += 1;
    }
}

/// The shortest way from a module back to it.
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

/// A circle in words: each step with the file that takes it.
fn describe(dependencies: &Dependencies, circle: &[&str]) -> String {
    let steps = circle.iter().zip(circle.iter().cycle().skip(1));
    let steps: Vec<String> =
        steps.map(|(from, to)| format!("{from} needs {to} (src/{})", dependencies[*from][*to])).collect();
    steps.join(", ")
}
