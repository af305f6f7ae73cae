//! TLC, the model checker of TLA+: its jar, the Java that runs it, one run of it as a child
//! process, and what it writes: its messages, the outcome of a run, and the graph it dumps.

pub mod child;
pub mod dot;
pub mod env;
#[cfg(all(test, unix))]
mod fakes;
mod folder;
pub mod jar;
pub mod java;
pub mod label;
pub mod log;
pub mod outcome;
pub mod process;
