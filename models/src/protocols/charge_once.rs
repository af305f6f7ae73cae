//! Charging a payment at a provider that somebody else runs.
//!
//! ```text
//!   Broker ──command──▶ Payments ──charge──▶ Provider
//!                          ▲  └──save──▶ payment    │
//!                          └────────answer──────────┘
//! ```
//!
//! No transaction spans the provider and our store, and between charging and saving that it was
//! charged the endpoint may crash. A time-out is worse: the request was performed and its answer
//! lost, or it never arrived, or it will arrive *later*. All the handler can do is ask again, so
//! everything depends on the provider telling a repetition from a new request:
//!
//! * **No key**: every attempt is a new request. A crash after the answer is enough to charge
//!   twice, and so is a lost answer without any crash.
//! * **A fresh key** at every attempt is no key: the key must outlive the attempt.
//! * **A derived key** is a function of the payment's id, the same at every attempt and in every
//!   slot. The provider charges once; an unknown outcome is found out by repeating.
//! * **A saved key** is drawn once and saved in the payment *before* the call. Two slots may both
//!   draw one, but only one can save it (optimistic concurrency); the other starts again and finds
//!   it. It is dropped when the payment is saved as paid: nobody needs it any more.
//! * **Forgotten**: a provider keeps keys for a while only. A retry that comes later charges
//!   again, however well the key was chosen.
//! * **Query, then act**: without keys, ask whether the payment was charged, and charge it only if
//!   not. A delayed request that arrives after the question, or a second slot that asks the same
//!   question, charges twice: to look before one leaps is no lock.
//!
//! Our own books look the same in all of them: each payment is recorded as paid once, even where
//! the customer paid twice. `NoDoubleEffect` holds everywhere; only `NoDoubleCharge` looks at the
//! provider. `DedupBounded` fails wherever there are keys, for the provider keeps one for every
//! payment unless it forgets, and forgetting is the hole. Query-then-act has no keys.
//!
//! "Right" has an assumption, which each summary names: the provider keeps keys for longer than
//! a retry takes; or, for query-then-act, there is one slot and no request arrives late.
//!
//! Left out: payments that the provider declines, refunds, and what is published about them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{
    Description, FaultKind, Instance, Module, Parameter, ParameterKind, Protocol, Setting, Variant,
};
use crate::kit::actors::ThirdParty;
use crate::kit::document::{Document, Identity, MessageId, Versioned};
use crate::kit::fault::Fault;
use crate::kit::guarantees::{self as ask, About, Guarantee};
use crate::kit::io::{Flow, Io};
use crate::kit::replay::Handler;
use crate::kit::system::{Intake, Spec, State, System};
use crate::kit::world::{Schema, World};
use crate::value::{Set, Value};

/// The command: charge a payment. Command n is about payment n.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChargePayment {
    payment: MessageId,
}

/// What we know of a payment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Payment {
    /// Whether it is paid.
    paid: bool,
    /// The key under which it is being charged, if one is kept for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<Identity>,
}

impl Document for Payment {
    const COLLECTION: &'static str = "payments";
    const BUSINESS: &'static [&'static str] = &["paid"];
}

/// What the provider can be asked for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "ask")]
pub enum Request {
    /// Charge the payment, unless a request with the same idempotency key came before.
    Charge {
        /// Which payment.
        payment: MessageId,
        /// The idempotency key, if the caller has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<Identity>,
    },
    /// Has the payment been charged?
    Query {
        /// Which payment.
        payment: MessageId,
    },
}

/// What the provider answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Receipt {
    /// Whether the payment has been charged.
    charged: bool,
}

/// What the provider remembers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Provider {
    /// How often each payment has been charged.
    charges: BTreeMap<MessageId, u8>,
    /// Idempotency keys it has seen.
    keys: Set<Identity>,
}

impl Provider {
    fn of(system: &System, state: &State) -> Self {
        system.memory(state).unwrap_or_default()
    }

    fn answer(&mut self, request: Request) -> Receipt {
        let payment = match request {
            Request::Query { payment } => payment,
            Request::Charge { payment, key } => {
                let repeated = key.is_some_and(|key| !self.keys.insert(key));
                if !repeated {
                    *self.charges.entry(payment).or_default() += 1;
                }
                payment
            }
        };
        Receipt {
            charged: self.charged(payment) > 0,
        }
    }

    fn charged(&self, payment: MessageId) -> u8 {
        self.charges.get(&payment).copied().unwrap_or(0)
    }

    /// The memories it may be left with when one key is too old to be kept.
    fn forget(&self) -> Vec<Self> {
        let without = |key| {
            let mut provider = self.clone();
            provider.keys.remove(key);
            provider
        };
        self.keys.iter().map(without).collect()
    }
}

fn no_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    charge(io, command, None)?;
    record_paid(io, &mut payment)
}

fn fresh_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let key = io.fresh_id()?;
    charge(io, command, Some(key))?;
    record_paid(io, &mut payment)
}

fn derived_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    let key = Identity::derived_from(command.payment);
    charge(io, command, Some(key))?;
    record_paid(io, &mut payment)
}

fn saved_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    if payment.key.is_none() {
        payment.key = Some(io.fresh_id()?);
        io.commit("SaveKey", &mut payment)?.or_give_back()?;
    }
    charge(io, command, payment.key)?;
    record_paid(io, &mut payment)
}

fn query_first(io: &mut dyn Io, command: &ChargePayment) -> Flow {
    let mut payment = io.load::<Payment>("Load", command.payment)?;
    if payment.paid {
        return io.ack("Ack");
    }
    if !already_charged(io, command)? {
        charge(io, command, None)?;
    }
    record_paid(io, &mut payment)
}

/// A time-out says nothing about the charge: the message goes back, and the next attempt asks
/// again.
fn charge(io: &mut dyn Io, command: &ChargePayment, key: Option<Identity>) -> Flow {
    let payment = command.payment;
    let request = Request::Charge { payment, key };
    io.ask::<Receipt>(["Charge", "ChargeAnswered"], request)?
        .or_give_back()
        .map(drop)
}

fn already_charged(io: &mut dyn Io, command: &ChargePayment) -> Flow<bool> {
    let payment = command.payment;
    let receipt = io
        .ask::<Receipt>(["Query", "QueryAnswered"], Request::Query { payment })?
        .or_give_back()?;
    Ok(receipt.charged)
}

fn record_paid(io: &mut dyn Io, payment: &mut Versioned<Payment>) -> Flow {
    payment.paid = true;
    payment.key = None;
    io.commit("Save", payment)?.or_give_back()?;
    io.ack("Ack")
}

const NO_DOUBLE_CHARGE: Guarantee = Guarantee {
    name: "NoDoubleCharge",
    promise: "no payment is charged twice",
    about: About::Durable,
    holds: |system, state| {
        let provider = Provider::of(system, state);
        provider.charges.values().all(|charges| *charges <= 1)
    },
};

const CHARGED: Guarantee = Guarantee {
    name: "Charged",
    promise: "once all is done, every payment has been charged",
    about: About::AtRest,
    holds: |system, state| {
        let provider = Provider::of(system, state);
        !system.at_rest(state) || provider.charges.values().all(|charges| *charges > 0)
    },
};

const PAID_RECORDED: Guarantee = Guarantee {
    name: "PaidRecorded",
    promise: "once all is done, every payment that was charged is recorded as paid",
    about: About::AtRest,
    holds: |system, state| {
        let paid = paid(&state.world);
        let provider = Provider::of(system, state);
        let recorded = |(payment, charges): (&MessageId, &u8)| {
            *charges == 0 || paid.contains(&Value::from(*payment))
        };
        !system.at_rest(state) || provider.charges.iter().all(recorded)
    },
};

fn paid(world: &World) -> BTreeSet<Value> {
    let payments = world.documents::<Payment>().into_iter();
    payments
        .filter(|(_, payment)| payment.paid)
        .map(|(id, _)| id)
        .collect()
}

fn kept_keys(world: &World) -> BTreeSet<Identity> {
    let payments = world.documents::<Payment>().into_iter();
    payments.filter_map(|(_, payment)| payment.key).collect()
}

/// The protocol.
pub struct ChargeOnce;

impl Protocol for ChargeOnce {
    fn describe(&self) -> Description {
        Description {
            name: "charge-once",
            title: "Charge once",
            part: 4,
            goal: "charge a payment once at a provider that takes part in no transaction",
            module: Module {
                name: "ChargeOnce",
                text: include_str!("../../../specs/ChargeOnce.tla"),
            },
            default_variant: "derived-key",
            variants: variants(),
            parameters: vec![
                Parameter {
                    name: "messages",
                    constant: "Messages",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 3,
                    allows: "payments; two show that the charge of one does not count for another",
                },
                Parameter {
                    name: "slots",
                    constant: "Slots",
                    kind: ParameterKind::Set,
                    default: 1,
                    min: 1,
                    max: 3,
                    allows: "handlers that run at a time; two let them race for one payment",
                },
            ],
            faults: faults(),
            actors: &["Broker", "Payments", "Provider"],
            steps: &[
                ("Load", "loads the payment"),
                ("SaveKey", "saves a key for the charge"),
                ("Query", "asks whether the payment has been charged"),
                ("QueryAnswered", "answers whether it has charged"),
                ("Charge", "asks for the charge"),
                ("ChargeAnswered", "charges, or has before, and answers"),
                ("Save", "saves the payment as paid"),
                ("Ack", "acknowledges"),
            ],
            guarantees: vec![
                NO_DOUBLE_CHARGE,
                CHARGED,
                PAID_RECORDED,
                ask::NO_DOUBLE_EFFECT,
                ask::NO_LOST_EFFECT,
                ask::EXACTLY_ONCE_EQUIVALENT,
                ask::DEDUP_BOUNDED,
                ask::CLEAN_AT_REST,
            ],
            larger: vec![Setting {
                variant: "derived-key",
                bounds: &[("messages", 2)],
                // A lost request differs little from a lost answer and doubles the states.
                faults: &[(Fault::Lose, 0)],
                tlc: true,
            }],
        }
    }

    fn system(&self, instance: &Instance) -> System {
        System::new(spec(instance))
    }
}

fn spec(instance: &Instance) -> Spec {
    let payments = 1..=instance.get("messages");
    let messages: Vec<Value> = payments.clone().map(Value::from).collect();
    let provider = Provider {
        charges: payments.map(|payment| (payment, 0)).collect(),
        keys: Set::new(),
    };
    let provider = ThirdParty::new(&provider, Provider::answer, Provider::forget);
    let mut schema = Schema::default();
    let mut world = World::new(instance.budget(), &messages);
    let unpaid = messages.iter().map(|m| (m.clone(), Payment::default()));
    world.many(&mut schema, unpaid);
    Spec {
        endpoint: "Payments",
        intake: Intake::Queue,
        messages,
        copies: 1,
        clicks: 0,
        slots: usize::from(instance.get("slots")),
        handler: handler(instance.variant.handler),
        downstream: None,
        third_party: provider.ok().map(|provider| ("Provider", provider)),
        schema,
        world,
        may_fail: &[],
        guarantees: instance.guarantees(),
        remembers: |_| Vec::new(),
        outputs: &[],
        folds: |world| paid(world) == world.hist.iter().cloned().collect(),
        clean: |world| kept_keys(world).is_empty(),
        remembered: |system, state| {
            let mut keys = kept_keys(&state.world);
            keys.extend(Provider::of(system, state).keys);
            (keys.len(), system.in_flight(state).len())
        },
    }
}

fn handler(name: &str) -> Handler {
    match name {
        "no-key" => Handler::new(no_key),
        "fresh-key" => Handler::new(fresh_key),
        "saved-key" => Handler::new(saved_key),
        "query-first" => Handler::new(query_first),
        _ => Handler::new(derived_key),
    }
}

fn faults() -> Vec<FaultKind> {
    let kind = |fault, allows| FaultKind {
        fault,
        max: 2,
        allows,
    };
    vec![
        kind(
            Fault::Crash,
            "one lets an attempt stop between the charge and the save",
        ),
        kind(
            Fault::Duplicate,
            "one lets two slots work on one payment at a time",
        ),
        kind(
            Fault::Lease,
            "one lets a slow handler be overtaken by the next attempt",
        ),
        kind(Fault::Lose, "one makes a time-out that means: not charged"),
        kind(Fault::Unknown, "one makes a time-out that means: charged"),
        kind(
            Fault::Late,
            "one makes a time-out that means: not charged yet",
        ),
        kind(
            Fault::Forget,
            "one lets the provider drop a key before the next attempt",
        ),
    ]
}

fn variants() -> Vec<Variant> {
    const CHARGES: &[&str] = &["NoDoubleCharge", "Charged", "PaidRecorded"];
    const RIGHT: &[&str] = &[
        "NoDoubleCharge",
        "Charged",
        "PaidRecorded",
        "NoDoubleEffect",
        "NoLostEffect",
        "ExactlyOnceEquivalent",
        "CleanAtRest",
    ];
    /// All but forgetting.
    const FAULTS: &[(Fault, u8)] = &[
        (Fault::Crash, 1),
        (Fault::Duplicate, 1),
        (Fault::Lease, 1),
        (Fault::Lose, 1),
        (Fault::Unknown, 1),
        (Fault::Late, 1),
    ];
    const ONE_CRASH: &[(Fault, u8)] = &[(Fault::Crash, 1)];
    const TWO_SLOTS: &[(&str, u8)] = &[("slots", 2)];
    const GROWS: (&str, &str) = (
        "DedupBounded",
        "the provider keeps a key for every payment ever charged",
    );
    vec![
        Variant {
            name: "no-key",
            handler: "no-key",
            summary: "charges without an idempotency key",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "charged, crashed before that was saved, and charged again",
            )],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "no-key-answer-lost",
            handler: "no-key",
            summary: "the same without a crash: the charge is made, its answer is lost",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "charged, but no answer came, and charged again",
            )],
            faults: &[(Fault::Unknown, 1)],
            ..Variant::default()
        },
        Variant {
            name: "fresh-key",
            handler: "fresh-key",
            summary: "draws a new idempotency key for every attempt",
            claims: CHARGES,
            breaks: &[
                (
                    "NoDoubleCharge",
                    "the attempt after a crash has another key, which the provider has not seen",
                ),
                GROWS,
            ],
            faults: ONE_CRASH,
            ..Variant::default()
        },
        Variant {
            name: "query-first-late",
            handler: "query-first",
            summary: "asks before it charges, while an earlier request is still on its way",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "the question found no charge; then the delayed request arrived, and the new one",
            )],
            faults: &[(Fault::Late, 1)],
            ..Variant::default()
        },
        Variant {
            name: "query-first-concurrent",
            handler: "query-first",
            summary: "asks before it charges, in two slots at once",
            claims: CHARGES,
            breaks: &[(
                "NoDoubleCharge",
                "both slots asked before either had charged",
            )],
            bounds: TWO_SLOTS,
            faults: &[(Fault::Duplicate, 1)],
            ..Variant::default()
        },
        Variant {
            name: "derived-key-forgotten",
            handler: "derived-key",
            summary: "derives the key, but retries after the provider has dropped it",
            claims: CHARGES,
            breaks: &[
                (
                    "NoDoubleCharge",
                    "charged, crashed, the key was forgotten, and the retry charged again",
                ),
                GROWS,
            ],
            faults: &[(Fault::Crash, 1), (Fault::Forget, 1)],
            ..Variant::default()
        },
        Variant {
            name: "query-first",
            handler: "query-first",
            summary: "asks before it charges; right with one slot and if no request arrives late",
            right: true,
            claims: RIGHT,
            breaks: &[],
            faults: &[
                (Fault::Crash, 1),
                (Fault::Duplicate, 1),
                (Fault::Lease, 1),
                (Fault::Lose, 1),
                (Fault::Unknown, 1),
            ],
            ..Variant::default()
        },
        Variant {
            name: "saved-key",
            handler: "saved-key",
            summary: "saves a key before it charges; right while the provider keeps that key",
            right: true,
            claims: RIGHT,
            breaks: &[GROWS],
            bounds: TWO_SLOTS,
            faults: FAULTS,
            ..Variant::default()
        },
        Variant {
            name: "derived-key",
            handler: "derived-key",
            summary: "derives the key from the payment's id; right while the provider keeps that key",
            right: true,
            claims: RIGHT,
            breaks: &[GROWS],
            bounds: TWO_SLOTS,
            faults: FAULTS,
            ..Variant::default()
        },
    ]
}

#[cfg(test)]
mod tests {
    use stateright::{Checker, Model};

    use super::*;
    use crate::catalogue::{Catalogue, Overrides};
    use crate::kit::io::Stop;

    fn instances(name: &str) -> Vec<Instance> {
        Catalogue::new()
            .with(ChargeOnce)
            .select(Some(name), &Overrides::default())
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// What fails, of all that is asked.
    fn failures(system: System) -> BTreeSet<&'static str> {
        let checker = system.checker().spawn_bfs().join();
        let asked = checker.model().spec().guarantees.iter();
        asked
            .map(|guarantee| guarantee.name)
            .filter(|name| checker.discovery(name).is_some())
            .collect()
    }

    /// What fails with a handler that has no place in the catalogue.
    fn failures_of(
        handler: fn(&mut dyn Io, &ChargePayment) -> Flow,
        faults: &[(Fault, u8)],
    ) -> BTreeSet<&'static str> {
        let mut instance = instances("charge-once:no-key").remove(0);
        instance.faults.extend([(Fault::Crash, 0)]);
        instance.faults.extend(faults.iter().copied());
        failures(System::new(Spec {
            handler: Handler::new(handler),
            ..spec(&instance)
        }))
    }

    /// The state after the first step of each of these names.
    fn after(system: &System, actions: &[&str]) -> State {
        let start = system.init_states().remove(0);
        actions.iter().fold(start, |state, action| {
            let step = system
                .next_steps(&state)
                .into_iter()
                .find(|(step, _)| step.action == *action);
            step.unwrap_or_else(|| panic!("no step {action}")).1
        })
    }

    #[test]
    fn every_variant_breaks_what_the_catalogue_says_and_nothing_else() {
        for instance in instances("charge-once:all") {
            let broken = instance.variant.breaks.iter().map(|(name, _)| *name);
            let broken: BTreeSet<_> = broken.collect();
            assert_eq!(failures(instance.system()), broken, "{instance}");
            let keeps_its_word = instance.variant.claims.iter().all(|c| !broken.contains(c));
            assert_eq!(instance.variant.right, keeps_its_word, "{instance}");
        }
    }

    #[test]
    fn the_interesting_states_are_reached() {
        for instance in instances("charge-once:all") {
            let checker = instance.system().checker().spawn_bfs().join();
            for (witness, _) in crate::kit::guarantees::witnesses(&instance.budget()) {
                let found = checker.discovery(witness.name).is_some();
                assert!(found, "{instance}: {}", witness.name);
            }
        }
    }

    #[test]
    fn a_crash_after_the_charge_charges_twice_and_our_books_do_not_show_it() {
        let system = instances("charge-once:no-key").remove(0).system();
        let state = after(
            &system,
            &[
                "Receive",
                "Load",
                "Charge",
                "ChargeAnswered",
                "Crash",
                "Recover",
                "Receive",
                "Load",
                "Charge",
                "ChargeAnswered",
                "Save",
                "Ack",
            ],
        );
        assert_eq!(Provider::of(&system, &state).charged(1), 2);
        assert_eq!(*state.world.hist, [Value::from(1)]);
    }

    #[test]
    fn a_delayed_request_arrives_between_the_question_and_the_charge() {
        let system = instances("charge-once:query-first-late").remove(0).system();
        let state = after(
            &system,
            &[
                "Receive",
                "Load",
                "Query",
                "QueryAnswered",
                "Charge",
                "RequestDelayed",
                "Receive",
                "Load",
                "Query",
                "QueryAnswered",
                "LateRequestArrives",
                "Charge",
                "ChargeAnswered",
            ],
        );
        assert_eq!(Provider::of(&system, &state).charged(1), 2);
    }

    #[test]
    fn a_repeated_key_is_charged_once_until_it_is_forgotten() {
        let mut provider = Provider::default();
        let request = Request::Charge {
            payment: 1,
            key: Some(Identity::derived_from(1)),
        };
        assert!(provider.answer(request).charged);
        assert!(provider.answer(request).charged);
        assert_eq!(provider.charged(1), 1);
        let mut forgetful = provider.forget().remove(0);
        forgetful.answer(request);
        assert_eq!(forgetful.charged(1), 2);
    }

    /// No variant breaks these promises, so baits must: a promise that nothing breaks may say
    /// nothing.
    #[test]
    fn baits_break_the_promises_that_all_variants_keep() {
        fn save_first(io: &mut dyn Io, command: &ChargePayment) -> Flow {
            let mut payment = io.load::<Payment>("Load", command.payment)?;
            if payment.paid {
                return io.ack("Ack");
            }
            payment.paid = true;
            io.commit("Save", &mut payment)?.or_give_back()?;
            charge(io, command, None)?;
            io.ack("Ack")
        }
        let broken = failures_of(save_first, &[(Fault::Crash, 1)]);
        assert_eq!(broken, ["Charged"].into());

        fn give_up(io: &mut dyn Io, command: &ChargePayment) -> Flow {
            let mut payment = io.load::<Payment>("Load", command.payment)?;
            match charge(io, command, None) {
                Err(Stop::GivenBack) => io.ack("Ack"),
                answered => answered.and_then(|()| record_paid(io, &mut payment)),
            }
        }
        let broken = failures_of(give_up, &[(Fault::Unknown, 1)]);
        assert_eq!(
            broken,
            ["ExactlyOnceEquivalent", "NoLostEffect", "PaidRecorded"].into()
        );

        fn keep_key(io: &mut dyn Io, command: &ChargePayment) -> Flow {
            let mut payment = io.load::<Payment>("Load", command.payment)?;
            payment.paid = !payment.paid;
            payment.key = Some(Identity::derived_from(command.payment));
            charge(io, command, payment.key)?;
            io.commit("Save", &mut payment)?.or_give_back()?;
            io.ack("Ack")
        }
        let broken = failures_of(keep_key, &[(Fault::Crash, 1)]);
        assert_eq!(
            broken,
            [
                "CleanAtRest",
                "DedupBounded",
                "ExactlyOnceEquivalent",
                "NoDoubleEffect",
                "PaidRecorded"
            ]
            .into()
        );
    }
}
