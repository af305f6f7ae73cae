//! The flights of a diagram: who sends them, in which queue they wait, and how they end.

use tandem_models::kit::io::Call;
use tandem_models::kit::system::State;
use tandem_models::value::Value;

use super::drawing::{Drawing, Queue};
use super::{Fate, Flight, FlightKind};

impl Drawing<'_> {
    /// A message leaves the endpoint of a slot: to another endpoint, to all endpoints that subscribe
    /// to it, or to the lifeline of the subscribers.
    pub(super) fn publish(&mut self, slot: usize, call: &Call, message: &Value, after: &State) {
        let (from, hosts) = (self.host(slot), self.system.hosts());
        let label = match call {
            Call::Send { .. } => self.system.message(message),
            _ => self.system.event(after, message),
        };
        let queues: Vec<Queue> = match call {
            Call::Send { to, later, .. } => {
                let number = hosts.iter().position(|host| host.name == *to);
                let queue = |number| match later {
                    true => Queue::Later(number),
                    false => Queue::Incoming(number),
                };
                number.map(queue).into_iter().collect()
            }
            Call::Publish { output, .. } => {
                let all = hosts.iter().enumerate();
                let hear = all.filter(|(_, host)| host.subscribes(output));
                hear.map(|(number, _)| Queue::Incoming(number)).collect()
            }
            _ => Vec::new(),
        };
        for queue in &queues {
            if let Queue::Incoming(number) | Queue::Later(number) = queue {
                let to = hosts[*number].name;
                let flight = self.send(FlightKind::Message, label.clone(), from, to, |_| {});
                let waits = (*queue, message.clone());
                self.waiting.entry(waits).or_default().push(flight);
            }
        }
        let first = self.system.host_of(slot).0 == 0;
        if queues.is_empty() || (first && self.system.receivers()[1].is_some()) {
            self.for_consumer(message, after, |_| {});
        }
    }

    /// An event leaves the first endpoint for its consumer, or for the lifeline of the subscribers.
    pub(super) fn for_consumer(
        &mut self,
        message: &Value,
        after: &State,
        with: impl FnOnce(&mut Flight),
    ) {
        let label = self.system.event(after, message);
        let to = self.heard_by();
        let flight = self.send(FlightKind::Event, label, self.host(0), to, with);
        if self.system.receivers()[1].is_some() {
            let outgoing = (Queue::Outgoing, message.clone());
            self.waiting.entry(outgoing).or_default().push(flight);
        } else {
            self.ends(flight, Fate::Delivered);
        }
    }

    pub(super) fn send_incoming(
        &mut self,
        endpoint: usize,
        message: &Value,
        with: impl FnOnce(&mut Flight),
    ) -> usize {
        let label = self.system.message(message);
        let (kind, from) = match self.system.is_request(endpoint, message) {
            false => (FlightKind::Message, self.queue_of(endpoint)),
            true => (FlightKind::Request, self.sender),
        };
        let to = self.system.hosts()[endpoint].name;
        let flight = self.send(kind, label, from, to, with);
        let incoming = (Queue::Incoming(endpoint), message.clone());
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

    pub(super) fn first(&self, queue: Queue, value: &Value) -> Option<usize> {
        let waiting = self.waiting.get(&(queue, value.clone()))?;
        waiting.first().copied()
    }

    pub(super) fn arrives(&mut self, queue: Queue, value: &Value) -> Option<usize> {
        let flight = self.leaves(queue, value)?;
        self.ends(flight, Fate::Delivered);
        Some(flight)
    }

    pub(super) fn lost(&mut self, queue: Queue, value: &Value) {
        if let Some(flight) = self.leaves(queue, value) {
            self.ends(flight, Fate::Lost);
        }
    }

    pub(super) fn leaves(&mut self, queue: Queue, value: &Value) -> Option<usize> {
        let waiting = self.waiting.get_mut(&(queue, value.clone()))?;
        (!waiting.is_empty()).then(|| waiting.remove(0))
    }

    pub(super) fn ends(&mut self, flight: usize, fate: Fate) {
        let flight = &mut self.diagram.flights[flight];
        flight.ended = Some(self.now);
        flight.fate = fate;
    }
}
