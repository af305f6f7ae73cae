//! What a client may conclude from the answers of the status resource.

use super::{Answer, Client, Orders};
use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};

pub(super) const DONE_MEANS_ORDERED: Guarantee = Guarantee {
    name: "DoneMeansOrdered",
    promise: "a client that has seen the answer 'done' finds its order",
    when: When::Always,
    about: About::Durable,
    holds: |_, state| saw(state) != Answer::Done || ordered(state),
    clauses: |_, state| vec![if_seen(Answer::Done, "done", state)],
};

pub(super) const PENDING_MEANS_ORDERED: Guarantee = Guarantee {
    name: "PendingMeansOrdered",
    promise: "once all is done, a client that has seen the answer 'pending' finds its order",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(pending(system, state)),
    clauses: |system, state| once_all_is_done(system, state, pending),
};

pub(super) const RESULT_FOUND: Guarantee = Guarantee {
    name: "ResultFound",
    promise: "once all is done, the client knows of an order that was made",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(found(system, state)),
    clauses: |system, state| once_all_is_done(system, state, found),
};

fn saw(state: &State) -> Answer {
    state.world.document::<Client>().saw
}

fn ordered(state: &State) -> bool {
    state.world.document::<Orders>().made > 0
}

fn pending(_: &System, state: &State) -> Vec<Clause> {
    vec![if_seen(Answer::Pending, "pending", state)]
}

fn if_seen(answer: Answer, name: &str, state: &State) -> Clause {
    let clause = match saw(state) == answer {
        true => Clause::new(
            format!("the client, which has seen '{name}', finds its order"),
            ordered(state),
        ),
        false => Clause::new(
            format!("the last answer that the client has seen is not '{name}'"),
            true,
        ),
    };
    let clause = clause.but("there is none");
    clause.at("client.saw").at("orders.made")
}

fn found(_: &System, state: &State) -> Vec<Clause> {
    let clause = match ordered(state) {
        true => Clause::new("the client knows of the order", saw(state) == Answer::Done),
        false => Clause::new("no order was made of which the client could know", true),
    };
    let clause = clause.but("the status resource does not say 'done'");
    vec![clause.at("orders.made").at("status.says").at("client.saw")]
}
