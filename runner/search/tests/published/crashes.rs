//! Actors that crash, and come back with what they saved.

use std::borrow::Cow;

use stateright::Expectation;
use stateright::actor::{Actor, ActorModel, Id, Out, model_timeout};

/// So many actors that do nothing at all, of which one at a time may be down.
pub fn idlers(actors: usize) -> ActorModel<()> {
    ActorModel::new((), ())
        .actors((0..actors).map(|_| ()))
        .max_crashes(1)
        .property(Expectation::Always, "true", |_, _| true)
}

/// An actor that counts to its goal, by a timer, and saves the count at every step.
#[derive(Clone)]
pub struct Worker {
    goal: usize,
}

/// How far a [`Worker`] is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Work {
    since_start: usize,
    /// The only thing that outlives a crash.
    in_all: usize,
}

impl Actor for Worker {
    type Msg = ();
    type State = Work;
    type Timer = ();
    type Random = ();
    type Storage = usize;

    /// The timer is set even if there is nothing left to do, so a restart leads past the goal.
    fn on_start(&self, _id: Id, saved: &Option<usize>, out: &mut Out<Self>) -> Work {
        out.set_timer((), model_timeout());
        Work {
            since_start: 0,
            in_all: saved.unwrap_or(0),
        }
    }

    fn on_timeout(&self, _id: Id, work: &mut Cow<'_, Work>, _timer: &(), out: &mut Out<Self>) {
        let work = work.to_mut();
        work.since_start += 1;
        work.in_all += 1;
        out.save(work.in_all);
        if work.in_all < self.goal {
            out.set_timer((), model_timeout());
        }
    }
}

/// A worker that may crash at any time, and as often as it likes.
///
/// The published test has no boundary, and its graph no end; here work ends at `goal`, which is
/// the model's configuration.
pub fn worker(goal: usize) -> ActorModel<Worker, usize> {
    ActorModel::new(goal, ())
        .actor(Worker { goal })
        .max_crashes(1)
        .within_boundary(|goal, state| state.actor_states[0].in_all <= *goal)
        .property(Expectation::Sometimes, "recovered", |_, state| {
            state.actor_states[0].in_all > state.actor_states[0].since_start
        })
}
