//! Planted differences between the two sides, each found with its path: a guarantee that is weaker on
//! one side, fairness that one side lacks, an action with another name. In this process, without Java.

use std::fs;
use std::path::Path;

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::guarantees::Guarantee;
use tandem_models::kit::system::{Spec, System};
use tandem_models::protocols::catalogue;
use tandem_runner::cancel::Cancel;
use tandem_runner::compare::walks::{WalkedComparison, walk_instance};
use tandem_runner::compare::{Comparison, Difference, TlaEngine, compare_instance};
use tandem_runner::divergence::Side;
use tandem_runner::engine::Engine;
use tandem_runner::engine::graph::Graph;
use tandem_runner::engine::tla_rs::TlaRs;
use tandem_runner::fairness::said;
use tandem_runner::limits::{Limits, Run};
use tandem_runner::lockstep::WalkPlan;
use tandem_runner::report::{Expectation, Standing, Verdict};
use tandem_runner::spec::SpecTexts;

use crate::common::Wrapped;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

fn instance(name: &str) -> Instance {
    catalogue()
        .select(Some(name), &Overrides::default())
        .unwrap()
        .remove(0)
}

fn compared(instance: &Instance, texts: &SpecTexts) -> Comparison {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    compare_instance(instance, false, (TlaEngine::InProcess, texts), &run).unwrap()
}

/// A folder with the repository's specs.
fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(SPECS).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|is| is == "tla") {
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// The comparison with the repository's specs, in one of which `before` is replaced.
fn with_change(instance: &Instance, module: &str, before: &str, after: &str) -> Comparison {
    let folder = copied();
    let file = folder.path().join(format!("{module}.tla"));
    change(&file, before, after);
    compared(instance, &SpecTexts::in_folder(folder.path()).unwrap())
}

fn change(file: &Path, before: &str, after: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(
        text.matches(before).count(),
        1,
        "{before} in {}",
        file.display()
    );
    fs::write(file, text.replace(before, after)).unwrap();
}

/// The guarantees that differ: name, truth in Rust, steps of the path, number of states.
fn truths(comparison: &Comparison) -> Vec<(&str, bool, usize, usize)> {
    let Some(Difference::Guarantees(differences)) = &comparison.difference else {
        panic!("the guarantees do not differ")
    };
    assert!(differences.iter().all(|one| one.path.replayed));
    let found = differences
        .iter()
        .map(|one| (one.name, one.rust, one.path.steps.len(), one.states));
    found.collect()
}

#[test]
fn nothing_differs_as_it_is() {
    let texts = SpecTexts::in_folder(Path::new(SPECS)).unwrap();
    for name in ["outbox:save-then-publish", "outbox:check-and-return"] {
        let comparison = compared(&instance(name), &texts);
        assert!(comparison.difference.is_none(), "{name}");
        assert!(comparison.left_out.is_empty(), "{:?}", comparison.left_out);
        assert!(comparison.fairness && comparison.guarantees >= 10);
    }
}

#[test]
fn a_guarantee_that_is_stricter_in_tla_is_found_where_no_verdict_changes() {
    let instance = instance("outbox:marked-before");
    let bound = "Cardinality(order.processed \\cup inbox) ";
    let (before, after) = (format!("{bound}<="), format!("{bound}<"));
    let comparison = with_change(&instance, "Outbox", &before, &after);
    let found = truths(&comparison);
    assert_eq!(found.len(), 1);
    let (name, rust, ..) = found[0];
    assert_eq!((name, rust), ("DedupBounded", true));
    let Some(Difference::Guarantees(differences)) = &comparison.difference else {
        unreachable!()
    };
    let clauses: Vec<_> = differences[0]
        .tla_clauses
        .iter()
        .map(|one| one.holds)
        .collect();
    assert_eq!(clauses, [Some(false)]);
    assert!(
        differences[0].tla_clauses[0]
            .text
            .contains("< Cardinality(InFlight)")
    );
    assert_eq!(differences[0].defined_at.as_ref().unwrap().0, "Outbox.tla");
}

#[test]
fn a_guarantee_that_is_weaker_in_tla_is_found() {
    let instance = instance("outbox:save-then-publish");
    let before = "    \\A i, j \\in DOMAIN hist : hist[i] = hist[j] => i = j";
    let comparison = with_change(&instance, "Guarantees", before, "    Len(hist) >= 0");
    let names: Vec<_> = truths(&comparison)
        .into_iter()
        .map(|one| (one.0, one.1))
        .collect();
    assert!(names.contains(&("NoDoubleEffect", false)), "{names:?}");
}

/// The outbox whose model in Rust always keeps `NoDoubleEffect`.
fn always_kept() -> Wrapped {
    Wrapped::with_system(|_, system| {
        let spec = system.spec();
        let weak = |guarantee: &Guarantee| match guarantee.name {
            "NoDoubleEffect" => Guarantee {
                holds: |_, _| true,
                ..*guarantee
            },
            _ => *guarantee,
        };
        System::new(Spec {
            guarantees: spec.guarantees.iter().map(weak).collect(),
            ..spec.clone()
        })
    })
}

#[test]
fn a_guarantee_that_is_weaker_in_rust_is_found() {
    let wrapped = always_kept();
    let instance = wrapped.variant_with("save-then-publish", &Overrides::default());
    let found = compared(&instance, &SpecTexts::built_in());
    let found = truths(&found);
    assert_eq!((found[0].0, found[0].1), ("NoDoubleEffect", true));
}

#[test]
fn the_state_predicate_of_a_temporal_guarantee_is_compared_too() {
    let instance = instance("outbox:check-and-return");
    let comparison = with_change(
        &instance,
        "Outbox",
        "Settles == <>[]AtRest",
        "Settles == <>[]up",
    );
    let names: Vec<_> = truths(&comparison).into_iter().map(|one| one.0).collect();
    assert_eq!(names, ["Settles"]);
}

/// A guarantee that is weaker on both sides alike differs nowhere; the variant that is there to break it
/// no longer does.
#[test]
fn a_guarantee_that_is_weaker_on_both_sides_is_caught_by_a_variant_that_breaks_it() {
    let wrapped = always_kept();
    let instance = wrapped.variant_with("save-then-publish", &Overrides::default());
    let cancel = Cancel::new();
    let report = Graph
        .check(&instance, &Run::new(&Limits::NONE, &cancel))
        .unwrap();
    let mut properties = report.properties.iter();
    let weak = properties.find(|one| one.name == "NoDoubleEffect").unwrap();
    assert_eq!(weak.verdict, Verdict::Holds);
    assert!(weak.surprising(), "the catalogue expects it to be violated");
}

#[test]
fn fairness_that_the_spec_lacks_is_found_by_the_name_of_the_action() {
    let instance = instance("outbox:check-and-return");
    let comparison = with_change(
        &instance,
        "Outbox",
        "/\\ WF_vars(MarkDispatched(s)) /\\ WF_vars(Ack(s))",
        "/\\ WF_vars(MarkDispatched(s))",
    );
    let Some(Difference::Fairness(differences)) = &comparison.difference else {
        panic!("the fairness does not differ")
    };
    let said: Vec<_> = differences
        .iter()
        .map(|one| format!("{}: {} / {}", one.action, said(&one.rust), said(&one.tla)))
        .collect();
    assert_eq!(said, ["Ack: weak fairness / no fairness"]);
}

#[test]
fn fairness_that_the_rust_model_lacks_is_found() {
    let instance = instance("outbox:check-and-return");
    let comparison = with_change(
        &instance,
        "Outbox",
        "    /\\ WF_vars(Recover)\n",
        "    /\\ WF_vars(Recover)\n    /\\ WF_vars(Crash)\n",
    );
    let Some(Difference::Fairness(differences)) = &comparison.difference else {
        panic!("the fairness does not differ")
    };
    let actions: Vec<_> = differences
        .iter()
        .map(|one| (&*one.action, one.rust.is_empty()))
        .collect();
    assert_eq!(actions, [("Crash", true)]);
}

#[test]
fn removed_fairness_changes_the_verdict_in_tla() {
    let folder = copied();
    change(
        &folder.path().join("Outbox.tla"),
        "    /\\ WF_vars(Receive)\n",
        "",
    );
    let texts = SpecTexts::in_folder(folder.path()).unwrap();
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let report = TlaRs { texts }
        .check(&instance("outbox:check-and-return"), &run)
        .unwrap();
    let mut properties = report.properties.iter();
    let settles = properties
        .find(|one| one.expectation == Expectation::Eventually)
        .unwrap();
    assert_eq!(settles.verdict, Verdict::Violated);
    assert!(settles.trace.as_ref().unwrap().replayed);
}

#[test]
fn a_renamed_action_is_found_at_its_first_step() {
    let folder = copied();
    let file = folder.path().join("Outbox.tla");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("Save(s)", "Store(s)")).unwrap();
    let texts = SpecTexts::in_folder(folder.path()).unwrap();
    let comparison = compared(&instance("outbox:check-and-return"), &texts);
    let Some(Difference::Graphs {
        path, divergence, ..
    }) = &comparison.difference
    else {
        panic!("the graphs do not differ")
    };
    assert!(path.replayed);
    assert_eq!(divergence.action.as_deref(), Some("Save"));
    assert!(divergence.others.contains(&"Store".to_owned()));
}

/// An outbox with far more states than any engine here enumerates, and walks of it beside the repository's specs
/// with `change` made to one of them.
fn walked(change: Option<(&str, &str, &str)>) -> WalkedComparison {
    let overrides = Overrides {
        parameters: [("messages", 4), ("copies", 3), ("slots", 3)]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        faults: Vec::new(),
    };
    let selected = catalogue().select(Some("outbox:transactional"), &overrides);
    let instance = selected.unwrap().remove(0);
    let folder = copied();
    if let Some((module, before, after)) = change {
        self::change(&folder.path().join(format!("{module}.tla")), before, after);
    }
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let texts = SpecTexts::in_folder(folder.path()).unwrap();
    let plan = WalkPlan {
        seed: 1,
        walks: 6,
        steps: 60,
    };
    walk_instance(&instance, (&texts, None), plan, &run).unwrap()
}

#[test]
fn walks_of_equal_sides_meet_no_difference_and_are_no_pass() {
    let found = walked(None);
    assert!(found.difference.is_none());
    assert_eq!(found.standing(), Standing::Incomplete);
    let extent = found.extent;
    assert!(extent.walks == 6 && extent.states > 100, "{extent:?}");
}

#[test]
fn a_walk_meets_a_step_that_one_side_lacks_where_the_graph_is_too_large() {
    let renamed = (
        "Outbox",
        "    \\/ \\E s \\in Slots : MarkDispatched(s)\n",
        "",
    );
    let crashes = ("Endpoint", "        /\\ budget[fault] > 0\n", "");
    for (change, action, only) in [
        (renamed, "MarkDispatched", Side::Rust),
        (crashes, "Crash", Side::Tla),
    ] {
        let found = walked(Some(change));
        let Some(Difference::Graphs {
            path, divergence, ..
        }) = &found.difference
        else {
            panic!("{action}: no step differs")
        };
        assert!(path.replayed && !path.steps.is_empty(), "{action}");
        assert_eq!(divergence.action.as_deref(), Some(action));
        assert_eq!(divergence.only, only, "{action}");
        assert_eq!(found.standing(), Standing::Fail);
    }
}

#[test]
fn a_walk_meets_a_guarantee_that_is_weaker_on_one_side() {
    let change = (
        "Guarantees",
        "    \\A i, j \\in DOMAIN hist : hist[i] = hist[j] => i = j",
        "    Len(hist) < 1",
    );
    let found = walked(Some(change));
    let names: Vec<_> = match &found.difference {
        Some(Difference::Guarantees(differences)) => {
            differences.iter().map(|one| one.name).collect()
        }
        _ => panic!("the guarantees do not differ"),
    };
    assert_eq!(names, ["NoDoubleEffect"]);
}

/// The first of a protocol's larger settings in which every fault that it names may happen twice.
fn twice(name: &str) -> Instance {
    let larger = catalogue().select_larger(Some(name)).unwrap();
    let mut instances = larger.into_iter().map(|(instance, _)| instance);
    let every = |instance: &Instance| instance.faults.values().all(|count| *count == 2);
    instances.find(every).unwrap()
}

#[test]
fn a_budget_that_the_first_fault_spends_whole_is_found_only_where_a_fault_may_happen_twice() {
    let (before, after) = ("![fault] = @ - 1]", "![fault] = 0]");
    let once = with_change(
        &instance("outbox:check-and-return"),
        "Endpoint",
        before,
        after,
    );
    assert!(once.difference.is_none());
    let twice = with_change(&twice("outbox:transactional"), "Endpoint", before, after);
    assert!(matches!(twice.difference, Some(Difference::Graphs { .. })));
}
