//! Two players who return a ball, and count: one of Stateright's own tests of networks.
//!
//! A player answers only the ball that carries its own count, so repeated balls do no harm, but a
//! lost one ends the game: nobody sends it again.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, ActorModelState, Id, LossyNetwork, Network, Out};

/// The ball, with the count of the rally.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ball {
    Ping(u32),
    Pong(u32),
}
use Ball::{Ping, Pong};

/// A player, whose state is how many balls it returned.
#[derive(Clone)]
pub struct Player {
    /// To whom it serves, if it is the one who serves.
    serves_to: Option<Id>,
}

impl Actor for Player {
    type Msg = Ball;
    type State = u32;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) -> u32 {
        if let Some(opponent) = self.serves_to {
            out.send(opponent, Ping(0));
        }
        0
    }

    fn on_msg(
        &self,
        _id: Id,
        returned: &mut Cow<'_, u32>,
        opponent: Id,
        ball: Ball,
        out: &mut Out<Self>,
    ) {
        let (count, back) = match ball {
            Ping(count) => (count, Pong(count)),
            Pong(count) => (count, Ping(count + 1)),
        };
        if count == **returned {
            *returned.to_mut() += 1;
            out.send(opponent, back);
        }
    }
}

/// A game up to `max` balls a player; the model's configuration is `max`.
pub fn model(max: u32, network: Network<Ball>, lossy: LossyNetwork) -> ActorModel<Player, u32> {
    ActorModel::new(max, ())
        .actor(Player {
            serves_to: Some(Id::from(1)),
        })
        .actor(Player { serves_to: None })
        .init_network(network)
        .lossy_network(lossy)
        .within_boundary(|max, state| state.actor_states.iter().all(|returned| **returned <= *max))
        .property(Expectation::Always, "delta within 1", |_, state| {
            state.actor_states[0].abs_diff(*state.actor_states[1]) <= 1
        })
        .property(Expectation::Sometimes, "can reach max", |model, state| {
            somebody_returned(model.cfg, state)
        })
        .property(Expectation::Eventually, "must reach max", |model, state| {
            somebody_returned(model.cfg, state)
        })
        .property(
            Expectation::Eventually,
            "must exceed max",
            past_the_boundary,
        )
}

fn somebody_returned(balls: u32, state: &ActorModelState<Player>) -> bool {
    let mut players = state.actor_states.iter();
    players.any(|returned| **returned == balls)
}

/// Never true of a state within the boundary.
fn past_the_boundary(model: &ActorModel<Player, u32>, state: &ActorModelState<Player>) -> bool {
    somebody_returned(model.cfg + 1, state)
}
