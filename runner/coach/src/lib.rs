//! Exercises: what one is, how an answer to it is judged, and how the exercises are tested themselves.
//!
//! An exercise is a folder. [`definition`] reads its `exercise.toml` (what is checked), [`texts`] its
//! `exercise.md` (what is read). [`learner`] makes a protocol of the learner's handler, and [`judge`]
//! says whether it does what the exercise demands. An [`answer`] may also have [`schedules`] or a
//! [`property`], which are asked of all [`states`] of a small system. All of that runs in a child process, started by
//! [`program`], the `main` of every exercise. [`course`] finds the exercises and keeps the progress, and
//! [`verify`] is the test of the course itself.

mod accepted;
pub mod answer;
mod beside;
pub mod cargo;
pub mod coach;
pub mod compare;
pub mod course;
pub mod cut;
pub mod definition;
#[cfg(feature = "explore")]
mod explore;
pub mod generate;
pub mod judge;
mod judgement;
pub mod learner;
mod lessons;
mod order;
pub mod program;
pub mod property;
mod question;
pub mod schedules;
pub mod serving;
pub mod states;
pub mod texts;
mod timer;
pub mod tla;
pub mod tla_coach;
pub mod verify;
mod watch;
