//! The options that the coach passes to a learner's program that serves its handler.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The options with which a learner's program serves its handler.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Serving {
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port. A program that replaces another one must use the same port.
    pub port: u16,
    /// Whether a group looks at the exercise, in a room.
    pub group: bool,
    /// Whether to open a browser.
    pub open: bool,
    /// The folder that keeps the rooms while one program replaces another.
    pub cache: Option<PathBuf>,
}

/// The message from the coach to the program that serves.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) serving: Serving,
    /// The name of the exercise and its folder.
    pub(crate) exercise: String,
    pub(crate) folder: PathBuf,
    /// Whether an earlier program has served at the same address, so that the learner knows it.
    pub(crate) again: bool,
}
