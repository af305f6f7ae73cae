//! The states that a fair behaviour can visit again and again within a part of a graph.

use super::components::{Component, components};
use super::fairness::{Conditions, Seen};
use super::formula::Tail;
use super::{Bits, Node, Transitions};

/// The states of the tail in which a behaviour can be again and again, or end, and satisfy all
/// conditions: the union of all the sets of states that a fair tail repeats.
///
/// What a tail repeats is strongly connected. Weak conditions are easier for the larger set: it has
/// more states where an action may be disabled, and more steps that may take it. So a component that
/// misses one has no part that satisfies it. A strong condition that a component misses can still be
/// satisfied by the parts without the states in which its action is enabled: these are left out,
/// and what remains is taken apart again. (E. Allen Emerson and Chin-Laung Lei, *Modalities for model
/// checking*, 1987; Orna Lichtenstein and Amir Pnueli, *Checking that finite state concurrent
/// programs satisfy their linear specification*, 1985.)
///
/// Each round is linear in the graph. Only strong conditions make more than one, and at most one
/// more each, since in what remains its action is never enabled again.
pub(super) fn fair_states(conditions: &Conditions<'_>, tail: &Tail) -> Bits {
    let graph = conditions.graph();
    let mut fair = Bits::none(graph.states());
    let mut rest = round(conditions, &tail.within, tail.begins.iter(), &mut fair);
    while !rest.is_empty() {
        rest = round(conditions, &rest, rest.iter(), &mut fair);
    }
    fair
}

/// The largest set of fair states within which a behaviour can run in cycles through this one.
pub(super) fn fair_component(graph: &Transitions, fair: &Bits, state: Node) -> Bits {
    let mut states = Bits::none(graph.states());
    components(graph, fair, [state].into_iter(), |component| {
        if component.contains(state) {
            states = Bits::of(graph.states(), component.states.iter().copied());
        }
    });
    states
}

/// Adds the states of the components that satisfy everything, and returns those in which a smaller
/// component may.
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
        // Most components are a single state, which is quickly judged.
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

/// Everything that a behaviour can do within a component.
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
