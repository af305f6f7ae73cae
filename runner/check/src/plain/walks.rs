//! Random walks of a plain model and a user's spec, for graphs that are too large to enumerate.

use std::collections::BTreeSet;
use std::sync::Arc;

use stateright::Expectation;
use tandem_models::value::{StateView, Value};
use tandem_search::limits::Run;
use tandem_tla::user_spec::UserSpec;

use super::comparison::{PairDifference, PairTruth};
use super::names::{Names, Vocabulary, differences_from_tlc, matched, of_configuration};
use super::side::own_names;
use super::view::Variables;
use super::{PlainError, Viewed};
use crate::engine::tla_rs::walks::SpecMachine;
use crate::engine::tlc::{Tlc, TlcMachine};
use crate::engine::{Engine, tla_rs};
use crate::lockstep::batched::walk_in_batches;
use crate::lockstep::{Met, Move, WalkExtent, WalkPlan, Walkable, actions_met, walk};
use crate::trace::Trace;

/// The largest number of walks of the Rust side alone, which collect the names of its actions.
const WALKS_FOR_NAMES: u64 = 100;

/// The result of walking a model and a spec.
pub struct PairWalks {
    /// The label of the Rust side.
    pub model: String,
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
/// side. The spec is evaluated
/// by this TLC if one is given, or else in this process.
///
/// # Errors
///
/// If the names do not match, or one of the sides cannot be evaluated.
pub(super) fn walked<M: Viewed>(
    (label, model): (&str, &M),
    (spec, names): (&UserSpec, &Names),
    tlc: Option<&Tlc>,
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<PairWalks, PlainError> {
    let mut rust = OfModel {
        model,
        asked: Vec::new(),
        states: Vec::new(),
    };
    let mut notes = rust.matched(spec, names, plan, run)?;
    let mut operators = Vec::new();
    for (place, property) in model.properties().iter().enumerate() {
        let of_states = property.expectation != Expectation::Eventually;
        match names.operator(property.name, of_states, spec) {
            Ok(operator) => {
                rust.asked.push(place);
                operators.push(operator);
            }
            Err(why) => notes.push(why),
        }
    }
    notes.extend(of_configuration(spec));
    notes.push("fairness was not compared: walks take single steps".to_owned());
    let name = |place: &usize| model.properties()[*place].name.to_owned();
    let properties: Vec<_> = rust.asked.iter().map(name).collect();
    let mut rust = Renamed { side: rust, names };
    let engine = tlc.map_or(tla_rs::NAME, Engine::name);
    let (extent, met) = match tlc {
        Some(tlc) => {
            let mut tla = TlcMachine {
                tlc,
                spec,
                asked: operators.clone(),
                run,
            };
            walk_in_batches::<_, _, PlainError>((&mut rust, &mut tla), plan, run)?
        }
        None => {
            notes.extend(differences_from_tlc());
            let evaluator = tla_rs::evaluator(&spec.module, &spec.to_run())?;
            let mut tla = SpecMachine::new(spec.module.clone(), evaluator, &operators)?;
            walk::<_, _, PlainError>((&mut rust, &mut tla), plan, run)?
        }
    };
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
            name: properties[place].clone(),
            operator: operators[place].clone(),
            path: Trace::of_names(&start, &path),
            rust,
            states: 1,
        }]),
    });
    Ok(PairWalks {
        model: label.to_owned(),
        module: spec.module.clone(),
        plan,
        extent,
        engine,
        properties,
        notes,
        difference,
    })
}

/// A side with the names of the spec.
struct Renamed<'a, W> {
    side: W,
    names: &'a Names,
}

impl<W: Walkable> Walkable for Renamed<'_, W> {
    type Error = W::Error;

    fn initial(&mut self) -> Result<Vec<(StateView, usize)>, W::Error> {
        let initial = self.side.initial()?.into_iter();
        Ok(initial
            .map(|(view, at)| (self.names.view(view), at))
            .collect())
    }

    fn steps(&mut self, state: usize) -> Result<Vec<Move>, W::Error> {
        let names = self.names;
        let steps = self.side.steps(state)?.into_iter();
        let renamed = steps.map(|(name, view, at)| {
            let name: Arc<str> = match names.action(&name) {
                same if *same == *name => name,
                other => other.into(),
            };
            (name, names.view(view), at)
        });
        Ok(renamed.collect())
    }

    fn truths(&mut self, state: usize) -> Result<Vec<bool>, W::Error> {
        self.side.truths(state)
    }
}

/// The Rust side, with its own names.
struct OfModel<'a, M: Viewed> {
    model: &'a M,
    /// The indices of the properties to compare.
    asked: Vec<usize>,
    /// The states of the current walk.
    states: Vec<M::State>,
}

impl<M: Viewed> OfModel<'_, M> {
    fn known(&mut self, state: M::State) -> Result<(StateView, usize), PlainError> {
        let view = self.model.view(&state).variables();
        let view = view.map_err(PlainError::View)?;
        self.states.push(state);
        Ok((view, self.states.len() - 1))
    }

    /// Compares the names on both sides before the spec is run. The names of the actions in Rust are collected
    /// by walks.
    fn matched(
        &mut self,
        spec: &UserSpec,
        names: &Names,
        plan: WalkPlan,
        run: &Run<'_>,
    ) -> Result<Vec<String>, PlainError> {
        let first = self.initial()?.into_iter().next();
        let variables = first.map(|(view, _)| own_names(&view)).unwrap_or_default();
        let plan = WalkPlan {
            walks: plan.walks.min(WALKS_FOR_NAMES),
            ..plan
        };
        let actions: BTreeSet<String> = actions_met(self, plan, run)?;
        let constants = self.model.constants().into_iter();
        let constants: Vec<(String, Value)> = constants
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let properties = self.model.properties();
        let ours = Vocabulary {
            variables: &variables,
            actions: &actions,
            every_action: false,
            properties: properties.iter().map(|one| one.name.to_owned()).collect(),
            constants: &constants,
        };
        matched(&ours, spec, names).map_err(PlainError::Mismatch)
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
            let name: Arc<str> = M::action_name(&action).into();
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
