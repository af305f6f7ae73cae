//! The truth of every property, asked once for all states in which it must be the same.

use stateright::{Expectation, Property};
use tandem_models::kit::guarantees::About;
use tandem_models::kit::system::System;

use super::space::{Numbers, Packed};
use crate::search::intern::{Interner, Memo};
use crate::search::space::{Space, Watch};

/// The properties of a model, and what has been answered already. The last predicate is none of the
/// model's: whether a handler broke the rules of replay.
pub(super) struct Truth {
    asked: Vec<(Property<System>, About)>,
    /// Per [`About`]: the properties.
    masks: [u64; 5],
    invariants: u64,
    durable: Memo<(u32, u32), u64>,
    working: Memo<(u32, u32), u64>,
    in_flight: Memo<(u32, u32, u32), u64>,
    messages: Interner<Vec<u32>>,
}

impl Truth {
    pub(super) fn new(system: &System) -> Self {
        let asked = system.asked();
        let (mut masks, mut invariants) = ([0; 5], 0);
        for (place, (property, about)) in asked.iter().enumerate() {
            masks[*about as usize] |= 1 << place;
            invariants |= u64::from(property.expectation != Expectation::Sometimes) << place;
        }
        Truth {
            asked,
            masks,
            invariants,
            durable: Memo::new(),
            working: Memo::new(),
            in_flight: Memo::new(),
            messages: Interner::new(),
        }
    }

    pub(super) fn watches(&self) -> Vec<Watch> {
        let watch = |(property, _): &(Property<System>, About)| match property.expectation {
            Expectation::Sometimes => Watch::True,
            _ => Watch::False,
        };
        self.asked.iter().map(watch).chain([Watch::True]).collect()
    }

    /// The truth of the properties of the mask `asked`. What was asked of one state may be the
    /// answer for another one, so `asked` may only shrink in the course of a search.
    pub(super) fn of(&self, numbers: &Numbers, packed: Packed, asked: u64) -> u64 {
        let about = |about: About| self.masks[about as usize] & asked;
        let ask = |mask: u64| self.ask(numbers, packed, mask);
        let (world, others) = numbers.durable(packed);
        let at_rest = numbers.at_rest(packed);
        let mut truths = u64::from(numbers.broken(&packed)) << self.asked.len();
        truths |= ask(about(About::Anything));
        if about(About::Durable) != 0 {
            let durable = |_: &_| ask(about(About::Durable));
            truths |= self.durable.get_or((world, others), durable);
        }
        if about(About::InFlight) != 0 {
            let key = (world, others, self.messages.id(numbers.in_flight(packed)));
            truths |= self.in_flight.get_or(key, |_| ask(about(About::InFlight)));
        }
        if at_rest {
            truths |= ask(about(About::AtRest) | about(About::DurableAndRest));
        } else {
            // What speaks of rest only holds while there is work, and is not seen then.
            truths |= about(About::AtRest) & self.invariants;
            if about(About::DurableAndRest) != 0 {
                let working = |_: &_| ask(about(About::DurableAndRest));
                truths |= self.working.get_or((world, others), working);
            }
        }
        truths
    }

    fn ask(&self, numbers: &Numbers, packed: Packed, mask: u64) -> u64 {
        if mask == 0 {
            return 0;
        }
        let state = numbers.unpack(packed);
        let asked = self.asked.iter().enumerate();
        let asked = asked.filter(|(place, _)| mask >> place & 1 == 1);
        let holds =
            asked.filter(|(_, (property, _))| (property.condition)(numbers.system(), &state));
        holds.fold(0, |truths, (place, _)| truths | 1 << place)
    }
}
