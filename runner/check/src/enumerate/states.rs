//! Chooses the representation of a system's states: packed if the system has one endpoint and only
//! features that [`super::space`] supports, otherwise rows of cells.

use std::sync::Arc;

use stateright::Model as _;
use tandem_models::kit::system::{State, System};

use super::cells::{Cells, actions};
use super::space::{Folded, Numbers, Packed};
use super::truth::Truth;
use tandem_search::space::{Space, Watch};
use tandem_search::{Action, Label, Node};

/// The numbered states of a system, and its steps.
pub(crate) enum States {
    /// Packed, for systems with one endpoint.
    Packed(Box<Numbers>),
    /// Rows of cells, for any system.
    Cells(Box<Cells>),
}

/// The representation of states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// Packed where that is possible, else rows of cells.
    #[default]
    Fitting,
    /// Rows of cells, which work for every system. Tests compare the two representations.
    Cells,
}

impl States {
    pub(super) fn new(system: Arc<System>, symmetric: bool, form: Form) -> Self {
        match form {
            Form::Fitting if system.has_one_endpoint_only() => {
                States::Packed(Box::new(Numbers::new(system, symmetric)))
            }
            Form::Fitting | Form::Cells => States::Cells(Box::new(Cells::new(system))),
        }
    }

    pub(super) fn system(&self) -> &Arc<System> {
        match self {
            States::Packed(numbers) => numbers.system(),
            States::Cells(cells) => cells.system(),
        }
    }

    pub(super) fn pack(&self, state: &State) -> Packed {
        match self {
            States::Packed(numbers) => numbers.pack(state.clone()),
            States::Cells(cells) => cells.pack(state),
        }
    }

    pub(super) fn unpack(&self, packed: Packed) -> State {
        match self {
            States::Packed(numbers) => numbers.unpack(packed),
            States::Cells(cells) => cells.unpack(packed),
        }
    }

    /// The state through its view: two states have the same view if and only if these numbers are
    /// equal.
    pub(super) fn look(&self, packed: Packed) -> Packed {
        match self {
            States::Packed(numbers) => numbers.look(packed),
            States::Cells(cells) => cells.look(packed),
        }
    }

    /// The representative of a state under symmetry reduction.
    pub(super) fn representative(&self, packed: Packed) -> Packed {
        match self {
            States::Packed(numbers) => numbers.representative(packed),
            States::Cells(_) => packed,
        }
    }

    /// The kinds of symmetry that are used; none with rows of cells.
    pub(super) fn folded(&self) -> Folded {
        match self {
            States::Packed(numbers) => numbers.folded(),
            States::Cells(_) => Folded::default(),
        }
    }

    /// Whether this representation supports symmetry reduction at all.
    pub(super) fn knows_symmetry(&self) -> bool {
        matches!(self, States::Packed(_))
    }

    /// Calls `found` for all steps of a state, including those that change nothing.
    pub(super) fn steps(&self, packed: Packed, found: &mut dyn FnMut(Label, Packed)) {
        match self {
            States::Packed(numbers) => numbers.steps(packed, found),
            States::Cells(cells) => cells.steps(packed, found),
        }
    }

    /// The name of the action that a label stands for.
    pub(super) fn name(&self, label: Label) -> &'static str {
        match self {
            States::Packed(numbers) => numbers.name(label),
            States::Cells(cells) => cells.names().get(u32::from(label)).0,
        }
    }

    /// Whether no message waits and no slot is busy.
    pub(super) fn at_rest(&self, packed: Packed) -> bool {
        match self {
            States::Packed(numbers) => numbers.at_rest(packed),
            States::Cells(cells) => cells.at_rest(packed),
        }
    }

    /// The mask of the predicate that is true where a handler broke the rules of replay.
    pub(super) fn breach(&self) -> u64 {
        1 << (self.predicates().len() - 1)
    }

    /// The truth of the predicates in the mask `asked` in a state. Answers are stored in `truth`.
    pub(super) fn truth(&self, truth: &Truth, packed: Packed, asked: u64) -> u64 {
        match self {
            States::Packed(numbers) => truth.of(numbers, packed, asked),
            States::Cells(cells) => truth.of_state(cells.system(), &cells.unpack(packed), asked),
        }
    }
}

impl Space for States {
    type Key = Packed;
    type Node = Packed;
    type Worker<'s>
        = ()
    where
        Self: 's;

    /// The memory per raw state after the search: its view, the table of views, and the first raw state
    /// of each view.
    const AFTERWARDS: usize = size_of::<Packed>() + 3 * size_of::<u32>() + 2 * size_of::<Node>();

    fn worker(&self) {}

    fn initial(&self) -> Vec<Packed> {
        let states = self.system().init_states();
        states.iter().map(|state| self.pack(state)).collect()
    }

    fn key(&self, packed: &Packed) -> Packed {
        *packed
    }

    fn restore(&self, packed: Packed) -> Option<Packed> {
        Some(packed)
    }

    fn expand(&self, packed: &Packed, (): &mut (), mut found: impl FnMut(Label, Packed)) {
        self.steps(*packed, &mut |label, after| {
            if after != *packed {
                found(label, self.representative(after));
            }
        });
    }

    fn actions(&self) -> Vec<Action> {
        match self {
            States::Packed(numbers) => actions(numbers.names()),
            States::Cells(cells) => actions(cells.names()),
        }
    }

    fn predicates(&self) -> Vec<Watch> {
        match self {
            States::Packed(numbers) => numbers.watches(),
            States::Cells(cells) => cells.watches(),
        }
    }

    fn truths(&self, packed: &Packed, asked: u64, (): &mut ()) -> u64 {
        match self {
            States::Packed(numbers) => numbers.truths(*packed, asked),
            States::Cells(cells) => cells.truths(*packed, asked),
        }
    }

    fn broken(&self, packed: &Packed) -> bool {
        match self {
            States::Packed(numbers) => numbers.broken(*packed),
            States::Cells(cells) => cells.broken(*packed),
        }
    }
}
