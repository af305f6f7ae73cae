//! Handlers are suspended, run again, and caught when they break the rules.

use super::toy::{self, Handle, Toy};
use super::{enabled, initial, reachable};
use crate::kit::io::{Flow, Io, Outcome, Sent};
use crate::kit::replay::{Breach, Entry, Handler, Log, Progress, longer, replay};
use crate::value::Value;

fn run(handler: Handle, log: &[Entry]) -> Progress {
    let draw = |n| Value::from(n + 10);
    replay(
        &Handler::new(handler),
        &Value::from(1),
        &longer(&Log::default(), log.to_vec()),
        &draw,
    )
}

fn pending(progress: &Progress) -> &'static str {
    match progress {
        Progress::Pending { action, .. } => action,
        other => panic!("{other:?}"),
    }
}

/// The log after the call that is pending came to `outcome`.
fn extended(handler: Handle, mut log: Vec<Entry>, outcome: Outcome) -> Vec<Entry> {
    match run(handler, &log) {
        Progress::Pending {
            action,
            call,
            drawn,
        } => {
            log.extend(drawn.into_iter().map(Entry::Fresh));
            log.push(Entry::Called {
                action,
                call,
                outcome,
            });
            log
        }
        other => panic!("{other:?}"),
    }
}

const NOTHING: Outcome = Outcome::Loaded {
    version: 0,
    document: None,
};

#[test]
fn a_swallowed_suspension_stays_at_the_first_call() {
    assert_eq!(pending(&run(toy::swallows, &[])), "Load");
    let log = extended(toy::swallows, Vec::new(), NOTHING);
    assert_eq!(pending(&run(toy::swallows, &log)), "Look");
}

#[test]
fn a_swallowed_suspension_draws_no_identity() {
    fn draws(io: &mut dyn Io, _: &u8) -> Flow {
        let _ = io.contains("Look", toy::SEEN, 1);
        let _ = io.fresh();
        io.ack("Ack")
    }
    match run(draws, &[]) {
        Progress::Pending { action, drawn, .. } => assert_eq!((action, drawn.len()), ("Look", 0)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn identities_are_drawn_with_the_next_call_and_kept() {
    fn draws(io: &mut dyn Io, _: &u8) -> Flow {
        let id: u8 = io.fresh_id()?;
        let again: u8 = io.fresh_id()?;
        let sent = io.insert("Mark", toy::SEEN, [id, again])?;
        assert_eq!(sent, Sent::Done);
        io.ack("Ack")
    }
    let ids = [10, 11].map(Value::from);
    match run(draws, &[]) {
        Progress::Pending { drawn, .. } => assert_eq!(drawn, ids),
        other => panic!("{other:?}"),
    }
    let log = extended(draws, Vec::new(), Outcome::Done);
    let other_ids = |_| Value::from(99);
    let later = replay(
        &Handler::new(draws),
        &Value::from(1),
        &longer(&Log::default(), log.clone()),
        &other_ids,
    );
    assert_eq!(pending(&later), "Ack");
    let log = extended(draws, log, Outcome::Done);
    assert_eq!(run(draws, &log), Progress::Finished);
}

#[test]
fn a_panic_is_a_breach() {
    let log = extended(toy::panics, Vec::new(), NOTHING);
    let panicked = Progress::Broken(Breach::Panicked("no stock".to_owned()));
    assert_eq!(run(toy::panics, &log), panicked);
}

/// In a process of its own, as only a process has a standard error to look at.
#[test]
fn a_panic_prints_nothing() {
    const ALONE: &str = "TANDEM_TEST_PANICS_ALONE";
    if std::env::var_os(ALONE).is_some() {
        let log = extended(toy::panics, Vec::new(), NOTHING);
        run(toy::panics, &log);
        return;
    }
    let name = "kit::tests::replay::a_panic_prints_nothing";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && stdout.contains("1 passed"),
        "{stdout}"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn an_outcome_of_the_wrong_kind_is_misuse() {
    let log = extended(toy::never_acks, Vec::new(), Outcome::Done);
    match run(toy::never_acks, &log) {
        Progress::Broken(Breach::Misuse(what)) => assert!(what.contains("Load"), "{what}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_handler_that_stops_short_of_its_log_is_not_deterministic() {
    let log = extended(toy::never_acks, Vec::new(), NOTHING);
    let log = [log.clone(), log].concat();
    assert!(matches!(
        run(toy::never_acks, &log),
        Progress::Broken(Breach::NotDeterministic { .. })
    ));
}

/// The breach that exploring a system comes to; the state that has it allows no step.
fn breach(handler: Handle) -> Breach {
    let system = toy::system(&Toy {
        handler,
        ..Toy::default()
    });
    assert_eq!(system.breach(&initial(&system)), None);
    let states = reachable(&system);
    let broken: Vec<_> = states
        .iter()
        .filter(|state| system.breach(state).is_some())
        .collect();
    assert!(!broken.is_empty(), "{} states, none broken", states.len());
    for state in &broken {
        assert_eq!(enabled(&system, state), [] as [&str; 0]);
    }
    system.breach(broken[0]).unwrap().clone()
}

#[test]
fn a_system_reports_every_kind_of_breach_and_stops() {
    assert_eq!(breach(toy::panics), Breach::Panicked("no stock".to_owned()));
    assert!(matches!(
        breach(toy::wavers),
        Breach::NotDeterministic { .. }
    ));
    assert!(matches!(breach(toy::loops), Breach::Endless(_)));
    let misnamed = breach(toy::misnames).to_string();
    assert!(misnamed.contains("no set named 'stock'"), "{misnamed}");
}

#[test]
fn asking_a_third_party_that_is_not_there_is_misuse() {
    let nobody = breach(toy::charge).to_string();
    assert!(nobody.contains("Charge asks a third party"), "{nobody}");
}
