//! The question that a learner should ask about a refused answer.

use crate::course::Exercise;
use crate::judge::Judgement;

/// The question for a run that differs from that of the shipped handler.
const OF_ANY_RUN: &str =
    "Which step of this run should not be possible, and which line of the handler takes it?";

/// The question to ask about a refused answer: the exercise's own question, if the run is that of the
/// shipped handler.
pub(crate) fn question(exercise: &Exercise, judgement: &Judgement) -> Option<String> {
    let refused = judgement.refused.as_deref()?;
    let shipped = &exercise.definition.shipped;
    let as_shipped = shipped.contains_key(refused) && judgement.violated.contains_key(refused);
    if as_shipped || refused.starts_with("property.") || refused == "schedules" {
        return exercise.texts.question();
    }
    judgement.run_shown.then(|| OF_ANY_RUN.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    fn exercise() -> Exercise {
        let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
        Exercise::read(&all.join("2-05-ghosts-and-losses")).unwrap()
    }

    fn refused(check: &str, violated: &[&str], run_shown: bool) -> Judgement {
        let violated = violated.iter().map(|name| ((*name).to_owned(), 3));
        Judgement {
            refused: Some(check.to_owned()),
            violated: violated.collect::<BTreeMap<_, _>>(),
            run_shown,
            ..Judgement::default()
        }
    }

    #[test]
    fn the_exercises_own_question_is_asked_about_its_own_run() {
        let exercise = exercise();
        let own = question(&exercise, &refused("NoGhostEver", &["NoGhostEver"], true));
        assert_eq!(own, exercise.texts.question());
        assert!(own.is_some_and(|own| own.starts_with("If the handler dies")));
    }

    #[test]
    fn another_run_has_a_question_that_suits_every_run() {
        let exercise = exercise();
        let other = refused("NoLostOutput", &["NoLostOutput"], true);
        assert_eq!(question(&exercise, &other).as_deref(), Some(OF_ANY_RUN));
        // The same guarantee in a further run, with other bounds.
        let further = refused("NoGhostEver", &[], true);
        assert_eq!(question(&exercise, &further).as_deref(), Some(OF_ANY_RUN));
    }

    #[test]
    fn a_refusal_in_words_says_itself_what_to_do() {
        assert_eq!(question(&exercise(), &refused("done_in", &[], false)), None);
    }
}
