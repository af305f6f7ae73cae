//! TLC, the model checker of TLA+, as a child process: its jar, the Java that runs it, one run of it.

pub mod cancel;
mod child;
pub mod env;
#[cfg(all(test, unix))]
mod fakes;
mod folder;
pub mod jar;
pub mod java;
pub mod process;
