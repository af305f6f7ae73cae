//! Steps have the names that TLC gives them.

mod common;

use common::{names_of_steps, spec};

/// The names of the steps of the initial states of a spec with this module body.
fn names(body: &str) -> Vec<String> {
    names_of_steps(&spec(body))
}

#[test]
fn a_step_has_the_name_of_the_operator_in_its_disjunct_of_next() {
    let found = names(
        "Init == x = 0
         Up == x' = x + 1
         Down == x' = x - 1
         Next == \\/ Up
                 \\/ Down",
    );
    assert_eq!(found, ["Down", "Up"]);
}

#[test]
fn two_actions_with_the_same_body_are_two_steps() {
    let found = names(
        "Init == x = 0
         Grow == x' = x + 1
         Also == x' = x + 1
         Next == Grow \\/ Also",
    );
    assert_eq!(found, ["Also", "Grow"]);
}

#[test]
fn a_quantifier_over_a_constant_set_is_split() {
    let found = names(
        "S == {1, 2}
         Init == x = 0
         Add(n) == x' = x + n
         Next == \\E n \\in S : Add(n)",
    );
    assert_eq!(found, ["Add", "Add"]);
}

#[test]
fn a_quantifier_over_a_set_that_depends_on_the_state_is_not_split() {
    let found = names(
        "Init == x = 0
         Add(n) == x' = x + n
         Next == \\E n \\in {x + 1} : Add(n)",
    );
    assert_eq!(found, ["Next"]);
}

#[test]
fn a_call_whose_argument_depends_on_the_state_is_not_split() {
    let found = names(
        "Init == x = 0
         Add(n) == x' = x + n
         AddOne == Add(x + 1)
         Next == AddOne",
    );
    assert_eq!(found, ["AddOne"]);
}

#[test]
fn a_list_of_one_conjunct_is_a_conjunction() {
    let found = names(
        "Init == x = 0
         Add(n) == x' = x + n
         AddOne == /\\ Add(1)
         AddTwo == Add(2)
         Next == AddOne \\/ AddTwo",
    );
    assert_eq!(found, ["Add", "AddOne"]);
}

#[test]
fn a_disjunction_of_operators_is_split_at_every_level_and_a_conjunction_is_not() {
    let found = names(
        "Init == x = 0
         Up == x' = x + 1
         Down == x' = x - 1
         System == Up \\/ Down
         Double == x' = x + 2
         Environment == Double /\\ x < 10
         Next == System \\/ Environment",
    );
    assert_eq!(found, ["Down", "Environment", "Up"]);
}

#[test]
fn an_operator_that_only_calls_another_has_the_name_of_that_one() {
    let found = names(
        "Init == x = 0
         Adds(n) == x' = x + n
         Step == Adds(1)
         Next == Step",
    );
    assert_eq!(found, ["Adds"]);
}

#[test]
fn a_disjunction_inside_an_action_leaves_it_one_action() {
    let found = names(
        "Init == x = 0
         Move == \\/ x' = x + 1
                 \\/ /\\ x < 5
                    /\\ x' = x - 1
         Next == Move",
    );
    assert_eq!(found, ["Move", "Move"]);
}

#[test]
fn a_disjunct_without_an_operator_has_the_name_of_what_it_stands_in() {
    let found = names(
        "Init == x = 0
         Up == x' = x + 1
         Next == Up \\/ x' = x - 1",
    );
    assert_eq!(found, ["Next", "Up"]);
}

#[test]
fn an_action_may_be_defined_after_it_is_used_or_in_another_module() {
    let mut files = spec(
        "EXTRA
         Init == x = 0
         Next == Up \\/ Far",
    );
    files[0].1 = files[0].1.replace("EXTRA", "Up == x' = x + 1");
    files[0].1 = files[0].1.replace(
        "EXTENDS Integers, Sequences, FiniteSets, Bags, TLC",
        "EXTENDS Other",
    );
    files[0].1 = files[0].1.replace("VARIABLE x", "");
    files.push((
        "Other.tla".to_owned(),
        "---- MODULE Other ----\nEXTENDS Integers\nVARIABLE x\nFar == x' = x + 9\n====\n"
            .to_owned(),
    ));
    assert_eq!(names_of_steps(&files), ["Far", "Up"]);
}
