//! What the tests of the protocols share, and what is asked of the whole catalogue.

use std::collections::BTreeSet;

use stateright::{Checker, Model};

use super::catalogue;
use crate::catalogue::{Expected, Instance, Overrides};
use crate::kit::fault::Fault;
use crate::kit::guarantees::{When, shown, witnesses};
use crate::kit::step::Kind;
use crate::kit::system::{State, System};

/// The instances that a name stands for.
fn instances(name: Option<&str>) -> Vec<Instance> {
    let selected = catalogue().select(name, &Overrides::default());
    selected.unwrap_or_else(|error| panic!("{error}"))
}

/// `protocol:variant` with its own bounds, except for these.
pub(super) fn instance(name: &str, parameters: &[(&str, u8)], faults: &[(Fault, u8)]) -> Instance {
    let named = |(name, value): &(&str, u8)| ((*name).to_owned(), *value);
    let overrides = Overrides {
        parameters: parameters.iter().map(named).collect(),
        faults: faults
            .iter()
            .map(|(fault, n)| ((*fault).into(), *n))
            .collect(),
    };
    let instance = instances(Some(name)).remove(0).with(&overrides);
    instance.unwrap_or_else(|error| panic!("{error}"))
}

/// The guarantees that some reachable state violates.
pub(super) fn broken(system: System) -> Vec<&'static str> {
    let mut names: Vec<_> = system.spec().guarantees.iter().map(|g| g.name).collect();
    let checker = system.checker().spawn_bfs().join();
    names.retain(|name| checker.discovery(name).is_some());
    names
}

/// The state after a path of steps: `Load` by any slot, `Load@2` by the second slot.
/// `Receive.Billing.id=1` starts on a message that has `Billing` as a value and 1 in the field `id`.
pub(super) fn after(system: &System, path: &str) -> State {
    let start = system.init_states().remove(0);
    path.split_whitespace().fold(start, |state, name| {
        let (action, slot) = name.split_once('@').unwrap_or((name, ""));
        let slot: Option<usize> = slot.parse().ok();
        let (action, about) = action.split_once('.').unwrap_or((action, ""));
        let mut steps = Vec::new();
        system.actions(&state, &mut steps);
        let named = steps.into_iter().filter(|step| step.action == action);
        let mut possible = named.filter(|step| is_about(&step.kind, about));
        let step = possible.find(|s| slot.is_none() || s.slot().map(|n| n + 1) == slot);
        let step = step.unwrap_or_else(|| panic!("{name} is not possible"));
        system.next_state(&state, step).unwrap()
    })
}

/// Whether a message has all these fields, which are separated by dots; always false for other steps.
fn is_about(kind: &Kind, fields: &str) -> bool {
    let Kind::Receive(_, message) = kind else {
        return fields.is_empty();
    };
    let has = |field: &str| {
        let (name, value) = field.split_once('=').unwrap_or(("", field));
        let mut entries = message.entries();
        entries.any(|(key, found)| {
            found.plain() == value && (name.is_empty() || key.as_str() == Some(name))
        })
    };
    fields
        .split('.')
        .all(|field| field.is_empty() || has(field))
}

#[test]
fn every_variant_breaks_what_it_says_and_nothing_else_and_its_witnesses_are_reached() {
    for instance in instances(None) {
        let checker = instance.system().checker().spawn_bfs().join();
        let guarantees = instance.guarantees().into_iter();
        for guarantee in guarantees.filter(|guarantee| matches!(guarantee.when, When::Always)) {
            let violated = checker.discovery(guarantee.name).is_some();
            let expected = instance.expected(guarantee.name) == Some(Expected::Violated);
            assert_eq!(violated, expected, "{instance}: {}", guarantee.name);
        }
        for (witness, _) in witnesses(&instance.budget()) {
            let reached = checker.discovery(witness.name).is_some();
            let expected = instance.variant.why_unreached(witness.name).is_none();
            assert_eq!(reached, expected, "{instance}: {}", witness.name);
            assert_ne!(shown(witness.name), witness.name, "words for what it shows");
        }
    }
}

#[test]
fn a_right_variant_keeps_its_word_and_a_wrong_one_does_not() {
    for instance in instances(None) {
        let mut claims = instance.variant.claims.iter();
        let keeps_its_word = claims.all(|claim| instance.variant.why_broken(claim).is_none());
        assert_eq!(instance.variant.right, keeps_its_word, "{instance}");
    }
}

/// A guarantee that no variant violates may be trivially true.
#[test]
fn every_guarantee_is_broken_by_some_variant() {
    let all = instances(None);
    let asked: BTreeSet<_> = all
        .iter()
        .flat_map(Instance::guarantees)
        .map(|g| g.name)
        .collect();
    let broken = all.iter().flat_map(|instance| instance.variant.breaks);
    let broken: BTreeSet<_> = broken.map(|(guarantee, _)| *guarantee).collect();
    assert_eq!(broken, asked);
}

/// A second fault of the same kind reveals mistakes that one fault does not, for example a budget that
/// is not used up.
#[test]
fn the_first_four_families_compare_settings_in_which_every_fault_happens_twice() {
    for name in [
        "outbox",
        "token-deduplication",
        "charge-once",
        "double-submit",
    ] {
        let larger = catalogue()
            .select_larger(Some(&format!("{name}:all")))
            .unwrap();
        for kind in &larger[0].0.description.faults {
            let compared = larger.iter().filter(|(_, tlc)| *tlc);
            let mut settings = compared.map(|(instance, _)| instance);
            let twice = settings.any(|instance| instance.faults[&kind.aim] == 2);
            assert!(twice, "{name}: {}", kind.aim.name());
        }
    }
}
