//! Tests with logs and traces in the forms in which people have them.

use super::*;

const TRACE: &str = "Error: Invariant NoGhost is violated.
Error: The behavior up to this point is:
State 1: <Initial predicate>
/\\ hist = <<>>
/\\ sent = {}

State 2: <Send(1) line 5, col 3 to line 6, col 9 of module M>
/\\ hist = <<>>
/\\ sent = { [ message |->
         [lines |-> 1] ] }

State 3: <Save line 8, col 3 to line 9, col 9 of module M>
/\\ hist = <<1>>
/\\ sent = { [ message |->
         [lines |-> 1] ] }

57 states generated, 24 distinct states found, 3 states left on queue.
";

fn one(text: &str) -> Behaviour {
    let mut all = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

fn refused(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

fn actions(behaviour: &Behaviour) -> Vec<&str> {
    let steps = behaviour.steps.iter();
    steps
        .map(|step| step.action.as_deref().unwrap_or("-"))
        .collect()
}

/// Every line of the trace with something before it.
fn each_line(prefix: impl Fn(usize) -> String) -> String {
    let lines = TRACE.lines().enumerate();
    lines
        .map(|(place, line)| format!("{}{line}\n", prefix(place)))
        .collect()
}

#[test]
fn a_plain_log_has_its_property_and_the_names_of_its_actions() {
    let behaviour = one(TRACE);
    assert_eq!(behaviour.heading, "Invariant NoGhost is violated");
    assert_eq!(behaviour.property.as_deref(), Some("NoGhost"));
    assert_eq!(actions(&behaviour), ["Send", "Save"]);
    assert_eq!(behaviour.ending, Ending::Open);
    assert!(behaviour.notes.is_empty());
    assert_eq!(behaviour.steps[1].state["hist"].to_string(), "<<1>>");
}

#[test]
fn logs_as_people_have_them_are_the_same_behaviour() {
    let plain = one(TRACE);
    let utf_16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let marked = [vec![0xff, 0xfe], utf_16(TRACE)].concat();
    for (what, bytes) in [
        (
            "Windows line ends",
            TRACE.replace('\n', "\r\n").into_bytes(),
        ),
        (
            "UTF-8 with a mark",
            [&[0xef, 0xbb, 0xbf], TRACE.as_bytes()].concat(),
        ),
        ("UTF-16 with a mark", marked),
        ("UTF-16 without", utf_16(TRACE)),
        ("indented", each_line(|_| "    ".into()).into_bytes()),
        ("quoted", each_line(|_| "> ".into()).into_bytes()),
        (
            "quoted without blanks at the ends",
            each_line(|_| "> ".into())
                .replace("> \n", ">\n")
                .into_bytes(),
        ),
        (
            "time stamps of CI",
            each_line(|n| format!("2026-11-30T08:54:{n:02}.1234567Z ")).into_bytes(),
        ),
        (
            "time stamps, the blank lines without a blank",
            each_line(|n| format!("[{n}.5 s] "))
                .replace("] \n", "]\n")
                .into_bytes(),
        ),
        (
            "job, step and time",
            each_line(|n| format!("tlc\tRun TLC\t2026-11-30T08:54:{n:02}.1Z ")).into_bytes(),
        ),
        (
            "colours",
            each_line(|_| "\u{1b}[36;1m".into())
                .replace('\n', "\u{1b}[0m\n")
                .into_bytes(),
        ),
        (
            "the lines of two jobs, one after another",
            format!(
                "job 1 | Starting...\n{}job 2 | done\n",
                each_line(|_| "job 1 | ".into())
            )
            .into_bytes(),
        ),
    ] {
        let read = read(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(read, std::slice::from_ref(&plain), "{what}");
    }
}

#[test]
fn several_traces_are_several_behaviours() {
    let other = TRACE.replace("NoGhost", "NoLoss");
    let all = read(format!("{TRACE}{other}").as_bytes()).unwrap();
    let properties: Vec<_> = all.iter().map(|b| b.property.as_deref()).collect();
    assert_eq!(properties, [Some("NoGhost"), Some("NoLoss")]);
    assert_eq!(all[0].steps, all[1].steps);
    // This also works if the second behaviour has no heading, as in a simulation.
    let states = &TRACE[TRACE.find("State 1").unwrap()..];
    let all = read(format!("{TRACE}{states}").as_bytes()).unwrap();
    assert_eq!(all[1].heading, "a trace without a heading");
    assert_eq!(all[0].steps, all[1].steps);
}

#[test]
fn difftrace_carries_over_what_did_not_change() {
    let short = TRACE
        .replacen("/\\ hist = <<>>\n/\\ sent = { [", "/\\ sent = { [", 1)
        .replacen(
            "/\\ hist = <<1>>\n/\\ sent = { [ message |->\n         [lines |-> 1] ] }\n",
            "/\\ hist = <<1>>\n",
            1,
        );
    let (whole, carried) = (one(TRACE), one(&short));
    assert_eq!(carried.steps, whole.steps);
    assert_eq!(carried.notes.len(), 1);
    assert!(
        carried.notes[0].contains("-difftrace"),
        "{:?}",
        carried.notes
    );
}

#[test]
fn headings_name_what_is_violated() {
    for (heading, property) in [
        ("Action property Grows is violated.", Some("Grows")),
        ("Temporal property Settles is violated.", Some("Settles")),
        ("Temporal property Settles was violated.", Some("Settles")),
        ("Temporal properties were violated.", None),
        ("Deadlock reached.", Some("Deadlock")),
        ("Evaluating invariant Small failed.", Some("Small")),
    ] {
        let text = TRACE.replacen("Invariant NoGhost is violated.", heading, 1);
        let behaviour = one(&text);
        assert_eq!(behaviour.property.as_deref(), property, "{heading}");
        assert_eq!(behaviour.heading, heading.trim_end_matches('.'));
    }
}

#[test]
fn an_initial_state_is_a_behaviour_of_one_state() {
    for kind in ["Invariant", "Property"] {
        for rest in [
            "",
            "\nFinished computing initial states",
            "\n\n1 states generated",
        ] {
            let state = "/\\ hist = <<1>>\n/\\ sent = {}";
            let text =
                format!("Error: {kind} P is violated by the initial state:\n{state}{rest}\n");
            let behaviour = one(&text);
            assert_eq!(behaviour.property.as_deref(), Some("P"), "{text}");
            assert_eq!(behaviour.steps, []);
            assert_eq!(behaviour.start.len(), 2);
        }
    }
    let ci =
        "12:00:01 Error: Invariant P is violated by the initial state:\n12:00:01 x = 0\n12:00:01\n";
    assert_eq!(one(ci).start["x"].to_string(), "0");
}

#[test]
fn lassos_and_stuttering_are_told() {
    let counted = TRACE.split("57 states").next().unwrap();
    let back =
        format!("{counted}Back to state 2: <Undo line 1, col 1 to line 1, col 9 of module M>\n");
    let behaviour = one(&back);
    assert_eq!(behaviour.ending, Ending::Repeats(1));
    assert_eq!(actions(&behaviour), ["Send", "Save", "Undo"]);
    assert_eq!(behaviour.steps[2].state, behaviour.steps[0].state);
    assert_eq!(
        one(&format!("{counted}State 4: Stuttering\n")).ending,
        Ending::Stutters
    );
    let error = refused(&format!(
        "{counted}Back to state 9: <X line 1, col 1 to line 1, col 9 of module M>\n"
    ));
    assert!(error.contains("goes back to state 9"), "{error}");
}

#[test]
fn what_is_missing_is_told() {
    let cut = &TRACE[..TRACE
        .find("/\\ sent = { [ message |->\n         [lines |-> 1] ] }\n\n57")
        .unwrap()];
    // Within the value of the last variable, and between two variables.
    for end in ["/\\ sent = { [ mess", ""] {
        let behaviour = one(&format!("{cut}{end}"));
        assert_eq!(actions(&behaviour), ["Send"], "{end}");
        assert_eq!(
            behaviour.notes,
            ["the log ends within state 3, which is left out"]
        );
    }
    let error = refused(&TRACE[..TRACE.find("/\\ sent").unwrap() - 4]);
    assert!(error.contains("ends within the first state"), "{error}");
    let late = &TRACE[TRACE.find("State 2").unwrap()..];
    assert!(refused(late).contains("begins with state 2"));
    let gap = TRACE.replace("State 3", "State 7");
    assert!(refused(&gap).contains("state 7 follows state 2"));
    let damaged = TRACE.replacen("/\\ sent = {}", "/\\ sent = }{", 1);
    assert!(refused(&damaged).contains("state 1 of \"Invariant NoGhost is violated\""));
    assert!(refused("hello").contains("there is no behaviour in this text"));
    let zipped = read(&[0x1f, 0x8b, 8, 0]).unwrap_err().to_string();
    assert!(zipped.contains("unpack it"), "{zipped}");
    let latin = read(b"State 1: <Initial predicate>\nx = \"caf\xe9\"\n").unwrap_err();
    assert!(latin.to_string().contains("line 2 is not text"), "{latin}");
}

#[test]
fn itf_is_validated() {
    let file =
        |rest: &str, states: &str| format!(r#"{{"vars": ["x"], {rest}"states": [{states}]}}"#);
    let two = r#"{"x": 1}, {"x": 2}"#;
    assert_eq!(one(&file("", two)).steps.len(), 1);
    assert_eq!(one(&file(r#""loop": 0, "#, two)).ending, Ending::Repeats(0));
    assert_eq!(one(&file(r#""loop": 1, "#, two)).ending, Ending::Stutters);
    for (bad, says) in [
        (
            file(r#""loop": 2, "#, two),
            "`loop` is 2, but it should be the place of a state, from 0 to 1",
        ),
        (file(r#""loop": -1, "#, two), "`loop` is -1"),
        (file(r#""loop": "0", "#, two), "`loop` is \"0\""),
        (
            file("", r#"{"x": 1, "x": 2}"#),
            "the key \"x\" is there twice",
        ),
        (
            file("", r##"{"x": 1}, {"#meta": {}}"##),
            "state 1: it has no variables",
        ),
        (file("", ""), "`states` is empty"),
        (
            file("", r#"{"a::x": 1, "b::x": 2}"#),
            "a::x and b::x are both x in TLA+",
        ),
        (
            r#"{"states": {"x": 1}}"#.to_owned(),
            "`states` is not an array",
        ),
    ] {
        let error = refused(&bad);
        assert!(error.contains(says), "{bad}: {error}");
    }
    let lacks = one(r#"{"vars": ["x", "y"], "states": [{"x": 1}]}"#);
    assert_eq!(
        lacks.notes,
        ["`vars` lists y, which the first state does not have"]
    );
}

#[test]
fn quints_action_and_module_are_understood() {
    let text = r##"{"vars": ["bank::x", "mbt::actionTaken", "mbt::nondetPicks"], "states": [
        {"bank::x": 1, "mbt::actionTaken": "init", "mbt::nondetPicks": {}},
        {"bank::x": {"#bigint": "2"}, "mbt::actionTaken": "bank::deposit", "mbt::nondetPicks": {}}]}"##;
    let behaviour = one(text);
    assert_eq!(actions(&behaviour), ["deposit"]);
    assert_eq!(
        behaviour.steps[0]
            .state
            .keys()
            .map(|k| &**k)
            .collect::<Vec<_>>(),
        ["x"]
    );
    assert!(behaviour.notes.is_empty(), "{:?}", behaviour.notes);
}

#[test]
fn other_json_is_refused_with_the_reason() {
    let dump = r#"{"state": [[1, {"x": []}]], "action": []}"#;
    assert!(refused(dump).contains("writes sets and sequences alike"));
    assert!(refused(&format!(r#"{{"counterexample": {dump}}}"#)).contains("sets and sequences"));
    assert!(refused("{}").contains("neither an ITF file"));
    assert!(refused("{").contains("not valid JSON"));
    assert!(refused(r#"{"results": []}"#).contains("no property in this report has a trace"));
}

#[test]
fn the_json_of_check_is_read() {
    let text = r#"{"version": 1, "results": [{"protocol": "outbox", "variant": "v",
        "parameters": {"crash": 1}, "properties": [
            {"name": "Good", "verdict": "holds", "trace": null},
            {"name": "Bad", "verdict": "violated", "trace": {"start": {"x": 1}, "end": 0,
                "steps": [{"number": 1, "action": "Up", "state": {"x": 2}},
                          {"number": 2, "action": "Down", "state": {"x": 1}}]}}]}]}"#;
    let behaviour = one(text);
    assert_eq!(behaviour.heading, "Bad violated (tandem outbox:v)");
    assert_eq!(actions(&behaviour), ["Up", "Down"]);
    assert_eq!(behaviour.ending, Ending::Repeats(0));
    let origin = behaviour.origin.unwrap();
    assert_eq!(
        (origin.source.as_str(), origin.parameters["crash"]),
        ("tandem outbox:v", 1)
    );
    assert!(refused(&text.replace("\"end\": 0", "\"end\": 2")).contains("`end` is 2"));
    let later = text.replace("\"version\": 1", "\"version\": 2");
    assert!(
        refused(&later)
            .contains("in version 2 of Tandem's JSON, and this `tandem` reads version 1")
    );
}
