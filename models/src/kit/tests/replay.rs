//! Handlers are suspended, run again, and caught when they break the rules.

use std::sync::atomic::{AtomicU8, Ordering};

use super::toy::{self, Handle, Toy};
use super::{enabled, initial, reachable};
use crate::kit::io::{Flow, Io, Outcome, Sent, Stop};
use crate::kit::replay::{Breach, Entry, Handler, Log, Progress, longer, replay};
use crate::kit::system::{Spec, System};
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

/// The log with the pending call added, with `outcome` as its outcome.
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

fn broken(handler: Handle, log: &[Entry]) -> Breach {
    match run(handler, log) {
        Progress::Broken(breach) => breach,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_handler_that_goes_on_after_an_interrupted_call_is_reported() {
    fn returns(io: &mut dyn Io, _: &u8) -> Flow {
        if io.contains("Look", toy::SEEN, 1).is_err() {
            return Ok(());
        }
        io.ack("Ack")
    }
    fn gives_back(io: &mut dyn Io, _: &u8) -> Flow {
        io.contains("Look", toy::SEEN, 1).or(Err(Stop::GivenBack))?;
        io.ack("Ack")
    }
    fn draws(io: &mut dyn Io, _: &u8) -> Flow {
        let seen = io.contains("Look", toy::SEEN, 1);
        let _ = io.fresh();
        seen.map(drop)
    }
    assert_eq!(broken(toy::swallows, &[]), Breach::WentOn("Load"));
    for handler in [returns, gives_back, draws] {
        assert_eq!(broken(handler, &[]), Breach::WentOn("Look"));
    }
}

#[test]
fn a_handler_that_unwraps_an_interrupted_call_is_told_where() {
    fn unwraps(io: &mut dyn Io, _: &u8) -> Flow {
        let seen = io.contains("Look", toy::SEEN, 1).unwrap();
        assert!(!seen);
        io.ack("Ack")
    }
    let told = broken(unwraps, &[]).to_string();
    assert!(told.contains("when Look is interrupted"), "{told}");
    assert!(told.contains(concat!(", at ", file!(), ":")), "{told}");
    assert!(told.contains("write `?`"), "{told}");
}

#[test]
fn a_second_answer_is_reported_with_both_steps() {
    fn twice(io: &mut dyn Io, message: &u8) -> Flow {
        io.reply("ReplyFirst", message)?;
        io.reply("ReplySecond", message)
    }
    let log = extended(twice, Vec::new(), Outcome::Done);
    let (first, second) = ("ReplyFirst", "ReplySecond");
    assert_eq!(broken(twice, &log), Breach::SecondReply { first, second });
}

#[test]
fn calls_of_one_name_that_differ_are_told_apart_by_their_content() {
    fn wavers(io: &mut dyn Io, _: &u8) -> Flow {
        static RUNS: AtomicU8 = AtomicU8::new(0);
        let id = RUNS.fetch_add(1, Ordering::Relaxed);
        io.insert("Mark", toy::SEEN, id)?.or_give_back()?;
        io.ack("Ack")
    }
    let draw = |n| Value::from(n);
    let handler = Handler::new(wavers).remembering();
    let told = match replay(&handler, &Value::from(1), &Log::default(), &draw) {
        Progress::Broken(breach) => breach.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(
        told.contains("Mark of 1 in seen instead of Mark of 0 in seen"),
        "{told}"
    );
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

/// Asserts that the breach is the panic of [`toy::panics`], with its location.
pub(super) fn assert_panicked(breach: Option<Breach>) {
    match breach {
        Some(Breach::Panicked(what)) => {
            assert!(
                what.starts_with("no stock, at models/src/kit/tests/toy.rs:"),
                "{what}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_panic_is_a_breach() {
    let log = extended(toy::panics, Vec::new(), NOTHING);
    assert_panicked(Some(broken(toy::panics, &log)));
}

/// This runs in its own process, because only a process has a standard error that can be checked.
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

/// The breach found by exploring a system. The state that contains it allows no step.
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
    assert_panicked(Some(breach(toy::panics)));
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

#[test]
fn a_step_that_the_protocol_does_not_declare_is_reported() {
    let told = |steps| {
        let system = toy::system(&Toy {
            handler: toy::charge,
            third_party: true,
            ..Toy::default()
        });
        let system = System::new(Spec {
            steps,
            ..system.spec().clone()
        });
        let breaches: Vec<_> = reachable(&system)
            .iter()
            .filter_map(|state| system.breach(state).map(ToString::to_string))
            .collect();
        breaches
    };
    assert_eq!(told(&[]), [""; 0]);
    assert_eq!(
        told(&[("Charge", ""), ("Charged", ""), ("Ack", "")]),
        [""; 0]
    );
    let near = &told(&[("Chrage", ""), ("Charged", ""), ("Ack", "")])[0];
    assert_eq!(
        near,
        "`Charge` is not a step of this protocol; did you mean `Chrage`?"
    );
    let answered = &told(&[("Charge", ""), ("Receipt", ""), ("Ack", "")])[0];
    assert!(
        answered.starts_with("`Charged` is not a step"),
        "{answered}"
    );
    let far = &told(&[("Load", ""), ("Ack", "")])[0];
    assert!(far.ends_with("its steps are Load, Ack"), "{far}");
}
