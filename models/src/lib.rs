//! What Tandem checks: messaging protocols as Stateright actors.

pub mod value;
