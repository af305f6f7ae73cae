//! Runs on threads: the properties that the model has in every run hold in these.

use std::collections::HashSet;
use std::time::Duration;

use super::reachable;
use super::toy::{self, Toy};
use crate::catalogue::{Expected, Instance, Overrides};
use crate::kit::fault::Fault;
use crate::kit::guarantees::When;
use crate::kit::replay::Breach;
use crate::kit::system::{Intake, System};
use crate::kit::threads::Run;
use crate::protocols::catalogue;
use crate::value::Value;

const SEEDS: u64 = 50;

/// The instances whose runs come to an end.
fn instances(name: Option<&str>) -> Vec<Instance> {
    let mut instances = catalogue().select(name, &Overrides::default()).unwrap();
    instances.retain(|instance| instance.expected("Settles") == Some(Expected::Holds));
    instances
}

#[test]
fn a_command_that_is_rejected_for_ever_never_lets_a_run_end() {
    let name = Some("outbox:reject-duplicates");
    let system = catalogue().select(name, &Overrides::default()).unwrap()[0].system();
    // Receive, Load, Save, Publish, MarkDispatched, and a crash instead of Ack.
    let run = Run::new(&system).faults([(6, Fault::Crash)]);
    let ended = run.limit(Duration::from_millis(50)).run();
    assert!(!ended.at_rest && ended.breach.is_none());
    assert!(ended.state.world.acked.is_empty());
    assert!(Run::new(&system).faults([]).run().at_rest);
}

#[test]
fn what_holds_in_the_model_holds_on_threads() {
    for instance in instances(None) {
        let system = instance.system();
        // A poller acknowledges nothing.
        let settled_by = system.spec().intake == Intake::Queue && !system.hosts()[0].polls();
        for seed in 0..SEEDS {
            let ended = Run::new(&system).seed(seed).run();
            assert_eq!(ended.breach, None, "{instance}, seed {seed}");
            assert!(ended.at_rest, "{instance}, seed {seed}: {:?}", ended.state);
            let surprises: Vec<_> = ended
                .broken
                .iter()
                .filter(|name| instance.expected(name) != Some(Expected::Violated))
                .collect();
            assert!(
                surprises.is_empty(),
                "{instance}, seed {seed}: {surprises:?}"
            );
            for guarantee in &system.spec().guarantees {
                // A run checks each state alone, so it cannot find that something never becomes
                // true.
                let unseen = !matches!(guarantee.when, When::Always)
                    && instance.expected(guarantee.name) == Some(Expected::Violated);
                assert!(
                    ended.broken.contains(guarantee.name)
                        || (guarantee.holds)(&system, &ended.state)
                        || unseen,
                    "{instance}, seed {seed}: {} was not looked at in the end",
                    guarantee.name
                );
            }
            let acked = &ended.state.world.acked;
            let all = system.spec().messages.iter().all(|m| acked.contains(m));
            assert!(all || !settled_by, "{instance}, seed {seed}: {acked:?}");
        }
    }
}

/// Copies and crashes alone cause the violation, for any order of the threads.
#[test]
fn wrong_variants_go_wrong_on_threads_too() {
    let broken = |name, faults: &[(u32, Fault)]| {
        let system = instances(Some(name))[0].system();
        Run::new(&system)
            .faults(faults.iter().copied())
            .run()
            .broken
    };
    assert!(broken("outbox:save-then-publish", &[]).contains("NoDoubleEffect"));
    assert!(broken("outbox:publish-then-save", &[]).contains("NoGhostEver"));
    // Receive, Load, Save, and a crash instead of Publish. The second attempt finds the line and
    // returns.
    let crash = [(4, Fault::Crash)];
    assert!(broken("outbox:check-and-return", &crash).contains("NoLostOutput"));
    assert!(broken("outbox:check-and-return", &[]).is_empty());
    // Receive, CheckInbox, Mark, and a crash instead of Load.
    assert!(broken("outbox:marked-before", &crash).contains("NoLostEffect"));
}

/// The model is complete: a real run cannot end in a state in which no path of the model ends.
#[test]
fn a_run_ends_where_a_path_of_the_model_ends() {
    let end = |system: &System, state: &crate::kit::system::State| {
        let view = system.view(state);
        // The number of drawn identities is not compared: a crash may happen after one is drawn and
        // before the call that uses it, and the model has no state between these two.
        let shown = view
            .iter()
            .filter(|(name, _)| !matches!(&***name, "fresh" | "sent" | "order"));
        shown
            .map(|(name, value)| format!("{name} = {value}"))
            .collect::<Vec<_>>()
    };
    for instance in instances(Some("outbox:all")) {
        if instance.get("slots") * instance.get("messages") > 2 {
            continue;
        }
        let system = instance.system();
        let model: HashSet<_> = reachable(&system)
            .iter()
            .filter(|state| system.at_rest(state))
            .map(|state| end(&system, state))
            .collect();
        for seed in 0..SEEDS {
            let ended = Run::new(&system).seed(seed).run();
            let end = end(&system, &ended.state);
            assert!(model.contains(&end), "{instance}, seed {seed}: {end:#?}");
        }
    }
}

#[test]
fn a_run_spends_the_faults_that_are_due() {
    let system = toy::system(&Toy {
        handler: toy::count,
        slots: 2,
        copies: 2,
        faults: &[(Fault::Crash, 1), (Fault::Duplicate, 1), (Fault::Lease, 1)],
        ..Toy::default()
    });
    let all = [(1, Fault::Duplicate), (3, Fault::Lease), (4, Fault::Crash)];
    let ended = Run::new(&system).faults(all).run();
    assert!(ended.at_rest);
    assert!(ended.state.world.budget.iter().all(|(_, left)| left == 0));
    assert_eq!(ended.state.world.acked.len(), 1);
}

#[test]
fn no_identity_is_drawn_twice() {
    let system = toy::system(&Toy {
        handler: toy::marks,
        slots: 2,
        copies: 3,
        ..Toy::default()
    });
    for seed in 0..SEEDS {
        let ended = Run::new(&system).seed(seed).run();
        assert_eq!(ended.state.world.members(toy::SEEN).len(), 3);
    }
}

#[test]
fn a_consumer_handles_every_copy() {
    let system = toy::system(&Toy {
        handler: toy::announce,
        slots: 2,
        copies: 2,
        downstream: Some(toy::count),
        faults: &[(Fault::Duplicate, 1)],
        ..Toy::default()
    });
    for seed in 0..SEEDS {
        let ended = Run::new(&system).seed(seed).run();
        let duplicates = 1 - ended.state.world.budget.left(Fault::Duplicate);
        assert!(ended.at_rest);
        let total = ended.state.world.document::<toy::Count>().total;
        assert_eq!(total, 2 + duplicates, "seed {seed}");
    }
}

/// Two tabs and one more click send two or three requests, and one request or its reply is lost.
#[test]
fn a_browser_gets_its_replies_or_clicks_again() {
    let system = toy::system(&Toy {
        handler: toy::answers,
        intake: Intake::Requests,
        slots: 2,
        copies: 2,
        clicks: 1,
        faults: &[(Fault::Lose, 1)],
        ..Toy::default()
    });
    for seed in 0..SEEDS {
        let ended = Run::new(&system).seed(seed).run();
        assert!(ended.at_rest, "seed {seed}");
        let view = system.view(&ended.state);
        let left = |name| view["browser"].get(name).and_then(Value::as_int).unwrap();
        let clicked = 1 - left("clicks");
        let lost = 1 - i64::from(ended.state.world.budget.left(Fault::Lose));
        let replies = 2 + clicked - lost;
        assert_eq!(left("waiting"), (2 - replies).max(0), "seed {seed}");
    }
}

#[test]
fn the_third_party_may_answer_late_or_never() {
    for (fault, charges) in [(Fault::Lose, 1), (Fault::Unknown, 2), (Fault::Late, 2)] {
        let system = toy::system(&Toy {
            handler: toy::charge,
            third_party: true,
            faults: &[(Fault::Lose, 1), (Fault::Unknown, 1), (Fault::Late, 1)],
            ..Toy::default()
        });
        let ended = Run::new(&system).faults([(3, fault)]).run();
        assert!(ended.at_rest, "{fault}");
        assert_eq!(toy::paid(&system, &ended.state), charges, "{fault}");
    }
}

#[test]
fn a_run_reports_a_handler_that_breaks_the_rules() {
    let breach = |handler| {
        let system = toy::system(&Toy {
            handler,
            ..Toy::default()
        });
        let ended = Run::new(&system).run();
        assert!(!ended.at_rest);
        ended.breach
    };
    super::replay::assert_panicked(breach(toy::panics));
    assert!(matches!(breach(toy::loops), Some(Breach::Endless(_))));
    assert!(
        matches!(breach(toy::misnames), Some(Breach::Misuse(what)) if what.contains("'stock'"))
    );
    assert!(matches!(breach(toy::charge), Some(Breach::Misuse(_))));
}

#[test]
fn a_run_that_never_ends_is_given_up() {
    let system = toy::system(&Toy {
        handler: toy::never_acks,
        ..Toy::default()
    });
    let ended = Run::new(&system).limit(Duration::from_millis(20)).run();
    assert!(!ended.at_rest);
    assert_eq!(ended.breach, None);
}
