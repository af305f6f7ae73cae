//! Tandem's engines, its bridge to TLC, and the comparison of the two.

pub mod compare;
pub mod divergence;
pub mod engine;
pub mod explore;
pub mod graph;
pub mod limits;
pub mod manifest;
pub mod report;
pub mod spec;
pub mod tlc;
pub mod trace;
