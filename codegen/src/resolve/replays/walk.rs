//! Finds all ways of following a URL through the request tree.

use super::bind;
use super::url::Url;
use crate::model::replays::{Call, Deviation, Taken};
use crate::model::requests::{BuilderId, RequestTree, Step};
use crate::model::{Model, Segment};

/// The greatest number of ways that are examined.
const MOST: usize = 64;

/// A search through the tree.
pub(super) struct Walk<'a> {
    tree: &'a RequestTree,
    keys_in_parentheses: bool,
    segments: &'a [String],
    steps: Vec<Taken>,
    deviation: Option<Deviation>,
    found: Vec<Call>,
}

/// The part of a segment that is left for the next step.
#[derive(Clone, Copy)]
enum Rest<'a> {
    Nothing,
    /// A key in parentheses after a name, such as `(id='{id}')`, without the parentheses.
    Key(&'a str),
    /// A colon, which is followed by a path.
    Colon,
}

impl<'a> Walk<'a> {
    /// Returns all ways of a URL, with any HTTP method.
    pub(super) fn through(model: &'a Model, url: &'a Url) -> Vec<Call> {
        let mut walk = Walk {
            tree: &model.requests,
            keys_in_parentheses: model.service.has_keys_in_parentheses(),
            segments: &url.segments,
            steps: Vec::new(),
            deviation: None,
            found: Vec::new(),
        };
        walk.from(BuilderId(0), 0, Rest::Nothing);
        walk.found
    }

    fn from(&mut self, at: BuilderId, position: usize, rest: Rest<'a>) {
        let tree = self.tree;
        if let Rest::Nothing = rest {
            self.operations(at, position);
        }
        for (index, step) in tree.builder(at).steps.iter().enumerate() {
            if self.found.len() >= MOST {
                return;
            }
            let taken = |arguments| Taken { from: at, step: index, arguments };
            match rest {
                Rest::Key(text) => {
                    if let Some((values, described)) = self.key(step, text) {
                        let written = format!("({text})");
                        self.go(taken(values), step, (described, written), position, Rest::Nothing);
                    }
                }
                Rest::Colon if matches!(step.segment, Segment::ByPath { .. }) => {
                    let end = self.segments[position..].iter().position(|segment| segment.ends_with(':'));
                    let end = end.map_or(self.segments.len(), |end| position + end + 1);
                    let path = self.segments[position..end].join("/");
                    let path = path.strip_suffix(':').unwrap_or(&path).to_owned();
                    if !path.is_empty() {
                        self.go(taken(vec![path]), step, Default::default(), end, Rest::Nothing);
                    }
                }
                Rest::Nothing if position < self.segments.len() && !step.is_key => {
                    self.segment(taken, step, position);
                }
                _ => {}
            }
        }
    }

    /// Tries a step for the segment at a position.
    fn segment(&mut self, taken: impl Fn(Vec<String>) -> Taken, step: &Step, position: usize) {
        let text = self.segments[position].as_str();
        let goes_on = position + 1 < self.segments.len();
        if let Some(anchor) = text.strip_suffix(':').filter(|_| goes_on) {
            if let Some(values) = bind::segment(&step.segment, anchor) {
                let pair = (bind::written(&step.segment, &values), anchor.to_owned());
                self.go(taken(values), step, pair, position + 1, Rest::Colon);
            }
            return;
        }
        if let Some(values) = bind::segment(&step.segment, text) {
            let pair = match (&step.segment, values.as_slice()) {
                (Segment::Key(_), [value]) => (self.written_key(step, value), format!("/{text}")),
                _ => (bind::written(&step.segment, &values), text.to_owned()),
            };
            self.go(taken(values), step, pair, position + 1, Rest::Nothing);
        }
        if let (Segment::Literal(name), Some((written, key))) = (&step.segment, text.split_once('('))
            && written.eq_ignore_ascii_case(name)
            && let Some(key) = key.strip_suffix(')').filter(|key| !key.is_empty())
        {
            self.go(taken(Vec::new()), step, (name.clone(), written.to_owned()), position + 1, Rest::Key(key));
        }
    }

    /// Takes a step and continues the search. `pair` is the segment as the call writes it, and as
    /// the example has it.
    fn go(&mut self, taken: Taken, step: &Step, pair: (String, String), position: usize, rest: Rest<'a>) {
        let before = self.deviation.clone();
        self.compare(pair);
        self.steps.push(taken);
        self.from(step.target, position, rest);
        self.steps.pop();
        self.deviation = before;
    }

    fn compare(&mut self, (described, written): (String, String)) {
        let plain = |text: &str| text.strip_suffix("()").unwrap_or(text).to_owned();
        if self.deviation.is_none() && plain(&described) != plain(&written) {
            self.deviation = Some(Deviation::Segment { described, written });
        }
    }

    /// Adds the operations of a builder that match the rest of the URL.
    fn operations(&mut self, at: BuilderId, position: usize) {
        let rest = &self.segments[position..];
        for (index, operation) in self.tree.builder(at).operations.iter().enumerate() {
            if operation.path.len() != rest.len() {
                continue;
            }
            let bound: Option<Vec<Vec<String>>> =
                operation.path.iter().zip(rest).map(|(segment, text)| bind::segment(segment, text)).collect();
            let Some(values) = bound else { continue };
            let before = self.deviation.clone();
            for ((segment, values), text) in operation.path.iter().zip(&values).zip(rest) {
                self.compare((bind::written(segment, values), text.clone()));
            }
            self.found.push(Call {
                steps: self.steps.clone(),
                builder: at,
                operation: index,
                arguments: values.into_iter().flatten().map(Some).collect(),
                query: Vec::new(),
                deviation: std::mem::replace(&mut self.deviation, before),
            });
        }
    }

    /// The values of a key in parentheses, and the key as the call writes it.
    fn key(&self, step: &Step, text: &str) -> Option<(Vec<String>, String)> {
        match &step.segment {
            Segment::Call { arguments, .. } if step.is_key => {
                let values = bind::call(arguments, text)?;
                let key = Segment::Call { name: String::new(), arguments: arguments.clone() };
                let written = bind::written(&key, &values);
                Some((values, written))
            }
            // The same key as a segment, or the only key in parentheses.
            Segment::Key(_) if !step.is_key => {
                let named = text.split_once('=').filter(|(name, _)| !name.contains('\''));
                let value = named.map_or(text, |(_, value)| value);
                let value = bind::unquoted(value).unwrap_or_else(|| value.to_owned());
                let written = self.written_key(step, &value);
                Some((vec![value], written))
            }
            _ => None,
        }
    }

    /// A key of one value in the form of the service: `/17`, `(17)`, `('O''Neil')`.
    fn written_key(&self, step: &Step, value: &str) -> String {
        let is_quoted = step.parameters.first().is_none_or(|parameter| parameter.ty.is_quoted_in_urls());
        match (self.keys_in_parentheses, is_quoted) {
            (false, _) => format!("/{value}"),
            (true, false) => format!("({value})"),
            (true, true) => format!("('{}')", value.replace('\'', "''")),
        }
    }
}
