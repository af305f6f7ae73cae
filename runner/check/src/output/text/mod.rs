//! Results as text, for people.

mod comparison;
mod list;
mod report;
mod shape;

pub use comparison::{comparison, comparisons};
pub use list::list;
pub use report::{path, report, summary};
pub use shape::shape;
