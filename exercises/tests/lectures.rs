//! The pictures and numbers in the handbook's lectures are those of the models. A block between
//! `<!-- model: WHAT -->` and `<!-- end -->` is made of a model; a block that says something else fails.
//! `TANDEM_UPDATE=1` writes them.
//!
//! WHAT is `run PROTOCOL:VARIANT GUARANTEE`, the shortest run that violates the guarantee, with a column for
//! each slot, or `verdicts PROTOCOL`, what each variant violates, in how many steps.

use std::fs;
use std::path::{Path, PathBuf};

use tandem_check::engine::Engine;
use tandem_check::engine::graph::Graph;
use tandem_check::report::{Report, Verdict};
use tandem_check::trace::Trace;
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};

const BEGIN: &str = "<!-- model: ";
const END: &str = "<!-- end -->";

fn chapters() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("handbook/src");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The text with its blocks as the models have them.
fn made(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        let (what, after) = after.split_once(" -->").expect("the comment ends");
        let (_, after) = after.split_once(END).expect("the block ends");
        whole.push_str(&format!(
            "{before}{BEGIN}{what} -->\n{}\n{END}",
            block(what)
        ));
        rest = after;
    }
    whole + rest
}

fn block(what: &str) -> String {
    let words: Vec<_> = what.split(' ').collect();
    match words[..] {
        ["run", name, guarantee] => run(name, guarantee),
        ["verdicts", name] => verdicts(name),
        _ => panic!("there is no block '{what}'"),
    }
}

fn instances(name: &str) -> Vec<Instance> {
    let catalogue = protocols::catalogue();
    catalogue.select(Some(name), &Overrides::default()).unwrap()
}

fn checked(instance: &Instance) -> Report {
    let cancel = Cancel::new();
    Graph
        .check(instance, &Run::new(&Limits::NONE, &cancel))
        .unwrap()
}

fn run(name: &str, guarantee: &str) -> String {
    let instances = instances(name);
    let [instance] = &instances[..] else {
        panic!("{name} is more than one variant");
    };
    let report = checked(instance);
    let property = report.properties.iter().find(|one| one.name == guarantee);
    let property = property.unwrap_or_else(|| panic!("{name} has no {guarantee}"));
    let trace = property
        .trace
        .as_ref()
        .unwrap_or_else(|| panic!("{guarantee} holds in {name}"));
    format!(
        "`{guarantee}` is violated in {} steps by `{name}`, at {}:\n\n```text\n{}```\n",
        trace.steps.len(),
        instance.bounds(),
        picture(trace)
    )
}

/// A line for each step, in the column of its slot.
fn picture(trace: &Trace) -> String {
    let slots = trace
        .steps
        .iter()
        .filter_map(|step| step.slot)
        .max()
        .unwrap_or(1);
    let width = trace
        .steps
        .iter()
        .map(|step| step.action.len())
        .max()
        .unwrap_or(0)
        .max(8)
        + 3;
    let mut text = String::from("    ");
    for slot in 1..=slots {
        text.push_str(&format!("{:<width$}", format!("slot {slot}")));
    }
    text.push_str("elsewhere\n");
    for step in &trace.steps {
        let column = step.slot.map_or(slots, |slot| slot - 1);
        let indent = width * column;
        text.push_str(&format!(
            "{:>3} {:indent$}{}\n",
            step.number, "", step.action
        ));
    }
    text
}

fn verdicts(name: &str) -> String {
    let mut text = String::from("| variant | states | violated, in steps |\n|---|---|---|\n");
    for instance in instances(&format!("{name}:all")) {
        let report = checked(&instance);
        let violated = report
            .properties
            .iter()
            .filter(|one| one.verdict == Verdict::Violated && one.trace.is_some());
        let violated: Vec<_> = violated
            .map(|one| format!("`{}` {}", one.name, one.steps().unwrap_or(0)))
            .collect();
        let variant = instance.variant;
        text.push_str(&format!(
            "| `{}`: {} | {} | {} |\n",
            variant.name,
            variant.summary,
            report.states,
            violated.join(", ")
        ));
    }
    text
}

#[test]
fn pictures_and_numbers_are_those_of_the_models() {
    let update = std::env::var_os("TANDEM_UPDATE").is_some();
    let mut blocks = 0;
    for file in chapters() {
        let text = fs::read_to_string(&file).unwrap();
        blocks += text.matches(BEGIN).count();
        let made = made(&text);
        if update && made != text {
            fs::write(&file, &made).unwrap();
        }
        let file = file.display();
        assert!(
            update || made == text,
            "{file} differs from the models; TANDEM_UPDATE=1 writes it:\n{made}"
        );
    }
    assert!(blocks >= 8, "only {blocks} blocks are made of models");
}

#[test]
fn a_number_that_is_not_the_models_is_found() {
    let right = made("a\n<!-- model: run double-submit:flag AtMostOneOrder -->\n<!-- end -->\nb\n");
    assert!(right.contains("in 6 steps"), "{right}");
    let wrong = right.replace("in 6 steps", "in 7 steps");
    assert_eq!(made(&wrong), right);
    assert_ne!(made(&wrong), wrong);
}
