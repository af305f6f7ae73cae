//! What the coach tells a learner's program that serves its handler.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How a learner's program serves its handler.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Serving {
    /// Where it listens.
    pub bind: IpAddr,
    /// The port: a program that takes the place of another one needs the same.
    pub port: u16,
    /// Whether the exercise is looked at by a group, in a room.
    pub group: bool,
    /// Whether to open a browser.
    pub open: bool,
    /// Where rooms are kept while a program takes the place of another one.
    pub cache: Option<PathBuf>,
}

/// What the coach tells the program that serves.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) serving: Serving,
    /// The exercise and the folder that it stands in.
    pub(crate) exercise: String,
    pub(crate) folder: PathBuf,
    /// Whether a program served before at the same address, so that it is known.
    pub(crate) again: bool,
}
