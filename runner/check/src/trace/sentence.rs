//! Describes a step in a sentence: who does what, to which message, and how it ends if the end is
//! not the usual one.

use std::collections::BTreeSet;

use tandem_models::catalogue::Instance;
use tandem_models::kit::actors::{Next, Slot, Work};
use tandem_models::kit::disabled::Disabled;
use tandem_models::kit::fault::Fault;
use tandem_models::kit::happening::Happening;
use tandem_models::kit::io::{Call, Outcome};
use tandem_models::kit::replay::Entry;
use tandem_models::kit::step::{Kind, Step, Target};
use tandem_models::kit::system::{Intake, State, System};
use tandem_models::value::Value;

/// A step with the states before and after it.
struct Told<'a> {
    instance: &'a Instance,
    system: &'a System,
    step: &'a Step,
    before: &'a State,
    after: &'a State,
}

pub(super) fn sentence(
    instance: &Instance,
    system: &System,
    step: &Step,
    before: &State,
    after: &State,
) -> String {
    let told = Told {
        instance,
        system,
        step,
        before,
        after,
    };
    let mut sentence = format!("{} {}{}", step.actor, told.what(), told.place());
    if let Some(ending) = told.ending() {
        sentence.push_str(&format!(": {ending}"));
    }
    sentence
}

/// A sentence for a kind of step that is not possible, without a particular message.
pub fn kind_of_step(instance: &Instance, system: &System, kind: &Disabled) -> String {
    let verb = instance.description.words(kind.action);
    let verb = verb.unwrap_or(kind.action);
    let happening = system.happening(kind.action);
    let object = match happening.map(|(kind, _)| kind) {
        Some(Happening::Receive | Happening::Duplicate) => format!(" a {}", system.noun()),
        Some(Happening::DownstreamReceives) => " a message".to_owned(),
        _ => String::new(),
    };
    format!("{} {verb}{object}", kind.actor)
}

impl Told<'_> {
    /// The protocol's own word for an action.
    fn own<'b>(&'b self, action: &'b str) -> &'b str {
        self.instance.description.words(action).unwrap_or(action)
    }

    /// The action, with the thing that it is applied to.
    fn what(&self) -> String {
        let (system, before) = (self.system, self.before);
        let verb = self.own(self.step.action);
        let with = |object: String| format!("{verb} {object}");
        match &self.step.kind {
            Kind::Receive(_, message)
            | Kind::Due(_, message)
            | Kind::Fault(Fault::Duplicate, Target::Incoming(_, message)) => {
                with(system.message(message))
            }
            Kind::LateWrite(late) => with(format!(
                "to {}, made for {}",
                late.write.collection,
                system.message(&late.message)
            )),
            Kind::Fault(Fault::Lease, Target::Stored(store, id)) => {
                format!("loses its lease on {} in {store}", id.brief())
            }
            Kind::Fault(_, Target::Stored(store, id)) => {
                format!("forgets {} in {store}", id.brief())
            }
            Kind::Fault(Fault::Expire, Target::Incoming(_, message)) => {
                format!("lets {} expire", system.message(message))
            }
            Kind::Fault(Fault::Expire, Target::Outgoing(event)) => {
                format!("lets {} expire", system.event(before, event))
            }
            Kind::Downstream(event) | Kind::Fault(_, Target::Outgoing(event)) => {
                with(system.event(before, event))
            }
            Kind::Reply(reply) => with(reply.brief()),
            Kind::Answer(slot) => self.answered(*slot, verb),
            Kind::LateRequest(party, request) => match system.says(before, *party, request) {
                Some(says) => with(format!("and {says}")),
                None => format!("{verb}: {}", request.brief()),
            },
            Kind::Fault(
                Fault::Fail | Fault::Unknown | Fault::Stale,
                Target::Slot(slot) | Target::Write(slot),
            )
            | Kind::Fault(_, Target::Write(slot)) => {
                match self.work(*slot).map(|work| &work.next) {
                    Some(Next::Call(call)) => format!("{}, and {verb}", self.own(call)),
                    _ => verb.to_owned(),
                }
            }
            _ => verb.to_owned(),
        }
    }

    /// The message and the slot, if there could be another one.
    fn place(&self) -> String {
        let slot = super::slot(self.system, self.step, self.before, self.after);
        let Some(slot) = slot else {
            return String::new();
        };
        let messages: BTreeSet<_> = self.system.spec().messages.iter().collect();
        let work = self.step.slot().and_then(|slot| self.work(slot));
        let message = work.filter(|_| messages.len() > 1);
        let message = message.map(|work| self.system.message(&work.message));
        let several = self.slot_has_others();
        let slot = several.then(|| format!("slot {slot}"));
        let place: Vec<_> = message.into_iter().chain(slot).collect();
        match place[..] {
            [] => String::new(),
            _ => format!(" ({})", place.join(", ")),
        }
    }

    /// Whether the endpoint that acts has more than one slot.
    fn slot_has_others(&self) -> bool {
        let slot = super::slot_of(self.system, self.step, self.before, self.after);
        let host = slot.map(|slot| &self.system.hosts()[self.system.host_of(slot).0]);
        host.is_some_and(|host| host.slots > 1)
    }

    /// How the step ends, if that would otherwise be unclear.
    fn ending(&self) -> Option<String> {
        match &self.step.kind {
            Kind::Call(slot) => {
                let called = self.system.outcome(self.before, *slot);
                let refuses = self.refuses(*slot, called.as_ref());
                let came = called.as_ref().and_then(came);
                joined([came, refuses, self.in_vain(*slot), self.ended(*slot)])
            }
            Kind::Downstream(_) => {
                let dropped = self.before.world == self.after.world;
                dropped.then(|| "it has seen this message before, and drops it".to_owned())
            }
            Kind::Fault(Fault::Crash, Target::Endpoint(endpoint)) => Some(self.lost(*endpoint)),
            Kind::Fault(Fault::Lease, Target::Slot(slot)) => {
                let message = self.system.message(&self.work(*slot)?.message);
                Some(format!("{message} waits again, while its handler runs on"))
            }
            Kind::Fault(Fault::Unknown, Target::Slot(slot)) => {
                let did = self.request(*slot).and_then(|(party, request)| {
                    let says = self.system.says(self.before, party, request)?;
                    Some(format!("{} {says}", self.system.party_name(party)))
                });
                joined([did, self.gives_up(*slot), self.ended(*slot)])
            }
            Kind::Fault(_, Target::Slot(slot) | Target::Write(slot)) => {
                joined([self.gives_up(*slot), self.ended(*slot)])
            }
            Kind::Answer(slot) => self.ended(*slot),
            _ => None,
        }
    }

    fn work(&self, slot: usize) -> Option<&Work> {
        match *self.system.slots(self.before).get(slot)? {
            Slot::Busy(work) => Some(work),
            Slot::Idle => None,
        }
    }

    /// The pending request of a slot, and the number of its third party.
    fn request(&self, slot: usize) -> Option<(usize, &Value)> {
        match &self.work(slot)?.next {
            Next::Await { party, request, .. } => Some((self.system.party_asked(*party)?, request)),
            _ => None,
        }
    }

    /// What the third party does with the request of a slot, or else what it answers.
    fn answered(&self, slot: usize, verb: &str) -> String {
        let Some((party, request)) = self.request(slot) else {
            return verb.to_owned();
        };
        let says = self.system.says(self.before, party, request);
        says.unwrap_or_else(|| match self.system.answer(self.before, party, request) {
            Some(answer) => format!("{verb}: {}", answer.brief()),
            None => verb.to_owned(),
        })
    }

    /// A sentence if a handler ends work on its message because no answer came.
    fn gives_up(&self, slot: usize) -> Option<String> {
        self.request(slot)?;
        let done = matches!(self.system.pending(self.after, slot), Some(Call::Ack));
        done.then(|| "the handler treats the missing answer as a failure".to_owned())
    }

    /// A sentence if a handler gives back its message although its call succeeded.
    fn refuses(&self, slot: usize, called: Option<&(Call, Outcome)>) -> Option<String> {
        let (_, outcome) = called?;
        let work = self.work(slot)?;
        // A handler that sends its own message to itself has not ended.
        let ended = *self.system.slots(self.after)[slot] == Slot::Idle;
        let back =
            ended && self.waiting(slot, self.after, work) > self.waiting(slot, self.before, work);
        let failed = matches!(outcome, Outcome::Conflict | Outcome::Failed);
        (back && !failed).then(|| "its handler treats what it finds as an error".to_owned())
    }

    /// A sentence if a message is done without a change of business state.
    fn in_vain(&self, slot: usize) -> Option<String> {
        let message = &self.work(slot)?.message;
        let (endpoint, _) = self.system.host_of(slot);
        let acked = |state: &State| state.world.ledgers[endpoint].acked.contains(message);
        let done = acked(self.after) && !acked(self.before);
        let hist = &self.after.world.ledgers[endpoint].hist;
        let nothing = done && !hist.contains(message);
        let message = self.system.message(message);
        nothing.then(|| format!("{message} is done with, and has changed no business state"))
    }

    /// How the work of a slot ended in this step, if it ended without success.
    fn ended(&self, slot: usize) -> Option<String> {
        let work = self.work(slot)?;
        if *self.system.slots(self.after)[slot] != Slot::Idle {
            return None;
        }
        let message = self.system.message(&work.message);
        let (waited, waits) = (
            self.waiting(slot, self.before, work),
            self.waiting(slot, self.after, work),
        );
        let leased = self.leased(slot);
        let (endpoint, _) = self.system.host_of(slot);
        match self.system.is_request(endpoint, &work.message) {
            false if waits > waited => Some(format!("{message} goes back to the queue")),
            false if self.system.is_wake_up(&work.message) => None,
            false if acknowledged(work) => None,
            false => (!leased).then(|| "in vain, as the lease is lost".to_owned()),
            true => {
                let replied =
                    matches!(self.system.pending(self.before, slot), Some(Call::Reply(_)));
                (!replied).then(|| format!("{message} gets no answer"))
            }
        }
    }

    fn waiting(&self, slot: usize, state: &State, work: &Work) -> usize {
        let (endpoint, _) = self.system.host_of(slot);
        let incoming = self.system.queue(endpoint, state);
        incoming.get(&work.message).copied().unwrap_or(0)
    }

    fn leased(&self, slot: usize) -> bool {
        self.system.is_leased(self.before, slot)
    }

    /// What is lost in a crash.
    fn lost(&self, endpoint: usize) -> String {
        let host = &self.system.hosts()[endpoint];
        let slots = host.first_slot..host.first_slot + host.slots;
        let busy = slots.filter_map(|slot| Some((slot, self.work(slot)?)));
        let (back, gone): (Vec<_>, Vec<_>) = busy.partition(|(slot, _)| self.leased(*slot));
        if back.is_empty() && gone.is_empty() {
            return "it was doing nothing".to_owned();
        }
        let names = |works: &[(usize, &Work)]| {
            let messages: BTreeSet<&Value> = works.iter().map(|(_, work)| &work.message).collect();
            let names = messages
                .into_iter()
                .map(|message| self.system.message(message));
            names.collect::<Vec<_>>()
        };
        let (back, gone) = (names(&back), names(&gone));
        let verb = |names: &[String], one, many| match names.len() {
            1 => one,
            _ => many,
        };
        let (is, goes) = (verb(&gone, "is", "are"), verb(&back, "goes", "go"));
        let (gone, back) = (gone.join(" and "), back.join(" and "));
        let requests = endpoint == 0 && self.system.spec().intake == Intake::Requests;
        let asks = format!("{gone} {is} lost, and {} again", self.who_asks());
        match (requests && !gone.is_empty(), back.is_empty()) {
            (true, true) => asks,
            (true, false) => format!("{asks}; {back} {goes} back to the queue"),
            (false, true) => "what it was doing is lost".to_owned(),
            (false, false) => {
                format!("what it was doing is lost, and {back} {goes} back to the queue")
            }
        }
    }

    /// The participant that sends a request; requests are not redelivered.
    fn who_asks(&self) -> &'static str {
        let view = self.system.view(self.before);
        match view.at("browser.clicks").and_then(Value::as_int) {
            None | Some(0) => "nobody sends it",
            Some(_) => "only the user can send it",
        }
    }
}

fn joined<const N: usize>(endings: [Option<String>; N]) -> Option<String> {
    let endings: Vec<_> = endings.into_iter().flatten().collect();
    (!endings.is_empty()).then(|| endings.join(", and "))
}

/// How a call ended, if that is not obvious.
fn came((_, outcome): &(Call, Outcome)) -> Option<String> {
    let came = match outcome {
        Outcome::Found(true) => "it is there",
        Outcome::Found(false) => "it is not there",
        Outcome::Conflict => "nothing is written, as somebody else has written since",
        _ => return None,
    };
    Some(came.to_owned())
}

/// Whether the handler has acknowledged its message and continued to work.
fn acknowledged(work: &Work) -> bool {
    let done = |entry: &Entry| {
        matches!(
            entry,
            Entry::Called {
                call: Call::Ack,
                outcome: Outcome::Done,
                ..
            }
        )
    };
    work.log.iter().any(|entry| done(entry))
}
