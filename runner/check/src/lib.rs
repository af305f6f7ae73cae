//! Checks the protocols of a catalogue and compares their two sides.
//!
//! [`enumerate`] finds the complete state graph of a protocol's model. An [`engine`] checks an
//! instance and returns a [`report`]; [`compare`] compares the Rust model with its specification: the graphs,
//! the truth of the [`guarantees`], and the declared [`fairness`].
//! [`plain`] does the same for a Stateright model that is not one of a catalogue, and a spec that somebody
//! else wrote. [`lockstep`] walks both sides at random, where their graphs are too large to enumerate.
//! [`replay`] takes a recorded behaviour in the Rust model. [`trace`] is a path in one vocabulary, from whichever
//! engine it comes; [`design`] measures what a variant costs and which faults it survives; [`mutate`] asks
//! what finds a mistake in a handler; [`manifest`] has the pinned counts and prices; [`output`] writes text,
//! JSON and the matrix in Markdown.

pub mod compare;
pub mod design;
pub mod engine;
pub mod enumerate;
pub mod fairness;
pub mod guarantees;
pub mod lockstep;
pub mod manifest;
pub mod mutate;
pub mod output;
pub mod plain;
pub mod refused;
pub mod replay;
pub mod report;
pub mod scope;
pub mod trace;
pub mod watch;
