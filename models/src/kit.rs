//! The common parts of all protocols: handlers and their replay, participants, the durable world,
//! faults, the system as a Stateright model, its view as TLA+ values, the guarantees, and prices.

pub mod actors;
pub mod attempts;
pub mod call;
pub mod cells;
mod change;
pub mod clause;
pub mod disabled;
pub mod document;
mod enabled;
mod explain;
pub mod fault;
pub mod flow;
pub mod guarantees;
pub mod happening;
pub mod hosts;
pub mod io;
pub mod model;
pub mod mutant;
pub mod names;
mod observe;
pub mod order;
pub mod parties;
mod perform;
pub mod price;
pub mod rename;
pub mod replay;
pub mod script;
pub mod state_components;
pub mod step;
pub mod stores;
pub mod system;
pub mod third_party;
pub mod threads;
pub mod view;
pub mod world;
pub mod world_components;

#[cfg(test)]
mod tests;
