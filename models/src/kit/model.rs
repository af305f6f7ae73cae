//! A system as a Stateright model: its initial state, the possible steps, the state after a step, and the
//! properties.

use stateright::actor::{ActorModelAction, Id};
use stateright::{Model, Property};

use super::actors::{Msg, Timer};
use super::change::{Change, Fate};
use super::guarantees::{About, Guarantee, When, witnesses};
use super::step::{Kind, Step};
use super::system::{ENDPOINT, State, System};

impl Model for System {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let world = self.spec.world.clone();
        self.actors
            .init_states()
            .into_iter()
            .map(|actors| {
                let mut start = State {
                    actors,
                    world: world.clone(),
                };
                start.world.order = self.order_at_start(&start);
                start
            })
            .collect()
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        if self.breach(state).is_some() {
            return;
        }
        self.ordinary_steps(state, steps);
        self.faults(state, steps);
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let after = self.take(last.clone(), &step)?;
        (after != *last).then_some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        self.asked()
            .into_iter()
            .map(|(property, _)| property)
            .collect()
    }
}

impl System {
    /// The temporal guarantees.
    pub fn liveness(&self) -> Vec<Guarantee> {
        let guarantees = self.spec.guarantees.iter().copied();
        let liveness = guarantees.filter(|guarantee| !matches!(guarantee.when, When::Always));
        liveness.collect()
    }

    /// All guarantees about every state and all witnesses, with what the truth of each depends on.
    pub fn asked(&self) -> Vec<(Property<System>, About)> {
        let guarantees = self.spec.guarantees.iter();
        let always = guarantees.filter(|guarantee| matches!(guarantee.when, When::Always));
        let always = always.map(|guarantee| {
            (
                Property::always(guarantee.name, guarantee.holds),
                guarantee.about,
            )
        });
        always.chain(witnesses(&self.spec.world.budget)).collect()
    }

    /// The state after a step, which may be the same state; `None` if the step is not possible.
    pub fn take(&self, state: State, step: &Step) -> Option<State> {
        let (endpoint, sender) = (Id::from(ENDPOINT), self.sender);
        let mut change = Change {
            system: self,
            state,
        };
        match &step.kind {
            Kind::Receive(number, message) => {
                let leased = !self.is_request(*number, message);
                let host = self.hosts.get(*number)?.id;
                change.receive(sender, host, message, leased).map(drop)
            }
            Kind::Wake(number) => change.wake(*number),
            Kind::Call(slot) => change.call(*slot, Fate::Answered),
            Kind::Answer(slot) => change.answer(*slot, Fate::Answered),
            Kind::Downstream(message) => change.consume(message),
            Kind::Reply(reply) => change.deliver(endpoint, sender, Msg::Reply(reply.clone())),
            Kind::AskAgain => change.act(ActorModelAction::Timeout(sender, Timer::AskAgain)),
            Kind::GiveUp => change.act(ActorModelAction::Timeout(sender, Timer::GiveUp)),
            Kind::LateRequest(party, request) => change.arrives_late(*party, request),
            Kind::LateWrite(late) => change.land(late),
            Kind::Due(number, message) => change.due(*number, message),
            Kind::Recover(number) => {
                change.act(ActorModelAction::Recover(self.hosts.get(*number)?.id))
            }
            Kind::Fault(fault, target) => change.fault(*fault, target),
        }?;
        Some(change.state)
    }
}
