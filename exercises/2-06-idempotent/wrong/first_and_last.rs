//! The property looks at the first and the last change, whether or not there are any.

use tandem_models::kit::document::MessageId;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::natural_idempotency::{
    Command, LineChanged, ORDER, Operation, Order,
};

/// True in a state in which no command has taken effect twice. `history` names the command of each
/// change that was made, in order.
pub fn nothing_twice(order: &Order, history: &[MessageId]) -> bool {
    let _ = order;
    history[0] != history[history.len() - 1] || history.len() == 1
}

/// Adds or removes a line, and publishes its event.
pub fn change(io: &mut dyn Io, command: &Command, operation: Operation) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    if !order.processed.contains(&command.id) {
        order.apply(operation);
        order.processed.insert(command.id);
        io.commit("Save", &mut order)?.or_give_back()?;
    }
    let event = LineChanged::of(command, operation);
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}
