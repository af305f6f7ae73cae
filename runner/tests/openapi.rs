//! The explorer's JSON is what its OpenAPI description says, and `docs/openapi.json` is that.
//!
//! `TANDEM_UPDATE=1 cargo test -p tandem-runner --features openapi --test suite openapi` writes the file.

use std::collections::BTreeSet;
use std::path::Path;

use crate::served::{Explorer, hears};
use jsonschema::Validator;
use serde_json::{Value as Json, json};
use tandem_runner::explorer::openapi;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

#[test]
fn the_description_in_docs_is_that_of_the_server() {
    let text = openapi::document().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("TANDEM_UPDATE").is_some() {
        std::fs::write(Path::new(FILE), &text).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == text,
        "docs/openapi.json is not what the server describes; \
         `TANDEM_UPDATE=1 cargo test -p tandem-runner --features openapi --test suite openapi` writes it, \
         and `npm --prefix explorer-ui run build` the page's types from it"
    );
}

/// The schemas of the description; each remembers that it was asked about.
struct Described {
    schemas: Json,
    seen: BTreeSet<&'static str>,
}

impl Described {
    fn new() -> Self {
        let mut document = serde_json::to_value(openapi::document()).unwrap();
        let mut schemas = document["components"]["schemas"].take();
        close(schemas.as_object_mut().unwrap());
        Described {
            schemas,
            seen: BTreeSet::new(),
        }
    }

    /// Fails unless it is one of these.
    fn check(&mut self, name: &'static str, answer: &Json) {
        let schema = json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": { "schemas": self.schemas },
        });
        let validator: Validator = jsonschema::draft202012::new(&schema).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(answer)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        self.seen.insert(name);
    }
}

/// Objects have no other fields than those described. What others are put together of stays open:
/// it would forbid what they bring besides.
fn close(schemas: &mut serde_json::Map<String, Json>) {
    let items = schemas
        .values()
        .filter_map(|schema| schema["allOf"].as_array());
    let parts: BTreeSet<String> = items
        .flatten()
        .filter_map(|item| Some(item["$ref"].as_str()?.rsplit('/').next()?.to_owned()))
        .collect();
    for (name, schema) in schemas {
        if !parts.contains(name) && (schema["properties"].is_object() || schema["allOf"].is_array())
        {
            schema["unevaluatedProperties"] = false.into();
        }
    }
}

const BROKEN: &str = "/models/outbox/save-then-publish";

#[test]
fn every_answer_is_as_it_is_described() {
    let explorer = Explorer::start(&["outbox:save-then-publish", "--share"]);
    let mut described = Described::new();
    described.check("Catalogue", &explorer.json("/catalogue"));
    described.check("Model", &explorer.json(BROKEN));
    described.check("SpecText", &explorer.json(&format!("{BROKEN}/spec")));
    for model in [BROKEN, "/models/outbox/reject-duplicates"] {
        let report = explorer.last_event(&format!("{model}/search"));
        described.check("Report", &report);
        for property in report["properties"].as_array().unwrap() {
            let path = &property["path"];
            let Some(steps) = path["steps"].as_str() else {
                continue;
            };
            let end = match &path["end"] {
                Json::Null => String::new(),
                Json::String(end) => format!("&end={end}"),
                end => format!("&end={end}"),
            };
            let of = |about: &str| explorer.json(&format!("{model}/{about}?steps={steps}"));
            let trace = explorer.json(&format!("{model}/trace?steps={steps}{end}"));
            described.check("Trace", &trace);
            described.check("Next", &of("next"));
            described.check("Fix", &of("fix"));
            described.check("GraphView", &of("graph"));
        }
    }
    let large = "/models/outbox/marked-after/search?messages=4&slots=3&crash=2";
    let found = |told: &Json| told["properties"][0].is_object();
    described.check("Progress", &hears(&mut explorer.listen(large), found));
    let unknown = explorer.get("/api/v1/models/outbox/nothing");
    assert_eq!(unknown.status, 404);
    described.check("Problem", &unknown.parsed());
    let state = json!({ "#meta": { "index": 0 }, "hist": [] });
    let itf = json!({ "vars": ["hist"], "states": [state] }).to_string();
    let import = explorer.send("POST", &format!("{BROKEN}/import"), &itf);
    described.check("Imported", &import);
    described.check("Course", &explorer.json("/course"));
    described.check("Exercise", &explorer.json("/course/two-tabs"));
    described.check("Solution", &explorer.json("/course/two-tabs/solution"));
    let build = hears(&mut explorer.listen("/course/build"), Json::is_object);
    described.check("CourseHead", &build);
    let room = explorer.send("POST", "/rooms", "{}");
    described.check("Joined", &room);
    let code = room["state"]["code"].as_str().unwrap();
    let joined = explorer.send("POST", &format!("/rooms/{code}/join"), r#"{"name":"Ada"}"#);
    described.check("Joined", &joined);
    let drive = json!({ "secret": room["secret"], "place": "/" }).to_string();
    let driven = explorer.send("PUT", &format!("/rooms/{code}/place"), &drive);
    described.check("RoomState", &driven);
    assert_eq!(described.seen.len(), 17);
}
