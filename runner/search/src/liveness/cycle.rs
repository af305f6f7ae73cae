//! Finds a short cycle through a set of states that satisfies all fairness conditions.

use super::fairness::{Conditions, Seen};
use super::{Bits, Node, Step, Transitions};

/// A cycle from a state of a fair component back to it; it has no steps if the behaviour may end
/// there.
///
/// The algorithm takes the shortest path to the nearest step that satisfies an open condition,
/// repeats this, and finally takes the shortest path back. A strong condition becomes open only when
/// its action is enabled on the way. The cycle need not be the shortest one; to find that is a
/// travelling salesman problem. Memory: 16 bytes for each state that a path search visits.
pub(super) fn short_cycle(conditions: &Conditions<'_>, component: &Bits, entry: Node) -> Vec<Step> {
    let graph = conditions.graph();
    let mut seen = Seen::nothing(conditions);
    seen.state(entry);
    let (mut steps, mut at) = (Vec::new(), entry);
    let mut enabled = Bits::none(conditions.size());
    loop {
        let (weak, strong) = (seen.missing_weak(), seen.missing_strong());
        let path = if !weak.is_empty() || !strong.is_empty() {
            shortest(graph, component, at, |step| {
                let takes = conditions.of(step.label);
                takes.is_some_and(|some| some.meets(&weak) || some.meets(&strong)) || {
                    conditions.enabled(step.to, &mut enabled);
                    !weak.is_within(&enabled)
                }
            })
        } else if at != entry {
            shortest(graph, component, at, |step| step.to == entry)
        } else {
            return steps;
        };
        for step in path {
            // In TLA+ a step belongs to every action that leads from the one state to the other.
            let alike = graph.of(at).filter(|other| other.to == step.to);
            alike.for_each(|other| seen.step(other.label));
            seen.state(step.to);
            at = step.to;
            steps.push(step);
        }
    }
}

/// The shortest path within a component that ends with a matching step. There must be one.
fn shortest(
    graph: &Transitions,
    component: &Bits,
    start: Node,
    mut is_last: impl FnMut(Step) -> bool,
) -> Vec<Step> {
    let mut met = Bits::of(graph.states(), [start]);
    // Each state with the position of its predecessor in the queue. No step leads to the first one.
    let mut queue = vec![(
        Step {
            label: 0,
            to: start,
        },
        0,
    )];
    let mut place = 0;
    while let Some((Step { to: state, .. }, _)) = queue.get(place).copied() {
        let steps = graph.of(state).filter(|step| step.to != state);
        for step in steps.filter(|step| component.contains(step.to)) {
            if is_last(step) {
                return path(&queue, place, step);
            }
            if !met.contains(step.to) {
                met.insert(step.to);
                queue.push((step, place));
            }
        }
        place += 1;
    }
    unreachable!("a fair component satisfies every condition, and leads from each state to each")
}

fn path(queue: &[(Step, usize)], mut place: usize, last: Step) -> Vec<Step> {
    let mut steps = vec![last];
    while place != 0 {
        let (step, before) = queue[place];
        steps.push(step);
        place = before;
    }
    steps.reverse();
    steps
}
