//! `tandem compare --spec`: a spec of somebody's own, without Java.

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
