//! `tandem compare --spec`: a user's spec, without Java.

use super::place::{Place, refused, run};

const MODULE: &str = "---- MODULE Own ----\nVARIABLE x\nInit == x = 0\nGo == x' = 1 - x\n\
                      Spec == Init /\\ [][Go]_x\n====\n";

/// A place with a spec that has nothing to do with a model, and the command that compares the two.
fn other_spec() -> (Place, String) {
    let place = Place::new();
    std::fs::write(place.path("Own.tla"), MODULE).unwrap();
    std::fs::write(place.path("Own.cfg"), "SPECIFICATION Spec\n").unwrap();
    let file = place.path("Own.tla");
    let command = format!(
        "compare double-submit:naive --engine tla-rs --spec {}",
        file.display()
    );
    (place, command)
}

#[test]
fn a_spec_that_does_not_match_is_explained_and_not_run() {
    let (place, command) = other_spec();
    let said = place.refused(&command);
    assert!(said.contains("so nothing was run"), "{said}");
    assert!(said.contains("variable x: the spec declares it"), "{said}");
    assert!(
        said.contains("actions that only the spec has: Go"),
        "{said}"
    );
    // A name that is mapped must be one of the model.
    let said = place.refused(&format!("{command} --action Click=Go"));
    assert!(said.contains("has no action of this name"), "{said}");
}

/// The rendered spec of a variant in a folder, and the command that compares with it in this process.
fn rendered() -> (Place, String) {
    let place = Place::new();
    let folder = place.path("own");
    let shown = place.run(&format!(
        "show double-submit:naive --into {}",
        folder.display()
    ));
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    let command = format!(
        "compare double-submit:naive --engine tla-rs --spec {}/MCDoubleSubmit.tla",
        folder.display()
    );
    (place, command)
}

#[test]
fn in_this_process_the_known_differences_are_named() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    let (place, command) = rendered();
    let equal = place.run(&command);
    assert_eq!(equal.code, Some(0), "{}{}", equal.stdout, equal.stderr);
    let named = equal.stdout.matches("tla-rs is not TLC: ").count();
    assert_eq!(
        named,
        tandem_tla_rs::KNOWN_DIFFERENCES.len(),
        "{}",
        equal.stdout
    );
    let json = place.run(&format!("{command} --format json"));
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["comparisons"][0]["equal"], true);
    assert_eq!(json["comparisons"][0]["module"], "MCDoubleSubmit");
    let refines = place.run(&format!("{command} --refines"));
    assert_eq!(
        refines.code,
        Some(0),
        "{}{}",
        refines.stdout,
        refines.stderr
    );
    assert!(
        refines.stdout.contains("refines the spec MCDoubleSubmit"),
        "{}",
        refines.stdout
    );
}

#[test]
fn a_spec_that_is_not_evaluated_in_time_is_given_up() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    let (place, command) = rendered();
    let module = place.path("own/DoubleSubmit.tla");
    let text = std::fs::read_to_string(&module).unwrap();
    // Each evaluation of this takes longer than the limit; then one that asks for too much memory at once.
    for (what, said) in [
        (
            "\\A a, b, c, d \\in 1..2000 : a + b + c + d > 0",
            "it took more than 1 s",
        ),
        ("\\A n \\in 1..2000000000 : n > 0", "let TLC run it"),
    ] {
        let other = text.replacen("\nInit ==", &format!("\nInit ==\n    /\\ {what}"), 1);
        assert_ne!(text, other);
        std::fs::write(&module, other).unwrap();
        let refused = place.refused(&format!("{command} --time-limit 1"));
        let head = "the spec was not evaluated to its end";
        assert!(
            refused.contains(head) && refused.contains(said),
            "{refused}"
        );
    }
}

#[test]
fn options_of_a_spec_need_one() {
    let said = refused("compare outbox --action Publish=Send");
    assert!(said.contains("--spec <FILE>"), "{said}");
    let said = refused("compare outbox --spec /nowhere/Own.tla");
    assert!(said.contains("/nowhere/Own.cfg"), "{said}");
    assert_eq!(
        run("compare outbox --spec Own.tla --action Publish").code,
        Some(2)
    );
}
