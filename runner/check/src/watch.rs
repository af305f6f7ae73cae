//! Repeats an action when a file is saved or Enter is pressed: for `tandem check --watch` and the coach.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use tandem_search::cancel::Cancel;

/// How often the files are checked.
const LOOK: Duration = Duration::from_millis(150);

/// For each file, its modification time and its length.
type Saved = BTreeMap<PathBuf, (SystemTime, u64)>;

/// What starts the next turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A saved file, or Enter.
    Save,
    /// Only Enter: for file systems that do not report changes, and for editors that save continuously.
    Hand,
}

/// What is watched: a file, or the `.tla` files of a folder.
#[derive(Debug)]
pub struct Watched {
    place: PathBuf,
    by: By,
    lines: Receiver<String>,
    /// Keeps the channel of lines open if no input is read.
    open: Option<Sender<String>>,
}

impl Watched {
    /// Watches a file, or the modules in a folder, until Ctrl-C. Standard input is not read, so its end
    /// does not stop the watch.
    pub fn saves(place: &Path) -> Self {
        let (open, lines) = channel();
        Watched {
            place: place.to_owned(),
            by: By::Save,
            lines,
            open: Some(open),
        }
    }

    /// Watches a file, or the modules in a folder. Reads standard input from now on.
    pub fn new(place: &Path, by: By) -> Self {
        Watched {
            place: place.to_owned(),
            by,
            lines: lines(Box::new(std::io::BufReader::new(std::io::stdin()))),
            open: None,
        }
    }

    /// Runs `act` once, and again after every save or Enter, until `q`, the end of the input, or Ctrl-C. A
    /// save counts as finished when the files were the same in two checks, so an editor that writes in
    /// several parts starts only one turn. A file that changes during a turn starts another turn.
    ///
    /// # Errors
    ///
    /// The first error of `act`.
    pub fn each(
        self,
        cancel: &Cancel,
        mut act: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let _open = &self.open;
        let mut done = saved(&self.place);
        act()?;
        let mut before = done.clone();
        while !cancel.is_cancelled() {
            let asked = match self.lines.recv_timeout(LOOK) {
                Ok(line) if line.trim() == "q" => break,
                Ok(_) => true,
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let now = saved(&self.place);
            let finished = now == before && now != done && !now.is_empty();
            before.clone_from(&now);
            if asked || (self.by == By::Save && finished) {
                done = now;
                act()?;
            }
        }
        Ok(())
    }
}

fn saved(place: &Path) -> Saved {
    let files = match fs::read_dir(place) {
        Ok(entries) => {
            let files = entries.flatten().map(|entry| entry.path());
            let module = |file: &PathBuf| file.extension().is_some_and(|is| is == "tla");
            files.filter(module).collect()
        }
        Err(_) => vec![place.to_owned()],
    };
    let at = |file: PathBuf| {
        let data = fs::metadata(&file).ok()?;
        Some((file, (data.modified().ok()?, data.len())))
    };
    files.into_iter().filter_map(at).collect()
}

/// The lines of an input, as they arrive.
fn lines(input: Box<dyn BufRead + Send>) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in input.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(place: &Path, by: By) -> (Watched, Sender<String>) {
        let (sender, lines) = channel();
        let place = place.to_owned();
        let open = None;
        (
            Watched {
                place,
                by,
                lines,
                open,
            },
            sender,
        )
    }

    /// Runs `turns` while a writer changes files. Returns how often the action ran.
    fn turns(by: By, write: impl FnOnce(&Path, &Sender<String>) + Send) -> usize {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("A.tla"), "one").unwrap();
        let (watched, input) = watched(folder.path(), by);
        let mut turns = 0;
        thread::scope(|scope| {
            scope.spawn(move || {
                thread::sleep(LOOK * 4);
                write(folder.path(), &input);
                thread::sleep(LOOK * 8);
                input.send("q".to_owned()).unwrap();
            });
            let act = || {
                turns += 1;
                Ok(())
            };
            watched.each(&Cancel::new(), act).unwrap();
        });
        turns
    }

    #[test]
    fn a_save_in_pieces_starts_one_turn() {
        let pieces = |folder: &Path, _: &Sender<String>| {
            for text in ["", "tw", "two", "two!"] {
                fs::write(folder.join("A.tla"), text).unwrap();
            }
        };
        assert_eq!(turns(By::Save, pieces), 2);
    }

    #[test]
    fn other_files_start_none() {
        let other = |folder: &Path, _: &Sender<String>| {
            fs::write(folder.join("A.tla.swp"), "two").unwrap();
        };
        assert_eq!(turns(By::Save, other), 1);
    }

    #[test]
    fn by_hand_only_enter_does() {
        let both = |folder: &Path, input: &Sender<String>| {
            fs::write(folder.join("A.tla"), "three").unwrap();
            input.send(String::new()).unwrap();
        };
        assert_eq!(turns(By::Hand, both), 2);
        let save = |folder: &Path, _: &Sender<String>| {
            fs::write(folder.join("A.tla"), "three").unwrap();
        };
        assert_eq!(turns(By::Hand, save), 1);
    }
}
