//! What is told of a path, of what may come next, and of the same schedule on another variant.

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
    /// `null`, `"stutters"`, or to which state it goes back.
    #[serde(serialize_with = "tandem_check::trace::end_as_json")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::End))]
    pub end: End,
}

/// A path with everything that is shown of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trace {
    /// That of the model.
    pub digest: String,
    /// The initial state.
    pub start: Frame,
    /// How many steps it has.
    pub total: usize,
    /// How many of them come before the first that is told here.
    pub offset: usize,
    /// The steps, or as many of them as were asked for.
    pub steps: Vec<Step>,
    /// How it goes on.
    #[serde(serialize_with = "tandem_check::trace::end_as_json")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::End))]
    pub end: End,
    /// What is drawn of all its steps.
    pub diagram: Diagram,
    /// What may happen after the last of them.
    pub next: Next,
}

/// A state.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Frame {
    /// Its view.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::TlaValue>))]
    pub state: StateView,
    /// The truth of every property's predicate in it.
    pub truths: Vec<Truth>,
}

/// The truth of a predicate in a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Truth {
    /// The property.
    pub name: &'static str,
    /// Whether it holds here.
    pub holds: bool,
    /// Of a guarantee that does not: what it says, clause by clause.
    pub clauses: Vec<Clause>,
}

/// One thing that a guarantee says of a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clause {
    /// What must be true, in a sentence.
    pub expected: String,
    /// What is there instead, if it is not true.
    pub found: Option<String>,
    /// Whether it is so.
    pub holds: bool,
    /// What it looks at.
    pub values: Vec<At>,
}

/// A value and where it stands in a state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct At {
    /// The path, as in `hist[1]`.
    pub path: String,
    /// The value.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::TlaValue))]
    pub value: Value,
}

/// One step of a path.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::TlaValue>))]
    pub message: Option<Value>,
    /// The fault, if it is one.
    pub fault: Option<&'static str>,
    /// A sentence.
    pub words: String,
    /// What is different afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Change>))]
    pub changes: Vec<Change>,
    /// Guarantees about every state that are true before and false afterwards.
    pub violates: Vec<&'static str>,
}

/// What kind of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Next {
    /// Grouped, in a fixed order.
    pub actions: Vec<Action>,
}

/// Something that may happen next, or that one would expect to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Action {
    /// Appended to the path it takes the step; none if it is not possible.
    pub index: Option<usize>,
    /// Why it is not possible.
    pub reason: Option<String>,
    /// What it is and would do.
    #[serde(flatten)]
    pub act: Act,
    /// Steps from the state after it to the nearest one that breaks a promise: in which a guarantee
    /// about every state that the variant claims is false; 0 if it is false there.
    pub nearest: Option<usize>,
    /// Whether the search knows: if so and there is no number, none can be reached any more.
    pub known: bool,
}

/// The same schedule on another variant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fix {
    /// The variant.
    pub variant: String,
    /// What it does.
    pub summary: String,
    /// Whether its run keeps the promise.
    pub outcome: FixOutcome,
    /// The same for every right variant, in the catalogue's order.
    pub tried: Vec<TriedFix>,
    /// The path there: as far as the schedule goes, then without faults until all is done.
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

/// Whether a run of another variant keeps the promise that the original breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FixOutcome {
    /// Every fault of the schedule was applied, and the promise is true in the whole run.
    Kept,
    /// The promise is false somewhere in the run.
    Broken,
    /// The promise is true, but a fault of the schedule could not be applied: the run shows nothing.
    NotTried,
    /// The original breaks no promise here.
    NotAsked,
}

/// A variant that was tried.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TriedFix {
    /// Its name.
    pub variant: String,
    /// What became of the promise.
    pub outcome: FixOutcome,
}

/// A step that one side takes and the other cannot.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diverges {
    /// Its number, from 1.
    pub number: usize,
    /// What it would be.
    pub words: String,
    /// Why it is not possible.
    pub reason: String,
}

/// A path in another form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedText {
    /// The form.
    pub form: &'static str,
    /// How the name of a file of this form ends.
    pub extension: &'static str,
    /// The text.
    pub text: String,
}
