//! What is said about the course.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// That there is a course, and where the page opens.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseHead {
    /// The learner's handler, if the server was built with one.
    pub own: Option<Own>,
    /// Differs from one start of the server to the next: a learner's handler was built again.
    pub build: String,
}

/// The learner's handler that the server was built with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Own {
    /// Its exercise.
    pub exercise: String,
    /// Its file.
    pub file: String,
    /// The lines of each step, by the name of the step; they count from 1.
    pub lines: BTreeMap<String, Vec<usize>>,
    /// Whether the page opens on the exercise, for the group, instead of on the handler's model.
    pub group: bool,
}

/// The exercises with the learner's progress, and the trainer's plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Course {
    /// The exercises by part.
    pub parts: Vec<CoursePart>,
    /// The trainer's notes.
    pub plan: Vec<Block>,
}

/// A part of the course with its exercises.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CoursePart {
    /// Its number.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// Its exercises.
    pub exercises: Vec<ExerciseHead>,
}

/// An exercise in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExerciseHead {
    /// Its short name, by which the commands know it.
    pub name: String,
    /// Its number.
    pub place: u8,
    /// Its title.
    pub title: String,
    /// How many minutes it should take.
    pub minutes: u32,
    /// Whether the coach has accepted an answer on the machine that the server runs on.
    pub solved: bool,
    /// Whether its definition in TLA+ is solved; none if it has none.
    pub tla: Option<bool>,
}

/// An exercise as a learner reads it. The solution is asked for by itself.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Exercise {
    /// How it stands in the list.
    pub head: ExerciseHead,
    /// The part that it belongs to.
    pub part: u8,
    /// The file to edit.
    pub file: String,
    /// The protocol in which it takes place.
    pub protocol: String,
    /// The story.
    pub story: Vec<Block>,
    /// What to look at first.
    pub look: Vec<Block>,
    /// The task.
    pub task: Vec<Block>,
    /// What is to be done in TLA+; none if it has no such definition.
    pub tla_task: Option<Vec<Block>>,
    /// The hints, of which each says more than the one before.
    pub hints: Vec<Vec<Block>>,
    /// What to ask oneself afterwards.
    pub ask: Vec<Block>,
    /// The lecture.
    pub lecture: Vec<Block>,
    /// The counterpart in the other language.
    pub in_tla: Vec<Block>,
    /// Questions for the group.
    pub discuss: Vec<Block>,
    /// The next exercise; none after the last.
    pub next: Option<String>,
}

/// The solution of an exercise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Solution {
    /// The file, in Rust.
    pub code: String,
    /// Why it is right.
    pub why: Vec<Block>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its rows: one of a paragraph or a heading, the items of a list, the rows of a table. The first row of
    /// a table has its heads.
    pub rows: Vec<Vec<Cell>>,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
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

/// A cell of a table; everything else has one in each row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cell {
    /// Its words.
    pub spans: Vec<Span>,
}

/// Words in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their style.
    pub style: SpanStyle,
}

/// The style of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpanStyle {
    /// As all others.
    Plain,
    /// Emphasised.
    Emphasis,
    /// Strong.
    Strong,
    /// Code.
    Code,
}
