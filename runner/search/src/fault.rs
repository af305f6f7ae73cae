//! The rules that a search relies on, and how a model can break them.
//!
//! A [`Space`](super::space::Space) that notices a broken rule stores the first one in a `FaultCell`.
//! The search stops at the end of the batch, discards the result of that batch, and reports the fault
//! instead of a verdict.

use std::any::Any;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// A rule of the search that a model has broken. Results are then meaningless.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// The model's code panicked.
    #[error(
        "the model panicked in {call}: {message}\n  state:  {state}{}\n\
         Correct {call}, or exclude the state by `within_boundary`.",
        action.as_ref().map(|action| format!("\n  action: {action}")).unwrap_or_default()
    )]
    Panicked {
        /// The function that panicked, such as `` `next_state` ``.
        call: String,
        /// The message of the panic.
        message: String,
        /// The state that was its argument.
        state: String,
        /// The action that was being taken, if any.
        action: Option<String>,
    },
    /// The model gave different steps for the same state in two calls.
    #[error(
        "two calls of `actions` and `next_state` for one state gave different steps: {difference}\n  \
         state: {state}\n\
         Both functions must depend on their arguments only, and `actions` must always have the same \
         order. The usual causes are iteration over a `HashMap` or `HashSet`, random numbers, clocks, \
         and interior mutability."
    )]
    Unstable {
        /// The state.
        state: String,
        /// The first difference.
        difference: String,
    },
    /// There are more names of actions than labels.
    #[error(
        "the model has more than 65,536 names of actions (without names: actions in one state), \
         which is all that the engine can number. Give actions that differ only in their arguments \
         one name, by `named`."
    )]
    TooManyActions,
}

/// Two states that `Eq` distinguishes and `Hash` does not.
///
/// Rust allows that: `Hash` may omit a field that `Eq` compares. But a search that identifies states
/// by their fingerprints, as Stateright's checkers do, merges the two states. It then sees only a
/// part of the behaviours, and its verdicts are valid only for that part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`Hash` does not distinguish two states that `Eq` distinguishes, so the search has left out behaviours.\n  \
     one:   {one}\n  other: {other}\n\
     Hash every field that `Eq` compares, search with `Exact`, or, if the field must not count, say so \
     by `hash_decides`."
)]
pub struct MergedStates {
    /// The state that was found first.
    pub one: String,
    /// A different one with the same hash.
    pub other: String,
}

/// Keeps the first fault.
#[derive(Debug, Default)]
pub(super) struct FaultCell(OnceLock<ModelFault>);

impl FaultCell {
    pub(super) fn get(&self) -> Option<&ModelFault> {
        self.0.get()
    }

    pub(super) fn set(&self, fault: ModelFault) {
        self.0.get_or_init(|| fault);
    }

    /// Runs code of the model. A panic is recorded as a fault, and the result is then `None`.
    pub(super) fn guard<T>(
        &self,
        call: &str,
        state: &impl Debug,
        work: impl FnOnce() -> T,
    ) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(value) => Some(value),
            Err(payload) => {
                self.panicked(call, state, None, &*payload);
                None
            }
        }
    }

    pub(super) fn panicked(
        &self,
        call: &str,
        state: &impl Debug,
        action: Option<String>,
        payload: &(dyn Any + Send),
    ) {
        self.set(ModelFault::Panicked {
            call: call.to_owned(),
            message: message(payload),
            state: format!("{state:?}"),
            action,
        });
    }
}

/// The message of a panic.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}
