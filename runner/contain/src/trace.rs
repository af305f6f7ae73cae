//! The file in which a child records the calls of its handlers. Its last line shows where the child
//! ended.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::Place;

/// The file, on the child's side. Every line is written immediately, because the process may end at
/// any time.
pub(crate) struct Trace(Mutex<File>);

impl Trace {
    pub(crate) fn create(path: &Path) -> std::io::Result<Self> {
        File::create(path).map(|file| Trace(Mutex::new(file)))
    }

    pub(crate) fn begins(&self, thread: usize, message: &str) {
        self.line(&format!("begins\t{thread}\t{}\n", message.escape_debug()));
    }

    pub(crate) fn calls(&self, thread: usize, action: &str) {
        self.line(&format!("calls\t{thread}\t{}\n", action.escape_debug()));
    }

    pub(crate) fn ends(&self, thread: usize) {
        self.line(&format!("ends\t{thread}\t\n"));
    }

    fn line(&self, line: &str) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A trace that cannot be written only explains less, and the error could not be reported
        // here.
        let _ = file.write_all(line.as_bytes());
    }
}

/// The position of the handler that had not returned at the end of the file.
pub(crate) fn last_place(text: &str) -> Option<Place> {
    let mut running = BTreeMap::new();
    let mut last = None;
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (kind, thread, what) = (fields.next()?, fields.next()?, fields.next()?);
        match kind {
            "begins" => {
                let message = what.to_owned();
                running.insert(
                    thread,
                    Place {
                        message,
                        last: None,
                    },
                );
                last = Some(thread);
            }
            "calls" => {
                let place = running.get_mut(thread)?;
                let calls = place.last.as_ref().map_or(0, |(_, calls)| *calls);
                place.last = Some((what.to_owned(), calls + 1));
                last = Some(thread);
            }
            _ => {
                running.remove(thread);
            }
        }
    }
    let last = last.filter(|thread| running.contains_key(thread));
    last.or_else(|| running.keys().next().copied())
        .and_then(|thread| running.get(thread).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_without_an_end_is_where_it_died() {
        let text = "begins\t0\t1\ncalls\t0\tLoad\nends\t0\t\n\
                    begins\t1\t2\ncalls\t1\tLoad\ncalls\t1\tSave\n\
                    begins\t0\t1\nends\t0\t\n";
        let place = Place {
            message: "2".to_owned(),
            last: Some(("Save".to_owned(), 2)),
        };
        assert_eq!(last_place(text), Some(place));
        assert_eq!(last_place("begins\t0\t1\nends\t0\t\n"), None);
    }
}
