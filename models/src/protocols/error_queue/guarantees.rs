//! The guarantees about an error queue.

use super::Order;
use crate::kit::clause::{Clause, every};
use crate::kit::document::MessageId;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const EVERY_COMMAND_HANDLED: Guarantee = Guarantee {
    name: "EveryCommandHandled",
    promise: "once all is done, every command has added its line",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(handled(system, state)),
    clauses: |system, state| once_all_is_done(system, state, handled),
};

fn handled(system: &System, state: &State) -> Vec<Clause> {
    let lines = state.world.document::<Order>().lines;
    let lines: Vec<_> = lines
        .into_iter()
        .map(|id: MessageId| Value::from(id))
        .collect();
    let commands = system.spec().messages.iter();
    let clause = |command: &Value| {
        let expected = format!("{} has added its line", system.message(command));
        Clause::new(expected, lines.contains(command))
            .but("it was acknowledged, and is in no queue")
            .at("order.lines")
    };
    commands.map(clause).collect()
}
