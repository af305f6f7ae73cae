//! Liveness as in TLA+, on a complete state graph: what must happen sooner or later, provided that
//! certain actions do not wait for ever while they are possible.
//!
//! # Behaviours
//!
//! A behaviour is an endless sequence of states. It starts in an initial state, and each next state
//! is one that a step leads to, or the same again: **stuttering**. A behaviour that ends is one that
//! stutters for ever. Nothing forces a step to be taken, so without fairness every `<>P` is violated
//! that does not hold at once: by a behaviour in which nothing ever happens.
//!
//! **Fairness** excludes such behaviours. `WF_vars(A)` says of an action A: if from some time on it
//! is always possible, it is taken again and again. `SF_vars(A)` says: if it is possible again and
//! again, it is taken again and again. A handler that is ready stays ready, so weak fairness is
//! enough for it. A lock that two others take in turns is free again and again, but not always:
//! only strong fairness lets a third have it. Only steps that change the state count, both as
//! possible and as taken, so a self-loop is the same as stuttering. See [`Fairness`].
//!
//! # Counterexamples
//!
//! A finite graph that violates a formula does so by a [`Lasso`]: a stem, and a cycle that is
//! repeated for ever. [`violation`] finds one whose **stem is the shortest** there is, where the
//! stem ends in the first state of the cycle, or in the one where the behaviour ends. It is the
//! same one every time. For `P ~> Q` the state with P is on the stem, its end included, so that one
//! reads: here is P, and from here on never Q. (Where P is only on the cycle, a shorter stem would
//! do, but it would not show what is owed.) Of equally short stems one that ends in stuttering is
//! preferred. The cycle satisfies every condition of fairness; it is short, but perhaps not the
//! shortest.
//!
//! # How
//!
//! A formula is violated by a behaviour with a certain tail (`formula.rs`). What a tail repeats is
//! strongly connected, so the strongly connected components (`components.rs`) of the states where
//! it may be are judged by fairness (`fairness.rs`); one that misses strong fairness is taken apart
//! further (`fair.rs`). If any is left, the shortest stem to one is searched (`stem.rs`), and a
//! cycle there (`cycle.rs`).
//!
//! Time is linear in the graph if fairness is weak, and each strong condition may add as much again.
//! Memory, besides the graph: a few bits a state for sets of states, and at most 13 bytes a state for
//! components, then 8 for the stem. Nothing is recursive.
//!
//! Formulas of other shapes are left out. So is symmetry: a graph in which one state stands for all
//! that are alike has cycles that no behaviour runs in.

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

/// A behaviour of the graph that satisfies all the fairness and violates the formula, or none if
/// the formula holds. What is guaranteed of it stands in the documentation of [the module](self).
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
/// // Between two tries it cannot succeed, so weak fairness allows to fail for ever.
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
/// The graph is that of a search that was cut off. A cycle that looks unfair may be fair in the whole
/// graph, and the other way round, so neither verdict would mean anything.
///
/// # Panics
///
/// If a predicate is a set of another number of states than the graph's, or an initial state is not
/// one of the graph's.
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
