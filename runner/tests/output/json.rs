//! Output as JSON.

use serde_json::Value as Json;
use tandem_models::protocols::catalogue;
use tandem_runner::output::json;
use tandem_runner::output::listing::Protocol;
use tandem_runner::report::Failure;

use super::made::{comparison, cut_short, instance, manifest, redirect, report};

fn parsed(write: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>) -> Json {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// Fails unless the object has exactly these fields: one more is documented before it is added.
#[track_caller]
fn assert_fields(object: &Json, fields: &str) {
    let mut found: Vec<_> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected: Vec<_> = fields.split_whitespace().collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

fn failure() -> Failure {
    Failure::new(&instance("outbox:marked-before"), &"TLC ran out of memory")
}

#[track_caller]
fn assert_is_failure(error: &Json) {
    assert_fields(error, "protocol variant parameters error");
    assert_eq!(error["variant"], "marked-before");
    assert_eq!(error["error"], "TLC ran out of memory");
}

#[test]
fn json_of_check() {
    let reports = [
        report("outbox:check-and-return"),
        cut_short("outbox:check-and-return", 10),
    ];
    let json = parsed(|out| json::reports(out, &reports, &[failure()]));
    assert_fields(&json, "version results errors");
    assert_eq!(json["version"], 1);
    assert_is_failure(&json["errors"][0]);
    let result = &json["results"][0];
    let fields = "protocol variant parameters engine liveness specs complete incomplete symmetry states transitions depth \
                  actions deadlock properties random";
    assert_fields(result, fields);
    assert_eq!(result["random"], Json::Null);
    assert_eq!(result["protocol"], "outbox");
    assert_eq!(result["variant"], "check-and-return");
    assert_eq!(result["engine"], "stateright");
    assert_eq!(
        (&result["complete"], &result["incomplete"]),
        (&true.into(), &Json::Null)
    );
    assert_eq!(
        (&result["states"], &result["transitions"]),
        (&22.into(), &25.into())
    );
    assert_eq!(result["depth"], 9);
    let parameters = serde_json::json!({
        "copies": 1, "messages": 1, "slots": 1, "crash": 1, "duplicate": 0, "lease": 0
    });
    assert_eq!(result["parameters"], parameters);

    let properties = result["properties"].as_array().unwrap();
    let named = |name: &str| properties.iter().find(|p| p["name"] == name).unwrap();
    let fields = "name promise expectation claimed expected why verdict steps trace";
    properties
        .iter()
        .for_each(|property| assert_fields(property, fields));
    let lost = named("NoLostOutput");
    assert_eq!(
        (&lost["expectation"], &lost["claimed"]),
        (&"always".into(), &true.into())
    );
    assert_eq!(
        (&lost["expected"], &lost["verdict"]),
        (&"violated".into(), &"violated".into())
    );
    assert_eq!(lost["steps"], 8);
    assert_fields(&lost["trace"], "start steps replayed end");
    let step = &lost["trace"]["steps"][3];
    assert_fields(
        step,
        "number action actor slot message fault words changes state",
    );
    assert_eq!(
        (&step["action"], &step["fault"]),
        (&"Crash".into(), &"crash".into())
    );
    assert_fields(&step["changes"][0], "path kind before after");
    let ghost = named("NoGhostEver");
    assert_eq!(
        (&ghost["verdict"], &ghost["steps"]),
        (&"holds".into(), &Json::Null)
    );
    let done = named("AllDone");
    assert_eq!(
        (&done["expectation"], &done["verdict"]),
        (&"sometimes".into(), &"holds".into())
    );
    assert_eq!(done["steps"], 5);
}

#[test]
fn json_of_a_run_that_was_cut_short_never_says_holds() {
    let json = parsed(|out| json::reports(out, &[cut_short("outbox", 10)], &[]));
    let result = &json["results"][0];
    assert_eq!(result["complete"], false);
    assert!(
        result["incomplete"]
            .as_str()
            .unwrap()
            .contains("--max-states")
    );
    for property in result["properties"].as_array().unwrap() {
        let unknown = property["verdict"] == "unknown";
        // A witness that is reached is reached, however short the run.
        assert!(
            unknown || property["expectation"] == "sometimes",
            "{property}"
        );
    }
}

#[test]
fn json_of_compare() {
    let comparisons = [
        comparison("outbox:check-and-return", |_| {}),
        comparison("outbox:check-and-return", redirect),
    ];
    let json = parsed(|out| json::comparisons(out, &comparisons, &[failure()]));
    assert_fields(&json, "version comparisons errors");
    assert_eq!(json["version"], 1);
    assert_is_failure(&json["errors"][0]);
    let equal = &json["comparisons"][0];
    assert_fields(
        equal,
        "protocol variant parameters engine specs symmetry equal rust tla guarantees fairness \
         left_out divergence",
    );
    assert_eq!(
        (&equal["equal"], &equal["divergence"]),
        (&true.into(), &Json::Null)
    );
    let rust = serde_json::json!({ "states": 22, "raw_states": 23, "transitions": 25 });
    assert_eq!(equal["rust"], rust);
    assert_eq!(
        equal["tla"],
        serde_json::json!({ "states": 22, "transitions": 25 })
    );

    let different = &json["comparisons"][1];
    assert_eq!(different["equal"], false);
    let divergence = &different["divergence"];
    assert_fields(
        divergence,
        "kind path only action state instead apart others",
    );
    assert_eq!(
        (&divergence["kind"], &divergence["only"]),
        (&"graphs".into(), &"rust".into())
    );
    assert_eq!(divergence["path"]["steps"].as_array().unwrap().len(), 1);
}

#[test]
fn json_of_list() {
    let (catalogue, manifest) = (catalogue(), manifest());
    let all = catalogue.protocols();
    let all: Vec<_> = all
        .map(|protocol| Protocol::of(protocol, &manifest))
        .collect();
    let json = parsed(|out| json::list(out, &all));
    assert_fields(&json, "version protocols");
    let protocols = json["protocols"].as_array().unwrap();
    let outbox = protocols.iter().find(|p| p["name"] == "outbox").unwrap();
    let fields = "name part title goal module actors variants parameters faults guarantees larger";
    assert_fields(outbox, fields);
    assert_eq!(
        (&outbox["part"], &outbox["title"]),
        (&2.into(), &"Outbox".into())
    );
    let variants = outbox["variants"].as_array().unwrap();
    let variant = variants
        .iter()
        .find(|v| v["name"] == "check-and-return")
        .unwrap();
    assert_fields(
        variant,
        "name summary right default claims expected why bounds faults price survives attempts",
    );
    let price = &variant["price"];
    assert_fields(
        price,
        "reads writes sends asks linear endpoints keeps needs runs",
    );
    assert_fields(&price["keeps"], "end most messages");
    assert_fields(&price["runs"][0], "messages reads writes sends asks");
    assert!(variant["survives"].is_null(), "it is a wrong variant");
    assert_eq!(
        (&variant["right"], &variant["default"]),
        (&false.into(), &false.into())
    );
    assert_eq!(variant["claims"][0], "NoDoubleEffect");
    assert_eq!(variant["expected"]["NoLostOutput"], "violated");
    assert_eq!(variant["expected"]["NoGhostEver"], "holds");
    let parameter = &outbox["parameters"][0];
    assert_fields(parameter, "name constant default min max allows");
    assert_fields(&outbox["faults"][0], "name summary max allows");
    assert_fields(&outbox["larger"][0], "variant bounds faults tlc");
}
