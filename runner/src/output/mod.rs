//! Writers: a report or a comparison as text for people or JSON for machines.

pub mod json;
pub mod text;
