//! Builds a diagram step by step.

use std::collections::BTreeMap;

use tandem_models::kit::actors::Slot;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::value::Value;

use super::changes::{remembered, wrote};
use super::{
    Activity, CallOutcome, DATABASE, Diagram, Fate, Lifeline, Mark, MarkKind, Outage, SUBSCRIBERS,
};
use tandem_check::trace::{TraceStep, slot_of};

/// A queue in which messages wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Queue {
    /// The incoming queue of the endpoint with this number.
    Incoming(usize),
    /// Messages that become due later, for the endpoint with this number.
    Later(usize),
    Outgoing,
    Replies,
    /// For the third party with this number, if the sender has given up.
    Late(usize),
}

/// A diagram under construction, with the flights and calls that have not ended.
pub(super) struct Drawing<'a> {
    pub(super) system: &'a System,
    pub(super) diagram: Diagram,
    /// The flights of each waiting message. The one that has waited longest comes first.
    pub(super) waiting: BTreeMap<(Queue, Value), Vec<usize>>,
    /// The flight that each busy slot works on.
    working: BTreeMap<usize, usize>,
    /// The open request of each slot to the third party.
    pub(super) asking: BTreeMap<usize, usize>,
    /// The names of everything stored.
    pub(super) stored: Vec<&'static str>,
    pub(super) sender: &'static str,
    pub(super) now: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(system: &'a System, lifelines: Vec<Lifeline>, start: &State) -> Self {
        let mut drawing = Drawing {
            system,
            diagram: Diagram {
                lifelines,
                ..Diagram::default()
            },
            waiting: BTreeMap::new(),
            working: BTreeMap::new(),
            asking: BTreeMap::new(),
            stored: system.spec().schema.names().collect(),
            sender: system.name(system.sender()),
            now: 0,
        };
        for (message, copies) in system.incoming(start) {
            let original = drawing.send_incoming(0, &message, |_| {});
            for _ in 1..copies {
                drawing.send_incoming(0, &message, |flight| {
                    flight.duplicate = true;
                    flight.of = Some(original);
                });
            }
        }
        drawing
    }

    pub(super) fn done(self) -> Diagram {
        self.diagram
    }

    pub(super) fn step(&mut self, step: &Step, before: &State, after: &State, told: &TraceStep) {
        self.now = told.number;
        let slot = slot_of(self.system, step, before, after);
        match &step.kind {
            Kind::Receive(endpoint, message) => {
                let flight = self.arrives(Queue::Incoming(*endpoint), message);
                if let (Some(slot), Some(flight)) = (slot, flight) {
                    self.working.insert(slot, flight);
                }
            }
            Kind::Wake(_) => {}
            Kind::Call(slot) => self.call(*slot, before, after, told, None),
            Kind::Answer(slot) => self.answered(*slot, before, after, told),
            Kind::Downstream(message) => self.consumed(message, before, after, told),
            Kind::Reply(reply) => {
                self.arrives(Queue::Replies, reply);
                self.requests_leave(before, after);
            }
            Kind::AskAgain => self.clicks("clicks again", before, after),
            Kind::GiveUp => self.clicks("gives up waiting", before, after),
            Kind::LateRequest(party, request) => {
                self.arrives(Queue::Late(*party), request);
                self.asked(*party, request, before, told);
            }
            Kind::LateWrite(late) => {
                let said = format!("a late write of {} lands", late.write.collection);
                let wrote = wrote(told, &self.stored);
                self.does(DATABASE, MarkKind::Handled, said, wrote);
            }
            Kind::Due(endpoint, message) => {
                if let Some(flight) = self.leaves(Queue::Later(*endpoint), message) {
                    let waits = (Queue::Incoming(*endpoint), message.clone());
                    self.waiting.entry(waits).or_default().push(flight);
                }
            }
            Kind::Recover(endpoint) => self.recovered(*endpoint),
            Kind::Fault(fault, target) => self.fault(*fault, target, before, after, told),
        }
        self.busy(before, after);
    }

    fn fault(
        &mut self,
        fault: Fault,
        target: &Target,
        before: &State,
        after: &State,
        told: &TraceStep,
    ) {
        match (fault, target) {
            (Fault::Crash, Target::Endpoint(endpoint)) => self.crashed(*endpoint, before, after),
            (Fault::Duplicate, Target::Incoming(endpoint, message)) => {
                let of = self.first(Queue::Incoming(*endpoint), message);
                self.send_incoming(*endpoint, message, |flight| {
                    flight.duplicate = true;
                    flight.of = of;
                });
            }
            (Fault::Expire, Target::Incoming(endpoint, message)) => {
                self.expires(Queue::Incoming(*endpoint), message, *endpoint);
            }
            (Fault::Expire, Target::Outgoing(message)) => self.expires(Queue::Outgoing, message, 0),
            (_, Target::Outgoing(message)) => {
                let of = self.first(Queue::Outgoing, message);
                self.for_consumer(message, after, |flight| {
                    flight.duplicate = true;
                    flight.of = of;
                });
            }
            (Fault::Lease, Target::Slot(slot)) => {
                let said = "the lease expires".to_owned();
                let (_, place) = self.system.host_of(*slot);
                self.mark(self.sender, Some(place), MarkKind::Lease, said);
                self.again(*slot, before);
            }
            (_, Target::Incoming(endpoint, message)) => {
                self.lost(Queue::Incoming(*endpoint), message);
            }
            (_, Target::Reply(reply)) => self.lost(Queue::Replies, reply),
            (_, Target::Stored(..)) => {
                let said = match fault {
                    Fault::Lease => "the lease on a row expires",
                    _ => "forgets what it stored",
                };
                let said = said.to_owned();
                let wrote = wrote(told, &self.stored);
                self.does(DATABASE, MarkKind::Forget, said, wrote);
            }
            (Fault::Stale, Target::Slot(slot)) => {
                self.call(*slot, before, after, told, Some(CallOutcome::Done));
                let said = "reads what was stored before the last change".to_owned();
                self.does(DATABASE, MarkKind::Forget, said, Vec::new());
            }
            (_, Target::Memory(party, _)) => {
                let said = "forgets what it remembered".to_owned();
                let remembered = remembered(self.system, *party, told);
                self.does(
                    self.system.party_name(*party),
                    MarkKind::Forget,
                    said,
                    remembered,
                );
            }
            (_, Target::Slot(slot) | Target::Write(slot)) => {
                self.failed(*slot, fault, before, after, told);
            }
            _ => {}
        }
    }

    /// A waiting message is removed from its queue, at the lifeline from which the endpoint receives.
    fn expires(&mut self, queue: Queue, message: &Value, endpoint: usize) {
        let said = "a message expires".to_owned();
        self.mark(self.queue_of(endpoint), None, MarkKind::Lease, said);
        self.lost(queue, message);
    }

    fn clicks(&mut self, said: &str, before: &State, after: &State) {
        self.mark(self.sender, None, MarkKind::Click, said.to_owned());
        self.requests_leave(before, after);
    }

    /// The requests that the browser or the client sends in this step.
    fn requests_leave(&mut self, before: &State, after: &State) {
        let waited = self.system.incoming(before);
        for (message, copies) in self.system.incoming(after) {
            for _ in waited.get(&message).copied().unwrap_or(0)..copies {
                self.send_incoming(0, &message, |_| {});
            }
        }
    }

    fn crashed(&mut self, endpoint: usize, before: &State, after: &State) {
        let host = &self.system.hosts()[endpoint];
        let slots = host.first_slot..host.first_slot + host.slots;
        let said = "crash".to_owned();
        self.mark(host.name, None, MarkKind::Crash, said);
        self.diagram.outages.push(Outage {
            lifeline: host.name.to_owned(),
            from: self.now,
            to: None,
        });
        for slot in slots.clone() {
            if let Some(request) = self.asking.remove(&slot) {
                self.ends(request, Fate::Lost);
            }
        }
        let waited = self.system.queue(endpoint, before);
        let waits = self.system.queue(endpoint, after);
        let mut returned: BTreeMap<Value, usize> = waits
            .into_iter()
            .map(|(message, copies)| {
                let before = waited.get(&message).copied().unwrap_or(0);
                (message, copies.saturating_sub(before))
            })
            .collect();
        for slot in slots {
            let Slot::Busy(work) = self.system.slots(before)[slot] else {
                continue;
            };
            if let Some(left) = returned.get_mut(&work.message).filter(|left| **left > 0) {
                *left -= 1;
                self.again(slot, before);
            }
        }
    }

    fn recovered(&mut self, endpoint: usize) {
        let name = self.system.hosts()[endpoint].name;
        let said = "starts again".to_owned();
        self.mark(name, None, MarkKind::Recover, said);
        let mut outages = self.diagram.outages.iter_mut().rev();
        if let Some(outage) = outages.find(|outage| outage.lifeline == name) {
            outage.to = Some(self.now);
        }
    }

    /// The message that a slot works on waits in its queue again.
    pub(super) fn again(&mut self, slot: usize, before: &State) {
        let Slot::Busy(work) = self.system.slots(before)[slot] else {
            return;
        };
        let (endpoint, _) = self.system.host_of(slot);
        let of = self.working.get(&slot).copied();
        let same = of.map(|of| &self.diagram.flights[of]);
        let same = same.map(|flight| (flight.copy, flight.duplicate));
        self.send_incoming(endpoint, &work.message.clone(), |flight| {
            flight.redelivery = true;
            flight.of = of;
            (flight.copy, flight.duplicate) = same.unwrap_or((flight.copy, flight.duplicate));
        });
    }

    /// Records which slots become busy or idle in a step.
    fn busy(&mut self, before: &State, after: &State) {
        let pairs = self.system.slots(before).into_iter();
        let pairs = pairs.zip(self.system.slots(after)).enumerate();
        for (slot, (before, after)) in pairs {
            let (name, number) = (self.host(slot), self.system.host_of(slot).1 + 1);
            match (before, after) {
                (Slot::Idle, Slot::Busy(work)) => self.diagram.activities.push(Activity {
                    lifeline: name.to_owned(),
                    slot: number,
                    from: self.now,
                    to: None,
                    label: self.system.message(&work.message),
                    crashed: false,
                }),
                (Slot::Busy(_), Slot::Idle) => {
                    self.working.remove(&slot);
                    let now = self.now;
                    let mut down = self.diagram.outages.iter();
                    let crashed = down.any(|outage| outage.from == now && outage.lifeline == name);
                    let mut open = self.diagram.activities.iter_mut();
                    let open = open
                        .find(|one| one.lifeline == name && one.slot == number && one.to.is_none());
                    if let Some(activity) = open {
                        activity.to = Some(self.now);
                        activity.crashed = crashed;
                    }
                }
                _ => {}
            }
        }
    }

    /// The name of the endpoint that a slot belongs to.
    pub(super) fn host(&self, slot: usize) -> &'static str {
        let (endpoint, _) = self.system.host_of(slot);
        self.system.hosts()[endpoint].name
    }

    /// Adds an event in a handler slot.
    pub(super) fn mark_slot(&mut self, slot: usize, kind: MarkKind, label: String) {
        let (_, place) = self.system.host_of(slot);
        self.mark(self.host(slot), Some(place), kind, label);
    }

    /// The lifeline from which a redelivered message comes: the broker, or the endpoint itself where
    /// no broker is drawn.
    pub(super) fn queue_of(&self, endpoint: usize) -> &'static str {
        match self.system.spec().intake {
            Intake::Queue => self.sender,
            Intake::Requests => self.system.hosts()[endpoint].name,
        }
    }

    pub(super) fn heard_by(&self) -> &'static str {
        let consumer = self.system.receivers()[1];
        consumer.map_or(SUBSCRIBERS, |id| self.system.name(id))
    }

    pub(super) fn mark(
        &mut self,
        lifeline: &str,
        slot: Option<usize>,
        kind: MarkKind,
        label: String,
    ) {
        self.diagram.marks.push(Mark {
            step: self.now,
            lifeline: lifeline.to_owned(),
            slot: slot.map(|slot| slot + 1),
            kind,
            label,
            wrote: Vec::new(),
        });
    }
}
