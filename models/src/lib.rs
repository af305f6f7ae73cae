//! What Tandem checks: messaging protocols as Stateright actors, their faults and guarantees.
//!
//! The layout, from the outside in: [`protocols`] holds one file a protocol; each implements
//! [`catalogue::Protocol`] on the shared [`kit`]; [`value`] is what a state looks like in TLA+.
//! Nothing here prints, reads files or talks to a network.

pub mod catalogue;
pub mod kit;
pub mod protocols;
pub mod value;
