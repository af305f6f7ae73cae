//! A trace: the common form of a path, for all engines.

mod sentence;

use serde::Serialize;
use stateright::Model;
use tandem_models::catalogue::Instance;
use tandem_models::kit::actors::Slot;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{State, System};
use tandem_models::value::{Change, StateView, Value, changes};

use crate::enumerate::{End, Path};
pub use sentence::kind_of_step;

/// A path: the initial state, and the steps.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// The initial state.
    pub start: StateView,
    /// The steps.
    pub steps: Vec<TraceStep>,
    /// Whether the path is also a path of the Rust model. A path that TLC found is replayed there; if
    /// that fails, its steps have no actor and no description.
    pub replayed: bool,
    /// How it continues after its last step.
    #[serde(serialize_with = "end_as_json")]
    pub end: End,
}

/// Serializes an end: `null` if it is not specified, `"stutters"`, or the number of steps to the state
/// from which the behaviour repeats.
pub fn end_as_json<S: serde::Serializer>(end: &End, serializer: S) -> Result<S::Ok, S::Error> {
    match end {
        End::Open => serializer.serialize_none(),
        End::Stutters => serializer.serialize_str("stutters"),
        End::Repeats(steps) => serializer.serialize_u64(*steps as u64),
    }
}

/// One step of a path.
#[derive(Debug, Clone, Serialize)]
pub struct TraceStep {
    /// Its number, from 1.
    pub number: usize,
    /// Its index among the actions of the state before it, from 0, if the path is one of the Rust
    /// model.
    #[serde(skip)]
    pub index: Option<usize>,
    /// The name of the action.
    pub action: String,
    /// The participant that acts.
    pub actor: Option<String>,
    /// The handler slot that acts or is hit, from 1.
    pub slot: Option<usize>,
    /// The message that it is about.
    pub message: Option<Value>,
    /// The kind of fault, if the step is one.
    pub fault: Option<&'static str>,
    /// A sentence that describes the step, with the protocol's terms.
    pub words: String,
    /// The differences between the states before and after the step.
    pub changes: Vec<Change>,
    /// The state after the step.
    pub state: StateView,
}

impl Trace {
    /// A path of the Rust model.
    pub fn new(instance: &Instance, system: &System, path: &Path) -> Self {
        let mut before = path.start.clone();
        let start = system.view(&before);
        let mut view = start.clone();
        let mut steps = Vec::new();
        for (step, after) in &path.steps {
            let next = system.view(after);
            let message = message(system, step, &before);
            steps.push(TraceStep {
                number: steps.len() + 1,
                index: index(system, step, &before),
                action: step.action.to_owned(),
                actor: Some(step.actor.to_owned()),
                slot: slot(system, step, &before, after),
                fault: step.fault().map(|fault| fault.name()),
                words: sentence::sentence(instance, system, step, &before, after),
                message,
                changes: changes(&view, &next),
                state: next.clone(),
            });
            view = next;
            before = after.clone();
        }
        Trace {
            start,
            steps,
            replayed: true,
            end: path.end,
        }
    }

    /// A path that another engine found, as names of actions and views. It is replayed in the Rust
    /// model.
    pub fn replay(
        instance: &Instance,
        system: &System,
        start: &StateView,
        steps: &[(String, StateView)],
        end: End,
    ) -> Self {
        match follow(system, start, steps) {
            Some(path) => Trace::new(instance, system, &Path { end, ..path }),
            None => Trace::bare(start, steps, end),
        }
    }

    /// A path of both sides of a comparison, of which only names and states are known.
    pub(crate) fn of_names(start: &StateView, steps: &[(String, StateView)]) -> Self {
        let mut trace = Trace::bare(start, steps, End::Open);
        trace.replayed = true;
        for step in &mut trace.steps {
            step.words.clear();
        }
        trace
    }

    /// The same path with one more step.
    pub(crate) fn and_then(mut self, action: &str, state: &StateView) -> Self {
        let before = self.steps.last().map_or(&self.start, |step| &step.state);
        self.steps.push(TraceStep {
            number: self.steps.len() + 1,
            index: None,
            action: action.to_owned(),
            actor: None,
            slot: None,
            message: None,
            fault: None,
            words: String::new(),
            changes: changes(before, state),
            state: state.clone(),
        });
        self
    }

    fn bare(start: &StateView, path: &[(String, StateView)], end: End) -> Self {
        let mut before = start;
        let mut steps = Vec::new();
        for (action, state) in path {
            steps.push(TraceStep {
                number: steps.len() + 1,
                index: None,
                action: action.clone(),
                actor: None,
                slot: None,
                message: None,
                fault: None,
                words: action.clone(),
                changes: changes(before, state),
                state: state.clone(),
            });
            before = state;
        }
        Trace {
            start: start.clone(),
            steps,
            replayed: false,
            end,
        }
    }
}

/// The path of the Rust model with these actions and views, if it exists.
pub fn follow(system: &System, start: &StateView, steps: &[(String, StateView)]) -> Option<Path> {
    let start = system
        .init_states()
        .into_iter()
        .find(|state| system.view(state) == *start)?;
    let mut at = start.clone();
    let mut path = Vec::new();
    for (action, view) in steps {
        let mut enabled = Vec::new();
        system.actions(&at, &mut enabled);
        let (step, after) = enabled
            .into_iter()
            .filter(|step| step.action == action.as_str())
            .filter_map(|step| Some((step.clone(), system.next_state(&at, step)?)))
            .find(|(_, after)| system.view(after) == *view)?;
        at = after.clone();
        path.push((step, after));
    }
    Some(Path {
        start,
        steps: path,
        end: End::Open,
    })
}

fn index(system: &System, step: &Step, before: &State) -> Option<usize> {
    let mut actions = Vec::new();
    system.actions(before, &mut actions);
    actions.iter().position(|action| action == step)
}

/// The slot of a step, counted from 1 within its endpoint: the slot that takes the step, or the one
/// that received the message.
fn slot(system: &System, step: &Step, before: &State, after: &State) -> Option<usize> {
    let slot = slot_of(system, step, before, after)?;
    let (_, place) = system.host_of(slot);
    Some(place + 1)
}

/// The slot of a step, counted from 0 over all endpoints: the slot that takes the step, or the one
/// that received the message.
pub fn slot_of(system: &System, step: &Step, before: &State, after: &State) -> Option<usize> {
    let filled = |endpoint: usize| {
        let pairs = system.slots_at(endpoint, before).iter();
        let mut pairs = pairs.zip(system.slots_at(endpoint, after));
        let place = pairs.position(|(before, after)| *before == Slot::Idle && before != after);
        place.map(|place| system.hosts()[endpoint].first_slot + place)
    };
    match step.kind {
        Kind::Receive(endpoint, _) | Kind::Wake(endpoint) => filled(endpoint),
        _ => step.slot(),
    }
}

fn message(system: &System, step: &Step, before: &State) -> Option<Value> {
    match &step.kind {
        Kind::Receive(_, message)
        | Kind::Downstream(message)
        | Kind::Reply(message)
        | Kind::Due(_, message) => Some(message.numbered()),
        Kind::LateWrite(late) => Some(late.message.numbered()),
        Kind::LateRequest(_, request) => Some(request.numbered()),
        Kind::Fault(
            _,
            Target::Incoming(_, value) | Target::Outgoing(value) | Target::Reply(value),
        ) => Some(value.numbered()),
        _ => match system.slots(before).get(step.slot()?)? {
            Slot::Busy(work) => Some(work.message.numbered()),
            Slot::Idle => None,
        },
    }
}
