//! The TLA+ side: renders a module and a configuration, runs TLC on them, and reads what it wrote.
//!
//! [`spec`] renders what a catalogue's instance needs from `specs/templates`. [`tlc`] finds or
//! installs TLC and Java, runs TLC as a child process, and reads its log and the graph that it
//! dumps. [`user_spec`] reads a spec that somebody else wrote. [`recording`] reads behaviours that somebody else recorded. A [`graph`] is a labelled state graph through its view, from either side, and
//! [`divergence`] finds the shortest path to the first difference between two graphs.

pub mod divergence;
pub mod graph;
pub mod recording;
pub mod spec;
pub mod tlc;
pub mod user_spec;
