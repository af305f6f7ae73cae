//! Lets a watchdog see which handlers are running and how far each has come.
//!
//! A handler that loops without a call never returns to the engine, so nothing in its thread can stop
//! it. Another thread can end the process, and needs to know where the handler was.

use std::sync::OnceLock;

use crate::value::Value;

/// Is told of every run of a handler in this process, in the thread that runs it.
pub trait Watch: Send + Sync {
    /// A handler starts on a message.
    fn begins(&self, message: &Value);
    /// It makes a call.
    fn calls(&self, action: &'static str);
    /// It has returned or panicked.
    fn ends(&self);
}

static WATCH: OnceLock<Box<dyn Watch>> = OnceLock::new();

/// Tells `watch` of every run from now on; false if there is one already.
pub fn watch_handlers(watch: Box<dyn Watch>) -> bool {
    WATCH.set(watch).is_ok()
}

pub(super) fn watch() -> Option<&'static dyn Watch> {
    WATCH.get().map(|watch| &**watch)
}
