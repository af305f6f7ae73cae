//! `exercise.toml`: the definition of an exercise, and what an answer must do.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The content of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The part of the course, from 1 to 5; 6 has the bonus exercises.
    pub part: u8,
    /// Its number in the course, from 1.
    pub place: u8,
    /// The minutes that it should take.
    pub minutes: u8,
    /// The protocol that the handler belongs to.
    pub protocol: String,
    /// The variant of the protocol whose claims the answer must keep.
    pub like: String,
    /// The Rust expression that makes a `Handler` from the learner's module, which has the name
    /// `answer`.
    pub handler: String,
    /// The names that the expression uses, besides `Handler`.
    #[serde(default)]
    pub uses: Vec<String>,
    /// The guarantees that the answer must keep, if they are not those that the variant claims.
    pub claims: Option<Vec<String>>,
    /// The guarantees that must change from violated to holding. The most important one is first, and
    /// its counterexample is shown first.
    pub turns: Vec<String>,
    /// The guarantees that a correct answer violates, because it cannot keep them.
    #[serde(default)]
    pub price: Vec<String>,
    /// The bounds and faults of the main run.
    #[serde(flatten)]
    pub size: Size,
    /// How the shipped handler fails: each violated guarantee, with the number of steps of its shortest
    /// counterexample.
    pub shipped: BTreeMap<String, usize>,
    /// What an answer must do besides keeping its guarantees.
    pub demands: Demands,
    /// Further runs with other bounds and faults.
    #[serde(default)]
    pub also: Vec<Also>,
    /// The steps that are refused once: there is one more run for each.
    pub refusals: Option<Refusals>,
    /// The schedules that the learner writes, if the exercise asks for them.
    pub schedules: Option<Schedules>,
    /// The property that the learner writes, if the exercise asks for one.
    pub property: Option<Property>,
    /// The TLA+ definition that the learner writes, if the exercise has one.
    pub tla: Option<TlaHole>,
    /// Wrong answers by file name, each with the check that refuses it.
    pub wrong: BTreeMap<String, String>,
    /// Accepted answers other than the solution, by file name, each with the reason.
    #[serde(default)]
    pub accepted: BTreeMap<String, String>,
}

/// Bounds and faults, as for `tandem check`. Values that are not given are those of the variant.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Size {
    /// Parameters.
    #[serde(default)]
    pub bounds: BTreeMap<String, u8>,
    /// How often each fault may happen.
    #[serde(default)]
    pub faults: BTreeMap<String, u8>,
}

/// A further run.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// The guarantees that the answer must keep in this run, if they are not those of the main run.
    pub claims: Option<Vec<String>>,
    /// Bounds and faults.
    #[serde(flatten)]
    pub size: Size,
}

/// Schedules of two slots, as words of the letters A and B. At least one schedule that the learner
/// writes must violate the guarantee with the handler of `variant`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedules {
    /// The Rust expression for the schedules in the learner's module.
    pub by_hand: String,
    /// The variant with the shipped handler.
    pub variant: String,
    /// The guarantee.
    pub violates: String,
    /// The length of the words that are tried exhaustively.
    pub letters: u32,
}

/// A property that the learner writes. In every state of the variant and of the learner's own system it
/// must be true if and only if the guarantee is.
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

/// The part of the exercise in TLA+: a definition of the protocol's module that the learner writes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlaHole {
    /// The definition, which is also the name of its file.
    pub definition: String,
    /// The task, in a sentence or two.
    pub task: String,
    /// The variant whose Rust model the specification must equal.
    pub variant: String,
    /// The guarantees whose counterexamples are shown first.
    #[serde(default)]
    pub turns: Vec<String>,
    /// Bounds and faults.
    #[serde(flatten)]
    pub size: Size,
    /// The check that refuses the shipped definition.
    pub refused: String,
    /// How the shipped definition fails: each violated guarantee, with the number of steps of its
    /// counterexample.
    #[serde(default)]
    pub shipped: BTreeMap<String, usize>,
    /// Wrong answers by file name, each with the check that refuses it.
    pub wrong: BTreeMap<String, String>,
}

/// What an answer must do besides keeping its guarantees.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demands {
    /// Witnesses that must be reached.
    pub reached: Vec<String>,
    /// Steps that must be taken.
    pub taken: Vec<String>,
    /// The largest number of steps of the shortest finished run: the number of the most expensive
    /// solution.
    pub done_in: usize,
    /// Whether there must be a run in which every message has its effect, if no guarantee requires it.
    #[serde(default)]
    pub all_effects: bool,
    /// The largest number of states.
    #[serde(default = "max_states")]
    pub max_states: usize,
}

/// Runs in which one call is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusals {
    /// The steps. Each has a run of its own.
    pub steps: Vec<String>,
    /// Bounds and faults of these runs.
    #[serde(flatten)]
    pub size: Size,
}

fn max_states() -> usize {
    150_000
}

impl Definition {
    /// Parses the text of `exercise.toml`.
    ///
    /// # Errors
    ///
    /// If it is invalid: where and why.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
