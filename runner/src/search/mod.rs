//! Tandem's engine: the complete labelled state graph of a model, breadth first, the same every time.

pub mod actors;
mod bits;
mod cache;
mod deadlock;
mod engine;
mod explored;
pub mod fingerprint;
pub mod intern;
pub(crate) mod known;
pub mod liveness;
pub mod path;
pub mod plain;
pub mod random;
pub mod space;
pub mod statistics;
pub mod transitions;
mod waiting;

pub use bits::Bits;
pub use deadlock::deadlock;
pub use engine::{Keep, search};
pub use explored::Explored;
pub use transitions::{Action, Label, Node, Step, Transitions};
