//! TLC, the model checker of TLA+: its jar, the Java that runs it, a run as a child process, and
//! its output: the messages, the outcome of a run, and the dumped graph.

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
