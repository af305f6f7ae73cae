//! What the page and the server say to each other: version 1 of the explorer's JSON.
//!
//! Steps and slots count from 1, indices of actions from 0; times are in seconds, memory in bytes. A
//! TLA+ value is JSON as `docs/json.md` describes it. The page's types are written
//! from the description of these (`docs/openapi.json`).

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

/// Everything there is to explore.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// The version of the format.
    pub version: u32,
    /// The version of Tandem.
    pub tandem: &'static str,
    /// What the command named: where the page opens if its address names nothing.
    pub start: Option<Start>,
    /// The address that others open, if rooms may be opened.
    pub share: Option<String>,
    /// The course, if there is one.
    pub course: Option<CourseHead>,
    /// The function that returns this catalogue, as a path in Rust, if it says which.
    pub path: Option<&'static str>,
    /// The parts of the course that a protocol belongs to, in order.
    pub parts: Vec<Part>,
    /// The protocols, as in `tandem list --format json`.
    pub protocols: Vec<Protocol>,
}

/// One variant at one size.
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

/// One variant at one size, and what is drawn and asked of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// Something that is asked of a model.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Property {
    /// Its name, the same in TLA+.
    pub name: &'static str,
    /// What a reader calls it: what it promises, in a sentence, or what the run of a witness shows.
    pub called: &'static str,
    /// What kind of property it is.
    pub expectation: Expectation,
    /// The formula, as in TLA+.
    pub formula: String,
    /// Whether the variant's author believed in it.
    pub claimed: bool,
    /// What the catalogue expects at this size.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Expected>))]
    pub expected: Option<Expected>,
    /// Why it is expected to be violated, at the variant's own bounds.
    pub why: Option<String>,
}

/// An answer that is none.
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
    /// For programs, in kebab case.
    pub code: String,
    /// For people: where, why, and what to do next.
    pub message: String,
}
