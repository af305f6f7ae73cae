//! The exercises as the explorer's page shows them. The server knows nothing of folders: the program that
//! starts it hands over something that reads them ([`Lessons`]).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Reads the exercises. The page asks again and again, because a learner solves them meanwhile.
pub trait Lessons: Send + Sync {
    /// All exercises, in their order.
    ///
    /// # Errors
    /// When one cannot be read: which, and why.
    fn lessons(&self) -> anyhow::Result<Vec<Lesson>>;

    /// The solution of an exercise, in Rust.
    ///
    /// # Errors
    /// When it cannot be read.
    fn solution(&self, name: &str) -> anyhow::Result<String>;
}

/// One exercise: its texts are Markdown.
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
    /// Whether its definition in TLA+ is solved; none if it has no such definition.
    pub tla: Option<bool>,
    /// What is to be done in TLA+, if it has such a definition.
    pub tla_task: Option<String>,
    /// The file to edit, as it is found from the folder of Tandem.
    pub file: String,
    /// The protocol in which it takes place.
    pub protocol: String,
    /// The story.
    pub story: String,
    /// What to look at first.
    pub look: String,
    /// The task.
    pub task: String,
    /// The hints.
    pub hints: Vec<String>,
    /// What to ask oneself afterwards.
    pub ask: String,
    /// Why the solution is right.
    pub why: String,
    /// The lecture.
    pub lecture: String,
    /// The counterpart in the other language.
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
    /// Its file, as it is found from the folder of Tandem.
    pub file: String,
    /// The lines in which each step stands, by the name of the step; they count from 1.
    pub lines: BTreeMap<String, Vec<usize>>,
    /// Whether the page opens on the exercise, for the group, instead of on the handler's model.
    pub group: bool,
}

impl fmt::Debug for CourseAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CourseAt")
            .field("own", &self.own)
            .finish_non_exhaustive()
    }
}
