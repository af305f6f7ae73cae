//! The states that a fair behaviour can visit again and again within a part of a graph.

use super::components::{Component, components};
use super::fairness::{Conditions, Seen};
use super::formula::Tail;
use super::{Bits, Node, Transitions};

/// The states of the tail in which a behaviour can be again and again, or can end, while it satisfies
/// all conditions: the union of all sets of states that a fair tail repeats.
///
/// The states that a tail repeats are strongly connected. Weak conditions are easier to satisfy in a
/// larger set: it has more states where an action may be disabled, and more steps that may take it.
/// So if a component violates a weak condition, all its subsets do. A strong condition that a
/// component violates can still be satisfied by subsets without the states in which its action is
/// enabled. These states are removed, and the rest is decomposed again. (E. Allen Emerson and
/// Chin-Laung Lei, *Modalities for model checking*, 1987; Orna Lichtenstein and Amir Pnueli,
/// *Checking that finite state concurrent programs satisfy their linear specification*, 1985.)
///
/// Each round is linear in the size of the graph. Only strong conditions need more than one round,
/// and at most one more each, because the action of the condition is never enabled in the remaining
/// states.
pub(super) fn fair_states(conditions: &Conditions<'_>, tail: &Tail) -> Bits {
    let graph = conditions.graph();
    let mut fair = Bits::none(graph.states());
    let mut rest = round(conditions, &tail.within, tail.begins.iter(), &mut fair);
    while !rest.is_empty() {
        rest = round(conditions, &rest, rest.iter(), &mut fair);
    }
    fair
}

/// The largest set of fair states, containing this one, within which a behaviour can run in cycles.
pub(super) fn fair_component(graph: &Transitions, fair: &Bits, state: Node) -> Bits {
    let mut states = Bits::none(graph.states());
    components(graph, fair, [state].into_iter(), |component| {
        if component.contains(state) {
            states = Bits::of(graph.states(), component.states.iter().copied());
        }
    });
    states
}

/// Adds the states of the components that satisfy all conditions. Returns the states in which a
/// smaller component may satisfy them.
fn round(
    conditions: &Conditions<'_>,
    within: &Bits,
    roots: impl Iterator<Item = Node>,
    fair: &mut Bits,
) -> Bits {
    let graph = conditions.graph();
    let mut rest = Bits::none(graph.states());
    let mut enabled = Bits::none(conditions.size());
    components(graph, within, roots, |component| {
        // Most components are a single state, which is quick to judge.
        if let [state] = component.states {
            if conditions.allow_end(*state) {
                fair.insert(*state);
            }
            return;
        }
        let seen = all_of(conditions, &component);
        if !seen.missing_weak().is_empty() {
            return;
        }
        let missing = seen.missing_strong();
        for state in component.states {
            if missing.is_empty() {
                fair.insert(*state);
                continue;
            }
            conditions.enabled(*state, &mut enabled);
            if !enabled.meets(&missing) {
                rest.insert(*state);
            }
        }
    });
    rest
}

/// Everything that a behaviour can see and do within a component.
fn all_of<'a>(conditions: &'a Conditions<'a>, component: &Component<'_>) -> Seen<'a> {
    let mut seen = Seen::nothing(conditions);
    for state in component.states {
        seen.state(*state);
        let steps = conditions.graph().of(*state);
        for step in steps.filter(|step| step.to != *state && component.contains(step.to)) {
            seen.step(step.label);
        }
    }
    seen
}
