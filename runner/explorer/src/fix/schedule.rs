//! Plays a schedule of one variant on another.
//!
//! Each step of the environment must also be possible on the other variant. A call of a slot is
//! played by the next call that the slot makes on the other variant. A fault that hits a call is
//! applied to the call with the same name: a slot that has reached that call waits there for the
//! fault, and a slot that has not is first moved forward to it.

use tandem_check::enumerate::Path;
use tandem_models::kit::actors::Slot;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{State, System};
use tandem_models::value::Value;

use crate::model::{LONGEST, Model};
use crate::wire;

/// A step with its index among the actions of the state before it, and the state after it.
pub(super) type Taken = (usize, Step, State);

/// The result of playing a schedule on another variant.
pub(super) struct Played {
    /// The steps that were taken.
    pub(super) steps: Vec<Taken>,
    /// For each step of the original, the number of the step that plays it, or `None` if nothing had
    /// to be done.
    pub(super) counterparts: Vec<Option<usize>>,
    /// The first step that is not possible.
    pub(super) diverges: Option<wire::Diverges>,
    /// Whether every fault of the original was applied.
    pub(super) all_faults: bool,
}

/// Plays a path of `from` on `onto`, until a step is not possible.
pub(super) fn play(from: &Model, path: &Path, onto: &Model) -> Played {
    let mut played = Played {
        steps: Vec::new(),
        counterparts: Vec::new(),
        diverges: None,
        all_faults: true,
    };
    let start = onto.start();
    for place in 0..path.steps.len() {
        let original = Original { path, place, from };
        let at = played.steps.last().map_or(&start, |(_, _, state)| state);
        match original.on(onto, at) {
            Ok(steps) if steps.is_empty() => played.counterparts.push(None),
            Ok(steps) => {
                played.steps.extend(steps);
                played.counterparts.push(Some(played.steps.len()));
            }
            Err(reason) => {
                let (step, after) = &path.steps[place];
                played.diverges = Some(wire::Diverges {
                    number: place + 1,
                    words: from.tell(original.before(), step, after).words,
                    reason,
                });
                let rest = &path.steps[place..];
                played.all_faults = rest.iter().all(|(step, _)| step.fault().is_none());
                break;
            }
        }
    }
    played
}

/// A step of the original, with the steps before and after it.
struct Original<'a> {
    path: &'a Path,
    place: usize,
    from: &'a Model,
}

impl Original<'_> {
    fn before(&self) -> &State {
        state_before(self.path, self.place)
    }

    /// The steps with which `onto` plays the original step; empty if there is nothing to do.
    ///
    /// # Errors
    ///
    /// Why it is not possible.
    fn on(&self, onto: &Model, at: &State) -> Result<Vec<Taken>, String> {
        let step = &self.path.steps[self.place].0;
        match &step.kind {
            Kind::Fault(fault, Target::Slot(slot) | Target::Write(slot))
                if *fault != Fault::Lease =>
            {
                self.fault(onto, at, step, *slot)
            }
            Kind::Call(slot) | Kind::Answer(slot) => Ok(self.call(onto, at, *slot)),
            _ => self.of_the_environment(onto, at, step),
        }
    }

    /// Applies a fault that hits a call to the call with the same name.
    fn fault(
        &self,
        onto: &Model,
        at: &State,
        step: &Step,
        slot: usize,
    ) -> Result<Vec<Taken>, String> {
        let hit = next_call(&self.from.system, self.before(), slot);
        let mut steps: Vec<Taken> = Vec::new();
        while steps.len() < LONGEST {
            let at = steps.last().map_or(at, |(_, _, state)| state);
            if next_call(&onto.system, at, slot) == hit {
                let applied = take(onto, at, |other| other.kind == step.kind);
                steps.push(applied.ok_or("this call cannot go wrong there in this way")?);
                return Ok(steps);
            }
            let Some(next) = take(onto, at, |other| goes_on(other, slot)) else {
                break;
            };
            steps.push(next);
        }
        Err(format!(
            "{} makes no call {} there that could go wrong in this way",
            onto.instance.variant.name,
            hit.unwrap_or("of this kind")
        ))
    }

    /// Takes the next call of the slot, unless a later fault hits that call.
    fn call(&self, onto: &Model, at: &State, slot: usize) -> Vec<Taken> {
        let ours = next_call(&self.from.system, self.before(), slot);
        let theirs = next_call(&onto.system, at, slot);
        if theirs != ours && theirs.is_some() && theirs == self.hit_later(slot) {
            return Vec::new();
        }
        take(onto, at, |other| goes_on(other, slot))
            .into_iter()
            .collect()
    }

    /// The name of the slot's call that a later fault hits, while the slot still handles the same
    /// message.
    fn hit_later(&self, slot: usize) -> Option<&'static str> {
        let later = (self.place + 1)..self.path.steps.len();
        let mut run = later.take_while(|place| {
            next_call(&self.from.system, state_before(self.path, *place), slot).is_some()
        });
        let place = run.find(|place| {
            let kind = &self.path.steps[*place].0.kind;
            matches!(
                kind,
                Kind::Fault(fault, Target::Slot(hit) | Target::Write(hit))
                    if hit == &slot && *fault != Fault::Lease
            )
        })?;
        next_call(&self.from.system, state_before(self.path, place), slot)
    }

    fn of_the_environment(
        &self,
        onto: &Model,
        at: &State,
        step: &Step,
    ) -> Result<Vec<Taken>, String> {
        if let Some(same) = take(onto, at, |other| other.kind == step.kind) {
            return Ok(vec![same]);
        }
        Err(match &step.kind {
            Kind::Downstream(_)
            | Kind::Reply(_)
            | Kind::LateRequest(..)
            | Kind::LateWrite(_)
            | Kind::Due(..) => {
                // The published message or request may have another identity there.
                let alike = take(onto, at, |other| other.action == step.action);
                return Ok(alike.into_iter().collect());
            }
            Kind::Receive(endpoint, message) => why_not_received(onto, at, *endpoint, message),
            Kind::AskAgain => "the user does not click again there".to_owned(),
            Kind::GiveUp => "the client does not give up there".to_owned(),
            Kind::Recover(_) => "the endpoint is not down there".to_owned(),
            _ => "it cannot happen there in this state".to_owned(),
        })
    }
}

/// The state before the step at `place`, counted from 0.
fn state_before(path: &Path, place: usize) -> &State {
    match place.checked_sub(1) {
        Some(previous) => &path.steps[previous].1,
        None => &path.start,
    }
}

/// The action that a slot takes next; `None` if it is idle.
fn next_call(system: &System, state: &State, slot: usize) -> Option<&'static str> {
    match *system.slots(state).get(slot)? {
        Slot::Busy(work) => Some(work.at()),
        Slot::Idle => None,
    }
}

fn goes_on(step: &Step, slot: usize) -> bool {
    matches!(&step.kind, Kind::Call(at) | Kind::Answer(at) if *at == slot)
}

/// Takes the first possible step for which `wanted` is true.
fn take(onto: &Model, at: &State, wanted: impl Fn(&Step) -> bool) -> Option<Taken> {
    let actions = onto.actions(at).into_iter().enumerate();
    let mut wanted = actions.filter(|(_, step)| wanted(step));
    wanted.find_map(|(index, step)| {
        let after = stateright::Model::next_state(&*onto.system, at, step.clone())?;
        Some((index, step, after))
    })
}

/// Explains why a message cannot be received. The usual reason is that a slot is busy which was free
/// on the original.
fn why_not_received(onto: &Model, at: &State, endpoint: usize, message: &Value) -> String {
    let system = &onto.system;
    if !system.queue(endpoint, at).contains_key(message) {
        return "the message does not wait there any more".to_owned();
    }
    let busy: Vec<String> = system
        .slots_at(endpoint, at)
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
