//! Represents the states of any system as rows of numbered cells. The model itself takes every
//! step.
//!
//! This is slower than [`super::space`], which knows for a system with one endpoint what each step
//! depends on. But it makes no assumption about the participants, so it works for every system.

use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;
use stateright::Model as _;
use tandem_models::kit::cells::Cell;
use tandem_models::kit::step::Step;
use tandem_models::kit::system::{State, System};

use super::space::{Packed, label};
use super::truth::Truth;
use tandem_search::intern::{Informed, Interner};
use tandem_search::space::Watch;
use tandem_search::{Action, Label};

/// The numbers of the cells of a state.
type CellRow = SmallVec<[u32; 24]>;

/// The numbered cells of a model's states.
pub(super) struct Cells {
    system: Arc<System>,
    cells: Informed<Cell, u32>,
    rows: Interner<CellRow, OnceLock<u32>>,
    actions: Interner<(&'static str, u16)>,
    truth: Truth,
}

impl Cells {
    pub(super) fn new(system: Arc<System>) -> Self {
        Cells {
            truth: Truth::new(&system),
            system,
            cells: Interner::new(),
            rows: Interner::new(),
            actions: Interner::new(),
        }
    }

    pub(super) fn system(&self) -> &Arc<System> {
        &self.system
    }

    pub(super) fn pack(&self, state: &State) -> Packed {
        let cells = self.system.cells(state).into_iter();
        self.packed(cells.map(|cell| self.cells.id(cell)).collect())
    }

    /// The state after a step, given the cells of the state before. Most cells are the same.
    fn pack_after(&self, state: &State, before: &CellRow) -> Packed {
        let cells = self.system.cells(state).into_iter().zip(before);
        let same = |cell: &Cell, id: u32| self.cells.get(id) == cell;
        let ids = cells.map(|(cell, id)| match same(&cell, *id) {
            true => *id,
            false => self.cells.id(cell),
        });
        self.packed(ids.collect())
    }

    fn packed(&self, row: CellRow) -> Packed {
        Packed {
            slots: 0,
            world: self.rows.id(row),
            rest: 0,
        }
    }

    pub(super) fn unpack(&self, packed: Packed) -> State {
        let row = self.rows.get(packed.world).iter();
        self.system
            .with_cells(row.map(|cell| self.cells.get(*cell)))
    }

    /// The state through its view: two states have the same view if and only if these numbers are
    /// equal.
    pub(super) fn look(&self, packed: Packed) -> Packed {
        let look = self.rows.info(packed.world, |row| {
            self.rows
                .id(row.iter().map(|cell| self.shown(*cell)).collect())
        });
        Packed {
            world: *look,
            ..packed
        }
    }

    /// The cell as it appears in the view.
    fn shown(&self, cell: u32) -> u32 {
        *self.cells.info(cell, |content| match content {
            Cell::Slot(slot) => self.cells.id(Cell::Shown(self.system.slot_view(slot))),
            _ => cell,
        })
    }

    /// Calls `found` for all steps of a state, including those that change nothing.
    pub(super) fn steps(&self, packed: Packed, found: &mut dyn FnMut(Label, Packed)) {
        let state = self.unpack(packed);
        let before = self.rows.get(packed.world);
        let mut steps = Vec::new();
        self.system.actions(&state, &mut steps);
        for step in steps {
            let label = self.label(&step);
            if let Some(after) = self.system.take(state.clone(), &step) {
                found(label, self.pack_after(&after, before));
            }
        }
    }

    fn label(&self, step: &Step) -> Label {
        let slot = step.slot().map_or(0, |slot| slot + 1);
        label(&self.actions, step.action, slot)
    }

    pub(super) fn names(&self) -> &Interner<(&'static str, u16)> {
        &self.actions
    }

    pub(super) fn at_rest(&self, packed: Packed) -> bool {
        self.system.at_rest(&self.unpack(packed))
    }

    pub(super) fn broken(&self, packed: Packed) -> bool {
        self.system.breach(&self.unpack(packed)).is_some()
    }

    pub(super) fn watches(&self) -> Vec<Watch> {
        self.truth.watches()
    }

    pub(super) fn truths(&self, packed: Packed, asked: u64) -> u64 {
        self.truth
            .of_state(&self.system, &self.unpack(packed), asked)
    }
}

/// The actions by label.
pub(super) fn actions(names: &Interner<(&'static str, u16)>) -> Vec<Action> {
    let labels = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let actions = (0..labels).map(|id| *names.get(id));
    actions
        .map(|(name, slot)| Action {
            name: name.to_owned(),
            slot: (slot > 0).then_some(slot),
        })
        .collect()
}
