//! The TLA+ side of random walks: a spec that is evaluated in this process.

use tandem_models::value::StateView;
use tandem_tla_rs::{Evaluator, Predicate, SpecState};

use super::refused;
use crate::engine::EngineError;
use crate::lockstep::{Move, Walkable};

/// A spec that can be walked.
pub(crate) struct SpecMachine {
    subject: String,
    evaluator: Evaluator,
    asked: Vec<Predicate>,
    initial: Vec<SpecState>,
    /// The states of the current walk.
    states: Vec<SpecState>,
}

impl SpecMachine {
    /// A spec with the predicates to evaluate.
    ///
    /// # Errors
    ///
    /// If it cannot be evaluated.
    pub(crate) fn new(
        subject: String,
        evaluator: Evaluator,
        asked: &[String],
    ) -> Result<Self, EngineError> {
        let prepare = || {
            let asked = asked.iter().map(|text| evaluator.predicate(text));
            Ok((asked.collect::<Result<_, _>>()?, evaluator.initial()?))
        };
        let (asked, initial) = prepare().map_err(|error| refused(&subject, &error))?;
        Ok(SpecMachine {
            subject,
            evaluator,
            asked,
            initial,
            states: Vec::new(),
        })
    }

    fn known(&mut self, state: SpecState) -> Result<(StateView, usize), EngineError> {
        let view = self.evaluator.view(&state);
        let view = view.map_err(|error| refused(&self.subject, &error))?;
        self.states.push(state);
        Ok((view, self.states.len() - 1))
    }
}

impl Walkable for SpecMachine {
    type Error = EngineError;

    fn initial(&mut self) -> Result<Vec<(StateView, usize)>, EngineError> {
        self.states.clear();
        let initial = self.initial.clone().into_iter();
        initial.map(|state| self.known(state)).collect()
    }

    fn steps(&mut self, state: usize) -> Result<Vec<Move>, EngineError> {
        let steps = self.evaluator.steps(&self.states[state]);
        let steps = steps.map_err(|error| refused(&self.subject, &error))?;
        let steps = steps.into_iter().map(|(action, after)| {
            let (view, at) = self.known(after)?;
            Ok((action, view, at))
        });
        steps.collect()
    }

    fn truths(&mut self, state: usize) -> Result<Vec<bool>, EngineError> {
        let state = self.states[state].clone();
        let (evaluator, subject) = (&mut self.evaluator, &self.subject);
        let truths = self.asked.iter().map(|one| evaluator.holds(one, &state));
        truths
            .collect::<Result<_, _>>()
            .map_err(|error| refused(subject, &error))
    }
}
