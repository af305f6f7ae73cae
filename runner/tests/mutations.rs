//! Proof that `compare` can fail: one thing changed on either side, and exactly that is found.
//!
//! These tests need Java 11 or newer and `tla2tools.jar`, as those of `tlc_process.rs` do.

mod common;

use std::sync::Arc;

use common::{Wrapped, tlc};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::fault::Fault;
use tandem_models::kit::io::{Call, Flow, Io, Outcome};
use tandem_models::kit::replay::Handler;
use tandem_models::kit::system::{Spec, System};
use tandem_models::value::Value;
use tandem_runner::compare::{CompareError, Comparison, Difference, compare_instance};
use tandem_runner::divergence::{Divergence, Side};
use tandem_runner::engine::stateright::Stateright;
use tandem_runner::engine::{Engine, EngineError};
use tandem_runner::limits::Limits;
use tandem_runner::limits::Run;
use tandem_runner::report::Standing;
use tandem_runner::tlc::cancel::Cancel;
use tandem_runner::trace::Trace;

fn compared(instance: &Instance) -> Result<Comparison, CompareError> {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    compare_instance(instance, &tlc(), &run)
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
    let comparison = compared(instance).unwrap();
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
        None => panic!("the mutation was not found"),
    }
}

/// Two slots, but small.
fn racing() -> Overrides {
    Overrides {
        parameters: [("messages", 1), ("slots", 2), ("copies", 2)]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        faults: vec![(Fault::Crash, 0)],
    }
}

mod in_tla {
    use super::*;

    fn mutated(variant: &str, that: &str, this: &str) -> Different {
        difference(&Wrapped::with_module(&[(that, this)]).variant(variant))
    }

    #[test]
    fn the_module_as_it_is_has_no_difference() {
        let comparison = compared(&Wrapped::with_module(&[]).variant("marked-before"));
        assert_eq!(comparison.unwrap().standing(), Standing::Pass);
    }

    #[test]
    fn a_dropped_version_check_is_found_where_two_slots_race() {
        let check = "IF order.version = slots[s].order.version \\/ Variant = \"blind-write\"";
        let mutant = Wrapped::with_module(&[(check, "IF TRUE")]);
        let different = difference(&mutant.variant_with("transactional", &racing()));
        // Both slots receive and load, one saves, and so does the other.
        assert_eq!(different.path.steps.len(), 5);
        assert_eq!(different.divergence.only, Side::Rust);
        assert_eq!(different.divergence.action.as_deref(), Some("Save"));
        assert!(different.divergence.instead.is_some());
        assert!(
            different.apart.contains(&"order.version".to_owned()),
            "{:?}",
            different.apart
        );
    }

    #[test]
    fn a_forgotten_draw_is_found() {
        let draws = "/\\ IF WithOutbox THEN Draws(m) ELSE UNCHANGED fresh";
        let different = mutated("blind-write", draws, "/\\ UNCHANGED fresh");
        let expected = Found {
            only: Side::Rust,
            action: Some("Save"),
            after: 2,
            apart: vec!["fresh[1]"],
        };
        assert_eq!(different.found(), expected);
    }

    #[test]
    fn another_name_for_an_action_is_found() {
        let mutant = Wrapped::with_module(&[
            ("Ack(s) ==", "Acks(s) =="),
            ("\\E s \\in Slots : Ack(s)", "\\E s \\in Slots : Acks(s)"),
            ("WF_vars(Ack(s))", "WF_vars(Acks(s))"),
        ]);
        let different = difference(&mutant.variant("check-and-return"));
        let expected = Found {
            only: Side::Rust,
            action: Some("Ack"),
            after: 4,
            apart: vec![],
        };
        assert_eq!(different.found(), expected);
        assert_eq!(different.divergence.others, ["Acks", "Crash"]);
    }

    #[test]
    fn another_next_step_is_found() {
        let next = "[] OTHER                         -> \"Publish\")\n    /\\ IF WithOutbox";
        let skipped = next.replace("Publish", "Ack");
        let different = mutated("save-then-publish", next, &skipped);
        let expected = Found {
            only: Side::Rust,
            action: Some("Save"),
            after: 2,
            apart: vec!["slots[1].at"],
        };
        assert_eq!(different.found(), expected);
    }

    #[test]
    fn another_initial_state_is_found() {
        let different = mutated("marked-before", "/\\ inbox = {}", "/\\ inbox = {1}");
        let expected = Found {
            only: Side::Rust,
            action: None,
            after: 0,
            apart: vec!["inbox"],
        };
        assert_eq!(different.found(), expected);
        assert_eq!(different.divergence.start, None);
    }

    #[test]
    fn a_variable_set_where_it_should_stay_is_found() {
        let stays = "/\\ UNCHANGED <<observed, order>>";
        let set = "/\\ UNCHANGED observed /\\ order' = [order EXCEPT !.version = 7]";
        let different = mutated("marked-before", stays, set);
        let expected = Found {
            only: Side::Rust,
            action: Some("Mark"),
            after: 2,
            apart: vec!["order.version"],
        };
        assert_eq!(different.found(), expected);
    }

    #[test]
    fn an_action_missing_from_next_is_found() {
        let different = mutated("marked-after", "    \\/ Recover\n", "");
        let expected = Found {
            only: Side::Rust,
            action: Some("Recover"),
            after: 1,
            apart: vec![],
        };
        assert_eq!(different.found(), expected);
        assert_eq!(different.path.steps[0].action, "Crash");
    }

    #[test]
    fn an_action_that_only_tla_has_is_found() {
        let sleep = "Sleep == up' = FALSE /\\ UNCHANGED <<incoming, leases, slots, acked, hist, \
                     sent, fresh, budget, stores>>\n\nNext ==\n    \\/ Sleep";
        let different = mutated("check-and-return", "Next ==", sleep);
        let expected = Found {
            only: Side::Tla,
            action: Some("Sleep"),
            after: 0,
            apart: vec![],
        };
        assert_eq!(different.found(), expected);
        assert_eq!(different.divergence.others, ["Crash", "Receive"]);
    }

    fn refused(that: &str, this: &str) -> String {
        let instance = Wrapped::with_module(&[(that, this)]).variant("save-then-publish");
        match compared(&instance) {
            Err(CompareError::Engine(error @ EngineError::Tlc { .. })) => error.to_string(),
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("TLC made something of it"),
        }
    }

    #[test]
    fn a_forgotten_unchanged_is_an_error_that_names_the_variable() {
        let error = refused(
            "/\\ UNCHANGED <<sent, inbox>>\n\nMark",
            "/\\ UNCHANGED sent\n\nMark",
        );
        insta::assert_snapshot!(error, @"outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): Successor state is not completely specified by action Save of the next-state relation. The following variable is not assigned: inbox. This happened in Save; give the variable a next value there, or UNCHANGED");
    }

    #[test]
    fn a_syntax_error_is_an_error_with_its_place() {
        let error = refused(
            "Recover == Recovers /\\ UNCHANGED stores",
            "Recover == /\\ => Recovers",
        );
        insta::assert_snapshot!(error, @r#"
        outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the spec cannot be parsed: Outbox.tla, line 158, column 18: Was expecting "==== or more Module body"
        Encountered "Recovers" at line 158, column 18 and token "=>"; correct it there:
          158 | Recover == /\ => Recovers
        "#);
    }

    #[test]
    fn an_unknown_name_is_an_error_with_its_place() {
        let error = refused("Recover == Recovers", "Recover == Recoverz");
        insta::assert_snapshot!(error, @r"
        outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the spec cannot be parsed: Outbox.tla, line 158, column 12: Unknown operator: `Recoverz'; correct it there:
          158 | Recover == Recoverz /\ UNCHANGED stores
        ");
    }

    #[test]
    fn an_init_without_a_state_is_an_error() {
        let error = refused("/\\ inbox = {}", "/\\ inbox = {} /\\ FALSE");
        insta::assert_snapshot!(error, @"outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): no state satisfies Init, so TLC checked nothing; look for a conjunct of Init that is never true");
    }
}

mod in_rust {
    use super::*;

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
            messages: spec.messages.clone(),
            downstream: spec.downstream.clone(),
            third_party: spec.third_party.clone(),
            schema: spec.schema.clone(),
            world: spec.world.clone(),
            guarantees: spec.guarantees.clone(),
            ..*spec
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
        insta::assert_snapshot!(error, @"outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): after Orders starts on message 1; Orders loads the order; Orders saves the order, the handler panicked: not today; return an outcome instead");
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
        insta::assert_snapshot!(error, @"outbox:check-and-return (copies=1 messages=1 slots=1 crash=1): after Orders starts on message 1, the handler is not deterministic: run again with the same message and outcomes it asked for Odd instead of Load; take clocks, random numbers and globals out of it");
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
                handler: spec.handler.clone(),
                messages: spec.messages.clone(),
                downstream: spec.downstream.clone(),
                third_party: spec.third_party.clone(),
                schema: spec.schema.clone(),
                world: spec.world.clone(),
                ..*spec
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
