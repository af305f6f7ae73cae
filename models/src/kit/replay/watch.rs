//! Lets a watchdog see which handlers are running and what they have done so far.
//!
//! A handler that loops without a call never returns to the engine, so nothing in its thread can stop
//! it. Another thread can end the process, and needs to know where the handler was.

use std::sync::OnceLock;

use crate::value::Value;

/// Is called for every run of a handler in this process, in the thread that runs it.
pub trait Watch: Send + Sync {
    /// A handler starts on a message.
    fn begins(&self, message: &Value);
    /// It makes a call.
    fn calls(&self, action: &'static str);
    /// It has returned or panicked.
    fn ends(&self);
}

static WATCH: OnceLock<Box<dyn Watch>> = OnceLock::new();

/// Calls `watch` for every run from now on. Returns false if there is one already.
pub fn watch_handlers(watch: Box<dyn Watch>) -> bool {
    WATCH.set(watch).is_ok()
}

pub(super) fn watch() -> Option<&'static dyn Watch> {
    WATCH.get().map(|watch| &**watch)
}
