//! Compares the Rust model and the TLA+ spec of an instance by random walks, for graphs that are too large to
//! enumerate.

use std::sync::Arc;
use std::time::{Duration, Instant};

use stateright::Model;
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::{State, System};
use tandem_models::value::{StateView, changes};

use super::Difference;
use crate::engine::tla_rs::walks::SpecMachine;
use crate::engine::tlc::{Tlc, TlcMachine};
use crate::engine::{Engine, EngineError, tla_rs};
use crate::enumerate::End;
use crate::guarantees::{Asked, TruthDifference, asked, in_tla};
use crate::lockstep::batched::walk_in_batches;
use crate::lockstep::{Met, Move, WalkExtent, WalkPlan, Walkable, walk};
use crate::report::Standing;
use crate::trace::Trace;
use tandem_search::limits::Run;
use tandem_tla::spec::{Spec, SpecTexts, render_from};
use tandem_tla::user_spec::UserSpec;
use tandem_tla_rs::Evaluator;

/// The result of comparing both sides of an instance by random walks.
pub struct WalkedComparison {
    /// The instance.
    pub instance: Instance,
    /// The number and length of the walks, and their seed.
    pub plan: WalkPlan,
    /// How much was walked.
    pub extent: WalkExtent,
    /// The number of predicates that were compared in every visited state.
    pub guarantees: usize,
    /// The first difference that a walk found.
    pub difference: Option<Difference>,
    /// The source of the spec's text.
    pub specs: String,
    /// The engine that evaluated the spec.
    pub engine: &'static str,
    /// The duration of the comparison.
    pub elapsed: Duration,
}

impl WalkedComparison {
    /// The standing for the exit code. A difference is certain; without one the comparison is
    /// incomplete.
    pub fn standing(&self) -> Standing {
        match self.difference {
            Some(_) => Standing::Fail,
            None => Standing::Incomplete,
        }
    }
}

/// Walks both sides of an instance at random. For each step of one side, the same step is looked
/// for on the other side.
///
/// # Errors
///
/// If the spec cannot be evaluated: by this TLC if one is given, or else in this process.
pub fn walk_instance(
    instance: &Instance,
    (texts, tlc): (&SpecTexts, Option<&Tlc>),
    plan: WalkPlan,
    run: &Run<'_>,
) -> Result<WalkedComparison, EngineError> {
    let started = Instant::now();
    let system = instance.system();
    let spec = render_from(texts, instance, &[])?;
    let side = match tlc {
        Some(tlc) => TlaSide::Tlc(tlc, Box::new(as_of_a_user(instance, &spec)?)),
        None => TlaSide::InProcess(Box::new(tla_rs::evaluator(instance, &spec)?)),
    };
    let read = match &side {
        TlaSide::InProcess(read) => Some(&**read),
        TlaSide::Tlc(..) => None,
    };
    let (asked, _) = asked(&system, &spec, read);
    let predicates: Vec<_> = asked.iter().map(|one| one.text.clone()).collect();
    let mut rust = OfSystem {
        system: &system,
        asked: &asked,
        states: Vec::new(),
    };
    let (extent, met) = match side {
        TlaSide::Tlc(tlc, spec) => {
            let mut tla = TlcMachine {
                tlc,
                spec: &spec,
                asked: predicates,
                run,
            };
            walk_in_batches::<_, _, EngineError>((&mut rust, &mut tla), plan, run)?
        }
        TlaSide::InProcess(read) => {
            let mut tla = SpecMachine::new(instance.to_string(), *read, &predicates)?;
            walk::<_, _, EngineError>((&mut rust, &mut tla), plan, run)?
        }
    };
    let difference = met.map(|met| rust.told(instance, &spec, met));
    Ok(WalkedComparison {
        instance: instance.clone(),
        plan,
        extent,
        guarantees: asked.len(),
        difference,
        specs: texts.to_string(),
        engine: tlc.map_or(tla_rs::NAME, Engine::name),
        elapsed: started.elapsed(),
    })
}

/// Who evaluates the spec.
enum TlaSide<'a> {
    InProcess(Box<Evaluator>),
    Tlc(&'a Tlc, Box<UserSpec>),
}

/// The spec of an instance as TLC runs one that somebody else wrote: without what it checks.
fn as_of_a_user(instance: &Instance, spec: &Spec) -> Result<UserSpec, EngineError> {
    let mut modules: Vec<(&str, &str)> = Vec::new();
    let mut configuration = "";
    for (name, text) in &spec.files {
        match name.ends_with(".cfg") {
            true => configuration = text,
            false => modules.push((name, text)),
        }
    }
    UserSpec::of_texts(&modules, configuration).map_err(|error| EngineError::Tlc {
        instance: instance.to_string(),
        what: error.to_string(),
    })
}

/// The Rust side.
struct OfSystem<'a> {
    system: &'a System,
    asked: &'a [Asked],
    /// The states of the current walk.
    states: Vec<State>,
}

impl OfSystem<'_> {
    fn known(&mut self, state: State) -> (StateView, usize) {
        let view = self.system.view(&state);
        self.states.push(state);
        (view, self.states.len() - 1)
    }

    fn told(&self, instance: &Instance, spec: &Spec, met: Met) -> Difference {
        let trace = |start: &StateView, path: &[(String, StateView)]| {
            Trace::replay(instance, self.system, start, path, End::Open)
        };
        match met {
            Met::Step(divergence) => {
                let initial = || {
                    self.system
                        .init_states()
                        .first()
                        .map(|one| self.system.view(one))
                };
                let start = divergence
                    .start
                    .clone()
                    .or_else(initial)
                    .unwrap_or_default();
                Difference::Graphs {
                    path: trace(&start, &divergence.path),
                    apart: divergence
                        .instead
                        .as_ref()
                        .map(|instead| changes(instead, &divergence.state))
                        .unwrap_or_default(),
                    divergence: *divergence,
                }
            }
            Met::Truth {
                start,
                path,
                place,
                rust,
                state,
            } => {
                let (name, state) = (self.asked[place].name, &self.states[state]);
                let mut guarantees = instance.guarantees().into_iter();
                let named = guarantees.find(|guarantee| guarantee.name == name);
                let path = trace(&start, &path);
                let (tla_clauses, defined_at) = in_tla(spec, name, &path).unwrap_or_default();
                Difference::Guarantees(vec![TruthDifference {
                    name,
                    rust,
                    rust_clauses: named
                        .map(|guarantee| guarantee.why(self.system, state))
                        .unwrap_or_default(),
                    tla_clauses,
                    defined_at,
                    path,
                    states: 1,
                }])
            }
        }
    }
}

impl Walkable for OfSystem<'_> {
    type Error = EngineError;

    fn initial(&mut self) -> Result<Vec<(StateView, usize)>, EngineError> {
        self.states.clear();
        let initial = self.system.init_states().into_iter();
        Ok(initial.map(|state| self.known(state)).collect())
    }

    fn steps(&mut self, state: usize) -> Result<Vec<Move>, EngineError> {
        let (system, before) = (self.system, self.states[state].clone());
        let mut enabled = Vec::new();
        system.actions(&before, &mut enabled);
        let taken = enabled.into_iter().filter_map(|step| {
            let action: Arc<str> = step.action.into();
            let after = system.next_state(&before, step)?;
            let (view, at) = self.known(after);
            Some((action, view, at))
        });
        Ok(taken.collect())
    }

    fn truths(&mut self, state: usize) -> Result<Vec<bool>, EngineError> {
        let state = &self.states[state];
        let truths = self.asked.iter().map(|one| (one.holds)(self.system, state));
        Ok(truths.collect())
    }
}
