//! What TLC writes, and what it means: its messages, the outcome of a run, and the graph it dumps.

pub mod dot;
pub mod log;
pub mod outcome;
