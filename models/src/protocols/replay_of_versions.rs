//! Replay of versions: nothing that was sent is stored; it is computed again from the state before.
//!
//! **Problem.** A second copy of a command must not change the order again, but its event may be still
//! due, and it must be the event of the first time. The outbox stores the event. Here the order keeps
//! every version it ever had, each tagged with the command that caused it, and the handler runs again.
//!
//! **Participants.** The broker, the endpoint `Orders`, and everybody who hears its events.
//!
//! **One transaction** appends one version to the order, and checks that nobody else has appended one
//! since the order was loaded.
//!
//! ```text
//!   Broker ──command──▶ Orders ──load──▶ order: version 1 │ version 2 │ …
//!                          │   command is new:   run on the newest version, append
//!                          │   command is known: run on the version before its own, append nothing
//!                          └──publish──▶ LineAdded ──▶ everybody else
//! ```
//!
//! **Where it may crash.** Between any two steps. A crash after the append leaves a version whose event
//! may be unpublished; the next attempt finds the version and publishes.
//!
//! * **Nondeterministic**: the event carries a coupon that the handler draws. A handler that reads a
//!   clock, a random number or another service is not a function of state and command, and the event of
//!   the second run is another one.
//! * **Overshooting reader**: looks for the version before the command's own and does not stop there.
//!   For the newest version it happens to be right. For an older one the event reports a change that
//!   was never made. Its id is the right one, derived from the command, so receivers drop it as a
//!   duplicate, and nobody notices who does not compare contents.
//! * **Truncated**: keeps the newest version only. A late copy of an older command is not found, and
//!   adds its line again. A limit on versions is a deduplication window.
//! * **Deterministic**: the handler is a function, and the reader stops at the right place.
//!
//! **What it guarantees, at what price.** All that the outbox does, for one read, one write and one
//! message a command: one write less, since nothing has to be marked as sent. The order grows with
//! every command, by a whole version (`DedupBounded`). And the handler's code must give the same event
//! for as long as a copy may come: a new release that computes something else is a nondeterministic
//! handler.
//!
//! **Source.** The workshop authors' post on state-based consistent messaging, and its published code,
//! whose reader overshoots: leaving the inner loop does not leave the loop over pages.
//!
//! **Left out.** Snapshots, and versions in a stream of their own; here they are one document.

mod catalogue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Identity, MessageId};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::kit::world::World;
use crate::value::Value;

/// The command: add a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddLine {
    /// The identity of the command.
    pub id: MessageId,
}

/// The key of the only order.
pub const ORDER: u8 = 1;

/// The order: its versions, oldest first. Before the first version it has no lines.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Order {
    versions: Vec<Version>,
    /// The number of lines before the oldest version that is kept.
    base: usize,
}

/// The order after one command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Version {
    /// The command.
    cause: MessageId,
    /// The number of lines in this version.
    lines: usize,
}

impl Document for Order {
    const COLLECTION: &'static str = "order";
    const BUSINESS: &'static [&'static str] = &["versions"];
}

impl Order {
    /// The index of the version that the command caused.
    pub fn place(&self, command: &AddLine) -> Option<usize> {
        let mut causes = self.versions.iter().map(|version| version.cause);
        causes.position(|cause| cause == command.id)
    }

    /// The number of lines in the newest version.
    pub fn newest(&self) -> usize {
        self.versions.last().map_or(self.base, |last| last.lines)
    }

    /// The number of lines before the version at `place`; if it is `None`, before the next version.
    pub fn before(&self, place: Option<usize>) -> usize {
        match place {
            Some(0) => self.base,
            Some(place) => self.versions[place - 1].lines,
            None => self.newest(),
        }
    }

    /// Like [`Self::before`], for a reader that continues to the end if the version is not the newest.
    fn before_or_newest(&self, place: Option<usize>) -> usize {
        match place {
            Some(place) if place + 1 == self.versions.len() => self.before(Some(place)),
            _ => self.newest(),
        }
    }

    /// Appends the version that the command causes, and keeps them all.
    pub fn append_version(&mut self, command: &AddLine, lines: usize) {
        self.append(command, lines, usize::MAX);
    }

    fn append(&mut self, command: &AddLine, lines: usize, keep: usize) {
        let cause = command.id;
        self.versions.push(Version { cause, lines });
        while self.versions.len() > keep {
            self.base = self.versions.remove(0).lines;
        }
    }
}

/// The event: the order now has this many lines, and this coupon goes with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineAdded {
    /// Its id, by which receivers recognise it.
    pub id: Identity,
    /// How many lines the order has.
    pub lines: usize,
    /// The coupon.
    pub coupon: Identity,
}

impl Event for LineAdded {
    const OUTPUT: &'static str = "LineAdded";

    fn basis(&self) -> i64 {
        i64::try_from(self.lines).unwrap_or(i64::MAX)
    }
}

/// The parts in which the variants differ.
#[derive(Clone, Copy)]
struct Way {
    /// How the version is found on which the command runs.
    before: fn(&Order, Option<usize>) -> usize,
    /// How the coupon is made.
    coupon: fn(&mut dyn Io, &AddLine) -> Flow<Identity>,
    /// How many versions are kept.
    keep: usize,
}

const DETERMINISTIC: Way = Way {
    before: Order::before,
    coupon: |_, command| Ok(Identity::derived_from(command.id)),
    keep: usize::MAX,
};

const NONDETERMINISTIC: Way = Way {
    coupon: |io, _| io.fresh_id(),
    ..DETERMINISTIC
};

const OVERSHOOTING: Way = Way {
    before: Order::before_or_newest,
    ..DETERMINISTIC
};

const TRUNCATED: Way = Way {
    keep: 1,
    ..DETERMINISTIC
};

fn add_line(io: &mut dyn Io, command: &AddLine, way: Way) -> Flow {
    let mut order = io.load::<Order>("Load", ORDER)?;
    let place = order.place(command);
    let lines = (way.before)(&order, place) + 1;
    if place.is_none() {
        order.append(command, lines, way.keep);
        io.commit("AppendVersion", &mut order)?.or_give_back()?;
    }
    let event = LineAdded {
        id: Identity::derived_from(command.id),
        lines,
        coupon: (way.coupon)(io, command)?,
    };
    io.publish("Publish", &event)?.or_give_back()?;
    io.ack("Ack")
}

/// Whether the stored versions are all versions, or the newest ones, that the history makes.
fn folds(world: &World) -> bool {
    let order = world.document::<Order>();
    let kept = world.hist.iter().zip(1..).skip(order.base);
    let kept = kept.map(|(cause, lines)| (cause.clone(), lines));
    let versions = order.versions.into_iter();
    versions
        .map(|version| (Value::from(version.cause), version.lines))
        .eq(kept)
}

/// The protocol.
pub struct ReplayOfVersions;

impl Protocol for ReplayOfVersions {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let stores = Stores::default().one(&Order::default());
        let handler = handler(instance.variant.handler);
        System::new(Spec {
            interchangeable: true,
            copies: instance.get("copies"),
            outputs: &[LineAdded::OUTPUT],
            folds,
            remembered: |system, state| {
                let order = state.world.document::<Order>();
                (order.versions.len(), system.in_flight(state).len())
            },
            remembered_in: &["order.versions"],
            ..instance.spec("Orders", instance.get("messages"), handler, stores)
        })
    }
}

fn handler(name: &str) -> Handler {
    let way = match name {
        "nondeterministic" => NONDETERMINISTIC,
        "overshooting-reader" => OVERSHOOTING,
        "truncated" => TRUNCATED,
        "deterministic" => DETERMINISTIC,
        _ => return Handler::unknown(name),
    };
    Handler::new(move |io, command| add_line(io, command, way))
}
