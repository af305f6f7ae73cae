//! Graphs small enough to draw, and what is known of them.

use tandem_runner::search::Bits;
use tandem_runner::search::liveness::{Formula, Lasso, violation};

use super::case::Case;
use super::naive::shortest_stem;
use super::random::assert_counterexample;
use super::stateright;

/// What it shows, the graph, the formula, the fairness, and the lasso or `holds`.
pub(crate) type SmallGraph = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
pub(crate) const SMALL_GRAPHS: &[SmallGraph] = &[
    // Stuttering.
    ("without fairness nothing need happen",
        "0 -A-> 1", "<>{1}", "", "0 |"),
    ("what holds at once holds",
        "0 -A-> 1", "<>{0}", "", "holds"),
    ("a fair action that is enabled happens",
        "0 -A-> 1", "<>{1}", "WF(A)", "holds"),
    ("a behaviour ends where nothing fair is enabled",
        "0 -A-> 1, 0 -B-> 2", "<>{2}", "WF(A) WF(B)", "0 -A-> 1 |"),
    ("an action that is not fair need not happen",
        "0 -A-> 1 -B-> 2", "<>{2}", "WF(A)", "0 -A-> 1 |"),
    ("ending is preferred to a cycle that is as near",
        "0 -A-> 1 -B-> 2 -C-> 1, 0 -D-> 3", "[]<>{}", "WF(A) WF(B) WF(C) WF(D)", "0 -D-> 3 |"),

    // Self-loops.
    ("a self-loop is stuttering",
        "0 -A-> 0 -B-> 1", "<>{1}", "", "0 |"),
    ("a fair action that only loops is not enabled",
        "0 -A-> 0 -B-> 1", "<>{1}", "WF(A)", "0 |"),
    ("a strongly fair action that only loops is not enabled",
        "0 -A-> 0 -B-> 1", "<>{1}", "SF(A)", "0 |"),
    ("a self-loop does not stand for the same action elsewhere",
        "0 -A-> 0 -A-> 1", "<>{1}", "WF(A)", "holds"),
    ("looping does not take an action that is enabled on the cycle",
        "0 -A-> 0 -B-> 1 -C-> 0, 1 -A-> 2", "<>{2}", "SF(A) WF(B) WF(C)", "holds"),
    ("looping leaves a fair way out",
        "0 -A-> 0 -B-> 1", "<>{1}", "WF(B)", "holds"),

    // Cycles, weak and strong fairness.
    ("a cycle beside the goal where weak fairness is satisfied by being disabled",
        "0 -A-> 1 -B-> 0, 1 -C-> 2", "<>{2}", "WF(A) WF(B) WF(C)", "0 | -A-> 1 -B-> 0"),
    ("strong fairness leaves that cycle",
        "0 -A-> 1 -B-> 0, 1 -C-> 2", "<>{2}", "WF(A) WF(B) SF(C)", "holds"),
    ("weak fairness leaves a cycle where the action is always enabled",
        "0 -A-> 1 -B-> 0 -C-> 2, 1 -C-> 2", "<>{2}", "WF(A) WF(B) WF(C)", "holds"),
    ("a fair action that is taken on the cycle leaves nothing",
        "0 -A-> 1 -A-> 0 -B-> 2", "<>{2}", "WF(A)", "0 | -A-> 1 -A-> 0"),
    ("a cycle after a stem",
        "0 -A-> 1 -B-> 2 -C-> 3 -D-> 2, 1 -E-> 4", "<>{4}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -A-> 1 -B-> 2 | -C-> 3 -D-> 2"),
    ("the cycle avoids a state where an action would be owed",
        "0 -A-> 1 -B-> 0, 1 -C-> 2 -D-> 1, 2 -E-> 3", "<>{3}", "WF(A) WF(B) WF(C) WF(D) SF(E)",
        "0 | -A-> 1 -B-> 0"),
    ("strong fairness takes a component apart again and again",
        "0 -A-> 1 -B-> 0, 1 -C-> 2 -D-> 1, 2 -E-> 3 -F-> 2, 3 -G-> 4, 2 -F-> 4", "<>{4}",
        "WF(A) WF(B) WF(C) WF(D) SF(F) SF(G)", "0 | -A-> 1 -B-> 0"),
    ("nothing may be left of it",
        "0 -A-> 1 -B-> 0, 1 -C-> 2 -D-> 1, 2 -E-> 3 -F-> 2, 3 -G-> 4, 2 -F-> 4", "<>{4}",
        "WF(A) WF(B) SF(C) WF(D) SF(F) SF(G)", "holds"),

    // Joins.
    ("two cycles through one state, of which fairness demands both",
        "0 -A-> 1 -B-> 0 -C-> 2 -D-> 0, 0 -E-> 3", "<>{3}", "SF(A) WF(B) SF(C) WF(D)",
        "0 | -A-> 1 -B-> 0 -C-> 2 -D-> 0"),
    ("a join of two ways, one of which has been at the goal",
        "0 -A-> 1 -B-> 3, 0 -C-> 2 -D-> 3", "<>{1}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -C-> 2 -D-> 3 |"),
    ("a cycle behind a join",
        "0 -A-> 1 -B-> 3 -E-> 4 -F-> 3, 0 -C-> 2 -D-> 3", "<>{1}",
        "WF(A) WF(B) WF(C) WF(D) WF(E) WF(F)", "0 -C-> 2 -D-> 3 | -E-> 4 -F-> 3"),
    ("the nearer of two cycles",
        "0 -A-> 1 -B-> 2 -C-> 3 -D-> 2, 0 -E-> 4 -F-> 5 -G-> 4", "[]<>{}",
        "WF(A) WF(B) WF(C) WF(D) WF(E) WF(F) WF(G)", "0 -E-> 4 | -F-> 5 -G-> 4"),

    // Several initial states.
    ("the nearest initial state counts",
        "start 0 3: 0 -A-> 1 -A-> 2, 3 -B-> 4", "[]<>{0}", "WF(A) WF(B)", "3 -B-> 4 |"),
    ("each initial state counts",
        "start 0 3: 0 -A-> 1 -A-> 2, 3 -B-> 4", "<>{3, 4}", "WF(A) WF(B)", "0 -A-> 1 -A-> 2 |"),
    ("an initial state on the way is a beginning too",
        "start 0 1: 0 -A-> 1 -B-> 2", "<>{0}", "WF(A) WF(B)", "1 -B-> 2 |"),

    // []<> and <>[].
    ("always again holds on a cycle through it",
        "0 -A-> 1 -B-> 0", "[]<>{1}", "WF(A) WF(B)", "holds"),
    ("once is not always again",
        "0 -A-> 1 -B-> 2", "[]<>{1}", "WF(A) WF(B)", "0 -A-> 1 -B-> 2 |"),
    ("always from some time on is violated by leaving again and again",
        "0 -A-> 1 -B-> 0", "<>[]{1}", "WF(A) WF(B)", "0 | -A-> 1 -B-> 0"),
    ("always from some time on holds where all cycles do",
        "0 -A-> 1 -B-> 2 -C-> 1", "<>[]{1, 2}", "WF(A) WF(B) WF(C)", "holds"),
    ("the state that recurs may lie on the far side of the cycle",
        "0 -A-> 1 -B-> 2 -C-> 0", "<>[]{0, 1}", "", "0 | -A-> 1 -B-> 2 -C-> 0"),

    // Leads to.
    ("what P owes is paid",
        "0 -A-> 1 -B-> 2 -C-> 0", "{1} ~> {2}", "WF(B)", "holds"),
    ("what P owes is not paid without fairness",
        "0 -A-> 1 -B-> 2 -C-> 0", "{1} ~> {2}", "WF(A)", "0 -A-> 1 |"),
    ("P and Q at once owe nothing",
        "0 -A-> 1", "{1} ~> {1}", "", "holds"),
    ("P that never happens owes nothing",
        "0 -A-> 1", "{} ~> {}", "", "holds"),
    ("P only on the cycle ends the stem",
        "0 -A-> 1 -B-> 2 -C-> 1, 2 -D-> 3", "{2} ~> {3}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -A-> 1 -B-> 2 | -C-> 1 -B-> 2"),
    ("the stem makes a detour for P",
        "0 -A-> 3, 0 -B-> 1 -C-> 2 -D-> 3", "{1} ~> {}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -B-> 1 -C-> 2 -D-> 3 |"),
    ("the stem passes a state twice, before P and after",
        "0 -A-> 1 -B-> 2 -C-> 0, 0 -D-> 3, 1 -E-> 4", "{2} ~> {4}", "SF(D) SF(B) WF(C) WF(A)",
        "0 -A-> 1 -B-> 2 -C-> 0 -D-> 3 |"),
    ("a debt that is paid before the cycle is none",
        "0 -A-> 1 -B-> 2 -C-> 3 -D-> 4 -E-> 3", "{1} ~> {2}", "WF(A) WF(B) WF(C) WF(D) WF(E)",
        "holds"),
    ("a state with Q on the way to the cycle",
        "0 -A-> 1 -B-> 2 -C-> 3, 1 -D-> 4 -E-> 5 -F-> 3", "{1} ~> {2}",
        "WF(A) WF(B) WF(C) WF(D) WF(E) WF(F)", "0 -A-> 1 -D-> 4 -E-> 5 -F-> 3 |"),

    // Labels.
    ("a step is one of each action between its two states",
        "0 -A-> 1 -C-> 0, 0 -B-> 1 -D-> 2", "<>{2}", "SF(A) SF(B) WF(C) WF(D)",
        "0 | -A-> 1 -C-> 0"),
    ("fairness of a union lets one slot starve",
        "0 -A1-> 1 -A1-> 0, 0 -A2-> 2, 1 -A2-> 2", "<>{2}", "WF(A1|A2)", "0 | -A1-> 1 -A1-> 0"),
    ("fairness of each slot does not",
        "0 -A1-> 1 -A1-> 0, 0 -A2-> 2, 1 -A2-> 2", "<>{2}", "WF(A1) WF(A2)", "holds"),
    ("a union is enabled while its parts take turns",
        "0 -B-> 1 -B-> 0, 0 -A1-> 2, 1 -A2-> 2", "<>{2}", "WF(A1|A2) WF(B)", "holds"),
    ("each of its parts is not",
        "0 -B-> 1 -B-> 0, 0 -A1-> 2, 1 -A2-> 2", "<>{2}", "WF(A1) WF(A2) WF(B)",
        "0 | -B-> 1 -B-> 0"),
];

/// Cycles and self-loops that Stateright passes falsely, breadth first and depth first. All actions
/// are weakly fair, as it knows no stuttering except at an end.
#[rustfmt::skip]
const CYCLES: &[SmallGraph] = &[
    ("a cycle with a way out",
        "0 -A-> 1 -B-> 0, 1 -C-> 2", "<>{2}", "WF(A) WF(B) WF(C)", "0 | -A-> 1 -B-> 0"),
    ("a cycle with no way out",
        "0 -A-> 1 -B-> 2 -C-> 1, 0 -D-> 3", "<>{3}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -A-> 1 | -B-> 2 -C-> 1"),
    ("a self-loop at the end",
        "0 -A-> 1 -B-> 1, 0 -C-> 2", "<>{2}", "WF(A) WF(B) WF(C)", "0 -A-> 1 |"),
    ("nothing but a self-loop",
        "0 -A-> 0", "<>{}", "WF(A)", "0 |"),
];

/// A join of two ways, of which one has been at the goal: it is passed falsely by the search that
/// comes that way first, which is the one breadth first and the other depth first.
#[rustfmt::skip]
const JOINS: [SmallGraph; 2] = [
    ("a join met first from behind the goal",
        "0 -A-> 1 -B-> 3, 0 -C-> 2 -D-> 3", "<>{1}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -C-> 2 -D-> 3 |"),
    ("a join met last from behind the goal",
        "0 -A-> 1 -B-> 3, 0 -C-> 2 -D-> 3", "<>{2}", "WF(A) WF(B) WF(C) WF(D)",
        "0 -A-> 1 -B-> 3 |"),
];

fn case((_, graph, formula, fairness, _): &SmallGraph) -> Case {
    Case::new(graph, formula, fairness)
}

/// The questions with a lasso or without.
pub(crate) fn cases() -> impl Iterator<Item = Case> {
    SMALL_GRAPHS.iter().chain(CYCLES).chain(&JOINS).map(case)
}

fn assert_answer(of: &SmallGraph) {
    let (shows, .., expected) = of;
    let case = case(of);
    let lasso = case.violation();
    let drawn = |lasso: &Lasso| case.draw_lasso(lasso);
    let answer = lasso.as_ref().map_or("holds".to_owned(), drawn);
    assert_eq!(answer, *expected, "{shows}");
    assert_counterexample(&case);
    assert_eq!(
        lasso.map(|lasso| lasso.stem.len()),
        shortest_stem(&case),
        "{shows}"
    );
}

#[test]
fn the_answers_are_those_that_are_known() {
    SMALL_GRAPHS.iter().for_each(assert_answer);
}

#[test]
fn stateright_passes_cycles_and_self_loops_falsely() {
    for known in CYCLES {
        assert_answer(known);
        assert_eq!(
            stateright::discovers(&case(known)),
            [false, false],
            "{}",
            known.0
        );
    }
}

#[test]
fn stateright_passes_joins_falsely() {
    JOINS.iter().for_each(assert_answer);
    let discovered = JOINS.map(|known| stateright::discovers(&case(&known)));
    assert_eq!(discovered, [[false, true], [true, false]]);
}

/// Else the tests above would also pass if Stateright were asked wrongly.
#[test]
fn stateright_finds_what_ends_without_cycle_and_join() {
    let ends = Case::new("0 -A-> 1, 0 -B-> 2", "<>{1}", "WF(A) WF(B)");
    assert_eq!(stateright::discovers(&ends), [true, true]);
    let lasso = ends.violation().map(|lasso| ends.draw_lasso(&lasso));
    assert_eq!(lasso.as_deref(), Some("0 -B-> 2 |"));
}

#[test]
#[should_panic(expected = "states of the graph")]
fn predicates_of_another_graph_are_refused() {
    let mut case = Case::new("0 -A-> 1", "<>{1}", "");
    let other = Formula::Eventually(Bits::all(case.states));
    case.states += 1;
    let _ = violation(&case.graph(), &case.initial, &other, &case.fairness);
}

#[test]
#[should_panic(expected = "an initial state is not among the 2 states")]
fn an_initial_state_of_another_graph_is_refused() {
    let mut case = Case::new("0 -A-> 1", "[]<>{1}", "");
    case.initial.push(2);
    let _ = case.violation();
}
