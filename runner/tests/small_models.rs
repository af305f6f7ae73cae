//! Small models of kit features that no protocol of the catalogue needs. Each has a broken and a repaired
//! variant, in Rust and in TLA+, and they are compared in this process.

mod ordering;
mod trip;

use tandem_models::catalogue::{Catalogue, Instance, Overrides, Protocol};
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::{TlaEngine, compare_instance};
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::{Report, Standing};
use tandem_runner::spec::SpecTexts;

fn instances(protocol: impl Protocol + 'static) -> Vec<Instance> {
    let catalogue = Catalogue::new().with(protocol);
    catalogue.select(None, &Overrides::default()).unwrap()
}

/// Every variant has its expected results and is small enough for a test. Its graph, guarantees and
/// fairness are equal to those of the specification.
fn judge(protocol: impl Protocol + 'static) -> Vec<Report> {
    let (cancel, texts) = (Cancel::new(), SpecTexts::built_in());
    let run = Run::new(&Limits::NONE, &cancel);
    let judged = instances(protocol).into_iter().map(|instance| {
        let compared = compare_instance(&instance, false, (TlaEngine::InProcess, &texts), &run);
        let compared = compared.unwrap_or_else(|error| panic!("{instance}: {error}"));
        assert_eq!(compared.standing(), Standing::Pass, "{instance}");
        let report = Graph.check(&instance, &run).unwrap();
        assert!(
            report.states < 1_000,
            "{instance}: {} states",
            report.states
        );
        assert_eq!(
            report.never(),
            [""; 0],
            "{instance}: steps that never happen"
        );
        let wrong = report.properties.iter().filter(|one| one.surprising());
        let wrong: Vec<_> = wrong.map(|one| (one.name, one.verdict)).collect();
        assert_eq!(wrong, [], "{instance}");
        report
    });
    judged.collect()
}

#[test]
fn two_third_parties_book_a_trip_once_if_each_that_fails_has_a_key() {
    assert_eq!(judge(trip::Trip).len(), 4);
}

#[test]
fn a_client_that_gives_up_orders_twice_if_it_submits_with_a_new_key() {
    assert_eq!(judge(ordering::Ordering).len(), 2);
}
