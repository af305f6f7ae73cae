//! `search_model!` takes the engine for actor models if the model is one, and finds what both engines find.

use std::any::type_name_of_val;
use std::borrow::Cow;
use std::rc::Rc;

use stateright::actor::{Actor, ActorModel, Id, Out};
use stateright::{Expectation, Model};
use tandem_search::{Search, search_model};

/// Sends a number to the other one until it is 3.
struct Player;

impl Actor for Player {
    type Msg = u8;
    type State = u8;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> u8 {
        if usize::from(id) == 0 {
            out.send(Id::from(1), 1);
        }
        0
    }

    fn on_msg(&self, _: Id, last: &mut Cow<u8>, from: Id, number: u8, out: &mut Out<Self>) {
        if number > **last {
            *last.to_mut() = number;
            if number < 3 {
                out.send(from, number + 1);
            }
        }
    }
}

struct Clock;

impl Model for Clock {
    type State = u8;
    type Action = ();

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, _: &u8, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, hour: &u8, (): ()) -> Option<u8> {
        Some((hour + 1) % 12)
    }
}

#[test]
fn an_actor_model_is_searched_by_the_engine_for_actor_models() {
    let model = ActorModel::new((), ()).actors([Player, Player]).property(
        Expectation::Always,
        "below 3",
        |_, state| state.actor_states.iter().all(|last| **last < 3),
    );
    let search = search_model!(model);
    assert!(type_name_of_val(&search).contains("actors::Interned"));
    let (found, plain) = (search.run(), Search::model(&model).run());
    assert_eq!(found.states(), plain.states());
    let bad = found.decided[0].expect("it is violated");
    assert_eq!(found.path(bad).expect("a path").steps.len(), 3);
}

#[test]
fn another_model_is_searched_state_by_state() {
    let search = search_model!(Clock);
    assert!(type_name_of_val(&search).contains("plain::Plain"));
    assert_eq!(search.run().states(), 12);
    // Behind a reference the model itself is named.
    let clock = Rc::new(Clock);
    assert_eq!(search_model!(*clock).run().states(), 12);
}
