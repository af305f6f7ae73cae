//! The guarantees of a transactional session.

use super::{OrderPlaced, Session};
use crate::kit::clause::{Clause, every};
use crate::kit::document::Event;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const ONLY_COMMITTED_PUBLISHED: Guarantee = Guarantee {
    name: "OnlyCommittedIsPublished",
    promise: "an event is published only about a session that is committed",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| {
        let mut sessions = state.world.documents::<Session>().into_iter();
        sessions.all(|(id, session)| session.committed || !published(state, &id))
    },
    clauses: |_, state| {
        let sessions = state.world.documents::<Session>().into_iter();
        let clause = |(id, session): (Value, Session)| {
            let holds = session.committed || !published(state, &id);
            Clause::new(
                format!("no event is published about session {id} before it is committed"),
                holds,
            )
            .but("one is")
            .at(format!("sessions[{id}].committed"))
            .at("completerSent")
        };
        sessions.map(clause).collect()
    },
};

pub(super) const COMMITTED_IS_PUBLISHED: Guarantee = Guarantee {
    name: "CommittedIsPublished",
    promise: "once all is done, an event about every committed session is published",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(committed_published(system, state)),
    clauses: |system, state| once_all_is_done(system, state, committed_published),
};

pub(super) const TOLD_THE_TRUTH: Guarantee = Guarantee {
    name: "ToldTheTruth",
    promise: "once all is done, an event about every answered session is published",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(answered_published(system, state)),
    clauses: |system, state| once_all_is_done(system, state, answered_published),
};

/// Whether an event about a session is published.
pub(super) fn published(state: &State, session: &Value) -> bool {
    let sent = &state.world.ledgers[COMPLETER].sent;
    sent.iter().any(|message| {
        message.get("output").and_then(Value::as_str) == Some(OrderPlaced::OUTPUT)
            && message.get("cause") == Some(session)
    })
}

/// The number of the completer among the endpoints.
const COMPLETER: usize = 1;

fn committed_published(_: &System, state: &State) -> Vec<Clause> {
    let sessions = state.world.documents::<Session>().into_iter();
    let clause = |(id, session): (Value, Session)| {
        let expected = format!("an event is published about session {id} if it is committed");
        Clause::new(expected, !session.committed || published(state, &id))
            .but("it is committed, and it will not be published any more")
            .at(format!("sessions[{id}].committed"))
            .at("completerSent")
    };
    sessions.map(clause).collect()
}

fn answered_published(system: &System, state: &State) -> Vec<Clause> {
    let clause = |id: &Value| {
        let expected = format!("an event is published about session {id} if it was answered");
        let answered = state.world.acked.contains(id);
        Clause::new(expected, !answered || published(state, id))
            .but("it was answered, and it will not be published any more")
            .at("webAcked")
            .at("completerSent")
    };
    system.spec().messages.iter().map(clause).collect()
}
