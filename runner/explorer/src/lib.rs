//! `tandem explore`: a page to step through a model, and the server behind it.
//!
//! The page (`explorer-ui`, built into the binary) asks for JSON and nothing else: `routes` has the
//! addresses, [`wire`] what is sent. A path is named by the indices of its actions and taken anew
//! for each answer (`model`, `story`, [`diagram`]), so no session is kept and a link is enough
//! to come back. `searches` run on threads of their own. `guard` keeps other sites out.

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
