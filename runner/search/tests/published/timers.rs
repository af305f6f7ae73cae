//! Actors with several timers, some of which are set again whenever they go off.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, Id, Network, Out, model_peers, model_timeout};

/// What a [`Pinger`] sends, and how it is answered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Message {
    Ping,
    Pong,
}

/// When to ping the peers with even numbers, when those with odd ones, and when to do nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    Even,
    Odd,
    Idle,
}

/// How many pings it sent, and how many answers it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pings {
    sent: usize,
    answered: usize,
}

/// An actor that pings its peers by two timers, over and over.
#[derive(Clone)]
pub struct Pinger {
    peers: Vec<Id>,
}

impl Actor for Pinger {
    type Msg = Message;
    type State = Pings;
    type Timer = Timer;
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) -> Pings {
        for timer in [Timer::Even, Timer::Odd, Timer::Idle] {
            out.set_timer(timer, model_timeout());
        }
        Pings::default()
    }

    fn on_msg(
        &self,
        _id: Id,
        pings: &mut Cow<'_, Pings>,
        peer: Id,
        message: Message,
        out: &mut Out<Self>,
    ) {
        match message {
            Message::Ping => out.send(peer, Message::Pong),
            Message::Pong => pings.to_mut().answered += 1,
        }
    }

    /// A timer that is set again and does nothing else is no step.
    fn on_timeout(&self, _id: Id, pings: &mut Cow<'_, Pings>, timer: &Timer, out: &mut Out<Self>) {
        out.set_timer(timer.clone(), model_timeout());
        let remainder = match timer {
            Timer::Even => 0,
            Timer::Odd => 1,
            Timer::Idle => return,
        };
        for &peer in &self.peers {
            if usize::from(peer) % 2 == remainder {
                pings.to_mut().sent += 1;
                out.send(peer, Message::Ping);
            }
        }
    }
}

/// So many actors, none of which sends more than `max_sent` pings.
///
/// The published example has no such bound, and no end. The model's configuration is `max_sent`.
pub fn pingers(
    actors: usize,
    max_sent: usize,
    network: Network<Message>,
) -> ActorModel<Pinger, usize> {
    ActorModel::new(max_sent, ())
        .actors((0..actors).map(|index| Pinger {
            peers: model_peers(index, actors),
        }))
        .init_network(network)
        .within_boundary(|max, state| state.actor_states.iter().all(|pings| pings.sent <= *max))
        .property(Expectation::Always, "true", |_, _| true)
}

/// An actor with a timer that goes off once.
#[derive(Clone)]
pub struct Alarm;

impl Actor for Alarm {
    type Msg = ();
    type State = ();
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) {
        out.set_timer((), model_timeout());
    }
}

/// One [`Alarm`]: it is set, and then it is not.
pub fn alarm() -> ActorModel<Alarm> {
    ActorModel::new((), ())
        .actor(Alarm)
        .property(Expectation::Always, "true", |_, _| true)
}
