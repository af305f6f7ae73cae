//! A panic of a model ends the search with an error that says where.

use stateright::actor::{Actor, ActorModel, Id, Network, Out};
use stateright::{Expectation, Model, Property};
use tandem_search::Search;
use tandem_search::actors::Interned;
use tandem_search::limits::CutOff;

/// Panics in one of its functions in the state 7.
struct Panicking(&'static str);

impl Panicking {
    fn panic(&self, call: &str, state: u32) {
        assert!(self.0 != call || state != 7, "seven");
    }
}

#[derive(Debug, Clone)]
struct Add(u32);

impl Model for Panicking {
    type State = u32;
    type Action = Add;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, state: &u32, actions: &mut Vec<Add>) {
        self.panic("actions", *state);
        actions.extend([Add(2), Add(3)]);
    }

    fn next_state(&self, state: &u32, Add(more): Add) -> Option<u32> {
        assert!(self.0 != "next_state" || *state != 7 || more == 2, "seven");
        Some(state + more)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("small", |model: &Panicking, state| {
            model.panic("property", *state);
            *state < 1_000
        })]
    }

    fn within_boundary(&self, state: &u32) -> bool {
        self.panic("within_boundary", *state);
        *state < 20
    }
}

#[test]
fn a_panic_of_the_model_names_the_state_and_the_action() {
    for threads in [1, 2] {
        let fault = |call| {
            let model = Panicking(call);
            let found = Search::model(&model).threads(threads).run();
            assert_eq!(found.cut_off, Some(CutOff::Fault));
            found.fault().expect("a panic").to_string()
        };
        assert_eq!(
            fault("next_state"),
            "the model panicked in `next_state`: seven\n  state:  7\n  action: Add(3)\n\
             Correct `next_state`, or exclude the state by `within_boundary`."
        );
        assert!(fault("actions").contains("in `actions`: seven\n  state:  7\n"));
        assert!(fault("property").contains("in the property `small`: seven\n  state:  7\n"));
        let boundary = fault("within_boundary");
        assert!(boundary.contains("`within_boundary`"), "{boundary}");
        assert!(boundary.contains("\n  action: Add("), "{boundary}");
    }
}

/// Counts what it receives, and panics at 3.
struct Counting;

impl Actor for Counting {
    type Msg = u32;
    type State = u32;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> u32 {
        out.send(id, 1);
        0
    }

    fn on_msg(
        &self,
        id: Id,
        count: &mut std::borrow::Cow<u32>,
        _: Id,
        more: u32,
        out: &mut Out<Self>,
    ) {
        assert!(**count < 3, "too many");
        *count.to_mut() += more;
        out.send(id, 1);
    }
}

#[test]
fn a_panic_of_an_actor_names_its_state_and_the_message() {
    let model = ActorModel::new((), ())
        .actor(Counting)
        .init_network(Network::new_unordered_nonduplicating([]))
        .property(Expectation::Always, "small", |_, state| {
            *state.actor_states[0] < 10
        });
    let found = Search::space(Interned::new(&model)).run();
    let fault = found.fault().expect("a panic").to_string();
    assert!(
        fault.contains(
            "the model panicked in `on_msg` of actor 0: too many\n  state:  3\n  action: Deliver"
        ),
        "{fault}"
    );
}
