//! The timer for the first phase of an exercise, in which a learner works alone. Its end is shown
//! in the terminal and rings the bell.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A timer that runs beside the checks. After it is stopped it prints nothing.
pub(crate) struct Timer {
    stopped: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Timer {
    /// Starts the timer. At its end it writes this text, after the character that rings a
    /// terminal's bell.
    pub(crate) fn start(
        length: Duration,
        text: String,
        mut out: impl Write + Send + 'static,
    ) -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopped);
        let thread = thread::spawn(move || {
            let end = Instant::now() + length;
            // A thread may wake up spuriously.
            while !asked.load(Ordering::SeqCst) && Instant::now() < end {
                thread::park_timeout(end.saturating_duration_since(Instant::now()));
            }
            if !asked.load(Ordering::SeqCst) {
                // If the terminal is gone, there is no reader for the message.
                let _ = writeln!(out, "\u{7}\n{text}").and_then(|()| out.flush());
            }
        });
        Timer { stopped, thread }
    }

    /// Stops the timer, because the exercise is solved or was left.
    pub(crate) fn stop(self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.thread.thread().unpark();
        // The thread returns nothing of interest.
        let _ = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Written {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn its_end_is_written_with_a_bell() {
        let written = Written::default();
        let timer = Timer::start(Duration::ZERO, "It is over.".to_owned(), written.clone());
        timer.thread.join().unwrap();
        assert_eq!(written.text(), "\u{7}\nIt is over.\n");
    }

    #[test]
    fn a_timer_that_is_stopped_writes_nothing() {
        let written = Written::default();
        let hour = Duration::from_secs(3600);
        Timer::start(hour, "It is over.".to_owned(), written.clone()).stop();
        assert_eq!(written.text(), "");
    }
}
