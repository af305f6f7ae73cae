//! The exercises in the form that the explorer's page shows. The server does not know where they are
//! stored: the program that starts it passes an implementation of [`Lessons`] that reads them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Reads the exercises. The page requests them repeatedly, because a learner solves them in the meantime.
pub trait Lessons: Send + Sync {
    /// All exercises, in their order.
    ///
    /// # Errors
    ///
    /// If one cannot be read: which one, and why.
    fn lessons(&self) -> anyhow::Result<Vec<Lesson>>;

    /// The Rust solution of an exercise.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn solution(&self, name: &str) -> anyhow::Result<String>;
}

/// One exercise. Its texts are Markdown.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Its short name.
    pub name: String,
    /// Its number in the course.
    pub place: u8,
    /// The part of the course that it belongs to.
    pub part: u8,
    /// What that part is about.
    pub part_title: String,
    /// Its title.
    pub title: String,
    /// How long it should take.
    pub minutes: u32,
    /// Whether the coach has accepted an answer on this machine.
    pub solved: bool,
    /// Whether its TLA+ definition is solved; `None` if it has none.
    pub tla: Option<bool>,
    /// The task in TLA+, if it has one.
    pub tla_task: Option<String>,
    /// The file to edit, relative to the folder of Tandem.
    pub file: String,
    /// The protocol that it uses.
    pub protocol: String,
    /// The story.
    pub story: String,
    /// What to look at first.
    pub look: String,
    /// The task.
    pub task: String,
    /// The hints.
    pub hints: Vec<String>,
    /// Questions to ask oneself afterwards.
    pub ask: String,
    /// Why the solution is right.
    pub why: String,
    /// The lecture.
    pub lecture: String,
    /// The corresponding definition in the other language.
    pub in_tla: String,
    /// Questions for the group.
    pub discuss: String,
}

/// The course, if the server has one.
#[derive(Clone)]
pub struct CourseAt {
    /// Reads the exercises.
    pub lessons: Arc<dyn Lessons>,
    /// The learner's handler, if this server shows one.
    pub own: Option<OwnHandler>,
}

/// The learner's handler that the server was built with.
#[derive(Debug, Clone)]
pub struct OwnHandler {
    /// Its exercise.
    pub exercise: String,
    /// Its file, relative to the folder of Tandem.
    pub file: String,
    /// The lines of each step, by the name of the step. Lines count from 1.
    pub lines: BTreeMap<String, Vec<usize>>,
    /// Whether the page opens with the exercise for the group, instead of with the handler's model.
    pub group: bool,
}

impl fmt::Debug for CourseAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CourseAt")
            .field("own", &self.own)
            .finish_non_exhaustive()
    }
}
