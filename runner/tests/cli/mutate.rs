//! `tandem mutate`: what it prints, and how it judges survivors.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::place::{Ended, Place, run};

const NEWER_WINS: &str = "immutable-data:newer-wins";

/// A list of accepted survivors in a folder of its own, with these mutants.
fn listed(mutants: &[&str]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("survivors.toml");
    let text =
        format!("[[survivor]]\nreason = \"a newer revision replaces it\"\nmutants = {mutants:?}\n");
    fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    (folder, file)
}

fn judged_by(mutants: &[&str]) -> Ended {
    let (_folder, file) = listed(mutants);
    run(&format!("mutate {NEWER_WINS} --accepted {file}"))
}

const SURVIVORS: [&str; 2] = [
    "immutable-data:newer-wins/Publish/put-off",
    "immutable-data:newer-wins/Publish/ack-early",
];

#[test]
fn a_survivor_that_is_not_accepted_fails() {
    let ended = judged_by(&SURVIVORS[..1]);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let accepted = format!(
        "{}: survives, accepted: a newer revision replaces it",
        SURVIVORS[0]
    );
    assert!(ended.stdout.contains(&accepted), "{}", ended.stdout);
    let survives = format!("{}: survives: only the comparison finds it", SURVIVORS[1]);
    assert!(ended.stdout.contains(&survives), "{}", ended.stdout);
    let rate = "Of 17 mutants whose graph differs, a guarantee, another check or the price finds 15: 88.2 %.";
    assert!(ended.stdout.contains(rate), "{}", ended.stdout);
}

#[test]
fn accepted_survivors_pass_and_those_that_survive_no_more_are_told() {
    let [one, other] = SURVIVORS;
    let found = "immutable-data:newer-wins/Save/skip";
    let gone = "immutable-data:newer-wins/Load/misspelt";
    let ended = judged_by(&[one, other, found, gone]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    for said in [
        format!("{found} is listed as a survivor: it is found now"),
        format!("{gone} is listed as a survivor: no such mutant is made any more"),
    ] {
        assert!(ended.stdout.contains(&said), "{}", ended.stdout);
    }
}

#[test]
fn what_was_not_tried_is_no_pass() {
    let (_folder, file) = listed(&SURVIVORS);
    let ended = run(&format!(
        "mutate {NEWER_WINS} --accepted {file} --time-limit 0"
    ));
    assert_eq!(ended.code, Some(2), "{}", ended.stdout);
    let ended = run(&format!(
        "mutate {NEWER_WINS} --accepted {file} --max-states 20"
    ));
    assert_eq!(ended.code, Some(2), "{}", ended.stdout);
    let why = "the original was not enumerated completely: stopped at 20 raw states";
    assert!(ended.stderr.contains(why), "{}", ended.stderr);
}

#[test]
fn a_wrong_variant_and_a_list_that_is_none_are_refused() {
    let ended = run("mutate charge-once:no-key");
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    insta::assert_snapshot!(ended.stderr, @"error: charge-once:no-key is not a correct variant whose claims all hold, and only those can be mutated; `tandem list` shows which variants are correct");
    let missing = Path::new("/nowhere/survivors.toml").display().to_string();
    let ended = run(&format!("mutate {NEWER_WINS} --accepted {missing}"));
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    assert!(
        ended
            .stderr
            .contains("/nowhere/survivors.toml cannot be read"),
        "{}",
        ended.stderr
    );
}

#[test]
fn json_says_of_each_mutant_what_finds_it() {
    let (_folder, file) = listed(&SURVIVORS);
    let arguments = format!("mutate {NEWER_WINS} --accepted {file} --format json");
    let place = Place::new();
    let output = place.tandem(&arguments).output().unwrap();
    let ended = place.ended(&output);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let json: Json = serde_json::from_str(&ended.stdout).unwrap();
    let variant = &json["variants"][0];
    assert_eq!(variant["total"], json["total"]);
    assert_eq!(variant["total"]["mutants"], 18);
    let mutants = variant["mutants"].as_array().unwrap();
    let of = |name: &str| mutants.iter().find(|one| one["name"] == name).unwrap();
    let skipped = of("immutable-data:newer-wins/Save/skip");
    assert_eq!(skipped["found_by"], "guarantee");
    assert!(skipped["steps"].as_u64().unwrap() > 0);
    assert_eq!(of(SURVIVORS[0])["found_by"], "comparison");
    assert_eq!(of(SURVIVORS[0])["accepted"], "a newer revision replaces it");
}
