//! The guarantees of a provider that accepts idempotency keys.

use super::{Account, Answer, Outcome};
use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When};
use crate::kit::system::{State, System};
use crate::value::{Value, from_value};

pub(super) const ONE_CHARGE_PER_KEY: Guarantee = Guarantee {
    name: "OneChargePerKey",
    promise: "what is asked for under one key is executed once",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(one_charge(system, state)),
    clauses: one_charge,
};

pub(super) const TOLD_ONLY_IF_CHARGED: Guarantee = Guarantee {
    name: "ToldOnlyIfCharged",
    promise: "a client that is told of a charge has had its own request executed",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| every(told_the_truth(system, state)),
    clauses: told_the_truth,
};

fn one_charge(_: &System, state: &State) -> Vec<Clause> {
    let charged = state.world.document::<Account>().charged;
    let clause = Clause::new("the account is charged at most once", charged.len() <= 1);
    vec![
        clause
            .but(format!("it is charged {} times", charged.len()))
            .at("account.charged"),
    ]
}

fn told_the_truth(_: &System, state: &State) -> Vec<Clause> {
    let charged = state.world.document::<Account>().charged;
    let clause = |event: &Value| {
        let message = event.get("message")?;
        let told: Answer = from_value(message).ok()?;
        let expected = match told.outcome {
            Outcome::Charged => format!(
                "request {}, which is told of a charge, was executed",
                told.request
            ),
            Outcome::OtherBody => format!("request {} was refused", told.request),
        };
        let holds = told.outcome == Outcome::OtherBody || charged.contains(&told.request);
        let clause = Clause::new(expected, holds).but("another request was, under the same key");
        Some(clause.among("sent", event).at("account.charged"))
    };
    let clauses: Vec<_> = state.world.sent.iter().filter_map(clause).collect();
    match clauses.is_empty() {
        true => vec![Clause::new("nobody has been told anything", true).at("sent")],
        false => clauses,
    }
}
