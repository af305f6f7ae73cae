//! Changes of a TLA+ module.

use tandem_runner::compare::CompareError;
use tandem_runner::divergence::Side;
use tandem_runner::engine::EngineError;
use tandem_runner::report::Standing;

use super::{Different, Found, compared, difference, racing};
use crate::common::Wrapped;

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
    let blind = "IF Variant = \"blind-write\"";
    let mutant = Wrapped::with_module(&[(blind, "IF TRUE")]);
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
    let next = "Save    |-> \"Publish\",\n     Publish |-> \"Ack\"]\n\nCheckAndReturn";
    let skipped = next.replacen("Publish", "Ack", 1);
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
    outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the spec cannot be parsed: Outbox.tla, line 205, column 18: Was expecting "==== or more Module body"
    Encountered "Recovers" at line 205, column 18 and token "=>"; correct it there:
      205 | Recover == /\ => Recovers
    "#);
}

#[test]
fn an_unknown_name_is_an_error_with_its_place() {
    let error = refused("Recover == Recovers", "Recover == Recoverz");
    insta::assert_snapshot!(error, @r"
    outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): the spec cannot be parsed: Outbox.tla, line 205, column 12: Unknown operator: `Recoverz'; correct it there:
      205 | Recover == Recoverz /\ UNCHANGED stores
    ");
}

#[test]
fn an_init_without_a_state_is_an_error() {
    let error = refused("/\\ inbox = {}", "/\\ inbox = {} /\\ FALSE");
    insta::assert_snapshot!(error, @"outbox:save-then-publish (copies=2 messages=1 slots=1 crash=1): no state satisfies Init, so TLC checked nothing; look for a conjunct of Init that is never true");
}
