//! Represents worlds as rows of numbers, one number for each component.

use smallvec::SmallVec;
use tandem_models::kit::world::World;
use tandem_models::kit::world_components::WorldComponent;

use super::forms::{Components, Row};
use tandem_search::intern::Interner;

/// All worlds that were found. Few components combine to many worlds.
pub(in crate::enumerate) struct Worlds {
    /// The initial world.
    first: World,
    /// The index of the component that counts the identities drawn so far.
    fresh: Vec<usize>,
    pub(super) components: Interner<WorldComponent>,
    pub(super) rows: Interner<SmallVec<[u32; 8]>>,
    /// The table of groups of components.
    some: Interner<Row>,
}

impl Worlds {
    pub(in crate::enumerate) fn new(first: World) -> Self {
        let fresh = first.components().enumerate();
        let fresh = fresh.filter(|(_, component)| matches!(component, WorldComponent::Fresh(..)));
        Worlds {
            fresh: fresh.map(|(place, _)| place).collect(),
            first,
            components: Interner::new(),
            rows: Interner::new(),
            some: Interner::new(),
        }
    }

    pub(in crate::enumerate) fn first(&self) -> &World {
        &self.first
    }

    pub(in crate::enumerate) fn id(&self, world: &World) -> u32 {
        let components = world.components();
        self.rows.id(components
            .map(|component| self.components.id(component))
            .collect())
    }

    pub(in crate::enumerate) fn get(&self, id: u32) -> World {
        self.world(self.rows.get(id))
    }

    /// The initial world with these components replaced.
    fn world(&self, components: &[u32]) -> World {
        let mut world = self.first.clone();
        for component in components {
            world.put(self.components.get(*component).clone());
        }
        world
    }

    /// The components at these indices of a world.
    pub(in crate::enumerate) fn some(&self, id: u32, places: &[usize]) -> Components {
        let row = self.rows.get(id);
        self.together(places.iter().map(|place| row[*place]).collect())
    }

    fn together(&self, components: Row) -> Components {
        match components[..] {
            [component] => Components::One(component),
            _ => Components::Many(self.some.id(components)),
        }
    }

    fn numbers<'a>(&'a self, components: &'a Components) -> &'a [u32] {
        match components {
            Components::One(component) => std::slice::from_ref(component),
            Components::Many(components) => self.some.get(*components),
        }
    }

    /// The components at these indices after a step, given what they were before.
    pub(in crate::enumerate) fn some_after(
        &self,
        before: Components,
        places: &[usize],
        world: &World,
    ) -> Components {
        self.together(self.components(world, places, self.numbers(&before)))
    }

    /// The initial world with these components replaced.
    pub(in crate::enumerate) fn with(&self, components: Components) -> World {
        self.world(self.numbers(&components))
    }

    /// The world with these components replaced.
    pub(in crate::enumerate) fn replaced(
        &self,
        id: u32,
        places: &[usize],
        components: Components,
    ) -> u32 {
        self.replace(id, places, self.numbers(&components))
    }

    /// The numbers of some components of a world, given what they were before. Most are unchanged.
    fn components(&self, world: &World, places: &[usize], before: &[u32]) -> Row {
        let components: Vec<WorldComponent> = world.components().collect();
        let numbers = places.iter().zip(before).map(|(place, before)| {
            if components[*place] == *self.components.get(*before) {
                *before
            } else {
                self.components.id(components[*place].clone())
            }
        });
        numbers.collect()
    }

    fn replace(&self, id: u32, places: &[usize], components: &[u32]) -> u32 {
        let before = self.rows.get(id);
        let mut row = before.clone();
        for (place, component) in places.iter().zip(components) {
            row[*place] = *component;
        }
        if row == *before {
            id
        } else {
            self.rows.id(row)
        }
    }

    /// The number of the world after a step, given the world before.
    pub(in crate::enumerate) fn after(&self, before: u32, world: &World) -> u32 {
        let row = self.rows.get(before);
        let places: Vec<usize> = (0..row.len()).collect();
        self.replace(before, &places, &self.components(world, &places, row))
    }

    /// The component that counts the identities drawn so far.
    pub(in crate::enumerate) fn fresh(&self, id: u32) -> Components {
        self.some(id, &self.fresh)
    }
}
