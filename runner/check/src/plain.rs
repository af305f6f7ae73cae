//! Checks a plain Stateright model with a view, shows it, and compares it with a spec that somebody else
//! wrote.
//!
//! A model implements [`Viewed`] in addition to Stateright's `Model`. It says which values of TLA+
//! variables represent a state, and which names the actions have. Then [`check`] checks its properties. A
//! [`Pair`] of the model and a [`UserSpec`] shows what would be compared, compares the two state graphs, or
//! checks that the model refines the spec.
//!
//! ```
//! use stateright::{Model, Property};
//! use tandem_check::plain::{Viewed, check};
//! use tandem_search::cancel::Cancel;
//! use tandem_search::limits::{Limits, Run};
//!
//! struct Clock;
//! # impl Model for Clock {
//! #     type State = u8;
//! #     type Action = &'static str;
//! #     fn init_states(&self) -> Vec<u8> { vec![0] }
//! #     fn actions(&self, _: &u8, actions: &mut Vec<&'static str>) { actions.push("Tick"); }
//! #     fn next_state(&self, hour: &u8, _: &'static str) -> Option<u8> { Some((hour + 1) % 12) }
//! #     fn properties(&self) -> Vec<Property<Self>> {
//! #         vec![Property::always("InRange", |_, hour| *hour < 12)]
//! #     }
//! # }
//! impl Viewed for Clock {
//!     type View = [(&'static str, u8); 1];
//!
//!     fn view(&self, hour: &u8) -> Self::View {
//!         [("hour", *hour)]
//!     }
//!     fn action_name(action: &&'static str) -> String {
//!         (*action).to_owned()
//!     }
//! }
//!
//! let cancel = Cancel::new();
//! let report = check(&Clock, &Run::new(&Limits::NONE, &cancel)).unwrap();
//! assert!(report.passes());
//! println!("{report}");
//! ```

mod check;
mod comparison;
mod error;
mod explore;
mod names;
mod pair;
mod refinement;
mod shown;
mod side;
mod view;
mod walks;

use serde::Serialize;
use tandem_models::value::Value;
use tandem_search::liveness::FairAction;
use tandem_search::plain::Searchable;

pub use check::{PlainProperty, PlainReport, check};
pub use comparison::{PairComparison, PairDifference, PairTruth};
pub use error::PlainError;
pub use names::{Mismatch, Mismatches, Names};
pub use pair::Pair;
pub use refinement::{NotRefined, Refinement, Uncovered};
pub use shown::Shown;
pub use side::{Side, of_instance};
pub use tandem_tla::user_spec::{UserSpec, UserSpecError};
pub use view::Variables;
pub use walks::PairWalks;

/// A Stateright model whose states can be represented by values of TLA+ variables.
pub trait Viewed: Searchable<Action: Clone> {
    /// The variables: a struct that serde serializes, with one field for each variable, or pairs of name
    /// and value. A `Set` becomes a set, a map becomes a function, and an enum variant without payload
    /// becomes a string.
    type View: Variables;

    /// The view of a state. Two states with the same view must have the same steps.
    fn view(&self, state: &Self::State) -> Self::View;

    /// The name of an action, without its parameters.
    fn action_name(action: &Self::Action) -> String;

    /// The number of the participant that takes the action, from 1, if fairness is declared for each
    /// participant.
    fn participant(_: &Self::Action) -> Option<u16> {
        None
    }

    /// The fairness of actions, by their names. It is used to judge `eventually` properties.
    fn fairness(&self) -> Vec<FairAction> {
        Vec::new()
    }

    /// The constants of the spec for which this model is built, by name.
    fn constants(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// Converts a value that serde can serialize into a TLA+ value, for [`Viewed::constants`].
///
/// # Errors
///
/// If it contains something that is not a TLA+ value, such as a float.
pub fn value_of(source: &impl Serialize) -> Result<Value, tandem_models::value::ConversionError> {
    tandem_models::value::to_value(source)
}
