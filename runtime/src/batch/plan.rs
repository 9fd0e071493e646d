//! Decides which steps are sent in a batch, and which are sent again.
//!
//! Steps are sent in the order in which they were added, at most [`LIMIT`] in one batch. A step can
//! only depend on earlier ones, so these either have a response already or are in the same batch. A
//! throttled step stays open and is sent again with the next batch, and so are steps that failed
//! only because they depend on it.

use std::time::Duration;

use http::{Method, StatusCode};

use crate::Retry;
use crate::manner::Manner;
use crate::retry::is_worth_repeating;

/// The maximum number of steps in one batch.
pub(super) const LIMIT: usize = 20;

/// The first wait without a `Retry-After`; each later one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Plan {
    steps: Vec<Step>,
    /// The rules for steps that have none of their own. The sum of all waits is limited by these.
    retry: Retry,
    waited: Duration,
}

#[derive(Debug)]
struct Step {
    depends_on: Vec<usize>,
    /// The group; its steps are in one batch.
    group: Option<usize>,
    /// True if it may be sent again although it may have been executed already.
    repeatable: bool,
    /// The maximum number of attempts, including the first.
    most: u32,
    state: State,
    tries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Open,
    Succeeded,
    Failed,
}

/// The part of a step's response that decides how to continue.
pub(super) struct Outcome {
    pub(super) status: StatusCode,
    pub(super) retry_after: Option<Duration>,
}

impl Plan {
    pub(super) fn new(retry: Retry) -> Self {
        Self { steps: Vec::new(), retry, waited: Duration::ZERO }
    }

    /// Adds a step after the others. The steps it depends on were added before.
    pub(super) fn add(&mut self, depends_on: Vec<usize>, group: Option<usize>, method: &Method, manner: Manner) {
        let retry = manner.retry.as_ref().unwrap_or(&self.retry);
        let (repeatable, most) = (retry.is_repeatable(method, manner.repeatable), retry.most_attempts());
        self.steps.push(Step { depends_on, group, repeatable, most, state: State::Open, tries: 0 });
    }

    /// The group of a step.
    pub(super) fn group(&self, index: usize) -> Option<usize> {
        self.steps[index].group
    }

    /// Returns true if the group has steps and the last one that was added is not among them.
    pub(super) fn has_ended(&self, group: usize) -> bool {
        let is_in = |step: &Step| step.group == Some(group);
        self.steps.iter().any(is_in) && !self.steps.last().is_some_and(is_in)
    }

    /// Marks the open steps that depend on a failed step as failed. Returns each with the first
    /// failed step it depends on.
    pub(super) fn doomed(&mut self) -> Vec<(usize, usize)> {
        let mut doomed = Vec::new();
        for index in 0..self.steps.len() {
            if self.steps[index].state == State::Open
                && let Some(cause) =
                    self.steps[index].depends_on.iter().copied().find(|&on| self.steps[on].state == State::Failed)
            {
                self.steps[index].state = State::Failed;
                doomed.push((index, cause));
            }
        }
        doomed
    }

    /// The steps of the next batch; none when no step is open.
    pub(super) fn next(&self) -> Vec<usize> {
        let open = |&index: &usize| self.steps[index].state == State::Open;
        let mut steps: Vec<usize> = (0..self.steps.len()).filter(open).collect();
        if let Some(&after) = steps.get(LIMIT) {
            steps.truncate(LIMIT);
            // A group is not divided, unless it alone is too large for a batch.
            let is_divided = |&index: &usize| self.group(index).is_some() && self.group(index) == self.group(after);
            let whole = steps.iter().rposition(|index| !is_divided(index));
            steps.truncate(whole.map_or(LIMIT, |last| last + 1));
        }
        steps
    }

    /// The dependencies of a step within the next batch. Steps that succeeded in an earlier batch
    /// are left out, because the service does not know their ids.
    pub(super) fn depends_on(&self, index: usize) -> Vec<usize> {
        self.steps[index].depends_on.iter().copied().filter(|&on| self.steps[on].state == State::Open).collect()
    }

    /// Records the outcomes of a batch. Returns the time to wait before the next one, if any of its
    /// steps was throttled.
    ///
    /// The outcome at a position is that of the step in `sent` at the same position, or none if the
    /// step has no response.
    pub(super) fn settle(&mut self, sent: &[usize], outcomes: &[Option<Outcome>]) -> Option<Duration> {
        let mut wait = None::<Duration>;
        for (&index, outcome) in sent.iter().zip(outcomes) {
            let Some(outcome) = outcome else {
                self.steps[index].state = State::Failed;
                continue;
            };
            if let Some(delay) = self.throttled(&self.steps[index], outcome) {
                wait = Some(wait.map_or(delay, |wait| wait.max(delay)));
                self.steps[index].tries += 1;
            } else if outcome.status.as_u16() < 400 {
                self.steps[index].state = State::Succeeded;
            } else if outcome.status != StatusCode::FAILED_DEPENDENCY || self.depends_on(index).is_empty() {
                self.steps[index].state = State::Failed;
            }
        }
        // No step of a group was carried out if one of them is sent again.
        let open = |index: &&usize| self.steps[**index].state == State::Open;
        let again: Vec<usize> = sent.iter().filter(open).filter_map(|&index| self.group(index)).collect();
        for &index in sent {
            if self.group(index).is_some_and(|group| again.contains(&group)) {
                self.steps[index].state = State::Open;
            }
        }
        self.waited += wait.unwrap_or_default();
        wait
    }

    /// The time to wait before a step is sent again, or none if it may not be sent again.
    fn throttled(&self, step: &Step, outcome: &Outcome) -> Option<Duration> {
        let again = is_worth_repeating(outcome.status, outcome.retry_after, step.repeatable);
        let delay = outcome.retry_after.unwrap_or_else(|| FIRST_WAIT * 2u32.saturating_pow(step.tries.min(6)));
        let waited = self.waited.saturating_add(delay);
        (again && step.tries + 1 < step.most && waited <= self.retry.longest_wait()).then_some(delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn plan(dependencies: &[&[usize]]) -> Plan {
        let mut plan = empty();
        for depends_on in dependencies {
            plan.add(depends_on.to_vec(), None, &Method::GET, Manner::default());
        }
        plan
    }

    fn empty() -> Plan {
        Plan::new(Retry::default().attempts(3).total_wait(60 * SECOND))
    }

    fn outcome(status: u16, retry_after: Option<u64>) -> Option<Outcome> {
        Some(Outcome {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: retry_after.map(Duration::from_secs),
        })
    }

    fn all(status: u16, count: usize) -> Vec<Option<Outcome>> {
        (0..count).map(|_| outcome(status, None)).collect()
    }

    #[test]
    fn splits_at_the_limit_and_keeps_dependencies_apart() {
        let mut dependencies: Vec<&[usize]> = vec![&[]; 45];
        dependencies[19] = &[0];
        dependencies[20] = &[19];
        dependencies[44] = &[0, 43];
        let mut plan = plan(&dependencies);
        let mut batches = Vec::new();
        loop {
            let batch = plan.next();
            if batch.is_empty() {
                break;
            }
            batches.push((
                batch[0],
                batch.len(),
                batch.iter().map(|&index| plan.depends_on(index)).collect::<Vec<_>>().concat(),
            ));
            assert_eq!(plan.settle(&batch, &all(200, batch.len())), None);
        }
        assert_eq!(batches, [(0, 20, vec![0]), (20, 20, vec![]), (40, 5, vec![43])]);
    }

    #[test]
    fn sends_only_throttled_steps_again() {
        let mut plan = plan(&[&[], &[], &[1], &[2]]);
        let first = plan.next();
        let outcomes = [outcome(200, None), outcome(429, Some(7)), outcome(424, None), outcome(424, None)];
        assert_eq!(plan.settle(&first, &outcomes), Some(7 * SECOND));
        assert_eq!(plan.next(), [1, 2, 3]);
        assert_eq!(plan.depends_on(2), [1]);
        let outcomes = [outcome(200, None), outcome(503, Some(9)), outcome(424, None)];
        assert_eq!(plan.settle(&[1, 2, 3], &outcomes), Some(9 * SECOND));
        assert_eq!((plan.next(), plan.depends_on(2)), (vec![2, 3], vec![]));
    }

    #[test]
    fn throttling_without_end_ends() {
        let mut plan = plan(&[&[], &[0]]);
        for wait in [Some(SECOND), Some(2 * SECOND), None] {
            let batch = plan.next();
            assert_eq!(batch, [0, 1]);
            assert_eq!(plan.settle(&batch, &[outcome(429, None), outcome(424, None)]), wait);
        }
        assert_eq!(plan.next(), Vec::<usize>::new());

        // A wait beyond the limit ends the attempts.
        let mut plan = self::plan(&[&[]]);
        assert_eq!(plan.settle(&[0], &[outcome(429, Some(u64::MAX))]), None);
        assert!(plan.next().is_empty());
    }

    #[test]
    fn a_failure_dooms_what_depends_on_it() {
        let mut dependencies: Vec<&[usize]> = vec![&[]; 22];
        dependencies[20] = &[3];
        dependencies[21] = &[20];
        let mut plan = plan(&dependencies);
        let batch = plan.next();
        let mut outcomes = all(200, 20);
        outcomes[3] = outcome(404, None);
        outcomes[4] = None;
        plan.settle(&batch, &outcomes);
        assert_eq!(plan.doomed(), [(20, 3), (21, 20)]);
        assert!(plan.next().is_empty());
    }

    #[test]
    fn what_may_have_been_done_is_not_done_twice() {
        let mut plan = empty();
        plan.add(Vec::new(), None, &Method::POST, Manner::default());
        assert_eq!(plan.settle(&[0], &[outcome(503, None)]), None);
        assert!(plan.next().is_empty());
    }

    #[test]
    fn a_group_stays_together() {
        let mut plan = empty();
        for index in 0..22 {
            plan.add(Vec::new(), (index >= 18).then_some(0), &Method::GET, Manner::default());
        }
        assert_eq!(plan.next().len(), 18);
        plan.settle(&(0..18).collect::<Vec<_>>(), &all(200, 18));
        assert_eq!(plan.next(), [18, 19, 20, 21]);
        let outcomes = [outcome(424, None), outcome(429, Some(1)), outcome(424, None), outcome(424, None)];
        assert_eq!(plan.settle(&[18, 19, 20, 21], &outcomes), Some(SECOND));
        assert_eq!(plan.next(), [18, 19, 20, 21]);

        // One that is too large is the service's to refuse.
        let mut plan = empty();
        (0..25).for_each(|_| plan.add(Vec::new(), Some(0), &Method::GET, Manner::default()));
        assert_eq!(plan.next().len(), LIMIT);
    }
}
