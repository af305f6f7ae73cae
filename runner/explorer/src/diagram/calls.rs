//! The calls that a slot makes, and how they end.

use tandem_models::kit::actors::{Next, Slot};
use tandem_models::kit::fault::Fault;
use tandem_models::kit::io::{Call as Asked, Outcome};
use tandem_models::kit::replay::Entry;
use tandem_models::kit::system::State;

use super::changes::wrote;
use super::drawing::{Drawing, Queue};
use super::{Call, CallOutcome, DATABASE, Fate, FlightKind, MarkKind, labels};
use tandem_check::trace::TraceStep;

impl Drawing<'_> {
    /// A call of a slot gets no answer; `kind` says why.
    pub(super) fn failed(
        &mut self,
        slot: usize,
        fault: Fault,
        before: &State,
        after: &State,
        told: &TraceStep,
    ) {
        let Some(request) = self.asking.remove(&slot) else {
            let outcome = match fault {
                Fault::Unknown => CallOutcome::Unknown,
                _ => CallOutcome::Failed,
            };
            self.call(slot, before, after, told, Some(outcome));
            return self.timeout(slot);
        };
        match fault {
            Fault::Late => {
                let flight = &mut self.diagram.flights[request];
                flight.late = true;
                if let Slot::Busy(work) = self.system.slots(before)[slot]
                    && let Next::Await {
                        party,
                        request: asked,
                        ..
                    } = &work.next
                    && let Some(party) = self.system.party_asked(*party)
                {
                    let late = (Queue::Late(party), asked.clone());
                    self.waiting.entry(late).or_default().push(request);
                }
            }
            Fault::Unknown => {
                self.ends(request, Fate::Delivered);
                self.asked_by(slot, before, told);
                let answer = self.answer_to(request);
                self.ends(answer, Fate::Lost);
            }
            _ => self.ends(request, Fate::Lost),
        }
        self.timeout(slot);
        self.given_back(slot, before, after);
    }

    fn timeout(&mut self, slot: usize) {
        let said = "no answer".to_owned();
        self.mark_slot(slot, MarkKind::Timeout, said);
    }

    /// A slot makes a call. `fate` is the fault that hits the call, if there is one.
    pub(super) fn call(
        &mut self,
        slot: usize,
        before: &State,
        after: &State,
        told: &TraceStep,
        fate: Option<CallOutcome>,
    ) {
        let Some(asked) = self.system.pending(before, slot) else {
            return;
        };
        match &asked {
            Asked::Publish { message, .. } if fate != Some(CallOutcome::Failed) => {
                self.publish(slot, &asked, message, after);
            }
            Asked::Send { message, .. } if fate != Some(CallOutcome::Failed) => {
                self.publish(slot, &asked, message, after);
            }
            Asked::Reply(answer) if fate != Some(CallOutcome::Failed) => {
                let label = labels::call(&asked);
                let (from, to) = (self.host(slot), self.sender);
                let flight = self.send(FlightKind::Reply, label, from, to, |_| {});
                let reply = match self.system.slots(before)[slot] {
                    Slot::Busy(work) => self.system.reply_to(&work.message, answer),
                    Slot::Idle => answer.clone(),
                };
                let replies = (Queue::Replies, reply);
                self.waiting.entry(replies).or_default().push(flight);
            }
            Asked::Ask { party, .. } => {
                let to = self.system.party_asked(*party);
                let to = to.map_or("", |party| self.system.party_name(party));
                let label = labels::call(&asked);
                let flight = self.send(FlightKind::Request, label, self.host(slot), to, |_| {});
                self.asking.insert(slot, flight);
            }
            _ => self.one_step(slot, &asked, before, told, fate),
        }
        self.given_back(slot, before, after);
    }

    /// A call that takes one step: to the stored data, or to the broker.
    fn one_step(
        &mut self,
        slot: usize,
        asked: &Asked,
        before: &State,
        told: &TraceStep,
        fate: Option<CallOutcome>,
    ) {
        let came = self.system.outcome(before, slot);
        let came = came.map(|(_, outcome)| outcome).filter(|_| fate.is_none());
        let wrote = wrote(told, &self.stored);
        let to = match asked {
            Asked::Ack | Asked::Reply(_) => self.sender,
            Asked::Publish { .. } => self.heard_by(),
            Asked::Send { to, .. } => to,
            _ => DATABASE,
        };
        self.diagram.calls.push(Call {
            step: self.now,
            from: self.host(slot).to_owned(),
            to: to.to_owned(),
            slot: Some(self.system.host_of(slot).1 + 1),
            action: told.action.clone(),
            label: labels::call(asked),
            answer: came
                .as_ref()
                .and_then(|came| labels::answer(self.system, asked, came)),
            writes: !wrote.is_empty(),
            wrote: wrote.into_iter().take(4).collect(),
            outcome: fate.unwrap_or(match came {
                Some(Outcome::Conflict) => CallOutcome::Conflict,
                Some(Outcome::Refused) => CallOutcome::Refused,
                _ => CallOutcome::Done,
            }),
        });
    }

    /// If a handler ended without acknowledging its message, the message waits in its queue again.
    fn given_back(&mut self, slot: usize, before: &State, after: &State) {
        let Slot::Busy(work) = self.system.slots(before)[slot] else {
            return;
        };
        let (endpoint, _) = self.system.host_of(slot);
        let waits = |state| {
            let queue = self.system.queue(endpoint, state);
            queue.get(&work.message).copied()
        };
        if *self.system.slots(after)[slot] == Slot::Idle && waits(after) > waits(before) {
            let said = "gives the message back".to_owned();
            self.mark_slot(slot, MarkKind::GivesBack, said);
            self.again(slot, before);
        }
    }

    /// The third party's answer arrives.
    pub(super) fn answered(
        &mut self,
        slot: usize,
        before: &State,
        after: &State,
        told: &TraceStep,
    ) {
        if let Some(request) = self.asking.remove(&slot) {
            self.ends(request, Fate::Delivered);
            self.asked_by(slot, before, told);
            let answer = self.answer_to(request);
            if let Slot::Busy(work) = self.system.slots(after)[slot]
                && let Some(Entry::Called { outcome, .. }) = work.log.last().map(|entry| &**entry)
                && let Outcome::Answered(value) = outcome
            {
                self.diagram.flights[answer].label = value.brief();
            }
            self.ends(answer, Fate::Delivered);
        }
        self.given_back(slot, before, after);
    }

    fn answer_to(&mut self, request: usize) -> usize {
        let asked = self.diagram.flights[request].clone();
        let label = "answer".to_owned();
        self.send(
            FlightKind::Answer,
            label,
            &asked.to.clone(),
            &asked.from.clone(),
            |answer| {
                answer.of = None;
            },
        )
    }
}
