//! Random walks of the model and of the spec, where the graphs are too large to enumerate.

use super::*;

/// A spec of so many managers that nobody enumerates its states in a test.
fn of_twelve_managers() -> UserSpec {
    let text = include_str!("../../examples/two_phase_commit/AtomicCommit.tla");
    let managers: Vec<_> = (1..=12).map(|manager| manager.to_string()).collect();
    let managers = managers.join(", ");
    let cfg = format!("SPECIFICATION Spec\nCONSTANT Managers = {{{managers}}}\n");
    UserSpec::of_texts(&[("AtomicCommit.tla", text)], &cfg).unwrap()
}

fn twelve(votes_too_few: usize) -> TwoPhaseCommit {
    TwoPhaseCommit {
        managers: 12,
        votes_too_few,
    }
}

fn walks(pair: &Pair<'_>, walks: u64) -> PairWalks {
    let plan = WalkPlan {
        seed: 1,
        walks,
        steps: 60,
    };
    pair.walks(plan).unwrap_or_else(|error| panic!("{error}"))
}

/// Two of twelve have voted and were counted, and Rust commits.
fn meets_the_planted_difference(found: &PairWalks) {
    let Some(PairDifference::Graphs { path, divergence }) = &found.difference else {
        panic!("{found}");
    };
    assert_eq!(divergence.action.as_deref(), Some("Commit"));
    let votes = path.steps.iter().filter(|step| step.action == "Count");
    assert_eq!(votes.count(), 2, "{found}");
}

#[test]
fn walks_meet_a_planted_difference_where_the_graphs_are_too_large() {
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    let spec = of_twelve_managers();
    let equal = walks(&pair(&twelve(0), &spec).in_process(), 40);
    assert!(equal.difference.is_none(), "{equal}");
    assert!(equal.extent.states > 100, "{equal}");
    assert_eq!(equal.properties, ["Consistent"]);
    assert!(equal.to_string().contains("proves nothing"), "{equal}");
    meets_the_planted_difference(&walks(&pair(&twelve(10), &spec).in_process(), 40));
}

#[test]
fn walks_of_tlc_and_beside_tlc_meet_the_same_difference() {
    let (spec, tlc) = (of_twelve_managers(), crate::common::tlc());
    let found = walks(&pair(&twelve(10), &spec).tlc(&tlc), 4);
    assert_eq!(found.engine, "tlc");
    // Two walks are Rust's, and two are TLC's.
    assert_eq!(found.extent.walks, 4, "{found}");
    meets_the_planted_difference(&found);
}

#[test]
fn walks_are_not_taken_where_the_names_do_not_match() {
    let spec = spec("AtomicCommit.tla");
    let plan = WalkPlan {
        seed: 1,
        walks: 1,
        steps: 20,
    };
    let mismatches = |pair: Pair<'_>| match pair.in_process().walks(plan) {
        Err(PlainError::Mismatch(found)) => found.to_string(),
        Err(other) => panic!("{other}"),
        Ok(walks) => panic!("{walks}"),
    };
    let unnamed = mismatches(Pair::new(&RIGHT, &spec));
    for part in [
        "variable managers: the view has it",
        "variable phase: the spec declares it",
        "action Prepares: steps of the Rust model have it",
        "actions that only the spec has: Abort",
    ] {
        assert!(unnamed.contains(part), "{unnamed}");
    }
    // A name that is spelt wrong, beside the one that it should have been.
    let names = pair(&RIGHT, &spec).action("Prepares", "Votes");
    let wrong = mismatches(
        names
            .action("Prepare", "Vote")
            .property("Consistend", "Agreement"),
    );
    for part in [
        "action Votes: steps of the Rust model have it, the spec has no such action",
        "action Prepare: no step of the Rust model that was met has an action of this name",
        "property Consistend: the Rust model has no property of this name",
    ] {
        assert!(wrong.contains(part), "{wrong}");
    }
    if !tandem_tla_rs::BUILT_IN {
        return;
    }
    // Where all else matches, it may be an action that these walks have not met.
    let rare = pair(&RIGHT, &spec).action("Prepare", "Vote").in_process();
    let rare = walks(&rare, 1).notes.join("\n");
    assert!(rare.contains("action Prepare: no step"), "{rare}");
}
