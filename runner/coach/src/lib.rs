//! Exercises: their definition, how an answer is judged, and how the exercises themselves are tested.
//!
//! An exercise is a folder. [`definition`] reads its `exercise.toml` (what is checked), [`texts`] its
//! `exercise.md` (the texts). [`learner`] makes a protocol with the learner's handler, and [`judge`] decides
//! whether it does what the exercise demands. An [`answer`] may also contain [`schedules`] or a [`property`],
//! which are evaluated in all [`states`] of a small system. All of this runs in a child process that
//! [`program`] starts, the `main` of every exercise. [`course`] finds the exercises and keeps the progress.
//! [`verify`] tests the course itself.

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
