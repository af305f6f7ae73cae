//! What `tla-checker` is known to refuse or to treat differently from TLC. Each entry pins what it does
//! now: an entry that fails after an update of the crate says that the list is out of date.
//!
//! Each entry names what TLC 2.15 does. Specs of this repository avoid all of these.

mod common;

use common::spec;
use tandem_tla_rs::Evaluator;

/// The result of an attempt to evaluate a spec.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// It is refused, when it is read or when it is evaluated.
    Refused,
    /// It has so many states within four steps.
    States(usize),
}

/// What `tla-checker` does with a spec.
fn outcome(definitions: &str) -> Outcome {
    explored(&spec(definitions))
}

fn explored(files: &[(String, String)]) -> Outcome {
    let explored = || {
        let mut evaluator = Evaluator::new(files).ok()?;
        let mut states = evaluator.initial().ok()?;
        let mut from = 0;
        for _ in 0..4 {
            let level = states[from..].to_vec();
            from = states.len();
            for state in level {
                for (_, after) in evaluator.steps(&state).ok()? {
                    if !states.contains(&after) {
                        states.push(after);
                    }
                }
            }
        }
        Some(states.len())
    };
    explored().map_or(Outcome::Refused, Outcome::States)
}

#[test]
fn a_set_operator_binds_tighter_than_an_interval() {
    // TLC: `1..2` is an operand, so there is one state more than the initial one.
    let without = "Init == x = 0\nNext == x' \\in {1, 5} \\cap 1..2";
    assert_eq!(outcome(without), Outcome::Refused);
    let with = "Init == x = 0\nNext == x' \\in {1, 5} \\cap (1..2)";
    assert_eq!(outcome(with), Outcome::States(2));
}

#[test]
fn except_outside_of_the_domain_is_refused() {
    // TLC: the function stays as it is, with a warning.
    let outside = "Init == x = [a \\in {1} |-> 0]\nNext == x' = [x EXCEPT ![2] = 1]";
    assert_eq!(outcome(outside), Outcome::Refused);
}

#[test]
fn select_seq_takes_no_operator_by_its_name() {
    // TLC: takes it.
    let named = "Big(n) == n > 1\nInit == x = <<1, 2>>\nNext == x' = SelectSeq(x, Big)";
    assert_eq!(outcome(named), Outcome::Refused);
    let lambda = "Init == x = <<1, 2>>\nNext == x' = SelectSeq(x, LAMBDA n : n > 1)";
    assert_eq!(outcome(lambda), Outcome::States(2));
}

#[test]
fn an_operator_that_is_unknown_and_not_evaluated_is_accepted() {
    // TLC: refuses it, with line and column.
    let unknown = "Unused == Nowhere + 1\nInit == x = 0\nNext == x' = 1";
    assert_eq!(outcome(unknown), Outcome::States(2));
}

#[test]
fn mixed_conjunctions_and_disjunctions_need_no_brackets() {
    // TLC: refuses it, since neither binds tighter.
    let mixed = "Init == x = 0\nNext == x = 0 /\\ x' = 1 \\/ x = 5 /\\ x' = 2";
    assert_eq!(outcome(mixed), Outcome::States(2));
}

#[test]
fn values_of_different_kinds_are_not_equal() {
    // TLC: refuses to compare a number with a string.
    let kinds = "Init == x = 0\nNext == x # \"a\" /\\ x' = 1";
    assert_eq!(outcome(kinds), Outcome::States(2));
}

#[test]
fn an_if_in_a_list_below_then_needs_brackets() {
    // TLC: the next item of the list ends the `IF`. Here `ELSE 2` goes on with it, so that the list has one
    // item less, and that item is no truth value.
    let spec = |change: &str| {
        format!(
            "Init == x = 0\nNext ==\n    /\\ x < 2\n    /\\ IF x = 0\n       THEN /\\ x' = {change}\n            \
             /\\ TRUE\n       ELSE x' = 5"
        )
    };
    assert_eq!(outcome(&spec("IF x = 1 THEN 1 ELSE 2")), Outcome::Refused);
    assert_eq!(
        outcome(&spec("(IF x = 1 THEN 1 ELSE 2)")),
        Outcome::States(2)
    );
}

#[test]
fn unchanged_in_a_module_that_is_instantiated_is_spelled_out() {
    // `tla-checker` alone does not substitute the variables below `UNCHANGED`.
    let main = "---- MODULE M ----\nEXTENDS Integers\nVARIABLES x, y\n\
                P == INSTANCE Part WITH a <- x, b <- y\nInit == x = 0 /\\ y = 0\n\
                Up == x < 2 /\\ P!Up\nKeep == y = 0 /\\ y' = 1 /\\ P!Same\nNext == Up \\/ Keep\n\
                Spec == Init /\\ [][Next]_<<x, y>>\n====\n";
    let part = "---- MODULE Part ----\nEXTENDS Integers\nVARIABLES a, b\nfirst == <<a>>\n\
                Up == a' = a + 1 /\\ UNCHANGED b\nSame == UNCHANGED <<first>>\n====\n";
    let files = [
        ("M.tla", main),
        ("M.cfg", "SPECIFICATION Spec\n"),
        ("Part.tla", part),
    ];
    let files: Vec<_> = files
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
    assert_eq!(explored(&files), Outcome::States(6));
}
