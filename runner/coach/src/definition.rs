//! `exercise.toml`: what an exercise is about and what an answer must do.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An exercise, as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The part of the course, from 1 to 5.
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
    pub also: Vec<Size>,
    /// One more run for each of these steps, in which it is refused once.
    pub refusals: Option<Refusals>,
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
