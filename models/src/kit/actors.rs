//! The participants, as Stateright actors.
//!
//! The state of an [`Endpoint`] is only its handler slots. Durable data belong to the
//! [`super::world::World`]. A call of a slot is one step: it is performed on the world, and the slot
//! continues with the outcome. The endpoint receives messages from the network.

use std::borrow::Cow;

use stateright::actor::{Actor, Id, Out, model_timeout};

use super::io::Call;
use super::replay::{Breach, Entry, Handler, Log, Progress, longer, replay};
use super::script::{Client, Progress as Script};
use super::third_party::ThirdParty;
use crate::value::Value;

/// A competing consumer inside an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Slot {
    /// It waits for a message.
    #[default]
    Idle,
    /// It runs the handler.
    Busy(Work),
}

/// A handler in the middle of its work.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Work {
    /// The message that it handles.
    pub message: Value,
    /// Its calls so far, with their outcomes.
    pub log: Log,
    /// What it does next.
    pub next: Next,
}

/// What a handler does next.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Next {
    /// It makes the call with this name.
    Call(&'static str),
    /// It waits for the third party.
    Await {
        /// The name of the third party that receives the request; `None` if there is only one.
        party: Option<&'static str>,
        /// The name of the step in which the request was sent.
        action: &'static str,
        /// The name of the step in which the answer arrives.
        answered: &'static str,
        /// The request.
        request: Value,
    },
    /// It broke the rules of replay, and does nothing more.
    Broken(Breach),
}

impl Work {
    /// The name of its next step.
    pub fn at(&self) -> &'static str {
        match &self.next {
            Next::Call(action) => action,
            Next::Await { answered, .. } => answered,
            Next::Broken(_) => "Broken",
        }
    }
}

/// A message between participants of the model.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Msg {
    /// A message from a queue, or a request from a browser.
    Message(Value),
    /// A message that is not due yet.
    Later(Value),
    /// A request to a third party. The slot is `None` if it no longer waits for the answer.
    Request(Option<usize>, Value),
    /// The answer of a third party.
    Response(Value),
    /// The endpoint's answer to a browser.
    Reply(Value),
}

/// The volatile state of a participant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Volatile {
    /// An endpoint's slots.
    Slots(Vec<Slot>),
    /// A third party's memory.
    Memory(Value),
    /// A browser: tabs without an answer, and clicks left.
    Browser {
        /// Tabs that wait for an answer.
        waiting: u8,
        /// How often the user can still click again.
        clicks: u8,
    },
    /// The position of a client in its script.
    Client(Script),
    /// A broker only sends messages in this model; the network is its queues.
    Broker,
}

/// A participant.
#[derive(Debug, Clone)]
pub enum Participant {
    /// Handles messages in slots.
    Endpoint(Endpoint),
    /// Answers requests.
    ThirdParty(ThirdParty),
    /// Sends requests and waits for replies.
    Browser(Browser),
    /// Sends one request after another.
    Client(Client),
    /// Sends the messages that exist at the start.
    Broker(Broker),
}

/// Competing consumers that run one handler.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The number of messages that it can handle at the same time.
    pub slots: usize,
    /// The code that handles a message.
    pub handler: Handler,
    /// The names of its handler's steps. If empty, names are not checked.
    pub steps: &'static [(&'static str, &'static str)],
}

impl Endpoint {
    /// Runs the handler to the end of its log. Returns `None` if it is finished.
    fn advance(&self, message: &Value, log: &Log) -> Option<Next> {
        // Identities are drawn with the following step. Until then a placeholder is enough, because
        // only the name of the step is used.
        let stand_in = |n| Value::seq([message.clone(), Value::from(n + 1)]);
        match replay(&self.handler, message, log, &stand_in) {
            Progress::Finished => None,
            Progress::Pending { action, call, .. } => Some(match self.unknown(action, &call) {
                Some(breach) => Next::Broken(breach),
                None => Next::Call(action),
            }),
            Progress::Broken(breach) => Some(Next::Broken(breach)),
        }
    }

    /// The breach if a call names a step that the protocol does not have.
    fn unknown(&self, action: &'static str, call: &Call) -> Option<Breach> {
        if self.steps.is_empty() {
            return None;
        }
        let answered = match call {
            Call::Ask { answered, .. } => Some(*answered),
            _ => None,
        };
        let named = [Some(action), answered].into_iter().flatten();
        let known = |name: &&str| self.steps.iter().any(|(step, _)| step == name);
        let unknown = named.into_iter().find(|name| !known(name))?;
        let steps: Vec<_> = self.steps.iter().map(|(step, _)| *step).collect();
        Some(Breach::unknown_step(unknown, &steps))
    }

    fn fill(&self, slot: &mut Slot, message: Value, log: Log) {
        *slot = match self.advance(&message, &log) {
            Some(next) => Slot::Busy(Work { message, log, next }),
            None => Slot::Idle,
        };
    }

    /// The handler of a slot continues with the outcome of its last call.
    pub(super) fn resume(&self, slot: &mut Slot, entries: Vec<Entry>) {
        if let Slot::Busy(work) = std::mem::take(slot) {
            let log = longer(&work.log, entries);
            self.fill(slot, work.message, log);
        }
    }

    fn on_msg(&self, slots: &mut [Slot], msg: Msg) {
        if let Msg::Message(message) = msg
            && let Some(slot) = slots.iter_mut().find(|slot| **slot == Slot::Idle)
        {
            self.fill(slot, message, Log::default());
        }
    }
}

/// Tabs in which a user clicks the same button.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The request that every click sends.
    pub request: Value,
    /// How many tabs are open.
    pub tabs: u8,
    /// Requests that are sent once, each from a tab of its own.
    pub once: Vec<Value>,
    /// How often the user clicks again if no answer arrives.
    pub clicks: u8,
    /// The endpoint that receives the requests.
    pub endpoint: Id,
}

/// The timers of a participant.
pub type Timers = stateright::actor::Timers<Timer>;

/// A timer of a browser or a client.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Timer {
    /// The user loses patience and clicks again.
    AskAgain,
    /// The user gives up waiting.
    GiveUp,
}

/// Sets the timers of a client that waits.
fn set_timers(client: &Client, progress: &Script, out: &mut Out<Participant>) {
    let timers = [Timer::AskAgain, Timer::GiveUp];
    for (timer, set) in timers.into_iter().zip(client.may(progress)) {
        match set {
            true => out.set_timer(timer, model_timeout()),
            false => out.cancel_timer(timer),
        }
    }
}

/// The messages that wait in a queue at the start.
#[derive(Debug, Clone)]
pub struct Broker {
    /// The messages, including copies.
    pub messages: Vec<Value>,
    /// The endpoint that the queue belongs to.
    pub endpoint: Id,
}

impl Actor for Participant {
    type Msg = Msg;
    type State = Volatile;
    type Timer = Timer;
    type Random = ();
    type Storage = ();

    fn on_start(&self, _id: Id, _storage: &Option<()>, out: &mut Out<Self>) -> Volatile {
        match self {
            Participant::Endpoint(endpoint) => Volatile::Slots(vec![Slot::Idle; endpoint.slots]),
            Participant::ThirdParty(party) => Volatile::Memory(party.memory.clone()),
            Participant::Browser(browser) => {
                for _ in 0..browser.tabs {
                    out.send(browser.endpoint, Msg::Message(browser.request.clone()));
                }
                for request in &browser.once {
                    out.send(browser.endpoint, Msg::Message(request.clone()));
                }
                if browser.clicks > 0 {
                    out.set_timer(Timer::AskAgain, model_timeout());
                }
                let once = u8::try_from(browser.once.len()).unwrap_or(u8::MAX);
                Volatile::Browser {
                    waiting: browser.tabs.saturating_add(once),
                    clicks: browser.clicks,
                }
            }
            Participant::Client(client) => {
                let progress = client.start();
                if let Some(request) = client.request(&progress) {
                    out.send(client.endpoint, Msg::Message(request));
                }
                set_timers(client, &progress, out);
                Volatile::Client(progress)
            }
            Participant::Broker(broker) => {
                for message in &broker.messages {
                    out.send(broker.endpoint, Msg::Message(message.clone()));
                }
                Volatile::Broker
            }
        }
    }

    fn on_msg(
        &self,
        _id: Id,
        state: &mut Cow<'_, Volatile>,
        src: Id,
        msg: Msg,
        out: &mut Out<Self>,
    ) {
        match (self, state.to_mut(), msg) {
            (Participant::Endpoint(endpoint), Volatile::Slots(slots), msg) => {
                endpoint.on_msg(slots, msg);
            }
            (
                Participant::ThirdParty(party),
                Volatile::Memory(memory),
                Msg::Request(slot, request),
            ) => {
                let answer = match party.respond(memory, &request) {
                    Ok((after, answer)) => {
                        *memory = after;
                        answer
                    }
                    Err(error) => Value::str(&error),
                };
                if slot.is_some() {
                    out.send(src, Msg::Response(answer));
                }
            }
            (Participant::Client(client), Volatile::Client(progress), Msg::Reply(reply)) => {
                if let Some(request) = client.hears(progress, &reply) {
                    out.send(client.endpoint, Msg::Message(request));
                }
                set_timers(client, progress, out);
            }
            (Participant::Browser(_), Volatile::Browser { waiting, clicks }, Msg::Reply(_)) => {
                *waiting = waiting.saturating_sub(1);
                if *waiting == 0 && *clicks > 0 {
                    out.cancel_timer(Timer::AskAgain);
                }
            }
            _ => {}
        }
    }

    fn on_timeout(
        &self,
        _id: Id,
        state: &mut Cow<'_, Volatile>,
        timer: &Timer,
        out: &mut Out<Self>,
    ) {
        match (self, state.to_mut()) {
            (Participant::Client(client), Volatile::Client(progress)) => {
                let request = match timer {
                    Timer::AskAgain => client.asks_again(progress),
                    Timer::GiveUp => client.gives_up(progress),
                };
                if let Some(request) = request {
                    out.send(client.endpoint, Msg::Message(request));
                }
                set_timers(client, progress, out);
            }
            (Participant::Browser(browser), Volatile::Browser { clicks, .. }) => {
                *clicks -= 1;
                out.send(browser.endpoint, Msg::Message(browser.request.clone()));
                if *clicks > 0 {
                    out.set_timer(Timer::AskAgain, model_timeout());
                }
            }
            _ => {}
        }
    }
}
