//! The models that Stateright publishes have the counts and the verdicts that it publishes.

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use stateright::actor::LossyNetwork::{No as Lossless, Yes as Lossy};
use stateright::actor::{ActorModel, Network};
use stateright::{Checker, Expectation, HasDiscoveries, Model, Property, Representative};
use tandem_search::actors::{History, Interned, Participant};
use tandem_search::cancel::Cancel;
use tandem_search::fingerprint::Fingerprints;
use tandem_search::limits::{Limits, Run};
use tandem_search::plain::{Exact, Plain};
use tandem_search::space::Space;
use tandem_search::{Keep, search};

mod published;

use published::increment::Increment;
use published::increment_lock::IncrementLock;
use published::two_phase_commit::TwoPhaseCommit;
use published::two_phase_commit::packed::{Packed, pack};
use published::{
    crashes, linearizable_register, networks, paxos, ping_pong, random_choices,
    single_copy_register, timers,
};

/// What a search to the end says about a model.
#[derive(Debug, PartialEq)]
struct Findings {
    /// Distinct states.
    states: usize,
    /// The properties with a counterexample or an example, whichever they ask for.
    discoveries: BTreeSet<&'static str>,
}

/// Every engine finds in the model what is published about it.
#[track_caller]
fn agree<M>(model: &M, states: usize, discoveries: &[&'static str])
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let published = Findings {
        states,
        discoveries: discoveries.iter().copied().collect(),
    };
    assert_eq!(breadth_first(model), published, "Stateright, breadth first");
    assert_eq!(depth_first(model), published, "Stateright, depth first");
    let settled = published.without_liveness(model);
    let fingerprints = Fingerprints::default();
    let found = searched(model, Plain::new(model, fingerprints));
    assert_eq!(found, settled, "Tandem, 64 bits");
    let found = searched(model, Plain::new(model, Exact::new()));
    assert_eq!(found, settled, "Tandem, exact");
}

/// The same of an actor model, which Tandem's engine can also search in numbers.
#[track_caller]
fn actors_agree<A, C, H>(model: &ActorModel<A, C, H>, states: usize, discoveries: &[&'static str])
where
    A: Participant + Clone + Send + 'static,
    C: Clone + Send + Sync + 'static,
    H: History + 'static,
{
    agree(model, states, discoveries);
    let published = Findings {
        states,
        discoveries: discoveries.iter().copied().collect(),
    };
    let settled = published.without_liveness(model);
    let found = searched(model, Interned::new(model));
    assert_eq!(found, settled, "Tandem, in numbers");
}

impl Findings {
    /// What a search says by itself: whether `eventually` holds, it leaves to liveness.
    fn without_liveness<M: Model>(mut self, model: &M) -> Self {
        let properties = model.properties().into_iter();
        let liveness = properties.filter(|p| p.expectation == Expectation::Eventually);
        for property in liveness {
            self.discoveries.remove(property.name);
        }
        self
    }
}

/// What Tandem's engine finds in a space of the model, on two threads.
fn searched<M: Model>(model: &M, space: impl Space) -> Findings {
    let cancel = Cancel::new();
    let run = Run {
        threads: 2,
        ..Run::new(&Limits::NONE, &cancel)
    };
    let found = search(space, Keep::Paths, &run);
    let names = model.properties().into_iter().map(|property| property.name);
    let decided = names.zip(&found.decided);
    Findings {
        states: found.states() as usize,
        discoveries: decided
            .filter(|(_, decided)| decided.is_some())
            .map(|(name, _)| name)
            .collect(),
    }
}

fn breadth_first<M>(model: &M) -> Findings
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let all = Unjudged(model.clone()).checker().spawn_bfs().join();
    let judged = model.clone().checker().spawn_bfs().join();
    Findings {
        states: all.unique_state_count(),
        discoveries: judged.discoveries().into_keys().collect(),
    }
}

fn depth_first<M>(model: &M) -> Findings
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + std::fmt::Debug + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let all = Unjudged(model.clone()).checker().spawn_dfs().join();
    let judged = model.clone().checker().spawn_dfs().join();
    Findings {
        states: all.unique_state_count(),
        discoveries: judged.discoveries().into_keys().collect(),
    }
}

/// The states that a search with symmetry meets, which Stateright has depth first only.
fn up_to_symmetry<M>(model: &M) -> usize
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Representative + Clone + std::fmt::Debug + PartialEq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + std::fmt::Debug,
{
    let checker = Unjudged(model.clone()).checker().symmetry();
    checker.spawn_dfs().join().unique_state_count()
}

/// A model's graph with nothing to find in it.
///
/// Stateright's checkers stop once every property is decided. Told to go on, they still take no
/// step from a state that decides every property by itself, and may miss what lies behind it. One
/// property that holds everywhere is never decided, and has them see the whole graph.
#[derive(Clone)]
struct Unjudged<M>(M);

impl<M: Model> Model for Unjudged<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.0.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &M::State, action: M::Action) -> Option<M::State> {
        self.0.next_state(state, action)
    }

    fn within_boundary(&self, state: &M::State) -> bool {
        self.0.within_boundary(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("true", |_, _| true)]
    }
}

const EITHER_WAY: &[&str] = &["abort agreement", "commit agreement"];

#[test]
fn two_phase_commit_may_end_either_way_and_is_consistent() {
    agree(&TwoPhaseCommit { participants: 3 }, 288, EITHER_WAY);
    agree(&TwoPhaseCommit { participants: 5 }, 8_832, EITHER_WAY);
    agree(&Packed::new(3), 288, EITHER_WAY);
    agree(&Packed::new(5), 8_832, EITHER_WAY);
}

#[test]
#[ignore = "it takes half a minute"]
fn two_phase_commit_is_consistent_with_eight_participants_too() {
    agree(&TwoPhaseCommit { participants: 8 }, 1_745_408, EITHER_WAY);
    agree(&Packed::new(8), 1_745_408, EITHER_WAY);
    assert_eq!(up_to_symmetry(&TwoPhaseCommit { participants: 8 }), 7_153);
}

/// Not only as many states: the same, with the same steps in the same order.
#[test]
fn two_phase_commit_takes_the_same_steps_when_packed() {
    let (plain, packed) = (TwoPhaseCommit { participants: 3 }, Packed::new(3));
    let mut waiting = plain.init_states();
    assert_eq!(
        waiting.iter().map(pack).collect::<Vec<_>>(),
        packed.init_states()
    );
    let mut seen: HashSet<_> = waiting.iter().cloned().collect();
    while let Some(state) = waiting.pop() {
        let steps: Vec<_> = plain.next_steps(&state);
        let expected: Vec<_> = steps
            .iter()
            .map(|(action, next)| (*action, pack(next)))
            .collect();
        assert_eq!(packed.next_steps(&pack(&state)), expected, "from {state:?}");
        let nexts = steps.into_iter().map(|(_, next)| next);
        waiting.extend(nexts.filter(|next| seen.insert(next.clone())));
    }
    assert_eq!(seen.len(), 288);
}

#[test]
fn interchangeable_actors_are_counted_once_up_to_symmetry() {
    assert_eq!(up_to_symmetry(&TwoPhaseCommit { participants: 5 }), 665);
    assert_eq!(up_to_symmetry(&Increment { threads: 2 }), 8);
    assert_eq!(up_to_symmetry(&IncrementLock { threads: 3 }), 13);
}

#[test]
fn paxos_is_linearizable_and_chooses_a_value() {
    actors_agree(&paxos::model(3, 1), 265, &["value chosen"]);
    actors_agree(&paxos::model(3, 2), 16_668, &["value chosen"]);
}

/// With fewer than three, no leader hears of two ballots, and it does not matter which one it takes.
#[test]
#[ignore = "it takes half a minute"]
fn paxos_is_linearizable_with_three_clients_too() {
    actors_agree(&paxos::model(3, 3), 1_194_428, &["value chosen"]);
}

#[test]
fn a_single_copy_register_is_linearizable_and_two_are_not() {
    let found_wanting = ["linearizable", "value chosen"];
    actors_agree(&single_copy_register::model(1, 2), 93, &["value chosen"]);
    actors_agree(&single_copy_register::model(2, 2), 62, &found_wanting);
}

/// Why [`Unjudged`] is needed; the number published for two single-copy registers is of this kind.
#[test]
fn stateright_alone_does_not_see_the_whole_graph_of_a_model_that_is_wrong() {
    let checker = single_copy_register::model(2, 2).checker();
    assert_eq!(checker.spawn_bfs().join().unique_state_count(), 54);
    let never = HasDiscoveries::AllOf(["not the name of a property"].into());
    let checker = Increment { threads: 3 }.checker().finish_when(never);
    assert_eq!(checker.spawn_bfs().join().unique_state_count(), 80);
}

#[test]
#[ignore = "it takes half a minute"]
fn a_single_copy_register_is_linearizable_with_four_clients_too() {
    actors_agree(
        &single_copy_register::model(1, 4),
        400_233,
        &["value chosen"],
    );
}

#[test]
fn the_linearizable_register_is_linearizable_on_both_networks() {
    let register = linearizable_register::model;
    let unordered = || Network::new_unordered_nonduplicating([]);
    actors_agree(&register(2, 2, unordered()), 544, &["value chosen"]);
    actors_agree(&register(2, 3, unordered()), 35_009, &["value chosen"]);
    let ordered = Network::new_ordered([]);
    actors_agree(&register(2, 2, ordered), 620, &["value chosen"]);
}

#[test]
fn increments_are_lost_without_a_lock() {
    agree(&Increment { threads: 1 }, 3, &[]);
    agree(&Increment { threads: 2 }, 13, &["fin"]);
    agree(&Increment { threads: 3 }, 84, &["fin"]);
    agree(&IncrementLock { threads: 3 }, 61, &[]);
}

#[test]
fn a_rally_ends_early_only_if_the_ball_can_be_lost() {
    let duplicating = || Network::new_unordered_duplicating([]);
    let nonduplicating = Network::new_unordered_nonduplicating([]);
    let played = ["can reach max", "must exceed max"];
    let lost = ["can reach max", "must exceed max", "must reach max"];
    actors_agree(&ping_pong::model(1, duplicating(), Lossy), 14, &lost);
    actors_agree(&ping_pong::model(5, duplicating(), Lossy), 4_094, &lost);
    actors_agree(&ping_pong::model(5, duplicating(), Lossless), 11, &played);
    actors_agree(&ping_pong::model(5, nonduplicating, Lossless), 11, &played);
}

#[test]
fn a_timer_goes_off_until_it_is_not_set_again() {
    actors_agree(&timers::alarm(), 2, &[]);
    let nonduplicating = Network::new_unordered_nonduplicating([]);
    actors_agree(&timers::pingers(3, 2, nonduplicating), 4_410, &[]);
    let ordered = Network::new_ordered([]);
    actors_agree(&timers::pingers(3, 2, ordered), 7_556, &[]);
}

#[test]
fn a_question_is_answered_in_each_way_until_it_is_replaced() {
    actors_agree(&random_choices::one_question(), 4, &[]);
    actors_agree(&random_choices::a_question_replaced(), 9, &[]);
}

#[test]
fn a_crash_loses_what_was_not_saved() {
    actors_agree(&crashes::idlers(3), 4, &[]);
    actors_agree(&crashes::worker(3), 20, &["recovered"]);
}

#[test]
fn ignoring_a_message_is_a_step_on_an_ordered_network_only() {
    actors_agree(&networks::undeliverable(), 1, &[]);
    actors_agree(&networks::ignored(Network::new_ordered([])), 3, &[]);
    let duplicating = Network::new_unordered_duplicating([]);
    actors_agree(&networks::ignored(duplicating), 2, &[]);
    let nonduplicating = Network::new_unordered_nonduplicating([]);
    actors_agree(&networks::ignored(nonduplicating), 2, &[]);
}

#[test]
fn a_network_reorders_repeats_or_loses_messages_as_its_kind_is() {
    let ordered = || Network::new_ordered([]);
    let nonduplicating = || Network::new_unordered_nonduplicating([]);
    let duplicating = || Network::new_unordered_duplicating([]);
    let two_then_one: &[u8] = &[2, 1];
    let twice_the_same: &[u8] = &[1, 1];
    let count = |numbers, network, lossy, states| {
        actors_agree(&networks::recorded(numbers, network, lossy), states, &[]);
    };
    count(two_then_one, ordered(), Lossless, 3);
    count(two_then_one, nonduplicating(), Lossless, 5);
    count(twice_the_same, ordered(), Lossy, 6);
    count(twice_the_same, nonduplicating(), Lossy, 6);
    count(twice_the_same, duplicating(), Lossy, 8);
}
