//! Reads the state graph that TLC dumps to a file, as a graph of views.
//!
//! TLC ignores errors while it writes the dump: with a full disk it still prints "No error has been
//! found" and exits with 0. So a truncated dump is reported as a fault of the machine, with the
//! folder and its free space.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use tandem_models::value::{ParseError, StateView, parse_state};

use super::unreadable;
use crate::engine::EngineError;
use tandem_tla::graph::Graph;
use tandem_tla::tlc::dot::{self, DotError, Dump};
use tandem_tla::tlc::outcome::Outcome;
use tandem_tla::tlc::process::{RunOutput, free_megabytes};

/// The graph that a complete run has dumped.
pub(super) fn dumped(
    instance: &dyn Display,
    outcome: &Outcome,
    output: &RunOutput,
) -> Result<Graph, EngineError> {
    let path = output
        .dump
        .as_ref()
        .ok_or_else(|| unreadable(instance, "TLC dumped no graph"))?;
    let file = File::open(path).map_err(|error| unreadable(instance, error))?;
    let dump = match dot::read(BufReader::new(file)) {
        Ok(dump) => dump,
        Err(DotError::Truncated { line }) => return Err(cut_short(instance, outcome, path, line)),
        Err(error) => return Err(unreadable(instance, error)),
    };
    let counted = outcome.counts.as_ref().map(|counts| counts.distinct);
    if counted != u64::try_from(dump.states.len()).ok() {
        return Err(unreadable(
            instance,
            format!(
                "TLC counted {counted:?} states and dumped {}",
                dump.states.len()
            ),
        ));
    }
    graph(&dump).map_err(|error| unreadable(instance, error))
}

fn cut_short(instance: &dyn Display, outcome: &Outcome, dump: &Path, line: usize) -> EngineError {
    let folder = dump.parent().and_then(Path::parent).unwrap_or(dump);
    let free = free_megabytes(folder);
    let free = free.map_or_else(String::new, |mb| format!(" ({mb} MB are free there now)"));
    EngineError::CutShort {
        instance: instance.to_string(),
        what: format!(
            "TLC finished, but the state graph that it wrote ends after line {line}: TLC does not \
             report a write that failed. The disk of {} was probably full{free}; free some space, or set \
             TMPDIR to a larger disk, and run it again",
            folder.display(),
        ),
        counts: outcome.counts,
    }
}

/// Converts a dump into a graph of views.
///
/// # Errors
///
/// If TLC printed a state with a value that is not finite and explicit.
pub fn graph(dump: &Dump) -> Result<Graph, ParseError> {
    let mut known: HashMap<StateView, usize> = HashMap::new();
    let mut graph = Graph::default();
    let mut place = Vec::with_capacity(dump.states.len());
    for text in &dump.states {
        let view = parse_state(text)?;
        let next = graph.states.len();
        let index = *known.entry(view.clone()).or_insert(next);
        if index == next {
            graph.states.push(view);
        }
        place.push(index);
    }
    let labels: Vec<Arc<str>> = dump
        .labels
        .iter()
        .map(|label| Arc::from(&**label))
        .collect();
    graph.initial = dump.initial.iter().map(|state| place[*state]).collect();
    graph.steps = vec![BTreeSet::new(); graph.states.len()];
    for edge in &dump.edges {
        let (from, to) = (place[edge.from], place[edge.to]);
        if from != to {
            graph.steps[from].insert((Arc::clone(&labels[edge.label]), to));
        }
    }
    Ok(graph)
}
