//! Exercise 11: write the spec. Edit this file and `spec/Publish.tla`; `tandem exercise check
//! write-the-spec` judges the one, `tandem exercise tla write-the-spec` the other.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::handler_ladder::{DB, Db, Message, Processed};

/// True in a state in which no message was announced under two transactions. `announced` has the
/// message and the transaction of every event.
pub fn one_transaction(announced: &[(MessageId, Identity)]) -> bool {
    // TODO A: in which state could this ever be false?
    announced.iter().all(|(message, _)| {
        let same = announced.iter().filter(|(other, _)| other == message);
        same.count() > 0
    })
}

/// Enters the message into the log once, and announces which transaction did so.
pub fn process(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = io.load::<Db>("Load", DB)?;
    if !db.log.contains(&message.id) {
        db.log.push(message.id);
        io.commit("Save", &mut db)?.or_give_back()?;
    }
    // TODO B: a second attempt comes here as well. Which transaction made the entry?
    let transaction = io.fresh_id()?;
    io.publish("Publish", &Processed { transaction })?
        .or_give_back()?;
    io.ack("Ack")
}
