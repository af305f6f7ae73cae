//! Exercises: what one is, how an answer to it is judged, and how the exercises are tested themselves.
//!
//! An exercise is a folder. [`definition`] reads its `exercise.toml` (what is checked), [`texts`] its
//! `exercise.md` (what is read). [`learner`] makes a protocol of the learner's handler, and [`judge`]
//! says whether it does what the exercise demands. All of that runs in a child process, started by
//! [`program`], the `main` of every exercise. [`course`] finds the exercises and keeps the progress, and
//! [`verify`] is the test of the course itself.

pub mod cargo;
pub mod coach;
pub mod compare;
pub mod course;
pub mod definition;
#[cfg(feature = "explore")]
pub mod explore;
pub mod generate;
pub mod judge;
pub mod learner;
pub mod program;
pub mod texts;
pub mod verify;
