//! Random walks: they find what is broken, the same from the same seed on any number of threads, and
//! what they report is real and cannot be made shorter step by step.

#[path = "../search/tests/graph_model/mod.rs"]
mod graph_model;
mod graphs;
mod office;
mod variants;

/// The seed of the command line.
const SEED: u64 = 1;
