//! `tandem check --save-trace` and `tandem replay --on`.

use std::fs;

use super::place::Place;

/// The exit code and standard error of a command in a folder of its own.
fn in_folder(place: &Place, arguments: &str) -> (Option<i32>, String) {
    let folder = place.path("work");
    fs::create_dir_all(&folder).unwrap();
    let output = place
        .tandem(arguments)
        .current_dir(&folder)
        .output()
        .unwrap();
    let ended = place.ended(&output);
    (ended.code, ended.stderr)
}

#[test]
fn each_counterexample_is_a_file_that_is_called_after_it() {
    let place = Place::new();
    let (code, err) = in_folder(
        &place,
        "check outbox:save-then-publish --save-trace mermaid",
    );
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(err.matches("saved ").count(), 3, "{err}");
    let file = place.path("work/outbox-save-then-publish-NoDoubleEffect.mmd");
    assert!(
        fs::read_to_string(file)
            .unwrap()
            .starts_with("sequenceDiagram\n")
    );
}

#[test]
fn what_is_saved_is_replayed_and_where_it_was_changed_the_two_part() {
    let place = Place::new();
    let check =
        "check outbox:save-then-publish --save-trace json=a.json --save-trace itf=b.itf.json";
    assert_eq!(in_folder(&place, check).0, Some(1));
    for file in ["a.json", "b.itf.json"] {
        assert_eq!(
            in_folder(&place, &format!("replay {file}")).0,
            Some(0),
            "{file}"
        );
    }
    let file = place.path("work/a.json");
    let text = fs::read_to_string(&file).unwrap();
    let other = text.replacen("\"action\": \"Save\"", "\"action\": \"Publish\"", 1);
    assert_ne!(text, other);
    fs::write(&file, other).unwrap();
    let output = place
        .tandem("replay a.json")
        .current_dir(place.path("work"))
        .output()
        .unwrap();
    let ended = place.ended(&output);
    assert_eq!(ended.code, Some(1), "{}", ended.stdout);
    assert!(
        ended.stdout.contains("≠ they diverge at step 3"),
        "{}",
        ended.stdout
    );
}

#[test]
fn a_module_is_saved_with_all_that_it_needs_and_overwrites_nothing_else() {
    let place = Place::new();
    let check = "check outbox:save-then-publish --save-trace tla=trace/Double.tla";
    assert_eq!(in_folder(&place, check).0, Some(1));
    for file in [
        "Double.tla",
        "Double.cfg",
        "MCOutbox.tla",
        "Outbox.tla",
        "Guarantees.tla",
    ] {
        assert!(place.path("work/trace").join(file).is_file(), "{file}");
    }
    fs::write(place.path("work/trace/Outbox.tla"), "my own").unwrap();
    let (code, err) = in_folder(&place, check);
    assert_eq!(code, Some(2), "{err}");
    assert!(
        err.contains("Outbox.tla is there already, with another text"),
        "{err}"
    );
}

#[test]
fn what_cannot_be_saved_is_said() {
    let place = Place::new();
    let refused = [
        (
            "check outbox:all --save-trace svg=a.svg",
            "12 variants were checked",
        ),
        (
            "check outbox:save-then-publish --save-trace svg=a.png",
            "it has to end in .svg",
        ),
        (
            "check outbox --save-trace gif",
            "'gif' is not a form of a trace",
        ),
        (
            "check outbox:save-then-publish --save-trace tla=a-b.tla",
            "cannot be the name of a TLA+ module",
        ),
    ];
    for (command, said) in refused {
        let (code, err) = in_folder(&place, command);
        let said = said.trim_start_matches(char::is_numeric);
        assert!(code == Some(2) && err.contains(said), "{command}: {err}");
    }
    let (code, err) = in_folder(
        &place,
        "check outbox --set messages=1 --set slots=1 --guarantee NoDoubleEffect --save-trace svg",
    );
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains("no trace was saved: nothing is violated"),
        "{err}"
    );
}
