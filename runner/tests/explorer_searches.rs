//! Several readers of one explorer search at once: no search is stopped for another one.

use crate::served::{Explorer, hears};
use serde_json::Value as Json;

/// A graph of some hundred thousand states, or more.
fn large(copies: u8) -> String {
    format!(
        "/models/outbox/transactional/search?messages=3&slots=2&copies={copies}&crash=2&lease=1"
    )
}

#[test]
fn a_third_search_waits_for_its_turn_and_a_small_one_does_not() {
    let explorer = Explorer::start(&["--max-states", "2000000"]);
    let mut readers: Vec<_> = [1, 2]
        .map(|copies| {
            let mut reader = explorer.listen(&large(copies));
            hears(&mut reader, |told| {
                told["before"].is_null() && told["states"].as_u64() > Some(40_000)
            });
            reader
        })
        .into();
    let mut third = explorer.listen(&large(3));
    hears(&mut third, |told| told["before"] == 2);
    let small = explorer.last_event("/models/outbox/save-then-publish/search");
    assert_eq!(small["complete"], true);
    for reader in &mut readers {
        let told = hears(reader, |told| told["states"].as_u64() > Some(60_000));
        assert_ne!(told["interrupted"], true, "{told}");
    }
}

#[test]
fn without_java_the_spec_is_evaluated_by_the_server() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    let explorer = Explorer::without_java();
    let model = "/models/outbox/reject-duplicates";
    let rust = explorer.last_event(&format!("{model}/search"));
    let verdicts = |report: &Json| {
        let properties = report["properties"].as_array().unwrap().iter();
        let all = properties.map(|one| (one["name"].to_string(), one["verdict"].to_string()));
        all.collect::<std::collections::BTreeMap<_, _>>()
    };
    let tla = explorer.last_event(&format!("{model}/tlc"));
    assert_eq!(tla["engine"], "tla-rs");
    let why = tla["without_tlc"].as_str().unwrap();
    assert!(why.contains("java was not found"), "{why}");
    assert_eq!(tla["states"], rust["states"]);
    assert_eq!(verdicts(&tla), verdicts(&rust));
    let imported = |one: &Json| one["imported"].as_object().cloned();
    let traces: Vec<_> = tla["properties"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(imported)
        .collect();
    assert!(traces.len() > 3, "{traces:?}");
    for trace in traces {
        assert_eq!(
            (&trace["source"], &trace["diverges"]),
            (&Json::from("tla-rs"), &Json::Null)
        );
    }
    let chosen = explorer.last_event(&format!("{model}/tlc?engine=tla-rs"));
    assert_eq!(
        chosen["without_tlc"],
        "the engine in this process was asked for"
    );
    let wrong = explorer.get(&format!("/api/v1{model}/tlc?engine=apalache"));
    assert_eq!(wrong.status, 400, "{}", wrong.body);
}
