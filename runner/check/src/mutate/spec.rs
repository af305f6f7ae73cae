//! Mutation testing of a specification. Each mutant of its text is compared with the Rust model, in this
//! process.
//!
//! A mutant is compared at one instance after another, the smallest first, until one differs. A removed
//! fairness condition is found by comparing the fairness that both sides declare. A mutant that is equal
//! at every instance is a survivor: the changed part is not needed there, or the instances are too small
//! to need it.

use std::time::Instant;

use tandem_models::catalogue::Instance;
use tandem_search::limits::Run;
use tandem_tla::spec::SpecTexts;

use super::text::{TextMutant, text_mutants};
use crate::compare::{CompareError, Comparison, Difference, TlaEngine, compare_instance};
use crate::engine::EngineError;
use crate::enumerate::explore;

/// A module that is mutated, and the instances at which its mutants are compared.
pub struct Module {
    /// The instances, the smallest first.
    pub instances: Vec<Instance>,
    /// The mutants of its text.
    pub mutants: Vec<TextMutant>,
    texts: SpecTexts,
}

/// What finds a mutant of a specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpecFinding {
    /// The evaluator refuses the mutant.
    Refused,
    /// The graphs differ at this instance.
    Graph(String),
    /// The truth of a guarantee differs at this instance.
    Guarantee(String),
    /// The declared fairness differs at this instance.
    Fairness(String),
    /// There is no difference.
    Nothing,
    /// It is not known whether there is a difference, for this reason.
    Open(String),
}

impl Module {
    /// The module of some instances of one protocol. Leaves out instances with more states than
    /// `max_states`, and instances at which the unchanged text already differs.
    pub fn new(
        instances: &[Instance],
        texts: &SpecTexts,
        max_states: usize,
        run: &Run<'_>,
    ) -> Option<Self> {
        let sized = instances.iter().filter_map(|instance| {
            let found = explore(&instance.system(), run);
            let states = found.size().states;
            let fits = found.cut_off.is_none() && states <= max_states;
            fits.then(|| (states, instance.clone()))
        });
        let mut sized: Vec<_> = sized.collect();
        sized.sort_by_key(|(states, _)| *states);
        let instances: Vec<_> = sized.into_iter().map(|(_, instance)| instance).collect();
        let mutants = text_mutants(instances.first()?.description.module.text);
        Some(Module {
            instances,
            mutants,
            texts: texts.clone(),
        })
    }

    /// Finds what finds a mutant.
    pub fn try_out(&self, mutant: &TextMutant, run: &Run<'_>) -> SpecFinding {
        let Some(first) = self.instances.first() else {
            return SpecFinding::Nothing;
        };
        let module = first.description.module.name;
        let texts = self.texts.replacing(module, &mutant.text);
        let started = Instant::now();
        for instance in &self.instances {
            match compare_instance(instance, false, (TlaEngine::InProcess, &texts), run) {
                Ok(Comparison {
                    difference: Some(difference),
                    ..
                }) => return found(instance, &difference),
                Ok(_) => {}
                Err(CompareError::Engine(EngineError::TlaRs { .. })) => {
                    return SpecFinding::Refused;
                }
                // The mutant has more states than the limit, which is far above the number in the Rust
                // model.
                Err(CompareError::Engine(EngineError::CutShort { .. }))
                    if run.limits.over(started, run.cancel).is_none() =>
                {
                    return SpecFinding::Graph(instance.to_string());
                }
                Err(error) => return SpecFinding::Open(error.to_string()),
            }
        }
        SpecFinding::Nothing
    }
}

fn found(instance: &Instance, difference: &Difference) -> SpecFinding {
    let at = instance.to_string();
    match difference {
        Difference::Graphs { .. } | Difference::View { .. } => SpecFinding::Graph(at),
        Difference::Guarantees(_) => SpecFinding::Guarantee(at),
        Difference::Fairness(_) => SpecFinding::Fairness(at),
    }
}
