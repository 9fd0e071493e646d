//! The templates of a page: which are the same, which one is the plain one, and what tells the others apart.
//!
//! The plain one addresses through an entity set by key (`/users/{id}/…` before `/me/…`), not by path, and is the shortest; of those
//! the first. Any other is told apart by the segments that it has and the plain one has not: `of_me`, `in_mail_folders`, `by_path`.

use heck::ToSnakeCase;

use super::names::singular;
use crate::model::{Part, Segment};
use crate::schema::operation::Request;

/// The distinct templates with their suffixes, the plain one (with an empty suffix) first.
pub(super) fn distinct<'r>(requests: &'r [Request], type_name: &str) -> Vec<(&'r Request, String)> {
    let mut different: Vec<&Request> = Vec::new();
    for request in requests {
        let is_known = |known: &&Request| known.method == request.method && same_path(&known.path, &request.path);
        if !different.iter().any(is_known) {
            different.push(request);
        }
    }
    // Stable, so that of equals the page's first is the plain one.
    let Some(plain) = different.iter().copied().min_by_key(|request| rank(&request.path)) else {
        return Vec::new();
    };
    let mut named = vec![(plain, String::new())];
    for request in different {
        if !std::ptr::eq(request, plain) {
            let mut words = difference(&plain.path, &request.path, type_name);
            if request.method != plain.method {
                words.insert(0, format!("by_{}", request.method.name().to_ascii_lowercase()));
            }
            named.push((request, words.join("_")));
        }
    }
    named
}

fn rank(path: &[Segment]) -> (bool, bool, bool, usize) {
    let is_key = |segment: &Segment| matches!(segment, Segment::Key(_));
    let own_set = matches!(path, [Segment::Literal(_), Segment::Key(_)]);
    let by_key = path.get(1).is_some_and(is_key);
    let by_path = path.iter().any(|segment| matches!(segment, Segment::ByPath { .. } | Segment::Mixed(_)));
    (!own_set, by_path, !by_key, path.len())
}

fn same_path(one: &[Segment], other: &[Segment]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

/// Whether two segments differ in no more than the names of placeholders.
fn same(one: &Segment, other: &Segment) -> bool {
    match (one, other) {
        (Segment::Literal(one), Segment::Literal(other)) => one.eq_ignore_ascii_case(other),
        (Segment::Key(_), Segment::Key(_)) => true,
        (Segment::Call { name: one, arguments: these }, Segment::Call { name: other, arguments: those }) => {
            one.eq_ignore_ascii_case(other)
                && these.len() == those.len()
                && these.iter().zip(those).all(|(this, that)| this.name.eq_ignore_ascii_case(&that.name))
        }
        (Segment::ByPath { anchor: one, closed: this, .. }, Segment::ByPath { anchor: other, closed: that, .. }) => {
            this == that && one.starts_with('{') == other.starts_with('{') && (one.starts_with('{') || one == other)
        }
        (Segment::Mixed(one), Segment::Mixed(other)) => one.len() == other.len() && texts(one).eq(texts(other)),
        _ => false,
    }
}

fn texts(parts: &[Part]) -> impl Iterator<Item = &str> {
    parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Placeholder(_) => None,
    })
}

/// The words for what `path` has and `plain` has not.
fn difference(plain: &[Segment], path: &[Segment], type_name: &str) -> Vec<String> {
    let before = plain.iter().zip(path).take_while(|(one, other)| same(one, other)).count();
    let behind = plain[before..]
        .iter()
        .rev()
        .zip(path[before..].iter().rev())
        .take_while(|(one, other)| same(one, other))
        .count();
    let (plain, own) = (&plain[before..plain.len() - behind], &path[before..path.len() - behind]);
    // Where nothing follows, the segments are what is addressed, not where it is.
    let preposition = if behind > 0 || before == 0 { "in_" } else { "" };
    let mut words = Vec::new();
    for segment in own {
        match segment {
            Segment::Literal(text) if text.eq_ignore_ascii_case("me") => words.push("of_me".to_owned()),
            Segment::Literal(text) => {
                let name = snake(text);
                let is_type = singular(&name) == type_name.to_snake_case();
                let in_plain = plain
                    .iter()
                    .any(|known| matches!(known, Segment::Literal(known) if known.eq_ignore_ascii_case(text)));
                if text.contains('.') {
                    words.push(format!("as_{name}"));
                } else if !name.is_empty() && !is_type && !in_plain {
                    words.push(format!("{preposition}{name}"));
                }
            }
            Segment::Key(_) => {}
            Segment::Call { name, arguments } => {
                let in_plain = plain.iter().any(|known| match known {
                    Segment::Literal(known) | Segment::Call { name: known, .. } => known.eq_ignore_ascii_case(name),
                    _ => false,
                });
                if !in_plain {
                    words.push(format!("{preposition}{}", snake(name)));
                }
                let names: Vec<String> =
                    arguments.iter().map(|argument| snake(&argument.name)).filter(|name| !name.is_empty()).collect();
                if in_plain && !names.is_empty() {
                    words.push(format!("by_{}", names.join("_and_")));
                }
            }
            Segment::ByPath { .. } => words.push("by_path".to_owned()),
            Segment::Mixed(parts) => {
                words.extend(texts(parts).map(snake).filter(|text| !text.is_empty()).map(|text| format!("by_{text}")))
            }
        }
    }
    if words.is_empty() {
        // `/ships` beside `/ships/{id}`, `/fleet/ship` beside `/ships/{id}`: what is left names it.
        let mut literals = own.iter().chain(path).filter_map(|segment| match segment {
            Segment::Literal(text) => Some(snake(text)),
            _ => None,
        });
        let keys = own.iter().filter(|segment| matches!(segment, Segment::Key(_))).count();
        match literals.next_back() {
            _ if keys > 0 && plain.is_empty() => words.push("by_key".to_owned()),
            Some(name) => words.push(format!("in_{name}")),
            None => {}
        }
    }
    words
}

/// The last part of a name, in words: `microsoft.graph.user` → `user`, `$value` → `value`.
fn snake(text: &str) -> String {
    let last = text.rsplit('.').next().unwrap_or_default();
    let words: String = last.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.to_snake_case()
}
