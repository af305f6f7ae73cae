//! Represents the states of any Stateright actor model as a few small numbers, and looks steps up
//! in tables instead of taking them.
//!
//! Stateright takes a step of an actor model by copying the whole state and changing a part of it;
//! to recognise the state, it hashes all of it. But a handler depends only on one actor and one
//! message, and a model has few of these, even if they combine to many states:
//!
//! ```text
//! state ─┬─ seat of actor 0 ─┬─ local: state, timers, random choices, storage, whether it is down
//!        │                   └─ inbox: the envelopes on their way to it
//!        ├─ seat of actor 1 ─ …
//!        └─ rest: history, what was delivered last, what is on its way to nobody
//! ```
//!
//! Every box of this drawing is stored once and numbered. A state is a tree of numbers whose root
//! takes eight bytes (`tree`). A handler runs once for each combination of local state and
//! envelope. The steps that are possible in a seat, and their effects on it, are computed once for
//! each seat (`turns`). To take a step, the search replaces the numbers of the sender's seat, the
//! receivers' seats and the rest, and looks up the numbers of the pairs above them.
//!
//! So only pairs of numbers are hashed, no information is lost, and different states are never
//! merged. The graph is exactly that of [`Plain`](super::plain::Plain) for the same model, with the
//! same steps in the same order.
//!
//! The tables cannot help where the model is opaque. A property is a function of the whole state,
//! so by default every new state is assembled to evaluate it, which takes more time than everything
//! else. [`Interned::about`] declares on which part a property depends; [`Interned::bounded`]
//! declares the same for the boundary.
//!
//! ```
//! use stateright::Expectation;
//! use stateright::actor::{Actor, ActorModel, Id, Out};
//! use std::borrow::Cow;
//! use tandem_search::limits::{Limits, Run};
//! use tandem_search::actors::{About, Interned};
//! use tandem_search::{Keep, search};
//! use tandem_search::cancel::Cancel;
//!
//! /// Sends a number to the other one, until it is 3.
//! struct Player;
//!
//! impl Actor for Player {
//!     type Msg = u8;
//!     type State = u8;
//!     type Timer = ();
//!     type Random = ();
//!     type Storage = ();
//!
//!     fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> u8 {
//!         if usize::from(id) == 0 {
//!             out.send(Id::from(1), 1);
//!         }
//!         0
//!     }
//!
//!     fn on_msg(&self, _: Id, last: &mut Cow<u8>, from: Id, number: u8, out: &mut Out<Self>) {
//!         if number > **last {
//!             *last.to_mut() = number;
//!             if number < 3 {
//!                 out.send(from, number + 1);
//!             }
//!         }
//!     }
//! }
//!
//! let model = ActorModel::new((), ())
//!     .actors([Player, Player])
//!     .property(Expectation::Always, "below 3", |_, state| {
//!         state.actor_states.iter().all(|last| **last < 3)
//!     });
//! let space = Interned::new(&model)
//!     .about("below 3", About::ACTORS)?
//!     .bounded(About::NOTHING);
//! let cancel = Cancel::new();
//! let found = search(space, Keep::Graph, &Run::new(&Limits::NONE, &cancel));
//! let bad = found.decided[0].ok_or("it is violated")?;
//! assert_eq!(found.states(), 4);
//! assert_eq!(found.path(bad)?.steps.len(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod about;
mod handlers;
mod inboxes;
mod local;
mod names;
mod questions;
mod sample;
mod scratch;
mod space;
mod thread_state;
mod tree;
mod turns;

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use stateright::Model;
use stateright::actor::{Actor, ActorModel, ActorModelAction, ActorModelState};

use super::cache::pair;
use super::fault::FaultCell;
use super::fingerprint::fold;
use super::intern::{Informed, Interner, Memo};
use super::number;
use super::path::Modelled;
use super::space::Key;
use super::transitions::Action;

pub use about::About;
use about::Truth;
use handlers::{Effect, Outcome, Own};
use inboxes::Inboxes;
use local::Local;
pub use names::by_kind;
use questions::Question;
pub use questions::{NoSuchProperty, NotChecked};
use scratch::Scratch;
pub use thread_state::ThreadState;
use thread_state::ThreadStates;
use tree::{Grown, Tree};
use turns::{Rest, Seat, Turn};

/// An actor that several threads can use. Every actor whose types can be shared between threads,
/// and whose messages and timers are ordered (as `ActorModel` requires), implements it.
///
/// As everywhere in Rust, the order must agree with equality, and equality with the hash.
pub trait Participant:
    Actor<
        Msg: Ord + Send + Sync,
        Timer: Ord + Send + Sync,
        State: Send + Sync,
        Random: Send + Sync,
        Storage: Send + Sync,
    > + Sync
{
}

impl<A> Participant for A where
    A: Actor<
            Msg: Ord + Send + Sync,
            Timer: Ord + Send + Sync,
            State: Send + Sync,
            Random: Send + Sync,
            Storage: Send + Sync,
        > + Sync
{
}

/// A history that can be compared and hashed, and that threads can share.
pub trait History: Clone + Debug + PartialEq + Hash + Send + Sync {}

impl<H: Clone + Debug + PartialEq + Hash + Send + Sync> History for H {}

/// A state of an actor model.
type State<A, H> = ActorModelState<A, H>;

/// An action of an actor model.
pub type ActionOf<A> =
    ActorModelAction<<A as Actor>::Msg, <A as Actor>::Timer, <A as Actor>::Random>;

/// A state predicate of an actor model.
pub type Predicate<A, C, H> = fn(&ActorModel<A, C, H>, &ActorModelState<A, H>) -> bool;

/// A state as numbers. Two states of the same space are equal if and only if their numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Snapshot([u32; 2]);

impl Key for Snapshot {
    fn hash(self) -> u64 {
        fold(pair(self.0) ^ 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93)
    }
}

/// An actor model as a search space.
pub struct Interned<'m, A: Participant, C, H: History> {
    model: &'m ActorModel<A, C, H>,
    /// The initial state, and the numbers of its parts.
    initial: (State<A, H>, Vec<u32>),
    locals: Informed<Local<A>, Own>,
    mail: Inboxes<A::Msg>,
    seats: Informed<Seat, Box<[Turn]>>,
    histories: Interner<H>,
    rests: Informed<Rest, Box<[Turn]>>,
    tree: Tree,
    effects: Interner<Effect>,
    /// The effect of a step that affects no other actor.
    nothing: u32,
    /// The outcome of delivering an envelope to a local state; `None` if the delivery is not a
    /// step.
    deliveries: Memo<(u32, u32), Option<Outcome>>,
    name: fn(&ActionOf<A>) -> Action,
    actions: Interner<Action>,
    questions: Vec<Question<A, C, H>>,
    boundary: Truth,
    checked: bool,
    /// Whether any declaration was compared with the actual truth.
    compared: AtomicBool,
    faults: FaultCell,
    thread_states: ThreadStates<A, H>,
}

impl<'m, A: Participant, C: Sync, H: History> Interned<'m, A, C, H> {
    /// A space for the model and its properties: each `always` becomes an invariant, each
    /// `sometimes` a witness, and each `eventually` a predicate whose truth is kept for every
    /// state.
    pub fn new(model: &'m ActorModel<A, C, H>) -> Self {
        let even = vec![1.0; model.actors.len() + 1];
        let weights = sample::weights(Self::over(model, Tree::new(even)));
        Self::over(model, Tree::new(weights))
    }
}

impl<'m, A: Participant, C, H: History> Interned<'m, A, C, H> {
    fn over(model: &'m ActorModel<A, C, H>, tree: Tree) -> Self {
        let Some(initial) = model.init_states().pop() else {
            unreachable!("an actor model has one initial state")
        };
        let effects = Interner::new();
        let questions = model.properties.iter().map(Question::of);
        let mut space = Interned {
            locals: Interner::new(),
            mail: Inboxes::new(model.actors.len(), &initial.network),
            seats: Interner::new(),
            histories: Interner::new(),
            rests: Interner::new(),
            tree,
            nothing: effects.id(Effect::default()),
            effects,
            deliveries: Memo::new(),
            name: by_kind::<A::Msg, A::Timer, A::Random>,
            actions: Interner::new(),
            questions: questions.collect(),
            boundary: Truth::new(About::EVERYTHING),
            checked: false,
            compared: AtomicBool::new(false),
            faults: FaultCell::default(),
            thread_states: ThreadStates::new(),
            initial: (initial, Vec::new()),
            model,
        };
        space.initial.1 = space.leaves(&space.initial.0);
        space
    }

    /// Sets the names of actions, for statistics and fairness. By default they have the names that
    /// [`by_kind`] gives, and a custom name can build on these:
    ///
    /// ```
    /// use stateright::actor::ActorModelAction;
    /// use tandem_search::Action;
    /// use tandem_search::actors::by_kind;
    ///
    /// enum Message { Ping(u32), Pong(u32) }
    ///
    /// fn name(action: &ActorModelAction<Message, (), ()>) -> Action {
    ///     let mut name = by_kind(action);
    ///     if let ActorModelAction::Deliver { msg, .. } = action {
    ///         name.name = match msg {
    ///             Message::Ping(_) => "ReceivePing".to_owned(),
    ///             Message::Pong(_) => "ReceivePong".to_owned(),
    ///         };
    ///     }
    ///     name
    /// }
    /// ```
    #[must_use]
    pub fn named(mut self, name: fn(&ActionOf<A>) -> Action) -> Self {
        self.name = name;
        self
    }

    /// The model.
    pub fn model(&self) -> &'m ActorModel<A, C, H> {
        self.model
    }

    /// The state that these numbers represent.
    pub fn state(&self, snapshot: Snapshot) -> ActorModelState<A, H> {
        let mut grown = Grown::default();
        self.tree.read(snapshot.0, &mut grown);
        let mut scratch = Scratch::new(self);
        scratch.of(self, self.tree.leaves(&grown));
        scratch.into_state()
    }

    /// The numbers of the parts of a state.
    fn leaves(&self, state: &State<A, H>) -> Vec<u32> {
        let actors = self.model.actors.len();
        let (inboxes, last) = self.mail.sort(&state.network);
        let locals = (0..actors).map(|actor| self.locals.id(Local::of(state, actor)));
        let seats = locals.zip(&inboxes).map(|(local, inbox)| Seat {
            local,
            inbox: *inbox,
        });
        let rest = Rest {
            history: self.histories.id_of(&state.history),
            last,
            astray: inboxes[actors],
        };
        let seats = seats.map(|seat| self.seats.id(seat));
        seats.chain([self.rests.id(rest)]).collect()
    }

    /// The memory of the space in bytes, in addition to the memory of the search for each state.
    /// Heap memory of the model's own values is not known, and not included.
    pub fn bytes(&self) -> usize {
        let turns =
            |turns: &OnceLock<Box<[Turn]>>| turns.get().map_or(0, |turns| size_of_val(&**turns));
        let truths = self.questions.iter().map(|question| &question.truth);
        let truths = truths.chain([&self.boundary]).map(Truth::bytes);
        self.locals.bytes(|_, own| own.get().map_or(0, Own::bytes))
            + self.mail.bytes()
            + self.seats.bytes(|_, of| turns(of))
            + self.rests.bytes(|_, of| turns(of))
            + self.histories.bytes(|_, _| 0)
            + self.effects.bytes(|effect, _| size_of_val(&*effect.sent))
            + self.tree.bytes()
            + self.deliveries.bytes()
            + self.thread_states.bytes()
            + truths.sum::<usize>()
    }
}

impl<'m, A: Participant, C: Sync, H: History> Modelled for Interned<'m, A, C, H> {
    type Model = ActorModel<A, C, H>;

    fn model(&self) -> &ActorModel<A, C, H> {
        self.model
    }

    fn state(&self, node: &Snapshot) -> ActorModelState<A, H> {
        self.state(*node)
    }

    fn is(&self, state: &ActorModelState<A, H>, key: Snapshot) -> bool {
        self.state(key) == *state
    }

    fn name_of(&self, action: &ActionOf<A>) -> Option<Action> {
        Some((self.name)(action))
    }
}
