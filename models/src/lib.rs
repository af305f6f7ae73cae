//! The models that Tandem checks: messaging protocols as Stateright actors, with their faults and
//! guarantees.
//!
//! From the outside in: [`protocols`] has one file for each protocol. Each protocol implements
//! [`catalogue::Protocol`] with the shared [`kit`]. [`value`] represents states as TLA+ values.
//! Nothing in this crate prints, reads files or uses a network.

pub mod catalogue;
pub mod kit;
pub mod protocols;
pub mod value;
