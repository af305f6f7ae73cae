//! The view of the model as variables of the spec, and the names that differ. This is all the code
//! that is needed to compare a plain model.

use serde::Serialize;
use tandem_models::value::{Set, Value};
use tandem_runner::plain::{Pair, UserSpec, Viewed};

use super::model::{Action, Coordinator, Manager, Message, State, TwoPhaseCommit};

/// The variables.
#[derive(Serialize)]
#[rustfmt::skip]
pub struct View { managers: Vec<Manager>, coordinator: Coordinator, votes: Set<usize>, network: Set<Message> }

#[rustfmt::skip]
impl Viewed for TwoPhaseCommit {
    type View = View;
    fn view(&self, state: &State) -> View {
        let State { managers, coordinator, votes, network } = state.clone();
        View { managers, coordinator, votes: Set(votes), network: Set(network) }
    }
    fn action_name(action: &Action) -> String {
        format!("{action:?}").split('(').next().unwrap_or_default().to_owned()
    }
    fn constants(&self) -> Vec<(&'static str, Value)> {
        vec![("Managers", Value::set((1..=self.managers).map(Value::from)))]
    }
}

/// The names that differ.
#[rustfmt::skip]
pub fn pair<'a>(model: &'a TwoPhaseCommit, spec: &'a UserSpec) -> Pair<'a> {
    let names = [("CoordinatorCommits", "Commit"), ("CoordinatorAborts", "Abort"), ("CoordinatorCounts", "Count"),
                 ("Prepares", "Vote"), ("GivesUp", "Refuse"), ("HearsCommit", "Finish"), ("HearsAbort", "Undo")];
    let pair = Pair::new(model, spec).variable("managers", "phase").variable("coordinator", "decision");
    let pair = pair.variable("votes", "counted").variable("network", "sent").property("Consistent", "Agreement");
    names.iter().fold(pair, |pair, (rust, tla)| pair.action(rust, tla))
}
