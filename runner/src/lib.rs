//! Tandem's engines, its bridge to TLC, and the comparison of the two.

pub mod explore;
pub mod graph;
pub mod limits;
pub mod tlc;
