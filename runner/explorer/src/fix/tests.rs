//! Plays the shortest counterexample of every violated guarantee in the catalogue on every correct
//! variant.

use std::collections::BTreeMap;
use std::sync::Arc;

use tandem_check::enumerate::{Path, explore};
use tandem_models::catalogue::{Instance, Overrides};
use tandem_models::protocols::catalogue;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};

use super::{Attempt, attempt};
use crate::app::App;
use crate::model::{Model, Walked};
use crate::searches::Searches;
use crate::wire::FixOutcome;

/// A violated guarantee with its counterexample.
struct Violated {
    model: Arc<Model>,
    guarantee: &'static str,
    walked: Walked,
}

fn violated(instance: Instance) -> Vec<Violated> {
    let cancel = Cancel::new();
    let model = Arc::new(Model::open(instance));
    let found = explore(&model.system, &Run::new(&Limits::NONE, &cancel));
    let asked = model.system.asked();
    let states = asked.iter().zip(&found.decided);
    let states =
        states.filter_map(|((property, _), raw)| Some((property.name, found.path((*raw)?))));
    let liveness = found.liveness();
    let lassos = liveness
        .into_iter()
        .filter_map(|(name, path)| Some((name, path?)));
    let paths: Vec<(&str, Path)> = states.chain(lassos).collect();
    let claimed = paths
        .into_iter()
        .filter(|(name, _)| model.instance.claims(name));
    claimed
        .map(|(guarantee, path)| {
            let named = model.name(&path);
            let walked = model
                .walk(&named.steps, named.end)
                .unwrap_or_else(|_| panic!("{guarantee}"));
            Violated {
                model: Arc::clone(&model),
                guarantee,
                walked,
            }
        })
        .collect()
}

fn select(name: Option<&str>) -> Vec<Instance> {
    catalogue()
        .select(name, &Overrides::default())
        .expect("the catalogue has it")
}

fn app() -> App {
    App::new(catalogue(), Searches::new(Limits::NONE, 1))
}

fn attempts(app: &App, violated: &Violated) -> Vec<Attempt> {
    let others = app.right_variants(&violated.model).into_iter();
    others
        .map(|onto| {
            attempt(
                &violated.model,
                &violated.walked,
                onto,
                Some(violated.guarantee),
            )
        })
        .collect()
}

fn faults(path: &Path) -> usize {
    path.steps
        .iter()
        .filter(|(step, _)| step.fault().is_some())
        .count()
}

#[test]
fn a_fix_that_is_said_to_keep_a_promise_keeps_it_in_every_state_under_every_fault() {
    let (app, mut judged) = (app(), 0);
    for violated in select(None).into_iter().flat_map(violated) {
        for attempt in attempts(&app, &violated) {
            judged += 1;
            let system = &attempt.onto.system;
            let mut guarantees = system.spec().guarantees.iter();
            let Some(guarantee) = guarantees.find(|g| g.name == violated.guarantee) else {
                assert_eq!(attempt.outcome, FixOutcome::NotAsked);
                continue;
            };
            let path = &attempt.run.path;
            let mut states = path.steps.iter().map(|(_, state)| state);
            let always = (guarantee.holds)(system, &path.start)
                && states.all(|state| (guarantee.holds)(system, state));
            let at_end = (guarantee.holds)(system, path.last());
            let about = format!("{} {}", violated.model.key(), violated.guarantee);
            let safety = matches!(guarantee.when, tandem_models::kit::guarantees::When::Always);
            if attempt.outcome == FixOutcome::Kept {
                assert!(if safety { always } else { at_end }, "{about}");
                assert_eq!(faults(path), faults(&violated.walked.path), "{about}");
            }
            if safety && attempt.outcome == FixOutcome::Broken {
                assert!(!always, "{about}");
            }
        }
    }
    assert!(judged > 30, "{judged} runs were judged");
}

fn outcomes(name: &str, guarantee: &str) -> BTreeMap<&'static str, FixOutcome> {
    let mut all = select(Some(name)).into_iter().flat_map(violated);
    let violated = all
        .find(|violated| violated.guarantee == guarantee)
        .expect("it is violated");
    let attempts = attempts(&app(), &violated).into_iter();
    attempts
        .map(|attempt| (attempt.onto.instance.variant.name, attempt.outcome))
        .collect()
}

#[test]
fn no_variant_survives_a_provider_that_forgets_the_key() {
    let outcomes = outcomes("charge-once:derived-key-forgotten", "NoDoubleCharge");
    assert!(!outcomes.is_empty());
    assert!(
        outcomes
            .values()
            .all(|outcome| *outcome != FixOutcome::Kept),
        "{outcomes:?}"
    );
}

#[test]
fn a_late_request_hits_the_charge_of_the_right_variant_too() {
    let outcomes = outcomes("charge-once:query-first-late", "NoDoubleCharge");
    assert_eq!(outcomes["derived-key"], FixOutcome::Kept, "{outcomes:?}");
}
