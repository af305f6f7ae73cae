//! Actor models without an end: they are searched to a depth.

use std::borrow::Cow;
use std::time::Duration;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, Id, Network, Out, model_peers};

/// Any duration: a model does not look at it.
const SOON: std::ops::Range<Duration> = Duration::from_secs(1)..Duration::from_secs(2);

/// A register at every node; the last writer wins.
#[derive(Clone)]
pub(crate) struct Register {
    peers: Vec<Id>,
}

/// A value, by the clock and the number of the node that has written it.
type Stamped = (u32, usize);

impl Actor for Register {
    type Msg = Stamped;
    type State = Stamped;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> Stamped {
        out.set_timer((), SOON);
        (0, usize::from(id))
    }

    fn on_timeout(&self, id: Id, held: &mut Cow<Stamped>, _: &(), out: &mut Out<Self>) {
        let written = (held.0 + 1, usize::from(id));
        *held.to_mut() = written;
        out.broadcast(&self.peers, &written);
        out.set_timer((), SOON);
    }

    fn on_msg(&self, _: Id, held: &mut Cow<Stamped>, _: Id, other: Stamped, _: &mut Out<Self>) {
        if other > **held {
            *held.to_mut() = other;
        }
    }
}

/// Registers of so many nodes, which never stop writing.
pub(crate) fn registers(nodes: usize) -> ActorModel<Register> {
    let node = |number| Register {
        peers: model_peers(number, nodes),
    };
    ActorModel::new((), ())
        .actors((0..nodes).map(node))
        .init_network(Network::new_unordered_nonduplicating([]))
        .property(Expectation::Always, "clocks are below 1,000", |_, state| {
            state.actor_states.iter().all(|held| held.0 < 1_000)
        })
}

/// A node of a replicated log: the first one appends, the others follow.
#[derive(Clone)]
pub(crate) struct Log {
    peers: Vec<Id>,
}

/// What nodes tell each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Told {
    /// The entry that belongs at this place.
    Append(usize, u8),
    /// The log has so many entries.
    Has(usize),
}

/// The entries, and how many each follower has acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Held {
    entries: Vec<u8>,
    acknowledged: Vec<usize>,
}

impl Actor for Log {
    type Msg = Told;
    type State = Held;
    type Timer = u8;
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> Held {
        if usize::from(id) == 0 {
            out.set_timer(0, SOON);
            out.set_timer(1, SOON);
        }
        Held {
            entries: Vec::new(),
            acknowledged: vec![0; self.peers.len()],
        }
    }

    fn on_timeout(&self, _: Id, held: &mut Cow<Held>, value: &u8, out: &mut Out<Self>) {
        let place = held.entries.len();
        held.to_mut().entries.push(*value);
        out.broadcast(&self.peers, &Told::Append(place, *value));
        out.set_timer(*value, SOON);
    }

    fn on_msg(&self, _: Id, held: &mut Cow<Held>, from: Id, told: Told, out: &mut Out<Self>) {
        match told {
            Told::Append(place, value) if place == held.entries.len() => {
                held.to_mut().entries.push(value);
                out.send(from, Told::Has(place + 1));
            }
            Told::Append(..) => {}
            Told::Has(entries) => {
                let follower = self.peers.iter().position(|peer| *peer == from);
                let known = follower.map(|follower| (follower, held.acknowledged[follower]));
                if let Some((follower, _)) = known.filter(|(_, known)| entries > *known) {
                    held.to_mut().acknowledged[follower] = entries;
                }
            }
        }
    }
}

/// A log of so many nodes over a network that delivers a message any number of times.
pub(crate) fn logs(nodes: usize) -> ActorModel<Log> {
    let node = |number| Log {
        peers: model_peers(number, nodes),
    };
    ActorModel::new((), ())
        .actors((0..nodes).map(node))
        .init_network(Network::new_unordered_duplicating([]))
        .property(
            Expectation::Always,
            "followers have a prefix",
            |_, state| {
                let (leader, followers) = state.actor_states.split_at(1);
                followers
                    .iter()
                    .all(|follower| leader[0].entries.starts_with(&follower.entries))
            },
        )
}
