//! The entrance for any model: it chooses the engine by the type of the model.

use stateright::Model;
use stateright::actor::ActorModel;

use crate::Search;
use crate::actors::{History, Interned, Participant};
use crate::fingerprint::Fingerprints;
use crate::plain::{Plain, Searchable};

/// A [`Search`](crate::Search) of a model, with the engine that suits its type.
///
/// An `ActorModel` is searched as [`Search::actors`](crate::Search::actors) does it: exactly, and several
/// times as fast. Every other model, and an `ActorModel` whose messages or states cannot be shared by
/// threads, is searched as [`Search::model`](crate::Search::model) does it. The argument is the model itself,
/// not a reference to it; it is borrowed.
///
/// ```
/// use stateright::actor::{Actor, ActorModel, Id, Out};
///
/// struct Idle;
///
/// impl Actor for Idle {
///     type Msg = ();
///     type State = ();
///     type Timer = ();
///     type Random = ();
///     type Storage = ();
///
///     fn on_start(&self, _: Id, _: &Option<()>, _: &mut Out<Self>) {}
/// }
///
/// let model = ActorModel::new((), ()).actors([Idle, Idle]);
/// let found = tandem_search::search_model!(model).threads(2).run();
/// assert_eq!(found.states(), 1);
/// ```
///
/// In a function that is generic over the model, the type is not known where the engine is chosen, so
/// [`Search::model`](crate::Search::model) is taken.
#[macro_export]
macro_rules! search_model {
    ($model:expr) => {{
        #[allow(unused_imports)]
        use $crate::entrance::{SearchActors as _, SearchStates as _};
        $crate::entrance::borrowed(&$model).search()
    }};
}

// Rust looks for a method first for the type of the receiver, here `&ActorModel`, and then for a reference to
// it. `SearchActors` has the method at the first place, for actor models only; `SearchStates` has it at the
// second, for all models. So no specialisation, which is not stable, is needed.

/// Part of [`search_model!`](crate::search_model): the method of an actor model.
pub trait SearchActors {
    /// The engine.
    type Space<'m>
    where
        Self: 'm;

    /// A search of this model.
    fn search<'r>(&self) -> Search<'r, Self::Space<'_>>;
}

impl<A: Participant, C: Sync, H: History> SearchActors for ActorModel<A, C, H> {
    type Space<'m>
        = Interned<'m, A, C, H>
    where
        Self: 'm;

    fn search<'r>(&self) -> Search<'r, Interned<'_, A, C, H>> {
        Search::actors(self)
    }
}

/// Part of [`search_model!`](crate::search_model): the method of every other model.
pub trait SearchStates<'m> {
    /// The model.
    type Model: Searchable;

    /// A search of this model.
    fn search<'r>(&self) -> Search<'r, Plain<'m, Self::Model, Fingerprints>>;
}

impl<'m, M: Searchable> SearchStates<'m> for &'m M {
    type Model = M;

    fn search<'r>(&self) -> Search<'r, Plain<'m, M, Fingerprints>> {
        Search::model(self)
    }
}

/// Part of [`search_model!`](crate::search_model): refuses what is not a model, such as a reference to one.
pub fn borrowed<M: Model>(model: &M) -> &M {
    model
}
