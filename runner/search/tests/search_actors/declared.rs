//! Declarations of what a predicate is about: it is asked so much less often, and a wrong one can
//! be found.

use std::sync::atomic::{AtomicUsize, Ordering};

use stateright::Expectation;
use stateright::actor::{ActorModel, LossyNetwork, Network};
use tandem_search::actors::{About, History, Interned, NotChecked, Participant};
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_search::space::Watch;
use tandem_search::{Explored, Keep, search};

use super::everything::{self, Book, Person};
use super::published::ping_pong;

type Parcels = ActorModel<Person, usize, Book>;

fn parcels() -> Parcels {
    everything::model(Network::new_unordered_duplicating([]), LossyNetwork::Yes)
}

fn searched<A, C, H>(space: Interned<'_, A, C, H>) -> Explored<Interned<'_, A, C, H>>
where
    A: Participant,
    C: Sync,
    H: History,
{
    let cancel = Cancel::new();
    search(space, Keep::Graph, &Run::new(&Limits::NONE, &cancel))
}

/// Two predicates of each kind: one looks at nothing else than is said, and one at a little more.
fn declared(model: &Parcels) -> Interned<'_, Person, usize, Book> {
    let everywhere = Watch::Everywhere;
    Interned::new(model)
        .asked("the model", everywhere, About::NOTHING, |model, _| {
            model.max_crashes == 1
        })
        .asked("not the model", everywhere, About::NOTHING, |_, state| {
            state.network.len() == 0
        })
        .asked("actors", everywhere, About::ACTORS, |_, state| {
            let timers = state.timers_set.iter().map(|timers| timers.iter().count());
            state.crashed[0] || timers.sum::<usize>() > 2
        })
        .asked("not the actors", everywhere, About::ACTORS, |_, state| {
            state.history[0] == [1, 1]
        })
        .asked("network", everywhere, About::NETWORK, |_, state| {
            let last = match &state.network {
                Network::UnorderedDuplicating(_, last) => last.as_ref(),
                _ => None,
            };
            state.network.len() == 1 && last.is_some()
        })
        .asked("not the network", everywhere, About::NETWORK, |_, state| {
            state.crashed[0]
        })
        .asked("history", everywhere, About::HISTORY, |_, state| {
            state.history[1] == [1, 0]
        })
        .asked("not the history", everywhere, About::HISTORY, |_, state| {
            state.actor_storages[0].is_some()
        })
        .asked(
            "actors and history",
            everywhere,
            About::ACTORS | About::HISTORY,
            |_, state| state.actor_states[0].0 == 1 && state.history[1] == [1, 0],
        )
        .asked(
            "not actors and history",
            everywhere,
            About::HISTORY | About::ACTORS,
            |_, state| state.network.len() == 2,
        )
}

const WRONG: [&str; 5] = [
    "not the model",
    "not the actors",
    "not the network",
    "not the history",
    "not actors and history",
];

#[test]
fn a_checked_search_finds_the_declarations_that_are_wrong_and_no_others() {
    let model = parcels();
    let found = searched(declared(&model).checked());
    assert_eq!(found.space().mistaken(), Ok(WRONG.to_vec()));
    let honest = searched(
        Interned::new(&model)
            .bounded(About::NETWORK | About::HISTORY)
            .checked(),
    );
    assert_eq!(honest.space().mistaken(), Ok(vec![]));
    let wrong = searched(Interned::new(&model).bounded(About::NETWORK).checked());
    assert_eq!(wrong.space().mistaken(), Ok(vec!["within_boundary"]));
    assert!(wrong.transitions == honest.transitions, "it was believed");
}

#[test]
fn what_is_declared_rightly_has_the_same_truth_everywhere_as_if_nothing_was_declared() {
    let model = parcels();
    let believed = searched(declared(&model));
    let checked = searched(declared(&model).checked());
    assert_eq!(believed.space().mistaken(), Err(NotChecked));
    assert_eq!(declared(&model).checked().mistaken(), Err(NotChecked));
    let differ = |place: &usize| believed.truths[*place] != checked.truths[*place];
    // The model has three properties of its own; every other one after them is wrong.
    let differing: Vec<usize> = (0..believed.truths.len()).filter(differ).collect();
    assert_eq!(differing, [4, 6, 8, 10, 12]);
}

static ASKED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_predicate_is_asked_once_for_each_value_of_its_part() {
    let model = ping_pong::model(5, Network::new_unordered_duplicating([]), LossyNetwork::Yes);
    let asks = |about: About| {
        ASKED.store(0, Ordering::Relaxed);
        let space = Interned::new(&model).asked("counted", Watch::Everywhere, about, |_, _| {
            ASKED.fetch_add(1, Ordering::Relaxed);
            true
        });
        assert_eq!(searched(space).states(), 4_094);
        ASKED.load(Ordering::Relaxed)
    };
    assert_eq!(asks(About::EVERYTHING), 4_094);
    assert_eq!(asks(About::NOTHING), 1);
    assert_eq!(asks(About::HISTORY), 1);
    // Both players count, and neither is more than one ahead: 0 and 0, 0 and 1, 1 and 1, … 5 and 5.
    assert_eq!(asks(About::ACTORS), 11);
    // Of pairs the latest answers are at hand only.
    assert!((11..30).contains(&asks(About::ACTORS | About::HISTORY)));
}

#[test]
fn a_property_that_does_not_exist_is_told_with_those_that_do() {
    let model = parcels();
    let error = Interned::new(&model).about("linearisable", About::HISTORY);
    let error = error.err().map(|error| error.to_string());
    assert_eq!(
        error.as_deref(),
        Some(
            "the model has no property `linearisable`; it has `nothing comes from nowhere`, \
             `all are delivered`, `somebody is up`"
        )
    );
    let none: ActorModel<()> = ActorModel::new((), ()).actor(());
    let error = Interned::new(&none).about("any", About::NOTHING).err();
    let error = error.map(|error| error.to_string());
    assert_eq!(
        error.as_deref(),
        Some("the model has no property `any`; it has none at all")
    );
}

#[test]
fn a_declared_property_is_decided_by_the_same_state() {
    let model = parcels().property(Expectation::Always, "one parcel at most", |_, state| {
        state.history[1][0] == 0
    });
    let plain = searched(Interned::new(&model));
    let declared = Interned::new(&model).about("one parcel at most", About::HISTORY);
    let declared = searched(declared.unwrap());
    assert!(plain.decided[3].is_some());
    assert_eq!(plain.decided, declared.decided);
}
