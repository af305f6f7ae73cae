//! Worlds as rows of numbers, one for each part.

use smallvec::SmallVec;
use tandem_models::kit::parts::Part;
use tandem_models::kit::world::World;

use super::forms::{Parts, Row};
use tandem_search::intern::Interner;

/// All worlds that were met: few parts make many of them.
pub(in crate::enumerate) struct Worlds {
    /// The world at the start.
    first: World,
    /// The place of the part that says how many identities were drawn.
    fresh: Vec<usize>,
    pub(super) parts: Interner<Part>,
    pub(super) rows: Interner<SmallVec<[u32; 8]>>,
    /// Some parts of a world together.
    some: Interner<Row>,
}

impl Worlds {
    pub(in crate::enumerate) fn new(first: World) -> Self {
        let fresh = first.parts().enumerate();
        let fresh = fresh.filter(|(_, part)| matches!(part, Part::Fresh(..)));
        Worlds {
            fresh: fresh.map(|(place, _)| place).collect(),
            first,
            parts: Interner::new(),
            rows: Interner::new(),
            some: Interner::new(),
        }
    }

    pub(in crate::enumerate) fn first(&self) -> &World {
        &self.first
    }

    pub(in crate::enumerate) fn id(&self, world: &World) -> u32 {
        let parts = world.parts();
        self.rows
            .id(parts.map(|part| self.parts.id(part)).collect())
    }

    pub(in crate::enumerate) fn get(&self, id: u32) -> World {
        self.world(self.rows.get(id))
    }

    /// The first world, but for these parts.
    fn world(&self, parts: &[u32]) -> World {
        let mut world = self.first.clone();
        for part in parts {
            world.put(self.parts.get(*part).clone());
        }
        world
    }

    /// Some parts of a world.
    pub(in crate::enumerate) fn some(&self, id: u32, places: &[usize]) -> Parts {
        let row = self.rows.get(id);
        self.together(places.iter().map(|place| row[*place]).collect())
    }

    fn together(&self, parts: Row) -> Parts {
        match parts[..] {
            [part] => Parts::One(part),
            _ => Parts::Many(self.some.id(parts)),
        }
    }

    fn numbers<'a>(&'a self, parts: &'a Parts) -> &'a [u32] {
        match parts {
            Parts::One(part) => std::slice::from_ref(part),
            Parts::Many(parts) => self.some.get(*parts),
        }
    }

    /// The parts in these places, given what they were before.
    pub(in crate::enumerate) fn some_after(
        &self,
        before: Parts,
        places: &[usize],
        world: &World,
    ) -> Parts {
        self.together(self.parts(world, places, self.numbers(&before)))
    }

    /// The first world, but for these parts.
    pub(in crate::enumerate) fn with(&self, parts: Parts) -> World {
        self.world(self.numbers(&parts))
    }

    /// The world after these parts were put in the places of others.
    pub(in crate::enumerate) fn replaced(&self, id: u32, places: &[usize], parts: Parts) -> u32 {
        self.replace(id, places, self.numbers(&parts))
    }

    /// The numbers of some parts of a world, given what they were before: most stay the same.
    fn parts(&self, world: &World, places: &[usize], before: &[u32]) -> Row {
        let parts: Vec<Part> = world.parts().collect();
        let numbers = places.iter().zip(before).map(|(place, before)| {
            if parts[*place] == *self.parts.get(*before) {
                *before
            } else {
                self.parts.id(parts[*place].clone())
            }
        });
        numbers.collect()
    }

    fn replace(&self, id: u32, places: &[usize], parts: &[u32]) -> u32 {
        let before = self.rows.get(id);
        let mut row = before.clone();
        for (place, part) in places.iter().zip(parts) {
            row[*place] = *part;
        }
        if row == *before {
            id
        } else {
            self.rows.id(row)
        }
    }

    /// The number of a world that a step has made of another one.
    pub(in crate::enumerate) fn after(&self, before: u32, world: &World) -> u32 {
        let row = self.rows.get(before);
        let places: Vec<usize> = (0..row.len()).collect();
        self.replace(before, &places, &self.parts(world, &places, row))
    }

    /// How many identities were drawn.
    pub(in crate::enumerate) fn fresh(&self, id: u32) -> Parts {
        self.some(id, &self.fresh)
    }
}
