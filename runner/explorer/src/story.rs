//! Describes a path step by step: what happens, what changes, and which properties are true in
//! every state.

use std::ops::Range;

use stateright::{Expectation as Kind, Model as _};
use tandem_models::kit::clause::Clause;
use tandem_models::kit::disabled::Disabled;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::guarantees::When;
use tandem_models::kit::step::{self, Step};
use tandem_models::kit::system::State;
use tandem_models::value::StateView;

use super::diagram::diagram;
use super::model::{Model, Walked};
use super::wire::{self, Group};
use tandem_check::enumerate::{End, Path};
use tandem_check::trace::{Trace, TraceStep, kind_of_step};

impl Model {
    /// All data that is shown about a path, with only the steps in `told`.
    pub(crate) fn trace(
        &self,
        walked: &Walked,
        shown: Range<usize>,
        nearest: impl Fn(State) -> Nearest,
    ) -> wire::Trace {
        let path = &walked.path;
        let told = Trace::new(&self.instance, &self.system, path);
        let start = self.frame(&path.start, told.start.clone());
        let total = path.steps.len();
        let shown = shown.start.min(total)..shown.end.min(total);
        let offset = shown.start;
        let steps = shown.map(|place| {
            let (step, after) = &path.steps[place];
            let before = place
                .checked_sub(1)
                .map_or(&path.start, |place| &path.steps[place].1);
            let told = &told.steps[place];
            wire::Step {
                number: told.number,
                act: act(step, told, self.newly_violated(before, after)),
                index: walked.indices[place],
                frame: self.frame(after, told.state.clone()),
            }
        });
        wire::Trace {
            digest: self.digest.clone(),
            total,
            offset,
            steps: steps.collect(),
            start,
            end: path.end,
            diagram: diagram(&self.instance, &self.system, path, &told),
            next: self.next(walked, nearest),
        }
    }

    /// The possible actions in the state that the path leads to, in the order in which they are
    /// listed.
    pub(crate) fn next(&self, walked: &Walked, nearest: impl Fn(State) -> Nearest) -> wire::Next {
        let at = walked.last();
        let possible = self.actions(at).into_iter().enumerate();
        let mut actions: Vec<wire::Action> = possible
            .filter_map(|(index, step)| {
                let after = self.system.next_state(at, step.clone())?;
                let violates = self.newly_violated(at, &after);
                let told = self.tell(at, &step, &after);
                let Nearest { steps, known } = nearest(after);
                Some(wire::Action {
                    index: Some(index),
                    reason: None,
                    act: act(&step, &told, violates),
                    nearest: steps,
                    known,
                })
            })
            .collect();
        let disabled = self.system.disabled(at).into_iter();
        actions.extend(disabled.map(|disabled| self.impossible(disabled)));
        actions.sort_by_key(|action| action.act.group);
        wire::Next { actions }
    }

    /// One step with its description.
    pub(crate) fn tell(&self, before: &State, step: &Step, after: &State) -> TraceStep {
        let path = Path {
            start: before.clone(),
            steps: vec![(step.clone(), after.clone())],
            end: End::Open,
        };
        Trace::new(&self.instance, &self.system, &path)
            .steps
            .remove(0)
    }

    fn frame(&self, state: &State, view: StateView) -> wire::Frame {
        wire::Frame {
            state: view,
            truths: self.truths(state),
        }
    }

    /// For each property, whether its predicate is true in a state: guarantees first, then
    /// witnesses.
    pub(crate) fn truths(&self, state: &State) -> Vec<wire::Truth> {
        let guarantees = self.system.spec().guarantees.iter();
        let guarantees = guarantees.map(|guarantee| {
            let holds = (guarantee.holds)(&self.system, state);
            let clauses = match holds {
                true => Vec::new(),
                false => guarantee.why(&self.system, state),
            };
            wire::Truth {
                name: guarantee.name,
                holds,
                clauses: clauses.into_iter().map(clause).collect(),
            }
        });
        let asked = self.system.asked().into_iter().map(|(asked, _)| asked);
        let witnesses = asked.filter(|asked| matches!(asked.expectation, Kind::Sometimes));
        let witnesses = witnesses.map(|witness| wire::Truth {
            name: witness.name,
            holds: (witness.condition)(&self.system, state),
            clauses: Vec::new(),
        });
        guarantees.chain(witnesses).collect()
    }

    /// A kind of step that a reader would expect, and why it is not possible.
    fn impossible(&self, disabled: Disabled) -> wire::Action {
        let group = disabled.fault.map_or_else(
            || match disabled.action {
                "AskAgain" | "GiveUp" => Group::Client,
                _ => Group::Deliver,
            },
            group_of,
        );
        wire::Action {
            index: None,
            act: wire::Act {
                group,
                action: disabled.action.to_owned(),
                actor: disabled.actor.to_owned(),
                slot: None,
                message: None,
                fault: disabled.fault.map(Fault::name),
                words: kind_of_step(&self.instance, &self.system, &disabled),
                changes: Vec::new(),
                violates: Vec::new(),
            },
            reason: Some(disabled.reason),
            nearest: None,
            known: false,
        }
    }

    fn newly_violated(&self, before: &State, after: &State) -> Vec<&'static str> {
        let already = self.violated(before);
        let now = self.violated(after).into_iter();
        now.filter(|name| !already.contains(name)).collect()
    }

    /// The guarantees about every state that are false in `state`.
    pub(crate) fn violated(&self, state: &State) -> Vec<&'static str> {
        let invariants = self.system.spec().guarantees.iter();
        let invariants = invariants.filter(|one| matches!(one.when, When::Always));
        let violated = invariants.filter(|one| !(one.holds)(&self.system, state));
        violated.map(|one| one.name).collect()
    }
}

/// The distance to the nearest state in which a claimed guarantee is false, if it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Nearest {
    /// The number of steps; `None` if no state with a false guarantee can be reached.
    pub(crate) steps: Option<usize>,
    /// Whether the search has found out.
    pub(crate) known: bool,
}

fn act(step: &Step, told: &TraceStep, violates: Vec<&'static str>) -> wire::Act {
    wire::Act {
        group: group(step),
        action: told.action.clone(),
        actor: step.actor.to_owned(),
        slot: told.slot,
        message: told.message.clone(),
        fault: told.fault,
        words: told.words.clone(),
        changes: told.changes.clone(),
        violates,
    }
}

fn clause(clause: Clause) -> wire::Clause {
    let values = clause.values.into_iter();
    wire::Clause {
        expected: clause.expected,
        found: clause.found,
        holds: clause.holds,
        values: values
            .map(|(path, value)| wire::At { path, value })
            .collect(),
    }
}

/// The heading under which a step is listed.
pub(crate) fn group(step: &Step) -> Group {
    use step::Kind as Does;
    match &step.kind {
        Does::Receive(..)
        | Does::Wake(_)
        | Does::Downstream(_)
        | Does::Reply(_)
        | Does::LateRequest(..)
        | Does::LateWrite(_)
        | Does::Due(..) => Group::Deliver,
        Does::Call(_) | Does::Answer(_) => Group::Step,
        Does::AskAgain | Does::GiveUp => Group::Client,
        Does::Recover(_) => Group::Recover,
        Does::Fault(fault, _) => group_of(*fault),
    }
}

/// The heading under which a fault is listed.
pub(crate) fn group_of(fault: Fault) -> Group {
    match fault {
        Fault::Crash => Group::Crash,
        Fault::Duplicate => Group::Duplicate,
        Fault::Lease => Group::Lease,
        Fault::Lose | Fault::Expire => Group::Lose,
        Fault::Fail | Fault::Unknown | Fault::Late => Group::Timeout,
        Fault::Forget | Fault::Stale => Group::Forget,
    }
}
