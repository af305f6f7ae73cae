//! Files that are imported into the explorer: how far the Rust model takes the same steps, and what a
//! file says of the model that it was recorded on.

mod served;

use serde_json::{Value as Json, json};
use served::Explorer;

const BROKEN: &str = "/models/outbox/save-then-publish";

#[test]
fn an_itf_file_is_replayed_and_the_first_difference_is_told() {
    let explorer = Explorer::start(&[]);
    let trace = explorer.json(&format!("{BROKEN}/trace?steps=0.0.0"));
    let mut states = vec![trace["start"]["state"].clone()];
    for step in trace["steps"].as_array().unwrap() {
        states.push(step["state"].clone());
    }
    let post = |states: &[Json]| import(&explorer, &json!({ "vars": [], "states": states }));
    let same = post(&states);
    assert_eq!(same["path"]["steps"], "0.0.0");
    assert_eq!(same["diverges"], Json::Null);
    assert_eq!(same["elsewhere"], Json::Null);
    states[2]["hist"] = json!([7]);
    let other = post(&states);
    assert_eq!(other["path"]["steps"], "0");
    assert_eq!(other["diverges"]["number"], 2);
    assert!(other["diverges"]["instead"].is_object());
}

/// What is said of a file that is imported into the broken outbox.
fn import(explorer: &Explorer, file: &Json) -> Json {
    let host = explorer.address.to_string();
    let path = format!("/api/v1{BROKEN}/import");
    let answer = explorer.with("POST", &path, &host, "", &file.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    let (from, to) = (
        answer.body.find('{').unwrap(),
        answer.body.rfind('}').unwrap(),
    );
    serde_json::from_str(&answer.body[from..=to]).unwrap()
}

#[test]
fn a_file_that_was_recorded_on_another_model_says_so() {
    let explorer = Explorer::start(&[]);
    let start = explorer.json(&format!("{BROKEN}/trace"))["start"]["state"].take();
    let elsewhere = |meta: Json| {
        let file = json!({ "#meta": meta, "states": [start] });
        import(&explorer, &file)["elsewhere"].clone()
    };
    let own = "tandem outbox:save-then-publish";
    let digest = explorer.json(BROKEN)["digest"].clone();
    for meta in [
        json!({ "source": own, "parameters": { "crash": 1 }, "digest": digest }),
        json!({ "source": "specs/MCOutbox.tla" }),
        json!({ "source": "Outbox.tla" }),
        json!({ "source": "by hand" }),
        json!({}),
    ] {
        assert_eq!(elsewhere(meta), Json::Null);
    }
    let said = |meta: Json| elsewhere(meta).as_str().unwrap().to_owned();
    assert_eq!(
        said(json!({ "source": "tandem outbox:transactional" })),
        "it was recorded on outbox:transactional, and this is outbox:save-then-publish"
    );
    assert_eq!(
        said(json!({ "source": "ChargeOnce.tla" })),
        "it was recorded on ChargeOnce.tla, and this is outbox:save-then-publish"
    );
    assert_eq!(
        said(json!({ "source": own, "parameters": { "crash": 3 } })),
        "it was recorded with crash 3 instead of 1"
    );
    assert_eq!(
        said(json!({ "source": own, "digest": "0" })),
        "it was recorded on another version of this model"
    );
}
