//! The states of a model as a few small numbers, and its steps looked up instead of taken.
//!
//! Slots, worlds, traffic and the rest are kept once each and numbered; a state is one number a
//! slot and three more. What a slot's step does depends on the slot, the world and little else, so
//! it is taken once for each such combination, by the model itself, and remembered.
//!
//! What must hold for that: a slot's call looks at its slot, the world and its own lease; an answer
//! also at the other participants; starting on a message, at the message alone; the consumer, at
//! message, world and the other participants; a browser or a third party, at itself. All of them may
//! send. That the model keeps to this is tested against a search that takes every step
//! (`tests/explore.rs`), and the engine `stateright` compares counts and verdicts in every run.

use std::hash::Hash;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use stateright::Model;
use stateright::actor::{Envelope, Id};
use tandem_models::kit::actors::{Msg, Next, Slot, Volatile};
use tandem_models::kit::fault::{Budget, Fault};
use tandem_models::kit::pieces::{Others, Pieces, Rest, Traffic};
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::kit::world::World;
use tandem_models::value::Value;

/// Things kept once each, by number.
pub(super) struct Interner<T>(IndexSet<T, FxBuildHasher>);

impl<T: Eq + Hash> Interner<T> {
    fn new() -> Self {
        Interner(IndexSet::default())
    }

    pub(super) fn id(&mut self, item: T) -> u32 {
        u32::try_from(self.0.insert_full(item).0).unwrap_or(u32::MAX)
    }

    pub(super) fn get(&self, id: u32) -> &T {
        &self.0[id as usize]
    }
}

/// What a slot does next, at a glance.
#[derive(Clone, Copy)]
enum Glance {
    Idle,
    Call { action: &'static str },
    Await { answered: &'static str },
    Broken,
}

#[derive(Clone, Copy)]
struct SlotInfo {
    glance: Glance,
    /// The envelope in which its message waits again.
    message: u32,
    /// What it looks like in the view.
    view: u32,
}

/// What is on its way, sorted by who waits for it.
#[derive(Default)]
struct TrafficInfo {
    incoming: Vec<u32>,
    outgoing: Vec<u32>,
    replies: Vec<u32>,
    late: Vec<u32>,
}

/// The rest of a state, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct RestIds {
    /// One bit a slot.
    leases: u32,
    budget: u32,
    up: bool,
    others: u32,
}

/// What a slot's step does.
#[derive(Clone, Copy)]
struct Effect {
    slot: u32,
    world: u32,
    /// What it sends: an entry of `Space::sendings`.
    sends: u32,
    leased: bool,
    others: u32,
}

/// What becomes of a slot that starts on a message.
#[derive(Clone, Copy)]
struct Receipt {
    slot: u32,
    leased: bool,
    /// The message itself, where the handler gives it back at once.
    sends: u32,
}

/// What the downstream consumer makes of a message.
#[derive(Clone, Copy)]
struct Consumption {
    world: u32,
    sends: u32,
    others: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct SlotKey {
    index: usize,
    fault: Option<Fault>,
    slot: u32,
    world: u32,
    leased: bool,
    /// The other participants, where the step looks at them.
    others: Option<u32>,
}

/// A state in numbers: its slots, then world, traffic and rest.
pub(super) type Packed = [u32];

/// A step of the other participants: their state, and the envelope delivered, or the user's patience.
type OthersStep = (u32, Option<u32>);

/// The numbered pieces of a model's states, and what is known about its steps.
pub(super) struct Space<'a> {
    system: &'a System,
    pub(super) slot_count: usize,
    slots: Interner<Slot>,
    slot_info: Vec<SlotInfo>,
    slot_views: Interner<Value>,
    worlds: Interner<World>,
    traffic: Interner<Traffic>,
    traffic_info: Vec<TrafficInfo>,
    envelopes: Interner<Envelope<Msg>>,
    rests: Interner<RestIds>,
    budgets: Interner<Budget>,
    others: Interner<Others>,
    /// Whether one of the others is a consumer that broke the rules of replay.
    broken_others: Vec<bool>,
    /// Envelopes sent in one step.
    sendings: Interner<Vec<u32>>,
    slot_steps: FxHashMap<SlotKey, Option<Effect>>,
    receives: FxHashMap<u32, Receipt>,
    consumptions: FxHashMap<(u32, u32, u32), Option<Consumption>>,
    sent: FxHashMap<(u32, u32), u32>,
    taken: FxHashMap<(u32, u32), u32>,
    others_steps: FxHashMap<OthersStep, Option<(u32, u32)>>,
    forgettings: FxHashMap<u32, Vec<u32>>,
    idle: u32,
    nothing_on_its_way: u32,
}

impl<'a> Space<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        let mut space = Space {
            system,
            slot_count: system.spec().slots,
            slots: Interner::new(),
            slot_info: Vec::new(),
            slot_views: Interner::new(),
            worlds: Interner::new(),
            traffic: Interner::new(),
            traffic_info: Vec::new(),
            envelopes: Interner::new(),
            rests: Interner::new(),
            budgets: Interner::new(),
            others: Interner::new(),
            broken_others: Vec::new(),
            sendings: Interner::new(),
            slot_steps: FxHashMap::default(),
            receives: FxHashMap::default(),
            consumptions: FxHashMap::default(),
            sent: FxHashMap::default(),
            taken: FxHashMap::default(),
            others_steps: FxHashMap::default(),
            forgettings: FxHashMap::default(),
            idle: 0,
            nothing_on_its_way: 0,
        };
        space.idle = space.slot(Slot::Idle);
        space.nothing_on_its_way = space.traffic(Traffic::new());
        space
    }

    /// Numbers in one state.
    pub(super) fn width(&self) -> usize {
        self.slot_count + 3
    }

    pub(super) fn initial(&mut self) -> Vec<Vec<u32>> {
        let states = self.system.init_states();
        states.iter().map(|state| self.pack(state)).collect()
    }

    pub(super) fn pack(&mut self, state: &State) -> Vec<u32> {
        let pieces = self.system.take_apart(state);
        let mut packed: Vec<u32> = pieces
            .slots
            .into_iter()
            .map(|slot| self.slot(slot))
            .collect();
        let rest = RestIds {
            leases: pieces
                .rest
                .leases
                .iter()
                .fold(0, |bits, slot| bits | 1 << slot),
            budget: self.budgets.id(pieces.rest.budget),
            up: pieces.rest.up,
            others: self.others_id(pieces.rest.others),
        };
        packed.push(self.worlds.id(pieces.world));
        packed.push(self.traffic(pieces.traffic));
        packed.push(self.rests.id(rest));
        packed
    }

    pub(super) fn unpack(&self, packed: &Packed) -> State {
        let (slots, [world, traffic, rest]) = self.parts(packed);
        let rest = *self.rests.get(rest);
        let leased = |slot: &usize| rest.leases & (1 << slot) != 0;
        self.system.put_together(&Pieces {
            slots: slots
                .iter()
                .map(|slot| self.slots.get(*slot).clone())
                .collect(),
            world: self.worlds.get(world).clone(),
            traffic: self.traffic.get(traffic).clone(),
            rest: Rest {
                leases: (0..self.slot_count).filter(leased).collect(),
                budget: self.budgets.get(rest.budget).clone(),
                up: rest.up,
                others: self.others.get(rest.others).clone(),
            },
        })
    }

    /// The state through its view: two states look the same if these numbers are.
    pub(super) fn look(&self, packed: &Packed, look: &mut Vec<u32>) {
        look.clear();
        let (slots, rest) = self.parts(packed);
        look.extend(slots.iter().map(|slot| self.slot_info[*slot as usize].view));
        look.extend(rest);
    }

    /// Whether a handler, here or downstream, broke the rules of replay.
    pub(super) fn broken(&self, packed: &Packed) -> bool {
        let (slots, [_, _, rest]) = self.parts(packed);
        let broken = |slot: &u32| matches!(self.slot_info[*slot as usize].glance, Glance::Broken);
        slots.iter().any(broken) || self.broken_others[self.rests.get(rest).others as usize]
    }

    /// What decides the truth of a guarantee about durable things: world and other participants.
    pub(super) fn durable(&self, packed: &Packed) -> (u32, u32) {
        let (_, [world, _, rest]) = self.parts(packed);
        (world, self.rests.get(rest).others)
    }

    /// Whether nothing waits and nobody works.
    pub(super) fn at_rest(&self, packed: &Packed) -> bool {
        let (slots, [_, traffic, _]) = self.parts(packed);
        traffic == self.nothing_on_its_way && slots.iter().all(|slot| *slot == self.idle)
    }

    /// The messages that wait, here or downstream, or are being worked on, as envelopes.
    pub(super) fn in_flight(&self, packed: &Packed, envelopes: &mut Vec<u32>) {
        let (slots, [_, traffic, _]) = self.parts(packed);
        envelopes.clear();
        envelopes.extend(&self.traffic_info[traffic as usize].incoming);
        envelopes.extend(&self.traffic_info[traffic as usize].outgoing);
        let busy = slots.iter().filter(|slot| **slot != self.idle);
        envelopes.extend(busy.map(|slot| self.slot_info[*slot as usize].message));
        envelopes.sort_unstable();
        envelopes.dedup();
    }

    fn parts<'p>(&self, packed: &'p Packed) -> (&'p [u32], [u32; 3]) {
        let (slots, rest) = packed.split_at(self.slot_count);
        (slots, [rest[0], rest[1], rest[2]])
    }

    fn slot(&mut self, slot: Slot) -> u32 {
        let sender = self.system.sender();
        let id = self.slots.id(slot);
        if id as usize == self.slot_info.len() {
            let slot = self.slots.get(id);
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
            let view = self.slot_views.id(self.system.slot_view(slot));
            let (src, dst, msg) = (sender, Id::from(0), Msg::Message(message));
            let message = self.envelopes.id(Envelope { src, dst, msg });
            self.slot_info.push(SlotInfo {
                glance,
                message,
                view,
            });
        }
        id
    }

    fn others_id(&mut self, others: Others) -> u32 {
        let broken =
            |slot: &Slot| matches!(slot, Slot::Busy(work) if matches!(work.next, Next::Broken(_)));
        let any_broken = others.iter().any(|(volatile, _)| match &**volatile {
            Volatile::Slots(slots) => slots.iter().any(broken),
            _ => false,
        });
        let id = self.others.id(others);
        if id as usize == self.broken_others.len() {
            self.broken_others.push(any_broken);
        }
        id
    }

    fn traffic(&mut self, traffic: Traffic) -> u32 {
        let id = self.traffic.id(traffic);
        if id as usize == self.traffic_info.len() {
            let mut info = TrafficInfo::default();
            let [endpoint, consumer, party] = self.system.receivers();
            // A bag is ordered by sender first; each list below has one sender, so it is ordered
            // by message, as the model's own steps are.
            let envelopes: Vec<_> = self.traffic.get(id).keys().cloned().collect();
            for envelope in envelopes {
                let list = match (&envelope.msg, Some(envelope.dst)) {
                    (Msg::Message(_), dst) if dst == endpoint => &mut info.incoming,
                    (Msg::Message(_), dst) if dst == consumer => &mut info.outgoing,
                    (Msg::Reply(_), _) => &mut info.replies,
                    (Msg::Request(None, _), dst) if dst == party => &mut info.late,
                    _ => continue,
                };
                list.push(self.envelopes.id(envelope));
            }
            self.traffic_info.push(info);
        }
        id
    }
}

/// Everything of a model that a step does not look at.
fn elsewhere(system: &System, others: Others) -> Pieces {
    Pieces {
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

mod faults;
mod steps;
