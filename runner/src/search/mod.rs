//! Tandem's engine: the complete labelled state graph of a model, breadth first, the same every time.

pub mod transitions;

pub use transitions::{Action, Label, Node, Step, Transitions};
