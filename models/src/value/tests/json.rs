//! JSON: what is written can be read again, and ITF can be read as well.

use proptest::prelude::*;
use serde_json::json;

use super::{any_state, any_value, parse};
use crate::value::Value;

proptest! {
    #[test]
    fn what_is_written_reads_back(value in any_value()) {
        let json = serde_json::to_value(&value).unwrap();
        prop_assert_eq!(Value::from_json(&json), Ok(value.clone()));
        let text: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        prop_assert_eq!(Value::from_json(&text), Ok(value));
    }

    #[test]
    fn a_state_is_an_object(state in any_state()) {
        let json = serde_json::to_value(&state).unwrap();
        let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        prop_assert_eq!(names, state.keys().map(|name| &**name).collect::<Vec<_>>());
    }
}

#[test]
fn each_kind_has_its_json() {
    let json = |text: &str| serde_json::to_value(parse(text)).unwrap();
    assert_eq!(json("TRUE"), json!(true));
    assert_eq!(json("-1"), json!(-1));
    assert_eq!(json(r#""p1""#), json!("p1"));
    assert_eq!(json("p1"), json!({"#model": "p1"}));
    assert_eq!(json("{2, 1}"), json!({"#set": [1, 2]}));
    assert_eq!(json("<<2, {}>>"), json!([2, {"#set": []}]));
    assert_eq!(json("<<>>"), json!([]));
    assert_eq!(
        json("[b |-> 1, a |-> p1]"),
        json!({"a": {"#model": "p1"}, "b": 1})
    );
    assert_eq!(
        json("(0 :> 1 @@ p1 :> 2)"),
        json!({"#map": [[0, 1], [{"#model": "p1"}, 2]]})
    );
}

#[test]
fn a_field_that_looks_like_a_tag_stays_a_field() {
    let record = Value::record([("#set", 1.into()), ("a", 2.into())]);
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json, json!({"#map": [["#set", 1], ["a", 2]]}));
    assert_eq!(Value::from_json(&json), Ok(record));
}

#[test]
fn itf_is_read() {
    let itf = json!({
        "n": {"#bigint": "-12"},
        "pair": {"#tup": [1, "a"]},
        "f": {"#map": [[{"#bigint": "2"}, "b"], [1, "a"]]},
        "none": {"#map": []},
        "s": {"#set": [2, 1, 2]},
    });
    let tla =
        r#"[n |-> -12, pair |-> <<1, "a">>, f |-> <<"a", "b">>, none |-> <<>>, s |-> {1, 2}]"#;
    assert_eq!(Value::from_json(&itf), Ok(parse(tla)));
    assert_eq!(Value::from_json(&json!({})), Ok(Value::seq([])));
}

#[test]
fn other_json_is_refused() {
    let report = |json: serde_json::Value| {
        let read = Value::from_json(&json);
        format!("{json}\n    {}\n", read.unwrap_err())
    };
    let refusals = [
        json!(null),
        json!(1.5),
        json!(u64::MAX),
        json!({"#bigint": "99999999999999999999"}),
        json!({"#unserializable": "Nat"}),
        json!({"#set": [], "a": 1}),
        json!({"#set": 1}),
        json!({"#map": [[1]]}),
        json!({"#map": [[1, 2], [1, 3]]}),
        json!({"slots": [{"at": "Idle"}, {"at": null}]}),
    ];
    insta::assert_snapshot!(refusals.map(report).concat(), @r##"
    null
        expected a value, found null
    1.5
        expected an integer within i64, found 1.5
    18446744073709551615
        expected an integer within i64, found 18446744073709551615
    {"#bigint":"99999999999999999999"}
        at `[#bigint]`: expected an integer within i64, found "99999999999999999999"
    {"#unserializable":"Nat"}
        at `[#unserializable]`: expected one of the tags #model, #set, #map, #tup, #bigint, found #unserializable
    {"#set":[],"a":1}
        `#set` stands beside other fields; a field name that starts with `#` belongs in a `#map`
    {"#set":1}
        at `[#set]`: expected an array, found 1
    {"#map":[[1]]}
        at `[#map]`: expected a pair [argument, value], found [1]
    {"#map":[[1,2],[1,3]]}
        at `[#map]`: expected each argument once, found 1
    {"slots":[{"at":"Idle"},{"at":null}]}
        at `slots[2].at`: expected a value, found null
    "##);
}
