//! A diagram that grows step by step.

use std::collections::BTreeMap;

use tandem_models::kit::actors::Slot;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::value::Value;

use super::effects::remembered;
use super::{Activity, Diagram, Fate, Flight, FlightKind, Mark, MarkKind, Outage, SUBSCRIBERS};
use crate::wire::Lifeline;
use tandem_check::trace::TraceStep;

/// Where something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Queue {
    Incoming,
    Outgoing,
    Replies,
    Late,
}

/// A diagram, and what is still going on in it.
pub(super) struct Drawing<'a> {
    pub(super) system: &'a System,
    pub(super) diagram: Diagram,
    /// The flights of each waiting value, the longest waiting first.
    pub(super) waiting: BTreeMap<(Queue, Value), Vec<usize>>,
    /// Per slot: the flight that it works on.
    working: BTreeMap<usize, usize>,
    /// Per slot: its open request to the third party.
    pub(super) asking: BTreeMap<usize, usize>,
    /// The names of everything stored.
    pub(super) stored: Vec<&'static str>,
    pub(super) endpoint: &'static str,
    pub(super) sender: &'static str,
    pub(super) now: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(system: &'a System, lifelines: Vec<Lifeline>, start: &State) -> Self {
        let [endpoint, ..] = system.receivers();
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
            endpoint: endpoint.map_or("", |id| system.name(id)),
            sender: system.name(system.sender()),
            now: 0,
        };
        for (message, copies) in system.incoming(start) {
            let original = drawing.send_incoming(&message, |_| {});
            for _ in 1..copies {
                drawing.send_incoming(&message, |flight| {
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
        let slot = told.slot.map(|slot| slot - 1);
        match &step.kind {
            Kind::Receive(message) => {
                let flight = self.arrives(Queue::Incoming, message);
                if let (Some(slot), Some(flight)) = (slot, flight) {
                    self.working.insert(slot, flight);
                }
            }
            Kind::Call(slot) => self.call(*slot, before, after, told, None),
            Kind::Answer(slot) => self.answered(*slot, before, after, told),
            Kind::Downstream(message) => self.consumed(message, before, after, told),
            Kind::Reply(reply) => {
                self.arrives(Queue::Replies, reply);
            }
            Kind::AskAgain => self.clicked(before, after),
            Kind::LateRequest(request) => {
                self.arrives(Queue::Late, request);
                self.asked(request, before, told);
            }
            Kind::Recover => self.recovered(),
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
            (Fault::Crash, _) => self.crashed(before, after),
            (Fault::Duplicate, Target::Incoming(message)) => {
                let of = self.first(Queue::Incoming, message);
                self.send_incoming(message, |flight| {
                    flight.duplicate = true;
                    flight.of = of;
                });
            }
            (_, Target::Outgoing(message)) => {
                let of = self.first(Queue::Outgoing, message);
                self.publish(message, after, |flight| {
                    flight.duplicate = true;
                    flight.of = of;
                });
            }
            (Fault::Lease, Target::Slot(slot)) => {
                let said = "the lease expires".to_owned();
                self.mark(self.sender, Some(*slot), MarkKind::Lease, said);
                self.again(*slot, before);
            }
            (_, Target::Incoming(message)) => self.lost(Queue::Incoming, message),
            (_, Target::Reply(reply)) => self.lost(Queue::Replies, reply),
            (Fault::Forget, _) => {
                let said = "forgets what it remembered".to_owned();
                self.does(self.party(), MarkKind::Forget, said, remembered(told));
            }
            (_, Target::Slot(slot)) => self.failed(*slot, fault, before, after, told),
            _ => {}
        }
    }

    fn clicked(&mut self, before: &State, after: &State) {
        let said = "clicks again".to_owned();
        self.mark(self.sender, None, MarkKind::Click, said);
        let waited = self.system.incoming(before);
        for (message, copies) in self.system.incoming(after) {
            for _ in waited.get(&message).copied().unwrap_or(0)..copies {
                self.send_incoming(&message, |_| {});
            }
        }
    }

    fn crashed(&mut self, before: &State, after: &State) {
        let said = "crash".to_owned();
        self.mark(self.endpoint, None, MarkKind::Crash, said);
        self.diagram.outages.push(Outage {
            lifeline: self.endpoint.to_owned(),
            from: self.now,
            to: None,
        });
        for request in std::mem::take(&mut self.asking).into_values() {
            self.ends(request, Fate::Lost);
        }
        let (waited, waits) = (self.system.incoming(before), self.system.incoming(after));
        let mut returned: BTreeMap<Value, usize> = waits
            .into_iter()
            .map(|(message, copies)| {
                let before = waited.get(&message).copied().unwrap_or(0);
                (message, copies.saturating_sub(before))
            })
            .collect();
        for slot in 0..self.system.slots(before).len() {
            let Slot::Busy(work) = &self.system.slots(before)[slot] else {
                continue;
            };
            if let Some(left) = returned.get_mut(&work.message).filter(|left| **left > 0) {
                *left -= 1;
                self.again(slot, before);
            }
        }
    }

    fn recovered(&mut self) {
        let said = "starts again".to_owned();
        self.mark(self.endpoint, None, MarkKind::Recover, said);
        if let Some(outage) = self.diagram.outages.last_mut() {
            outage.to = Some(self.now);
        }
    }

    /// What a slot works on waits again.
    pub(super) fn again(&mut self, slot: usize, before: &State) {
        let Slot::Busy(work) = &self.system.slots(before)[slot] else {
            return;
        };
        let of = self.working.get(&slot).copied();
        let same = of.map(|of| &self.diagram.flights[of]);
        let same = same.map(|flight| (flight.copy, flight.duplicate));
        self.send_incoming(&work.message.clone(), |flight| {
            flight.redelivery = true;
            flight.of = of;
            (flight.copy, flight.duplicate) = same.unwrap_or((flight.copy, flight.duplicate));
        });
    }

    /// Which slots start or stop to be busy.
    fn busy(&mut self, before: &State, after: &State) {
        let pairs = self.system.slots(before).iter();
        let pairs = pairs.zip(self.system.slots(after)).enumerate();
        for (slot, (before, after)) in pairs {
            match (before, after) {
                (Slot::Idle, Slot::Busy(work)) => self.diagram.activities.push(Activity {
                    lifeline: self.endpoint.to_owned(),
                    slot: slot + 1,
                    from: self.now,
                    to: None,
                    label: self.system.message(&work.message),
                    crashed: false,
                }),
                (Slot::Busy(_), Slot::Idle) => {
                    self.working.remove(&slot);
                    let down = self.diagram.outages.last();
                    let crashed = down.is_some_and(|outage| outage.from == self.now);
                    let mut open = self.diagram.activities.iter_mut();
                    let open = open.find(|one| one.slot == slot + 1 && one.to.is_none());
                    if let Some(activity) = open {
                        activity.to = Some(self.now);
                        activity.crashed = crashed;
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn heard_by(&self) -> &'static str {
        let consumer = self.system.receivers()[1];
        consumer.map_or(SUBSCRIBERS, |id| self.system.name(id))
    }

    /// The third party, if there is one.
    pub(super) fn party(&self) -> &'static str {
        self.system.receivers()[2].map_or("", |id| self.system.name(id))
    }

    pub(super) fn publish(
        &mut self,
        message: &Value,
        after: &State,
        with: impl FnOnce(&mut Flight),
    ) {
        let label = self.system.event(after, message);
        let to = self.heard_by();
        let flight = self.send(FlightKind::Event, label, self.endpoint, to, with);
        if self.system.receivers()[1].is_some() {
            let outgoing = (Queue::Outgoing, message.clone());
            self.waiting.entry(outgoing).or_default().push(flight);
        } else {
            self.ends(flight, Fate::Delivered);
        }
    }

    fn send_incoming(&mut self, message: &Value, with: impl FnOnce(&mut Flight)) -> usize {
        let label = self.system.message(message);
        let kind = match self.system.spec().intake {
            Intake::Queue => FlightKind::Message,
            Intake::Requests => FlightKind::Request,
        };
        let flight = self.send(kind, label, self.sender, self.endpoint, with);
        let incoming = (Queue::Incoming, message.clone());
        self.waiting.entry(incoming).or_default().push(flight);
        flight
    }

    pub(super) fn send(
        &mut self,
        kind: FlightKind,
        label: String,
        from: &str,
        to: &str,
        with: impl FnOnce(&mut Flight),
    ) -> usize {
        let id = self.diagram.flights.len();
        let same = |other: &&Flight| {
            (&other.label, &other.from, &other.to) == (&label, &from.to_owned(), &to.to_owned())
                && !other.redelivery
        };
        let copy = 1 + self.diagram.flights.iter().filter(same).count();
        let mut flight = Flight {
            id,
            label,
            copy,
            of: None,
            kind,
            from: from.to_owned(),
            to: to.to_owned(),
            sent: self.now,
            ended: None,
            fate: Fate::InFlight,
            duplicate: false,
            redelivery: false,
            late: false,
        };
        with(&mut flight);
        self.diagram.flights.push(flight);
        id
    }

    fn first(&self, queue: Queue, value: &Value) -> Option<usize> {
        let waiting = self.waiting.get(&(queue, value.clone()))?;
        waiting.first().copied()
    }

    pub(super) fn arrives(&mut self, queue: Queue, value: &Value) -> Option<usize> {
        let flight = self.leaves(queue, value)?;
        self.ends(flight, Fate::Delivered);
        Some(flight)
    }

    fn lost(&mut self, queue: Queue, value: &Value) {
        if let Some(flight) = self.leaves(queue, value) {
            self.ends(flight, Fate::Lost);
        }
    }

    fn leaves(&mut self, queue: Queue, value: &Value) -> Option<usize> {
        let waiting = self.waiting.get_mut(&(queue, value.clone()))?;
        (!waiting.is_empty()).then(|| waiting.remove(0))
    }

    pub(super) fn ends(&mut self, flight: usize, fate: Fate) {
        let flight = &mut self.diagram.flights[flight];
        flight.ended = Some(self.now);
        flight.fate = fate;
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
