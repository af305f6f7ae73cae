//! A shared flag that asks long work to stop, set by Ctrl-C or a termination signal.
//!
//! Long-running code polls [`Cancel::is_cancelled`], cleans up and returns. Because a signal sets a
//! flag instead of ending the process, a run can kill its TLC and remove its temporary folder. So
//! the binary must return from `main` normally, and not call `std::process::exit` in the middle.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The flag. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

/// The flag that the signals set, once the handlers are registered.
static ON_SIGNALS: Mutex<Option<Cancel>> = Mutex::new(None);

impl Cancel {
    /// A flag that is set only by [`Cancel::cancel`].
    pub fn new() -> Self {
        Self::default()
    }

    /// The process-wide flag set by Ctrl-C (SIGINT), SIGTERM and a closed terminal (SIGHUP).
    ///
    /// For the binary; the handlers are installed by the first call and later calls return the same
    /// flag. A SIGHUP that was ignored at start-up, as `nohup` arranges, stays ignored (Linux only).
    ///
    /// # Errors
    ///
    /// If the operating system refuses a handler.
    pub fn on_signals() -> io::Result<Self> {
        let mut registered = ON_SIGNALS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cancel) = &*registered {
            return Ok(cancel.clone());
        }
        let cancel = Self::new();
        for signal in signals() {
            signal_hook::flag::register(signal, Arc::clone(&cancel.0))?;
        }
        *registered = Some(cancel.clone());
        Ok(cancel)
    }

    /// Sets the flag.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the flag is set.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

fn signals() -> Vec<i32> {
    use signal_hook::consts;
    let mut signals = vec![consts::SIGINT, consts::SIGTERM];
    #[cfg(unix)]
    if !is_ignored(consts::SIGHUP) {
        signals.push(consts::SIGHUP);
    }
    signals
}

/// Whether this process was started with the signal ignored, read from Linux's `SigIgn` mask.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_flag() {
        let cancel = Cancel::new();
        let clone = cancel.clone();
        assert!(!clone.is_cancelled());
        cancel.cancel();
        assert!(clone.is_cancelled());
    }
}
