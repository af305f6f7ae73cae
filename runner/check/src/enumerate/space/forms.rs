//! The tables behind the numbers of a state: what each number stands for, and facts that are computed
//! once for it.

use std::sync::OnceLock;

use smallvec::SmallVec;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::world_components::Touched;

use tandem_search::Label;
use tandem_search::fingerprint::fold;
use tandem_search::space::Key;

/// What a slot does next.
#[derive(Clone, Copy)]
pub(in crate::enumerate) enum Glance {
    Idle,
    Call { action: &'static str },
    Await { answered: &'static str },
    Broken,
}

pub(in crate::enumerate) struct SlotInfo {
    pub(in crate::enumerate) glance: Glance,
    /// The labels of its next action, by the index of the slot.
    pub(in crate::enumerate) labels: SmallVec<[Label; 4]>,
    /// The components that the next action touches, unless it draws new identities.
    pub(in crate::enumerate) touched: Touched,
    /// The envelope of its message if the message returns to the queue.
    pub(in crate::enumerate) message: u32,
    /// The appearance of the slot, computed at the first use.
    pub(in crate::enumerate) look: OnceLock<Look>,
}

/// The appearance of a slot.
pub(in crate::enumerate) struct Look {
    /// Hashes of the slot's view and of its next actions, the same in every run.
    pub(in crate::enumerate) rank: [u64; 2],
    /// The number of the slot's view.
    pub(in crate::enumerate) view: u32,
}

/// A short row of numbers: the slots of a state, the messages in transit, or some components of its
/// world.
pub(in crate::enumerate) type Row = SmallVec<[u32; 4]>;

/// The messages in transit, sorted by receiver.
#[derive(Default)]
pub(in crate::enumerate) struct TrafficInfo {
    pub(in crate::enumerate) incoming: Vec<u32>,
    pub(in crate::enumerate) outgoing: Vec<u32>,
    pub(in crate::enumerate) replies: Vec<u32>,
    pub(in crate::enumerate) late: Vec<u32>,
}

/// The rest of a state, as numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) struct RestIds {
    /// One bit for each slot.
    pub(in crate::enumerate) leases: u32,
    pub(in crate::enumerate) budget: u32,
    pub(in crate::enumerate) up: bool,
    pub(in crate::enumerate) others: u32,
    pub(in crate::enumerate) traffic: u32,
}

/// The effect of a slot's step.
#[derive(Clone, Copy)]
pub(in crate::enumerate) struct Effect {
    pub(in crate::enumerate) slot: u32,
    /// The components of the world that it touches, after the step.
    pub(in crate::enumerate) components: Components,
    pub(in crate::enumerate) sends: Sending,
    pub(in crate::enumerate) leased: bool,
    pub(in crate::enumerate) others: u32,
}

/// The effect of starting on a message.
#[derive(Clone)]
pub(in crate::enumerate) struct Receipt {
    pub(in crate::enumerate) slot: u32,
    pub(in crate::enumerate) leased: bool,
    /// The message itself, if the handler gives it back at once.
    pub(in crate::enumerate) sends: Sending,
}

/// The effect of the downstream consumer handling a message.
#[derive(Clone)]
pub(in crate::enumerate) struct Consumption {
    pub(in crate::enumerate) world: u32,
    pub(in crate::enumerate) sends: Sending,
    pub(in crate::enumerate) others: u32,
}

/// Everything that a slot's step depends on. The index of the slot does not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) struct SlotKey {
    pub(in crate::enumerate) fault: Option<Fault>,
    pub(in crate::enumerate) slot: u32,
    /// The components of the world that it touches, before the step.
    pub(in crate::enumerate) components: Components,
    pub(in crate::enumerate) leased: bool,
    /// The other participants, if the step depends on them.
    pub(in crate::enumerate) others: Option<u32>,
}

/// A state as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Packed {
    /// The number of all its slots together.
    pub(in crate::enumerate) slots: u32,
    pub(in crate::enumerate) world: u32,
    /// The number of the rest: messages in transit, and everything else.
    pub(in crate::enumerate) rest: u32,
}

impl Key for Packed {
    fn hash(self) -> u64 {
        let word = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        let (one, two) = (word(self.slots, self.world), word(self.rest, self.rest));
        fold(one ^ 0x9e37_79b9_7f4a_7c15, two ^ 0xbf58_476d_1ce4_e5b9)
            .wrapping_mul(0x94d0_49bb_1331_11eb)
    }
}

/// The envelopes sent in one step, as an entry of the table `sendings` of [`Numbers`].
pub(in crate::enumerate) type Sending = u32;

/// A step of the other participants: their state after it, and the delivered envelope or the number
/// of clicks that the user has left.
pub(in crate::enumerate) type OthersStep = (u32, Option<u32>);

/// Some components of a world. Most steps touch only one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) enum Components {
    One(u32),
    /// An entry in the table `some` of the worlds.
    Many(u32),
}
