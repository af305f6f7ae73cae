//! Changes of a model in Rust.

use std::sync::Arc;

use tandem_models::catalogue::Instance;
use tandem_models::kit::io::{Call, Flow, Io, Outcome};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{Spec, System};
use tandem_models::value::Value;
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::Difference;
use tandem_runner::divergence::Side;
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::engine::{Engine, EngineError};
use tandem_runner::limits::{Limits, Run};
use tandem_runner::report::Standing;
use tandem_runner::trace::Trace;

use super::{Found, compared, difference, racing};
use crate::common::Wrapped;

/// The same model with its handler between the world and this.
fn with_io(
    system: &System,
    between: impl Fn(&mut dyn Io, &'static str, Call) -> Flow<Outcome> + Send + Sync + 'static,
) -> System {
    struct Between<'a, F> {
        io: &'a mut dyn Io,
        perform: &'a F,
    }
    impl<F> Io for Between<'_, F>
    where
        F: Fn(&mut dyn Io, &'static str, Call) -> Flow<Outcome>,
    {
        fn perform(&mut self, action: &'static str, call: Call) -> Flow<Outcome> {
            (self.perform)(self.io, action, call)
        }
        fn fresh(&mut self) -> Flow<Value> {
            self.io.fresh()
        }
    }
    let inner = system.spec().handler.clone();
    with_handler(
        system,
        Handler::new(move |io: &mut dyn Io, message: &u8| {
            let mut between = Between {
                io,
                perform: &between,
            };
            inner.run(&mut between, &Value::from(*message))
        }),
    )
}

fn with_handler(system: &System, handler: Handler) -> System {
    let spec = system.spec();
    System::new(Spec {
        handler,
        // A mutant may take steps that the protocol does not have: the comparison must find them.
        steps: &[],
        ..spec.clone()
    })
}

#[test]
fn a_dropped_version_check_is_found_where_two_slots_race() {
    let mutant = Wrapped::with_system(|_, system| {
        with_io(&system, |io, action, call| match call {
            Call::Commit(mut writes) => {
                writes.iter_mut().for_each(|write| write.expected = None);
                io.perform(action, Call::Commit(writes))
            }
            call => io.perform(action, call),
        })
    });
    let different = difference(&mutant.variant_with("transactional", &racing()));
    assert_eq!(different.path.steps.len(), 5);
    assert_eq!(different.divergence.action.as_deref(), Some("Save"));
    assert!(
        different.apart.contains(&"order.version".to_owned()),
        "{:?}",
        different.apart
    );
}

#[test]
fn a_call_that_is_left_out_is_found() {
    let mutant = Wrapped::with_system(|_, system| {
        with_io(&system, |io, action, call| match call {
            Call::Publish { .. } => Ok(Outcome::Done),
            call => io.perform(action, call),
        })
    });
    let different = difference(&mutant.variant("derived-ids"));
    let expected = Found {
        only: Side::Rust,
        action: Some("Save"),
        after: 2,
        apart: vec!["slots[1].at"],
    };
    assert_eq!(different.found(), expected);
}

#[test]
fn another_name_for_a_call_is_found() {
    let mutant = Wrapped::with_system(|_, system| {
        with_io(&system, |io, action, call| {
            let action = if action == "Publish" { "Send" } else { action };
            io.perform(action, call)
        })
    });
    let different = difference(&mutant.variant("check-and-return"));
    assert_eq!(different.divergence.action.as_deref(), Some("Save"));
    assert_eq!(different.found().apart, ["slots[1].at"]);
}

#[test]
fn a_call_too_many_is_found() {
    let mutant = Wrapped::with_system(|_, system| {
        with_io(&system, |io, action, call| {
            if call == Call::Ack {
                io.perform(
                    "Log",
                    Call::Load {
                        collection: "order",
                        key: Value::from(1),
                    },
                )?;
            }
            io.perform(action, call)
        })
    });
    let different = difference(&mutant.variant("check-and-return"));
    assert_eq!(different.found().apart, ["slots[1].at"]);
    assert_eq!(different.divergence.action.as_deref(), Some("Publish"));
}

#[test]
fn a_view_that_forgets_what_the_handler_still_needs_is_found() {
    let forgetful = Wrapped::with_system(|_, system| {
        let handler = |io: &mut dyn Io, message: &u8| {
            // The mark is looked at in one step and remembered over the next.
            let marked = io.contains("CheckInbox", "inbox", *message)?;
            io.contains("Load", "inbox", *message)?;
            if !marked {
                io.insert("Mark", "inbox", *message)?.or_give_back()?;
            }
            io.ack("Ack")
        };
        with_handler(&system, Handler::new(handler))
    });
    let comparison = compared(&forgetful.variant("marked-after-concurrent")).unwrap();
    assert_eq!(comparison.standing(), Standing::Fail);
    let Some(Difference::View { first, second }) = comparison.difference else {
        panic!("the clash was not found");
    };
    let end = |trace: &Trace| trace.steps.last().unwrap().state.clone();
    assert_eq!(end(&first), end(&second));
    let actions = |trace: &Trace| {
        let steps = trace.steps.iter();
        steps.map(|step| step.action.clone()).collect::<Vec<_>>()
    };
    assert_ne!(actions(&first), actions(&second));
}

fn broken(system: fn(&Instance, System) -> System) -> String {
    let instance = Wrapped::with_system(system).variant("check-and-return");
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    match Stateright.check(&instance, &run) {
        Err(error @ EngineError::Breach { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("a handler that cannot be replayed has no verdict"),
    }
}

#[test]
fn a_handler_that_panics_is_reported_with_the_path_to_it() {
    let error = broken(|_, system| {
        with_io(&system, |io, action, call| {
            assert!(action != "Publish", "not today");
            io.perform(action, call)
        })
    });
    // The line of this file is left out.
    let (before, after) = error.split_once("in_rust.rs:").unwrap();
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    insta::assert_snapshot!(format!("{before}in_rust.rs{after}"), @"outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): after Orders starts on message 1; Orders loads the order; Orders saves the order, the handler panicked: not today, at runner/tests/mutations/in_rust.rs; return an outcome instead");
}

#[test]
fn a_handler_that_is_not_deterministic_is_reported_with_the_path_to_it() {
    let error = broken(|_, system| {
        let calls = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        with_io(&system, move |io, action, call| {
            let odd = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2 == 1;
            io.perform(if odd { "Odd" } else { action }, call)
        })
    });
    insta::assert_snapshot!(error, @"outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): after Orders starts on message 1, the handler is not deterministic: run again with the same message and outcomes it asked for Odd instead of Load; take clocks, random numbers, threads and globals out of it");
}
