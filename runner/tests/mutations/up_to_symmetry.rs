//! Changes of a TLA+ module, where the Rust side was enumerated with symmetry reduction.

use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::kit::fault::Fault;
use tandem_models::protocols::catalogue;
use tandem_runner::divergence::Side;
use tandem_runner::report::Standing;

use super::{Different, Found, compared_with, different, racing};
use crate::common::Wrapped;

fn bounds(parameters: &[(&str, u8)], faults: &[(Fault, u8)]) -> Overrides {
    let named = |(name, value): &(&str, u8)| ((*name).to_owned(), *value);
    Overrides {
        parameters: parameters.iter().map(named).collect(),
        faults: faults
            .iter()
            .map(|(fault, n)| ((*fault).into(), *n))
            .collect(),
    }
}

fn mutated(variant: &str, overrides: &Overrides, that: &str, this: &str) -> Different {
    let instance = Wrapped::with_module(&[(that, this)]).variant_with(variant, overrides);
    different(compared_with(&instance, true).unwrap())
}

#[test]
fn the_modules_as_they_are_have_no_difference() {
    let select = |name, overrides| catalogue().select(Some(name), overrides).unwrap().remove(0);
    let two = bounds(&[("messages", 2), ("slots", 2)], &[]);
    let alone = bounds(&[("messages", 2), ("slots", 1)], &[(Fault::Crash, 1)]);
    let instances: [Instance; 3] = [
        select("outbox:check-and-return", &two),
        select("outbox:transactional", &racing()),
        select("token-deduplication", &alone),
    ];
    for instance in instances {
        let comparison = compared_with(&instance, true).unwrap();
        assert_eq!(comparison.standing(), Standing::Pass, "{instance}");
        assert!(comparison.rust.states < comparison.tla.states, "{instance}");
    }
}

#[test]
fn a_dropped_version_check_is_found_where_two_slots_race() {
    let blind = "IF Variant = \"blind-write\"";
    let different = mutated("transactional", &racing(), blind, "IF TRUE");
    assert_eq!(different.path.steps.len(), 5);
    assert_eq!(different.divergence.only, Side::Rust);
    assert_eq!(different.divergence.action.as_deref(), Some("Save"));
}

/// The remaining states are symmetric to the missing ones, so a comparison of orbits alone would find no
/// difference.
#[test]
fn a_message_that_nobody_takes_up_is_found() {
    let two = bounds(&[("messages", 2)], &[]);
    let takes = "Takes(m, Steps(m, order).Receive, TRUE)";
    let takes_first = format!("m = 1 /\\ {takes}");
    let different = mutated("check-and-return", &two, takes, &takes_first);
    let expected = Found {
        only: Side::Rust,
        action: Some("Receive"),
        after: 0,
        apart: vec!["incoming[1]", "incoming[2]", "slots[1].message"],
    };
    assert_eq!(different.found(), expected);
}

/// The same for slots: where both could save, the step of the second one is symmetric to the step of the
/// first.
#[test]
fn a_slot_that_stands_still_is_found() {
    let at = "/\\ At(s, \"Save\")";
    let first = "(s = 1 \\/ slots[1].at # \"Save\")";
    let different = mutated("transactional", &racing(), at, &format!("{at} /\\ {first}"));
    let Found {
        only,
        action,
        after,
        apart,
    } = different.found();
    assert_eq!((only, action, after), (Side::Rust, Some("Save"), 4));
    assert!(apart.contains(&"slots[2].at"), "{apart:?}");
}
