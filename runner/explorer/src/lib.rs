//! `tandem explore`: the server of the page that steps through a model.
//!
//! The page (`explorer-ui`, built into the binary) exchanges only JSON with the server: `routes`
//! has the addresses, [`wire`] the types. A request names a path by the indices of its actions, and
//! the server takes the path from the initial state for each answer (`model`, `story`,
//! [`diagram`]). So the server keeps no session, and a link is enough to return to a state.
//! `searches` run on their own threads. `guard` keeps other sites out.

mod answer;
mod app;
mod course_api;
pub mod diagram;
pub mod export;
mod fix;
mod graph;
mod guard;
mod handbook;
mod imports;
mod memory;
mod model;
#[cfg(feature = "openapi")]
pub mod openapi;
mod page;
mod problem;
mod prose;
mod rooms;
mod rooms_api;
mod routes;
mod searches;
mod server;
mod spec_text;
mod story;
mod tlc;
pub mod wire;

pub use server::{Options, listen, serve};
