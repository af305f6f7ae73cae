//! On TLC and in Rust: the same report from both, counts, verdicts and lengths. The test asks the first
//! variant of every protocol: `tandem check --engine tlc` and `tandem compare --engine tlc`,
//! which CI runs too, ask all variants for the verdicts and for the graphs; so this
//! test runs with TANDEM_LONG=yes only.
//!
//! These tests need Java 11 or newer and `tla2tools.jar`, as those of `tlc_process.rs` do.

use std::sync::Mutex;
use std::thread;

use crate::common::tlc;
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::limits::Limits;
use tandem_runner::limits::Run;
use tandem_runner::report::{Expectation, Report};

/// Machines that run this have two cores at least, and TLC wants one.
const JOBS: usize = 2;

/// What two reports must agree on, a line for each.
fn summary(report: &Report) -> Vec<String> {
    let Report {
        states,
        transitions,
        depth,
        incomplete,
        ..
    } = report;
    let counts = format!("{states} states, {transitions:?} transitions, depth {depth}");
    let properties = report.properties.iter().map(|property| {
        let (name, verdict) = (property.name, property.verdict);
        // TLC does not look for the shortest behaviour that violates a liveness property.
        match property.expectation {
            Expectation::Eventually => format!("{name} {verdict:?}"),
            _ => format!("{name} {verdict:?} {:?}", property.steps()),
        }
    });
    [counts, format!("{incomplete:?}")]
        .into_iter()
        .chain(properties)
        .collect()
}

fn check(engine: &dyn Engine, instance: &Instance) -> Report {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let report = engine.check(instance, &run);
    report.unwrap_or_else(|error| panic!("{}: {error}", engine.name()))
}

#[test]
#[ignore = "CI asks TLC about every variant by `tandem check --engine tlc`; this compares the reports as well"]
fn tlc_and_rust_report_the_same_and_every_path_of_tlc_is_one_of_the_rust_model() {
    let tlc = tlc();
    let mut asked = catalogue().select(None, &Overrides::default()).unwrap();
    asked.dedup_by_key(|instance| instance.description.name);
    let instances = Mutex::new(asked);
    let next = || instances.lock().unwrap().pop();
    thread::scope(|scope| {
        for _ in 0..JOBS {
            scope.spawn(|| {
                while let Some(instance) = next() {
                    let (rust, tla) = (check(&Stateright, &instance), check(&tlc, &instance));
                    assert_eq!(summary(&rust), summary(&tla), "{instance}");
                    let traces = tla.properties.iter().filter_map(|p| p.trace.as_ref());
                    assert!(traces.into_iter().all(|t| t.replayed), "{instance}");
                }
            });
        }
    });
}
