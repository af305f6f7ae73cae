//! `tandem graph`: the shape of a graph, the graph itself in three notations, and limits.

use std::collections::BTreeSet;

use assert_cmd::Command;
use serde_json::Value as Json;

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn tandem(arguments: &str) -> Ended {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tandem"));
    let output = command.args(arguments.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

const SMALL: &str = "graph outbox:check-and-return";

#[test]
fn the_shape_of_a_small_graph() {
    let ended = tandem(SMALL);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    insta::assert_snapshot!(ended.stdout, @"
    outbox:check-and-return
      copies=1 messages=1 slots=1 crash=1

      22 states, 25 transitions, depth 9 (states on the longest shortest path)
      transitions from a state: 0 to 2, 1.1 on the average
      transitions to a state: 0 to 3, 1.1 on the average
      states without a step: 2

      transitions by action, in the order of the module:
        Receive                           4
        CheckInbox                        0  never taken
        Load                              4
        Save                              2
        Mark                              0  never taken
        Publish                           2
        MarkDispatched                    0  never taken
        Ack                               3
        Recover                           4
        Crash                             6
        Duplicate                         0  no fault budget
        LeaseExpires                      0  no fault budget

      states by depth:
           1            1 █████████████
           2            2 █████████████████████████
           3            2 █████████████████████████
           4            2 █████████████████████████
           5            3 ██████████████████████████████████████
           6            4 ██████████████████████████████████████████████████
           7            4 ██████████████████████████████████████████████████
           8            3 ██████████████████████████████████████
           9            1 █████████████
    ");
}

#[test]
fn the_shape_as_json_adds_up() {
    let shape: Json =
        serde_json::from_str(&tandem(&format!("{SMALL} --format json")).stdout).unwrap();
    let sum = |values: Vec<&Json>| values.iter().map(|n| n.as_u64().unwrap()).sum::<u64>();
    let levels: Vec<_> = shape["states_by_depth"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(shape["depth"], levels.len());
    assert_eq!(shape["states"], sum(levels));
    let actions = shape["actions"].as_object().unwrap();
    assert_eq!(shape["transitions"], sum(actions.values().collect()));
    assert_eq!(actions["Mark"], 0);
    assert_eq!(shape["variant"], "check-and-return");
}

/// The steps of a graph: from, action, to.
type Steps = BTreeSet<(String, String, String)>;

fn between<'t>(line: &'t str, left: &str, right: &str) -> &'t str {
    let rest = line
        .split_once(left)
        .unwrap_or_else(|| panic!("{left} in {line}"))
        .1;
    rest.split_once(right)
        .unwrap_or_else(|| panic!("{right} in {line}"))
        .0
}

fn from_dot(text: &str) -> (usize, Steps) {
    let steps = text.lines().filter(|line| line.contains(" -> "));
    let step = |line: &str| {
        let from = line.trim().split(' ').next().unwrap();
        let triple = [
            from,
            between(line, "[label=\"", "\""),
            between(line, "-> ", " "),
        ];
        let [from, action, to] = triple.map(str::to_owned);
        (from, action, to)
    };
    let states = text
        .lines()
        .filter(|line| line.contains(" [label=\"/\\\\"))
        .count();
    (states, steps.map(step).collect())
}

fn from_graph_ml(text: &str) -> (usize, Steps) {
    let step = |line: &str| {
        let from = between(line, "source=\"", "\"").to_owned();
        let action = between(line, "key=\"action\">", "<").to_owned();
        (from, action, between(line, "target=\"", "\"").to_owned())
    };
    let edges = text.lines().filter(|line| line.contains("<edge "));
    (text.matches("<node ").count(), edges.map(step).collect())
}

fn from_json_lines(text: &str) -> (usize, Steps) {
    let lines: Vec<Json> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let steps = lines.iter().filter(|line| line.get("action").is_some());
    let step = |line: &Json| {
        let action = line["action"].as_str().unwrap().to_owned();
        (line["from"].to_string(), action, line["to"].to_string())
    };
    let states = lines.iter().filter(|line| line.get("variables").is_some());
    (states.count(), steps.map(step).collect())
}

#[test]
fn all_notations_have_the_same_graph() {
    assert_eq!(in_all_notations(SMALL), (22, 25));
}

/// How many states and steps the graph has in every notation.
fn in_all_notations(command: &str) -> (usize, usize) {
    let in_notation = |notation: &str| tandem(&format!("{command} --format {notation}")).stdout;
    let dot = from_dot(&in_notation("dot"));
    assert_eq!(from_graph_ml(&in_notation("graphml")), dot);
    assert_eq!(from_json_lines(&in_notation("json-lines")), dot);
    (dot.0, dot.1.len())
}

#[test]
fn json_lines_say_what_is_true_in_every_state() {
    let text = tandem(&format!("{SMALL} --format json-lines")).stdout;
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let states: Vec<Json> = lines
        .filter(|line: &Json| line["holds"].is_object())
        .collect();
    let holding = |name: &str| {
        states
            .iter()
            .filter(|state| state["holds"][name] == true)
            .count()
    };
    // After a crash between change and event nobody publishes the event any more.
    let counts = [
        ("CrashHappens", 3),
        ("NoDoubleEffect", 22),
        ("NoLostOutput", 21),
        ("Settles", 4),
    ];
    for (name, count) in counts {
        assert_eq!(holding(name), count, "{name} of {}", states.len());
    }
}

#[test]
fn markup_in_a_state_is_text_in_graph_ml() {
    let text = tandem(&format!("{SMALL} --format graphml")).stdout;
    assert!(text.contains("|-&gt; &quot;Idle&quot;"));
    assert!(!text.contains("|->"));
}

#[test]
fn a_graph_cut_short_is_printed_as_far_as_it_goes_and_no_success() {
    let ended = tandem(&format!("{SMALL} --max-depth 3"));
    assert_eq!(ended.code, Some(2));
    assert!(ended.stdout.contains("depth 3"), "{}", ended.stdout);
    let said = "stopped at depth 3; raise --max-depth or lower the bounds (of ";
    assert!(ended.stderr.contains(said), "{}", ended.stderr);
}

#[test]
fn it_is_about_one_variant() {
    let ended = tandem("graph outbox:all");
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    insta::assert_snapshot!(ended.stderr, @"error: graph needs one variant, and this selects 11; name one, as in `tandem graph outbox`");
}

#[test]
fn writing_ends_with_its_time() {
    let ended = tandem("graph outbox --format dot --time-limit 0");
    assert_eq!((ended.code, &*ended.stdout), (Some(2), ""));
    assert!(
        ended
            .stderr
            .contains("; the rest is not written (of 1 raw states the steps of 0"),
        "{}",
        ended.stderr
    );
}

#[test]
fn progress_is_told_where_it_is_asked_for() {
    // Large enough to take more than one turn of the clock that tells it, at any optimisation.
    let large = "graph token-deduplication --set messages=2 --fault duplicate=0 --format json";
    let ended = tandem(&format!("{large} --progress --threads 1"));
    assert_eq!(ended.code, Some(0));
    let line = ended.stderr.lines().next().expect("a line of progress");
    for part in [" states (", "/s), depth ", " queued, ", " MB, "] {
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(tandem(large).stderr, "");
}

#[test]
fn a_graph_up_to_symmetry_says_so_in_every_format() {
    let two = format!("{SMALL} --set messages=2 --set slots=2");
    let said = "each of 171 raw states stands for all orders of its slots and all namings of its \
                messages";
    assert_eq!(in_all_notations(&two), (485, 864));
    let two = format!("{two} --symmetry");
    assert_eq!(in_all_notations(&two), (157, 268));
    for format in ["text", "json", "dot", "graphml", "json-lines"] {
        let ended = tandem(&format!("{two} --format {format}"));
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
        assert!(ended.stdout.contains(said), "{format}: {}", ended.stdout);
    }
    let shape: Json =
        serde_json::from_str(&tandem(&format!("{two} --format json")).stdout).unwrap();
    assert_eq!(
        (&shape["states"], &shape["transitions"]),
        (&157.into(), &268.into())
    );
    assert_eq!(
        (&shape["raw_states"], &shape["symmetry"]),
        (&171.into(), &said.into())
    );
}

#[test]
fn a_graph_without_symmetry_is_the_whole_one_and_says_why() {
    let (whole, asked) = (
        tandem(SMALL).stdout,
        tandem(&format!("{SMALL} --symmetry")).stdout,
    );
    let said =
        "  symmetry: none, as there is one slot, and no two messages are interchangeable\n\n";
    assert!(asked.contains(said), "{asked}");
    assert_eq!(asked.replacen(said, "", 1), whole);
    assert!(!whole.contains("symmetry"));
}

#[test]
fn up_to_symmetry_there_are_fewer_states_and_it_is_said_what_is_not_judged() {
    let ended = tandem("check outbox --symmetry");
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stdout.contains(
            "stands for all orders of its slots and all namings of its messages\n  ! NOT COMPLETE: \
             liveness is not judged up to symmetry\n\n  ✓ NoDoubleEffect         holds\n"
        ),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("? Settles                unknown"));
    let alone = tandem("check outbox:marked-before --symmetry").stdout;
    let none =
        "  symmetry: none, as there is one slot, and no two messages are interchangeable\n\n";
    assert!(alone.contains(none), "{alone}");
    let several = tandem("check outbox:all --symmetry").stdout;
    assert!(
        several.contains("no state breaks a guarantee; liveness is not judged"),
        "{several}"
    );
    assert_eq!(tandem("check outbox:blind-write --symmetry").code, Some(1));
    let refused = tandem("check outbox --symmetry --engine tlc");
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .stderr
            .contains("--symmetry works only with the engine graph")
    );
}
