//! Random walks of a plain model and a user's spec, for graphs that are too large to enumerate.

use std::collections::BTreeSet;
use std::sync::Arc;

use stateright::Expectation;
use tandem_models::value::StateView;
use tandem_search::limits::Run;
use tandem_tla::user_spec::UserSpec;

use super::comparison::{PairDifference, PairTruth};
use super::names::{Names, differences_from_tlc};
use super::view::Variables;
use super::{PlainError, Viewed};
use crate::engine::tla_rs;
use crate::lockstep::spec::SpecMachine;
use crate::lockstep::{Met, Move, WalkExtent, WalkPlan, Walkable, walk};
use crate::trace::Trace;

/// The result of walking a model and a spec.
pub struct PairWalks {
    /// The module of the spec.
    pub module: String,
    /// The number and length of the walks, and their seed.
    pub plan: WalkPlan,
    /// How much was walked.
    pub extent: WalkExtent,
    /// The engine that evaluated the spec.
    pub engine: &'static str,
    /// The properties whose truth was compared in every visited state.
    pub properties: Vec<String>,
    /// Remarks about the result, one sentence each.
    pub notes: Vec<String>,
    /// The first difference that a walk found.
    pub difference: Option<PairDifference>,
}

/// Walks a model and a spec at random. For each step of one side, the same step is looked for on the other
/// side. The spec is evaluated in this process.
///
/// # Errors
///
/// If the variables do not match, or one of the sides cannot be evaluated.
pub(super) fn walked<M: Viewed>(
    model: &M,
    spec: &UserSpec,
    names: &Names,
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<PairWalks, PlainError> {
    let mut notes: Vec<_> = differences_from_tlc().collect();
    let mut asked = Vec::new();
    for (place, property) in model.properties().iter().enumerate() {
        let of_states = property.expectation != Expectation::Eventually;
        match names.operator(property.name, of_states, spec) {
            Ok(operator) => asked.push((place, operator)),
            Err(why) => notes.push(why),
        }
    }
    let operators: Vec<_> = asked.iter().map(|(_, operator)| operator.clone()).collect();
    let mut tla = SpecMachine::new(
        spec.module.clone(),
        tla_rs::evaluator(&spec.module, &spec.to_run())?,
        &operators,
    )?;
    let mut rust = OfModel {
        model,
        names,
        asked: asked.iter().map(|(place, _)| *place).collect(),
        states: Vec::new(),
    };
    rust.same_variables(spec)?;
    let (extent, met) = walk::<_, _, PlainError>((&mut rust, &mut tla), plan, run)?;
    let name = |place: usize| model.properties()[asked[place].0].name.to_owned();
    let difference = met.map(|met| match met {
        Met::Step(divergence) => PairDifference::Graphs {
            path: Trace::of_names(
                divergence.start.as_ref().unwrap_or(&divergence.state),
                &divergence.path,
            ),
            divergence: *divergence,
        },
        Met::Truth {
            start,
            path,
            place,
            rust,
            ..
        } => PairDifference::Properties(vec![PairTruth {
            name: name(place),
            operator: asked[place].1.clone(),
            path: Trace::of_names(&start, &path),
            rust,
            states: 1,
        }]),
    });
    Ok(PairWalks {
        module: spec.module.clone(),
        plan,
        extent,
        engine: tla_rs::NAME,
        properties: (0..asked.len()).map(name).collect(),
        notes,
        difference,
    })
}

/// The Rust side, with the names of the spec.
struct OfModel<'a, M: Viewed> {
    model: &'a M,
    names: &'a Names,
    /// The indices of the properties to compare.
    asked: Vec<usize>,
    /// The states of the current walk.
    states: Vec<M::State>,
}

impl<M: Viewed> OfModel<'_, M> {
    fn known(&mut self, state: M::State) -> Result<(StateView, usize), PlainError> {
        let view = self.model.view(&state).variables();
        let view = self.names.view(view.map_err(PlainError::View)?);
        self.states.push(state);
        Ok((view, self.states.len() - 1))
    }

    /// Refuses a spec with different variables, because every state would differ.
    fn same_variables(&mut self, spec: &UserSpec) -> Result<(), PlainError> {
        let Some((view, _)) = self.initial()?.into_iter().next() else {
            return Ok(());
        };
        let ours: BTreeSet<String> = view.keys().map(ToString::to_string).collect();
        let theirs: BTreeSet<String> = spec.variables().iter().cloned().collect();
        match ours == theirs {
            true => Ok(()),
            false => Err(PlainError::Variables { ours, theirs }),
        }
    }
}

impl<M: Viewed> Walkable for OfModel<'_, M> {
    type Error = PlainError;

    fn initial(&mut self) -> Result<Vec<(StateView, usize)>, PlainError> {
        self.states.clear();
        let initial = self.model.init_states().into_iter();
        initial.map(|state| self.known(state)).collect()
    }

    fn steps(&mut self, state: usize) -> Result<Vec<Move>, PlainError> {
        let (model, before) = (self.model, self.states[state].clone());
        let mut actions = Vec::new();
        model.actions(&before, &mut actions);
        let mut steps = Vec::new();
        for action in actions {
            let name = M::action_name(&action);
            let name: Arc<str> = self.names.action(&name).into();
            if let Some(after) = model.next_state(&before, action)
                && model.within_boundary(&after)
            {
                let (view, at) = self.known(after)?;
                steps.push((name, view, at));
            }
        }
        Ok(steps)
    }

    fn truths(&mut self, state: usize) -> Result<Vec<bool>, PlainError> {
        let (state, properties) = (&self.states[state], self.model.properties());
        let truth = |place: &usize| (properties[*place].condition)(self.model, state);
        Ok(self.asked.iter().map(truth).collect())
    }
}
