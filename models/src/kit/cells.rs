//! Represents a state as a row of cells, for an engine that stores each distinct cell once.
//!
//! This works for every system, with any participants. A cell is a handler slot, the memory of
//! another participant, a store, or another part that many states have in common. The cells of all
//! states of a system are in the same order.

use std::collections::BTreeMap;
use std::sync::Arc;

use stateright::actor::{Envelope, Network};

use super::actors::{Msg, Slot, Timers, Volatile};
use super::fault::Budget;
use super::system::{State, System};
use super::world_components::WorldComponent;
use crate::value::Value;

/// One cell of a state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    /// A handler slot.
    Slot(Slot),
    /// A handler slot as it appears in the view. It replaces [`Cell::Slot`] when states are
    /// compared by their views.
    Shown(Value),
    /// The state of a participant that is not an endpoint.
    Participant(Arc<Volatile>),
    /// All messages in transit.
    Traffic(BTreeMap<Envelope<Msg>, usize>),
    /// Which participants are down, and their timers.
    Running(Vec<bool>, Vec<Timers>),
    /// A store, or something that an observer saw.
    Component(WorldComponent),
    /// The faults that may still happen.
    Budget(Budget),
}

impl System {
    /// The cells of a state.
    pub fn cells(&self, state: &State) -> Vec<Cell> {
        let mut cells = Vec::new();
        for volatile in &state.actors.actor_states {
            match &**volatile {
                Volatile::Slots(slots) => cells.extend(slots.iter().cloned().map(Cell::Slot)),
                _ => cells.push(Cell::Participant(Arc::clone(volatile))),
            }
        }
        let traffic = match &state.actors.network {
            Network::UnorderedNonDuplicating(envelopes) => envelopes
                .iter()
                .map(|(envelope, copies)| (envelope.clone(), *copies))
                .collect(),
            _ => BTreeMap::new(),
        };
        cells.push(Cell::Traffic(traffic));
        let actors = &state.actors;
        cells.push(Cell::Running(
            actors.crashed.clone(),
            actors.timers_set.clone(),
        ));
        cells.extend(state.world.components().map(Cell::Component));
        cells.push(Cell::Budget(state.world.budget.clone()));
        cells
    }

    /// The state with these cells, in the order of [`System::cells`].
    pub fn with_cells<'c>(&self, cells: impl IntoIterator<Item = &'c Cell>) -> State {
        let mut state = self.frame.clone();
        let mut cells = cells.into_iter();
        for volatile in &mut state.actors.actor_states {
            match &**volatile {
                Volatile::Slots(slots) => {
                    let slots = cells.by_ref().take(slots.len());
                    let slots = slots.filter_map(|cell| match cell {
                        Cell::Slot(slot) => Some(slot.clone()),
                        _ => None,
                    });
                    *volatile = Arc::new(Volatile::Slots(slots.collect()));
                }
                _ => {
                    if let Some(Cell::Participant(cell)) = cells.next() {
                        *volatile = Arc::clone(cell);
                    }
                }
            }
        }
        for cell in cells {
            match cell {
                Cell::Traffic(traffic) => {
                    if let Network::UnorderedNonDuplicating(envelopes) = &mut state.actors.network {
                        let traffic = traffic.iter();
                        envelopes
                            .extend(traffic.map(|(envelope, copies)| (envelope.clone(), *copies)));
                    }
                }
                Cell::Running(crashed, timers) => {
                    state.actors.crashed.clone_from(crashed);
                    state.actors.timers_set.clone_from(timers);
                }
                Cell::Component(component) => state.world.put(component.clone()),
                Cell::Budget(budget) => state.world.budget = budget.clone(),
                Cell::Slot(_) | Cell::Shown(_) | Cell::Participant(_) => {}
            }
        }
        state
    }
}
