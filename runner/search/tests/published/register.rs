//! The surroundings of every register model: clients that write and then read, and the question
//! whether what they saw could have come from one register that does one thing at a time.
//!
//! Stateright's [`RegisterActor`] is the client: it writes a letter of its own to one server, waits
//! for the acknowledgement, and reads from the next. The [`LinearizabilityTester`] is told of every
//! invocation and every return as it is sent or delivered; it is part of the state, so two ways to
//! the same servers and messages are two states if the clients saw other things on the way.

use std::fmt::Debug;
use std::hash::Hash;

use stateright::Expectation;
use stateright::actor::register::{RegisterActor, RegisterMsg};
use stateright::actor::{Actor, ActorModel, ActorModelState, Id, Network};
use stateright::semantics::LinearizabilityTester;
use stateright::semantics::register::Register;

/// What a register holds until somebody writes.
pub const BLANK: char = '\0';

/// What clients and servers tell each other, and the servers among themselves.
pub type Message<Internal> = RegisterMsg<u64, char, Internal>;

/// What the clients asked, and what they were answered.
pub type History = LinearizabilityTester<Id, Register<char>>;

/// Servers of one kind and their clients.
pub type RegisterModel<Server> = ActorModel<RegisterActor<Server>, (), History>;

/// These servers, numbered from 0, and this many clients after them, each of which writes once.
pub fn model<Server, Internal>(
    servers: Vec<Server>,
    clients: usize,
    network: Network<Message<Internal>>,
) -> RegisterModel<Server>
where
    Server: Actor<Msg = Message<Internal>>,
    Server::Timer: Ord,
    Internal: Clone + Debug + Eq + Hash + Ord,
{
    let server_count = servers.len();
    let client = || RegisterActor::Client {
        put_count: 1,
        server_count,
    };
    ActorModel::new((), History::new(Register(BLANK)))
        .actors(servers.into_iter().map(RegisterActor::Server))
        .actors((0..clients).map(|_| client()))
        .init_network(network)
        .record_msg_out(RegisterMsg::record_invocations)
        .record_msg_in(RegisterMsg::record_returns)
        .property(Expectation::Always, "linearizable", |_, state| {
            state.history.serialized_history().is_some()
        })
        .property(Expectation::Sometimes, "value chosen", |_, state| {
            somebody_is_told_a_letter(state)
        })
}

/// Whether an answer with a written value is on its way to a reader.
fn somebody_is_told_a_letter<Server, Internal>(
    state: &ActorModelState<RegisterActor<Server>, History>,
) -> bool
where
    Server: Actor<Msg = Message<Internal>>,
    Internal: Clone + Debug + Eq + Hash,
{
    let mut messages = state.network.iter_deliverable();
    messages
        .any(|envelope| matches!(envelope.msg, RegisterMsg::GetOk(_, letter) if *letter != BLANK))
}
