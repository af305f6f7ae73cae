//! The temporal formulas, and the behaviours that violate them.

use std::fmt;

use super::{Bits, Node};

/// A temporal formula over state predicates `P`: names, closures, or the [`Bits`] of the states in
/// which they are true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula<P> {
    /// `<>P`: P at some time, now or later.
    Eventually(P),
    /// `[]<>P`: P again and again, forever.
    AlwaysEventually(P),
    /// `<>[]P`: P from some time on, forever.
    EventuallyAlways(P),
    /// `P ~> Q`, which is `[](P => <>Q)`: whenever P, then Q at that time or later.
    LeadsTo(P, P),
}

impl<P> Formula<P> {
    /// The same formula, with each predicate replaced.
    pub fn map<R>(self, mut predicate: impl FnMut(P) -> R) -> Formula<R> {
        match self {
            Formula::Eventually(p) => Formula::Eventually(predicate(p)),
            Formula::AlwaysEventually(p) => Formula::AlwaysEventually(predicate(p)),
            Formula::EventuallyAlways(p) => Formula::EventuallyAlways(predicate(p)),
            Formula::LeadsTo(p, q) => Formula::LeadsTo(predicate(p), predicate(q)),
        }
    }
}

impl<P: fmt::Display> fmt::Display for Formula<P> {
    /// Writes the formula as in TLA+.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Formula::Eventually(p) => write!(f, "<>{p}"),
            Formula::AlwaysEventually(p) => write!(f, "[]<>{p}"),
            Formula::EventuallyAlways(p) => write!(f, "<>[]{p}"),
            Formula::LeadsTo(p, q) => write!(f, "{p} ~> {q}"),
        }
    }
}

/// The infinite tail of a behaviour that violates a formula. All four formulas have the same kind
/// of tail: it begins in one of certain states, stays within certain states, and for one of the
/// formulas visits some of them again and again.
pub(super) struct Tail {
    /// The states in which it may begin.
    pub(super) begins: Bits,
    /// The states in which it stays; they include those in which it begins.
    pub(super) within: Bits,
    /// The states of which it must visit one again and again, if there is such a condition.
    pub(super) recurring: Option<Bits>,
}

impl Tail {
    /// The tail that violates a formula on a graph with these initial states.
    pub(super) fn violating(formula: &Formula<Bits>, initial: &[Node]) -> Self {
        let (begins, within, recurring) = match formula {
            // The formula must be false from the first state on, so the whole behaviour is tail.
            Formula::Eventually(p) => (
                Bits::of(p.size(), initial.iter().copied()),
                !p.clone(),
                None,
            ),
            Formula::AlwaysEventually(p) => (Bits::all(p.size()), !p.clone(), None),
            Formula::EventuallyAlways(p) => {
                let all = Bits::all(p.size());
                (all.clone(), all, Some(!p.clone()))
            }
            Formula::LeadsTo(p, q) => (p.clone(), !q.clone(), None),
        };
        let mut tail = Tail {
            begins,
            within,
            recurring,
        };
        tail.begins &= &tail.within;
        tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_in_tla() {
        let texts = [
            Formula::Eventually("P"),
            Formula::AlwaysEventually("P"),
            Formula::EventuallyAlways("P"),
            Formula::LeadsTo("P", "Q"),
        ]
        .map(|formula| formula.map(str::to_lowercase).to_string());
        assert_eq!(texts, ["<>p", "[]<>p", "<>[]p", "p ~> q"]);
    }
}
