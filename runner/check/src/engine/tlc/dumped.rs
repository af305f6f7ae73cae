//! The graph that TLC has dumped, as one of views.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use tandem_models::catalogue::Instance;
use tandem_models::value::{ParseError, StateView, parse_state};

use super::unreadable;
use crate::engine::EngineError;
use tandem_tla::graph::Graph;
use tandem_tla::tlc::dot::{self, Dump};
use tandem_tla::tlc::outcome::Outcome;
use tandem_tla::tlc::process::RunOutput;

/// The graph that a complete run has dumped.
pub(super) fn dumped(
    instance: &Instance,
    outcome: &Outcome,
    output: &RunOutput,
) -> Result<Graph, EngineError> {
    let path = output
        .dump
        .as_ref()
        .ok_or_else(|| unreadable(instance, "TLC dumped no graph"))?;
    let file = File::open(path).map_err(|error| unreadable(instance, error))?;
    let dump = dot::read(BufReader::new(file)).map_err(|error| unreadable(instance, error))?;
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

/// A dump as a graph of views.
fn graph(dump: &Dump) -> Result<Graph, ParseError> {
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
