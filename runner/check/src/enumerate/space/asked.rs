//! Evaluates predicates on numbered states. The truth is looked up by the numbers that decide it.

use tandem_models::kit::guarantees::About;

use super::{Numbers, Packed};
use crate::enumerate::truth::Truth;

impl Truth {
    /// The truth of the properties in the mask `asked`. A stored answer covers only the properties
    /// that were asked at that time, so `asked` may only become smaller during a search.
    pub(in crate::enumerate) fn of(&self, numbers: &Numbers, packed: Packed, asked: u64) -> u64 {
        let about = |about: About| self.masks[about as usize] & asked;
        let ask = |mask: u64| self.ask(numbers, packed, mask);
        let (world, others) = numbers.durable(packed);
        let at_rest = numbers.at_rest(packed);
        let mut truths = u64::from(numbers.broken(packed)) << self.asked.len();
        truths |= ask(about(About::Anything));
        if about(About::Durable) != 0 {
            let durable = |_: &_| ask(about(About::Durable));
            truths |= self.durable.get_or((world, others), durable);
        }
        if about(About::InFlight) != 0 {
            let mut around = numbers.in_flight(packed);
            around.push(others);
            let key = (world, self.around.id(around));
            truths |= self.in_flight.get_or(key, |_| ask(about(About::InFlight)));
        }
        if about(About::Rest) != 0 {
            truths |= self.rest.get_or(at_rest, |_| ask(about(About::Rest)));
        }
        if at_rest {
            truths |= ask(about(About::AtRest) | about(About::DurableAndRest));
        } else {
            // Properties about the state at rest hold trivially while there is work; they are not
            // evaluated then.
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
        self.holding(numbers.system(), &numbers.unpack(packed), mask)
    }
}
