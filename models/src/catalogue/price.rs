//! The price of one message: measured from runs of one, two and three messages without faults.

use super::{Instance, Parameter};
use crate::kit::price::{Calls, Run};
use crate::kit::system::System;

/// Up to how many messages are measured.
const MESSAGES: u8 = 3;

/// What a variant costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The runs without faults: of one message, of two, and so on. Only one where the protocol knows
    /// no more than one message.
    pub runs: Vec<Run>,
    /// How many endpoints make the calls that are counted: their sum is the price.
    pub endpoints: usize,
}

impl Price {
    /// The calls for one message more: by how much the last run costs more than the first, and the
    /// number of messages that it has more. Where there is one run, all of it is the price of its
    /// message.
    pub fn slope(&self) -> (Calls, u32) {
        match &self.runs[..] {
            [] => (Calls::default(), 1),
            [only] => (only.calls, 1),
            [first, .., last] => {
                let more = u32::try_from(self.runs.len() - 1).unwrap_or(u32::MAX);
                (last.calls - first.calls, more)
            }
        }
    }

    /// Whether every further message costs the same.
    pub fn is_linear(&self) -> bool {
        let steps = self.runs.windows(2);
        let steps: Vec<_> = steps.map(|pair| pair[1].calls - pair[0].calls).collect();
        steps.windows(2).all(|pair| pair[0] == pair[1])
    }
}

impl Instance {
    /// What the variant costs; none if a run without faults does not come to an end.
    ///
    /// The variant keeps its bounds, except for those that make faults and races: each message is there
    /// once, and every endpoint has one slot.
    pub fn price(&self) -> Option<Price> {
        self.price_with(|system| system)
    }

    /// What it costs after a change of its system, such as another handler.
    pub fn price_with(&self, change: impl Fn(System) -> System) -> Option<Price> {
        let parameters = &self.description.parameters;
        let more = parameters.iter().any(|p| p.counts_messages() && p.max > 1);
        let numbers = 1..=if more { MESSAGES } else { 1 };
        let systems: Vec<_> = numbers
            .map(|messages| change(self.undisturbed(messages).system()))
            .collect();
        let runs = systems.iter().map(|system| system.priced_run());
        Some(Price {
            runs: runs.collect::<Option<_>>()?,
            endpoints: systems.first()?.hosts().len(),
        })
    }

    /// The variant with so many messages, each there once, handled one after the other, no faults.
    fn undisturbed(&self, messages: u8) -> Instance {
        let mut instance = self.clone();
        for parameter in &self.description.parameters {
            if parameter.counts_messages() {
                instance.parameters.insert(parameter.name, messages);
            } else if parameter.counts_copies() || parameter.counts_slots() {
                instance.parameters.insert(parameter.name, parameter.min);
            }
        }
        instance.faults.values_mut().for_each(|count| *count = 0);
        instance.named = false;
        instance
    }
}

impl Parameter {
    /// Whether it is the number of messages, each of which is work of its own. By its constant in TLA+:
    /// `Messages`.
    fn counts_messages(&self) -> bool {
        self.constant == "Messages" && self.independent
    }

    /// Whether it makes duplicates, or messages about the same work: `Copies`, `Tabs`, `Clicks`, or
    /// `Messages` that are related.
    fn counts_copies(&self) -> bool {
        matches!(self.constant, "Copies" | "Tabs" | "Clicks" | "Messages")
            && !self.counts_messages()
    }

    /// Whether it is the number of slots of an endpoint: `Slots`, or a name that ends so.
    pub fn counts_slots(&self) -> bool {
        self.constant.ends_with("Slots")
    }
}
