//! What each kind of network does with the messages from one actor to another.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, Envelope, Id, LossyNetwork, Network, Out};

/// Actor 0, which sends numbers, or actor 1, whose state is the numbers it keeps.
#[derive(Clone)]
pub enum Peer {
    Sender(&'static [u8]),
    /// Keeps the last number, and takes no notice of 0.
    Listener,
    /// Keeps all.
    Recorder,
}

impl Actor for Peer {
    type Msg = u8;
    type State = Vec<u8>;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) -> Vec<u8> {
        if let Peer::Sender(numbers) = self {
            for number in *numbers {
                out.send(Id::from(1), *number);
            }
        }
        Vec::new()
    }

    fn on_msg(
        &self,
        _id: Id,
        kept: &mut Cow<'_, Vec<u8>>,
        _from: Id,
        number: u8,
        _out: &mut Out<Self>,
    ) {
        match self {
            Peer::Listener if number != 0 => *kept.to_mut() = vec![number],
            Peer::Recorder => kept.to_mut().push(number),
            Peer::Listener | Peer::Sender(_) => {}
        }
    }
}

/// A message that is ignored, and one that is not: an ordered network delivers both, since the
/// first is in the way of the second, and to the others ignoring a message is no step.
pub fn ignored(network: Network<u8>) -> ActorModel<Peer> {
    ActorModel::new((), ())
        .actor(Peer::Sender(&[0, 1]))
        .actor(Peer::Listener)
        .init_network(network)
        .property(Expectation::Always, "true", |_, _| true)
}

/// These numbers, and somebody who records up to three of what arrives.
///
/// The bound matters where a network delivers the same message over and over.
pub fn recorded(
    numbers: &'static [u8],
    network: Network<u8>,
    lossy: LossyNetwork,
) -> ActorModel<Peer> {
    ActorModel::new((), ())
        .actor(Peer::Sender(numbers))
        .actor(Peer::Recorder)
        .init_network(network)
        .lossy_network(lossy)
        .within_boundary(|_, state| state.actor_states[1].len() <= 3)
        .property(Expectation::Always, "true", |_, _| true)
}

/// A message to an actor that is not there is never delivered.
pub fn undeliverable() -> ActorModel<()> {
    let to_nobody = Envelope {
        src: Id::from(0),
        dst: Id::from(99),
        msg: (),
    };
    ActorModel::new((), ())
        .actor(())
        .init_network(Network::new_unordered_duplicating([to_nobody]))
        .property(Expectation::Always, "true", |_, _| true)
}
