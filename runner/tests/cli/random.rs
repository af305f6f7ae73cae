//! `check --random`.

use serde_json::Value as Json;

use super::limits::is_no_pass;
use super::place::{json, refused, run};

#[test]
fn a_claimed_guarantee_found_violated_is_a_failure_and_the_seed_is_told() {
    let ended = run("check outbox:check-and-return --random");
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    for part in [
        "walks of at most 1,000, seed 1,",
        "✗ NoLostOutput           violated in 8 steps",
        "? NoDoubleEffect         unknown",
        "and shrunk: there may be a shorter path)",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
}

#[test]
fn walks_that_find_nothing_are_no_pass() {
    let arguments = "check outbox --random --walks 20 --steps 5 --seed 3";
    let why = "random walks can show a violation, never that there is none";
    is_no_pass(arguments, why);
    let result = &json(&run(&format!("{arguments} --format json")))["results"][0];
    assert_eq!(result["engine"], "random");
    assert_eq!(result["depth"], Json::Null);
    assert_eq!(result["transitions"], Json::Null);
    assert_eq!(
        result["random"],
        serde_json::json!({
            "seed": 3,
            "walks": 20,
            "steps": 100,
            "max_steps": 5,
            "met": [{ "property": "AllSlotsBusy", "walk": 2, "steps": 2 }],
        })
    );
    let all = run("check outbox:all --random --walks 1");
    assert_eq!(all.code, Some(2), "{}", all.stderr);
}

#[test]
fn a_run_is_repeated_from_its_seed() {
    let arguments = "check outbox:derived-ids --random --format json --seed 5";
    let first = run(arguments);
    assert_eq!(first.code, Some(1), "{}", first.stderr);
    assert_eq!(first.stdout, run(arguments).stdout);
    let threads = run(&format!("{arguments} --threads 3"));
    assert_eq!(first.stdout, threads.stdout);
}

#[test]
fn walks_last_as_long_as_there_is_time() {
    let ended = run("check outbox --random --time-limit 1");
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    let why = "never that there is none; stopped after 1 s";
    assert!(ended.stdout.contains(why), "{}", ended.stdout);
}

#[test]
fn options_of_walks_are_for_walks() {
    for (arguments, part) in [
        ("check outbox --seed 3", "required arguments"),
        ("check outbox --walks 3", "required arguments"),
        ("check outbox --random --engine tlc", "cannot be used with"),
        ("check outbox --random --max-depth 3", "cannot be used with"),
        ("check outbox --random --steps 0", "0 is not in 1.."),
    ] {
        let stderr = refused(arguments);
        assert!(stderr.contains(part), "{arguments}: {stderr}");
    }
}
