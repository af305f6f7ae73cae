//! Clears the register and deletes nothing.

use tandem_models::kit::document::{Identity, Versioned};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::prepare_commit_publish::{
    AddLine, Body, LineAdded, Order, prepare, register, save,
};
use tandem_models::value::Set;

/// One attempt at a command. It writes the body of the event to the blob store, and ends with the save of the
/// order, which selects this attempt.
pub fn attempt(
    io: &mut dyn Io,
    command: &AddLine,
    order: &mut Versioned<Order>,
    event: LineAdded,
) -> Flow {
    register(io, command, order, &event)?;
    prepare(io, &event)?;
    save(io, command, order, event)
}

/// Publishes the selected event, and deletes the bodies of the other attempts that were registered.
pub fn finish(
    io: &mut dyn Io,
    order: &mut Versioned<Order>,
    event: &LineAdded,
    attempts: &Set<Identity>,
) -> Flow {
    io.publish("Publish", event)?.or_give_back()?;
    let _ = (attempts, Body::default());
    io.commit("Clear", order)?.or_give_back()
}
