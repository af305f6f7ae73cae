//! The explorer's server as a client sees it: the built binary, asked over loopback.

mod beside_the_model;

use crate::served::{Explorer, hears};
use serde_json::{Value as Json, json};

const BROKEN: &str = "/models/outbox/save-then-publish";

#[test]
fn the_search_names_the_shortest_counterexample_and_its_trace_ends_in_the_violation() {
    let explorer = Explorer::start(&["outbox:save-then-publish"]);
    let catalogue = explorer.json("/catalogue");
    assert_eq!(catalogue["start"]["variant"], "save-then-publish");
    let report = explorer.last_event(&format!("{BROKEN}/search"));
    let properties = report["properties"].as_array().unwrap();
    let double = properties.iter().find(|p| p["name"] == "NoDoubleEffect");
    let double = double.unwrap();
    assert_eq!(
        (&double["verdict"], &double["steps"]),
        (&"violated".into(), &8.into())
    );
    let steps = double["path"]["steps"].as_str().unwrap();
    let trace = explorer.json(&format!("{BROKEN}/trace?steps={steps}"));
    let taken = trace["steps"].as_array().unwrap();
    assert_eq!(taken.len(), 8);
    assert!(
        taken[..7]
            .iter()
            .all(|step| step["violates"] == Json::Array(vec![]))
    );
    assert!(
        taken[7]["violates"]
            .as_array()
            .unwrap()
            .contains(&"NoDoubleEffect".into())
    );
    let truths = taken[7]["truths"].as_array().unwrap();
    let double = truths
        .iter()
        .find(|t| t["name"] == "NoDoubleEffect")
        .unwrap();
    assert_eq!(double["holds"], false);
    assert_eq!(double["clauses"][0]["values"][0]["path"], "hist[1]");
    let fix = explorer.json(&format!("{BROKEN}/fix?steps={steps}"));
    assert_eq!(fix["variant"], "transactional");
    let reason = "its slot is still busy with message 1 there";
    assert_eq!(fix["diverges"]["reason"], reason);
    let repaired = fix["trace"]["steps"].as_array().unwrap();
    let promises = fix["model"]["properties"].as_array().unwrap();
    let promised = |name: &Json| {
        let mut promises = promises.iter();
        promises.any(|promise| promise["name"] == *name && promise["claimed"] == true)
    };
    let mut broken = repaired
        .iter()
        .flat_map(|step| step["violates"].as_array().unwrap());
    assert!(!broken.any(promised));
    // It goes on until both copies are handled: what went wrong is answered.
    let starts = |step: &&Json| step["action"] == "Receive";
    assert_eq!(repaired.iter().filter(starts).count(), 2);
    let mut truths = repaired.last().unwrap()["truths"]
        .as_array()
        .unwrap()
        .iter();
    let done = truths.find(|truth| truth["name"] == "AllDone").unwrap();
    assert_eq!(done["holds"], true);
    let again = explorer.json(&format!(
        "/models/outbox/transactional/trace?steps={}",
        fix["steps"].as_str().unwrap()
    ));
    assert_eq!(again["total"], repaired.len());
}

/// The path of the counterexample to a guarantee.
fn counterexample(explorer: &Explorer, variant: &str, guarantee: &str) -> String {
    let report = explorer.last_event(&format!("/models/{variant}/search"));
    let mut properties = report["properties"].as_array().unwrap().iter();
    let broken = properties.find(|p| p["name"] == guarantee).unwrap();
    broken["path"]["steps"].as_str().unwrap().to_owned()
}

/// Its diagram.
fn drawn(explorer: &Explorer, variant: &str, guarantee: &str) -> Json {
    let steps = counterexample(explorer, variant, guarantee);
    let mut trace = explorer.json(&format!("/models/{variant}/trace?steps={steps}"));
    trace["diagram"].take()
}

/// On the shortest way to the only promise that is broken; others than promises are broken sooner.
#[test]
fn how_far_a_violation_is_counts_what_is_promised() {
    let explorer = Explorer::start(&[]);
    let variant = "outbox/marked-before";
    let promised = counterexample(&explorer, variant, "NoLostEffect");
    let other = counterexample(&explorer, variant, "DedupBounded");
    assert!(other.len() < promised.len(), "{other} {promised}");
    let steps: Vec<&str> = promised.split('.').collect();
    for (place, step) in steps.iter().enumerate() {
        let path = steps[..place].join(".");
        let next = explorer.json(&format!("/models/{variant}/next?steps={path}"));
        let mut actions = next["actions"].as_array().unwrap().iter();
        let taken = actions.find(|action| action["index"].as_u64() == step.parse().ok());
        assert_eq!(taken.unwrap()["nearest"], steps.len() - place - 1, "{path}");
    }
}

/// Of bounds at which it goes on for as long as the test does.
#[test]
fn a_search_tells_what_it_has_found_and_nobody_who_steps_waits_for_its_end() {
    let explorer = Explorer::start(&["--max-states", "1000000000"]);
    let (model, bounds) = (
        "/models/outbox/marked-after",
        "messages=4&slots=3&copies=3&crash=2",
    );
    let mut events = explorer.listen(&format!("{model}/search?{bounds}"));
    let violated = |told: &Json| {
        let mut properties = told["properties"].as_array().unwrap().iter();
        let violated = properties.find(|property| property["verdict"] == "violated");
        violated.cloned()
    };
    let told = violated(&hears(&mut events, |told| violated(told).is_some())).unwrap();
    let steps = told["path"]["steps"].as_str().unwrap();
    let mut at = String::new();
    for (step, before) in steps.split('.').zip(0..) {
        let next = explorer.json(&format!("{model}/next?{bounds}&steps={at}"));
        let mut actions = next["actions"].as_array().unwrap().iter();
        assert!(actions.any(|action| action["index"].as_u64() == step.parse().ok()));
        let dot = if before == 0 { "" } else { "." };
        at = format!("{at}{dot}{step}");
    }
    let trace = explorer.json(&format!("{model}/trace?{bounds}&steps={steps}"));
    assert_eq!(trace["total"], told["steps"]);
    let last = trace["steps"].as_array().unwrap().last().unwrap();
    let broken = last["violates"].as_array().unwrap();
    assert!(broken.contains(&told["name"]), "{broken:?}");
    let last = hears(&mut events, |_| true);
    assert!(last["queue"].as_u64().unwrap() > 0, "it goes on");
    assert_eq!(violated(&last), Some(told));
}

/// What stands under a key in everything of one kind that is drawn, where anything does.
fn all<'a>(diagram: &'a Json, kind: &str, key: &str) -> Vec<&'a Json> {
    let drawn = diagram[kind].as_array().unwrap().iter();
    let said = drawn.map(|one| &one[key]);
    said.filter(|said| !said.is_null() && **said != Json::Array(vec![]))
        .collect()
}

#[test]
fn the_diagram_shows_answers_and_what_others_store() {
    let explorer = Explorer::start(&[]);
    let marked = drawn(&explorer, "outbox/marked-before", "NoLostEffect");
    assert_eq!(all(&marked, "calls", "answer"), ["no", "yes"]);
    let recreated = drawn(
        &explorer,
        "token-deduplication/recreated",
        "NoDoubleDownstream",
    );
    let stored = all(&recreated, "marks", "wrote");
    assert_eq!(
        stored[1].as_array().unwrap()[0],
        "bill.charged[1]: 1 → 2",
        "{stored:?}"
    );
    let charged = drawn(&explorer, "charge-once/no-key", "NoDoubleCharge");
    let stored = all(&charged, "marks", "wrote");
    assert_eq!(
        stored,
        [
            &serde_json::json!(["charges[1]: 0 → 1"]),
            &serde_json::json!(["charges[1]: 1 → 2"])
        ]
    );
}

/// After a time-out, a crash, or since the handler gives it back: it is the same message that comes
/// again.
#[test]
fn a_message_that_goes_back_to_the_queue_is_drawn_there_once_more() {
    let explorer = Explorer::start(&[]);
    for variant in [
        "charge-once/query-first-late",
        "charge-once/no-key-answer-lost",
        "charge-once/no-key",
        "outbox/reject-duplicates",
    ] {
        let report = explorer.last_event(&format!("/models/{variant}/search"));
        let properties = report["properties"].as_array().unwrap().iter();
        let mut back = 0;
        for steps in properties.filter_map(|p| p["path"]["steps"].as_str()) {
            let trace = explorer.json(&format!("/models/{variant}/trace?steps={steps}"));
            let told = trace["steps"].as_array().unwrap().iter();
            let goes_back = told.filter(|step| {
                let words = step["words"].as_str().unwrap();
                words.contains("goes back to the queue")
            });
            let goes_back = goes_back.count();
            let flights = trace["diagram"]["flights"].as_array().unwrap().iter();
            let again = flights
                .filter(|flight| flight["redelivery"] == true)
                .count();
            assert_eq!(again, goes_back, "{variant}, {steps}");
            back += goes_back;
        }
        assert!(back > 0, "{variant}: nothing goes back");
    }
}

/// Of a time-out it is told what the handler makes of it, where that is the mistake.
#[test]
fn a_handler_that_takes_a_missing_answer_for_a_failure_is_said_to() {
    let explorer = Explorer::start(&[]);
    let told = |variant: &str, steps: &str, action: &str| {
        let trace = explorer.json(&format!("/models/{variant}/trace?steps={steps}"));
        let step = trace["steps"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(step["action"], action, "{variant}");
        let words = step["words"].as_str().unwrap();
        words.contains("treats the missing answer as a failure")
    };
    let waits = [("timeout-as-failure", true), ("derived-key", false)];
    for (variant, wrong) in waits {
        let variant = format!("charge-once/{variant}");
        let next = explorer.json(&format!("/models/{variant}/next?steps=0.0.0"));
        let mut faults = 0;
        for action in next["actions"].as_array().unwrap() {
            let (Some(index), name) = (action["index"].as_u64(), &action["action"]) else {
                continue;
            };
            let name = name.as_str().unwrap();
            if ["AnswerLost", "RequestLost"].contains(&name) {
                faults += 1;
                let said = told(&variant, &format!("0.0.0.{index}"), name);
                assert_eq!(said, wrong, "{variant}: {name}");
            }
        }
        assert_eq!(faults, 2, "{variant}");
    }
}

#[test]
fn every_next_action_leads_where_it_says_and_knows_how_far_a_violation_is() {
    let explorer = Explorer::start(&[]);
    explorer.last_event(&format!("{BROKEN}/search"));
    let (mut paths, mut seen) = (vec![String::new()], 0);
    while let Some(path) = paths.pop() {
        let next = explorer.json(&format!("{BROKEN}/next?steps={path}"));
        for action in next["actions"].as_array().unwrap() {
            let Some(index) = action["index"].as_u64() else {
                assert!(
                    action["reason"]
                        .as_str()
                        .is_some_and(|reason| !reason.is_empty())
                );
                continue;
            };
            let dot = if path.is_empty() { "" } else { "." };
            let longer = format!("{path}{dot}{index}");
            let trace = explorer.json(&format!("{BROKEN}/trace?steps={longer}"));
            let last = trace["steps"].as_array().unwrap().last().unwrap();
            for field in ["words", "changes", "violates", "group", "action"] {
                assert_eq!(last[field], action[field], "{longer} {field}");
            }
            let known = |truth: &Json| truth["name"] == "NoDoubleEffect" && truth["holds"] == false;
            let violated = last["truths"].as_array().unwrap().iter().any(known);
            assert_eq!(action["known"], true);
            if violated {
                assert_eq!(action["nearest"], 0, "{longer}");
            }
            seen += 1;
            if longer.len() < 12 {
                paths.push(longer);
            }
        }
    }
    assert!(seen > 10, "only {seen} actions were looked at");
}

#[test]
fn a_trace_is_told_in_parts_that_make_up_the_whole() {
    let explorer = Explorer::start(&[]);
    let steps = counterexample(&explorer, "outbox/save-then-publish", "NoDoubleEffect");
    let trace =
        |part: &str| explorer.json(&format!("{BROKEN}/trace?steps={steps}&end=stutters{part}"));
    let whole = trace("");
    let all = whole["steps"].as_array().unwrap();
    assert_eq!((&whole["total"], &whole["offset"]), (&8.into(), &0.into()));
    assert_eq!(all.len(), 8);
    let next = explorer.json(&format!("{BROKEN}/next?steps={steps}"));
    assert_eq!(whole["next"], next);
    let mut told = Vec::new();
    for offset in [0, 3, 6] {
        let mut part = trace(&format!("&offset={offset}&limit=3"));
        assert_eq!(part["offset"], offset);
        told.append(part["steps"].as_array_mut().unwrap());
        for same in ["digest", "total", "start", "end", "diagram", "next"] {
            assert_eq!(part[same], whole[same], "{same} from {offset} on");
        }
    }
    assert_eq!(told, *all);
    assert_eq!(trace("&offset=7")["steps"], json!([all[7]]));
    for (beyond, offset) in [("&offset=9000", 8), ("&limit=0", 0)] {
        let part = trace(beyond);
        assert_eq!(
            (&part["steps"], &part["offset"]),
            (&json!([]), &offset.into())
        );
    }
}

#[test]
fn of_a_large_graph_more_is_drawn_when_it_is_asked_for() {
    let explorer = Explorer::start(&[]);
    let transactional = "/models/outbox/transactional";
    for model in [BROKEN, transactional] {
        explorer.last_event(&format!("{model}/search"));
    }
    let drawn = |limit: &str| explorer.json(&format!("{transactional}/graph?steps=0.0{limit}"));
    let nodes = |graph: &Json| graph["nodes"].as_array().unwrap().len();
    let (first, more, most) = (drawn(""), drawn("&limit=240"), drawn("&limit=99999"));
    let limits = [&first, &more, &most].map(|graph| graph["limit"].as_u64().unwrap());
    assert_eq!(limits, [60, 240, most["most"].as_u64().unwrap()]);
    assert!(nodes(&first) <= 60 && nodes(&first) < nodes(&more) && nodes(&more) <= 240);
    assert!(nodes(&more) < nodes(&most));
    for graph in [&first, &more, &most] {
        assert_eq!(graph["whole"], false);
        let mut nodes = graph["nodes"].as_array().unwrap().iter();
        assert!(nodes.any(|node| node["open"] == true), "what is left out");
    }
    let small = explorer.json(&format!("{BROKEN}/graph?steps=0&limit=480"));
    assert_eq!(small["whole"], true);
    assert_eq!(nodes(&small) as u64, small["states"].as_u64().unwrap());
}
