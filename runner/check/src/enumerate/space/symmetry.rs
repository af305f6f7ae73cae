//! Symmetry reduction: merges states that differ only in the order of handler slots, or in the names of
//! interchangeable messages.
//!
//! All slots of an endpoint run the same handler, and a slot's number is only used to find the slot
//! again. A message starts in the lowest free slot; another free slot would lead to the same states up
//! to the order of slots. A guarantee does not mention slots, so it has the same truth in both states,
//! and the shortest paths to both have the same length.
//!
//! Messages are merged if the protocol declares them interchangeable (`Spec::interchangeable`). Their
//! names are values of a type of their own, so a state can be renamed. Renaming maps a path to a path
//! with the same actions, and the initial state to itself (`System::renamings`). Guarantees treat all
//! messages alike. `tests/interchangeable.rs` verifies the declarations: at small bounds, swapping any
//! two messages maps the whole graph of each such protocol onto itself and leaves the truth of every
//! predicate unchanged.
//!
//! Each state is replaced by a representative of its orbit. First a renaming is chosen: the one that
//! makes the smallest world, comparing one component after the other, then the other participants, the
//! messages in transit, and the slots. Then the slots are sorted by their view, their lease, and their
//! next actions. Values are compared by hashes, because numbers differ from run to run. If two hashes
//! collide, an orbit may have two representatives, which costs states but is not wrong.
//!
//! The reduction is not sound for liveness, because fairness is declared for each slot: the work of one
//! slot in a reduced cycle may be the alternating work of two. So liveness is not judged with it.

use std::hash::Hash;

use tandem_models::kit::rename::Rename;
use tandem_models::kit::world_components::WorldComponent;
use tandem_models::value::Renaming;

use super::*;
use tandem_search::numerals::thousands;

/// The kinds of symmetry that an enumeration uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folded {
    /// Merges states that differ in the order of their slots.
    pub slots: bool,
    /// Merges states that differ in the names of their messages.
    pub messages: bool,
}

impl Folded {
    /// Whether any symmetry is used.
    pub fn any(self) -> bool {
        self.slots || self.messages
    }

    /// A phrase for what each counted state represents.
    fn words(self) -> Option<&'static str> {
        match (self.slots, self.messages) {
            (true, true) => Some("all orders of its slots and all namings of its messages"),
            (true, false) => Some("all orders of its slots"),
            (false, true) => Some("all namings of its messages"),
            (false, false) => None,
        }
    }

    /// A sentence about the meaning of the number of raw states.
    pub(in crate::enumerate) fn said_of(self, raw_states: usize) -> String {
        match self.words() {
            Some(all) => format!(
                "each of {} raw states stands for {all}",
                thousands(raw_states)
            ),
            None => {
                "none, as there is one slot, and no two messages are interchangeable".to_owned()
            }
        }
    }
}

/// The renamings of messages, and their effect on components.
pub(super) struct Symmetry {
    folded: Folded,
    /// The renamings. The first is the identity.
    renamings: Vec<Renaming>,
    /// For each world, the renamings that lead to its smallest image.
    first: Memo<u32, Arc<[usize]>>,
    /// For each component of a world, the hash of its image under each renaming.
    ranks: Memo<u32, Arc<[u64]>>,
    components: Renamed,
    worlds: Renamed,
    slots: Renamed,
    envelopes: Renamed,
    traffic: Renamed,
    others: Renamed,
}

/// The image of a numbered part under a renaming.
type Renamed = Memo<(u32, usize), u32>;

/// The sort key of a state among its images with the same world: other participants, messages in
/// transit, the slots' views and leases, and last the slots' next actions. The order ensures that
/// representatives with the same view under some renaming have the same view.
type Rank = (u64, u64, SmallVec<[(u64, u32); 4]>, SmallVec<[u64; 4]>);

/// The sort key of a slot: its view, its lease, and its next actions.
type SlotRank = (u64, u32, u64);

impl Symmetry {
    /// The symmetry of a system; `None` if it has none.
    pub(super) fn of(system: &System) -> Option<Symmetry> {
        let renamings = system.renamings();
        let folded = Folded {
            slots: system.spec().slots > 1,
            messages: renamings.len() > 1,
        };
        folded.any().then(|| Symmetry {
            folded,
            renamings,
            first: Memo::new(),
            ranks: Memo::new(),
            components: Memo::new(),
            worlds: Memo::new(),
            slots: Memo::new(),
            envelopes: Memo::new(),
            traffic: Memo::new(),
            others: Memo::new(),
        })
    }

    fn renamed<T: Rename + Hash + PartialEq, B: Default>(
        &self,
        known: &Renamed,
        components: &Interner<T, B>,
        (id, under): (u32, usize),
    ) -> u32 {
        let names = &self.renamings[under];
        known.get_or((id, under), |_| {
            components.id(components.get(id).renamed(names))
        })
    }

    fn ranks(&self, components: &Interner<WorldComponent>, id: u32) -> Arc<[u64]> {
        self.ranks.get_or(id, |id| {
            let component = components.get(*id);
            let images = self.renamings.iter().map(|names| component.renamed(names));
            images.map(|image| FxBuildHasher.hash_one(image)).collect()
        })
    }

    /// The renamings that lead to the smallest image of a world.
    fn first(&self, worlds: &Worlds, world: u32) -> Arc<[usize]> {
        self.first.get_or(world, |world| {
            let mut first: Vec<usize> = (0..self.renamings.len()).collect();
            for component in worlds.rows.get(*world) {
                if first.len() > 1 {
                    let ranks = self.ranks(&worlds.components, *component);
                    let least = first.iter().map(|under| ranks[*under]).min();
                    first.retain(|under| Some(ranks[*under]) == least);
                }
            }
            first.into()
        })
    }
}

impl Numbers {
    /// The kinds of symmetry that are used.
    pub(crate) fn folded(&self) -> Folded {
        let symmetry = self.symmetry.as_ref();
        symmetry.map_or(Folded::default(), |symmetry| symmetry.folded)
    }

    /// The representative of a state.
    pub(in crate::enumerate) fn representative(&self, packed: Packed) -> Packed {
        match &self.symmetry {
            Some(symmetry) => self.first_image(symmetry, packed),
            None => packed,
        }
    }

    /// The smallest image of a state under all renamings.
    fn first_image(&self, symmetry: &Symmetry, packed: Packed) -> Packed {
        if !symmetry.folded.messages {
            return self.in_order(packed);
        }
        let image = |under: &usize| self.in_order(self.renamed(symmetry, packed, *under));
        match &symmetry.first(&self.worlds, packed.world)[..] {
            [under] => image(under),
            tied => {
                let images = tied.iter().map(image);
                let first = images.min_by_key(|image| self.rank(*image));
                first.unwrap_or(packed)
            }
        }
    }

    /// The image of a state under a renaming.
    fn renamed(&self, symmetry: &Symmetry, packed: Packed, under: usize) -> Packed {
        if under == 0 {
            return packed;
        }
        let slot = |id| symmetry.renamed(&symmetry.slots, &self.slots, (id, under));
        let slots: Row = self.slots_of(packed).into_iter().map(slot).collect();
        let world = symmetry.worlds.get_or((packed.world, under), |_| {
            let component = |id: &u32| {
                symmetry.renamed(&symmetry.components, &self.worlds.components, (*id, under))
            };
            let components = self.worlds.rows.get(packed.world).iter();
            self.worlds.rows.id(components.map(component).collect())
        });
        let rest = *self.rests.get(packed.rest);
        let traffic = symmetry.traffic.get_or((rest.traffic, under), |_| {
            let envelope =
                |id: &u32| symmetry.renamed(&symmetry.envelopes, &self.envelopes, (*id, under));
            let mut bag: Row = self
                .traffic
                .get(rest.traffic)
                .iter()
                .map(envelope)
                .collect();
            bag.sort_unstable();
            self.traffic.id(bag)
        });
        let others = symmetry.renamed(&symmetry.others, &self.others, (rest.others, under));
        Packed {
            slots: self.slot_rows.id(&slots),
            world,
            rest: self.rests.id(RestIds {
                others,
                traffic,
                ..rest
            }),
        }
    }

    /// The sort key of a state whose slots are sorted.
    fn rank(&self, packed: Packed) -> Rank {
        let rest = *self.rests.get(packed.rest);
        let others = FxBuildHasher.hash_one(self.others.get(rest.others));
        let envelopes = self.traffic.get(rest.traffic).iter();
        let envelopes = envelopes.map(|id| FxBuildHasher.hash_one(self.envelopes.get(*id)));
        let mut traffic: SmallVec<[u64; 4]> = envelopes.collect();
        traffic.sort_unstable();
        let slots = self.slots_of(packed).into_iter().enumerate();
        let slots = slots.map(|(place, slot)| self.slot_rank(slot, rest.leases >> place & 1));
        let (looks, works) = slots
            .map(|(look, leased, work)| ((look, leased), work))
            .unzip();
        (others, FxBuildHasher.hash_one(traffic), looks, works)
    }

    fn slot_rank(&self, slot: u32, leased: u32) -> SlotRank {
        let [look, work] = self.slot_look(slot).rank;
        (look, leased, work)
    }

    /// The state with its slots sorted.
    fn in_order(&self, packed: Packed) -> Packed {
        let slots = self.slots_of(packed);
        let rest = *self.rests.get(packed.rest);
        let leased = |place: usize| rest.leases >> place & 1;
        let places = slots.iter().enumerate();
        let ranked = places.map(|(place, slot)| (self.slot_rank(*slot, leased(place)), place));
        let mut order: SmallVec<[_; 4]> = ranked.collect();
        if order.is_sorted() {
            return packed;
        }
        order.sort_unstable();
        let moved: Row = order.iter().map(|(_, place)| slots[*place]).collect();
        let places = order.iter().enumerate();
        let leases = places.fold(0, |leases, (place, (_, before))| {
            leases | leased(*before) << place
        });
        Packed {
            slots: self.slot_rows.id(&moved),
            ..self.with_rest(packed, RestIds { leases, ..rest })
        }
    }
}
