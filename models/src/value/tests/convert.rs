//! Rust types to TLA+ and back: each row of the table in `ser.rs`, then random structs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{any_text, any_value, parse};
use crate::value::{Set, StateView, Value, from_value, to_value};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Step {
    Idle,
    Load(u8),
    Publish(i8, bool),
    Crash { at: String, tries: Option<u16> },
    Nothing {},
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Id(u64);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marker;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Pair(i32, char);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Empty {}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct World {
    step: Step,
    slots: Vec<Step>,
    by_id: BTreeMap<Id, BTreeMap<String, i64>>,
    by_step: BTreeMap<Step, Set<Id>>,
    sent: Set<(Step, Option<Id>)>,
    seen: BTreeSet<bool>,
    pair: Pair,
    parts: (Marker, Empty, ()),
    text: String,
}

fn any_id() -> impl Strategy<Value = Id> {
    prop_oneof![0..4_u64, 0..=i64::MAX.cast_unsigned()].prop_map(Id)
}

fn any_step() -> impl Strategy<Value = Step> {
    let tries = prop::option::of(any::<u16>());
    prop_oneof![
        Just(Step::Idle),
        Just(Step::Nothing {}),
        any::<u8>().prop_map(Step::Load),
        any::<(i8, bool)>().prop_map(|(number, truth)| Step::Publish(number, truth)),
        (any_text(), tries).prop_map(|(at, tries)| Step::Crash { at, tries }),
    ]
}

prop_compose! {
    fn any_world()(
        step in any_step(),
        slots in vec(any_step(), 0..3),
        by_id in btree_map(any_id(), btree_map(any_text(), any::<i64>(), 0..3), 0..3),
        by_step in btree_map(any_step(), btree_set(any_id(), 0..3).prop_map(Set), 0..3),
        sent in btree_set((any_step(), prop::option::of(any_id())), 0..3).prop_map(Set),
        seen in btree_set(any::<bool>(), 0..3),
        pair in any::<(i32, char)>(),
        text in any_text(),
    ) -> World {
        let (pair, parts) = (Pair(pair.0, pair.1), (Marker, Empty {}, ()));
        World { step, slots, by_id, by_step, sent, seen, pair, parts, text }
    }
}

proptest! {
    #[test]
    fn a_struct_survives_the_round_trip(world in any_world()) {
        let value = to_value(&world).unwrap();
        prop_assert_eq!(from_value::<World>(&value), Ok(world.clone()));
        let text = Value::parse(&value.to_string()).unwrap();
        prop_assert_eq!(from_value::<World>(&text), Ok(world));
    }

    #[test]
    fn different_structs_are_different_values(one in any_world(), other in any_world()) {
        prop_assert_eq!(to_value(&one) == to_value(&other), one == other);
    }

    #[test]
    fn a_value_within_a_rust_type_stays_itself(value in any_value()) {
        prop_assert_eq!(to_value(&value), Ok(value.clone()));
        prop_assert_eq!(to_value(&Some((&value, 1))), Ok(Value::seq([value, 1.into()])));
    }
}

/// Checks one row of the table in both directions.
fn row<T: Serialize + DeserializeOwned + PartialEq + Debug>(rust: T, tla: &str) {
    let value = to_value(&rust).unwrap();
    assert_eq!(value, parse(tla));
    assert_eq!(from_value::<T>(&value), Ok(rust));
}

#[test]
fn each_rust_shape_has_its_tla_shape() {
    row(true, "TRUE");
    row(-5_i8, "-5");
    row(7_u128, "7");
    row('c', r#""c""#);
    row("text".to_string(), r#""text""#);
    row(vec![1, 2], "<<1, 2>>");
    row([true; 2], "<<TRUE, TRUE>>");
    row((1, "a".to_string()), r#"<<1, "a">>"#);
    row((), "<<>>");
    row(Pair(1, 'x'), r#"<<1, "x">>"#);
    row(Id(3), "3");
    row(Marker, r#""Marker""#);
    row(Empty {}, "<<>>");
    row(None::<u8>, r#""none""#);
    row(Some(3_u8), "3");
    row(Step::Idle, r#""Idle""#);
    row(Step::Load(3), "[Load |-> 3]");
    row(Step::Publish(1, true), "[Publish |-> <<1, TRUE>>]");
    let crash = Step::Crash {
        at: "x".into(),
        tries: None,
    };
    row(crash, r#"[Crash |-> [at |-> "x", tries |-> "none"]]"#);
    row(Step::Nothing {}, "[Nothing |-> <<>>]");
    row(Set::from([2, 1]), "{1, 2}");
    row(Set::<u8>::new(), "{}");
    row(BTreeSet::from([2, 1]), "<<1, 2>>");
}

#[test]
fn maps_are_functions_and_functions_on_one_to_n_are_maps() {
    row(
        BTreeMap::from([(Id(1), 'a'), (Id(2), 'b')]),
        r#"<<"a", "b">>"#,
    );
    row(
        BTreeMap::from([(0, 'a'), (1, 'b')]),
        r#"(0 :> "a" @@ 1 :> "b")"#,
    );
    row(BTreeMap::from([("x".to_string(), 1)]), "[x |-> 1]");
    row(BTreeMap::from([((1, true), 1)]), "(<<1, TRUE>> :> 1)");
    row(
        BTreeMap::from([(Step::Idle, 1), (Step::Load(2), 2)]),
        r#"("Idle" :> 1 @@ [Load |-> 2] :> 2)"#,
    );
    row(BTreeMap::<u8, u8>::new(), "<<>>");
}

#[test]
fn the_ambiguities_are_the_documented_ones() {
    let text = to_value(&Some("none".to_string())).unwrap();
    assert_eq!(from_value::<Option<String>>(&text), Ok(None));
    let nested = to_value(&Some(None::<u8>)).unwrap();
    assert_eq!(from_value::<Option<Option<u8>>>(&nested), Ok(None));
}

#[test]
fn model_values_are_read_as_names() {
    assert_eq!(from_value::<Step>(&Value::model("Idle")), Ok(Step::Idle));
    assert_eq!(from_value::<String>(&Value::model("p1")), Ok("p1".into()));
    assert_eq!(
        from_value::<Option<String>>(&Value::model("none")),
        Ok(Some("none".into()))
    );
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Tagged {
    Order { ids: Set<u8>, next: Option<Id> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
    Record { a: Set<u8> },
}

#[test]
fn other_enum_representations_of_serde_work_too() {
    let order = Tagged::Order {
        ids: Set::from([3, 1]),
        next: Some(Id(1)),
    };
    row(order, r#"[type |-> "Order", ids |-> {1, 3}, next |-> 1]"#);
    row(Untagged::Number(3), "3");
    row(Untagged::Record { a: Set::from([1]) }, "[a |-> {1}]");
}

#[test]
fn a_set_is_a_plain_array_in_json() {
    let set = Set::from([2, 1]);
    assert_eq!(serde_json::to_string(&set).unwrap(), "[1,2]");
    assert_eq!(serde_json::from_str::<Set<i32>>("[1,2]").unwrap(), set);
    assert_eq!(set.iter().sum::<i32>() + set.into_iter().sum::<i32>(), 6);
}

#[test]
fn what_has_no_counterpart_is_refused() {
    let refused = |result: Result<Value, _>| format!("{}\n", result.unwrap_err());
    let refusals = [
        refused(to_value(&1.5_f32)),
        refused(to_value(&BTreeMap::from([("x", vec![Some(1.5_f64)])]))),
        refused(to_value(&Some(u64::MAX))),
        refused(to_value(&i128::MIN)),
        refused(to_value(&Set::from([None, Some("none")]))),
        refused(to_value(&BTreeMap::from([(None, 1), (Some("none"), 2)]))),
    ];
    insta::assert_snapshot!(refusals.concat(), @r##"
    f32 has no TLA+ counterpart
    at `x[1]`: f64 has no TLA+ counterpart
    expected an integer within i64, found 18446744073709551615
    expected an integer within i64, found -170141183460469231731687303715884105728
    two elements of the set become "none"
    two keys of the map become "none"
    "##);
}

#[test]
fn a_value_of_another_type_is_refused() {
    fn refused<T: DeserializeOwned>(text: &str) -> String {
        let read = from_value::<T>(&parse(text));
        format!("{text}\n    {}\n", read.err().unwrap())
    }
    let refusals = [
        refused::<bool>("1"),
        refused::<u8>("256"),
        refused::<i64>(r#""1""#),
        refused::<f64>("1"),
        refused::<String>("1"),
        refused::<char>(r#""ab""#),
        refused::<Vec<u8>>("{1}"),
        refused::<Set<u8>>("<<1>>"),
        refused::<Set<u8>>("{1, TRUE}"),
        refused::<(u8, u8)>("<<1>>"),
        refused::<()>("<<1>>"),
        refused::<Marker>(r#""Other""#),
        refused::<BTreeMap<u8, u8>>("{1}"),
        refused::<BTreeMap<u8, Vec<u8>>>("(0 :> <<>> @@ 3 :> <<1, TRUE>>)"),
        refused::<BTreeMap<u8, u8>>("[a |-> 1]"),
        refused::<Pair>("[a |-> 1]"),
        refused::<World>("<<1, 2>>"),
        refused::<World>("<<>>"),
        refused::<World>(r#"[step |-> [Crash |-> [at |-> "x", tries |-> -1]]]"#),
        refused::<Step>(r#""Other""#),
        refused::<Step>(r#""Load""#),
        refused::<Step>("[Idle |-> 1]"),
        refused::<Step>("[Load |-> 1, Idle |-> 2]"),
        refused::<Step>("3"),
    ];
    insta::assert_snapshot!(refusals.concat(), @r##"
    1
        expected a boolean, found 1
    256
        expected u8, found integer `256`
    "1"
        expected an integer, found "1"
    1
        f64 has no TLA+ counterpart
    1
        expected a string, found 1
    "ab"
        expected a character, found string "ab"
    {1}
        expected a sequence, found {1}
    <<1>>
        expected a set, found <<1>>
    {1, TRUE}
        at `[TRUE]`: expected an integer, found TRUE
    <<1>>
        expected a tuple of length 2, found <<1>>
    <<1>>
        expected <<>>, found <<1>>
    "Other"
        expected "Marker", found "Other"
    {1}
        expected a function, found {1}
    (0 :> <<>> @@ 3 :> <<1, TRUE>>)
        at `[3][2]`: expected an integer, found TRUE
    [a |-> 1]
        expected an integer, found "a"
    [a |-> 1]
        expected a tuple of length 2, found [a |-> 1]
    <<1, 2>>
        expected a record World, found <<1, 2>>
    <<>>
        expected a field `step`, found none
    [step |-> [Crash |-> [at |-> "x", tries |-> -1]]]
        at `step.Crash.tries`: expected u16, found integer `-1`
    "Other"
        unknown variant `Other`, expected one of `Idle`, `Load`, `Publish`, `Crash`, `Nothing`
    "Load"
        expected a variant with a payload, found "Load"
    [Idle |-> 1]
        expected no payload for the variant "Idle", found 1
    [Load |-> 1, Idle |-> 2]
        expected a variant of Step, found [Idle |-> 2, Load |-> 1]
    3
        expected a variant of Step, found 3
    "##);
}

#[test]
fn a_struct_is_a_state() {
    let value = to_value(&Untagged::Record { a: Set::from([1]) }).unwrap();
    assert_eq!(StateView::from_record(&value), "a = {1}".parse().ok());
    assert_eq!(
        StateView::from_record(&parse("<<>>")),
        Some(StateView::default())
    );
    for other in ["<<1>>", "{}", "(0 :> 1)", "3"] {
        assert_eq!(StateView::from_record(&parse(other)), None);
    }
}
