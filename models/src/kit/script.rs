//! A client with a script: it makes one request after the other, and keeps what it was told.
//!
//! A move of the script is a request and what the client does until it has the answer: it may send the
//! request again when none comes, it may poll until the answer is the one that it waits for, and it may give
//! up and go on. One move is over before the next one begins. A reply names the request that it answers;
//! which one of several equal requests that was, the client does not know.

use stateright::actor::Id;

use crate::value::Value;

/// One request of a script, and what the client does until it has the answer.
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
    /// A request that is sent once, and whose answer the client waits for. It may be one that only reads.
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

    /// The client may send it again, so many times, as long as no answer has come.
    #[must_use]
    pub fn again(self, again: u8) -> Self {
        Move { again, ..self }
    }

    /// The client asks again after each answer that is another one than this, so many times.
    #[must_use]
    pub fn poll(self, until: Value, polls: u8) -> Self {
        Move {
            polls,
            until,
            ..self
        }
    }

    /// The client may give up waiting, and go on with the next move. After an answer, it leaves out as many
    /// moves as are only there for the case that it gave up.
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
    /// Where the requests go.
    pub endpoint: Id,
}

/// How far a client has come in its script.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The place of its move, from 1; behind the last one when the script is done.
    pub at: usize,
    /// How often it may still send the request again.
    pub again: u8,
    /// How often it may still poll.
    pub polls: u8,
    /// What came of the moves so far: an answer, or that it gave up.
    pub heard: Vec<Value>,
}

/// What is kept of a move that the client gave up.
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

    /// How it starts.
    pub(super) fn start(&self) -> Progress {
        self.stands_at(1, Vec::new())
    }

    fn waits(&self, progress: &Progress) -> Option<&Move> {
        self.script.get(progress.at - 1)
    }

    /// The request that it sends when it comes to its move.
    pub(super) fn request(&self, progress: &Progress) -> Option<Value> {
        self.waits(progress).map(|now| now.request.clone())
    }

    fn goes_on(&self, progress: &mut Progress, moves: usize, heard: Value) -> Option<Value> {
        let mut all = std::mem::take(&mut progress.heard);
        all.push(heard);
        *progress = self.stands_at(progress.at + moves, all);
        self.request(progress)
    }

    /// A reply comes; returns what it sends then. A reply to an earlier move is ignored.
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

    /// It sends its request again.
    pub(super) fn asks_again(&self, progress: &mut Progress) -> Option<Value> {
        progress.again = progress.again.checked_sub(1)?;
        self.request(progress)
    }

    /// It gives up waiting; returns what it sends then.
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
    /// As it appears in the view.
    pub(super) fn view(&self) -> Value {
        Value::record([
            ("at", Value::from(self.at)),
            ("again", Value::from(self.again)),
            ("polls", Value::from(self.polls)),
            ("heard", Value::seq(self.heard.iter().cloned())),
        ])
    }
}
