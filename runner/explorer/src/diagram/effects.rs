//! Steps of participants other than the endpoint: its consumer and the third party.

use tandem_models::kit::actors::{Next, Slot};
use tandem_models::kit::system::State;
use tandem_models::value::Value;

use super::changes::{remembered, wrote};
use super::drawing::{Drawing, Queue};
use super::{Mark, MarkKind};
use tandem_check::trace::TraceStep;

/// The text for a participant that carries out a request, where the protocol gives no better text.
const HANDLES: &str = "handles it";

impl Drawing<'_> {
    /// The consumer handles a message, or drops it because it has seen it before.
    pub(super) fn consumed(
        &mut self,
        message: &Value,
        before: &State,
        after: &State,
        told: &TraceStep,
    ) {
        self.arrives(Queue::Outgoing, message);
        let consumer = self.heard_by();
        if before.world == after.world {
            let said = "has seen it before: drops it".to_owned();
            return self.mark(consumer, None, MarkKind::Dropped, said);
        }
        let wrote = wrote(told, &self.stored);
        self.does(consumer, MarkKind::Handled, HANDLES.to_owned(), wrote);
    }

    /// The third party gets the request of a slot.
    pub(super) fn asked_by(&mut self, slot: usize, before: &State, told: &TraceStep) {
        if let Slot::Busy(work) = self.system.slots(before)[slot]
            && let Next::Await { party, request, .. } = &work.next
            && let Some(party) = self.system.party_asked(*party)
        {
            self.asked(party, request, before, told);
        }
    }

    /// The third party with this number receives a request.
    pub(super) fn asked(
        &mut self,
        party: usize,
        request: &Value,
        before: &State,
        told: &TraceStep,
    ) {
        let said = self.system.says(before, party, request);
        let said = said.unwrap_or_else(|| HANDLES.to_owned());
        let (name, remembered) = (
            self.system.party_name(party),
            remembered(self.system, party, told),
        );
        self.does(name, MarkKind::Handled, said, remembered);
    }

    /// Adds an event at a lifeline that stores something there.
    pub(super) fn does(
        &mut self,
        lifeline: &str,
        kind: MarkKind,
        label: String,
        wrote: Vec<String>,
    ) {
        self.diagram.marks.push(Mark {
            step: self.now,
            lifeline: lifeline.to_owned(),
            slot: None,
            kind,
            label,
            wrote,
        });
    }
}
