//! The guarantees of this protocol alone.

use super::{Provider, paid};
use crate::kit::clause::{Clause, every};
use crate::kit::document::MessageId;
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};
use crate::value::Value;

pub(super) const NO_DOUBLE_CHARGE: Guarantee = Guarantee {
    name: "NoDoubleCharge",
    promise: "no payment is charged twice",
    when: When::Always,
    about: About::Durable,
    holds: |system, state| {
        let provider = Provider::of(system, state);
        provider.is_some_and(|provider| provider.charges.values().all(|times| *times <= 1))
    },
    clauses: |system, state| {
        each_payment(system, state, |payment, times| {
            Clause::new(
                format!("payment {payment} is charged at most once"),
                times <= 1,
            )
            .but(format!("it was charged {times} times"))
        })
    },
};

pub(super) const CHARGED: Guarantee = Guarantee {
    name: "Charged",
    promise: "once all is done, every payment has been charged",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(charged(system, state)),
    clauses: |system, state| once_all_is_done(system, state, charged),
};

pub(super) const PAID_RECORDED: Guarantee = Guarantee {
    name: "PaidRecorded",
    promise: "once all is done, every payment that was charged is recorded as paid",
    when: When::Always,
    about: About::AtRest,
    holds: |system, state| !system.at_rest(state) || every(recorded(system, state)),
    clauses: |system, state| once_all_is_done(system, state, recorded),
};

fn charged(system: &System, state: &State) -> Vec<Clause> {
    each_payment(system, state, |payment, times| {
        Clause::new(format!("payment {payment} has been charged"), times > 0)
            .but("it never was charged")
    })
}

fn recorded(system: &System, state: &State) -> Vec<Clause> {
    let paid = paid(&state.world);
    each_payment(system, state, |payment, times| {
        let paid = paid.contains(&Value::from(payment));
        let expected = match times {
            0 => format!("payment {payment} was never charged"),
            _ => format!("payment {payment}, which was charged, is recorded as paid"),
        };
        Clause::new(expected, times == 0 || paid)
            .but("our books say that it is not paid")
            .at(format!("payments[{payment}].paid"))
    })
}

/// A clause for every payment, about how often it was charged. If the provider's memory cannot be
/// read, no clause is true.
fn each_payment(
    system: &System,
    state: &State,
    clause: impl Fn(MessageId, u8) -> Clause,
) -> Vec<Clause> {
    let Some(provider) = Provider::of(system, state) else {
        return vec![Clause::new("the provider's memory can be read", false)];
    };
    let charges = provider.charges.into_iter();
    let clause = |(id, times)| clause(id, times).at(format!("provider.charges[{id}]"));
    charges.map(clause).collect()
}
