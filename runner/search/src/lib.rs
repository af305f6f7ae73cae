//! Tandem's search engine: finds the complete labelled state graph of a model, breadth first, with
//! the same result in every run.
//!
//! It takes any Stateright model, not only the protocols of the catalogue. [`search_model!`] chooses the
//! engine by the type of the model, and has all options of [`Search`]:
//!
//! ```
//! use stateright::{Model, Property};
//! use tandem_search::search_model;
//!
//! struct Clock;
//!
//! impl Model for Clock {
//!     type State = u8;
//!     type Action = &'static str;
//!
//!     fn init_states(&self) -> Vec<u8> {
//!         vec![0]
//!     }
//!     fn actions(&self, _: &u8, actions: &mut Vec<&'static str>) {
//!         actions.push("Tick");
//!     }
//!     fn next_state(&self, hour: &u8, _: &'static str) -> Option<u8> {
//!         Some((hour + 1) % 12)
//!     }
//!     fn properties(&self) -> Vec<Property<Self>> {
//!         vec![Property::always("before eleven", |_, hour| *hour < 11)]
//!     }
//! }
//!
//! let found = search_model!(Clock).to_the_end().run();
//! assert_eq!(found.states(), 12);
//! let eleven = found.decided[0].expect("the clock gets there");
//! assert_eq!(found.depth(eleven), 12, "states on the shortest path");
//! println!("{}", found.summary()); // includes the probability that two states were merged
//! ```

pub mod actors;
mod bits;
mod builder;
mod cache;
pub mod cancel;
mod chunk;
mod deadlock;
mod engine;
pub mod entrance;
mod explored;
pub mod fault;
pub mod fingerprint;
mod hash_audit;
mod id_assignment;
mod identity;
pub mod intern;
pub mod limits;
pub mod liveness;
pub mod numerals;
pub mod path;
pub mod plain;
mod prefetch;
mod probe;
pub mod random;
mod restored;
pub mod space;
pub mod statistics;
pub mod transitions;
mod verdict;
pub mod visited;
mod workers;

pub use bits::Bits;
pub use builder::Search;
pub use deadlock::deadlock;
pub use engine::{Keep, search, search_telling};
pub use explored::Explored;
pub use transitions::{Action, Label, Node, Step, Transitions};
pub use verdict::{Finding, NoAnswer};

/// Converts an index into a number. There are at most 2^32 of them.
fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The indices of the bits that are set.
fn places(mask: u64) -> impl Iterator<Item = usize> {
    (0..u64::BITS as usize).filter(move |place| mask >> place & 1 == 1)
}
