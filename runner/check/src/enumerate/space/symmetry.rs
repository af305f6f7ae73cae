//! States that differ only in which slot does what, or in which message is called what, taken for
//! one.
//!
//! The slots of an endpoint run the same handler, and nothing looks at a slot's number but to find
//! the slot again: a message starts in the lowest free one, and whichever that is, the states after
//! are the same up to the order of the slots. So a guarantee, which speaks of no slot, is true in
//! both or in neither, and the shortest path to a state is as long as that to its mirror image.
//!
//! Messages are taken for one another where the protocol says that they are interchangeable
//! (`Spec::interchangeable`). Their names are values of their own kind, so a state can be renamed, and
//! what a renaming makes of a path is a path again, with the same actions; what it makes of the
//! initial state is that state (`System::renamings`). A guarantee speaks of all messages alike.
//! `tests/interchangeable.rs` takes nobody's word for that: there, at bounds that are small enough,
//! each swap of two maps the whole graph of each such protocol onto itself, and leaves the truth of
//! every predicate as it is.
//!
//! Each state is replaced by one of its images. The renaming is the one that makes the first world:
//! its first component decides, where that is the same for several the next one, and in the end what the
//! other participants remember, what is on its way and what the slots do. Then the slots are put in
//! order: of how a slot looks in the view, of its lease, and of what it does. What has the least hash
//! is first. Numbers would not do: they differ from run to run. Were two hashes the same, one orbit
//! might have two representatives, which costs states and is not wrong.
//!
//! It is not sound for liveness, as fairness is declared slot by slot: what one slot does for ever
//! might be the work of two by turns. So liveness is not judged then.

use std::hash::Hash;

use tandem_models::kit::rename::Rename;
use tandem_models::kit::world_components::WorldComponent;
use tandem_models::value::Renaming;

use super::*;
use tandem_search::numerals::thousands;

/// What is taken for one another in an enumeration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folded {
    /// States that differ in the order of their slots.
    pub slots: bool,
    /// States that differ in the names of their messages.
    pub messages: bool,
}

impl Folded {
    /// Whether anything is.
    pub fn any(self) -> bool {
        self.slots || self.messages
    }

    /// What a state stands for, in words.
    fn words(self) -> Option<&'static str> {
        match (self.slots, self.messages) {
            (true, true) => Some("all orders of its slots and all namings of its messages"),
            (true, false) => Some("all orders of its slots"),
            (false, true) => Some("all namings of its messages"),
            (false, false) => None,
        }
    }

    /// What it means that there are so many raw states, in words.
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

/// The renamings of messages, and what they make of components.
pub(super) struct Symmetry {
    folded: Folded,
    /// The first one changes nothing.
    renamings: Vec<Renaming>,
    /// Of a world: the renamings that make the first one of it.
    first: Memo<u32, Arc<[usize]>>,
    /// Hashes of what a component of a world becomes under each renaming.
    ranks: Memo<u32, Arc<[u64]>>,
    components: Renamed,
    worlds: Renamed,
    slots: Renamed,
    envelopes: Renamed,
    traffic: Renamed,
    others: Renamed,
}

/// What a piece is under a renaming.
type Renamed = Memo<(u32, usize), u32>;

/// Where a state comes among its images with the same world: others, traffic, how its slots look and
/// whether they have leases, and last what they do. So representatives that look the same in some
/// naming look the same.
type Rank = (u64, u64, SmallVec<[(u64, u32); 4]>, SmallVec<[u64; 4]>);

/// How a slot looks, whether it has a lease, and what it does.
type SlotRank = (u64, u32, u64);

impl Symmetry {
    /// That of a system; none if no two of its states are alike.
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

    /// The renamings that make the first of all images of a world.
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
    /// What was taken for one another.
    pub(crate) fn folded(&self) -> Folded {
        let symmetry = self.symmetry.as_ref();
        symmetry.map_or(Folded::default(), |symmetry| symmetry.folded)
    }

    /// What the search takes a state for.
    pub(in crate::enumerate) fn representative(&self, packed: Packed) -> Packed {
        match &self.symmetry {
            Some(symmetry) => self.first_image(symmetry, packed),
            None => packed,
        }
    }

    /// The first one of all images of a state.
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

    /// A state under a renaming.
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

    /// Where a state whose slots are in order comes among its images with the same world.
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

    /// The state whose slots are in order.
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
