//! `exercise.toml`: what an exercise is about and what an answer must do.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An exercise, as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The part of the course, from 1 to 5; 6 has the bonus exercises.
    pub part: u8,
    /// Its number in the course, from 1.
    pub place: u8,
    /// How long it should take.
    pub minutes: u8,
    /// The protocol that the handler belongs to.
    pub protocol: String,
    /// The variant of the protocol whose claims the answer must keep.
    pub like: String,
    /// The Rust expression that makes a `Handler` of the learner's module, which is called `answer`.
    pub handler: String,
    /// What the expression uses, besides `Handler`.
    #[serde(default)]
    pub uses: Vec<String>,
    /// The claims that the answer must keep, if they are not those of the variant.
    pub claims: Option<Vec<String>>,
    /// What must turn from violated to holding, most important first: its story is told first.
    pub turns: Vec<String>,
    /// What a right answer violates: the lesson is that it cannot do otherwise.
    #[serde(default)]
    pub price: Vec<String>,
    /// Bounds and faults of the main run.
    #[serde(flatten)]
    pub size: Size,
    /// How the handler fails as it is shipped: the guarantee and the steps of its shortest
    /// counterexample, of each that is violated.
    pub shipped: BTreeMap<String, usize>,
    /// What an answer must do besides keeping its claims.
    pub demands: Demands,
    /// Further runs, at other bounds and faults.
    #[serde(default)]
    pub also: Vec<Also>,
    /// One more run for each of these steps, in which it is refused once.
    pub refusals: Option<Refusals>,
    /// The schedules that the learner writes by hand, where the exercise asks for some.
    pub schedules: Option<Schedules>,
    /// The property that the learner writes, where the exercise asks for one.
    pub property: Option<Property>,
    /// The definition in TLA+ that the learner writes, where the exercise has one.
    pub tla: Option<TlaHole>,
    /// Wrong answers by file name, each with the check that refuses it.
    pub wrong: BTreeMap<String, String>,
    /// Answers by file name that are accepted although they are not the solution, with the reason.
    #[serde(default)]
    pub accepted: BTreeMap<String, String>,
}

/// Bounds and faults, as `tandem check` has them; those not named are the variant's own.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Size {
    /// Parameters.
    #[serde(default)]
    pub bounds: BTreeMap<String, u8>,
    /// Fault budgets.
    #[serde(default)]
    pub faults: BTreeMap<String, u8>,
}

/// A further run.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// What the answer must keep in it, if that is not the same as in the main run.
    pub claims: Option<Vec<String>>,
    /// Bounds and faults.
    #[serde(flatten)]
    pub size: Size,
}

/// Schedules of two slots, as words of the letters A and B. One of those that the learner writes must
/// violate the guarantee, with the handler of the variant that is violated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedules {
    /// The Rust expression of the schedules in the learner's module.
    pub by_hand: String,
    /// The variant whose handler is the one that is shipped.
    pub variant: String,
    /// The guarantee.
    pub violates: String,
    /// The length of the words of which all are tried.
    pub letters: u32,
}

/// A property that the learner writes: in every state of the variant and of the learner's own system it
/// must be true exactly if the guarantee is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// The Rust expression: a function of the `World`.
    pub holds: String,
    /// The variant that violates the guarantee.
    pub variant: String,
    /// The guarantee.
    pub same_as: String,
}

/// A hole in TLA+: a definition of the protocol's module that the learner writes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlaHole {
    /// The definition, which is also the name of its file.
    pub definition: String,
    /// What is to be done, in a sentence or two.
    pub task: String,
    /// The variant whose Rust model the specification must equal.
    pub variant: String,
    /// The guarantees whose story is told first.
    #[serde(default)]
    pub turns: Vec<String>,
    /// Bounds and faults.
    #[serde(flatten)]
    pub size: Size,
    /// The check that refuses the definition as it is shipped.
    pub refused: String,
    /// How it fails as it is shipped: each violated guarantee, and the steps of its counterexample.
    #[serde(default)]
    pub shipped: BTreeMap<String, usize>,
    /// Wrong answers by file name, each with the check that refuses it.
    pub wrong: BTreeMap<String, String>,
}

/// What an answer must do besides keeping its claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demands {
    /// Witnesses that must be reached.
    pub reached: Vec<String>,
    /// Steps that must be taken.
    pub taken: Vec<String>,
    /// The most steps that the shortest finished run may need: those of the dearest solution.
    pub done_in: usize,
    /// Whether there must be a run in which every message has its effect, where no guarantee says so.
    #[serde(default)]
    pub all_effects: bool,
    /// The most states.
    #[serde(default = "max_states")]
    pub max_states: usize,
}

/// Runs in which one call is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusals {
    /// The steps, each of which gets a run of its own.
    pub steps: Vec<String>,
    /// Bounds and faults of these runs.
    #[serde(flatten)]
    pub size: Size,
}

fn max_states() -> usize {
    150_000
}

impl Definition {
    /// Reads the text of `exercise.toml`.
    ///
    /// # Errors
    /// When it is not one: where and why.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
