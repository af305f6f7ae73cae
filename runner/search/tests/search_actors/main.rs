//! Actor models in numbers: the same graph as with whole states, and declarations that can be
//! believed.

mod declared;
mod everything;
#[path = "../published/mod.rs"]
mod published;
mod random;
mod same;

use std::collections::BTreeSet;

use stateright::actor::LossyNetwork::{No as Lossless, Yes as Lossy};
use stateright::actor::{ActorModel, ActorModelAction, Envelope, Id, Network};
use tandem_search::actors::{About, History, Interned, Participant, Snapshot, by_kind};
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_search::random::{Plan, walk};
use tandem_search::{Action, Keep, search};

use published::{
    crashes, linearizable_register, networks, paxos, ping_pong, random_choices,
    single_copy_register, timers,
};
use same::same;

#[track_caller]
fn states<A, C, H>(model: &ActorModel<A, C, H>, published: usize)
where
    A: Participant,
    C: Sync,
    H: History,
{
    assert_eq!(same(model, None).states.len(), published);
}

fn duplicating<M: Eq + std::hash::Hash>() -> Network<M> {
    Network::new_unordered_duplicating([])
}

fn nonduplicating<M: Eq + std::hash::Hash>() -> Network<M> {
    Network::new_unordered_nonduplicating([])
}

fn ordered<M: Eq + std::hash::Hash>() -> Network<M> {
    Network::new_ordered([])
}

#[test]
fn published_registers_have_the_same_graph_in_numbers() {
    states(&paxos::model(3, 1), 265);
    states(&paxos::model(3, 2), 16_668);
    states(&single_copy_register::model(1, 2), 93);
    states(&single_copy_register::model(2, 2), 62);
    states(&linearizable_register::model(2, 2, nonduplicating()), 544);
    states(&linearizable_register::model(2, 2, ordered()), 620);
    states(
        &linearizable_register::model(2, 3, nonduplicating()),
        35_009,
    );
}

#[test]
fn published_models_of_each_thing_that_actors_do_have_the_same_graph_in_numbers() {
    states(&ping_pong::model(1, duplicating(), Lossy), 14);
    states(&ping_pong::model(5, duplicating(), Lossy), 4_094);
    states(&ping_pong::model(5, duplicating(), Lossless), 11);
    states(&ping_pong::model(5, nonduplicating(), Lossless), 11);
    states(&timers::alarm(), 2);
    states(&timers::pingers(3, 2, nonduplicating()), 4_410);
    states(&timers::pingers(3, 2, ordered()), 7_556);
    states(&random_choices::one_question(), 4);
    states(&random_choices::a_question_replaced(), 9);
    states(&crashes::idlers(3), 4);
    states(&crashes::worker(3), 20);
    states(&networks::undeliverable(), 1);
    states(&networks::ignored(ordered()), 3);
    states(&networks::ignored(duplicating()), 2);
    states(&networks::ignored(nonduplicating()), 2);
    let recorded = networks::recorded;
    states(&recorded(&[2, 1], ordered(), Lossless), 3);
    states(&recorded(&[2, 1], nonduplicating(), Lossless), 5);
    states(&recorded(&[1, 1], ordered(), Lossy), 6);
    states(&recorded(&[1, 1], nonduplicating(), Lossy), 6);
    states(&recorded(&[1, 1], duplicating(), Lossy), 8);
}

#[test]
fn all_that_actors_can_do_at_once_makes_the_same_graph_in_numbers() {
    for (network, states) in [
        (duplicating(), 9_430),
        (nonduplicating(), 3_162),
        (ordered(), 2_223),
    ] {
        let graph = same(&everything::model(network, Lossy), None);
        let taken: BTreeSet<&str> = graph
            .transitions
            .iter()
            .map(|(_, step)| &*graph.actions[usize::from(step.label)].name)
            .collect();
        let all = [
            "Crash",
            "Deliver",
            "Drop",
            "Recover",
            "SelectRandom",
            "Timeout",
        ];
        assert_eq!(taken.into_iter().collect::<Vec<_>>(), all);
        assert_eq!(graph.states.len(), states);
    }
}

/// Without actors there is only what is addressed to nobody, and that can be lost.
#[test]
fn a_model_without_actors_is_a_model_too() {
    let envelope = |dst: usize, msg: ()| Envelope {
        src: Id::from(7),
        dst: Id::from(dst),
        msg,
    };
    let first = [envelope(3, ()), envelope(usize::MAX, ()), envelope(3, ())];
    let model: ActorModel<()> = ActorModel::new((), ())
        .init_network(Network::new_unordered_nonduplicating(first))
        .lossy_network(Lossy);
    let graph = same(&model, None);
    assert_eq!((graph.states.len(), graph.transitions.len()), (6, 7));
    let name = |slot| Action {
        name: "Drop".to_owned(),
        slot,
    };
    assert_eq!(graph.actions, [name(None), name(Some(4))]);
}

#[test]
fn a_name_of_ones_own_is_that_of_the_step() {
    fn name(action: &ActorModelAction<ping_pong::Ball, (), ()>) -> Action {
        let mut named = by_kind(action);
        if let ActorModelAction::Deliver { msg, .. } = action {
            named.name = match msg {
                ping_pong::Ball::Ping(_) => "Ping".to_owned(),
                ping_pong::Ball::Pong(_) => "Pong".to_owned(),
            };
        }
        named
    }
    let model = ping_pong::model(2, nonduplicating(), Lossless);
    let cancel = Cancel::new();
    let space = Interned::new(&model).named(name);
    let found = search(space, Keep::Graph, &Run::new(&Limits::NONE, &cancel));
    let way = found.way(found.states() - 1);
    let names = way[1..]
        .iter()
        .map(|(label, _)| &found.actions[usize::from(*label)]);
    let names: Vec<_> = names.map(|action| (&*action.name, action.slot)).collect();
    let ping = ("Ping", Some(2));
    let pong = ("Pong", Some(1));
    assert_eq!(names, [ping, pong, ping, pong]);
}

#[test]
fn a_walk_stays_within_the_boundary_as_a_search_does() {
    let model = everything::model(nonduplicating(), Lossy);
    let cancel = Cancel::new();
    let run = Run::new(&Limits::NONE, &cancel);
    let space = Interned::new(&model);
    let walked = walk(&space, &Plan::new(&space, 1, 300, 60), &run);
    let outside = |key: &&Snapshot| !(model.within_boundary)(&model.cfg, &space.state(**key));
    assert_eq!(walked.met.iter().find(outside), None);
    let states = same(&model, None).states.len();
    assert!((500..=states).contains(&walked.met.len()));

    let nowhere = model.within_boundary(|_, _| false);
    let space = Interned::new(&nowhere);
    let walked = walk(&space, &Plan::new(&space, 1, 300, 60), &run);
    assert_eq!((walked.walks, walked.met.len()), (0, 0));
    assert_eq!(same(&nowhere, None).states.len(), 0);
}

/// The target of this representation: Stateright takes 763 bytes a state here, and the whole space
/// with all that is known of the states has to get along with 60.
#[test]
fn paxos_takes_few_bytes_a_state() {
    let model = paxos::model(3, 3);
    let space = Interned::new(&model)
        .about("linearizable", About::HISTORY)
        .unwrap()
        .bounded(About::NOTHING);
    let cancel = Cancel::new();
    let found = search(space, Keep::Paths, &Run::new(&Limits::NONE, &cancel));
    assert_eq!(found.states(), 1_194_428);
    assert_eq!(found.collision_probability(), 0.0);
    let bytes = found.bytes() + found.space().bytes();
    assert!(bytes <= 60 * found.states() as usize, "{bytes} bytes");
}
