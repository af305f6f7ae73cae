//! Tests an exercise's TLA+ definition.

use super::Problem;
use crate::course::Exercise;
use crate::tla;
use crate::tla_coach::{TlaFiles, read};

/// The smallest number of wrong TLA+ answers.
const WRONG: usize = 2;

/// Tests the definition of an exercise: the shipped one is refused for the stated reason, the solution is
/// accepted and is the same as in the specification, and each wrong answer is refused by the stated check.
/// Returns the number of answers that were tried.
///
/// # Errors
///
/// If an answer cannot be read or judged.
pub fn verify(exercise: &Exercise, problems: &mut Vec<Problem>) -> anyhow::Result<usize> {
    let Some(files) = TlaFiles::of(exercise) else {
        return Ok(0);
    };
    let (hole, definition) = (files.hole, &exercise.definition);
    let mut report = |what: String| {
        problems.push(Problem {
            exercise: exercise.name.clone(),
            what,
        });
    };
    let shipped = read(&files.answer("shipped"))?;
    if read(&files.own())? != shipped {
        let file = &hole.definition;
        report(format!("spec/{file}.tla is not as it is shipped"));
    }
    if !shipped.contains("TODO") {
        report("spec/shipped.tla has no TODO".to_owned());
    }
    if read(&files.answer("solution"))? != tla::cut_out(definition, hole)?.own {
        report("spec/solution.tla is not the definition of the specification".to_owned());
    }
    if hole.wrong.len() < WRONG {
        report(format!(
            "there are fewer than {WRONG} wrong answers in TLA+"
        ));
    }
    let wrong = hole
        .wrong
        .iter()
        .map(|(name, check)| (name.as_str(), Some(check)));
    let own = [("shipped", Some(&hole.refused)), ("solution", None)];
    let answers: Vec<_> = own.into_iter().chain(wrong).collect();
    for (name, check) in &answers {
        let text = read(&files.answer(name))?;
        let judgement = tla::judge(definition, hole, &text, &mut std::io::sink())?;
        if judgement.refused.as_ref() != *check {
            let (found, stated) = (&judgement.refused, check);
            report(format!(
                "in TLA+ {name} is refused by {found:?}, not by {stated:?}"
            ));
        }
        if *name == "shipped" && judgement.violated != hole.shipped {
            let (found, stated) = (&judgement.violated, &hole.shipped);
            report(format!(
                "in TLA+ it violates {found:?} as shipped, not {stated:?}"
            ));
        }
    }
    Ok(answers.len())
}
