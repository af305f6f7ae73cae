//! The sequence diagram of a path: who sends which message to whom, which copy of the message it is,
//! and how it ends.
//!
//! A state holds messages in bags, so copies have no identity there. The diagram gives them one: the
//! copy that has waited longest is the one that moves. Any other choice would be as correct; this
//! one matches first-in, first-out queues.

mod calls;
mod changes;
mod drawing;
mod effects;
mod flights;
mod labels;

use serde::Serialize;
use tandem_models::catalogue::Instance;
use tandem_models::kit::system::{Intake, System};

use drawing::Drawing;
use tandem_check::enumerate::Path;
use tandem_check::trace::Trace;

/// A sequence diagram. Rows are steps; 0 is the start.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diagram {
    /// The lifelines, from left to right.
    pub lifelines: Vec<Lifeline>,
    /// All messages, events, requests and answers. Each copy is a flight of its own.
    pub flights: Vec<Flight>,
    /// Calls that take one step.
    pub calls: Vec<Call>,
    /// Events at a single lifeline.
    pub marks: Vec<Mark>,
    /// The times in which handler slots are busy.
    pub activities: Vec<Activity>,
    /// The times in which endpoints are down.
    pub outages: Vec<Outage>,
}

/// A lifeline of the diagram.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lifeline {
    /// The name.
    pub name: String,
    /// What kind of participant it is.
    pub kind: Role,
}

/// The kind of participant that a lifeline stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Holds queues.
    Broker,
    /// A browser, in which a person clicks.
    Browser,
    /// Handles messages.
    Endpoint,
    /// Stores everything durable.
    Database,
    /// An API of somebody else's.
    ThirdParty,
    /// Consumes what the endpoint publishes.
    Consumer,
    /// All subscribers to published events, drawn as one lifeline.
    Subscribers,
}

/// One copy of one message on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flight {
    /// Its number.
    pub id: usize,
    /// The text on its arrow, the same for every copy.
    pub label: String,
    /// 1 for the original, 2 for the first duplicate.
    pub copy: usize,
    /// The flight of which this one is a duplicate or a redelivery.
    pub of: Option<usize>,
    /// What is sent.
    pub kind: FlightKind,
    /// The lifeline that sent it.
    pub from: String,
    /// The lifeline that it is sent to.
    pub to: String,
    /// The step that sent it.
    pub sent: usize,
    /// The step in which it ended.
    pub ended: Option<usize>,
    /// How it ended.
    pub fate: Fate,
    /// Whether it is a copy that nobody sent: made by a fault, or present from the start.
    pub duplicate: bool,
    /// Whether it was delivered before and waits in the queue again.
    pub redelivery: bool,
    /// Whether nobody waits for it any more.
    pub late: bool,
}

/// What a flight carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlightKind {
    /// A message from a queue.
    Message,
    /// An event that was published.
    Event,
    /// A request.
    Request,
    /// The answer to a request.
    Answer,
    /// What an endpoint answers a browser.
    Reply,
}

/// How a flight ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It arrived.
    Delivered,
    /// It was lost and never arrives.
    Lost,
    /// It is still on its way.
    InFlight,
}

/// A call that takes one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Call {
    /// The step.
    pub step: usize,
    /// The lifeline that calls.
    pub from: String,
    /// The lifeline that is called.
    pub to: String,
    /// The number of the handler slot that calls.
    pub slot: Option<usize>,
    /// The name of the action.
    pub action: String,
    /// The text on the arrow.
    pub label: String,
    /// The result, if the call asks something: `yes`, or the content of the document.
    pub answer: Option<String>,
    /// Whether it changed what is stored.
    pub writes: bool,
    /// What the call added to the stored data, one line each.
    pub wrote: Vec<String>,
    /// How the call ended.
    pub outcome: CallOutcome,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallOutcome {
    /// It was done.
    Done,
    /// Another writer had changed the document since it was read.
    Conflict,
    /// It was not done, and the caller does not know that.
    Failed,
    /// It was done, and the caller does not know that.
    Unknown,
    /// It was refused, because the caller's lease was lost.
    Refused,
}

/// An event at one lifeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// The step.
    pub step: usize,
    /// The name of the lifeline.
    pub lifeline: String,
    /// The number of the handler slot.
    pub slot: Option<usize>,
    /// What kind of event it is.
    pub kind: MarkKind,
    /// A description.
    pub label: String,
    /// What the event added to the data stored there, one line each.
    pub wrote: Vec<String>,
}

/// The kinds of events at one lifeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// An endpoint crashes.
    Crash,
    /// An endpoint starts again after a crash.
    Recover,
    /// A lease expires.
    Lease,
    /// A call gets no answer.
    Timeout,
    /// A participant removes what it had stored about earlier messages.
    Forget,
    /// A handler ends without acknowledging its message, which returns to the queue.
    GivesBack,
    /// A consumer or the third party carries out what it was sent.
    Handled,
    /// A consumer drops a message that it has seen before.
    Dropped,
    /// A user clicks again.
    Click,
}

/// A handler slot is busy with one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// The lifeline of the endpoint that the slot belongs to.
    pub lifeline: String,
    /// The number of the slot, from 1.
    pub slot: usize,
    /// The step in which it started.
    pub from: usize,
    /// The step in which it ended.
    pub to: Option<usize>,
    /// The message.
    pub label: String,
    /// Whether a crash ended it.
    pub crashed: bool,
}

/// An endpoint is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outage {
    /// The endpoint's lifeline.
    pub lifeline: String,
    /// The step in which it crashed.
    pub from: usize,
    /// The step in which it started again.
    pub to: Option<usize>,
}

/// The name of the lifeline for everything durable.
pub(crate) const DATABASE: &str = "Database";
/// The name of the lifeline for all subscribers to published events, where the model has no
/// subscriber.
pub(crate) const SUBSCRIBERS: &str = "Subscribers";

/// The lifelines: the participants in their declared order, each endpoint's database beside it, and
/// the subscribers to published events.
pub(crate) fn lifelines(instance: &Instance, system: &System) -> Vec<Lifeline> {
    let [_, consumer, _] = system.receivers().map(|id| id.map(|id| system.name(id)));
    let is_third_party = |name: &str| system.party_asked(Some(name)).is_some();
    let is_endpoint = |name: &str| system.hosts().iter().any(|host| host.name == name);
    let sender = system.name(system.sender());
    let mut lines = Vec::new();
    let mut draw = |name: &str, kind| {
        let name = name.to_owned();
        lines.push(Lifeline { name, kind });
    };
    for actor in instance.description.actors {
        let role = match Some(*actor) {
            Some(name) if is_endpoint(name) => Role::Endpoint,
            name if name == consumer => Role::Consumer,
            Some(name) if is_third_party(name) => Role::ThirdParty,
            Some(name) if name == sender && system.spec().intake == Intake::Requests => {
                Role::Browser
            }
            _ => Role::Broker,
        };
        draw(actor, role);
        if Some(*actor) == system.hosts().first().map(|host| host.name) {
            draw(DATABASE, Role::Database);
        }
    }
    let heard = |output: &&str| system.hosts().iter().any(|host| host.subscribes(output));
    let published = system.hosts().iter().flat_map(|host| host.outputs);
    if consumer.is_none() && published.into_iter().any(|output| !heard(output)) {
        draw(SUBSCRIBERS, Role::Subscribers);
    }
    lines
}

/// Draws a path.
pub(crate) fn diagram(instance: &Instance, system: &System, path: &Path, told: &Trace) -> Diagram {
    let mut drawing = Drawing::new(system, lifelines(instance, system), &path.start);
    let mut before = &path.start;
    for ((step, after), told) in path.steps.iter().zip(&told.steps) {
        drawing.step(step, before, after, told);
        before = after;
    }
    drawing.done()
}
