//! All states of a small system and the steps between them, on which schedules are played: those of the learner,
//! random ones, and all of one length.

use std::collections::HashMap;

use anyhow::ensure;
use stateright::Model;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};

/// All states that a system can reach, in the order of a breadth-first search.
pub struct States {
    /// The states.
    pub all: Vec<State>,
    /// For each state its steps, each with the state after it.
    pub next: Vec<Vec<(Step, usize)>>,
}

impl States {
    /// Explores a system.
    ///
    /// # Errors
    ///
    /// If there are more than `most` states.
    pub fn of(system: &System, most: usize) -> anyhow::Result<Self> {
        let mut known = HashMap::new();
        let mut found = States {
            all: Vec::new(),
            next: Vec::new(),
        };
        for state in system.init_states() {
            found.number(&mut known, state);
        }
        let mut at = 0;
        while at < found.all.len() {
            ensure!(at < most, "there are more than {most} states");
            let state = found.all[at].clone();
            for (step, after) in system.next_steps(&state) {
                let number = found.number(&mut known, after);
                found.next[at].push((step, number));
            }
            at += 1;
        }
        Ok(found)
    }

    fn number(&mut self, known: &mut HashMap<State, usize>, state: State) -> usize {
        if let Some(number) = known.get(&state) {
            return *number;
        }
        let number = self.all.len();
        known.insert(state.clone(), number);
        self.all.push(state);
        self.next.push(Vec::new());
        number
    }
}
