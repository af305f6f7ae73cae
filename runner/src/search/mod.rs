//! Tandem's engine: the complete labelled state graph of a model, breadth first, the same every time.

mod bits;
mod deadlock;
pub mod liveness;
pub mod transitions;

pub use bits::Bits;
pub use deadlock::deadlock;
pub use transitions::{Action, Label, Node, Step, Transitions};
