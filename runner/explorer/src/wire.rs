//! The types of the JSON that the page and the server exchange: version 1 of the explorer's format.
//!
//! Steps and slots count from 1, indices of actions from 0. Times are in seconds, memory in bytes.
//! `docs/json.md` describes the JSON of a TLA+ value. The page's TypeScript types are written from
//! the description of these types (`docs/openapi.json`).

mod course;
mod graph;
mod outside;
mod path;
mod rooms;
mod search;

use std::collections::BTreeMap;

pub use crate::diagram::{Lifeline, Role};
use serde::{Deserialize, Serialize};
use tandem_models::catalogue::Expected;

pub use course::{
    Block, BlockKind, Cell, Course, CourseHead, CoursePart, Exercise, ExerciseHead, Own, Solution,
    Span, SpanStyle,
};
pub use graph::{GraphEdge, GraphNode, GraphView, Lines, SpecText};
pub use outside::{Apart, Elsewhere, Head, Imported, OtherStep, TlcReport, TlcResult};
pub use path::{
    Act, Action, At, Clause, Diverges, ExportedText, Fix, FixOutcome, Frame, Group, Next, Path,
    Step, Trace, TriedFix, Truth,
};
pub use rooms::{Drive, HandOver, Join, Joined, Leave, Member, RoomState, Timer};
pub use search::{Progress, PropertyResult, Report};
pub use tandem_check::output::listing::Protocol;
#[cfg(feature = "openapi")]
use tandem_check::output::schema;
use tandem_check::report::Expectation;

/// The version of the format.
pub const VERSION: u32 = 1;

/// The catalogue, and where the page opens.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// The version of the format.
    pub version: u32,
    /// The version of Tandem.
    pub tandem: &'static str,
    /// The variant that the command line named. The page opens there if its address names no other.
    pub start: Option<Start>,
    /// The address for others, if rooms can be opened.
    pub share: Option<String>,
    /// The course, if there is one.
    pub course: Option<CourseHead>,
    /// The Rust path of the function that returns this catalogue, if the catalogue names it.
    pub path: Option<&'static str>,
    /// The parts of the course that a protocol belongs to, in order.
    pub parts: Vec<Part>,
    /// The protocols, as in `tandem list --format json`.
    pub protocols: Vec<Protocol>,
}

/// One variant with its bounds and faults.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Start {
    /// The protocol.
    pub protocol: String,
    /// The variant.
    pub variant: String,
    /// Bounds and faults, by name.
    pub parameters: BTreeMap<String, u8>,
}

/// A part of the course.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Part {
    /// Its number.
    pub number: u8,
    /// Its title.
    pub title: String,
}

/// One variant with its bounds and faults, its lifelines and its properties.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Model {
    /// The protocol.
    pub protocol: String,
    /// The variant.
    pub variant: String,
    /// Every bound and fault with its value.
    pub parameters: BTreeMap<String, u8>,
    /// Whether the catalogue has expected results for these bounds and faults.
    pub named: bool,
    /// 16 hexadecimal digits that change when the model does.
    pub digest: String,
    /// The lifelines, from left to right.
    pub lifelines: Vec<Lifeline>,
    /// Guarantees and witnesses.
    pub properties: Vec<Property>,
    /// The correct variant on which the same schedule is tried; `null` if this variant is correct.
    pub repaired: Option<String>,
}

/// A property of a model.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Property {
    /// Its name, the same as in TLA+.
    pub name: &'static str,
    /// A sentence for readers: what the guarantee promises, or what the run of a witness shows.
    pub called: &'static str,
    /// What kind of property it is.
    pub expectation: Expectation,
    /// The formula, in TLA+.
    pub formula: String,
    /// Whether the variant claims it.
    pub claimed: bool,
    /// The result that the catalogue expects with these bounds and faults.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Expected>))]
    pub expected: Option<Expected>,
    /// Why it is expected to be violated. Present only with the variant's own bounds.
    pub why: Option<String>,
}

/// An error response.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What is wrong.
    pub error: ProblemBody,
}

/// What is wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemBody {
    /// The code of the error, for programs, in kebab case.
    pub code: String,
    /// The message for people: where, why, and what to do next.
    pub message: String,
}
