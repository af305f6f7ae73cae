//! Evaluates each property once for all states that agree on what the property depends on.

use smallvec::SmallVec;
use stateright::Expectation;
use tandem_models::kit::guarantees::{About, Predicate, When};
use tandem_models::kit::system::{State, System};

use tandem_search::intern::{Interner, Memo};
use tandem_search::space::Watch;

/// A predicate with what it depends on.
pub(super) struct Asked {
    holds: Predicate,
    about: About,
    watch: Watch,
}

/// The predicates of a model, and the answers so far. The model's invariants and witnesses come
/// first, then the predicates of temporal guarantees. The last predicate is not the model's: whether
/// a handler broke the rules of replay.
pub(super) struct Truth {
    pub(super) asked: Vec<Asked>,
    /// For each [`About`], the mask of its predicates.
    pub(super) masks: [u64; 6],
    pub(super) invariants: u64,
    pub(super) durable: Memo<(u32, u32), u64>,
    pub(super) working: Memo<(u32, u32), u64>,
    pub(super) in_flight: Memo<(u32, u32), u64>,
    pub(super) rest: Memo<bool, u64>,
    /// The other participants with the messages in flight.
    pub(super) around: Interner<SmallVec<[u32; 4]>>,
}

impl Truth {
    pub(super) fn new(system: &System) -> Self {
        let asked = asked(system);
        let (mut masks, mut invariants) = ([0; 6], 0);
        for (place, Asked { about, watch, .. }) in asked.iter().enumerate() {
            masks[*about as usize] |= 1 << place;
            invariants |= u64::from(*watch == Watch::False) << place;
        }
        Truth {
            asked,
            masks,
            invariants,
            durable: Memo::new(),
            working: Memo::new(),
            in_flight: Memo::new(),
            rest: Memo::new(),
            around: Interner::new(),
        }
    }

    pub(super) fn watches(&self) -> Vec<Watch> {
        let watches = self.asked.iter().map(|asked| asked.watch);
        watches.chain([Watch::True]).collect()
    }

    /// The mask of the invariants.
    pub(super) fn invariants(&self) -> u64 {
        self.invariants
    }

    /// The truth of the properties in the mask `asked`, evaluated on the state itself.
    pub(super) fn of_state(&self, system: &System, state: &State, asked: u64) -> u64 {
        let broken = u64::from(system.breach(state).is_some()) << self.asked.len();
        broken | self.holding(system, state, asked)
    }

    pub(super) fn holding(&self, system: &System, state: &State, mask: u64) -> u64 {
        let asked = self.asked.iter().enumerate();
        let asked = asked.filter(|(place, _)| mask >> place & 1 == 1);
        let holds = asked.filter(|(_, asked)| (asked.holds)(system, state));
        holds.fold(0, |truths, (place, _)| truths | 1 << place)
    }
}

fn asked(system: &System) -> Vec<Asked> {
    let settled = system.asked().into_iter().map(|(property, about)| Asked {
        holds: property.condition,
        about,
        watch: match property.expectation {
            Expectation::Sometimes => Watch::True,
            _ => Watch::False,
        },
    });
    let everywhere = |holds: Predicate, about: About| Asked {
        holds,
        // Such a predicate says nothing about a state with work in it.
        about: match about {
            About::AtRest => About::Anything,
            about => about,
        },
        watch: Watch::Everywhere,
    };
    let liveness = system.liveness().into_iter().flat_map(|guarantee| {
        let after = match guarantee.when {
            When::After(trigger) => Some(everywhere(trigger, About::Anything)),
            _ => None,
        };
        std::iter::once(everywhere(guarantee.holds, guarantee.about)).chain(after)
    });
    settled.chain(liveness).collect()
}
