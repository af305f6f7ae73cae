//! A plain Stateright model with a view: checked, shown, and compared with a spec that somebody else wrote.
//!
//! [`Viewed`] is all that a model has to say beside being a Stateright `Model`: what its states look
//! like as values of TLA+ variables, and what its actions are called. Then [`check`] checks its
//! properties, and a [`Pair`] of the model and a [`UserSpec`] shows what is compared, compares the two
//! state graphs, or checks that the model refines the spec.
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
pub use tandem_tla::user_spec::{UserSpec, UserSpecError};
pub use view::Variables;
pub use walks::PairWalks;

/// A Stateright model whose states can be seen as values of TLA+ variables.
pub trait Viewed: Searchable<Action: Clone> {
    /// The variables: a struct that serde writes, with one field for each variable; or pairs of name and
    /// value. A `Set` becomes a set, a map a function, an enum variant without payload a string.
    type View: Variables;

    /// What is seen of a state. Two states that look the same must have the same steps.
    fn view(&self, state: &Self::State) -> Self::View;

    /// The name of an action, without its parameters.
    fn action_name(action: &Self::Action) -> String;

    /// Which of several participants takes it, from 1, where fairness is declared for each of them.
    fn participant(_: &Self::Action) -> Option<u16> {
        None
    }

    /// What is fair, by the names of actions. `eventually` properties are judged with it.
    fn fairness(&self) -> Vec<FairAction> {
        Vec::new()
    }

    /// The constants of the spec, by name, for which this model is built.
    fn constants(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The TLA+ value of anything that serde can write, for [`Viewed::constants`].
///
/// # Errors
/// It contains something that is no TLA+ value, such as a float.
pub fn value_of(source: &impl Serialize) -> Result<Value, tandem_models::value::ConversionError> {
    tandem_models::value::to_value(source)
}
