//! Reconstructs the whole graph from an enumeration with symmetry reduction.

use std::borrow::Cow;
use std::collections::HashSet;

use rustc_hash::FxBuildHasher;
use tandem_models::value::StateView;

use super::Exploration;
use super::space::Packed;
use super::states::States;
use tandem_search::visited::VisitedSet;
use tandem_tla::divergence::Machine;

/// The views of the whole graph and the steps between them, computed one state at a time on demand.
///
/// A state has the steps of its representative, mapped to it: those of its own steps that lead, up to
/// symmetry, to a state to which the representative has a step with the same action. A step that the
/// representative does not have is left out, and a step that only the representative has is kept
/// unmapped. So if the reduction merged states that are not symmetric, this graph differs from the
/// model's, and a comparison with TLA+ shows where.
///
/// Every state that was enumerated appears here, up to symmetry, because it was reached by steps of
/// others, which all appear here.
///
/// A step to another state of the same orbit counts as a step, as in TLA+. Only a step that changes
/// nothing does not count.
pub struct Unfolded<'e> {
    found: &'e Exploration,
    /// The views of the states found so far.
    looks: VisitedSet<Packed>,
    /// For each view, the first state found with it.
    states: Vec<Packed>,
}

impl Exploration {
    /// The whole graph, of which this enumeration contains the representatives.
    pub fn unfolded(&self) -> Unfolded<'_> {
        Unfolded {
            found: self,
            looks: VisitedSet::new(),
            states: Vec::new(),
        }
    }
}

/// The name of an action, and a state after it.
type Taken<'e> = (&'e str, Packed);

impl<'e> Unfolded<'e> {
    fn space(&self) -> &'e States {
        self.found.found.space()
    }

    /// The number of a state's view.
    fn number(&mut self, state: Packed) -> usize {
        let (number, new) = self.looks.meet(self.space().look(state));
        if new {
            self.states.push(state);
        }
        number as usize
    }

    /// The steps of a state's representative.
    fn representative(&self, state: Packed) -> HashSet<Taken<'e>, FxBuildHasher> {
        let found = self.found;
        let raw = found.found.find(self.space().representative(state));
        let steps = raw.into_iter().flat_map(|raw| found.steps(raw));
        steps
            .map(|(action, to)| (&*action.name, found.found.key(to)))
            .collect()
    }
}

impl<'e> Machine<'e> for Unfolded<'e> {
    fn initial(&mut self) -> Vec<usize> {
        let found = &self.found.found;
        let initial = (0..found.initial).map(|raw| found.key(raw));
        initial.map(|state| self.number(state)).collect()
    }

    fn steps(&mut self, number: usize) -> Vec<(&'e str, usize)> {
        let (space, state) = (self.space(), self.states[number]);
        let mut missing = self.representative(state);
        let has = missing.clone();
        let mut steps: Vec<Taken<'e>> = Vec::new();
        space.steps(state, &mut |label, after| {
            let folded = (space.name(label), space.representative(after));
            if after != state && has.contains(&folded) {
                missing.remove(&folded);
                steps.push((folded.0, after));
            }
        });
        steps.extend(missing);
        let steps = steps.into_iter();
        let steps = steps.map(|(action, after)| (action, self.number(after)));
        steps.filter(|(_, after)| *after != number).collect()
    }

    fn view(&self, number: usize) -> Cow<'e, StateView> {
        let state = self.space().unpack(self.states[number]);
        Cow::Owned(self.found.system().view(&state))
    }
}
