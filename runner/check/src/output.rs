//! Writers: a report, a comparison or the catalogue as text for people or JSON for machines.

pub mod export;
pub mod json;
pub mod listing;
pub mod matrix;
#[cfg(feature = "openapi")]
pub mod schema;
pub mod text;
