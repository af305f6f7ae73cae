//! Writes results as text for people.

mod comparison;
mod list;
mod plain;
mod replay;
mod report;
mod shape;

pub use comparison::{comparison, comparisons, diverging, walked, walks};
pub use list::list;
pub use replay::{replay, replay_on_spec};
pub use report::{path, report, summary};
pub use shape::shape;
