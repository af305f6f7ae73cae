//! What the server has beside the model: rooms, exports, the handbook.

use serde_json::{Value as Json, json};

use super::*;
use crate::served::{Explorer, hears};

#[test]
fn a_room_hears_who_comes_who_goes_and_where_the_driver_is() {
    let explorer = Explorer::start(&["--share"]);
    let room = explorer.send("POST", "/rooms", r#"{"name":"Ada"}"#);
    let code = room["state"]["code"].as_str().unwrap();
    let bo = explorer.send("POST", &format!("/rooms/{code}/join"), r#"{"name":"Bo"}"#);
    let events = |id: &Json| format!("/rooms/{code}/events/{}", id.as_str().unwrap());
    let listens = |id: &Json| explorer.listen(&events(id));
    let away = |state: &Json, at: usize| !state["members"][at]["away"].is_null();
    let mut follower = listens(&bo["id"]);
    hears(&mut follower, |state| away(state, 0) && !away(state, 1));
    let mut driver = listens(&room["id"]);
    let state = hears(&mut follower, |state| !away(state, 0));
    assert_eq!(state["free"], Json::Null);
    hears(&mut driver, |state| !away(state, 1));
    let drive = json!({ "secret": room["secret"], "place": "/outbox/transactional" }).to_string();
    explorer.send("PUT", &format!("/rooms/{code}/place"), &drive);
    hears(&mut follower, |state| {
        state["place"] == "/outbox/transactional"
    });
    drop(driver);
    let state = hears(&mut follower, |state| away(state, 0));
    assert!(state["free"].as_f64().unwrap() > 0.0);
    let take = json!({ "secret": bo["secret"], "to": bo["id"] }).to_string();
    let path = format!("/api/v1/rooms/{code}/wheel");
    let json = "Content-Type: application/json\r\n";
    let early = explorer.with("POST", &path, &explorer.address.to_string(), json, &take);
    assert_eq!(early.status, 403, "the driver may only be loading the page");
    let leave = json!({ "secret": room["secret"] }).to_string();
    explorer.send("POST", &format!("/rooms/{code}/leave"), &leave);
    let state = hears(&mut follower, |state| state["driver"].is_null());
    assert_eq!(state["members"].as_array().unwrap().len(), 1);
    let state = explorer.send("POST", &format!("/rooms/{code}/wheel"), &take);
    assert_eq!(state["driver"], bo["id"]);
}

/// The page's "Copy as" and `tandem check --save-trace` have one source.
#[test]
fn a_path_is_exported_as_the_command_writes_it() {
    use tandem_models::catalogue::Overrides;
    use tandem_runner::enumerate::End;
    use tandem_runner::explorer::export::{Exported, Form};
    let explorer = Explorer::start(&["outbox:save-then-publish"]);
    let steps = counterexample(&explorer, "outbox/save-then-publish", "NoDoubleEffect");
    let catalogue = tandem_models::protocols::catalogue();
    let instances = catalogue.select(Some("outbox:save-then-publish"), &Overrides::default());
    let exported = Exported {
        instance: &instances.unwrap()[0],
        indices: steps
            .split('.')
            .map(|index| index.parse().unwrap())
            .collect(),
        end: End::Open,
        property: Some("NoDoubleEffect"),
        catalogue: catalogue.path(),
    };
    for form in Form::ALL {
        let asked = format!("{BROKEN}/export/{form}?steps={steps}&property=NoDoubleEffect");
        let answer = explorer.json(&asked);
        let (_, text) = exported.files(form, "TandemTrace").unwrap().remove(0);
        assert_eq!(answer["text"].as_str().unwrap(), text, "{form}");
        assert_eq!(answer["extension"], form.extension());
    }
    let unknown = explorer.get(&format!("/api/v1{BROKEN}/export/gif"));
    assert_eq!(unknown.status, 404, "{}", unknown.body);
    let said = "'gif' is not a form of a trace";
    assert!(unknown.body.contains(said), "{}", unknown.body);
}

#[test]
fn the_handbook_is_served_with_its_style_and_without_a_network() {
    let explorer = Explorer::start(&[]);
    let first = explorer.get("/handbook/");
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(
        first.head.contains("content-type: text/html"),
        "{}",
        first.head
    );
    assert!(
        first.body.contains("href=\"two-tabs.html\""),
        "{}",
        first.body
    );
    let exercise = explorer.get("/handbook/two-tabs.html");
    assert!(
        exercise.body.contains("<h1 id=\"two-tabs\">"),
        "{}",
        exercise.body
    );
    let style = explorer.get("/handbook/style.css");
    assert!(
        style.head.contains("content-type: text/css"),
        "{}",
        style.head
    );
    let beginning = explorer.get("/handbook");
    assert!(
        beginning.head.contains("location: /handbook/"),
        "{}",
        beginning.head
    );
    assert_eq!(explorer.get("/handbook/nowhere.html").status, 404);
}
