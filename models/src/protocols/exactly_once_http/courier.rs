//! The courier, whose requests are resources, and the guarantees about shop and courier together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Booking, ERRORS};
use crate::kit::clause::{Clause, every};
use crate::kit::document::{Identity, MessageId};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};

/// The requests that the courier accepts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "ask")]
pub(super) enum Request {
    /// Store a request under this URL.
    Put {
        /// The URL.
        url: Identity,
        /// The command for which the request is made.
        command: MessageId,
    },
    /// Execute the request at this URL, unless it was executed before.
    Post {
        /// The URL.
        url: Identity,
    },
    /// Return the response.
    Get {
        /// The URL.
        url: Identity,
    },
    /// Remove request and response.
    Delete {
        /// The URL.
        url: Identity,
    },
}

/// What the courier answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Done now or before.
    Ok,
    /// There is nothing at this URL.
    Missing,
}

/// A request at the courier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    command: MessageId,
    executed: bool,
}

/// The courier's memory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Courier {
    /// How often each command was booked.
    pub(super) booked: BTreeMap<MessageId, u8>,
    /// The requests, by URL.
    pub(super) requests: BTreeMap<Identity, Stored>,
}

impl Courier {
    /// A courier that has not received a request.
    pub(super) fn expecting(commands: impl Iterator<Item = MessageId>) -> Self {
        Courier {
            booked: commands.map(|command| (command, 0)).collect(),
            requests: BTreeMap::new(),
        }
    }

    fn of(system: &System, state: &State) -> Self {
        system.memory(state).unwrap_or_default()
    }

    pub(super) fn answer(&mut self, request: Request) -> Status {
        match request {
            Request::Put { url, command } => {
                let executed = false;
                self.requests.insert(url, Stored { command, executed });
                Status::Ok
            }
            Request::Post { url } => {
                let Some(stored) = self.requests.get_mut(&url) else {
                    return Status::Missing;
                };
                if !stored.executed {
                    stored.executed = true;
                    *self.booked.entry(stored.command).or_default() += 1;
                }
                Status::Ok
            }
            Request::Get { url } => match self.requests.get(&url) {
                Some(stored) if stored.executed => Status::Ok,
                _ => Status::Missing,
            },
            Request::Delete { url } => {
                self.requests.remove(&url);
                Status::Ok
            }
        }
    }

    /// A description of its reaction to a request, given its memory before.
    pub(super) fn says(&self, request: &Request) -> String {
        let executed = |url| self.requests.get(url).map(|stored| stored.executed);
        match request {
            Request::Put { url, .. } => format!("stores a request under URL {url}"),
            Request::Post { url } => match executed(url) {
                Some(false) => format!("executes the request at URL {url}"),
                Some(true) => format!("answers with the stored response at URL {url}"),
                None => format!("answers 400: nothing is at URL {url}"),
            },
            Request::Get { url } => match executed(url) {
                Some(true) => format!("answers with the response at URL {url}"),
                _ => format!("answers 404: no response is at URL {url}"),
            },
            Request::Delete { url } => format!("deletes what is at URL {url}"),
        }
    }
}

pub(super) const NO_DOUBLE_BOOKING: Guarantee = Guarantee {
    name: "NoDoubleBooking",
    promise: "no command is booked twice",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(booked_once(system, state)),
    clauses: booked_once,
};

pub(super) const RESPONSE_SAVED: Guarantee = Guarantee {
    name: "ResponseSaved",
    promise: "once all is done, the response of every booking is saved",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(saved(system, state)),
    clauses: |system, state| once_all_is_done(system, state, saved),
};

pub(super) const NO_POISON: Guarantee = Guarantee {
    name: "NoPoison",
    promise: "no message ends in the error queue",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(no_errors(system, state)),
    clauses: no_errors,
};

pub(super) const REMOTE_CLEAN: Guarantee = Guarantee {
    name: "RemoteClean",
    promise: "once all is done, no request is left at the courier",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(nothing_left(system, state)),
    clauses: |system, state| once_all_is_done(system, state, nothing_left),
};

fn booked_once(system: &System, state: &State) -> Vec<Clause> {
    let booked = Courier::of(system, state).booked.into_iter();
    let clause = |(command, times)| {
        Clause::new(
            format!("command {command} is booked at most once"),
            times <= 1,
        )
        .but(format!("it was booked {times} times"))
        .at(format!("provider.booked[{command}]"))
    };
    booked.map(clause).collect()
}

fn saved(_: &System, state: &State) -> Vec<Clause> {
    let bookings = state.world.documents::<Booking>().into_iter();
    let clause = |(id, booking): (_, Booking)| {
        Clause::new(
            format!("the response of booking {id} is saved"),
            booking.answered,
        )
        .but("it never was")
        .at(format!("bookings[{id}].answered"))
    };
    bookings.map(clause).collect()
}

fn no_errors(_: &System, state: &State) -> Vec<Clause> {
    let errors = state.world.members(ERRORS);
    let names: Vec<_> = errors.iter().map(|id| format!("message {id} is")).collect();
    let clause = Clause::new("no message is in the error queue", errors.is_empty());
    vec![clause.but(names.join(", ")).at(ERRORS)]
}

fn nothing_left(system: &System, state: &State) -> Vec<Clause> {
    let requests = Courier::of(system, state).requests;
    let left: Vec<_> = requests
        .keys()
        .map(|url| format!("one at URL {url} is"))
        .collect();
    let clause = Clause::new("no request is left at the courier", left.is_empty());
    vec![clause.but(left.join(", ")).at("provider.requests")]
}
