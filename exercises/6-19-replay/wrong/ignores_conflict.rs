//! Publishes although another command has changed the order meanwhile.

use tandem_models::kit::document::Identity;
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::replay_of_versions::{AddLine, LineAdded, ORDER, Order};

/// Adds a line to the order, and publishes its event, with a coupon. The order keeps a version for each command, so
/// the event of a command that comes again is computed once more instead of stored.
pub fn add_line(io: &mut dyn Io, command: &AddLine) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    // The version that the command has caused, if it was processed before.
    let place = order.place(command);
    let lines = order.before(place) + 1;
    let coupon = Identity::derived_from(command.id);
    if place.is_none() {
        order.append_version(command, lines);
        let _ = io.commit("AppendVersion", &mut order)?;
    }
    let event = LineAdded {
        id: Identity::derived_from(command.id),
        lines,
        coupon,
    };
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}
