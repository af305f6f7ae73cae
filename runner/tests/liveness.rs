//! Liveness on graphs small enough to draw, and on random ones: against known answers, against a
//! naive reference, against Stateright's `eventually`, and against TLC.

mod case;
mod naive;
mod random;
mod small_graphs;
mod stateright;
mod tlc;
