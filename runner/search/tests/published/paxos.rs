//! Single-decree Paxos: servers agree on one value, once and for all, although several propose.
//!
//! Every client's write becomes a proposal, led under a ballot by the server that was asked:
//!
//! ```text
//! leader ── Prepare ──▶ others     take part in no earlier ballot from now on
//!        ◀── Promise ── a majority, itself included, each with what it accepted last
//! leader ── Accept ───▶ others     accept this value in this ballot
//!        ◀── Accepted ── a majority, itself included
//! leader ── Decided ──▶ others,  PutOk ──▶ the client whose value it is
//! ```
//!
//! All rests on which value the leader asks to accept. A majority may have accepted another value
//! in an earlier ballot, and of that majority at least one is among those that promised. So the
//! leader takes the value of the latest ballot that they tell it of, and its own client's only if
//! they tell it of none. Earlier ballots cannot change any more: the promises have closed them.
//!
//! The register that the clients see is written once: a write whose proposal lost is never
//! answered, and a read is answered by a server that knows the decision, and by no other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use stateright::actor::register::RegisterMsg::{Get, GetOk, Internal, Put, PutOk};
use stateright::actor::{Actor, Id, Network, Out, majority, model_peers};

use super::register::{self, Message, RegisterModel};

/// A number, and who leads: no two servers lead the same ballot.
pub type Ballot = (u32, Id);

/// A request, the client that made it, and what it wants written.
pub type Proposal = (u64, Id, char);

/// A proposal in the ballot in which it was accepted.
pub type Acceptance = (Ballot, Proposal);

/// What servers tell each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Prepare(Ballot),
    Promise(Ballot, Option<Acceptance>),
    Accept(Acceptance),
    Accepted(Ballot),
    Decided(Acceptance),
}
use Step::{Accept, Accepted, Decided, Prepare, Promise};

/// What a server knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Participant {
    /// The latest it heard of.
    ballot: Ballot,
    /// As a leader: its client's proposal, or the one that it had to take instead.
    proposal: Option<Proposal>,
    promises: BTreeMap<Id, Option<Acceptance>>,
    acceptors: BTreeSet<Id>,
    /// As an acceptor.
    accepted: Option<Acceptance>,
    decided: bool,
}

/// A server, which knows the others.
#[derive(Clone)]
pub struct Server {
    others: Vec<Id>,
}

impl Actor for Server {
    type Msg = Message<Step>;
    type State = Participant;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, _out: &mut Out<Self>) -> Participant {
        Participant {
            ballot: (0, Id::from(0)),
            proposal: None,
            promises: BTreeMap::new(),
            acceptors: BTreeSet::new(),
            accepted: None,
            decided: false,
        }
    }

    /// Who knows the decision only answers reads. A participant is made mutable only where the
    /// message matters: one that changes nothing is no step.
    fn on_msg(
        &self,
        id: Id,
        participant: &mut Cow<'_, Participant>,
        from: Id,
        message: Self::Msg,
        out: &mut Out<Self>,
    ) {
        if participant.decided {
            if let (Get(request), Some((_, (_, _, letter)))) = (message, participant.accepted) {
                out.send(from, GetOk(request, letter));
            }
            return;
        }
        let majority = majority(self.others.len() + 1);
        match message {
            Put(request, letter) if participant.proposal.is_none() => {
                let ballot = participant.to_mut().propose(id, (request, from, letter));
                out.broadcast(&self.others, &Internal(Prepare(ballot)));
            }
            Internal(Prepare(ballot)) if participant.ballot < ballot => {
                participant.to_mut().ballot = ballot;
                out.send(from, Internal(Promise(ballot, participant.accepted)));
            }
            Internal(Promise(ballot, accepted)) if participant.ballot == ballot => {
                let leader = participant.to_mut();
                leader.promises.insert(from, accepted);
                if leader.promises.len() == majority
                    && let Some(acceptance) = leader.choose(id)
                {
                    out.broadcast(&self.others, &Internal(Accept(acceptance)));
                }
            }
            Internal(Accept(acceptance)) if participant.ballot <= acceptance.0 => {
                participant.to_mut().accept(acceptance);
                out.send(from, Internal(Accepted(acceptance.0)));
            }
            Internal(Accepted(ballot)) if participant.ballot == ballot => {
                let leader = participant.to_mut();
                leader.acceptors.insert(from);
                if leader.acceptors.len() == majority
                    && let Some(proposal) = leader.proposal
                {
                    leader.decided = true;
                    let (request, client, _) = proposal;
                    out.broadcast(&self.others, &Internal(Decided((ballot, proposal))));
                    out.send(client, PutOk(request));
                }
            }
            Internal(Decided(acceptance)) => {
                let informed = participant.to_mut();
                informed.accept(acceptance);
                informed.decided = true;
            }
            _ => {}
        }
    }
}

impl Participant {
    /// Begins the next ballot for this proposal, with its own promise.
    fn propose(&mut self, own: Id, proposal: Proposal) -> Ballot {
        self.ballot = (self.ballot.0 + 1, own);
        self.proposal = Some(proposal);
        self.promises = BTreeMap::from([(own, self.accepted)]);
        self.acceptors.clear();
        self.ballot
    }

    /// What a majority that promised lets it propose, which it is the first to accept.
    fn choose(&mut self, own: Id) -> Option<Acceptance> {
        let latest = self.promises.values().flatten().max();
        let proposal = latest.map(|(_, proposal)| *proposal).or(self.proposal)?;
        self.proposal = Some(proposal);
        self.acceptors.insert(own);
        self.accept((self.ballot, proposal));
        self.accepted
    }

    fn accept(&mut self, acceptance: Acceptance) {
        self.ballot = acceptance.0;
        self.accepted = Some(acceptance);
    }
}

/// So many servers and clients, on a network that delivers every message once, in any order.
pub fn model(servers: usize, clients: usize) -> RegisterModel<Server> {
    let server = |index| Server {
        others: model_peers(index, servers),
    };
    let network = Network::new_unordered_nonduplicating([]);
    register::model((0..servers).map(server).collect(), clients, network)
}
