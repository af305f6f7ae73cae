//! A register on several servers that stays linearizable while a majority answers: the algorithm
//! of Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in Message-Passing Systems" (1995).
//!
//! The server that a client asks leads the operation, a read like a write, in two rounds:
//!
//! ```text
//! leader ── Query ───▶ others      what is the newest you have?
//!        ◀── Newest ── a majority, itself included
//! leader ── Record ──▶ others      keep this, unless yours is newer
//!        ◀── Recorded ── a majority, itself included
//! leader ── PutOk or GetOk ──▶ client
//! ```
//!
//! Versions are ordered by a timestamp: a number, and the leader's identity to tell equals apart. A
//! write takes the number after the newest it heard of. A read has to record as well: its value may
//! be on a minority only, and a later read must not return an older one.
//!
//! A server leads one operation at a time. Meanwhile other requests wait in the network; an ordered
//! network has no room for them to wait and loses them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use stateright::actor::register::RegisterMsg::{Get, GetOk, Internal, Put, PutOk};
use stateright::actor::{Actor, Id, Network, Out, majority, model_peers};

use super::register::{self, BLANK, Message, RegisterModel};

/// A value and when it was written, the newest being the largest.
pub type Version = ((u64, Id), char);

/// What servers tell each other; the number is that of the client's request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Round {
    Query(u64),
    Newest(u64, Version),
    Record(u64, Version),
    Recorded(u64),
}
use Round::{Newest, Query, Record, Recorded};

/// What a server knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica {
    newest: Version,
    leads: Option<Operation>,
}

/// A client's request on its way through the two rounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Operation {
    request: u64,
    client: Id,
    phase: Phase,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// What to write, if it is a write, and what the servers have.
    Asking {
        write: Option<char>,
        heard: BTreeMap<Id, Version>,
    },
    /// What was read, if it is a read, and who has recorded it.
    Recording {
        read: Option<char>,
        recorded: BTreeSet<Id>,
    },
}

/// A server, which knows the others.
#[derive(Clone)]
pub struct Server {
    others: Vec<Id>,
}

impl Actor for Server {
    type Msg = Message<Round>;
    type State = Replica;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _storage: &Option<()>, _out: &mut Out<Self>) -> Replica {
        Replica {
            newest: ((0, id), BLANK),
            leads: None,
        }
    }

    /// A replica is made mutable only where the message matters: one that changes nothing is no
    /// step, and Stateright tells by the state's being borrowed still.
    fn on_msg(
        &self,
        id: Id,
        replica: &mut Cow<'_, Replica>,
        from: Id,
        message: Self::Msg,
        out: &mut Out<Self>,
    ) {
        let majority = majority(self.others.len() + 1);
        match message {
            Put(request, letter) if replica.leads.is_none() => {
                replica.to_mut().lead(id, request, from, Some(letter));
                out.broadcast(&self.others, &Internal(Query(request)));
            }
            Get(request) if replica.leads.is_none() => {
                replica.to_mut().lead(id, request, from, None);
                out.broadcast(&self.others, &Internal(Query(request)));
            }
            Internal(Query(request)) => out.send(from, Internal(Newest(request, replica.newest))),
            Internal(Newest(request, version)) if replica.asks_for(request) => {
                if let Some(decided) = replica.to_mut().hear(id, from, version, majority) {
                    out.broadcast(&self.others, &Internal(Record(request, decided)));
                }
            }
            Internal(Record(request, version)) => {
                if version > replica.newest {
                    replica.to_mut().newest = version;
                }
                out.send(from, Internal(Recorded(request)));
            }
            Internal(Recorded(request)) if replica.records_for(request, from) => {
                if let Some((client, answer)) = replica.to_mut().count(from, majority) {
                    out.send(client, answer);
                }
            }
            _ => {}
        }
    }
}

impl Replica {
    /// Begins an operation, with its own answer to the first round.
    fn lead(&mut self, own: Id, request: u64, client: Id, write: Option<char>) {
        let heard = BTreeMap::from([(own, self.newest)]);
        self.leads = Some(Operation {
            request,
            client,
            phase: Phase::Asking { write, heard },
        });
    }

    /// Whether it is in the first round of this request.
    fn asks_for(&self, request: u64) -> bool {
        self.leads.as_ref().is_some_and(|operation| {
            operation.request == request && matches!(operation.phase, Phase::Asking { .. })
        })
    }

    /// Whether it is in the second round of this request and has not heard from that server.
    fn records_for(&self, request: u64, server: Id) -> bool {
        self.leads.as_ref().is_some_and(|operation| {
            operation.request == request
                && matches!(&operation.phase, Phase::Recording { recorded, .. }
                    if !recorded.contains(&server))
        })
    }

    /// Takes an answer to the first round; with a majority, the version that the second is about.
    fn hear(&mut self, own: Id, from: Id, version: Version, majority: usize) -> Option<Version> {
        let phase = &mut self.leads.as_mut()?.phase;
        let Phase::Asking { write, heard } = phase else {
            return None;
        };
        heard.insert(from, version);
        if heard.len() < majority {
            return None;
        }
        let newest = *heard.values().max()?;
        let ((number, _), letter) = newest;
        let (decided, read) = match *write {
            Some(written) => (((number + 1, own), written), None),
            None => (newest, Some(letter)),
        };
        let recorded = BTreeSet::from([own]);
        *phase = Phase::Recording { read, recorded };
        self.newest = self.newest.max(decided);
        Some(decided)
    }

    /// Takes an answer to the second round; with a majority, what to tell the client.
    fn count(&mut self, from: Id, majority: usize) -> Option<(Id, Message<Round>)> {
        let operation = self.leads.as_mut()?;
        let Phase::Recording { read, recorded } = &mut operation.phase else {
            return None;
        };
        recorded.insert(from);
        if recorded.len() < majority {
            return None;
        }
        let (client, request) = (operation.client, operation.request);
        let answer = match *read {
            Some(letter) => GetOk(request, letter),
            None => PutOk(request),
        };
        self.leads = None;
        Some((client, answer))
    }
}

/// So many servers and clients on this network.
pub fn model(
    servers: usize,
    clients: usize,
    network: Network<Message<Round>>,
) -> RegisterModel<Server> {
    let server = |index| Server {
        others: model_peers(index, servers),
    };
    register::model((0..servers).map(server).collect(), clients, network)
}
