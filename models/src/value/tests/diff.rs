//! Differences: complete, and no larger than what changed.

use proptest::prelude::*;
use serde_json::json;

use super::{any_state, any_value};
use crate::value::{Change, ChangeKind, StateView, Value, changes, parse_state};

/// The state with the value of one variable replaced by another one.
fn with(state: &StateView, variable: prop::sample::Index, value: Value) -> StateView {
    let mut variables = (**state).clone();
    let name = state.keys().nth(variable.index(state.len())).cloned();
    variables.extend(name.map(|name| (name, value)));
    variables.into()
}

proptest! {
    #[test]
    fn there_are_changes_if_and_only_if_the_states_differ(
        one in any_state(),
        other in any_state(),
        variable in any::<prop::sample::Index>(),
        value in any_value(),
    ) {
        prop_assert_eq!(changes(&one, &one), []);
        for other in [other, with(&one, variable, value)] {
            prop_assert_eq!(changes(&one, &other).is_empty(), one == other);
            prop_assert_eq!(changes(&one, &other).len(), changes(&other, &one).len());
        }
    }

    #[test]
    fn a_sequence_that_grew_reports_exactly_what_was_appended(
        old in prop::collection::vec(any_value(), 0..4),
        fresh in prop::collection::vec(any_value(), 0..4),
    ) {
        let hist = |items: &[Value]| StateView::from_iter([("hist", Value::seq(items.to_vec()))]);
        let grown = [old.clone(), fresh.clone()].concat();
        let lines: Vec<String> = changes(&hist(&old), &hist(&grown)).iter().map(ToString::to_string).collect();
        let places = old.len() + 1..;
        let expected: Vec<String> =
            places.zip(&fresh).map(|(place, value)| format!("+ hist[{place}]: {value}")).collect();
        prop_assert_eq!(lines, expected);
    }
}

/// The changes between two values of the variable `x`, one line each.
fn lines(before: &str, after: &str) -> Vec<String> {
    let state = |value: &str| parse_state(&format!("x = {value}")).unwrap();
    let changes = changes(&state(before), &state(after));
    changes.iter().map(ToString::to_string).collect()
}

#[test]
fn only_the_changed_leaf_is_reported() {
    assert_eq!(
        lines(
            r#"<<[at |-> "Idle", tries |-> 0], [at |-> "Idle", tries |-> 0]>>"#,
            r#"<<[at |-> "Load", tries |-> 0], [at |-> "Idle", tries |-> 0]>>"#,
        ),
        [r#"~ x[1].at: "Idle" → "Load""#],
    );
    assert_eq!(
        lines("(p1 :> 1 @@ p2 :> 1)", "(p1 :> 1 @@ p2 :> 2)"),
        ["~ x[p2]: 1 → 2"]
    );
    assert_eq!(lines("TRUE", "<<>>"), ["~ x: TRUE → <<>>"]);
}

#[test]
fn a_record_with_other_fields_is_reported_by_field() {
    assert_eq!(
        lines(r#"[at |-> "Idle"]"#, r#"[at |-> "Load", message |-> 1]"#),
        [r#"~ x.at: "Idle" → "Load""#, "+ x.message: 1"],
    );
    assert_eq!(
        lines("[Load |-> 1]", "[Save |-> 1]"),
        ["− x.Load: 1", "+ x.Save: 1"]
    );
    assert_eq!(lines("<<>>", r#"("a b" :> 1)"#), [r#"+ x["a b"]: 1"#]);
    assert_eq!(
        lines("<<1, 2>>", "(1 :> 1 @@ 2 :> 2 @@ 5 :> 5)"),
        ["+ x[5]: 5"]
    );
}

#[test]
fn sets_are_reported_by_element() {
    assert_eq!(
        lines("{1, [a |-> 1]}", "{2, [a |-> 1]}"),
        ["− x: 1", "+ x: 2"]
    );
}

#[test]
fn sequences_are_reported_by_what_came_and_went() {
    assert_eq!(lines("<<1>>", "<<1, 2>>"), ["+ x[2]: 2"]);
    assert_eq!(lines("<<1, 2, 3>>", "<<2, 3>>"), ["− x[1]: 1"]);
    assert_eq!(lines("<<1, 2, 3>>", "<<1, 3>>"), ["− x[2]: 2"]);
    assert_eq!(lines("<<1, 3>>", "<<1, 2, 3>>"), ["+ x[2]: 2"]);
    assert_eq!(lines("<<1, 1>>", "<<1>>"), ["− x[2]: 1"]);
    assert_eq!(
        lines("<<1, 2>>", "<<2, 3>>"),
        ["~ x[1]: 1 → 2", "~ x[2]: 2 → 3"]
    );
    assert_eq!(
        lines("<<1, 2, 9>>", "<<3, 9>>"),
        ["~ x[1]: 1 → 3", "− x[2]: 2"]
    );
}

#[test]
fn variables_come_and_go_like_fields() {
    let state = |text: &str| parse_state(text).unwrap();
    let changes = changes(
        &state("/\\ a = 1 /\\ c = 3"),
        &state("/\\ b = {2} /\\ c = 3"),
    );
    let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["− a: 1", "+ b: {2}"]);
}

#[test]
fn a_change_has_named_json_fields() {
    let state = |text: &str| parse_state(text).unwrap();
    let changes = changes(
        &state("/\\ a = 1 /\\ b = {}"),
        &state("/\\ a = p /\\ b = {2}"),
    );
    let expected = json!([
        {"path": "a", "kind": "changed", "before": 1, "after": {"#model": "p"}},
        {"path": "b", "kind": "added", "value": 2},
    ]);
    assert_eq!(serde_json::to_value(changes).unwrap(), expected);
}

/// Whether the value is at this path, or is an element of the set at this path.
fn stands_at(state: &StateView, path: &str, value: &Value) -> bool {
    let there = state.at(path);
    let set = there.and_then(Value::as_set);
    there == Some(value) || set.is_some_and(|set| set.contains(value))
}

proptest! {
    #[test]
    fn a_path_leads_to_what_changed(one in any_state(), other in any_state()) {
        for Change { path, kind } in changes(&one, &other) {
            let found = match kind {
                ChangeKind::Added { value } => stands_at(&other, &path, &value),
                ChangeKind::Removed { value } => stands_at(&one, &path, &value),
                ChangeKind::Changed { before, after } => {
                    stands_at(&one, &path, &before) && stands_at(&other, &path, &after)
                }
            };
            prop_assert!(found, "{path}");
        }
    }
}

#[test]
fn what_is_no_path_leads_nowhere() {
    let state = parse_state(r#"/\ a = <<[b |-> 1]>> /\ c = {1}"#).unwrap();
    assert_eq!(state.at("a[1].b"), Some(&Value::from(1)));
    for path in [
        "", "b", "a.", "a[", "a[]", "a[2]", "a[1].c", "a[1]b", "a[1].b.d", "c[1]", "a]",
    ] {
        assert_eq!(state.at(path), None, "{path}");
    }
}
