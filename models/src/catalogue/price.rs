//! Measures the price of one message, from runs of one, two and three messages without faults.

use super::{Instance, Parameter};
use crate::kit::price::{Calls, Run};
use crate::kit::system::System;

/// The largest number of messages in a measured run.
const MESSAGES: u8 = 3;

/// The price of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The runs without faults: of one message, of two, and so on. There is only one run if the
    /// protocol supports only one message.
    pub runs: Vec<Run>,
    /// The number of endpoints whose calls are counted. The price is the sum over all of them.
    pub endpoints: usize,
}

impl Price {
    /// The additional calls of the last run compared with the first, and the number of additional
    /// messages. If there is only one run, all of its calls are the price of its message.
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

    /// Whether every additional message costs the same.
    pub fn is_linear(&self) -> bool {
        let steps = self.runs.windows(2);
        let steps: Vec<_> = steps.map(|pair| pair[1].calls - pair[0].calls).collect();
        steps.windows(2).all(|pair| pair[0] == pair[1])
    }
}

impl Instance {
    /// The price of the variant; `None` if a run without faults does not end.
    ///
    /// The variant keeps its bounds, except those that cause faults and races: each message exists
    /// once, and every endpoint has one slot.
    pub fn price(&self) -> Option<Price> {
        self.price_with(|system| system)
    }

    /// The price after a change of its system, such as another handler.
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

    /// The variant with this many messages, each existing once, handled one after the other, without
    /// faults.
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
    /// Whether the parameter is the number of independent messages. It is recognised by its constant in
    /// TLA+: `Messages`.
    fn counts_messages(&self) -> bool {
        self.constant == "Messages" && self.independent
    }

    /// Whether the parameter causes duplicates or related messages: `Copies`, `Tabs`, `Clicks`, or
    /// `Messages` that are related.
    fn counts_copies(&self) -> bool {
        matches!(self.constant, "Copies" | "Tabs" | "Clicks" | "Messages")
            && !self.counts_messages()
    }

    /// Whether the parameter is the number of slots of an endpoint: `Slots`, or a name with that
    /// ending.
    pub fn counts_slots(&self) -> bool {
        self.constant.ends_with("Slots")
    }
}
