//! The TLA+ side: renders a module and a configuration, runs TLC on them, and reads TLC's output.
//!
//! [`spec`] renders the module and configuration of an instance from `specs/templates`. [`tlc`] finds or
//! installs TLC and Java, runs TLC as a child process, and reads its log and the graph that it dumps.
//! [`user_spec`] reads a spec that a user wrote. [`recording`] reads recorded behaviours. A [`graph`] is the
//! labelled graph of a model's views, for either side, and [`divergence`] finds the shortest path to the first
//! difference between two graphs.

pub mod divergence;
pub mod graph;
pub mod recording;
pub mod spec;
pub mod tlc;
pub mod user_spec;
