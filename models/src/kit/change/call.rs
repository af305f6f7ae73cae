//! A slot makes its next call: the outcome, the messages that it sends, and the answer of a third
//! party.

use std::sync::Arc;

use stateright::actor::Id;

use super::Change;
use crate::kit::actors::{Msg, Next, Slot};
use crate::kit::call::{Call, Outcome};
use crate::kit::observe::waiting;
use crate::kit::replay::{Asked, Breach, Entry, Handler, Progress, longer, replay};
use crate::kit::system::{ENDPOINT, Intake, System};
use crate::kit::world::{Caller, LateWrite};
use crate::value::Value;

/// How a call ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::kit) enum Fate {
    Answered,
    Failed,
    AnswerLost,
    Delayed,
    Stale,
}

/// The caller of a call.
#[derive(Clone)]
pub(in crate::kit) struct Calling {
    pub(in crate::kit) id: Id,
    /// The number of the endpoint to whose history the call is added, and for which identities are
    /// drawn.
    pub(in crate::kit) number: usize,
    /// Whether the call is added to that history. The history of a downstream consumer is not kept.
    pub(in crate::kit) observed: bool,
    /// The sender to whom its message is given back.
    pub(in crate::kit) src: Id,
}

impl Calling {
    /// The downstream consumer.
    pub(in crate::kit) fn downstream(consumer: Id, endpoint: Id) -> Self {
        Calling {
            id: consumer,
            number: ENDPOINT,
            observed: false,
            src: endpoint,
        }
    }
}

impl System {
    /// An endpoint as the caller.
    pub(in crate::kit) fn caller(&self, number: usize) -> Calling {
        Calling {
            id: self.hosts[number].id,
            number,
            observed: true,
            src: self.sender,
        }
    }
}

impl Change<'_> {
    /// A slot makes its next call.
    pub(in crate::kit) fn call(&mut self, slot: usize, fate: Fate) -> Option<()> {
        let (number, place) = self.system.host_of(slot);
        let host = self.system.hosts.get(number)?;
        let caller = self.system.caller(number);
        self.calls(&caller, &host.handler, place, fate)
    }

    /// A participant makes the next call of one of its slots.
    pub(super) fn calls(
        &mut self,
        caller: &Calling,
        handler: &Handler,
        slot: usize,
        fate: Fate,
    ) -> Option<()> {
        let (dst, endpoint) = (caller.id, usize::from(caller.id));
        let work = self.work(endpoint, slot)?;
        let Next::Call(expected) = work.next else {
            return None;
        };
        let ledger = &self.state.world.ledgers[caller.number];
        let draw = |n| ledger.identity(&work.message, n);
        let (action, call, drawn) = match replay(handler, &work.message, &work.log, &draw) {
            Progress::Pending {
                action,
                call,
                drawn,
            } if action == expected => (action, call, drawn),
            other => {
                let before = Asked::Other(expected.to_owned());
                let breach = Breach::differs(&before, &other.asked());
                self.break_off(endpoint, slot, breach);
                return Some(());
            }
        };
        let ledger = self.state.world.ledger_mut(caller.number);
        ledger.draw(&work.message, drawn.len());
        let mut entries: Vec<Entry> = drawn.into_iter().map(Entry::Fresh).collect();
        if let Call::Ask {
            party,
            answered,
            request,
        } = call
        {
            let next = Next::Await {
                party,
                action,
                answered,
                request,
            };
            if let Err(breach) = self.leaves(caller, slot, entries, next) {
                self.break_off(endpoint, slot, breach);
            }
            return Some(());
        }
        let outcome = match self.outcome(caller, slot, &work.message, &call, fate) {
            Ok(outcome) => outcome,
            Err(breach) => {
                self.break_off(endpoint, slot, breach);
                return Some(());
            }
        };
        entries.push(Entry::Called {
            action,
            call,
            outcome,
        });
        self.resume(endpoint, slot, entries)?;
        self.settle(caller.src, dst, slot, &work.message);
        Some(())
    }

    /// A slot sends a request to a third party, and waits for the answer.
    pub(in crate::kit) fn leaves(
        &mut self,
        caller: &Calling,
        slot: usize,
        drawn: Vec<Entry>,
        next: Next,
    ) -> Result<(), Breach> {
        let Next::Await {
            party,
            action,
            request,
            ..
        } = &next
        else {
            return Ok(());
        };
        let asked = self.system.party_asked(*party).filter(|_| caller.observed);
        let Some(asked) = asked else {
            return Err(self.system.nobody_asked(action, *party));
        };
        let leaves = Msg::Request(Some(slot), request.clone());
        self.put(caller.id, self.system.third_parties[asked], leaves);
        if let Some(Slot::Busy(work)) = self.slot_mut(caller.id.into(), slot) {
            work.log = longer(&work.log, drawn);
            work.next = next;
        }
        Ok(())
    }

    pub(in crate::kit) fn outcome(
        &mut self,
        calling: &Calling,
        slot: usize,
        message: &Value,
        call: &Call,
        fate: Fate,
    ) -> Result<Outcome, Breach> {
        let schema = &self.system.spec.schema;
        match fate {
            Fate::Failed => return Ok(Outcome::Failed),
            Fate::Stale => return self.state.world.stale(schema, call),
            Fate::Delayed => {
                if let Some(write) = schema.late_write(call) {
                    let late = LateWrite {
                        endpoint: calling.number,
                        message: message.clone(),
                        write: write.clone(),
                    };
                    let landing = Arc::make_mut(&mut self.state.world.landing);
                    *landing.entry(late).or_insert(0) += 1;
                }
                return Ok(Outcome::Failed);
            }
            Fate::Answered | Fate::AnswerLost => {}
        }
        let caller = Caller {
            endpoint: usize::from(calling.id),
            ledger: calling.number,
            slot,
            message,
            observed: calling.observed,
        };
        let outcome = self.state.world.perform(schema, &caller, call)?;
        let refused = outcome == Outcome::Conflict;
        if !refused && (calling.observed || matches!(call, Call::Reply(_))) {
            self.goes_out(calling, message, call)?;
        }
        Ok(match fate {
            Fate::AnswerLost => Outcome::Failed,
            _ => outcome,
        })
    }

    /// Sends the messages that a call sends.
    fn goes_out(&mut self, calling: &Calling, handled: &Value, call: &Call) -> Result<(), Breach> {
        let (system, sender) = (self.system, self.system.sender);
        match call {
            Call::Publish {
                output, message, ..
            } => {
                if let Some(consumer) = system.downstream.filter(|_| calling.number == ENDPOINT) {
                    self.put(calling.id, consumer, Msg::Message(message.clone()));
                }
                for host in &system.hosts {
                    if host.subscribes(output) {
                        self.put(sender, host.id, Msg::Message(message.clone()));
                    }
                }
            }
            Call::CommitAndPublish(_, publish) => self.goes_out(calling, handled, publish)?,
            Call::Send {
                to, later, message, ..
            } => {
                let Some(number) = system.host_named(to) else {
                    return Err(Breach::Misuse(format!(
                        "the system has no endpoint named '{to}' to send {message} to"
                    )));
                };
                if *later && !system.spec.later.contains(to) {
                    return Err(Breach::Misuse(format!(
                        "'{to}' is sent a message for later, and `Spec::later` does not say so"
                    )));
                }
                let message = message.clone();
                let travels = match later {
                    true => Msg::Later(message),
                    false => Msg::Message(message),
                };
                self.put(sender, system.hosts[number].id, travels);
            }
            Call::Reply(answer) => {
                let answers = system.spec.intake == Intake::Requests && calling.number == ENDPOINT;
                if !answers || !calling.observed {
                    return Err(Breach::Misuse(format!(
                        "the handler replies {answer}, but it handles a message from a queue, and nobody \
                         waits for a reply; publish or send a message instead"
                    )));
                }
                let reply = system.reply_to(handled, answer);
                self.put(calling.id, sender, Msg::Reply(reply));
            }
            _ => {}
        }
        Ok(())
    }

    /// The answer of a third party, or a time-out, arrives for a slot.
    pub(in crate::kit) fn answer(&mut self, slot: usize, fate: Fate) -> Option<()> {
        let (number, place) = self.system.host_of(slot);
        let endpoint = self.system.hosts[number].id;
        let work = self.work(endpoint.into(), place)?;
        let Next::Await {
            party,
            action,
            answered,
            request,
        } = work.next
        else {
            return None;
        };
        let asked = self.system.party_asked(party)?;
        let outcome = self.exchange((endpoint, place), asked, request.clone(), fate)?;
        let called = Entry::Called {
            action,
            call: Call::Ask {
                party,
                answered,
                request,
            },
            outcome,
        };
        self.resume(endpoint.into(), place, vec![called])?;
        self.settle(self.system.sender, endpoint, place, &work.message);
        Some(())
    }

    /// Delivers a slot's request: the third party with this number answers it, or it is lost.
    pub(in crate::kit) fn exchange(
        &mut self,
        (endpoint, slot): (Id, usize),
        party: usize,
        request: Value,
        fate: Fate,
    ) -> Option<Outcome> {
        let party = *self.system.third_parties.get(party)?;
        let asked = Msg::Request(Some(slot), request.clone());
        let outcome = match fate {
            Fate::Failed | Fate::Delayed => {
                self.drop(endpoint, party, asked)?;
                Outcome::Failed
            }
            Fate::Answered | Fate::AnswerLost | Fate::Stale => {
                self.deliver(endpoint, party, asked)?;
                let response = self.response(endpoint)?;
                self.drop(party, endpoint, Msg::Response(response.clone()))?;
                match fate {
                    Fate::AnswerLost => Outcome::Failed,
                    _ => Outcome::Answered(response),
                }
            }
        };
        if fate == Fate::Delayed {
            self.put(endpoint, party, Msg::Request(None, request));
        }
        Some(outcome)
    }

    fn response(&self, endpoint: Id) -> Option<Value> {
        let responses = waiting(&self.state, endpoint, |msg| match msg {
            Msg::Response(response) => Some(response.clone()),
            _ => None,
        });
        responses.into_keys().next()
    }
}
