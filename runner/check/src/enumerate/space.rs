//! Represents the states of a model as a few small numbers, and looks steps up in tables instead of taking
//! them.
//!
//! Slots, the components of a world, envelopes and the rest are stored once each and numbered. A state is
//! three numbers: one for all its slots, one for its world, and one for the rest. A slot's step depends
//! only on the slot, one or two components of the world, and little else. So the model itself takes it
//! once for each such combination, and the result is stored.
//!
//! This is valid under the following conditions. A slot's call depends on its slot, on the components of
//! the world that it touches (`System::touched`), and on its own lease. An answer may also depend on the
//! other participants. Starting on a message depends on the message alone. The consumer depends on the
//! message, the world and the other participants. A browser or a third party depends on itself. All of
//! them may send. A test compares the result with a search that takes every step (`tests/enumerate.rs`),
//! and the engine `stateright` compares counts and verdicts in every run.

use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;
use stateright::Model as _;
use stateright::actor::{Envelope, Id};
use tandem_models::kit::actors::{Msg, Next, Slot, Volatile};
use tandem_models::kit::fault::{Budget, Fault};
use tandem_models::kit::state_components::{Others, Rest, StateComponents, Traffic};
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::kit::world::World;
use tandem_models::value::Value;

use super::truth::Truth;
use forms::RestIds;
use forms::{
    Components, Consumption, Effect, Glance, Look, OthersStep, Receipt, Sending, SlotInfo, SlotKey,
    TrafficInfo,
};
pub(super) use forms::{Packed, Row};
use labels::Labels;
pub(super) use labels::label;
use slot_rows::SlotRows;
pub use symmetry::Folded;
use symmetry::Symmetry;
use tandem_search::Label;
use tandem_search::intern::{Informed, Interner, Memo};
use worlds::Worlds;

/// The numbered components of a model's states, and the tables of its steps.
pub(crate) struct Numbers {
    /// The symmetry of the model, if symmetry reduction is applied.
    symmetry: Option<Symmetry>,
    system: Arc<System>,
    pub(super) slot_count: usize,
    slots: Informed<Slot, SlotInfo>,
    slot_views: Interner<Value>,
    slot_rows: SlotRows,
    worlds: Worlds,
    /// Bags of envelopes; a bag is the sorted list of their numbers.
    traffic: Informed<Row, TrafficInfo>,
    envelopes: Informed<Envelope<Msg>, Receipt>,
    rests: Interner<RestIds>,
    /// For each budget of faults, the faults that may happen and the budget that remains after each.
    budgets: Informed<Budget, Vec<(Fault, u32)>>,
    others: Informed<Others, bool>,
    sendings: Interner<Row>,
    slot_steps: Memo<SlotKey, Option<Effect>>,
    /// The components that a slot touches when it draws new identities, which depends on how many were
    /// drawn before.
    drawing: Memo<(u32, Components), Arc<[usize]>>,
    consumptions: Memo<(u32, u32, u32), Option<Consumption>>,
    others_steps: Memo<OthersStep, Option<(u32, Sending)>>,
    forgettings: Memo<u32, Arc<[u32]>>,
    actions: Interner<(&'static str, u16)>,
    labels: Labels,
    truth: Truth,
    idle: u32,
    nothing_on_its_way: u32,
    first_others: u32,
}

impl Numbers {
    pub(super) fn new(system: Arc<System>, symmetric: bool) -> Self {
        let actions = Interner::new();
        let slot_count = system.spec().slots;
        let first = system.init_states();
        let first = first
            .into_iter()
            .next()
            .map(|state| system.decompose(state));
        let (world, others) = first
            .map(|first| (first.world, first.rest.others))
            .unwrap_or_default();
        let mut numbers = Numbers {
            symmetry: symmetric.then(|| Symmetry::of(&system)).flatten(),
            slot_count,
            slots: Interner::new(),
            slot_views: Interner::new(),
            slot_rows: SlotRows::new(slot_count),
            worlds: Worlds::new(world),
            traffic: Interner::new(),
            envelopes: Interner::new(),
            rests: Interner::new(),
            budgets: Interner::new(),
            others: Interner::new(),
            sendings: Interner::new(),
            slot_steps: Memo::new(),
            drawing: Memo::new(),
            consumptions: Memo::new(),
            others_steps: Memo::new(),
            forgettings: Memo::new(),
            labels: Labels::new(&actions, slot_count),
            actions,
            truth: Truth::new(&system),
            system,
            idle: 0,
            nothing_on_its_way: 0,
            first_others: 0,
        };
        numbers.idle = numbers.slots.id(Slot::Idle);
        numbers.nothing_on_its_way = numbers.traffic.id(Row::new());
        numbers.first_others = numbers.others.id(others);
        numbers
    }

    pub(super) fn system(&self) -> &Arc<System> {
        &self.system
    }

    pub(super) fn pack(&self, state: State) -> Packed {
        let components = self.system.decompose(state);
        let slots = components.slots.into_iter().map(|slot| self.slots.id(slot));
        let rest = RestIds {
            leases: components
                .rest
                .leases
                .iter()
                .fold(0, |bits, slot| bits | 1 << slot),
            budget: self.budgets.id(components.rest.budget),
            up: components.rest.up,
            others: self.others.id(components.rest.others),
            traffic: self.traffic.id(self.bag(&components.traffic)),
        };
        let slots: Row = slots.collect();
        Packed {
            slots: self.slot_rows.id(&slots),
            world: self.worlds.id(&components.world),
            rest: self.rests.id(rest),
        }
    }

    pub(super) fn unpack(&self, packed: Packed) -> State {
        let rest = *self.rests.get(packed.rest);
        let leased = |slot: &usize| rest.leases & (1 << slot) != 0;
        let slots = self.slots_of(packed).into_iter();
        self.system.compose(StateComponents {
            slots: slots.map(|slot| self.slots.get(slot).clone()).collect(),
            world: self.worlds.get(packed.world),
            traffic: self.unbagged(self.traffic.get(rest.traffic)),
            rest: Rest {
                leases: (0..self.slot_count).filter(leased).collect(),
                budget: self.budgets.get(rest.budget).clone(),
                up: rest.up,
                others: self.others.get(rest.others).clone(),
            },
        })
    }

    /// The name of the action that a label stands for.
    pub(super) fn name(&self, label: Label) -> &'static str {
        self.actions.get(u32::from(label)).0
    }

    pub(super) fn slots_of(&self, packed: Packed) -> Row {
        self.slot_rows.get(packed.slots)
    }

    /// The state through its view: two states have the same view if and only if these numbers are equal.
    pub(super) fn look(&self, packed: Packed) -> Packed {
        let slots = self.slots_of(packed).into_iter();
        let views: Row = slots.map(|slot| self.slot_look(slot).view).collect();
        Packed {
            slots: self.slot_rows.id(&views),
            ..packed
        }
    }

    /// The numbers that decide a guarantee about durable data: the world and the other participants.
    pub(super) fn durable(&self, packed: Packed) -> (u32, u32) {
        (packed.world, self.rests.get(packed.rest).others)
    }

    /// Whether no message waits and no slot is busy.
    pub(super) fn at_rest(&self, packed: Packed) -> bool {
        self.rests.get(packed.rest).traffic == self.nothing_on_its_way
            && self.slots_of(packed).iter().all(|slot| *slot == self.idle)
    }

    /// The messages that wait, here or downstream, or are being handled, as envelopes.
    pub(super) fn in_flight(&self, packed: Packed) -> Row {
        let traffic = self.traffic_info(self.rests.get(packed.rest).traffic);
        let waiting = traffic.incoming.iter().chain(&traffic.outgoing);
        let slots = self.slots_of(packed);
        let busy = slots.iter().filter(|slot| **slot != self.idle);
        let working = busy.map(|slot| &self.slot_info(*slot).message);
        let mut envelopes: Row = waiting.chain(working).copied().collect();
        envelopes.sort_unstable();
        envelopes.dedup();
        envelopes
    }

    fn slot_info(&self, id: u32) -> &SlotInfo {
        self.slots.info(id, |slot| {
            let (glance, message) = match slot {
                Slot::Idle => (Glance::Idle, Value::seq([])),
                Slot::Busy(work) => {
                    let glance = match &work.next {
                        Next::Call(action) => Glance::Call { action },
                        Next::Await { answered, .. } => Glance::Await { answered },
                        Next::Broken(_) => Glance::Broken,
                    };
                    (glance, work.message.clone())
                }
            };
            let (src, dst, msg) = (self.system.sender(), Id::from(0), Msg::Message(message));
            let labels = |action| {
                let slots = 1..=self.slot_count;
                slots
                    .map(|slot| label(&self.actions, action, slot))
                    .collect()
            };
            SlotInfo {
                labels: match glance {
                    Glance::Call { action } | Glance::Await { answered: action } => labels(action),
                    Glance::Idle | Glance::Broken => SmallVec::new(),
                },
                touched: self.system.touched(slot, self.worlds.first()),
                glance,
                message: self.envelopes.id(Envelope { src, dst, msg }),
                look: OnceLock::new(),
            }
        })
    }

    fn slot_look(&self, id: u32) -> &Look {
        self.slot_info(id).look.get_or_init(|| {
            let slot = self.slots.get(id);
            let view = self.system.slot_view(slot);
            Look {
                rank: [FxBuildHasher.hash_one(&view), FxBuildHasher.hash_one(slot)],
                view: self.slot_views.id(view),
            }
        })
    }

    /// The faults that may still happen, each with the budget that remains after it.
    fn spendable(&self, budget: u32) -> &[(Fault, u32)] {
        self.budgets.info(budget, |budget| {
            let left = budget.iter().filter(|(_, left)| *left > 0);
            let spent = left.map(|(fault, _)| {
                let mut spent = budget.clone();
                spent.spend(fault);
                (fault.fault, self.budgets.id(spent))
            });
            spent.collect()
        })
    }

    /// The messages in transit, as numbers.
    fn bag(&self, traffic: &Traffic) -> Row {
        let copies = traffic.iter();
        let copies = copies.flat_map(|(envelope, copies)| {
            std::iter::repeat_n(self.envelopes.id_of(envelope), *copies)
        });
        let mut bag: Row = copies.collect();
        bag.sort_unstable();
        bag
    }

    fn unbagged(&self, bag: &[u32]) -> Traffic {
        let mut traffic = Traffic::new();
        for envelope in bag {
            let envelope = self.envelopes.get(*envelope).clone();
            *traffic.entry(envelope).or_insert(0) += 1;
        }
        traffic
    }

    /// Whether one of the other participants is a consumer that broke the rules of replay.
    fn broken_others(&self, id: u32) -> bool {
        *self.others.info(id, |others| {
            let broken =
                |slot: &Slot| matches!(slot, Slot::Busy(work) if matches!(work.next, Next::Broken(_)));
            others.iter().any(|(volatile, _)| match &**volatile {
                Volatile::Slots(slots) => slots.iter().any(broken),
                _ => false,
            })
        })
    }

    fn traffic_info(&self, id: u32) -> &TrafficInfo {
        self.traffic.info(id, |traffic| {
            let mut info = TrafficInfo::default();
            let [endpoint, consumer, party] = self.system.receivers();
            // Numbers differ from run to run. Each list below has one sender, so it is sorted by message,
            // as the model's own steps are.
            let mut distinct = traffic.clone();
            distinct.dedup();
            distinct.sort_unstable_by_key(|id| self.envelopes.get(*id));
            for id in distinct {
                let envelope = self.envelopes.get(id);
                let list = match (&envelope.msg, Some(envelope.dst)) {
                    (Msg::Message(_), dst) if dst == endpoint => &mut info.incoming,
                    (Msg::Message(_), dst) if dst == consumer => &mut info.outgoing,
                    (Msg::Reply(_), _) => &mut info.replies,
                    (Msg::Request(None, _), dst) if dst == party => &mut info.late,
                    _ => continue,
                };
                list.push(id);
            }
            info
        })
    }
}

/// A state that has only the other participants; all else is as at the start.
fn elsewhere(system: &System, others: Others) -> StateComponents {
    StateComponents {
        slots: vec![Slot::Idle; system.spec().slots],
        world: World::default(),
        traffic: Traffic::new(),
        rest: Rest {
            leases: [].into(),
            budget: Budget::default(),
            up: true,
            others,
        },
    }
}

fn message_of(envelope: &Envelope<Msg>) -> Value {
    match &envelope.msg {
        Msg::Message(value) | Msg::Reply(value) | Msg::Request(_, value) => value.clone(),
        _ => Value::seq([]),
    }
}

mod asked;
mod faults;
mod forms;
mod labels;
mod searched;
mod slot_rows;
mod steps;
mod symmetry;
mod worlds;
