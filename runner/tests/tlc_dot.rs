//! The state graphs that TLC 2.15 dumped for the small specs beside them in `tlc-dumps`.

use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;
use tandem_runner::tlc::dot::{DotError, Dump, read};

fn text(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tlc-dumps");
    fs::read_to_string(folder.join(format!("{name}.dot"))).expect("a recorded dump")
}

fn dump(name: &str) -> Dump {
    read(text(name).as_bytes()).expect("a whole dump")
}

fn count(dump: &Dump, label: &str) -> usize {
    dump.edges
        .iter()
        .filter(|&&edge| dump.label(edge) == label)
        .count()
}

#[test]
fn a_graph_has_its_states_initial_states_and_labelled_steps() {
    let shop = dump("shop");
    assert_eq!(shop.states.len(), 12);
    assert_eq!(shop.initial.len(), 2);
    assert_eq!(shop.edges.len(), 48);
    assert_eq!(shop.labels, ["Sell", "SellAny", "Wait", "Steal", "Hand"]);
    assert_eq!(count(&shop, "Hand"), 12);
}

#[test]
fn a_state_is_as_tlc_prints_it() {
    let shop = dump("shop");
    let first = &shop.states[shop.initial[0]];
    insta::assert_snapshot!(first, @r#"
    /\ owner = "ann"
    /\ stock = 2
    /\ note = "a\"b\\c\nd\te"
    "#);
    let tricky = shop.states.iter().find(|s| s.contains("label"));
    insta::assert_snapshot!(tricky.expect("a state with a tricky string"), @r#"
    /\ owner = "bob"
    /\ stock = 2
    /\ note = "a -> b [label=\"x\"];}"
    "#);
    insta::assert_snapshot!(dump("wide").states[1], @r#"
    net = << [ type |-> "order placed with the shop",
         from |-> "customer one",
         seq |-> 0,
         tags |-> {"one", "two", "three"} ] >>
    "#);
}

#[test]
fn several_actions_between_two_states_are_several_edges() {
    let shop = dump("shop");
    let first = shop.edges[0];
    let between = shop
        .edges
        .iter()
        .filter(|e| (e.from, e.to) == (first.from, first.to));
    let labels: Vec<&str> = between.map(|&edge| shop.label(edge)).collect();
    assert_eq!(labels, ["Sell", "SellAny", "Steal"]);
}

#[test]
fn self_loops_are_steps_and_drawn_stuttering_is_not() {
    let [shop, live] = ["shop", "live"].map(dump);
    assert!(
        shop.edges
            .iter()
            .filter(|e| e.from == e.to)
            .all(|&e| shop.label(e) == "Wait")
    );
    assert_eq!(count(&shop, "Wait"), 12);
    assert!(text("live").contains("style=\"dashed\""));
    assert_eq!(live.edges, shop.edges);
    assert_eq!(live.states, shop.states);
}

#[test]
fn a_constraint_leaves_out_states_and_the_steps_to_them() {
    let bound = dump("bound");
    assert_eq!(bound.states.len(), 8);
    assert!(
        bound
            .states
            .iter()
            .all(|state| !state.contains("stock = 0"))
    );
}

#[test]
fn a_coloured_dump_reads_the_same() {
    assert_eq!(dump("colour"), dump("one"));
    let legend = "subgraph cluster_legend {\nlabel = \"Next State Actions\"\n1 [label=\"A\"]\n}\n}";
    let with_legend = text("colour").trim_end_matches('}').to_owned() + legend;
    assert_eq!(read(with_legend.as_bytes()).expect("a legend"), dump("one"));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let text = text("shop").replace('\n', "\r\n");
    assert_eq!(read(text.as_bytes()).expect("a whole dump"), dump("shop"));
}

#[test]
fn a_dump_without_labels_is_refused() {
    let error = read(text("plain").as_bytes()).expect_err("no labels");
    assert!(matches!(error, DotError::Unlabelled { line: 6 }), "{error}");
}

#[test]
fn a_dump_cut_anywhere_is_refused() {
    for name in ["shop", "live", "wide"] {
        let text = text(name);
        for cut in 0..text.len() {
            assert!(
                read(&text.as_bytes()[..cut]).is_err(),
                "{name} cut at {cut}"
            );
        }
        let error = read(&text.as_bytes()[..text.len() / 2]).expect_err("half a dump");
        assert!(matches!(error, DotError::Truncated { .. }), "{error}");
    }
}

#[test]
fn a_step_to_a_state_that_is_not_there_is_refused() {
    let text: Vec<String> = text("one").lines().map(str::to_owned).collect();
    let without = [&text[..6], &text[7..]].concat().join("\n");
    let error = read(without.as_bytes()).expect_err("a state is missing");
    insta::assert_snapshot!(error, @"a step on line 6 of the dump touches the state 7093895172646506698, which is not there");
}

#[test]
fn two_states_with_one_fingerprint_are_refused() {
    let text = text("one").replace(
        "7093895172646506698 [label=\"x = 1\"]",
        "4413618798533140853 [label=\"x = 1\"]",
    );
    let error = read(text.as_bytes()).expect_err("a collision");
    assert!(matches!(error, DotError::Collision { .. }), "{error}");
}

#[test]
fn other_text_is_refused_with_its_line() {
    let text = text("one").replace("nodesep", "nonsense");
    let error = read(text.as_bytes()).expect_err("nonsense");
    insta::assert_snapshot!(error, @"line 2 of the dump is neither a state nor a step: nonsense=0.35;");
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_graph(bytes in any::<Vec<u8>>()) {
        prop_assert!(read(bytes.as_slice()).is_err());
    }

    #[test]
    fn a_changed_character_never_panics(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text("shop").into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = read(bytes.as_slice());
    }
}
