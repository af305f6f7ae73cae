//! Any Stateright model, its states told apart by fingerprints or by themselves.

use std::hash::Hash;
use std::marker::PhantomData;

use stateright::Model;

use super::fingerprint::{Audited, Fingerprints, Wide};
use super::intern::Interner;
use super::path::Modelled;
use super::space::{Key, Space, Watch};
use super::transitions::{Action, Label};

/// How the states of a model are told apart.
pub trait Identity<S>: Sync {
    /// By what.
    type Key: Key;

    /// What tells this state from all others.
    fn key(&self, state: &S) -> Self::Key;

    /// The state, if the key says it.
    fn restore(&self, key: Self::Key) -> Option<S>;

    /// How many bits of the key take part; none if the key is exact.
    fn bits(&self) -> Option<u32>;
}

/// By 64-bit fingerprints: eight bytes a state.
impl<S: Hash> Identity<S> for Fingerprints {
    type Key = u64;

    fn key(&self, state: &S) -> u64 {
        self.single(state)
    }

    fn restore(&self, _: u64) -> Option<S> {
        None
    }

    fn bits(&self) -> Option<u32> {
        Some(Fingerprints::bits(*self))
    }
}

/// By two fingerprints: as one of 128 bits ([`Wide`]), or the second as a witness of the first
/// ([`Audited`]).
pub struct Double<K>(Fingerprints, PhantomData<fn() -> K>);

impl Double<Wide> {
    /// 128 bits: sixteen bytes a state.
    pub fn wide() -> Self {
        Double(Fingerprints::default(), PhantomData)
    }
}

impl Double<Audited> {
    /// Counts how often the first fingerprint takes a state for another one.
    pub fn audited(fingerprints: Fingerprints) -> Self {
        Double(fingerprints, PhantomData)
    }
}

impl<S: Hash, K: Key + From<[u64; 2]> + Bits> Identity<S> for Double<K> {
    type Key = K;

    fn key(&self, state: &S) -> K {
        self.0.double(state).into()
    }

    fn restore(&self, _: K) -> Option<S> {
        None
    }

    fn bits(&self) -> Option<u32> {
        Some(self.0.bits() + K::MORE)
    }
}

/// How many bits a key has besides those of the first fingerprint.
pub trait Bits {
    /// So many.
    const MORE: u32;
}

impl Bits for Wide {
    const MORE: u32 = 64;
}

impl Bits for Audited {
    const MORE: u32 = 0;
}

/// By themselves: every state is kept in full, and none is taken for another one.
pub struct Exact<S>(Interner<S>);

impl<S: PartialEq + Hash> Exact<S> {
    /// Knows no state yet.
    pub fn new() -> Self {
        Exact(Interner::new())
    }
}

impl<S: PartialEq + Hash> Default for Exact<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// The number of a state that is kept in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

impl Key for Place {
    fn hash(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl<S: Clone + PartialEq + Hash + Send + Sync> Identity<S> for Exact<S> {
    type Key = Place;

    fn key(&self, state: &S) -> Place {
        Place(self.0.id_of(state))
    }

    fn restore(&self, key: Place) -> Option<S> {
        Some(self.0.get(key.0).clone())
    }

    fn bits(&self) -> Option<u32> {
        None
    }
}

/// A state predicate of a model.
pub type Predicate<M> = fn(&M, &<M as Model>::State) -> bool;

/// A state that stands for all that are the same up to symmetry.
pub type Representative<M> = fn(&<M as Model>::State) -> <M as Model>::State;

/// A model as a space.
pub struct Plain<'m, M: Model, I> {
    model: &'m M,
    identity: I,
    name: Option<fn(&M::Action) -> Action>,
    representative: Option<Representative<M>>,
    actions: Interner<Action>,
    watches: Vec<Watch>,
    predicates: Vec<Predicate<M>>,
}

impl<'m, M: Model, I> Plain<'m, M, I> {
    /// The model with its properties: an invariant for each `always`, a witness for each
    /// `sometimes`, and the truth everywhere for each `eventually`.
    pub fn new(model: &'m M, identity: I) -> Self {
        let properties = model.properties();
        Plain {
            model,
            identity,
            name: None,
            representative: None,
            actions: Interner::new(),
            watches: properties
                .iter()
                .map(|p| Watch::from(&p.expectation))
                .collect(),
            predicates: properties.iter().map(|p| p.condition).collect(),
        }
    }

    /// Names the actions, for statistics and fairness. Without names an action is known by its
    /// place among those of its state.
    #[must_use]
    pub fn named(mut self, name: fn(&M::Action) -> Action) -> Self {
        self.name = Some(name);
        self
    }

    /// Takes states for the same that have the same representative, as
    /// [`stateright::Representative`] has them: of parts that are alike, it no longer matters which
    /// is which.
    ///
    /// That is sound if a state and its representative differ in such a permutation only, if
    /// permuted states have the same steps up to permutation, and if no predicate tells them apart.
    /// Then predicates are settled as they are without, and by paths as short. States that are kept
    /// are those that were reached, never their representatives, so every path is one of the model.
    /// A representative that is not the same for all permutations costs states, not soundness.
    ///
    /// It is not sound for liveness: a cycle back to another permutation of a state is none of the
    /// model, and fairness towards one part is not fairness towards each of those that are alike.
    #[must_use]
    pub fn symmetric(mut self, representative: Representative<M>) -> Self {
        self.representative = Some(representative);
        self
    }

    /// Asks for one more predicate.
    #[must_use]
    pub fn asked(mut self, watch: Watch, predicate: Predicate<M>) -> Self {
        self.watches.push(watch);
        self.predicates.push(predicate);
        self
    }

    /// The model.
    pub fn model(&self) -> &'m M {
        self.model
    }

    /// How its states are told apart.
    pub fn identity(&self) -> &I {
        &self.identity
    }

    fn label(&self, place: usize, action: &M::Action) -> Label {
        let label = match self.name {
            Some(name) => self.actions.id(name(action)) as usize,
            None => place,
        };
        Label::try_from(label).unwrap_or(Label::MAX)
    }
}

impl<M, I> Space for Plain<'_, M, I>
where
    M: Model + Sync,
    M::State: Clone + Send + Sync,
    I: Identity<M::State>,
{
    type Key = I::Key;
    type Node = M::State;
    type Worker<'s>
        = Vec<M::Action>
    where
        Self: 's;

    fn worker(&self) -> Vec<M::Action> {
        Vec::new()
    }

    fn initial(&self) -> Vec<M::State> {
        let mut states = self.model.init_states();
        states.retain(|state| self.model.within_boundary(state));
        states
    }

    fn key(&self, state: &M::State) -> I::Key {
        match self.representative {
            Some(representative) => self.identity.key(&representative(state)),
            None => self.identity.key(state),
        }
    }

    fn restore(&self, key: I::Key) -> Option<M::State> {
        // The key says only the representative of what was reached.
        match self.representative {
            Some(_) => None,
            None => self.identity.restore(key),
        }
    }

    fn expand(
        &self,
        state: &M::State,
        actions: &mut Vec<M::Action>,
        mut found: impl FnMut(Label, M::State),
    ) {
        self.model.actions(state, actions);
        for (place, action) in actions.drain(..).enumerate() {
            let label = self.label(place, &action);
            if let Some(after) = self.model.next_state(state, action)
                && self.model.within_boundary(&after)
            {
                found(label, after);
            }
        }
    }

    fn actions(&self) -> Vec<Action> {
        let named = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
        (0..named).map(|id| self.actions.get(id).clone()).collect()
    }

    fn predicates(&self) -> Vec<Watch> {
        self.watches.clone()
    }

    fn truths(&self, state: &M::State, asked: u64, _: &mut Vec<M::Action>) -> u64 {
        let predicates = self.predicates.iter().enumerate();
        predicates
            .filter(|(place, _)| asked >> place & 1 == 1)
            .filter(|(_, holds)| holds(self.model, state))
            .fold(0, |truths, (place, _)| truths | 1 << place)
    }

    fn bits(&self) -> Option<u32> {
        self.identity.bits()
    }
}

impl<M, I> Modelled for Plain<'_, M, I>
where
    M: Model + Sync,
    M::State: Clone + Send + Sync,
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
        self.model.within_boundary(state) && self.key(state) == key
    }
}
