//! Plays the schedule of a counterexample on the correct variants of the protocol: does it still go
//! wrong?
//!
//! A schedule is the sequence of the environment's steps, and the order in which slots take theirs
//! ([`schedule`]). Every correct variant is tried. After the end of the schedule the run continues
//! without faults until all work is done. The answer says for each variant whether it keeps the
//! guarantee that the original violates, and shows the run of the first variant that keeps it.

mod schedule;

use std::collections::HashSet;
use std::sync::Arc;

use tandem_models::kit::guarantees::{Guarantee, When};
use tandem_models::kit::step::{Kind, Step};
use tandem_models::kit::system::State;

use super::model::{LONGEST, Model, Walked};
use super::story::Nearest;
use super::wire::{self, FixOutcome};
use schedule::{Played, play};
use tandem_check::enumerate::{End, Path};

/// A run of one variant on the schedule of another.
pub(crate) struct Attempt {
    /// The variant.
    pub(crate) onto: Arc<Model>,
    /// Its run: the schedule, and then the steps without faults.
    pub(crate) run: Walked,
    /// Whether the guarantee is kept.
    pub(crate) outcome: FixOutcome,
    counterparts: Vec<Option<usize>>,
    diverges: Option<wire::Diverges>,
}

/// Plays a path of `from` on each of `others`. The run that is shown is that of `wanted`, or else the
/// first that keeps the guarantee, or else the first. Returns `None` if there is no other variant.
pub(crate) fn fix(
    from: &Model,
    walked: &Walked,
    others: Vec<Arc<Model>>,
    wanted: Option<&str>,
    promise: Option<&str>,
) -> Option<wire::Fix> {
    let promise = promise.or_else(|| broken_promise(from, walked.last()));
    let attempts = others.into_iter();
    let mut attempts: Vec<_> = attempts
        .map(|onto| attempt(from, walked, onto, promise))
        .collect();
    let tried = attempts.iter().map(|attempt| wire::TriedFix {
        variant: attempt.onto.instance.variant.name.to_owned(),
        outcome: attempt.outcome,
    });
    let tried = tried.collect();
    let named = |attempt: &Attempt| Some(attempt.onto.instance.variant.name) == wanted;
    let keeps = |attempt: &Attempt| attempt.outcome == FixOutcome::Kept;
    let shown = attempts.iter().position(named);
    let shown = shown
        .or_else(|| attempts.iter().position(keeps))
        .unwrap_or(0);
    (shown < attempts.len()).then(|| attempts.swap_remove(shown).shown(tried))
}

/// The first claimed guarantee of the variant that is false in a state.
fn broken_promise(from: &Model, state: &State) -> Option<&'static str> {
    let claimed = |guarantee: &&Guarantee| from.instance.claims(guarantee.name);
    let mut claimed = from.system.spec().guarantees.iter().filter(claimed);
    let broken = claimed.find(|guarantee| !(guarantee.holds)(&from.system, state))?;
    Some(broken.name)
}

/// Plays a path of `from` on `onto`, continues without faults, and judges the run.
pub(crate) fn attempt(
    from: &Model,
    walked: &Walked,
    onto: Arc<Model>,
    promise: Option<&str>,
) -> Attempt {
    let Played {
        mut steps,
        counterparts,
        diverges,
        all_faults,
    } = play(from, &walked.path, &onto);
    let start = onto.start();
    let end = steps.last().map_or(&start, |(_, _, state)| state).clone();
    steps.extend(rest(&onto, end, LONGEST.saturating_sub(steps.len())));
    let indices = steps.iter().map(|(index, ..)| *index).collect();
    let steps = steps
        .into_iter()
        .map(|(_, step, state)| (step, state))
        .collect();
    let path = Path {
        start,
        steps,
        end: End::Open,
    };
    let outcome = judged(&onto, &path, promise, all_faults);
    Attempt {
        onto,
        run: Walked { path, indices },
        outcome,
        counterparts,
        diverges,
    }
}

/// Whether a run keeps a guarantee. A run that violates it counts as a violation even if a fault of the
/// schedule could not be applied.
fn judged(onto: &Model, path: &Path, promise: Option<&str>, all_faults: bool) -> FixOutcome {
    let mut guarantees = onto.system.spec().guarantees.iter();
    let Some(guarantee) = promise.and_then(|name| guarantees.find(|g| g.name == name)) else {
        return FixOutcome::NotAsked;
    };
    let holds = |state: &State| (guarantee.holds)(&onto.system, state);
    let mut states = path.steps.iter().map(|(_, state)| state);
    let kept = match guarantee.when {
        When::Always => holds(&path.start) && states.all(holds),
        // The run continues until no step without a fault is possible, so its last state decides.
        _ => holds(path.last()) && next(onto, path.last()).is_none(),
    };
    match (kept, all_faults) {
        (false, _) => FixOutcome::Broken,
        (true, true) => FixOutcome::Kept,
        (true, false) => FixOutcome::NotTried,
    }
}

impl Attempt {
    fn shown(self, tried: Vec<wire::TriedFix>) -> wire::Fix {
        wire::Fix {
            variant: self.onto.instance.variant.name.to_owned(),
            summary: self.onto.instance.variant.summary.to_owned(),
            outcome: self.outcome,
            tried,
            steps: super::model::join(&self.run.indices),
            played: self.counterparts,
            diverges: self.diverges,
            trace: self
                .onto
                .trace(&self.run, 0..LONGEST, |_| Nearest::default()),
            model: self.onto.wire(),
        }
    }
}

/// Continues without faults until all work is done or nothing new happens. A counterexample ends where
/// the original goes wrong, so it does not say how the other variant ends.
fn rest(onto: &Model, mut at: State, most: usize) -> Vec<(usize, Step, State)> {
    let mut met = HashSet::from([at.clone()]);
    let mut rest = Vec::new();
    while let Some((index, step, after)) = next(onto, &at).filter(|_| rest.len() < most) {
        if !met.insert(after.clone()) {
            break;
        }
        at = after.clone();
        rest.push((index, step, after));
    }
    rest
}

/// The next step without a fault. A busy slot continues before new work is begun.
fn next(onto: &Model, at: &State) -> Option<(usize, Step, State)> {
    let urgency = |step: &Step| match &step.kind {
        Kind::Call(_) | Kind::Answer(_) => Some(0),
        Kind::Recover(_) => Some(1),
        Kind::Reply(_) | Kind::Downstream(_) => Some(2),
        Kind::Receive(..) | Kind::Wake(_) => Some(3),
        Kind::LateRequest(..) | Kind::LateWrite(_) | Kind::Due(..) => Some(4),
        Kind::AskAgain | Kind::GiveUp | Kind::Fault(..) => None,
    };
    let actions = onto.actions(at).into_iter().enumerate();
    let mut next: Vec<_> = actions
        .filter_map(|(index, step)| Some((urgency(&step)?, index, step)))
        .collect();
    next.sort_by_key(|(urgency, index, _)| (*urgency, *index));
    next.into_iter().find_map(|(_, index, step)| {
        let after = stateright::Model::next_state(&*onto.system, at, step.clone())?;
        Some((index, step, after))
    })
}

#[cfg(test)]
mod tests;
