//! The types of a path, of the possible next actions, and of the same schedule on another variant.

use serde::Serialize;
use tandem_models::value::{Change, StateView, Value};

use super::Model;
use crate::diagram::Diagram;
use tandem_check::enumerate::End;
#[cfg(feature = "openapi")]
use tandem_check::output::schema;

/// A path of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Path {
    /// The index of each step among the actions of the state before it, joined by dots: `0.3.1`.
    pub steps: String,
    /// How it continues: `null`, `"stutters"`, or the number of steps to the state to which it
    /// returns.
    #[serde(serialize_with = "tandem_check::trace::end_as_json")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::End))]
    pub end: End,
}

/// A path with all data that is shown about it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trace {
    /// The digest of the model.
    pub digest: String,
    /// The initial state.
    pub start: Frame,
    /// The number of steps of the whole path.
    pub total: usize,
    /// The number of steps before the first one in `steps`.
    pub offset: usize,
    /// The steps, or as many of them as were requested.
    pub steps: Vec<Step>,
    /// How the path continues after its last step.
    #[serde(serialize_with = "tandem_check::trace::end_as_json")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::End))]
    pub end: End,
    /// The sequence diagram of all steps.
    pub diagram: Diagram,
    /// The possible actions after the last step.
    pub next: Next,
}

/// A state.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Frame {
    /// Its view.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub state: StateView,
    /// For each property, whether its predicate is true in the state.
    pub truths: Vec<Truth>,
}

/// Whether a predicate is true in a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Truth {
    /// The property.
    pub name: &'static str,
    /// Whether it holds here.
    pub holds: bool,
    /// If a guarantee is false: its clauses, each with whether it is true.
    pub clauses: Vec<Clause>,
}

/// One clause of a guarantee.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clause {
    /// What must be true, as a sentence.
    pub expected: String,
    /// What is the case instead, if it is false.
    pub found: Option<String>,
    /// Whether it is true.
    pub holds: bool,
    /// The values that it depends on.
    pub values: Vec<At>,
}

/// A value and its position in a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct At {
    /// The position, as in `hist[1]`.
    pub path: String,
    /// The value.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::TlaValue))]
    pub value: Value,
}

/// One step of a path.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// Its number, from 1.
    pub number: usize,
    /// What happens.
    #[serde(flatten)]
    pub act: Act,
    /// Its index among the actions of the state before it.
    pub index: usize,
    /// The state after the step.
    #[serde(flatten)]
    pub frame: Frame,
}

/// The action of a step and its effect.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// The heading under which it is listed.
    pub group: Group,
    /// The name of the action, the same as in TLA+.
    pub action: String,
    /// The participant that acts.
    pub actor: String,
    /// The handler slot that acts, or that a fault hits.
    pub slot: Option<usize>,
    /// The message that the action is about.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::TlaValue>))]
    pub message: Option<Value>,
    /// The fault, if the action is one.
    pub fault: Option<&'static str>,
    /// A sentence that describes it.
    pub words: String,
    /// The differences between the states before and after the step.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Change>))]
    pub changes: Vec<Change>,
    /// The guarantees about every state that are true before it and false after it.
    pub violates: Vec<&'static str>,
}

/// The headings under which actions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// A message arrives.
    Deliver,
    /// A handler takes its next step.
    Step,
    /// The user acts.
    Client,
    /// An endpoint starts again after a crash.
    Recover,
    /// A message is lost.
    Lose,
    /// A message is duplicated.
    Duplicate,
    /// An endpoint crashes.
    Crash,
    /// A lease expires.
    Lease,
    /// A call gets no answer, or fails.
    Timeout,
    /// A participant removes stored data about earlier messages.
    Forget,
}

/// The possible next actions.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Next {
    /// The actions, grouped in a fixed order.
    pub actions: Vec<Action>,
}

/// An action that is possible, or that a reader would expect to be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Action {
    /// Its index. Appended to the path, it takes the step. `null` if the action is not possible.
    pub index: Option<usize>,
    /// Why it is not possible.
    pub reason: Option<String>,
    /// The action and its effect.
    #[serde(flatten)]
    pub act: Act,
    /// The number of steps from the state after it to the nearest state in which a guarantee about
    /// every state that the variant claims is false; 0 if it is false right after the action.
    pub nearest: Option<usize>,
    /// Whether the search has determined `nearest`. If so and `nearest` is `null`, no such state can
    /// be reached any more.
    pub known: bool,
}

/// The same schedule on another variant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fix {
    /// The variant.
    pub variant: String,
    /// A summary of the variant.
    pub summary: String,
    /// Whether its run keeps the guarantee.
    pub outcome: FixOutcome,
    /// The outcome for every correct variant, in the catalogue's order.
    pub tried: Vec<TriedFix>,
    /// The path on that variant: the schedule as far as it is possible, then steps without faults
    /// until all work is done.
    pub steps: String,
    /// For each step of the original, the step that plays it; `null` if there is nothing to do.
    pub played: Vec<Option<usize>>,
    /// The step that is not possible on that variant.
    pub diverges: Option<Diverges>,
    /// The path with all data that is shown about it.
    pub trace: Trace,
    /// The model of that variant.
    pub model: Model,
}

/// Whether a run of another variant keeps the guarantee that the original violates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FixOutcome {
    /// Every fault of the schedule was applied, and the guarantee is true in the whole run.
    Kept,
    /// The guarantee is false somewhere in the run.
    Broken,
    /// The guarantee is true, but a fault of the schedule could not be applied, so the run shows
    /// nothing.
    NotTried,
    /// The original violates no guarantee here.
    NotAsked,
}

/// A variant that was tried.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TriedFix {
    /// Its name.
    pub variant: String,
    /// The outcome for it.
    pub outcome: FixOutcome,
}

/// A step of one side that the other side cannot take.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diverges {
    /// Its number, from 1.
    pub number: usize,
    /// A description of the step.
    pub words: String,
    /// Why it is not possible.
    pub reason: String,
}

/// A path in another format.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedText {
    /// The format.
    pub form: &'static str,
    /// The extension of a file in this format.
    pub extension: &'static str,
    /// The text.
    pub text: String,
}
