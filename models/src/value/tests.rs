//! Random values for all tests of this module, and the tests of the canonical form itself.

mod convert;
mod diff;
mod json;
mod name;
mod text;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::{StateView, Value};

fn parse(text: &str) -> Value {
    Value::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Strings with characters that could confuse a parser.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,2}",
        r#"[ a"\\\n\t\r\x0c\x00/|>@#é→_1-]{0,6}"#,
        Just("none".to_string()),
        Just("TRUE".to_string()),
        Just("#set".to_string()),
        any::<String>(),
    ]
}

/// Any value. Some numbers and names come from small ranges, so that `1..n`, equal elements and
/// equal arguments occur.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::bool),
        (-2..5_i64).prop_map(Value::int),
        any::<i64>().prop_map(Value::int),
        any_text().prop_map(|text| Value::str(&text)),
        "[a-z][A-Za-z0-9_]{0,3}".prop_map(Value::model),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::set),
            vec(inner.clone(), 0..4).prop_map(Value::seq),
            vec((inner.clone(), inner.clone()), 0..4).prop_map(Value::function),
            vec((1..4_i64, inner.clone()), 0..4).prop_map(|pairs| Value::function(
                pairs
                    .into_iter()
                    .map(|(number, value)| (number.into(), value))
            )),
            vec((any_text(), inner), 0..4).prop_map(Value::record),
        ]
    })
}

fn any_state() -> impl Strategy<Value = StateView> {
    btree_map("[a-z]{1,2}", any_value(), 1..4).prop_map(StateView::from_iter)
}

proptest! {
    #[test]
    fn the_order_of_insertion_does_not_matter(
        pairs in btree_map(any_value(), any_value(), 0..5),
        seed in any::<prop::sample::Index>(),
    ) {
        let forwards: Vec<_> = pairs.into_iter().collect();
        let mut shuffled = forwards.clone();
        shuffled.rotate_left(seed.index(forwards.len().max(1)));
        shuffled.reverse();

        let arguments = |pairs: &[(Value, Value)]| Value::set(pairs.iter().map(|(a, _)| a.clone()));
        prop_assert_eq!(arguments(&shuffled), arguments(&forwards));
        prop_assert_eq!(Value::function(shuffled), Value::function(forwards));
    }

    #[test]
    fn a_function_is_its_entries(value in any_value()) {
        for (argument, result) in value.entries() {
            prop_assert_eq!(value.apply(&argument), Some(result));
        }
        let rebuilt = Value::function(value.entries().map(|(a, v)| (a, v.clone())));
        let is_function = matches!(value, Value::Seq(_) | Value::Fun(_));
        prop_assert_eq!(rebuilt == value, is_function);
    }
}

#[test]
fn a_function_on_one_to_n_is_a_sequence() {
    let pairs =
        |numbers: &[i64]| Value::function(numbers.iter().map(|&n| (n.into(), (10 * n).into())));
    assert_eq!(pairs(&[2, 1]), Value::seq([10.into(), 20.into()]));
    assert!(matches!(pairs(&[0, 1]), Value::Fun(_)));
    assert!(matches!(pairs(&[1, 3]), Value::Fun(_)));
    assert!(matches!(pairs(&[2, 3]), Value::Fun(_)));

    let mixed = Value::function([(1.into(), 1.into()), ("a".into(), 2.into())]);
    assert!(matches!(mixed, Value::Fun(_)));
}

#[test]
fn everything_empty_but_the_set_is_one_value() {
    assert_eq!(Value::function([]), Value::seq([]));
    assert_eq!(Value::record::<&str>([]), Value::seq([]));
    assert_ne!(Value::set([]), Value::seq([]));
}

#[test]
fn a_record_is_a_function_on_strings() {
    let record = Value::record([("at", "Idle".into()), ("tries", 2_u8.into())]);
    let function = Value::function([("tries".into(), 2.into()), ("at".into(), "Idle".into())]);
    assert_eq!(record, function);
    assert_eq!(record.get("at").and_then(Value::as_str), Some("Idle"));
    assert_eq!(record.get("tries").and_then(Value::as_int), Some(2));
    assert_eq!(record.get("message"), None);
    assert_ne!(Value::model("a"), Value::str("a"));
}

#[test]
fn sequences_start_at_one() {
    let queue = Value::seq(["a".into(), "b".into()]);
    assert_eq!(queue.apply(&1.into()), Some(&"a".into()));
    assert_eq!(queue.apply(&2.into()), Some(&"b".into()));
    for outside in [i64::MIN, -1, 0, 3, i64::MAX] {
        assert_eq!(queue.apply(&outside.into()), None);
    }
    assert_eq!(Value::set([1.into()]).apply(&1.into()), None);
}
