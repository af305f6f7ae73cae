//! Every instance that the catalogue names, checked in Rust: the verdicts, the counts that the
//! manifest pins. None of it needs Java. What a description must keep to is tested with
//! `tandem_models::catalogue`, since every catalogue must keep to it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use stateright::{Expectation, Model};
use tandem_models::catalogue::{Catalogue, Expected, Instance, Overrides, Variant};
use tandem_models::kit::fault::{Aim, Fault};
use tandem_models::kit::system::State;
use tandem_models::protocols::catalogue;
use tandem_models::value::changes;
use tandem_runner::cancel::Cancel;
use tandem_runner::enumerate::{Exploration, explore};
use tandem_runner::limits::Limits;
use tandem_runner::limits::Run;
use tandem_runner::manifest::{Counts, Manifest};

/// The model lives as long as the test process, and the exploration borrows from it.
fn explored(instance: &Instance) -> Exploration {
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    explore(&instance.system(), &run)
}

/// The states that are nearest to the start, so many of an instance that every kind of step is among theirs.
fn near_states<'a>(found: &'a Exploration) -> impl Iterator<Item = State> + 'a {
    let count = u32::try_from(found.size().raw_states).unwrap();
    (0..count.min(2_000)).map(|raw| found.state(raw))
}

/// Every named instance with its exploration: made once, since every test reads another part.
fn named() -> &'static [(Instance, Exploration)] {
    static NAMED: OnceLock<Vec<(Instance, Exploration)>> = OnceLock::new();
    NAMED.get_or_init(|| {
        let instances = catalogue().select(None, &Overrides::default()).unwrap();
        let explored = |instance: Instance| {
            let found = explored(&instance);
            (instance, found)
        };
        instances.into_iter().map(explored).collect()
    })
}

/// Fails with every line that says what is wrong, not only with the first.
#[track_caller]
fn assert_nothing(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn counts(found: &Exploration) -> Counts {
    Counts {
        states: found.size().states,
        transitions: found.size().transitions,
    }
}

fn miscounted(instance: &Instance, found: &Exploration) -> Option<String> {
    let pinned = Manifest::of(&catalogue()).unwrap().counts(instance);
    (pinned != Some(counts(found))).then(|| {
        format!(
            "{instance}: the manifest pins {pinned:?}, found {:?}",
            counts(found)
        )
    })
}

/// What makes an exploration worthless: a handler that cannot be replayed, a view that forgets.
fn unsound(instance: &Instance, found: &Exploration) -> Option<String> {
    let breach = found.breach.as_ref().map(|(_, breach)| breach.to_string());
    let clash = found.clash().map(|(one, other)| {
        let system = instance.system();
        let (one, other) = (&found.state(one), &found.state(other));
        assert_eq!(changes(&system.view(one), &system.view(other)), []);
        format!("two states with one view differ in their steps: {one:?} and {other:?}")
    });
    let what = breach.or(clash)?;
    Some(format!("{instance}: {what}"))
}

fn unexpected(instance: &Instance, found: &Exploration) -> Vec<String> {
    let system = instance.system();
    let mut wrong = Vec::new();
    for (property, decided) in system.properties().iter().zip(&found.decided) {
        let steps = decided.map(|raw| found.path(raw).steps.len());
        let unreached = instance.variant.why_unreached(property.name).is_some();
        let said = match (
            property.expectation.clone(),
            instance.expected(property.name),
        ) {
            (Expectation::Sometimes, _) if steps.is_none() != unreached => {
                "is reached or not, and the variant says otherwise"
            }
            (Expectation::Always, Some(Expected::Holds)) if steps.is_some() => "should hold",
            (Expectation::Always, Some(Expected::Violated)) if steps.is_none() => "should break",
            (Expectation::Always, None) => "has no expectation",
            _ => continue,
        };
        wrong.push(format!("{instance}: {} {said}: {steps:?}", property.name));
    }
    wrong
}

#[test]
fn every_verdict_is_as_the_catalogue_expects_and_every_witness_is_reached() {
    let wrong = named().iter();
    assert_nothing(
        &wrong
            .flat_map(|(i, found)| unexpected(i, found))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_count_is_as_the_manifest_pins_it() {
    let all = named().iter();
    assert_nothing(
        &all.filter_map(|(i, found)| miscounted(i, found))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_handler_can_be_replayed_and_no_view_forgets_anything() {
    let all = named().iter();
    assert_nothing(
        &all.filter_map(|(i, found)| unsound(i, found))
            .collect::<Vec<_>>(),
    );
}

/// Pinned states of the largest setting that is explored without `TANDEM_LONG=yes`.
const QUICK: usize = 20_000;

#[test]
fn the_larger_settings_are_as_the_manifest_pins_them() {
    assert!(larger_are_as_pinned(|states| states <= QUICK) >= 20);
}

#[test]
#[ignore = "the largest settings take minutes"]
fn the_largest_settings_are_as_the_manifest_pins_them() {
    assert!(larger_are_as_pinned(|states| states > QUICK) >= 5);
}

/// Explores the larger settings whose pinned number of states is asked for, and says how many there are.
fn larger_are_as_pinned(asked_for: impl Fn(usize) -> bool) -> usize {
    let (manifest, mut tried) = (Manifest::of(&catalogue()).unwrap(), 0);
    for (instance, _) in catalogue().select_larger(None).unwrap() {
        let pinned = manifest.counts(&instance);
        if !asked_for(pinned.expect("every larger setting is pinned").states) {
            continue;
        }
        tried += 1;
        let found = explored(&instance);
        let mut wrong = unexpected(&instance, &found);
        wrong.extend(miscounted(&instance, &found));
        wrong.extend(unsound(&instance, &found));
        assert_nothing(&wrong);
    }
    tried
}

#[test]
fn every_action_has_words_and_every_actor_is_listed() {
    let mut wrong = BTreeSet::new();
    for (instance, found) in named() {
        for action in found.fired().into_keys() {
            if instance.description.words(action).is_none() {
                wrong.insert(format!("{}: {action}", instance.description.name));
            }
        }
        let system = instance.system();
        let mut steps = Vec::new();
        for state in near_states(found) {
            system.actions(&state, &mut steps);
            for step in steps.drain(..) {
                if !instance.description.actors.contains(&step.actor) {
                    wrong.insert(format!("{}: {}", instance.description.name, step.actor));
                }
            }
        }
    }
    assert_nothing(&wrong.into_iter().collect::<Vec<_>>());
}

/// The instance with one fault at this budget, and all others off.
fn only(instance: &Instance, fault: Aim, budget: u8) -> Instance {
    let mut instance = instance.clone();
    for (other, count) in &mut instance.faults {
        *count = if *other == fault { budget } else { 0 };
    }
    instance
}

fn happening(instance: &Instance) -> BTreeSet<Fault> {
    let found = explored(instance);
    let system = instance.system();
    let mut faults = BTreeSet::new();
    let mut steps = Vec::new();
    for state in near_states(&found) {
        system.actions(&state, &mut steps);
        faults.extend(steps.drain(..).filter_map(|step| step.fault()));
    }
    faults
}

/// At the protocol's default bounds, which are small.
#[test]
fn a_fault_happens_in_some_variant_exactly_if_it_has_a_budget() {
    let all: Catalogue = catalogue();
    for protocol in all.protocols() {
        let description = std::sync::Arc::new(protocol.describe());
        let small = |variant: &Variant| {
            let mut instance = Instance::new(protocol, &description, variant);
            for p in &description.parameters {
                instance.parameters.insert(p.name, p.default);
            }
            instance
        };
        let variants: Vec<_> = description.variants.iter().map(small).collect();
        for kind in &description.faults {
            let label = format!("{}: {}", description.name, kind.aim);
            for instance in &variants {
                let none = happening(&only(instance, kind.aim, 0));
                assert!(none.is_empty(), "{label}: without a budget {none:?} happen");
            }
            let mut with_budget = variants.iter().map(|v| happening(&only(v, kind.aim, 1)));
            let expected = BTreeSet::from([kind.aim.fault]);
            assert!(
                with_budget.any(|happening| happening == expected),
                "{label} never happens"
            );
        }
    }
}

#[test]
fn why_a_guarantee_is_broken_is_told_of_the_bounds_that_it_is_about() {
    let catalogue = catalogue();
    let why = |parameters: Vec<(String, u8)>| {
        let overrides = Overrides {
            parameters,
            faults: Vec::new(),
        };
        let instances = catalogue.select(Some("outbox:marked-after"), &overrides);
        instances.unwrap()[0].why_broken("NoDoubleEffect").unwrap()
    };
    let own = why(Vec::new());
    assert_eq!(
        why(vec![("messages".to_owned(), 3)]),
        format!("at its own bounds: {own}")
    );
}
