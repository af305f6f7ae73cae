//! What the page and the server say to each other: version 1 of the explorer's JSON.
//!
//! Steps and slots count from 1, indices of actions from 0; times are in seconds, memory in bytes. A
//! TLA+ value is JSON as `docs/json.md` describes it. The page's `types.ts` has the same names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tandem_models::value::{Change, StateView, Value};
use utoipa::ToSchema;

use super::diagram::Diagram;
use crate::explore::End;

/// The version of the format.
pub const VERSION: u32 = 1;

/// Everything there is to explore.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Catalogue {
    /// The version of the format.
    pub version: u32,
    /// The version of Tandem.
    pub tandem: &'static str,
    /// What the command named: where the page opens if its address names nothing.
    pub start: Option<Start>,
    /// The address that others open, if rooms may be opened.
    pub share: Option<String>,
    /// The parts of the course, in order.
    pub parts: Vec<Part>,
    /// The protocols, as in `tandem list --format json`.
    #[schema(value_type = Vec<Object>)]
    pub protocols: Vec<serde_json::Value>,
}

/// One variant at one size.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Start {
    /// The protocol.
    pub protocol: String,
    /// The variant.
    pub variant: String,
    /// Bounds and faults, by name.
    pub parameters: BTreeMap<String, u8>,
}

/// A part of the course.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Part {
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: &'static str,
}

/// One variant at one size, and what is drawn and asked of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Model {
    /// The protocol.
    pub protocol: String,
    /// The variant.
    pub variant: String,
    /// Every bound and fault with its value.
    pub parameters: BTreeMap<String, u8>,
    /// Whether the catalogue says what to expect at this size.
    pub named: bool,
    /// 16 hexadecimal digits that change when the model does.
    pub digest: String,
    /// The lifelines, from left to right.
    pub lifelines: Vec<Lifeline>,
    /// Guarantees and witnesses.
    pub properties: Vec<Property>,
    /// The right variant to try the same schedule on; none if this is a right one.
    pub repaired: Option<String>,
}

/// Who is drawn as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lifeline {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: Role,
}

/// What a lifeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
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

/// Something that is asked of a model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Property {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What it promises, in a sentence; empty for a witness.
    pub promise: &'static str,
    /// `always`, `sometimes` or `eventually`.
    pub expectation: &'static str,
    /// The formula, as in TLA+.
    pub formula: String,
    /// Whether the variant's author believed in it.
    pub claimed: bool,
    /// What the catalogue expects at this size: `holds` or `violated`.
    pub expected: Option<&'static str>,
    /// Why it is expected to be violated.
    pub why: Option<&'static str>,
}

/// How far a search is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Progress {
    /// Raw states met.
    pub states: usize,
    /// Steps taken.
    pub steps: u64,
    /// Levels begun.
    pub depth: usize,
    /// States whose steps have not been taken.
    pub queue: usize,
    /// Resident memory of the server.
    pub memory: usize,
    /// Since the search began.
    pub seconds: f64,
    /// States per second.
    pub rate: f64,
    /// How many raw states there will be, once they grow fewer.
    pub estimate: Option<usize>,
}

/// What a search has found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Report {
    /// Whether every state was seen.
    pub complete: bool,
    /// Why not.
    pub incomplete: Option<String>,
    /// Distinct views.
    pub states: usize,
    /// Steps between them.
    pub transitions: usize,
    /// Raw states.
    pub raw_states: usize,
    /// States on the longest of all shortest paths.
    pub depth: usize,
    /// How long it took.
    pub seconds: f64,
    /// Distinct views on each level.
    pub states_by_depth: Vec<usize>,
    /// Steps of each action.
    pub actions: BTreeMap<String, usize>,
    /// Actions that are never taken although the faults allow them.
    pub never: Vec<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<PropertyResult>,
    /// The shortest path to a state without a step that is not at rest.
    pub deadlock: Option<Path>,
}

/// What was found of one property.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PropertyResult {
    /// Its name.
    pub name: &'static str,
    /// `holds`, `violated` or `unknown`.
    pub verdict: &'static str,
    /// Steps of the shortest path that shows it.
    pub steps: Option<usize>,
    /// That path.
    pub path: Option<Path>,
}

/// A path of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Path {
    /// The index of each step among the actions of the state before it, joined by dots: `0.3.1`.
    pub steps: String,
    /// `null`, `"stutters"`, or to which state it goes back.
    #[serde(serialize_with = "crate::trace::end_as_json")]
    #[schema(value_type = Object)]
    pub end: End,
}

/// A path with everything that is shown of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Trace {
    /// That of the model.
    pub digest: String,
    /// The initial state.
    pub start: Frame,
    /// The steps.
    pub steps: Vec<Step>,
    /// How it goes on.
    #[serde(serialize_with = "crate::trace::end_as_json")]
    #[schema(value_type = Object)]
    pub end: End,
    /// What is drawn of it.
    pub diagram: Diagram,
}

/// A state.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Frame {
    /// Its view.
    #[schema(value_type = Object)]
    pub state: StateView,
    /// The truth of every property's predicate in it.
    pub truths: Vec<Truth>,
}

/// The truth of a predicate in a state.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Truth {
    /// The property.
    pub name: &'static str,
    /// Whether it holds here.
    pub holds: bool,
    /// Of a guarantee that does not: what it says, clause by clause.
    pub clauses: Vec<Clause>,
}

/// One thing that a guarantee says of a state.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Clause {
    /// What, in words.
    pub says: String,
    /// Whether it is so.
    pub holds: bool,
    /// What it looks at.
    pub values: Vec<At>,
}

/// A value and where it stands in a state.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct At {
    /// The path, as in `hist[1]`.
    pub path: String,
    /// The value.
    #[schema(value_type = Object)]
    pub value: Value,
}

/// One step of a path.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Step {
    /// From 1.
    pub number: usize,
    /// What happens.
    #[serde(flatten)]
    pub act: Act,
    /// Its index among the actions of the state before.
    pub index: usize,
    /// The state afterwards.
    #[serde(flatten)]
    pub frame: Frame,
}

/// What a step is and does.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Act {
    /// Under which title it is listed.
    pub group: Group,
    /// The name of the action, the same in TLA+.
    pub action: String,
    /// Who acts.
    pub actor: String,
    /// The handler slot that acts or is hit.
    pub slot: Option<usize>,
    /// The message it is about.
    #[schema(value_type = Option<Object>)]
    pub message: Option<Value>,
    /// The fault, if it is one.
    pub fault: Option<&'static str>,
    /// A sentence.
    pub words: String,
    /// What is different afterwards.
    #[schema(value_type = Vec<Object>)]
    pub changes: Vec<Change>,
    /// Guarantees about every state that are true before and false afterwards.
    pub violates: Vec<&'static str>,
}

/// What kind of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Something arrives.
    Deliver,
    /// A handler goes on.
    Step,
    /// The user acts.
    Client,
    /// An endpoint starts again.
    Recover,
    /// Something is lost.
    Lose,
    /// Something is delivered once more.
    Duplicate,
    /// An endpoint crashes.
    Crash,
    /// A lease expires.
    Lease,
    /// A call has no answer, or fails.
    Timeout,
    /// Someone forgets.
    Forget,
}

/// What may happen next.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Next {
    /// Grouped, in a fixed order.
    pub actions: Vec<Action>,
}

/// Something that may happen next, or that one would expect to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Action {
    /// Appended to the path it takes the step; none if it is not possible.
    pub index: Option<usize>,
    /// Why it is not possible.
    pub reason: Option<String>,
    /// What it is and would do.
    #[serde(flatten)]
    pub act: Act,
    /// Steps from the state after it to the nearest one in which a guarantee about every state is
    /// false; 0 if it is false there.
    pub nearest: Option<usize>,
    /// Whether the search knows: if so and there is no number, none can be reached any more.
    pub known: bool,
}

/// The same schedule on another variant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fix {
    /// The variant.
    pub variant: String,
    /// What it does.
    pub summary: String,
    /// The path there, as far as the schedule goes.
    pub steps: String,
    /// Per step of the original the step there that plays it; none if there is nothing to do.
    pub played: Vec<Option<usize>>,
    /// The step that is not possible there.
    pub diverges: Option<Diverges>,
    /// The path with what is shown of it.
    pub trace: Trace,
    /// The other model.
    pub model: Model,
}

/// A step that one side takes and the other cannot.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Diverges {
    /// Its number, from 1.
    pub number: usize,
    /// What it would be.
    pub words: String,
    /// Why it is not possible.
    pub reason: String,
}

/// A graph, or the part of it around a state.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GraphView {
    /// Whether it is all of it.
    pub whole: bool,
    /// Distinct views in all.
    pub states: usize,
    /// The nodes.
    pub nodes: Vec<GraphNode>,
    /// The edges.
    pub edges: Vec<GraphEdge>,
    /// Distinct views on each level.
    pub states_by_depth: Vec<usize>,
}

/// A state of the graph.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GraphNode {
    /// Its number.
    pub id: usize,
    /// Its level, from 1.
    pub depth: usize,
    /// Whether it is the one on show.
    pub current: bool,
    /// Whether the model may start there.
    pub initial: bool,
    /// Guarantees about every state that are false there.
    pub violates: Vec<&'static str>,
    /// A shortest path to it.
    pub steps: String,
    /// Whether some of its steps are left out.
    pub open: bool,
}

/// A step of the graph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct GraphEdge {
    /// From which node.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// Its action.
    pub action: String,
    /// The handler slot, where the action has one.
    pub slot: Option<usize>,
}

/// The TLA+ module.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpecText {
    /// Its name.
    pub module: String,
    /// Its text.
    pub text: String,
    /// For each operator at the top its first and last line, from 1.
    pub actions: BTreeMap<String, (usize, usize)>,
}

/// A behaviour that somebody else found, beside the same path in Rust.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Imported {
    /// `tlc` or `itf`.
    pub source: &'static str,
    /// What it violates, if it says so.
    pub property: Option<String>,
    /// The same path in the Rust model, as far as it goes.
    pub path: Path,
    /// Its first state.
    #[schema(value_type = Object)]
    pub start: StateView,
    /// Its steps.
    pub steps: Vec<OtherStep>,
    /// The first step that the Rust model does not take; 0 if it starts elsewhere.
    pub diverges: Option<Apart>,
}

/// A step as the other side has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OtherStep {
    /// From 1.
    pub number: usize,
    /// The name of the action, if it is told.
    pub action: Option<String>,
    /// The state afterwards.
    #[schema(value_type = Object)]
    pub state: StateView,
    /// What is different afterwards.
    #[schema(value_type = Vec<Object>)]
    pub changes: Vec<Change>,
}

/// Where two sides part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Apart {
    /// The step.
    pub number: usize,
    /// Why.
    pub reason: String,
    /// Where the Rust model comes to instead.
    #[schema(value_type = Option<Object>)]
    pub instead: Option<StateView>,
}

/// What a run of TLC has found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TlcReport {
    /// Distinct states.
    pub states: usize,
    /// Why it did not see all of them.
    pub incomplete: Option<String>,
    /// Guarantees and witnesses.
    pub properties: Vec<TlcResult>,
}

/// What TLC found of one property.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TlcResult {
    /// Its name.
    pub name: &'static str,
    /// `holds`, `violated` or `unknown`.
    pub verdict: &'static str,
    /// The behaviour that shows it.
    pub imported: Option<Imported>,
}

/// A room, to whoever opened or joined it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Joined {
    /// Who you are.
    pub id: String,
    /// What proves that you are it.
    pub secret: String,
    /// What everybody sees.
    pub state: RoomState,
}

/// What everybody in a room sees.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoomState {
    /// Its code.
    pub code: String,
    /// What stands after `#` in the driver's address.
    pub place: String,
    /// Who is in it, in the order in which they came.
    pub members: Vec<Member>,
    /// The id of who drives; none if they have left.
    pub driver: Option<String>,
    /// Seconds until anybody may take the wheel; none while the driver is there.
    pub free: Option<f64>,
    /// Seconds until the timer ends; none if it does not run.
    pub timer: Option<f64>,
    /// Grows with each change.
    pub version: u64,
}

/// Somebody in a room.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Member {
    /// Who that is.
    pub id: String,
    /// The name that was given.
    pub name: String,
    /// For how many seconds no page of theirs has followed the room; none while one does.
    pub away: Option<f64>,
}

/// How one joins, or opens a room.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Join {
    /// The name that others see; who opens a room need not have one.
    pub name: Option<String>,
}

/// Who leaves.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Leave {
    /// Proves who that is.
    pub secret: String,
}

/// Where the driver is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Drive {
    /// The driver's secret.
    pub secret: String,
    /// What stands after `#` in the address.
    pub place: String,
}

/// Who drives from now on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct HandOver {
    /// The driver's secret; that of whoever takes the wheel, while nobody drives.
    pub secret: String,
    /// The next driver's id.
    pub to: String,
}

/// When the timer ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Timer {
    /// The driver's secret.
    pub secret: String,
    /// Seconds from now, at most two hours; none stops it.
    pub seconds: Option<u32>,
}

/// An answer that is none.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// What is wrong.
    pub error: ProblemBody,
}

/// What is wrong.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ProblemBody {
    /// For programs, in kebab case.
    pub code: String,
    /// For people: where, why, and what to do next.
    pub message: String,
}
