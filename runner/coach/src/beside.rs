//! Checks the demands of an exercise other than the guarantees of a handler: a property, schedules,
//! or that every message has its effect in some run.

use std::io::Write;

use tandem_models::kit::system::State;

use crate::answer::Answer;
use crate::definition::Definition;
use crate::judgement::{Judgement, Refusal, Told};
use crate::learner::{Attempt, variant};
use crate::states::States;
use crate::{property, schedules};

/// Checks a property or schedules, if the exercise asks for them.
pub(crate) fn beside(
    definition: &Definition,
    answer: &Answer,
    attempt: &Attempt,
    (judgement, out): (&mut Judgement, &mut dyn Write),
) -> anyhow::Result<Option<Refusal<'static>>> {
    let most = definition.demands.max_states;
    if let (Some(wanted), Some(property)) = (&definition.property, &answer.property) {
        let broken = variant(definition, &wanted.variant)?;
        for instance in [&broken, &attempt.instance] {
            let fault = property::compare(property, instance, &wanted.same_as, most)?;
            if let Some(property::Fault { check, told, trace }) = fault {
                let told = Told::Path(told, Box::new(trace));
                return Ok(Some(Refusal {
                    check: check.to_owned(),
                    told,
                }));
            }
        }
        writeln!(out, "✓ your property says what {} says", wanted.same_as)?;
    }
    if let Some(wanted) = &definition.schedules {
        let (hand, size) = (answer.by_hand, (wanted.letters, most));
        let broken = variant(definition, &wanted.variant)?;
        let shipped = schedules::try_all(&broken, &wanted.violates, hand, size)?;
        let yours = schedules::try_all(&attempt.instance, &wanted.violates, hand, size)?;
        let table = schedules::table(&wanted.violates, wanted.letters, &shipped, &yours);
        writeln!(out, "{table}")?;
        judgement.schedules = Some(table);
        if !shipped.by_hand.iter().any(|played| played.violating) {
            return Ok(Some(Refusal {
                check: "schedules".to_owned(),
                told: Told::Words(none_found(&shipped.by_hand, &wanted.violates)),
            }));
        }
    }
    Ok(None)
}

/// Refuses an answer if no run gives every message its effect and the exercise demands one.
pub(crate) fn no_effect(definition: &Definition, attempt: &Attempt) -> Option<Refusal<'static>> {
    let system = attempt.instance.system();
    let messages = &system.spec().messages;
    let all = |state: &State| messages.iter().all(|one| state.world.hist.contains(one));
    let wanted = definition.demands.all_effects;
    let reached = |states: &States| states.all.iter().any(all);
    let states = wanted.then(|| States::of(&system.remembering(), definition.demands.max_states));
    match &states {
        Some(Ok(states)) if !reached(states) => Some(Refusal {
            check: "effects".to_owned(),
            told: Told::Words(
                "All guarantees hold, but there is no run in which every message changes something: \
                 which of them never does?"
                    .to_owned(),
            ),
        }),
        // Another demand reports that there are too many states.
        _ => None,
    }
}

fn none_found(by_hand: &[schedules::Played], guarantee: &str) -> String {
    let mut words =
        format!("None of your schedules violates {guarantee} with the handler as shipped.");
    for played in by_hand {
        words.push_str(&format!("\n  Yours: {}", schedules::told(played)));
    }
    words
}
