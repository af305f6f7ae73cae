//! Link handshake: two acknowledgements, after which both sides forget an identity.
//!
//! **Problem.** A receiver that remembers identities to recognise a second copy needs to know when it
//! may forget one. With one acknowledgement it never knows: the sender may not have received it, and
//! may send the message once more. With a second acknowledgement it knows.
//!
//! **Participants.** The endpoint `Sender` has deliveries in its own store. The `Receiver` belongs to
//! somebody else. The transport between them keeps the order: what was sent is not overtaken by what
//! is sent later. A call that gets no answer was lost, or its answer was.
//!
//! ```text
//!   Sender                                   Receiver
//!     unsent    ──────Transfer─────▶   effect and identity, in one transaction: received
//!     accepted  ◀─────accepted──────
//!     accepted  ──────Settle───────▶   forgets the identity: settled
//!     (gone)    ◀─────settled───────
//! ```
//!
//! **One transaction** is a write of the sender's delivery; another one is what the receiver does with
//! a transfer. Nothing spans the two.
//!
//! **Where it may crash.** The sender between any two steps; its command to work on the delivery then
//! comes again. The state of the delivery says where to go on:
//!
//! * **Settled on send**: the delivery is deleted before it is sent. A lost transfer is lost
//!   permanently.
//! * **No link state**: the receiver remembers nothing. If only the answer was lost, the transfer comes
//!   again and has its effect twice.
//! * **One acknowledgement**: nothing is lost and nothing happens twice, and both sides remember each
//!   message forever.
//! * **Volatile sender**: it does not save that the transfer was accepted. After a crash it sends the
//!   transfer again, which the receiver may have settled and forgotten: a double effect.
//! * **Volatile receiver**: it keeps the identities in memory, apart from the effects. A restart between
//!   the effect and the next transfer of the same message gives a double effect.
//! * **Settle unconfirmed**: the sender deletes the delivery, without knowing what came of the second
//!   acknowledgement. If that was lost, nobody tells the receiver to forget.
//! * **Two sessions**: two handlers work on one delivery. One has loaded it before the other settles
//!   it, and sends the transfer once more. A link has one session.
//! * **Late transfer**: the transport delivers a transfer that the sender had given up after it has
//!   delivered the settlement. The receiver takes it for a new one: the handshake needs the order.
//! * **Durable** is right: a sender that saves that the transfer was accepted never sends it again, and
//!   a sender that has not saved it cannot have sent the settlement.
//!
//! **What it guarantees, at what price.** Each message has its effect once, and what is remembered is
//! bounded by what is in flight. Two calls, one write and one deletion a message. It is the same idea
//! as a token: an identity that is kept on both sides as long as both need it.
//!
//! **Source.** The three-way settlement of AMQP 1.0, and the blog's text on exactly-once delivery.
//!
//! **Left out.** A receiver that refuses a message; the exchange of all unsettled identities when a
//! link is resumed; a receiver whose state is durable but not saved with the effect, which fails as the
//! volatile one does.

mod catalogue;
mod receiver;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use self::receiver::{Frame, Receiver, Reply};
use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, MessageId};
use crate::kit::io::{Answer, Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::third_party::ThirdParty;
use crate::value::Value;

/// A delivery, stored under the identity of its message until it is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    state: LinkState,
}

/// The state of a delivery, as its sender knows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// It does not exist, because it is settled.
    #[default]
    Settled,
    /// Not sent, or sent and not known to be accepted.
    Unsent,
    /// The receiver has accepted it, so it must not be sent again.
    Accepted,
}

impl Document for Delivery {
    const COLLECTION: &'static str = "deliveries";
    const BUSINESS: &'static [&'static str] = &[];
}

const TRANSFER: [&str; 2] = ["Transfer", "TransferAnswered"];
const SETTLE: [&str; 2] = ["Settle", "SettleAnswered"];

/// The correct handshake. The variants leave out one of these two parts.
#[derive(Clone, Copy)]
struct Handshake {
    /// Whether the sender saves that the transfer was accepted.
    saves: bool,
    /// Whether it waits until the settlement is confirmed.
    confirmed: bool,
}

const DURABLE: Handshake = Handshake {
    saves: true,
    confirmed: true,
};

fn handshake(io: &mut dyn Io, id: MessageId, way: Handshake) -> Flow {
    let mut delivery = io.load::<Delivery>("Load", id)?;
    if delivery.state == LinkState::Settled {
        return io.ack("Ack");
    }
    if delivery.state == LinkState::Unsent {
        transfer(io, id, true)?;
        if way.saves {
            delivery.state = LinkState::Accepted;
            io.commit("SaveAccepted", &mut delivery)?.or_give_back()?;
        }
    }
    let settled = io.ask::<Reply>(SETTLE, Frame::Settle { id })?;
    if way.confirmed {
        settled.or_give_back()?;
    }
    io.delete("DeleteDelivery", &delivery)?.or_give_back()?;
    io.ack("Ack")
}

/// If a transfer gets no answer, it is sent again when the command is delivered again.
fn transfer(io: &mut dyn Io, id: MessageId, remember: bool) -> Flow {
    let accepted = io.ask::<Reply>(TRANSFER, Frame::Transfer { id, remember })?;
    accepted.or_give_back().map(drop)
}

fn settled_on_send(io: &mut dyn Io, id: MessageId) -> Flow {
    let delivery = io.load::<Delivery>("Load", id)?;
    if delivery.state == LinkState::Unsent {
        io.delete("DeleteDelivery", &delivery)?.or_give_back()?;
        let remember = false;
        // The delivery is deleted, so nothing could be sent again, and the answer does not matter.
        match io.ask::<Reply>(TRANSFER, Frame::Transfer { id, remember })? {
            Answer::Answered(_) | Answer::TimedOut => {}
        }
    }
    io.ack("Ack")
}

fn no_link_state(io: &mut dyn Io, id: MessageId) -> Flow {
    let delivery = io.load::<Delivery>("Load", id)?;
    if delivery.state == LinkState::Unsent {
        transfer(io, id, false)?;
        io.delete("DeleteDelivery", &delivery)?.or_give_back()?;
    }
    io.ack("Ack")
}

fn one_acknowledgement(io: &mut dyn Io, id: MessageId) -> Flow {
    let mut delivery = io.load::<Delivery>("Load", id)?;
    if delivery.state == LinkState::Unsent {
        transfer(io, id, true)?;
        delivery.state = LinkState::Accepted;
        io.commit("SaveAccepted", &mut delivery)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// The protocol.
pub struct LinkHandshake;

impl Protocol for LinkHandshake {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let messages = (1..=instance.get("messages")).map(MessageId);
        let receiver = Receiver {
            effects: messages.clone().map(|id| (id, 0)).collect(),
            ..Receiver::default()
        };
        let receiver = ThirdParty::new(&receiver, Receiver::answer, Receiver::forget)
            .map(|receiver| receiver.saying(Receiver::says));
        let unsent = Delivery {
            state: LinkState::Unsent,
        };
        let unsent = messages.map(|id| (Value::from(id), unsent.clone()));
        let stores = Stores::default().many(unsent);
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            interchangeable: true,
            third_parties: receiver
                .ok()
                .into_iter()
                .map(|receiver| ("Receiver", receiver))
                .collect(),
            remembered: receiver::remembered,
            remembered_in: &["deliveries", "provider.unsettled"],
            ..instance.spec("Sender", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let deliver: fn(&mut dyn Io, MessageId) -> Flow = match name {
        "settled-on-send" => settled_on_send,
        "no-link-state" => no_link_state,
        "one-acknowledgement" => one_acknowledgement,
        "volatile-sender" => |io, id| {
            let saves = false;
            handshake(io, id, Handshake { saves, ..DURABLE })
        },
        "settle-unconfirmed" => |io, id| {
            let confirmed = false;
            handshake(
                io,
                id,
                Handshake {
                    confirmed,
                    ..DURABLE
                },
            )
        },
        "durable" => |io, id| handshake(io, id, DURABLE),
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, id: &MessageId| deliver(io, *id))
}
