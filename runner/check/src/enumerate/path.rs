//! Paths of the model itself, reconstructed from the numbers in an enumeration.

use stateright::Model;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::State;

use super::space::Packed;
use super::states::States;
use tandem_search::space::Space;
use tandem_search::{Action, Explored, Label, Node};

/// A path through a model: its initial state, and its steps with the states after them.
#[derive(Debug, Clone)]
pub struct Path {
    /// The initial state.
    pub start: State,
    /// The steps, each with the state after it.
    pub steps: Vec<(Step, State)>,
    /// How it continues after its last step.
    pub end: End,
}

impl Path {
    /// The last state.
    pub fn last(&self) -> &State {
        self.steps.last().map_or(&self.start, |(_, state)| state)
    }
}

/// How a path continues after its last step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum End {
    /// Not specified.
    #[default]
    Open,
    /// It stutters: it stays in the last state.
    Stutters,
    /// The last step led back to the state after this many steps, and the behaviour repeats from
    /// there without end.
    Repeats(usize),
}

/// The shortest path of the model to a state of the enumeration. `actions` are the actions of its
/// labels.
pub(super) fn path_to(found: &Explored<States>, actions: &[Action], to: Node) -> Path {
    let way = found.way(to);
    let steps = way[1..].iter().copied();
    through(found, actions, way[0].1, steps, End::Open)
}

/// The path of the model through states of the enumeration, each with the label of the step to it.
pub(super) fn through(
    found: &Explored<States>,
    actions: &[Action],
    start: Node,
    way: impl Iterator<Item = (Label, Node)>,
    end: End,
) -> Path {
    let states = found.space();
    let start = states.unpack(found.key(start));
    let way = way.map(|(label, raw)| (label, found.key(raw)));
    along(states, actions, start, way, end)
}

/// The path of the model through these states, or states that symmetry reduction merges with them,
/// each with the label of the step to it.
pub(super) fn along(
    states: &States,
    actions: &[Action],
    start: State,
    way: impl Iterator<Item = (Label, Packed)>,
    end: End,
) -> Path {
    let mut before = start.clone();
    let mut steps = Vec::new();
    for (label, to) in way {
        // The labels and states come from the model's own steps, so the step exists.
        let name = &actions[usize::from(label)].name;
        let Some((step, after)) = step(states, &before, name, to) else {
            break;
        };
        steps.push((step, after.clone()));
        before = after;
    }
    Path { start, steps, end }
}

/// The step of the model with that name that leads to this state, or to a state that symmetry
/// reduction merges with it.
fn step(states: &States, before: &State, name: &str, to: Packed) -> Option<(Step, State)> {
    let system = states.system();
    let mut enabled = Vec::new();
    system.actions(before, &mut enabled);
    let named = enabled.into_iter().filter(|step| step.action == name);
    let taken = named.filter_map(|step| {
        let after = system.next_state(before, step.clone())?;
        let packed = states.pack(&after);
        Some((packed, step, after))
    });
    let taken: Vec<_> = taken.collect();
    let same = |(packed, ..): &&(Packed, _, _)| states.representative(*packed) == to;
    // The message of a handler that broke the rules is plain text, in which messages cannot be
    // renamed.
    let broken = |(packed, ..): &&(Packed, _, _)| states.broken(&to) && states.broken(packed);
    let found = taken
        .iter()
        .find(same)
        .or_else(|| taken.iter().find(broken));
    found.map(|(_, step, after)| (step.clone(), after.clone()))
}
