//! Writes reports, comparisons and the catalogue as text for people, or as JSON for programs.

pub mod export;
pub mod json;
pub mod listing;
pub mod matrix;
#[cfg(feature = "openapi")]
pub mod schema;
pub mod text;
