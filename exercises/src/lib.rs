//! Exercises: each has one file to edit, and Tandem says what is wrong with it.
//!
//! The file to edit (`two_tabs.rs`) holds a handler and nothing else; [`exercise`] makes a protocol
//! of it: an existing protocol's system, specification and guarantees around the learner's handler.
//! A catalogue of such protocols is all that the `tandem` command needs, so a crate with protocols
//! of its own looks like this one. `solutions` is for afterwards.

pub mod exercise;
pub mod solutions;
pub mod two_tabs;

use tandem_models::catalogue::Catalogue;
use tandem_models::kit::replay::Handler;

use exercise::TwoTabs;

/// All exercises, with the handlers as they are now.
pub fn catalogue() -> Catalogue {
    Catalogue::new().with(TwoTabs(Handler::new(two_tabs::submit)))
}
