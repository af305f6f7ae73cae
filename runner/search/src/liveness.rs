//! Liveness as in TLA+, on a complete state graph: what must happen eventually, provided that certain
//! actions are not ignored forever while they are possible.
//!
//! # Behaviours
//!
//! A behaviour is an infinite sequence of states. It starts in an initial state. Each next state is
//! reached by a step, or is the same state again, which is called **stuttering**. A behaviour that
//! ends is one that stutters forever. Nothing forces a step to be taken. So without fairness every
//! `<>P` that is not true at once is violated, by a behaviour in which nothing ever happens.
//!
//! **Fairness** excludes such behaviours. `WF_vars(A)` says about an action A: if from some time on
//! it is always possible, it is taken again and again. `SF_vars(A)` says: if it is possible again and
//! again, it is taken again and again. A handler that is ready stays ready, so weak fairness is
//! enough for it. A lock that two others take alternately is free again and again, but not always:
//! only strong fairness lets a third one get it. Only steps that change the state count, both as
//! possible and as taken, so a self-loop is the same as stuttering. See [`Fairness`].
//!
//! # Counterexamples
//!
//! A finite graph that violates a formula contains a [`Lasso`] that violates it: a stem, and a cycle
//! that is repeated forever. [`violation`] finds one with the **shortest stem**, where the stem ends
//! in the first state of the cycle, or in the state in which the behaviour ends. It finds the same
//! one in every run. For `P ~> Q` the state with P is on the stem, possibly at its end, so that the
//! trace reads: here P is true, and from here on Q is never true. (If P is true only on the cycle, a
//! shorter stem would be possible, but it would not show the unfulfilled P.) Among equally short
//! stems, one that ends in stuttering is preferred. The cycle satisfies every fairness condition; it
//! is short, but not always the shortest.
//!
//! # Algorithm
//!
//! A formula is violated by a behaviour with a certain kind of tail (`formula.rs`). The states that a
//! tail repeats are strongly connected. So the strongly connected components (`components.rs`) of the
//! states allowed in the tail are checked for fairness (`fairness.rs`). A component that violates
//! strong fairness is decomposed further (`fair.rs`). If any component is left, the shortest stem to
//! one is searched (`stem.rs`), and a cycle in it (`cycle.rs`).
//!
//! The time is linear in the size of the graph if fairness is weak; each strong condition may add as
//! much again. The memory, besides the graph, is a few bits for each state for sets of states, at
//! most 13 bytes for each state for components, and then 8 bytes for the stem. There is no recursion.
//!
//! Other forms of formulas are not supported. Symmetry reduction is not supported either: in a graph
//! of representatives there are cycles that no behaviour follows.

mod components;
mod cycle;
mod fair;
mod fair_action;
mod fairness;
mod formula;
mod lasso;
mod stem;

pub use fair_action::FairAction;
pub use fairness::{Fairness, Strength};
pub use formula::Formula;
pub use lasso::Lasso;

use crate::limits::CutOff;

use super::bits::Bits;
use super::transitions::{Label, Node, Step, Transitions};
use fairness::Conditions;
use formula::Tail;

/// Liveness cannot be judged: the search was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("liveness cannot be judged on a part of the graph; the search was {0}")]
pub struct IncompleteGraph(pub CutOff);

/// A behaviour of the graph that satisfies all fairness conditions and violates the formula; `None`
/// if the formula holds. The documentation of [the module](self) says which behaviour is returned.
///
/// Each predicate of the formula is the set of the states in which it is true.
///
/// ```
/// use tandem_search::liveness::{Fairness, Formula, violation};
/// use tandem_search::{Bits, Step, Transitions};
///
/// // 0 -TryAgain-> 1 -Fail-> 0, 1 -Succeed-> 2
/// let (try_again, fail, succeed) = (0, 1, 2);
/// let mut graph = Transitions::default();
/// graph.push([Step { label: try_again, to: 1 }]);
/// graph.push([Step { label: fail, to: 0 }, Step { label: succeed, to: 2 }]);
/// graph.push([]);
/// let done = Formula::Eventually(Bits::of(3, [2]));
///
/// // Success is impossible between two tries, so weak fairness allows failing forever.
/// let weak = [try_again, fail, succeed].map(|action| Fairness::weak([action]));
/// let lasso = violation(&graph, &[0], &done, &weak)?.expect("a cycle");
/// assert_eq!((lasso.entry(), lasso.cycle.len()), (0, 2));
///
/// let strong = [Fairness::weak([try_again]), Fairness::strong([succeed])];
/// let lasso = violation(&graph, &[0], &done, &strong)?;
/// assert_eq!(lasso, None);
/// # Ok::<(), tandem_search::liveness::IncompleteGraph>(())
/// ```
///
/// # Errors
///
/// If the search of the graph was cut off. A cycle that looks unfair may be fair in the whole graph,
/// and the other way round, so neither verdict would be reliable.
///
/// # Panics
///
/// If the size of a predicate's set is not the number of states in the graph, or an initial state is
/// not in the graph.
pub fn violation(
    graph: &Transitions,
    initial: &[Node],
    formula: &Formula<Bits>,
    fairness: &[Fairness],
) -> Result<Option<Lasso>, IncompleteGraph> {
    if let Some(cut_off) = graph.cut_off() {
        return Err(IncompleteGraph(cut_off));
    }
    let states = graph.states();
    let known = initial.iter().all(|state| (*state as usize) < states);
    assert!(known, "an initial state is not among the {states} states");
    let tail = Tail::violating(formula, initial);
    assert_eq!(tail.within.size(), states, "states of the graph");
    let conditions = Conditions::new(graph, fairness, tail.recurring.as_ref());
    let fair = fair::fair_states(&conditions, &tail);
    if fair.is_empty() {
        return Ok(None);
    }
    let ends = |state| conditions.allow_end(state);
    let Some((start, stem)) = stem::shortest_stem(graph, initial, &tail, &fair, ends) else {
        return Ok(None);
    };
    let mut lasso = Lasso {
        start,
        stem,
        cycle: Vec::new(),
    };
    let component = fair::fair_component(graph, &fair, lasso.entry());
    lasso.cycle = cycle::short_cycle(&conditions, &component, lasso.entry());
    Ok(Some(lasso))
}
