//! The templates of a page: which are the same, which one is the plain one, and what tells the others apart.
//!
//! The plain one addresses through the type's own entity set, or any by key (`/users/{id}/…` before `/me/…`), not by path, carries no query,
//! and is the shortest; of those the first. Any other is told apart by the segments that it has and the plain one has not: `of_me`,
//! `in_mail_folders`, `by_path`, `as_group`, `value`.

use heck::ToSnakeCase;

use super::names::singular;
use crate::model::{Part, Segment};
use crate::schema::operation::Request;

/// The templates that belong to a type: all of its page's, or of a page that it shares with other types those that name it.
pub(super) fn of_type<'r>(requests: &'r [Request], type_name: &str, shared: bool) -> Vec<&'r Request> {
    let names_type = |request: &&Request| {
        request.path.iter().any(|segment| match segment {
            Segment::Literal(text) | Segment::Call { name: text, .. } => is_set_of(text, type_name),
            _ => false,
        })
    };
    let named: Vec<&Request> = requests.iter().filter(names_type).collect();
    if shared && !named.is_empty() { named } else { requests.iter().collect() }
}

/// The distinct templates with their suffixes, the plain one (with an empty suffix) first.
pub(super) fn distinct<'r>(requests: &[&'r Request], type_name: &str) -> Vec<(&'r Request, String)> {
    let mut different: Vec<&Request> = Vec::new();
    for request in requests.iter().copied() {
        let is_known = |known: &&Request| known.method == request.method && same_path(&known.path, &request.path);
        if !different.iter().any(is_known) {
            different.push(request);
        }
    }
    // Stable, so that of equals the page's first is the plain one.
    let Some(plain) = different.iter().copied().min_by_key(|request| rank(request, type_name)) else {
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

fn rank(request: &Request, type_name: &str) -> (bool, bool, bool, bool, usize) {
    let path = &request.path;
    let is_key = |segment: &Segment| matches!(segment, Segment::Key(_));
    let own_set = matches!(path.first(), Some(Segment::Literal(set)) if is_set_of(set, type_name));
    let by_key = path.get(1).is_some_and(is_key);
    let by_path = path.iter().any(|segment| matches!(segment, Segment::ByPath { .. } | Segment::Mixed(_)));
    (!own_set, by_path, !by_key, !request.query.is_empty(), path.len())
}

pub(super) fn same_path(one: &[Segment], other: &[Segment]) -> bool {
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
    let mut places: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for segment in own {
        match segment {
            Segment::Literal(text) if text.eq_ignore_ascii_case("me") => words.push("of_me".to_owned()),
            Segment::Literal(text) if text.starts_with('$') => words.push(snake(text)),
            Segment::Literal(text) if text.contains('.') => words.push(format!("as_{}", snake(text))),
            Segment::Literal(text) if !is_set_of(text, type_name) && !names(plain, text) => places.push(snake(text)),
            Segment::Literal(_) | Segment::Key(_) => {}
            Segment::Call { name, arguments } if names(plain, name) => {
                let known: Vec<String> =
                    arguments.iter().map(|argument| snake(&argument.name)).filter(|name| !name.is_empty()).collect();
                if !known.is_empty() {
                    words.push(format!("by_{}", known.join("_and_")));
                }
            }
            Segment::Call { name, .. } => places.push(snake(name)),
            Segment::ByPath { .. } => words.push("by_path".to_owned()),
            Segment::Mixed(parts) => {
                let texts = texts(parts).map(snake).filter(|text| !text.is_empty());
                words.extend(texts.map(|text| format!("by_{text}")));
            }
        }
    }
    places.retain(|place| !place.is_empty());
    if !places.is_empty() {
        let place = words.iter().position(|word| word != "of_me").unwrap_or(words.len());
        words.insert(place, format!("in_{}", places.join("_")));
    }
    if matches!((own.last(), plain.last()), (Some(Segment::Key(_)), Some(Segment::Literal(_)))) && behind == 0 {
        words.push("by_key".to_owned());
    }
    if words.is_empty() {
        // `/ships` beside `/ships/{id}`, `/fleet/ship` beside `/ships/{id}`: what is left names it.
        let last = own.iter().rev().chain(path.iter().rev()).find_map(|segment| match segment {
            Segment::Literal(text) => Some(snake(text)),
            _ => None,
        });
        match last {
            _ if plain.is_empty() && !own.is_empty() => words.push("by_key".to_owned()),
            Some(name) => words.push(format!("in_{name}")),
            None => {}
        }
    }
    words
}

/// Whether segments have a literal or a function of a name.
fn names(segments: &[Segment], name: &str) -> bool {
    segments.iter().any(|segment| match segment {
        Segment::Literal(known) | Segment::Call { name: known, .. } => known.eq_ignore_ascii_case(name),
        _ => false,
    })
}

/// Whether a segment is called like the type, or its plural. `me` is a user.
fn is_set_of(segment: &str, type_name: &str) -> bool {
    let begins_alike = segment.chars().next().map(|c| c.to_ascii_lowercase())
        == type_name.chars().next().map(|c| c.to_ascii_lowercase());
    segment.eq_ignore_ascii_case(type_name)
        || segment.eq_ignore_ascii_case("me") && type_name == "user"
        || begins_alike
            && segment.len().abs_diff(type_name.len()) <= 2
            && singular(&snake(segment)) == type_name.to_snake_case()
}

/// The last part of a name, in words: `microsoft.graph.user` → `user`, `$value` → `value`.
fn snake(text: &str) -> String {
    let last = text.rsplit('.').next().unwrap_or_default();
    let words: String = last.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.to_snake_case()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::operation::{Argument, ArgumentValue, HttpMethod};
    use crate::source::{FileId, Span};

    /// `/ships/{}/crew`, `x()` for a call by `name`, `root:` for a path.
    fn request(path: &str) -> Request {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let segment = |text: &str| match text {
            "{}" => Segment::Key("id".to_owned()),
            "root:" => Segment::ByPath { anchor: "root".to_owned(), parameter: "path".to_owned(), closed: true },
            _ => match text.strip_suffix("()") {
                Some(name) => Segment::Call {
                    name: name.to_owned(),
                    arguments: vec![Argument {
                        name: "name".to_owned(),
                        value: ArgumentValue::Placeholder { name: "name".to_owned(), quoted: true },
                    }],
                },
                None => Segment::Literal(text.to_owned()),
            },
        };
        Request {
            method: HttpMethod::Get,
            path: path.trim_start_matches('/').split('/').map(segment).collect(),
            query: query.map(|query| (query.to_owned(), String::new())).into_iter().collect(),
            span: Span::start_of(FileId(0)),
        }
    }

    fn suffixes(paths: &[&str], type_name: &str) -> Vec<String> {
        let requests: Vec<Request> = paths.iter().map(|path| request(path)).collect();
        let all: Vec<&Request> = requests.iter().collect();
        distinct(&all, type_name).into_iter().map(|(_, suffix)| suffix).collect()
    }

    #[test]
    fn what_tells_templates_apart() {
        for (paths, suffixes_of) in [
            (vec!["/me/letters", "/users/{}/letters"], vec!["", "of_me"]),
            (vec!["/users/{}/letters", "/users/{}/boxes/{}/letters"], vec!["", "in_boxes"]),
            (
                vec!["/users/{}/letters/{}", "/me/boxes/{}/letters/{}", "/me/letters/{}/$value"],
                vec!["", "of_me_in_boxes", "of_me_value"],
            ),
            (vec!["/users/{}/disk/items/{}/x", "/users/{}/disk/root:/x"], vec!["", "by_path"]),
            (vec!["/ships/{}/crew", "/ships/{}/crew/fleet.cook"], vec!["", "as_cook"]),
            (vec!["/sheets/{}/range", "/sheets/{}/range()"], vec!["", "by_name"]),
            (vec!["/ships/{}", "/ships/{}"], vec![""]),
            (vec!["/a/{}/x?q", "/a/{}/y/x"], vec!["", "in_x"]),
            (vec!["/fleet/list", "/fleet/list/{}"], vec!["", "by_key"]),
        ] {
            assert_eq!(suffixes(&paths, "letter"), suffixes_of, "{paths:?}");
        }
    }

    #[test]
    fn the_own_entity_set_is_plain() {
        assert_eq!(suffixes(&["/me/disk", "/users/{}/disk", "/disks/{}"], "disk"), ["", "of_me", "in_users"]);
    }

    #[test]
    fn a_shared_page_gives_each_type_its_templates() {
        let requests = [request("/letters/{}/files"), request("/events/{}/files"), request("/me")];
        let count = |name, shared| of_type(&requests, name, shared).len();
        assert_eq!((count("event", true), count("event", false), count("file", true)), (1, 3, 2));
        assert_eq!((count("user", true), count("picture", true)), (1, 3));
    }
}
