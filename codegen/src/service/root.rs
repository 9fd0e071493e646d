//! The service root: the address with which all requests of a service begin.
//!
//! The address ends where the path of a request line begins, so that they do not overlap.

use crate::hashing::HashSet;
use std::borrow::Cow;

use super::Service;
use crate::ordered::Map;
use crate::parallel;
use crate::schema::operation::{Request, Segment};
use crate::schema::{DocumentedOperation, Schema};
use crate::url::skip_root;

/// The most frequent service root in examples and request lines:
/// `https://graph.microsoft.com/v1.0`; `None` if none of them has an absolute URL.
pub(super) fn shown(schema: &Schema) -> Option<String> {
    let first: HashSet<&str> = lines(schema).filter_map(|line| name(line.path.first()?)).collect();
    let first: HashSet<String> = first.into_iter().map(str::to_lowercase).collect();
    let roots = parallel::map(&schema.operations, |operation| {
        let examples = operation.examples.iter().filter_map(|example| example.request.as_ref());
        let examples = examples.filter_map(|request| of_example(&request.url.value, &first));
        let lines = operation.requests.iter().filter(|_| operation.declared.is_none());
        examples.chain(lines.filter_map(|line| of_line(line.root.as_deref()?))).collect::<Vec<String>>()
    });
    let mut counts: Map<String, usize> = Map::default();
    for root in roots.into_iter().flatten() {
        *counts.get_or_default(root) += 1;
    }
    counts.into_entries().into_iter().rev().max_by_key(|(_, count)| *count).map(|(root, _)| root)
}

/// The schema with paths that begin below the service root. The pages are not consistent about the
/// part before it (`https://host/odata/zoo/animals`, `/zoo/animals`). Only all lines together, or
/// the user, show that `zoo` is not an entity set.
pub(crate) fn below_root<'s>(schema: &'s Schema, said: &Service) -> Cow<'s, Schema> {
    let common = if said.root.is_none() { common(schema) } else { Vec::new() };
    let cut = |line: &Request| match &said.root {
        Some(root) => of_said(line, root),
        None if common.iter().zip(&line.path).all(|(one, segment)| name(segment) == Some(one)) => common.len(),
        None => 0,
    };
    if lines(schema).all(|line| cut(line) == 0) {
        return Cow::Borrowed(schema);
    }
    let mut schema = schema.clone();
    let pages = schema.operations.iter_mut().filter(|operation| operation.declared.is_none());
    for line in pages.flat_map(|operation| &mut operation.requests) {
        let rest = cut(line).min(line.path.len().saturating_sub(1));
        for segment in line.path.drain(..rest) {
            line.root.get_or_insert_default().push_str(&format!("/{segment}"));
        }
    }
    Cow::Owned(schema)
}

/// The request lines of pages.
fn lines(schema: &Schema) -> impl Iterator<Item = &Request> {
    let of_pages = |operation: &&DocumentedOperation| operation.declared.is_none();
    schema.operations.iter().filter(of_pages).flat_map(|operation| &operation.requests)
}

fn name(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(name) | Segment::Call { name, .. } | Segment::NamedKey { collection: name, .. } => Some(name),
        Segment::Key(_) | Segment::ByPath { .. } | Segment::Mixed(_) => None,
    }
}

/// The number of segments of a line's path that belong to the service root that the user has set.
fn of_said(line: &Request, root: &str) -> usize {
    let path = |url: &str| {
        let behind = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        behind.split('/').filter(|segment| !segment.is_empty()).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (wanted, known) = (path(root), path(line.root.as_deref().unwrap_or_default()));
    let Some(rest) = wanted.get(known.len()..).filter(|_| wanted.starts_with(&known)) else { return 0 };
    let mut names = line.path.iter().map(name);
    let begins = |names: &mut dyn Iterator<Item = Option<&str>>| {
        rest.iter().all(|segment| names.next().flatten().is_some_and(|name| name.eq_ignore_ascii_case(segment)))
    };
    if begins(&mut names) { rest.len() } else { 0 }
}

/// The names with which the paths of nearly all lines begin, if these lines have an address before
/// them. A name followed by a key is an entity set, and one that is called like a type leads to it,
/// so neither belongs to the root.
fn common(schema: &Schema) -> Vec<String> {
    let lines: Vec<&Request> = lines(schema).collect();
    let most = |count: usize| count * 10 >= lines.len() * 9;
    let mut common: Vec<String> = Vec::new();
    if lines.is_empty() || !most(lines.iter().filter(|line| line.root.is_some()).count()) {
        return common;
    }
    let types: HashSet<String> = schema.types.iter().map(|ty| ty.name.value.name.to_lowercase()).collect();
    let is_type = |name: &str| types.contains(name) || name.strip_suffix('s').is_some_and(|name| types.contains(name));
    loop {
        let mut counts: Map<&str, usize> = Map::default();
        for line in &lines {
            let is_below = common.iter().zip(&line.path).all(|(one, segment)| name(segment) == Some(one));
            let next = line.path.get(common.len()..).unwrap_or_default();
            if let (true, [Segment::Literal(name), Segment::Literal(_) | Segment::Call { .. }, ..]) = (is_below, next) {
                *counts.get_or_default(name) += 1;
            }
        }
        let best = counts.into_entries().into_iter().max_by_key(|(_, count)| *count);
        match best.filter(|(name, count)| most(*count) && !is_type(&name.to_lowercase()) && !name.starts_with('$')) {
            Some((name, _)) => common.push(name.to_owned()),
            None => return common,
        }
    }
}

/// The service root of an example's URL: the part before a name with which a request line begins,
/// or else the part up to the version.
fn of_example(url: &str, first: &HashSet<String>) -> Option<String> {
    let address = url.split(['?', ' ']).next()?;
    let origin = address.find("://").map(|at| address[at + 3..].find('/').map_or(address.len(), |end| at + 3 + end))?;
    let behind = skip_root(address, 0);
    let mut end = behind;
    for segment in address[behind..].split('/').filter(|segment| !segment.is_empty()) {
        let name = segment.split('(').next().unwrap_or_default();
        if first.contains(&name.to_lowercase()) {
            return of_line(&address[..end]);
        }
        if name.len() < segment.len() {
            break;
        }
        end += 1 + segment.len();
    }
    (behind > origin).then(|| of_line(&address[..behind])).flatten()
}

/// A service root as it is written, if it is an absolute address.
fn of_line(root: &str) -> Option<String> {
    let (scheme, rest) = root.trim_end_matches('/').split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
    let is_path = !path.contains(['{', '<', '(', '\'']);
    (is_host && is_path).then(|| format!("{}://{}{path}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
}
