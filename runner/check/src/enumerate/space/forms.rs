//! What the numbers of a state stand for, and what is worth knowing about each.

use std::sync::OnceLock;

use smallvec::SmallVec;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::world_components::Touched;

use tandem_search::Label;
use tandem_search::fingerprint::fold;
use tandem_search::space::Key;

/// What a slot does next, at a glance.
#[derive(Clone, Copy)]
pub(in crate::enumerate) enum Glance {
    Idle,
    Call { action: &'static str },
    Await { answered: &'static str },
    Broken,
}

pub(in crate::enumerate) struct SlotInfo {
    pub(in crate::enumerate) glance: Glance,
    /// The labels of what it does next, by its place among the slots.
    pub(in crate::enumerate) labels: SmallVec<[Label; 4]>,
    /// What that touches, unless it draws identities.
    pub(in crate::enumerate) touched: Touched,
    /// The envelope in which its message waits again.
    pub(in crate::enumerate) message: u32,
    /// For whoever wants to know.
    pub(in crate::enumerate) look: OnceLock<Look>,
}

/// What a slot looks like from outside.
pub(in crate::enumerate) struct Look {
    /// Hashes of how it looks and of what it does, the same in every run.
    pub(in crate::enumerate) rank: [u64; 2],
    /// What it looks like in the view.
    pub(in crate::enumerate) view: u32,
}

/// A few numbers in a row: the slots of a state, what is on its way, or some components of its world.
pub(in crate::enumerate) type Row = SmallVec<[u32; 4]>;

/// What is on its way, sorted by who waits for it.
#[derive(Default)]
pub(in crate::enumerate) struct TrafficInfo {
    pub(in crate::enumerate) incoming: Vec<u32>,
    pub(in crate::enumerate) outgoing: Vec<u32>,
    pub(in crate::enumerate) replies: Vec<u32>,
    pub(in crate::enumerate) late: Vec<u32>,
}

/// The rest of a state, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) struct RestIds {
    /// One bit a slot.
    pub(in crate::enumerate) leases: u32,
    pub(in crate::enumerate) budget: u32,
    pub(in crate::enumerate) up: bool,
    pub(in crate::enumerate) others: u32,
    pub(in crate::enumerate) traffic: u32,
}

/// What a slot's step does.
#[derive(Clone, Copy)]
pub(in crate::enumerate) struct Effect {
    pub(in crate::enumerate) slot: u32,
    /// What became of the components of the world that it touches.
    pub(in crate::enumerate) components: Components,
    pub(in crate::enumerate) sends: Sending,
    pub(in crate::enumerate) leased: bool,
    pub(in crate::enumerate) others: u32,
}

/// What becomes of a slot that starts on a message.
#[derive(Clone)]
pub(in crate::enumerate) struct Receipt {
    pub(in crate::enumerate) slot: u32,
    pub(in crate::enumerate) leased: bool,
    /// The message itself, where the handler gives it back at once.
    pub(in crate::enumerate) sends: Sending,
}

/// What the downstream consumer makes of a message.
#[derive(Clone)]
pub(in crate::enumerate) struct Consumption {
    pub(in crate::enumerate) world: u32,
    pub(in crate::enumerate) sends: Sending,
    pub(in crate::enumerate) others: u32,
}

/// What a slot's step depends on. Which of the slots it is does not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) struct SlotKey {
    pub(in crate::enumerate) fault: Option<Fault>,
    pub(in crate::enumerate) slot: u32,
    /// The components of the world that it touches.
    pub(in crate::enumerate) components: Components,
    pub(in crate::enumerate) leased: bool,
    /// The other participants, where the step looks at them.
    pub(in crate::enumerate) others: Option<u32>,
}

/// A state in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Packed {
    /// Its slots, together.
    pub(in crate::enumerate) slots: u32,
    pub(in crate::enumerate) world: u32,
    /// What is on its way, and all else.
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

/// Envelopes sent in one step: an entry of [`Numbers`]' `sendings`.
pub(in crate::enumerate) type Sending = u32;

/// A step of the other participants: their state, and the envelope delivered, or the user's patience.
pub(in crate::enumerate) type OthersStep = (u32, Option<u32>);

/// Some components of a world: most steps touch one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::enumerate) enum Components {
    One(u32),
    /// An entry of the table `some` of the worlds.
    Many(u32),
}
