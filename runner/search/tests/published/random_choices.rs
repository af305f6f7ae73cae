//! Actors that answer a question in one of several ways.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, Id, Out};

/// A question and its answers.
type Question = (&'static str, &'static [&'static str]);

/// An actor with these questions to begin with, whose state is the answers so far.
#[derive(Clone)]
pub struct Chooser(&'static [Question]);

impl Actor for Chooser {
    type Msg = ();
    type State = Vec<&'static str>;
    type Timer = ();
    type Random = &'static str;
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) -> Self::State {
        for (question, answers) in self.0 {
            out.choose_random(*question, answers.to_vec());
        }
        Vec::new()
    }

    /// `replace` asks the second question with one answer left: instead of the first time, if that
    /// is open still, and otherwise once more.
    fn on_random(
        &self,
        _id: Id,
        answers: &mut Cow<'_, Self::State>,
        answer: &Self::Random,
        out: &mut Out<Self>,
    ) {
        if *answer == "replace" {
            out.choose_random("second", vec!["no"]);
        }
        answers.to_mut().push(answer);
    }
}

fn model(questions: &'static [Question]) -> ActorModel<Chooser> {
    ActorModel::new((), ()).actor(Chooser(questions)).property(
        Expectation::Always,
        "true",
        |_, _| true,
    )
}

/// One question with three answers.
pub fn one_question() -> ActorModel<Chooser> {
    model(&[("first", &["yes", "no", "perhaps"])])
}

/// Two questions, and the answer to the first replaces the second.
pub fn a_question_replaced() -> ActorModel<Chooser> {
    model(&[("first", &["replace"]), ("second", &["yes", "no"])])
}
