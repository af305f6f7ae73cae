//! Two searches of one actor model, one with whole states and one with numbers, and nothing in
//! which they differ.

use stateright::Model;
use stateright::actor::{ActorModel, ActorModelState};
use std::fmt::Debug;
use tandem_search::actors::{ActionOf, History, Interned, Participant, by_kind};
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits, Run};
use tandem_search::path::{Modelled, Path};
use tandem_search::plain::{Exact, Plain};
use tandem_search::{Action, Explored, Keep, Label, Node, Transitions, search};

/// All that a search has found.
#[derive(PartialEq)]
pub(crate) struct Graph<S, A> {
    pub(crate) states: Vec<S>,
    pub(crate) transitions: Transitions,
    pub(crate) actions: Vec<Action>,
    levels: Vec<Node>,
    /// By which step each state but the initial one was first reached.
    steps: Vec<(Label, Node)>,
    /// To the last state.
    path: Option<Path<S, A>>,
    decided: Vec<Option<Node>>,
    truths: Vec<Vec<bool>>,
    counts: (Node, usize, u64),
    cut_off: Option<CutOff>,
}

type GraphOf<A, H> = Graph<ActorModelState<A, H>, ActionOf<A>>;

fn graph<S>(found: &Explored<S>) -> Graph<<S::Model as Model>::State, <S::Model as Model>::Action>
where
    S: Modelled,
    <S::Model as Model>::State: Clone + Debug,
    <S::Model as Model>::Action: Clone,
{
    let nodes = 0..found.states();
    let states = nodes
        .clone()
        .map(|node| found.space().state(&found.node(node).unwrap()));
    Graph {
        states: states.collect(),
        transitions: found.transitions.clone(),
        actions: found.actions.clone(),
        levels: found.levels().to_vec(),
        steps: nodes
            .filter_map(|node| found.way(node).get(1..)?.last().copied())
            .collect(),
        path: found
            .states()
            .checked_sub(1)
            .map(|last| found.path(last).unwrap()),
        decided: found.decided.clone(),
        truths: found.truths.clone(),
        counts: (found.initial, found.expanded(), found.generated),
        cut_off: found.cut_off,
    }
}

/// Searches the model in every way, to an end or up to so many states, and says what it has found.
#[track_caller]
pub(crate) fn same<A, C, H>(model: &ActorModel<A, C, H>, max_states: Option<usize>) -> GraphOf<A, H>
where
    A: Participant,
    C: Sync,
    H: History,
{
    let name = by_kind::<A::Msg, A::Timer, A::Random>;
    let cancel = Cancel::new();
    let limits = Limits {
        max_states,
        ..Limits::NONE
    };
    let mut graphs = [1, 3].into_iter().map(|threads| {
        let run = Run {
            threads,
            ..Run::new(&limits, &cancel)
        };
        let plain = Plain::new(model, Exact::new()).named(name);
        let expected = graph(&search(plain, Keep::Graph, &run));
        let interned = search(Interned::new(model), Keep::Graph, &run);
        assert_equal(&graph(&interned), &expected);
        expected
    });
    let (one, three) = (graphs.next(), graphs.next());
    assert!(
        max_states.is_some() || one == three,
        "1 and 3 threads differ"
    );
    one.unwrap()
}

/// Says what differs, and not only that something does.
#[track_caller]
fn assert_equal<S, A>(found: &Graph<S, A>, expected: &Graph<S, A>)
where
    S: PartialEq + std::fmt::Debug,
    A: PartialEq + std::fmt::Debug,
{
    let both = found.states.iter().zip(&expected.states);
    for (node, (found, expected)) in both.enumerate() {
        assert_eq!(found, expected, "state {node}");
    }
    assert_eq!(found.states.len(), expected.states.len());
    assert_eq!(found.actions, expected.actions);
    for node in 0..Node::try_from(expected.transitions.states()).unwrap() {
        let steps = |graph: &Graph<S, A>| graph.transitions.of(node).collect::<Vec<_>>();
        let state = &expected.states[node as usize];
        assert_eq!(steps(found), steps(expected), "steps of {node}: {state:?}");
    }
    assert_eq!(found.counts, expected.counts);
    assert_eq!(found.decided, expected.decided);
    assert_eq!(found.truths, expected.truths);
    assert_eq!(found.levels, expected.levels);
    assert_eq!(found.path, expected.path);
    assert_eq!(found.cut_off, expected.cut_off);
    assert!(found == expected, "something else differs");
}
