//! The same schedule on another variant: does it still go wrong?
//!
//! A schedule is what the environment does, and when which slot goes on. The other variant's handler
//! makes other calls, so a slot's call is played by whatever call that slot makes next; where it has
//! none left, it is skipped. A delivery or a fault must be possible as it was, or the schedule ends
//! there. From its end the other variant goes on without faults, until all is done.

use std::collections::HashSet;

use tandem_models::kit::actors::Slot;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::State;
use tandem_models::value::Value;

use super::model::{LONGEST, Model, Walked};
use super::story::Nearest;
use super::wire;
use tandem_check::enumerate::{End, Path};

/// What the other variant makes of a step.
enum Played {
    /// It takes this one.
    Step(usize, Step, Box<State>),
    /// There is nothing to do.
    Nothing,
    /// It cannot.
    Impossible(String),
}

/// Plays a path of `from` on `onto`.
pub(crate) fn fix(from: &Model, walked: &Walked, onto: &Model) -> wire::Fix {
    let start = onto.start();
    let (mut at, mut before) = (start.clone(), &walked.path.start);
    let (mut steps, mut indices, mut played) = (Vec::new(), Vec::new(), Vec::new());
    let mut diverges = None;
    for (place, (step, after)) in walked.path.steps.iter().enumerate() {
        match play(onto, &at, step) {
            Played::Step(index, step, after) => {
                at = *after;
                steps.push((step, at.clone()));
                indices.push(index);
                played.push(Some(steps.len()));
            }
            Played::Nothing => played.push(None),
            Played::Impossible(reason) => {
                diverges = Some(wire::Diverges {
                    number: place + 1,
                    words: from.tell(before, step, after).words,
                    reason,
                });
                break;
            }
        }
        before = after;
    }
    for (index, step, after) in rest(onto, at, LONGEST - steps.len()) {
        steps.push((step, after));
        indices.push(index);
    }
    let walked = Walked {
        path: Path {
            start,
            steps,
            end: End::Open,
        },
        indices,
    };
    wire::Fix {
        variant: onto.instance.variant.name.to_owned(),
        summary: onto.instance.variant.summary.to_owned(),
        steps: super::model::join(&walked.indices),
        played,
        diverges,
        trace: onto.trace(&walked, 0..LONGEST, |_| Nearest::default()),
        model: onto.wire(),
    }
}

/// How it goes on there without faults, until all is done or nothing new happens any more: a schedule
/// ends where it has gone wrong, so what the other variant makes of the rest is beyond its end.
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

/// What happens next if no fault does: who works goes on before anything else is begun.
fn next(onto: &Model, at: &State) -> Option<(usize, Step, State)> {
    let urgency = |step: &Step| match &step.kind {
        Kind::Call(_) | Kind::Answer(_) => Some(0),
        Kind::Recover => Some(1),
        Kind::Reply(_) | Kind::Downstream(_) => Some(2),
        Kind::Receive(_) => Some(3),
        Kind::LateRequest(_) => Some(4),
        Kind::AskAgain | Kind::Fault(..) => None,
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

fn play(onto: &Model, at: &State, step: &Step) -> Played {
    let actions = onto.actions(at);
    let take = |index: usize| {
        let step: Step = actions[index].clone();
        let after = stateright::Model::next_state(&*onto.system, at, step.clone());
        after.map(|after| Played::Step(index, step, Box::new(after)))
    };
    let exact = actions.iter().position(|other| other.kind == step.kind);
    if let Some(played) = exact.and_then(take) {
        return played;
    }
    match &step.kind {
        Kind::Call(slot) | Kind::Answer(slot) => {
            let next = actions.iter().position(
                |other| matches!(&other.kind, Kind::Call(at) | Kind::Answer(at) if at == slot),
            );
            next.and_then(take).unwrap_or(Played::Nothing)
        }
        // What was published, or asked for, may have another identity there.
        Kind::Downstream(_) | Kind::Reply(_) | Kind::LateRequest(_) => {
            let alike = actions.iter().position(|other| other.action == step.action);
            alike.and_then(take).unwrap_or(Played::Nothing)
        }
        Kind::Fault(fault, Target::Slot(_)) if *fault != Fault::Lease => {
            Played::Impossible(format!(
                "{} makes no call there that could go wrong in this way",
                onto.instance.variant.name
            ))
        }
        Kind::Fault(..) => Played::Impossible("it cannot happen there in this state".to_owned()),
        Kind::Receive(message) => Played::Impossible(why_not_received(onto, at, message)),
        Kind::AskAgain => Played::Impossible("nobody clicks again there".to_owned()),
        Kind::Recover => Played::Impossible("the endpoint is not down there".to_owned()),
    }
}

/// Most often a slot that was free on the one variant is busy on the other.
fn why_not_received(onto: &Model, at: &State, message: &Value) -> String {
    let system = &onto.system;
    if !system.incoming(at).contains_key(message) {
        return "the message does not wait there any more".to_owned();
    }
    let busy: Vec<String> = system
        .slots(at)
        .iter()
        .filter_map(|slot| match slot {
            Slot::Busy(work) => Some(system.message(&work.message)),
            Slot::Idle => None,
        })
        .collect();
    match &*busy {
        [] => "the endpoint is down there".to_owned(),
        [one] => format!("its slot is still busy with {one} there"),
        all => format!("all slots are still busy there, with {}", all.join(" and ")),
    }
}
