//! Checks the protocols of a catalogue, and compares their Rust models with their TLA+ specifications.
//!
//! [`enumerate`] finds the complete state graph of a model. An [`engine`] checks an instance and returns a
//! [`report`]. [`compare`] compares the Rust model with its specification: the graphs, the truth of the
//! [`guarantees`], and the declared [`fairness`].
//!
//! [`plain`] does the same for a Stateright model outside a catalogue and a spec that a user wrote.
//! [`lockstep`] walks both sides at random where their graphs are too large to enumerate. [`replay`] replays a
//! recorded behaviour in the Rust model. [`trace`] is the common form of paths from all engines. [`design`]
//! measures the price of a variant and the faults that it survives. [`mutate`] does mutation testing of
//! guarantees and specs. [`manifest`] reads the pinned counts and prices. [`output`] writes text, JSON, and the
//! matrix in Markdown.

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
