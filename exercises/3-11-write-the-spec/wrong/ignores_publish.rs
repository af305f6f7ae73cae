//! Does not check whether the event went out.

use tandem_models::kit::document::{Identity, MessageId};
use tandem_models::kit::io::{Flow, Io};
use tandem_models::protocols::handler_ladder::{DB, Db, Message, Processed};

/// True in a state in which no message was announced under two transactions. `announced` has the
/// message and the transaction of every event.
pub fn one_transaction(announced: &[(MessageId, Identity)]) -> bool {
    announced.iter().all(|(message, transaction)| {
        let mut same = announced.iter().filter(|(other, _)| other == message);
        same.all(|(_, other)| other == transaction)
    })
}

/// Enters the message into the log once, and announces which transaction did so.
pub fn process(io: &mut dyn Io, message: &Message) -> Flow {
    let mut db = io.load::<Db>("Load", DB)?;
    if !db.log.contains(&message.id) {
        db.log.push(message.id);
        let transaction = io.fresh_id()?;
        db.transactions.insert(message.id, transaction);
        io.commit("Save", &mut db)?.or_give_back()?;
    }
    if let Some(transaction) = db.transactions.get(&message.id).copied() {
        let _ = io.publish("Publish", &Processed { transaction })?;
    }
    io.ack("Ack")
}
