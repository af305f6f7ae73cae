//! Liveness and deadlock in the catalogue: a lasso where work never ends, a deadlock where nothing can
//! happen, and no action that nobody ever takes.
//!
//! Some of these tests need Java 11 or newer and `tla2tools.jar`, as those of `tlc_process.rs` do.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{Wrapped, tlc};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::guarantees::{Guarantee, NO_CLAUSES, When};
use tandem_models::kit::happening::Happening;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{State, System};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::enumerate::{End, explore};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::manifest::Manifest;
use tandem_runner::report::{PropertyReport, Report, Standing, Verdict};

fn check(engine: &dyn Engine, instance: &Instance) -> Report {
    let cancel = Cancel::new();
    let report = engine.check(instance, &Run::new(&Limits::NONE, &cancel));
    report.unwrap_or_else(|error| panic!("{}: {error}", engine.name()))
}

fn property<'r>(report: &'r Report, name: &str) -> &'r PropertyReport {
    report.properties.iter().find(|p| p.name == name).unwrap()
}

#[test]
fn every_action_but_faults_is_taken_in_some_variant() {
    let cancel = Cancel::new();
    let mut taken: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for instance in catalogue().select(None, &Overrides::default()).unwrap() {
        let found = explore(&instance.system(), &Run::new(&Limits::NONE, &cancel));
        let names = found.fired().into_keys().map(str::to_owned);
        taken
            .entry(instance.description.name)
            .or_default()
            .extend(names);
    }
    for protocol in catalogue().protocols() {
        let description = protocol.describe();
        let is_fault = |action: &&str| {
            let kind = Happening::named(action, description.actors);
            kind.is_some_and(|(kind, _)| kind.needs().is_some())
        };
        let mut idle = description.actions();
        idle.retain(|action| !is_fault(action) && !taken[description.name].contains(*action));
        // A user gives up in every variant at its own bounds: one click more is one more tab.
        idle.retain(|action| !["AskAgain", "GiveUp"].contains(action));
        assert!(
            idle.is_empty(),
            "{}: {idle:?} never happen",
            description.name
        );
    }
}

#[test]
fn work_that_never_ends_is_a_lasso_on_both_sides() {
    let name = Some("outbox:reject-duplicates");
    let instance = catalogue()
        .select(name, &Overrides::default())
        .unwrap()
        .remove(0);
    let actions = |report: &Report| {
        let trace = property(report, "Settles").trace.clone().unwrap();
        assert!(trace.replayed);
        let steps = trace.steps.into_iter().map(|step| step.action);
        (steps.collect::<Vec<_>>().join(" "), trace.end)
    };
    let path = "Receive Load Save Publish MarkDispatched Crash Recover Receive Load";
    let expected = (path.to_owned(), End::Repeats(7));
    assert_eq!(actions(&check(&Graph, &instance)), expected);
    assert_eq!(actions(&check(&tlc(), &instance)), expected);
}

/// Without fairness nothing has to happen, and TLC says so.
#[test]
fn a_spec_that_is_not_fair_to_an_action_does_not_settle() {
    let unfair =
        Wrapped::with_module(&[("/\\ WF_vars(MarkDispatched(s)) /\\ WF_vars(Ack(s))", "")]);
    let report = check(&tlc(), &unfair.variant("check-and-return"));
    let settles = property(&report, "Settles");
    assert_eq!(
        (settles.verdict, settles.surprising()),
        (Verdict::Violated, true)
    );
    assert_eq!(settles.trace.as_ref().unwrap().end, End::Stutters);
    assert_eq!(report.among_others(&Manifest::default()), Standing::Fail);
}

/// The verdict on a guarantee of each kind of formula: whether the first line is added some day …
fn asked(when: When, holds: fn(&System, &State) -> bool) -> Verdict {
    let system = |system: System| {
        let mut spec = system.spec().clone();
        spec.guarantees.push(Guarantee {
            name: "Asked",
            promise: "",
            when,
            about: tandem_models::kit::guarantees::About::Durable,
            holds,
            clauses: NO_CLAUSES,
        });
        System::new(spec)
    };
    let name = Some("outbox:check-and-return");
    let instance = catalogue()
        .select(name, &Overrides::default())
        .unwrap()
        .remove(0);
    let cancel = Cancel::new();
    let found = explore(
        &system(instance.system()),
        &Run::new(&Limits::NONE, &cancel),
    );
    match found.liveness()["Asked"] {
        Some(_) => Verdict::Violated,
        None => Verdict::Holds,
    }
}

#[test]
fn every_kind_of_formula_is_checked() {
    let added: fn(&System, &State) -> bool = |_, state| !state.world.hist.is_empty();
    let sent: fn(&System, &State) -> bool = |_, state| !state.world.sent.is_empty();
    let not_sent: fn(&System, &State) -> bool = |_, state| state.world.sent.is_empty();
    assert_eq!(asked(When::Eventually, added), Verdict::Holds);
    assert_eq!(asked(When::EventuallyAlways, added), Verdict::Holds);
    assert_eq!(asked(When::AlwaysEventually, added), Verdict::Holds);
    // The event is lost if it crashes in between.
    assert_eq!(asked(When::Eventually, sent), Verdict::Violated);
    assert_eq!(asked(When::AlwaysEventually, not_sent), Verdict::Violated);
    assert_eq!(asked(When::EventuallyAlways, not_sent), Verdict::Violated);
    assert_eq!(asked(When::After(added), sent), Verdict::Violated);
    assert_eq!(asked(When::After(sent), added), Verdict::Holds);
}

/// A consumer that can never take a message: it gives it back, at once, in the same step.
#[test]
fn a_message_that_nobody_can_take_is_a_deadlock() {
    let stuck = Wrapped::with_system(|_, system| {
        let mut spec = system.spec().clone();
        let refuse = |_: &mut dyn Io, _: &u8| -> Flow { tandem_models::kit::io::give_back() };
        spec.handler = Handler::new(refuse);
        System::new(spec)
    });
    let report = check(&Graph, &stuck.variant("check-and-return"));
    let deadlock = report
        .deadlock
        .as_ref()
        .expect("a message waits and nothing happens");
    assert!(deadlock.steps.len() <= 2, "{:?}", deadlock.steps);
    assert_eq!(property(&report, "Settles").verdict, Verdict::Violated);
    assert_eq!(report.among_others(&Manifest::default()), Standing::Fail);
    let all = catalogue().select(None, &Overrides::default()).unwrap();
    let none = all
        .iter()
        .all(|instance| check(&Graph, instance).deadlock.is_none());
    assert!(none, "no variant of the catalogue ends but at rest");
}
