//! An incomplete check is never a pass.

use serde_json::Value as Json;

use super::place::{Place, json, run};

pub(crate) fn is_no_pass(arguments: &str, why: &str) {
    let text = run(arguments);
    assert_eq!(text.code, Some(2));
    assert!(
        text.stdout.contains(&format!("NOT COMPLETE: {why}")),
        "{}",
        text.stdout
    );
    assert!(!text.stdout.contains("holds"), "{}", text.stdout);
    let machine = run(&format!("{arguments} --format json"));
    assert_eq!(machine.code, Some(2));
    let result = &json(&machine)["results"][0];
    assert_eq!(result["complete"], false);
    let properties = result["properties"].as_array().unwrap().iter();
    let mut always = properties.filter(|p| p["expectation"] == "always");
    assert!(
        always.all(|property| property["verdict"] == "unknown"),
        "{result}"
    );
}

#[test]
fn a_limit_of_states_is_said_and_no_pass() {
    let why = "stopped at 10 raw states; raise --max-states or lower the bounds";
    is_no_pass("check outbox --max-states 10", why);
}

#[test]
fn a_limit_of_time_is_said_and_no_pass() {
    let why = "stopped after 0 s; raise --time-limit or lower the bounds";
    is_no_pass("check outbox --time-limit 0", why);
}

#[test]
fn a_limit_of_the_other_side_is_refused() {
    let refused = run("check outbox --engine tlc --max-states 10");
    assert_eq!((refused.code, &*refused.stdout), (Some(2), ""));
    insta::assert_snapshot!(refused.stderr, @"error: --max-states applies to the Rust side, which `--engine tlc` does not use; for TLC there are --tlc-time-limit, --tlc-heap and --tlc-workers");
}

#[test]
fn several_variants_cut_short_are_no_pass() {
    let ended = run("check outbox:all --max-states 3");
    assert_eq!(ended.code, Some(2));
    assert!(!ended.stdout.contains("all hold"), "{}", ended.stdout);
    assert!(
        ended
            .stdout
            .contains("0 variants as expected, 0 not, 11 not"),
        "{}",
        ended.stdout
    );
}

#[test]
fn a_comparison_cut_short_is_none() {
    let place = Place::replaying("pass", 0);
    let arguments = "compare outbox --max-states 10";
    insta::assert_snapshot!(place.refused(arguments), @"error: outbox:transactional (copies=2 messages=2 slots=2 crash=1): the Rust model was not enumerated completely: stopped at 10 raw states; raise --max-states or lower the bounds; or compare random walks of both sides: `--walks 100`");
    let machine = json(&place.run(&format!("{arguments} --format json")));
    assert_eq!(machine["comparisons"], Json::Array(vec![]));
    assert_eq!(machine["errors"][0]["variant"], "transactional");
}
