//! What a sequence diagram shows of a path: what travels from whom to whom, which copy of which
//! message it is, and what becomes of it.
//!
//! A state holds bags of what waits, so copies have no identity there. Here they get one: the copy
//! that has waited longest is the one that moves. Any other choice would be as true; this one is how
//! queues behave that people know.

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
    /// From left to right.
    pub lifelines: Vec<Lifeline>,
    /// Everything that travels: one copy of one message each.
    pub flights: Vec<Flight>,
    /// Calls that are one step.
    pub calls: Vec<Call>,
    /// What happens at one lifeline.
    pub marks: Vec<Mark>,
    /// When slots are busy.
    pub activities: Vec<Activity>,
    /// When an endpoint is down.
    pub outages: Vec<Outage>,
}

/// Who is drawn as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lifeline {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: Role,
}

/// What a lifeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Holds queues.
    Broker,
    /// A person clicks in it.
    Browser,
    /// Handles messages.
    Endpoint,
    /// Everything durable.
    Database,
    /// An API that is not ours.
    ThirdParty,
    /// Consumes what the endpoint publishes.
    Consumer,
    /// Whoever hears of what is published.
    Subscribers,
}

/// One copy of one message under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flight {
    /// Its number.
    pub id: usize,
    /// What it is, the same for every copy.
    pub label: String,
    /// 1 for the original, 2 for the first duplicate.
    pub copy: usize,
    /// The flight that this one duplicates or repeats.
    pub of: Option<usize>,
    /// What kind of thing it is.
    pub kind: FlightKind,
    /// Who sent it.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The step that sent it.
    pub sent: usize,
    /// The step in which it ended.
    pub ended: Option<usize>,
    /// What became of it.
    pub fate: Fate,
    /// Whether it is one more copy than was sent: by a fault, or from the beginning.
    pub duplicate: bool,
    /// Whether it waits again after it was delivered.
    pub redelivery: bool,
    /// Whether nobody waits for it any more.
    pub late: bool,
}

/// What travels.
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
    /// The answer to one.
    Answer,
    /// What a browser is told.
    Reply,
}

/// What became of a flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It arrived.
    Delivered,
    /// It never will.
    Lost,
    /// It is still under way.
    InFlight,
}

/// A call that is one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Call {
    /// The step.
    pub step: usize,
    /// Who calls.
    pub from: String,
    /// Whom.
    pub to: String,
    /// In which slot.
    pub slot: Option<usize>,
    /// The name of the action.
    pub action: String,
    /// What it says.
    pub label: String,
    /// What it is told, if it asks: `yes`, or what the document says.
    pub answer: Option<String>,
    /// Whether it changed what is stored.
    pub writes: bool,
    /// What is stored now that was not, one line each.
    pub wrote: Vec<String>,
    /// What came of it.
    pub outcome: CallOutcome,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallOutcome {
    /// It was done.
    Done,
    /// Somebody else had written since.
    Conflict,
    /// It was not done, and the caller does not know.
    Failed,
    /// It was done, and the caller does not know.
    Unknown,
    /// The lease was lost.
    Refused,
}

/// Something that happens at one lifeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// The step.
    pub step: usize,
    /// Where.
    pub lifeline: String,
    /// In which slot.
    pub slot: Option<usize>,
    /// What.
    pub kind: MarkKind,
    /// In words.
    pub label: String,
    /// What is stored or remembered there now that was not, one line each.
    pub wrote: Vec<String>,
}

/// What happens at one lifeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// An endpoint dies.
    Crash,
    /// It starts again.
    Recover,
    /// A lease expires.
    Lease,
    /// No answer comes.
    Timeout,
    /// Someone forgets.
    Forget,
    /// A handler gives its message back.
    GivesBack,
    /// A consumer or the third party does what it is asked.
    Handled,
    /// A consumer drops what it has seen before.
    Dropped,
    /// A user clicks again.
    Click,
}

/// A slot is busy with one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Whose slot.
    pub lifeline: String,
    /// Which, from 1.
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
    /// Which.
    pub lifeline: String,
    /// The step in which it crashed.
    pub from: usize,
    /// The step in which it started again.
    pub to: Option<usize>,
}

/// The name of the lifeline for everything durable.
pub(crate) const DATABASE: &str = "Database";
/// The name of the lifeline for whoever hears of what is published, where nobody is modelled.
pub(crate) const SUBSCRIBERS: &str = "Subscribers";

/// Who is drawn: the participants in their declared order, what is durable beside its endpoint, and
/// whoever hears of what is published.
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

/// What is drawn of a path.
pub(crate) fn diagram(instance: &Instance, system: &System, path: &Path, told: &Trace) -> Diagram {
    let mut drawing = Drawing::new(system, lifelines(instance, system), &path.start);
    let mut before = &path.start;
    for ((step, after), told) in path.steps.iter().zip(&told.steps) {
        drawing.step(step, before, after, told);
        before = after;
    }
    drawing.done()
}
