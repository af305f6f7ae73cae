//! Writers: a report or a comparison as text for people or JSON for machines.

pub mod export;
pub mod json;
pub mod listing;
pub mod schema;
pub mod text;
