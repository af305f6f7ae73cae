//! The types of the course.

use std::collections::BTreeMap;

use serde::Serialize;

/// The course in general: what the page needs before it opens it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseHead {
    /// The learner's handler, if the server was built with one.
    pub own: Option<Own>,
    /// Identifies the start of the server. It changes when the learner's handler was rebuilt.
    pub build: String,
}

/// The learner's handler that the server was built with.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Own {
    /// Its exercise.
    pub exercise: String,
    /// Its file.
    pub file: String,
    /// The lines of each step, by the name of the step. Lines count from 1.
    pub lines: BTreeMap<String, Vec<usize>>,
    /// Whether the page opens with the exercise for the group, instead of with the handler's model.
    pub group: bool,
}

/// The exercises with the learner's progress, and the trainer's plan.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Course {
    /// The exercises by part.
    pub parts: Vec<CoursePart>,
    /// The trainer's notes.
    pub plan: Vec<Block>,
}

/// A part of the course with its exercises.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoursePart {
    /// Its number.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// Its exercises.
    pub exercises: Vec<ExerciseHead>,
}

/// An exercise in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExerciseHead {
    /// Its short name, which the commands accept.
    pub name: String,
    /// Its number.
    pub place: u8,
    /// Its title.
    pub title: String,
    /// How many minutes it should take.
    pub minutes: u32,
    /// Whether the coach has accepted an answer. This is known only for the machine that the server runs on.
    pub solved: bool,
    /// Whether its TLA+ definition is solved; `null` if it has none.
    pub tla: Option<bool>,
}

/// An exercise for a learner. The solution is a separate request.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exercise {
    /// Its entry in the list.
    pub head: ExerciseHead,
    /// The part that it belongs to.
    pub part: u8,
    /// The file to edit.
    pub file: String,
    /// The protocol that it uses.
    pub protocol: String,
    /// The story.
    pub story: Vec<Block>,
    /// What to look at first.
    pub look: Vec<Block>,
    /// The task.
    pub task: Vec<Block>,
    /// The task in TLA+; `null` if there is none.
    pub tla_task: Option<Vec<Block>>,
    /// The hints. Each says more than the one before.
    pub hints: Vec<Vec<Block>>,
    /// Questions to ask oneself afterwards.
    pub ask: Vec<Block>,
    /// The lecture.
    pub lecture: Vec<Block>,
    /// The corresponding definition in the other language.
    pub in_tla: Vec<Block>,
    /// Questions for the group.
    pub discuss: Vec<Block>,
    /// The next exercise; `null` after the last.
    pub next: Option<String>,
}

/// The solution of an exercise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Solution {
    /// The file, in Rust.
    pub code: String,
    /// Why it is right.
    pub why: Vec<Block>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Block {
    /// What kind of block it is.
    pub kind: BlockKind,
    /// Its rows. A paragraph or heading has one row; a list has one for each item; a table has its rows, and
    /// the first is the head.
    pub rows: Vec<Vec<Cell>>,
}

/// The kinds of text blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// Code, line by line as it is written.
    Code,
    /// A list.
    List,
    /// A list with numbers.
    Numbered,
    /// A table.
    Table,
}

/// A cell of a table. All other blocks have one cell in each row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cell {
    /// The spans of text in it.
    pub spans: Vec<Span>,
}

/// A span of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// The text.
    pub text: String,
    /// Their style.
    pub style: SpanStyle,
}

/// The style of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SpanStyle {
    /// No special style.
    Plain,
    /// Emphasised.
    Emphasis,
    /// Strong.
    Strong,
    /// Code.
    Code,
}
