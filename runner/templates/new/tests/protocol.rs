//! The protocol in Rust and in TLA+: the same graph, the pinned sizes, and the verdicts that the catalogue
//! names.

use protocol::catalogue;
use tandem_models::catalogue::{Instance, Overrides};
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::{TlaEngine, compare_instance};
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::output::text;
use tandem_runner::report::PropertyReport;
use tandem_runner::spec::SpecTexts;

/// Distinct states and transitions of each variant at its own bounds. A change of these is a change of
/// the protocol.
const PINS: [(&str, usize, usize); 2] = [("add-again", 365, 606), ("add-once", 185, 346)];

fn instances() -> Vec<Instance> {
    catalogue().select(None, &Overrides::default()).unwrap()
}

#[test]
fn the_model_and_the_spec_are_the_same_machine() {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    for instance in instances() {
        let engine = (TlaEngine::InProcess, &SpecTexts::built_in());
        let found = compare_instance(&instance, false, engine, &run);
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        let mut said = Vec::new();
        text::comparison(&mut said, &found).unwrap();
        assert!(
            found.difference.is_none(),
            "{}",
            String::from_utf8_lossy(&said)
        );
        let counts = (
            instance.variant.name,
            found.rust.states,
            found.rust.transitions,
        );
        assert!(PINS.contains(&counts), "{counts:?} is not pinned");
    }
}

#[test]
fn every_verdict_is_the_one_that_the_catalogue_names() {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    for instance in instances() {
        let report = Graph.check(&instance, &run).unwrap();
        let surprising = report.properties.iter().filter(|one| one.surprising());
        let surprising: Vec<_> = surprising.map(|one: &PropertyReport| one.name).collect();
        assert!(surprising.is_empty(), "{instance}: {surprising:?}");
    }
}
