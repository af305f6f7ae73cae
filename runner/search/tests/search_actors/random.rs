//! Actors whose every reaction is drawn at random, so that no case is left out that a sane protocol
//! would never try: unset timers that are cancelled, messages to oneself and to nobody, choices
//! between equals, storages saved twice, handlers that say they changed a state and did not.

use std::borrow::Cow;

use proptest::prelude::*;
use stateright::Expectation;
use stateright::actor::{
    Actor, ActorModel, Envelope, Id, LossyNetwork, Network, Out, model_timeout,
};

use super::same::same;

const STATES: u8 = 3;
const MESSAGES: u8 = 3;
const TIMERS: u8 = 2;
const ACTORS: usize = 2;

/// What a handler does in one situation.
#[derive(Debug, Clone)]
struct Reaction {
    /// The new state, which may be the old one; none if the old one is not even touched.
    state: Option<u8>,
    commands: Vec<Command>,
}

#[derive(Debug, Clone)]
enum Command {
    Send(usize, u8),
    Set(u8),
    Cancel(u8),
    Choose(bool, Vec<u8>),
    Save(u8),
}

/// Reactions by what is told, and by the state of the one who is.
#[derive(Debug, Clone)]
struct Puppet {
    started: Vec<Reaction>,
    told: Vec<Reaction>,
    woken: Vec<Reaction>,
    chosen: Vec<Reaction>,
}

impl Puppet {
    fn react(reactions: &[Reaction], to: u8, state: &mut Cow<'_, u8>, out: &mut Out<Self>) {
        let place = usize::from(to) * usize::from(STATES) + usize::from(**state);
        let reaction = &reactions[place % reactions.len()];
        if let Some(new) = reaction.state {
            *state.to_mut() = new;
        }
        for command in &reaction.commands {
            match command {
                Command::Send(to, message) => out.send(Id::from(*to), *message),
                Command::Set(timer) => out.set_timer(*timer, model_timeout()),
                Command::Cancel(timer) => out.cancel_timer(*timer),
                Command::Choose(key, of) => out.choose_random(key.to_string(), of.clone()),
                Command::Save(storage) => out.save(*storage),
            }
        }
    }
}

impl Actor for Puppet {
    type Msg = u8;
    type State = u8;
    type Timer = u8;
    type Random = u8;
    type Storage = u8;

    fn on_start(&self, _id: Id, saved: &Option<u8>, out: &mut Out<Self>) -> u8 {
        let mut state = Cow::Owned(saved.unwrap_or(0));
        Puppet::react(&self.started, 0, &mut state, out);
        state.into_owned()
    }

    fn on_msg(&self, _: Id, state: &mut Cow<'_, u8>, from: Id, message: u8, out: &mut Out<Self>) {
        let from = u8::try_from(usize::from(from) % ACTORS).unwrap();
        Puppet::react(&self.told, from * MESSAGES + message, state, out);
    }

    fn on_timeout(&self, _: Id, state: &mut Cow<'_, u8>, timer: &u8, out: &mut Out<Self>) {
        Puppet::react(&self.woken, *timer, state, out);
    }

    fn on_random(&self, _: Id, state: &mut Cow<'_, u8>, random: &u8, out: &mut Out<Self>) {
        Puppet::react(&self.chosen, *random, state, out);
    }
}

/// The last things that were heard and said, and by whom.
type Heard = Vec<(bool, Id, Id, u8)>;

/// Records some messages only, and forgets what was long ago.
fn record(heard: &Heard, is_in: bool, envelope: Envelope<&u8>) -> Option<Heard> {
    (*envelope.msg != 1).then(|| {
        let event = (is_in, envelope.src, envelope.dst, *envelope.msg);
        [event]
            .into_iter()
            .chain(heard.iter().copied())
            .take(2)
            .collect()
    })
}

#[derive(Debug, Clone)]
struct World {
    puppets: Vec<Puppet>,
    network: u8,
    first: Vec<(usize, usize, u8)>,
    lossy: bool,
    max_crashes: usize,
    bound: usize,
}

impl World {
    fn model(&self) -> ActorModel<Puppet, usize, Heard> {
        let first = self.first.iter().map(|(src, dst, msg)| Envelope {
            src: Id::from(*src),
            dst: Id::from(*dst),
            msg: *msg,
        });
        let network = match self.network {
            0 => Network::new_unordered_duplicating(first),
            1 => Network::new_unordered_nonduplicating(first),
            _ => Network::new_ordered(first),
        };
        ActorModel::new(self.bound, Heard::new())
            .actors(self.puppets.clone())
            .init_network(network)
            .lossy_network(match self.lossy {
                true => LossyNetwork::Yes,
                false => LossyNetwork::No,
            })
            .max_crashes(self.max_crashes)
            .record_msg_in(|_, heard, envelope| record(heard, true, envelope))
            .record_msg_out(|_, heard, envelope| record(heard, false, envelope))
            .within_boundary(|bound, state| state.network.len() <= *bound)
            .property(Expectation::Always, "somebody is up", |_, state| {
                state.crashed.iter().any(|crashed| !crashed)
            })
            .property(
                Expectation::Sometimes,
                "the last one is heard",
                |_, state| state.history.iter().any(|(is_in, ..)| *is_in),
            )
            .property(Expectation::Eventually, "silence", |_, state| {
                state.network.len() == 0
            })
    }
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => (0..ACTORS + 1, 0..MESSAGES).prop_map(|(to, message)| Command::Send(to, message)),
        1 => (0..TIMERS).prop_map(Command::Set),
        1 => (0..TIMERS).prop_map(Command::Cancel),
        1 => (any::<bool>(), prop::collection::vec(0..3_u8, 0..3))
            .prop_map(|(key, of)| Command::Choose(key, of)),
        1 => (0..STATES).prop_map(Command::Save),
    ]
}

fn reactions(situations: u8) -> impl Strategy<Value = Vec<Reaction>> {
    let commands = prop_oneof![
        1 => Just(Vec::new()),
        3 => prop::collection::vec(command(), 1..3),
    ];
    let reaction = (prop::option::weighted(0.7, 0..STATES), commands);
    let reaction = reaction.prop_map(|(state, commands)| Reaction { state, commands });
    prop::collection::vec(reaction, usize::from(situations * STATES))
}

fn puppet() -> impl Strategy<Value = Puppet> {
    let actors = u8::try_from(ACTORS).unwrap();
    (
        reactions(1),
        reactions(actors * MESSAGES),
        reactions(TIMERS),
        reactions(3),
    )
        .prop_map(|(started, told, woken, chosen)| Puppet {
            started,
            told,
            woken,
            chosen,
        })
}

fn worlds() -> impl Strategy<Value = World> {
    (
        prop_oneof![
            1 => prop::collection::vec(puppet(), 0..ACTORS),
            9 => prop::collection::vec(puppet(), ACTORS),
        ],
        0..3_u8,
        prop::collection::vec((0..5_usize, 0..4_usize, 0..MESSAGES), 0..4),
        any::<bool>(),
        0..3_usize,
        3..7_usize,
    )
        .prop_map(
            |(puppets, network, first, lossy, max_crashes, bound)| World {
                puppets,
                network,
                first,
                lossy,
                max_crashes,
                bound,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn numbers_and_whole_states_make_the_same_graph_whatever_the_actors_do(world in worlds()) {
        let model = world.model();
        same(&model, Some(400));
    }
}
