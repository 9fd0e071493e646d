//! Follows the path of a URL through the request tree: from the root builder along its steps to an
//! operation.
//!
//! Each way that the search finds says what it took for what, so that its user can be stricter than
//! the rule of [`path_template`](crate::path_template).

use crate::model::requests::{Builder, BuilderId, Operation, Parameter, Presence};
use crate::model::{Model, Segment};
use crate::path_template::{Fit, Taken, Token, follow, is_before_path};

/// The greatest number of steps that are tried.
const MOST: usize = 20_000;

/// A way through the request tree.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) steps: Vec<Step>,
    /// The builder at the end of the steps.
    pub(crate) builder: BuilderId,
    /// The index of the operation there.
    pub(crate) operation: usize,
    /// The tokens of each segment of the operation's path.
    pub(crate) segments: Vec<Taken>,
}

/// A step of a way.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The builder that has the step.
    pub(crate) from: BuilderId,
    /// The index of the step there.
    pub(crate) index: usize,
    pub(crate) taken: Taken,
}

impl Way {
    pub(crate) fn operation<'m>(&self, model: &'m Model) -> &'m Operation {
        &model.requests.builder(self.builder).operations[self.operation]
    }

    /// The tokens of each segment of the way, in order.
    pub(crate) fn taken(&self) -> impl Iterator<Item = &Taken> {
        self.steps.iter().map(|step| &step.taken).chain(&self.segments)
    }
}

/// Called with each builder that a part of the path leads to, the steps to it, and the number of
/// tokens that they take.
type Visit<'v> = &'v mut dyn FnMut(&Builder, &[Step], usize);

/// Finds all ways that take the whole path, with any HTTP method.
pub(crate) fn ways(model: &Model, tokens: &[Token], visit: Visit<'_>) -> Vec<Way> {
    let mut search = Search { model, tokens, visit, steps: Vec::new(), tried: 0, found: Vec::new() };
    if !model.requests.builders.is_empty() {
        search.from(BuilderId(0), 0);
    }
    search.found
}

/// A search through the request tree.
struct Search<'a, 'v> {
    model: &'a Model,
    tokens: &'a [Token],
    visit: Visit<'v>,
    steps: Vec<Step>,
    tried: usize,
    found: Vec<Way>,
}

impl Search<'_, '_> {
    fn from(&mut self, at: BuilderId, position: usize) {
        self.tried += 1;
        if self.tried > MOST {
            return;
        }
        let builder = self.model.requests.builder(at);
        (self.visit)(builder, &self.steps, position);
        let is_before_path = self.is_before_path(position);
        if !is_before_path {
            self.operations(at, builder, position);
        }
        // Steps for keys with a name come before those that match any key.
        let (by_name, others): (Vec<_>, Vec<_>) =
            builder.steps.iter().enumerate().partition(|(_, step)| step.is_named_key());
        for (index, step) in by_name.into_iter().chain(others) {
            let may_lack = may_lack(&step.parameters);
            let fit = Fit { may_lack: &may_lack, tokens: self.tokens, is_before_path };
            if let Some(taken) = fit.of(&step.segment, position) {
                let end = taken.tokens.end;
                self.steps.push(Step { from: at, index, taken });
                self.from(step.target, end);
                self.steps.pop();
            }
        }
    }

    /// Returns true if the last step took a segment such as `root:`.
    fn is_before_path(&self, position: usize) -> bool {
        self.steps.last().is_some_and(|step| {
            let template = &self.model.requests.builder(step.from).steps[step.index].segment;
            !matches!(template, Segment::ByPath { .. }) && is_before_path(self.tokens, position)
        })
    }

    /// Adds the operations of a builder that take the rest of the path.
    fn operations(&mut self, at: BuilderId, builder: &Builder, position: usize) {
        for (index, operation) in builder.operations.iter().enumerate() {
            if let Some(segments) = self.operation(operation, position) {
                self.found.push(Way { steps: self.steps.clone(), builder: at, operation: index, segments });
            }
        }
    }

    fn operation(&self, operation: &Operation, position: usize) -> Option<Vec<Taken>> {
        let segments = follow(&operation.path, &may_lack(&operation.parameters), self.tokens, position);
        let end = segments.last().map_or(position, |taken| taken.tokens.end);
        (segments.len() == operation.path.len() && end == self.tokens.len()).then_some(segments)
    }
}

/// Tells which of the placeholders that belong to some parameters may be left out.
fn may_lack(parameters: &[Parameter]) -> impl Fn(usize) -> bool {
    |index| parameters.get(index).is_some_and(|parameter| parameter.presence == Presence::Optional)
}
