//! Any Stateright model as a search space.

use std::cell::Cell;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use stateright::Model;

use super::fault::{FaultCell, MergedStates, ModelFault};
use super::hash_audit::HashAudit;
use super::intern::Interner;
use super::path::Modelled;
use super::places;
use super::space::{Space, Watch};
use super::transitions::{Action, Label};

pub use super::identity::{Bits, Double, Exact, Identity, Place};

/// A model that several threads can search, and whose states and actions can be printed in a report.
/// States must be `Clone + Debug + PartialEq + Hash + Send + Sync`, actions `Debug`.
pub trait Searchable:
    Model<State: Clone + Debug + PartialEq + Hash + Send + Sync, Action: Debug> + Sync
{
}

impl<M> Searchable for M where
    M: Model<State: Clone + Debug + PartialEq + Hash + Send + Sync, Action: Debug> + Sync
{
}

/// A state predicate of a model.
pub type Predicate<M> = fn(&M, &<M as Model>::State) -> bool;

/// A function that maps all states that are the same up to symmetry to one representative.
pub type Representative<M> = fn(&<M as Model>::State) -> <M as Model>::State;

/// The number of first states whose steps are computed twice, to check that the results are equal.
const REPEATED: usize = 1 << 10;
/// After these, the steps of one in this many states are computed twice.
const REPEATED_LATER: u32 = 1 << 10;

/// A model as a search space.
///
/// A search relies on three rules that the compiler cannot check: equal states have equal hashes and
/// different states different ones; `actions` and `next_state` depend on their arguments alone; and
/// neither panics. `Plain` checks the first two on a sample of the states, and the third everywhere:
/// see [`ModelFault`] and [`MergedStates`].
pub struct Plain<'m, M: Searchable, I: Identity<M::State>> {
    model: &'m M,
    identity: I,
    audit: HashAudit<I::Key, M::State>,
    hash_decides: bool,
    faults: FaultCell,
    repeated: AtomicUsize,
    name: Option<fn(&M::Action) -> Action>,
    representative: Option<Representative<M>>,
    actions: Interner<Action>,
    watches: Vec<Watch>,
    predicates: Vec<Predicate<M>>,
    names: Vec<&'static str>,
}

impl<'m, M, I> Plain<'m, M, I>
where
    M: Searchable,
    I: Identity<M::State>,
{
    /// A space for the model and its properties: each `always` becomes an invariant, each `sometimes`
    /// a witness, and each `eventually` a predicate whose truth is kept for every state.
    pub fn new(model: &'m M, identity: I) -> Self {
        let properties = model.properties();
        Plain {
            model,
            identity,
            audit: HashAudit::new(),
            hash_decides: false,
            faults: FaultCell::default(),
            repeated: AtomicUsize::new(0),
            name: None,
            representative: None,
            actions: Interner::new(),
            watches: properties
                .iter()
                .map(|p| Watch::from(&p.expectation))
                .collect(),
            predicates: properties.iter().map(|p| p.condition).collect(),
            names: properties.iter().map(|p| p.name).collect(),
        }
    }

    /// Sets the names of actions, for statistics and fairness. Without names an action is identified
    /// by its index among those of its state.
    #[must_use]
    pub fn named(mut self, name: fn(&M::Action) -> Action) -> Self {
        self.name = Some(name);
        self
    }

    /// Symmetry reduction: merges states with the same representative, as
    /// [`stateright::Representative`] defines it. Use it for parts that are interchangeable.
    ///
    /// This is sound if a state and its representative differ only by a permutation of such parts, if
    /// permuted states have the same steps up to permutation, and if no predicate distinguishes them.
    /// Then predicates are decided as without reduction, by paths of the same length. The search keeps
    /// the states that it reached and not their representatives, so every path is a path of the model.
    /// If permuted states have different representatives, this costs states, but not soundness.
    ///
    /// It is not sound for liveness, and a liveness verdict is refused: a cycle back to another
    /// permutation of a state is not a cycle of the model, and fairness towards one part is not
    /// fairness towards each of the interchangeable parts.
    #[must_use]
    pub fn symmetric(mut self, representative: Representative<M>) -> Self {
        self.representative = Some(representative);
        self
    }

    /// Declares that `Hash` omits fields on purpose: states that differ only in these fields are
    /// merged, and this is not reported. Sound only if such states have the same steps and the same
    /// truth of every predicate, up to these fields.
    #[must_use]
    pub fn hash_decides(mut self) -> Self {
        self.hash_decides = true;
        self
    }

    /// Adds a predicate.
    #[must_use]
    pub fn asked(mut self, name: &'static str, watch: Watch, predicate: Predicate<M>) -> Self {
        self.names.push(name);
        self.watches.push(watch);
        self.predicates.push(predicate);
        self
    }

    /// The model.
    pub fn model(&self) -> &'m M {
        self.model
    }

    /// The way in which its states are identified.
    pub fn identity(&self) -> &I {
        &self.identity
    }

    fn label(&self, place: usize, action: &M::Action) -> Label {
        let label = match self.name {
            Some(name) => self.actions.id(name(action)) as usize,
            None => place,
        };
        Label::try_from(label).unwrap_or_else(|_| {
            self.faults.set(ModelFault::TooManyActions);
            Label::MAX
        })
    }

    /// Computes every step of a state. If the model panics, the fault names the state and the action.
    fn steps(
        &self,
        state: &M::State,
        actions: &mut Vec<M::Action>,
        mut found: impl FnMut(Label, M::State),
    ) {
        // The function that is running, and the index of the action.
        let now = Cell::new((Some("`actions`"), None));
        let work = || {
            actions.clear();
            self.model.actions(state, actions);
            for (place, action) in actions.drain(..).enumerate() {
                now.set((Some("`next_state`"), Some(place)));
                let label = self.label(place, &action);
                let Some(after) = self.model.next_state(state, action) else {
                    continue;
                };
                now.set((
                    Some("`within_boundary`, for the state after the action"),
                    Some(place),
                ));
                if self.model.within_boundary(&after) {
                    now.set((None, None));
                    found(label, after);
                }
            }
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
            let (Some(call), place) = now.get() else {
                // The panic did not come from the model.
                resume_unwind(payload);
            };
            let action = place.and_then(|place| self.action_at(state, place));
            self.faults.panicked(call, state, action, &*payload);
        }
    }

    /// The action at this index, as text. The original value was consumed, so the actions are computed
    /// again.
    fn action_at(&self, state: &M::State, place: usize) -> Option<String> {
        let collect = || {
            let mut actions = Vec::new();
            self.model.actions(state, &mut actions);
            let action = actions.get(place);
            action.map(|action| self.model.format_action(action))
        };
        catch_unwind(AssertUnwindSafe(collect)).ok().flatten()
    }

    /// Whether the steps of the next state are computed twice.
    fn is_repeated(&self, buffer: &mut Buffer<M::Action>) -> bool {
        buffer.expanded = buffer.expanded.wrapping_add(1);
        buffer.expanded.is_multiple_of(REPEATED_LATER)
            || self.repeated.load(Relaxed) < REPEATED
                && self.repeated.fetch_add(1, Relaxed) < REPEATED
    }

    /// Computes the steps of a state again. They must be the same.
    fn repeat(&self, state: &M::State, first: &[(Label, I::Key)], actions: &mut Vec<M::Action>) {
        let mut again = Vec::new();
        self.steps(state, actions, |label, after| {
            again.push((label, self.identity_of(&after)));
        });
        let difference = match first
            .iter()
            .zip(&again)
            .position(|(one, other)| one != other)
        {
            Some(step) => format!("step {} is another one", step + 1),
            None if first.len() == again.len() => return,
            None => format!(
                "first there were {} steps, then {}",
                first.len(),
                again.len()
            ),
        };
        self.faults.set(ModelFault::Unstable {
            state: format!("{state:?}"),
            difference,
        });
    }

    fn identity_of(&self, state: &M::State) -> I::Key {
        match self.representative {
            Some(representative) => self.identity.key(&representative(state)),
            None => self.identity.key(state),
        }
    }

    fn audited(&self, state: &M::State) -> I::Key {
        let key = self.identity.key(state);
        // Comparing exact keys is already a comparison with `Eq`.
        if !self.hash_decides && self.identity.bits().is_some() {
            self.audit.check(key, state);
        }
        key
    }
}

/// Memory that a thread reuses for each state that it expands.
pub struct Buffer<A> {
    actions: Vec<A>,
    expanded: u32,
}

impl<M, I> Space for Plain<'_, M, I>
where
    M: Searchable,
    I: Identity<M::State>,
{
    type Key = I::Key;
    type Node = M::State;
    type Worker<'s>
        = Buffer<M::Action>
    where
        Self: 's;

    fn worker(&self) -> Buffer<M::Action> {
        Buffer {
            actions: Vec::new(),
            expanded: 0,
        }
    }

    fn initial(&self) -> Vec<M::State> {
        let states = || {
            let mut states = self.model.init_states();
            states.retain(|state| self.model.within_boundary(state));
            states
        };
        let call = "`init_states` or `within_boundary`";
        let states = self.faults.guard(call, &"none yet", states);
        states.unwrap_or_default()
    }

    fn key(&self, state: &M::State) -> I::Key {
        match self.representative {
            Some(representative) => self.audited(&representative(state)),
            None => self.audited(state),
        }
    }

    fn restore(&self, key: I::Key) -> Option<M::State> {
        // With symmetry reduction the key identifies only the representative of the reached state.
        match self.representative {
            Some(_) => None,
            None => self.identity.restore(key),
        }
    }

    fn expand(
        &self,
        state: &M::State,
        buffer: &mut Buffer<M::Action>,
        mut found: impl FnMut(Label, M::State),
    ) {
        if !self.is_repeated(buffer) {
            self.steps(state, &mut buffer.actions, found);
            return;
        }
        let mut first = Vec::new();
        self.steps(state, &mut buffer.actions, |label, after| {
            first.push((label, self.identity_of(&after)));
            found(label, after);
        });
        if self.faults.get().is_none() {
            self.repeat(state, &first, &mut buffer.actions);
        }
    }

    fn actions(&self) -> Vec<Action> {
        let named = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
        (0..named).map(|id| self.actions.get(id).clone()).collect()
    }

    fn predicates(&self) -> Vec<Watch> {
        self.watches.clone()
    }

    fn names(&self) -> Vec<&'static str> {
        self.names.clone()
    }

    fn truths(&self, state: &M::State, asked: u64, _: &mut Buffer<M::Action>) -> u64 {
        let now = Cell::new(0);
        let ask = || {
            let mut truths = 0;
            for place in places(asked) {
                now.set(place);
                truths |= u64::from(self.predicates[place](self.model, state)) << place;
            }
            truths
        };
        let truths = catch_unwind(AssertUnwindSafe(ask));
        truths.unwrap_or_else(|payload| {
            let call = format!("the property `{}`", self.names[now.get()]);
            self.faults.panicked(&call, state, None, &*payload);
            0
        })
    }

    fn fault(&self) -> Option<&ModelFault> {
        self.faults.get()
    }

    fn merged(&self) -> Option<&MergedStates> {
        self.audit.merged()
    }

    fn is_folded(&self) -> bool {
        self.representative.is_some()
    }

    fn bits(&self) -> Option<u32> {
        self.identity.bits()
    }
}

impl<M, I> Modelled for Plain<'_, M, I>
where
    M: Searchable,
    I: Identity<M::State>,
{
    type Model = M;

    fn model(&self) -> &M {
        self.model
    }

    fn state(&self, node: &M::State) -> M::State {
        node.clone()
    }

    fn is(&self, state: &M::State, key: I::Key) -> bool {
        self.model.within_boundary(state) && self.identity_of(state) == key
    }

    fn name_of(&self, action: &M::Action) -> Option<Action> {
        self.name.map(|name| name(action))
    }
}
