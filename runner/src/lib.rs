//! Tandem's engines, its bridge to TLC, and the comparison of the two.

pub mod tlc;
