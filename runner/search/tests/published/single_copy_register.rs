//! Servers that each keep a register of their own and never speak to one another.
//!
//! One server is a register. Two are not: a client that writes to one and reads from the other
//! finds it blank, and the history is not linearizable.

use std::borrow::Cow;

use stateright::actor::register::RegisterMsg::{Get, GetOk, Put, PutOk};
use stateright::actor::{Actor, Id, Network, Out};

use super::register::{self, BLANK, Message, RegisterModel};

/// A server whose state is the letter it holds.
#[derive(Clone)]
pub struct Server;

impl Actor for Server {
    type Msg = Message<()>;
    type State = char;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, _out: &mut Out<Self>) -> char {
        BLANK
    }

    fn on_msg(
        &self,
        _id: Id,
        letter: &mut Cow<'_, char>,
        client: Id,
        message: Self::Msg,
        out: &mut Out<Self>,
    ) {
        match message {
            Put(request, written) => {
                *letter.to_mut() = written;
                out.send(client, PutOk(request));
            }
            Get(request) => out.send(client, GetOk(request, **letter)),
            _ => {}
        }
    }
}

/// So many servers and clients, on a network that delivers every message once, in any order.
pub fn model(servers: usize, clients: usize) -> RegisterModel<Server> {
    let network = Network::new_unordered_nonduplicating([]);
    register::model(vec![Server; servers], clients, network)
}
