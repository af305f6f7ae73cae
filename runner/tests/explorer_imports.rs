//! Files that are imported into the explorer: how far the Rust model takes the same steps, and what a
//! file says of the model that it was recorded on.

use crate::served::Explorer;
use serde_json::{Value as Json, json};
use tandem_models::value::Value;

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
    import_at(explorer, &file.to_string(), 0)
}

/// The same, of one of several behaviours.
fn import_at(explorer: &Explorer, file: &str, place: usize) -> Json {
    let host = explorer.address.to_string();
    let path = format!("/api/v1{BROKEN}/import?offset={place}");
    let answer = explorer.with("POST", &path, &host, "", file);
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

/// The states of the first steps of the broken outbox, as TLC prints them.
fn printed(explorer: &Explorer) -> Vec<(String, String)> {
    let trace = explorer.json(&format!("{BROKEN}/trace?steps=0.0.0"));
    let tla = |state: &Json| {
        let variables = state.as_object().unwrap().iter();
        let lines = variables
            .map(|(name, json)| format!("/\\ {name} = {}\n", Value::from_json(json).unwrap()));
        lines.collect::<String>()
    };
    let steps = trace["steps"].as_array().unwrap().iter();
    let header = |step: &Json| {
        let action = step["action"].as_str().unwrap();
        format!("<{action}(1) line 1, col 1 to line 1, col 9 of module M>")
    };
    let first = (
        "<Initial predicate>".to_owned(),
        tla(&trace["start"]["state"]),
    );
    let rest = steps.map(|step| (header(step), tla(&step["state"])));
    std::iter::once(first).chain(rest).collect()
}

fn log(name: &str, states: &[(String, String)]) -> String {
    let states = states
        .iter()
        .enumerate()
        .map(|(place, (header, state))| format!("State {}: {header}\n{state}\n", place + 1));
    let states: String = states.collect();
    format!(
        "Error: Invariant {name} is violated.\nError: The behavior up to this point is:\n{states}"
    )
}

#[test]
fn of_several_behaviours_in_a_log_one_is_chosen() {
    let explorer = Explorer::start(&[]);
    let states = printed(&explorer);
    let file = format!("{}{}", log("First", &states[..2]), log("Second", &states));
    let first = import_at(&explorer, &file, 0);
    assert_eq!(first["property"], "First");
    assert_eq!(
        first["behaviours"],
        json!([{ "heading": "Invariant First is violated", "steps": 1 },
               { "heading": "Invariant Second is violated", "steps": 3 }])
    );
    let second = import_at(&explorer, &file, 1);
    assert_eq!(
        (&second["property"], &second["chosen"]),
        (&json!("Second"), &json!(1))
    );
    assert_eq!(second["path"]["steps"], "0.0.0");
    assert_eq!(second["diverges"], Json::Null);
}

#[test]
fn a_step_that_changes_nothing_is_not_a_difference() {
    let explorer = Explorer::start(&[]);
    let mut states = printed(&explorer);
    let same = states[1].1.clone();
    states.insert(
        2,
        (
            "<Wait line 1, col 1 to line 1, col 9 of module M>".to_owned(),
            same,
        ),
    );
    let imported = import_at(&explorer, &log("P", &states), 0);
    assert_eq!(imported["diverges"], Json::Null);
    assert_eq!(imported["path"]["steps"], "0.0.0");
    let steps = imported["steps"].as_array().unwrap().iter();
    let places: Vec<_> = steps.map(|step| step["rust"].as_u64()).collect();
    assert_eq!(places, [Some(1), None, Some(2), Some(3)]);
    assert_eq!(imported["steps"][1]["stutters"], true);
}

#[test]
fn a_file_of_another_spec_is_told_by_its_variables() {
    let explorer = Explorer::start(&[]);
    let mut file = json!({ "states": [{ "balance": 1, "hist": [] }] });
    let parts = import(&explorer, &file)["diverges"].take();
    assert_eq!(parts["other_spec"], true);
    let reason = parts["reason"].as_str().unwrap();
    assert!(
        reason.starts_with(
            "it belongs to another spec: only the file has balance; only this model has acked, "
        ),
        "{reason}"
    );
    // A variable that is missing later on is told as such.
    let start = explorer.json(&format!("{BROKEN}/trace"))["start"]["state"].take();
    let mut lacking = start.clone();
    lacking.as_object_mut().unwrap().remove("hist");
    file["states"] = json!([start, lacking]);
    let parts = import(&explorer, &file)["diverges"].take();
    assert_eq!(parts["number"], 1);
    assert_eq!(parts["reason"], "the recorded state has no value for hist");
}

#[test]
fn the_model_that_a_behaviour_is_of_is_offered() {
    let explorer = Explorer::start(&[]);
    let other = "/models/outbox/publish-then-save";
    let trace = explorer.json(&format!("{other}/trace?steps=0.0.0"));
    let steps = trace["steps"].as_array().unwrap().iter();
    let states: Vec<_> = std::iter::once(&trace["start"]["state"])
        .chain(steps.map(|step| &step["state"]))
        .collect();
    // By what the steps are, and by what the file says.
    let bare = import(&explorer, &json!({ "states": states }));
    assert_eq!(bare["offer"]["protocol"], "outbox");
    assert_eq!(bare["offer"]["parameters"], json!({}));
    let offered = bare["offer"]["variant"].as_str().unwrap();
    assert_ne!(offered, "save-then-publish");
    let meta = json!({ "source": "tandem outbox:publish-then-save", "parameters": { "crash": 0 } });
    let named = import(&explorer, &json!({ "#meta": meta, "states": states }));
    assert_eq!(named["offer"]["variant"], "publish-then-save");
    assert_eq!(named["offer"]["parameters"], json!({ "crash": 0 }));
    // Nothing is offered where the file is of the model that is open.
    let own = printed(&explorer);
    assert_eq!(
        import_at(&explorer, &log("P", &own), 0)["offer"],
        Json::Null
    );
}
