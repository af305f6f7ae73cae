//! A client with a script: it makes one request after another, and stores the answers.
//!
//! A move of the script is a request, with the behaviour of the client until it has the answer: it may send
//! the request again if no answer arrives, it may poll until it receives the answer that it waits for, and it
//! may give up and continue. A move ends before the next one begins. A reply names the request that it
//! answers. The client cannot distinguish the replies to several equal requests.

use stateright::actor::Id;

use crate::value::Value;

/// One request of a script, and the behaviour of the client until it has the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    request: Value,
    again: u8,
    polls: u8,
    until: Value,
    gives_up: bool,
    skip: usize,
}

impl Move {
    /// A request that is sent once. The client waits for its answer. The request may only read.
    pub fn new(request: Value) -> Self {
        Move {
            request,
            again: 0,
            polls: 0,
            until: Value::seq([]),
            gives_up: false,
            skip: 0,
        }
    }

    /// The client may send the request again, at most this often, until an answer arrives.
    #[must_use]
    pub fn again(self, again: u8) -> Self {
        Move { again, ..self }
    }

    /// The client sends the request again after each answer other than this one, at most this often.
    #[must_use]
    pub fn poll(self, until: Value, polls: u8) -> Self {
        Move {
            polls,
            until,
            ..self
        }
    }

    /// The client may give up waiting, and continue with the next move. After an answer, it skips this many
    /// moves, which are made only after it has given up.
    #[must_use]
    pub fn or_give_up(self, skip: usize) -> Self {
        Move {
            gives_up: true,
            skip,
            ..self
        }
    }
}

/// A client that has a script.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its moves.
    pub script: Vec<Move>,
    /// The endpoint that receives the requests.
    pub endpoint: Id,
}

/// The position of a client in its script.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The position of its move, from 1; after the last one when the script is done.
    pub at: usize,
    /// How often it may still send the request again.
    pub again: u8,
    /// How often it may still poll.
    pub polls: u8,
    /// The outcomes of the moves so far: an answer, or [`GAVE_UP`].
    pub heard: Vec<Value>,
}

/// The outcome of a move that the client gave up.
pub const GAVE_UP: &str = "GaveUp";

impl Client {
    fn stands_at(&self, at: usize, heard: Vec<Value>) -> Progress {
        let next = self.script.get(at - 1);
        Progress {
            at,
            again: next.map_or(0, |next| next.again),
            polls: next.map_or(0, |next| next.polls),
            heard,
        }
    }

    /// The initial position.
    pub(super) fn start(&self) -> Progress {
        self.stands_at(1, Vec::new())
    }

    fn waits(&self, progress: &Progress) -> Option<&Move> {
        self.script.get(progress.at - 1)
    }

    /// The request of the current move.
    pub(super) fn request(&self, progress: &Progress) -> Option<Value> {
        self.waits(progress).map(|now| now.request.clone())
    }

    fn goes_on(&self, progress: &mut Progress, moves: usize, heard: Value) -> Option<Value> {
        let mut all = std::mem::take(&mut progress.heard);
        all.push(heard);
        *progress = self.stands_at(progress.at + moves, all);
        self.request(progress)
    }

    /// Receives a reply and returns the request that follows. A reply to an earlier move is ignored.
    pub(super) fn hears(&self, progress: &mut Progress, reply: &Value) -> Option<Value> {
        let now = self.waits(progress)?;
        if reply.get("request") != Some(&now.request) {
            return None;
        }
        let says = reply.get("says")?.clone();
        if progress.polls > 0 && says != now.until {
            progress.polls -= 1;
            return self.request(progress);
        }
        let moves = 1 + now.skip;
        self.goes_on(progress, moves, says)
    }

    /// Sends the request again.
    pub(super) fn asks_again(&self, progress: &mut Progress) -> Option<Value> {
        progress.again = progress.again.checked_sub(1)?;
        self.request(progress)
    }

    /// Gives up waiting and returns the request that follows.
    pub(super) fn gives_up(&self, progress: &mut Progress) -> Option<Value> {
        self.goes_on(progress, 1, Value::str(GAVE_UP))
    }

    /// Whether it may send its request again now, and whether it may give up.
    pub(super) fn may(&self, progress: &Progress) -> [bool; 2] {
        let now = self.waits(progress);
        [
            now.is_some() && progress.again > 0,
            now.is_some_and(|now| now.gives_up),
        ]
    }
}

impl Progress {
    /// The value of the view.
    pub(super) fn view(&self) -> Value {
        Value::record([
            ("at", Value::from(self.at)),
            ("again", Value::from(self.again)),
            ("polls", Value::from(self.polls)),
            ("heard", Value::seq(self.heard.iter().cloned())),
        ])
    }
}
