//! The guarantees of a two-phase commit.

use super::records::{Changed, Phase, Queued, Seen};
use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const ATOMIC_COMMIT: Guarantee = Guarantee {
    name: "AtomicCommit",
    promise: "no resource commits unless the other one has committed or is prepared to",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(atomic(system, state)),
    clauses: atomic,
};

pub(super) const ISOLATED: Guarantee = Guarantee {
    name: "Isolated",
    promise: "the message is visible exactly when the change is",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(isolated(system, state)),
    clauses: isolated,
};

pub(super) const MESSAGE_FINDS_CHANGE: Guarantee = Guarantee {
    name: "MessageFindsChange",
    promise: "an observer that has received the message finds the change",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(found(system, state)),
    clauses: found,
};

pub(super) const DECIDED: Guarantee = Guarantee {
    name: "Decided",
    promise: "a resource that has voted yes is told what was decided",
    when: When::After(|system, state| !every(told(system, state))),
    about: About::Durable,
    holds: |system, state| every(told(system, state)),
    clauses: told,
};

/// The transactions, each with the phase of the queue and of the database.
fn phases(state: &State) -> Vec<(Value, Phase, Phase)> {
    let queue = state.world.documents::<Queued>().into_iter();
    let database = state.world.documents::<Changed>().into_iter();
    let both = queue.zip(database);
    both.map(|((id, queue), (_, database))| (id, queue.phase, database.phase))
        .collect()
}

fn each(state: &State, clauses: impl Fn(&Value, Phase, Phase) -> [Clause; 2]) -> Vec<Clause> {
    let phases = phases(state).into_iter();
    phases
        .flat_map(|(id, queue, database)| {
            clauses(&id, queue, database).map(|clause| {
                clause
                    .at(format!("queue[{id}].phase"))
                    .at(format!("database[{id}].phase"))
            })
        })
        .collect()
}

fn atomic(_: &System, state: &State) -> Vec<Clause> {
    let follows = |one: Phase, other: Phase| {
        one != Phase::Committed || matches!(other, Phase::Prepared | Phase::Committed)
    };
    each(state, |id, queue, database| {
        [
            Clause::new(
                format!("if the queue commits transaction {id}, the database does"),
                follows(queue, database),
            ),
            Clause::new(
                format!("if the database commits transaction {id}, the queue does"),
                follows(database, queue),
            ),
        ]
    })
}

fn isolated(_: &System, state: &State) -> Vec<Clause> {
    each(state, |id, queue, database| {
        let (message, change) = (queue == Phase::Committed, database == Phase::Committed);
        [
            Clause::new(
                format!("who sees the message of transaction {id} sees its change"),
                !message || change,
            ),
            Clause::new(
                format!("who sees the change of transaction {id} sees its message"),
                !change || message,
            ),
        ]
    })
}

fn told(_: &System, state: &State) -> Vec<Clause> {
    each(state, |id, queue, database| {
        [
            Clause::new(
                format!("the queue does not wait for the decision on transaction {id}"),
                queue != Phase::Prepared,
            ),
            Clause::new(
                format!("the database does not wait for the decision on transaction {id}"),
                database != Phase::Prepared,
            ),
        ]
    })
}

fn found(_: &System, state: &State) -> Vec<Clause> {
    let seen = state.world.documents::<Seen>().into_iter();
    let clause = |(id, seen): (Value, Seen)| {
        let expected = format!("the observer found the change of transaction {id}");
        Clause::new(expected, seen.changed)
            .but("it received the message and found no change")
            .at(format!("seen[{id}].changed"))
    };
    let clauses: Vec<_> = seen.map(clause).collect();
    match clauses.is_empty() {
        true => vec![Clause::new("the observer has seen no message", true).at("seen")],
        false => clauses,
    }
}
