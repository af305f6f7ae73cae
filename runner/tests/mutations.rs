//! Shows that `compare` can fail: one thing is changed on either side, and exactly that is found.
//!
//! These tests need Java 11 or newer and `tla2tools.jar`, as those of `tlc_process.rs` do.

mod in_rust;
mod in_tla;
mod up_to_symmetry;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::fault::Fault;
use tandem_models::kit::system::{Spec, System};
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::{CompareError, Comparison, Difference, TlaEngine, compare_instance};
use tandem_runner::divergence::{Divergence, Side};
use tandem_runner::engine::Engine;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::Standing;
use tandem_runner::spec::SpecTexts;
use tandem_runner::trace::Trace;

use crate::common::{Wrapped, tlc};

fn compared(instance: &Instance) -> Result<Comparison, CompareError> {
    compared_with(instance, false)
}

fn compared_with(instance: &Instance, symmetry: bool) -> Result<Comparison, CompareError> {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let (tlc, texts) = (tlc(), SpecTexts::built_in());
    compare_instance(instance, symmetry, (TlaEngine::Tlc(&tlc), &texts), &run)
}

/// The first difference, as side, action, number of common steps, paths of differing variables.
#[derive(Debug, PartialEq)]
struct Found<'a> {
    only: Side,
    action: Option<&'a str>,
    after: usize,
    apart: Vec<&'a str>,
}

struct Different {
    path: Trace,
    divergence: Divergence,
    apart: Vec<String>,
}

impl Different {
    fn found(&self) -> Found<'_> {
        Found {
            only: self.divergence.only,
            action: self.divergence.action.as_deref(),
            after: self.path.steps.len(),
            apart: self.apart.iter().map(String::as_str).collect(),
        }
    }
}

fn difference(instance: &Instance) -> Different {
    different(compared(instance).unwrap())
}

fn different(comparison: Comparison) -> Different {
    assert_eq!(comparison.standing(), Standing::Fail);
    match comparison.difference {
        Some(Difference::Graphs {
            path,
            divergence,
            apart,
        }) => {
            assert!(path.replayed, "the common path is one of the Rust model");
            assert_eq!(path.steps.len(), divergence.path.len());
            Different {
                path,
                divergence,
                apart: apart.into_iter().map(|change| change.path).collect(),
            }
        }
        Some(Difference::View { .. }) => panic!("no view forgets anything here"),
        Some(Difference::Guarantees(_) | Difference::Fairness(_)) => {
            panic!("the graphs differ, which is told first")
        }
        None => panic!("the mutation was not found"),
    }
}

/// Two slots, but small.
fn racing() -> Overrides {
    Overrides {
        parameters: [("messages", 1), ("slots", 2), ("copies", 2)]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        faults: vec![(Fault::Crash.into(), 0)],
    }
}

/// Stateright would stop once everything is decided, and count less than there is.
#[test]
fn a_protocol_whose_every_guarantee_is_broken_is_checked_to_the_end() {
    let broken = Wrapped {
        describe: |mut description| {
            description
                .guarantees
                .retain(|g| g.name == "NoDoubleEffect");
            description
        },
        ..Wrapped::with_system(|_, system| {
            let spec = system.spec();
            let guarantees = spec.guarantees.iter();
            System::new(Spec {
                guarantees: guarantees
                    .filter(|g| g.name == "NoDoubleEffect")
                    .copied()
                    .collect(),
                ..spec.clone()
            })
        })
    };
    let more = [("messages", 2), ("slots", 2)].map(|(name, value)| (name.to_owned(), value));
    let overrides = Overrides {
        parameters: more.into(),
        faults: vec![],
    };
    let instance = broken.variant_with("save-then-publish", &overrides);
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let report = Stateright.check(&instance, &run).unwrap();
    assert_eq!(report.incomplete, None);
}
