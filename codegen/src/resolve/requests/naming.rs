//! Names steps and operations: with the service's own names in Rust case, or with OData's verbs for
//! requests to the path itself.
//!
//! | request | name |
//! | --- | --- |
//! | reads a collection, reads one | `list`, `get` |
//! | `POST` to a collection | `create`; of a derived type, `create_ship` |
//! | `PATCH`, `PUT`, `DELETE` | `update`, `replace`, `delete` |
//! | `$ref`, and `{id}/$ref` of a collection | `list_refs` or `get_ref`, `add_ref`, `remove_ref` |
//! | `keeper/$ref` of an entity | `set_keeper`, `remove_keeper` |
//! | `$value`, a stream | `value`, `content`; written with `set_` before it |
//! | an action, a function | its name; with its arguments where another has the plain name: `image_by_width_and_height` |
//! | one more with a query option | `create_with_requires_review` |
//!
//! If two pages describe different requests to the same path, that of the main page gets the plain
//! name, and the other name is made from the title of its page.

use crate::hashing::HashSet;
use crate::schema::simple_name;

use super::bodies::Payload;
use super::node_types::NodeType;
use super::operations::Draft;
use super::titles::of_title;
use super::trie::Edge;
use crate::case;
use crate::model::requests::{Body, OperationKind, ReturnType};
use crate::model::{Argument, HttpMethod, Model, Part, Segment, ValueType};
use crate::resolve::rust_names::{field_name, unique};
use crate::schema::operation::REFERENCE_OF;

/// Functions that every builder has.
const RESERVED: [&str; 8] = ["clone", "fmt", "new", "new_at", "offline", "offline_at", "from_client", "client"];

/// Functions that create the requests to a builder's own path.
const VERBS: [&str; 6] = ["create", "delete", "get", "list", "replace", "update"];

/// The names of a builder's functions that have been given so far.
pub(super) struct Names<'n> {
    pub(super) model: &'n Model,
    /// The name of the builder, to be appended to names of functions that every builder has.
    pub(super) owner: String,
    taken: HashSet<String>,
}

impl<'n> Names<'n> {
    pub(super) fn new(model: &'n Model, owner: String) -> Self {
        Names { model, owner, taken: HashSet::default() }
    }

    /// The name as an identifier that does not clash with functions of every builder.
    fn safe(&self, name: &str) -> String {
        if RESERVED.contains(&name) { field_name(&format!("{name}_{}", self.owner)) } else { field_name(name) }
    }

    fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&self.safe(name))
    }

    /// Takes the first of some names that is free, as an identifier.
    pub(super) fn take(&mut self, names: &[String]) -> String {
        let safe = |name: &String| self.safe(name);
        let free = names.iter().map(safe).find(|name| !self.taken.contains(name));
        let name = free.unwrap_or_else(|| {
            unique(
                safe(names.first().unwrap_or(&self.owner)),
                |name| self.taken.contains(name),
                |name, number| format!("{}_{number}", name.trim_start_matches("r#").trim_end_matches('_')),
            )
        });
        self.taken.insert(name.clone());
        name
    }

    /// The name of a function that extends the path. A name of a request is put in the plural: a
    /// drive's `list()` would be taken for the request that lists its items, and is the path to the
    /// list in SharePoint.
    pub(super) fn step(&mut self, name: String) -> String {
        match VERBS.contains(&name.as_str()) {
            true => self.take(&[format!("{name}s"), format!("{}_{name}", self.owner)]),
            false => self.take(&[name]),
        }
    }

    /// Names an operation with the best name that is free. `several` is true if another call of the
    /// same OData name has the plain name. `variants` is the number of sets of query
    /// options that the same request has.
    pub(super) fn operation(
        &mut self,
        draft: &Draft,
        place: &NodeType,
        title: &str,
        several: bool,
        variants: usize,
    ) -> String {
        let mut base = match &draft.edge {
            None => self.of_place(draft, place),
            Some(edge) => self.of_edge(edge, draft, place, several),
        };
        if variants > 1 && !draft.query.is_empty() {
            let options: Vec<String> = draft.query.iter().map(|(name, _)| words(name)).collect();
            base = format!("{base}_with_{}", options.join("_and_"));
        }
        if self.is_free(&base) {
            return self.take(&[base]);
        }
        let mut names = vec![base.clone()];
        if draft.edge.is_some() {
            let prefix = match draft.http {
                HttpMethod::Get => "get",
                HttpMethod::Post => "post",
                HttpMethod::Put => "set",
                HttpMethod::Patch => "update",
                HttpMethod::Delete => "delete",
            };
            names.push(format!("{prefix}_{base}"));
        }
        let owner = place.ty().map_or("", |id| self.model.structured(id).name.name.as_str());
        let titled = of_title(title, owner);
        names.push(titled.clone());
        names.push(format!("{base}_{titled}"));
        self.take(&names)
    }

    fn of_place(&self, draft: &Draft, place: &NodeType) -> String {
        let verb = match draft.http {
            HttpMethod::Get if place.collection || matches!(draft.response, ReturnType::Many(_)) => "list",
            HttpMethod::Get => "get",
            HttpMethod::Post => "create",
            HttpMethod::Patch => "update",
            HttpMethod::Put => "replace",
            HttpMethod::Delete => "delete",
        };
        let body = match &draft.payload {
            Payload::Body(Body::Update(id) | Body::Value(ValueType::Structured(id))) => Some(*id),
            _ => None,
        };
        match (body, place.ty()) {
            (Some(body), Some(item)) if body != item => {
                format!("{verb}_{}", case::snake(&self.model.structured(body).name.name))
            }
            _ => verb.to_owned(),
        }
    }

    fn of_edge(&self, edge: &Edge, draft: &Draft, place: &NodeType, several: bool) -> String {
        if draft.kind == OperationKind::Reference
            && let Some(property) = property_of(edge, draft)
        {
            return format!("{}_{}", if draft.http == HttpMethod::Delete { "remove" } else { "set" }, words(property));
        }
        let verb = match (draft.kind, draft.http) {
            (OperationKind::Update, HttpMethod::Patch) => return "update_each".to_owned(),
            (OperationKind::Update, HttpMethod::Delete) => return "delete_each".to_owned(),
            (OperationKind::Reference, HttpMethod::Get) => {
                return if place.collection { "list_refs" } else { "get_ref" }.to_owned();
            }
            (OperationKind::Reference, HttpMethod::Post) => return "add_ref".to_owned(),
            (OperationKind::Reference, HttpMethod::Put | HttpMethod::Patch) => return "set_ref".to_owned(),
            (OperationKind::Reference, HttpMethod::Delete) => return "remove_ref".to_owned(),
            (OperationKind::Media, HttpMethod::Put) => "set_",
            (OperationKind::Media, HttpMethod::Patch) => "update_",
            (OperationKind::Media, HttpMethod::Delete) => "delete_",
            _ => "",
        };
        let segment = draft.path.first().map(|segment| simple(self.model, segment));
        format!("{verb}{}", segment.map_or_else(String::new, |segment| of_segment(&segment, edge, several)))
    }
}

/// The navigation property whose reference an operation changes.
fn property_of<'d>(edge: &Edge, draft: &'d Draft) -> Option<&'d str> {
    match (edge, draft.path.first()?) {
        (Edge::Name(_), Segment::Literal(segment)) => segment.strip_suffix(REFERENCE_OF),
        _ => None,
    }
}

/// A segment without the namespace of its name, where the metadata has that: an operation or a
/// cast.
pub(super) fn simple(model: &Model, segment: &Segment) -> Segment {
    let is_declared = |namespace: &str| {
        !model.container.is_empty() && model.modules.iter().any(|known| known.namespace.eq_ignore_ascii_case(namespace))
    };
    let last = |name: &str| match name.rsplit_once('.') {
        Some((namespace, last)) if is_declared(namespace) => last.to_owned(),
        _ => name.to_owned(),
    };
    match segment {
        Segment::Literal(name) => Segment::Literal(last(name)),
        Segment::Call { name, arguments } => Segment::Call { name: last(name), arguments: arguments.clone() },
        other => other.clone(),
    }
}

/// Names a segment. `several` is true if another call of the same name has the plain name, or, for
/// a key, if it is not the key of a collection.
pub(super) fn of_segment(segment: &Segment, edge: &Edge, several: bool) -> String {
    match (segment, edge) {
        (Segment::Key(name), Edge::Key) if several => format!("by_{}", words(name)),
        (_, Edge::Key) => "id".to_owned(),
        (_, Edge::ByPath) => "by_path".to_owned(),
        (Segment::NamedKey { arguments, .. }, _) => by_names(arguments),
        (Segment::Call { name, arguments }, _) if several && !arguments.is_empty() => {
            format!("{}_by_{}", words(name), by_names(arguments))
        }
        (Segment::Literal(name) | Segment::Call { name, .. }, _) => words(name),
        (Segment::Mixed(parts), _) => {
            let texts: Vec<&str> = parts
                .iter()
                .filter_map(|part| match part {
                    Part::Text(text) => Some(text.as_str()),
                    Part::Placeholder(_) => None,
                })
                .collect();
            words(&texts.join(" "))
        }
        (Segment::Key(name), _) => words(name),
        (Segment::ByPath { .. }, _) => "by_path".to_owned(),
    }
}

fn by_names(arguments: &[Argument]) -> String {
    let names: Vec<String> =
        arguments.iter().map(|argument| words(&argument.name)).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "key".to_owned() } else { names.join("_and_") }
}

/// A name in snake case. Only the last part of a qualified name counts: `microsoft.graph.user` →
/// `user`, `$value` → `value`.
pub(super) fn words(text: &str) -> String {
    let last = simple_name(text);
    let words: String = last.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = case::snake(&words);
    if words.is_empty() { "request".to_owned() } else { words }
}
