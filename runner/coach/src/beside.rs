//! Checks the demands of an exercise other than the guarantees of a handler: a property, schedules,
//! or that every message has its effect in some run.

use std::io::Write;

use tandem_check::enumerate::{Exploration, explore};
use tandem_search::limits::Run;

use crate::answer::Answer;
use crate::definition::Definition;
use crate::judgement::{Judgement, Refusal, Told};
use crate::learner::{Attempt, variant};
use crate::{property, schedules};

/// Checks a property or schedules, if the exercise asks for them.
pub(crate) fn beside(
    definition: &Definition,
    answer: &Answer,
    (attempt, found): (&Attempt, &Exploration),
    run: &Run<'_>,
    (judgement, out): (&mut Judgement, &mut dyn Write),
) -> anyhow::Result<Option<Refusal<'static>>> {
    if let (Some(wanted), Some(property)) = (&definition.property, &answer.property) {
        let broken = variant(definition, &wanted.variant)?;
        let of_broken = explore(&broken.system(), run);
        for pair in [(&broken, &of_broken), (&attempt.instance, found)] {
            let fault = property::compare(property, pair, &wanted.same_as)?;
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
        let most = definition.demands.max_states;
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

/// Refuses the answer if the exercise demands a run in which every message has its effect, and there is no
/// such run.
pub(crate) fn no_effect(definition: &Definition, found: &Exploration) -> Option<Refusal<'static>> {
    let messages = &found.system().spec().messages;
    let all = |raw| {
        let world = found.state(raw).world;
        messages.iter().all(|one| world.hist.contains(one))
    };
    // Another demand reports a search that was cut off.
    let judged = definition.demands.all_effects && found.cut_off.is_none();
    let refused = judged && !found.raws().any(|(raw, _)| all(raw));
    refused.then(|| Refusal {
        check: "effects".to_owned(),
        told: Told::Words(
            "All guarantees hold, but there is no run in which every message changes something: \
             which of them never does?"
                .to_owned(),
        ),
    })
}

fn none_found(by_hand: &[schedules::Played], guarantee: &str) -> String {
    let mut words =
        format!("None of your schedules violates {guarantee} with the handler as shipped.");
    for played in by_hand {
        words.push_str(&format!("\n  Yours: {}", schedules::told(played)));
    }
    words
}
