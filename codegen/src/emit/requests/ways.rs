//! Finds short chains of calls that lead from the root builder to each of the others, for the
//! examples in comments.

use std::collections::VecDeque;

use crate::model::requests::{BuilderId, Operation, RequestTree};

/// The number of chains that are kept for each builder.
const MOST: usize = 8;

/// Chains of calls to each builder, the shortest first.
pub(super) struct Ways {
    found: Vec<Way>,
    /// Positions in `found`, for each builder.
    of_builders: Vec<Vec<usize>>,
}

/// A chain of calls. That of the root has none.
struct Way {
    last: Option<Last>,
    /// The path that it stands for, without the names of placeholders: `/users/{}/messages`.
    path: String,
}

/// The last call of a chain.
#[derive(Clone, Copy)]
struct Last {
    /// The position of the chain before it.
    before: usize,
    /// The builder that has the step, and the step's index there.
    step: (BuilderId, usize),
}

impl Ways {
    /// Goes through the tree, first along one step, then along two, and so on.
    pub(super) fn through(tree: &RequestTree, keys_in_parentheses: bool) -> Self {
        let root = BuilderId(0);
        let mut ways = Ways { found: Vec::new(), of_builders: vec![Vec::new(); tree.builders.len()] };
        let mut open: VecDeque<(Option<Last>, BuilderId)> = VecDeque::from([(None, root)]);
        while let Some((last, target)) = open.pop_front() {
            let of_target = &mut ways.of_builders[target.index()];
            // No request leads back to the root.
            if of_target.len() == MOST || target == root && last.is_some() {
                continue;
            }
            let before = ways.found.len();
            of_target.push(before);
            let path = last.map_or_else(String::new, |last| {
                let (builder, step) = last.step;
                let taken = &tree.builder(builder).steps[step];
                let known = ways.found[last.before].path.as_str();
                // A key with names of properties repeats the name of the segment before it.
                let known =
                    if taken.is_named_key() { known.rsplit_once('/').map_or("", |(above, _)| above) } else { known };
                [known, &without_names(&taken.path(keys_in_parentheses))].concat()
            });
            ways.found.push(Way { last, path });
            let steps = tree.builder(target).steps.iter().enumerate();
            open.extend(steps.map(|(index, step)| (Some(Last { before, step: (target, index) }), step.target)));
        }
        ways
    }

    /// The steps to the builder of an operation: the shortest chain that is the beginning of a
    /// documented path, or else the shortest of all. `None` if nothing leads to the builder.
    pub(super) fn to(&self, builder: BuilderId, operation: &Operation) -> Option<Vec<(BuilderId, usize)>> {
        let templates = operation.templates.iter();
        let templates: Vec<String> =
            templates.map(|template| without_names(template.split('?').next().unwrap_or_default())).collect();
        let is_documented = |way: &&usize| {
            let path = &self.found[**way].path;
            let rest = |template: &String| template.strip_prefix(path.as_str()).map(str::to_owned);
            templates.iter().filter_map(rest).any(|rest| rest.is_empty() || rest.starts_with(['/', '(']))
        };
        let all = self.of_builders.get(builder.index())?;
        let mut at = *all.iter().find(is_documented).or_else(|| all.first())?;
        let mut steps = Vec::new();
        while let Some(last) = self.found[at].last {
            steps.push(last.step);
            at = last.before;
        }
        steps.reverse();
        Some(steps)
    }
}

/// A path without the names of its placeholders: `/users/{}`.
fn without_names(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut parts = path.split('{');
    text.extend(parts.next().unwrap_or_default().split('}'));
    for part in parts {
        text.push_str("{}");
        text.extend(part.split('}').skip(1));
    }
    text
}
