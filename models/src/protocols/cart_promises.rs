//! What several protocols share: a user submits a cart, and an order is to be made of it.

use std::marker::PhantomData;

use crate::kit::clause::{Clause, every};
use crate::kit::guarantees::{About, Guarantee, When, once_all_is_done};
use crate::kit::system::{State, System};

/// How a protocol stores the cart and the orders made from it.
pub(super) trait Shop {
    /// The path in the view of the orders.
    const ORDERED: &'static str;
    /// The path in the view of the answered requests.
    const ANSWERED: &'static str;

    /// The number of orders made from the cart.
    fn orders(state: &State) -> usize;

    /// Whether the cart is marked as submitted.
    fn submitted(_: &State) -> bool {
        false
    }

    /// Whether an answer says that the cart is accepted.
    fn accepted(system: &System, state: &State) -> bool {
        let mut requests = system.spec().messages.iter();
        requests.any(|request| state.world.acked.contains(request))
    }
}

/// The guarantees for the user of a shop.
pub(super) struct Promises<S>(PhantomData<S>);

impl<S: Shop> Promises<S> {
    pub(super) const AT_MOST_ONE_ORDER: Guarantee = Guarantee {
        name: "AtMostOneOrder",
        promise: "at most one order is made of the cart",
        when: When::Always,
        about: About::Durable,
        holds: |_, state| S::orders(state) <= 1,
        clauses: |_, state| {
            let made = S::orders(state);
            let clause = Clause::new("at most one order is made of the cart", made <= 1);
            let clause = clause.but(format!("{made} orders were made"));
            vec![clause.at(S::ORDERED)]
        },
    };

    pub(super) const INTENT_HONOURED: Guarantee = Guarantee {
        name: "IntentHonoured",
        promise: "once all is done, the cart has an order",
        when: When::Always,
        about: About::AtRest,
        holds: |system, state| !system.at_rest(state) || S::orders(state) > 0,
        clauses: |system, state| once_all_is_done(system, state, Self::ordered),
    };

    pub(super) const SUBMITTED_IMPLIES_ORDER: Guarantee = Guarantee {
        name: "SubmittedImpliesOrder",
        promise: "once all is done, a cart that says submitted has an order",
        when: When::Always,
        about: About::AtRest,
        holds: |system, state| {
            !system.at_rest(state) || every(Self::ordered_if_submitted(system, state))
        },
        clauses: |system, state| once_all_is_done(system, state, Self::ordered_if_submitted),
    };

    pub(super) const TOLD_THE_TRUTH: Guarantee = Guarantee {
        name: "ToldTheTruth",
        promise: "once all is done, a cart that was accepted has an order",
        when: When::Always,
        about: About::AtRest,
        holds: |system, state| {
            !system.at_rest(state) || every(Self::ordered_if_accepted(system, state))
        },
        clauses: |system, state| once_all_is_done(system, state, Self::ordered_if_accepted),
    };

    fn ordered(_: &System, state: &State) -> Vec<Clause> {
        let clause = Clause::new("the cart has an order", S::orders(state) > 0);
        vec![clause.but("no order was made of it").at(S::ORDERED)]
    }

    fn ordered_if_submitted(_: &System, state: &State) -> Vec<Clause> {
        let said = "says that it is submitted";
        vec![Self::ordered_if(S::submitted(state), said, state).at("cart.submitted")]
    }

    fn ordered_if_accepted(system: &System, state: &State) -> Vec<Clause> {
        let accepted = S::accepted(system, state);
        vec![Self::ordered_if(accepted, "was accepted", state).at(S::ANSWERED)]
    }

    fn ordered_if(condition: bool, said: &str, state: &State) -> Clause {
        let clause = match condition {
            true => Clause::new(
                format!("the cart, which {said}, has an order"),
                S::orders(state) > 0,
            ),
            false => Clause::new(format!("there is no cart that {said}"), true),
        };
        clause.but("no order was made of it").at(S::ORDERED)
    }
}
