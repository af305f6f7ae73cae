//! Runs the handlers of actors and records their outcomes.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use stateright::actor::{Actor, Envelope, Id, Out, is_no_op, is_no_op_with_timer};

use super::inboxes::Order;
use super::local::Local;
use super::{ActionOf, History, Interned, Participant};
use crate::Label;
use crate::fault::ModelFault;

/// What an actor's step does. It does not depend on the other messages in its inbox.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub(super) label: Label,
    /// The local state of the actor after the step.
    pub(super) local: u32,
    pub(super) effect: u32,
}

/// What a step does outside the actor that takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Effect {
    /// The envelope that is delivered.
    pub(super) heard: Option<u32>,
    /// The envelopes that are sent, in this order, each with the index of its receiver.
    pub(super) sent: Box<[(u32, u32)]>,
}

/// The steps that an actor takes without receiving a message.
pub(super) struct Own {
    pub(super) timeouts: Vec<Outcome>,
    /// Its crash, or its recovery if it is down.
    pub(super) crash: Option<Outcome>,
    pub(super) choices: Vec<Outcome>,
}

impl Own {
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.timeouts) + size_of_val(&*self.choices)
    }
}

/// A call of a handler before its outcome is known: the label of the step, the local state of its
/// actor, and the input of the call.
struct Called<'l, A: Actor> {
    label: Label,
    before: &'l Local<A>,
    state: Cow<'l, A::State>,
    out: Out<A>,
}

impl<A: Participant, C, H: History> Interned<'_, A, C, H> {
    /// The outcome of delivering an envelope to an actor; `None` if the delivery is not a step.
    pub(super) fn delivery(&self, local: u32, envelope: u32) -> Option<Outcome> {
        let before = self.locals.get(local);
        let Envelope { src, dst, msg } = self.mail.envelope(envelope).clone();
        let message = msg.clone();
        let action = ActionOf::<A>::Deliver { src, dst, msg };
        let mut called = self.call(before, &action);
        if before.crashed {
            return None;
        }
        let Called { state, out, .. } = &mut called;
        let on_msg = || self.model.actors[before.actor].on_msg(dst, state, src, message, out);
        self.handled("on_msg", before, || action.clone(), on_msg)?;
        // In an ordered network the first message of a channel must be removed, or it would block the
        // others.
        if is_no_op(state, out) && self.mail.order != Order::Ordered {
            return None;
        }
        Some(self.outcome(called, Some(envelope), |_| {}))
    }

    /// The steps that an actor takes without receiving a message.
    pub(super) fn own(&self, local: &Local<A>) -> Own {
        let timeouts = local.timers.iter();
        let timeouts = timeouts.filter_map(|timer| self.timeout(local, timer));
        let mut choices = Vec::new();
        for (key, of) in &local.choices {
            let mut of: Vec<_> = of.iter().collect();
            of.sort();
            let chosen = of.into_iter();
            choices.extend(chosen.filter_map(|random| self.choice(local, key, random)));
        }
        let crash = match local.crashed {
            true => self.recovery(local),
            false => (self.model.max_crashes > 0).then(|| self.crash(local)),
        };
        Own {
            timeouts: timeouts.collect(),
            crash,
            choices,
        }
    }

    fn timeout(&self, before: &Local<A>, timer: &A::Timer) -> Option<Outcome> {
        let id = Id::from(before.actor);
        let action = ActionOf::<A>::Timeout(id, timer.clone());
        let mut called = self.call(before, &action);
        let Called { state, out, .. } = &mut called;
        let on_timeout = || self.model.actors[before.actor].on_timeout(id, state, timer, out);
        self.handled("on_timeout", before, || action.clone(), on_timeout)?;
        if is_no_op_with_timer(state, out, timer) {
            return None;
        }
        Some(self.outcome(called, None, |after| {
            after.timers.remove(timer);
        }))
    }

    fn choice(&self, before: &Local<A>, key: &String, random: &A::Random) -> Option<Outcome> {
        let actor = Id::from(before.actor);
        let action = ActionOf::<A>::SelectRandom {
            actor,
            key: key.clone(),
            random: random.clone(),
        };
        let mut called = self.call(before, &action);
        let Called { state, out, .. } = &mut called;
        let on_random = || self.model.actors[before.actor].on_random(actor, state, random, out);
        self.handled("on_random", before, || action.clone(), on_random)?;
        Some(self.outcome(called, None, |after| {
            after.choices.remove(key);
        }))
    }

    fn recovery(&self, before: &Local<A>) -> Option<Outcome> {
        let id = Id::from(before.actor);
        let action = ActionOf::<A>::Recover(id);
        let mut called = self.call(before, &action);
        let actor = &self.model.actors[before.actor];
        let on_start = || actor.on_start(id, &before.storage, &mut called.out);
        let state = self.handled("on_start", before, || action.clone(), on_start)?;
        called.state = Cow::Owned(state);
        Some(self.outcome(called, None, |after| after.crashed = false))
    }

    fn crash(&self, before: &Local<A>) -> Outcome {
        let called = self.call(before, &ActionOf::<A>::Crash(Id::from(before.actor)));
        self.outcome(called, None, |after| {
            after.timers.clear();
            after.choices.clear();
            after.crashed = true;
        })
    }

    /// Runs a handler. A panic is recorded as a fault that names the actor's state and the action; the
    /// result is then `None`.
    fn handled<T>(
        &self,
        handler: &str,
        before: &Local<A>,
        action: impl FnOnce() -> ActionOf<A>,
        run: impl FnOnce() -> T,
    ) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(value) => Some(value),
            Err(payload) => {
                let call = format!("`{handler}` of actor {}", before.actor);
                let action = format!("{:?}", action());
                self.faults
                    .panicked(&call, &before.state, Some(action), &*payload);
                None
            }
        }
    }

    fn call<'l>(&self, before: &'l Local<A>, action: &ActionOf<A>) -> Called<'l, A> {
        Called {
            label: self.label(action),
            before,
            state: Cow::Borrowed(&before.state),
            out: Out::new(),
        }
    }

    /// The outcome of a call. `first` is executed before the commands of the handler.
    fn outcome(
        &self,
        called: Called<'_, A>,
        heard: Option<u32>,
        first: impl FnOnce(&mut Local<A>),
    ) -> Outcome {
        let mut after = called.before.clone();
        if let Cow::Owned(state) = called.state {
            after.state = Arc::new(state);
        }
        first(&mut after);
        let src = Id::from(after.actor);
        let mut sent = Vec::new();
        after.obey(called.out, |dst, msg| {
            let id = self.mail.id_of(&Envelope { src, dst, msg });
            sent.push((super::number(self.mail.receiver(id)), id));
        });
        let sent = sent.into();
        Outcome {
            label: called.label,
            local: self.locals.id(after),
            effect: self.effects.id(Effect { heard, sent }),
        }
    }

    pub(super) fn label(&self, action: &ActionOf<A>) -> Label {
        let id = self.actions.id((self.name)(action));
        Label::try_from(id).unwrap_or_else(|_| {
            self.faults.set(ModelFault::TooManyActions);
            Label::MAX
        })
    }

    /// The history after a step: the received message is recorded first, then the sent ones.
    pub(super) fn history(&self, before: u32, effect: &Effect) -> u32 {
        let (cfg, old) = (&self.model.cfg, self.histories.get(before));
        let envelope = |id: u32| {
            let Envelope { src, dst, msg } = self.mail.envelope(id);
            let (src, dst) = (*src, *dst);
            Envelope { src, dst, msg }
        };
        let heard = effect.heard;
        let record = || {
            let mut new = heard.and_then(|id| (self.model.record_msg_in)(cfg, old, envelope(id)));
            for (_, id) in &effect.sent {
                let now = new.as_ref().unwrap_or(old);
                new = (self.model.record_msg_out)(cfg, now, envelope(*id)).or(new);
            }
            new
        };
        let call = "`record_msg_in` or `record_msg_out`, for the history";
        let new = self.faults.guard(call, old, record).flatten();
        new.map_or(before, |history| self.histories.id(history))
    }
}
