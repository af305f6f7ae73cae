//! A token-driven process: a chain of activities, in which every signal has a token of its own.
//!
//! **Problem.** A business process is a chain of activities: reserve, charge, ship. Each is started by a
//! signal, a message that the activity before it has sent. Signals arrive at least once. An activity
//! that remembered the signals of all processes would remember more and more; one that remembers
//! nothing performs a copy again, and everything behind it too.
//!
//! **Participants.** The endpoint `Activities`, which performs all of them and sends signals to its own
//! queue; a document for each activity; and the store of tokens, which all of them share.
//!
//! ```text
//!   signal 1 ──▶ Reserve ──signal 2──▶ Charge ──signal 3──▶ Ship
//!   token  1        │      token  2      │      token  3     │
//!                   ▼                    ▼                   ▼
//!                 one token is created before its signal is sent, and deleted
//!                       when the next activity has done its work
//! ```
//!
//! **One transaction** is one write of the document of an activity, or one change of the store of tokens.
//! Numbers for tokens come from a sequence, and are never given out twice.
//!
//! **Where it may crash.** Between any two steps; the signal then comes again, and finds what the attempt
//! before it has saved. An activity performs its work only if the token of its signal exists. It saves that
//! it did, with a *pending* entry; creates the token of the next signal and saves its number there (a
//! checkpoint); sends the signal; deletes its own token; and removes the entry.
//!
//! The law of such a process is a **conservation of tokens**: there are as many live tokens as there are
//! signals that still have to be processed, and garbage. Garbage is a token that no signal was ever sent with:
//! an attempt created it and crashed before it saved the number. A token must not exist longer than its signal,
//! because then a copy of the signal would be performed. And a signal must not exist without its token, because
//! then the process would stop.
//!
//! * **No checkpoint**: every attempt creates a token, and sends a signal with it. After a crash the next
//!   activity has two signals with two live tokens, and is performed twice. No message has two effects here,
//!   so deduplication of messages would not see it.
//! * **Send first**: the token is created when the signal is on its way. A signal that is faster than its
//!   token is taken for a duplicate and dropped, and the process stops. No fault is needed.
//! * **Delete first**: the activity deletes its own token as soon as its work is saved. A crash before the next
//!   signal is sent, and the signal that is delivered again is taken for a duplicate.
//! * **Keep**: the activity does not delete its token. Every copy of its signal is performed.
//! * **Conserving** is right.
//!
//! **What it guarantees, at what price.** Every activity of a process is performed exactly once, and only
//! what is in flight is remembered. A process costs two reads and up to seven writes an activity, and a store of
//! tokens that all activities share. It may leave garbage (`CleanAtRest`), which grows with the attempts that
//! failed and not with the processes.
//!
//! **Source.** The workshop's post on token-driven processes. The law of conservation is inferred from it:
//! no published model checks it.
//!
//! **Left out.** Processes that branch and join; requests over HTTP, whose token is the request that was
//! put before (`exactly-once-http`); who collects the garbage; who creates the first token.

mod catalogue;
mod guarantees;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Description, Instance, Protocol};
use crate::kit::document::{Document, Event, Versioned};
use crate::kit::io::{Flow, Io, Outcome};
use crate::kit::replay::{Entry, Handler, Log};
use crate::kit::stores::Stores;
use crate::kit::system::{Spec, System};
use crate::value::{Value, to_value};

/// The set of live tokens.
const TOKENS: &str = "tokens";

/// A token; 0 means none.
type Token = u8;

/// The message that starts an activity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signal {
    /// The activity.
    activity: u8,
    /// The process.
    process: u8,
    /// The token that shows whether the signal was processed.
    token: Token,
}

impl Event for Signal {
    const OUTPUT: &'static str = "Signal";
}

/// For the token of each signal, the token of the next signal; 0 if there is none yet.
type Pending = std::collections::BTreeMap<Token, Token>;

/// The document of an activity.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Activity {
    /// The processes for which it was performed, with repetitions.
    performed: Vec<u8>,
    /// Work that is saved but not passed on yet.
    pending: Pending,
}

impl Document for Activity {
    const COLLECTION: &'static str = "activities";
    const BUSINESS: &'static [&'static str] = &["performed"];
}

/// The sequence from which tokens get their numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Numbers {
    /// The last number that was taken.
    last: Token,
}

impl Document for Numbers {
    const COLLECTION: &'static str = "numbers";
    const BUSINESS: &'static [&'static str] = &[];
}

/// The parts in which the variants differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    NoCheckpoint,
    SendFirst,
    DeleteFirst,
    Keep,
    Conserving,
}

/// Performs an activity of a process with activities 1 to `last`.
fn perform(io: &mut dyn Io, signal: &Signal, way: Way, last: u8) -> Flow {
    let mut activity = io.load::<Activity>("LoadActivity", signal.activity)?;
    // The check follows the load: if the token still exists, the entry had not been removed before.
    if io.contains("CheckToken", TOKENS, signal.token)? {
        if !activity.pending.contains_key(&signal.token) {
            activity.performed.push(signal.process);
            activity.pending.insert(signal.token, 0);
            io.commit("Perform", &mut activity)?.or_give_back()?;
        }
        if way == Way::DeleteFirst {
            delete_token(io, signal)?;
        }
        if signal.activity < last {
            pass_on(io, signal, &mut activity, way)?;
        }
        if !matches!(way, Way::DeleteFirst | Way::Keep) {
            delete_token(io, signal)?;
        }
    }
    if activity.pending.remove(&signal.token).is_some() {
        io.commit("Clean", &mut activity)?.or_give_back()?;
    }
    io.ack("Ack")
}

/// Starts the next activity.
fn pass_on(io: &mut dyn Io, signal: &Signal, activity: &mut Versioned<Activity>, way: Way) -> Flow {
    let saved = activity.pending.get(&signal.token).copied();
    let mut next = saved.unwrap_or_default();
    let drawn = next == 0;
    if drawn {
        next = io.next("DrawToken", Numbers::COLLECTION)?;
        if way != Way::SendFirst {
            create_token(io, next)?;
        }
        if way != Way::NoCheckpoint {
            activity.pending.insert(signal.token, next);
            io.commit("Checkpoint", activity)?.or_give_back()?;
        }
    }
    let following = Signal {
        activity: signal.activity + 1,
        token: next,
        ..*signal
    };
    io.send("SendSignal", "Activities", &following)?
        .or_give_back()?;
    match way {
        Way::SendFirst => create_token(io, next),
        _ => Ok(()),
    }
}

fn create_token(io: &mut dyn Io, token: Token) -> Flow {
    io.insert("CreateToken", TOKENS, token)?.or_give_back()
}

fn delete_token(io: &mut dyn Io, signal: &Signal) -> Flow {
    io.remove("DeleteToken", TOKENS, signal.token)?
        .or_give_back()
}

/// The token that a handler has drawn last.
fn drawn(log: &Log) -> Vec<(&'static str, Value)> {
    let numbers = log.iter().rev().filter_map(|entry| match &**entry {
        Entry::Called {
            outcome: Outcome::Number(number),
            ..
        } => Some(("token", Value::from(*number))),
        _ => None,
    });
    numbers.take(1).collect()
}

/// The protocol.
pub struct TokenProcess;

impl Protocol for TokenProcess {
    fn describe(&self) -> Description {
        catalogue::describe()
    }

    fn system(&self, instance: &Instance) -> System {
        let processes = 1..=instance.get("processes");
        let first = processes.clone().map(|process| Signal {
            activity: 1,
            process,
            token: process,
        });
        let first = first
            .map(|signal| to_value(&signal).unwrap_or_else(|error| Value::str(&error.to_string())));
        let given = instance.get("processes");
        let activities = (1..=instance.get("activities"))
            .map(|number| (Value::from(number), Activity::default()));
        let stores = Stores::default()
            .many(activities)
            .one(&Numbers { last: given })
            .set(TOKENS, processes.map(Value::from));
        let handler = handler(instance.variant.handler, instance.get("activities"));
        System::new(Spec {
            noun: Some("signal"),
            slots: usize::from(instance.get("slots")),
            steps: catalogue::STEPS,
            guarantees: instance.guarantees(),
            remembers: drawn,
            clean: guarantees::clean,
            remembered: |_, state| (state.world.members(TOKENS).len(), 0),
            remembered_in: &[TOKENS],
            ..Spec::new(
                "Activities",
                first.collect(),
                instance.budget(),
                handler,
                stores,
            )
        })
    }
}

fn handler(variant: &str, last: u8) -> Handler {
    let way = match variant {
        "no-checkpoint" => Way::NoCheckpoint,
        "send-first" => Way::SendFirst,
        "delete-first" => Way::DeleteFirst,
        "keep" => Way::Keep,
        "conserving" => Way::Conserving,
        _ => return Handler::unknown(variant),
    };
    Handler::new(move |io, signal: &Signal| perform(io, signal, way, last))
}
