//! The truth of every property, asked only where it may have changed.

use rustc_hash::FxHashSet;
use stateright::{Expectation, Property};
use tandem_models::kit::guarantees::About;
use tandem_models::kit::system::System;

use super::space::{Packed, Space};

/// The properties of a model, and where they have been asked already.
pub(super) struct Truth<'a> {
    system: &'a System,
    asked: Vec<(Property<System>, About)>,
    durable: FxHashSet<(u32, u32)>,
    in_flight: FxHashSet<(u32, u32, Vec<u32>)>,
    messages: Vec<u32>,
}

impl<'a> Truth<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        Truth {
            system,
            asked: system.asked(),
            durable: FxHashSet::default(),
            in_flight: FxHashSet::default(),
            messages: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.asked.len()
    }

    /// Notes for every property that is still open whether this state decides it.
    pub(super) fn decide(
        &mut self,
        space: &Space<'_>,
        packed: &Packed,
        place: u32,
        decided: &mut [Option<u32>],
    ) {
        let (world, others) = space.durable(packed);
        let durable = self.durable.insert((world, others));
        space.in_flight(packed, &mut self.messages);
        let in_flight = {
            let key = (world, others, std::mem::take(&mut self.messages));
            if self.in_flight.contains(&key) {
                self.messages = key.2;
                false
            } else {
                self.in_flight.insert(key)
            }
        };
        let at_rest = space.at_rest(packed);
        let mut state = None;
        for ((property, about), decided) in self.asked.iter().zip(decided) {
            let due = match about {
                About::Durable => durable,
                About::InFlight => in_flight,
                About::AtRest => at_rest,
                About::DurableAndRest => durable || at_rest,
                About::Anything => true,
            };
            if decided.is_some() || !due {
                continue;
            }
            let state = state.get_or_insert_with(|| space.unpack(packed));
            let wanted = property.expectation == Expectation::Sometimes;
            if (property.condition)(self.system, state) == wanted {
                *decided = Some(place);
            }
        }
    }
}
