//! Converts what is known about a search into the types that are sent to the page.

use std::time::Duration;

use tandem_check::enumerate::Exploration;
use tandem_check::report::{self, PropertyReport};
use tandem_check::trace::Trace;
use tandem_search::limits::{CutOff, Progress};

use super::SoFar;
use crate::wire;

/// The progress of a search that has not reported any.
const BEGUN: Progress = Progress {
    states: 0,
    steps: 0,
    depth: 0,
    walks: None,
    queue: 0,
    memory: 0,
    elapsed: Duration::ZERO,
    estimate: None,
};

pub(super) fn told(
    report: &report::Report,
    exploration: &Exploration,
    seconds: f64,
) -> wire::Report {
    wire::Report {
        complete: report.incomplete.is_none(),
        incomplete: exploration.cut_off.map(|cut_off| cut_off.reason()),
        interrupted: exploration.cut_off == Some(CutOff::Interrupted),
        states: report.states,
        transitions: report.transitions.unwrap_or(0),
        raw_states: exploration.size().raw_states,
        depth: report.depth,
        seconds,
        states_by_depth: exploration.states_by_depth(),
        actions: report.actions.iter().cloned().collect(),
        never: report.never().into_iter().map(str::to_owned).collect(),
        properties: report.properties.iter().map(result).collect(),
        deadlock: report.deadlock.as_ref().map(path),
    }
}

pub(super) fn result(property: &PropertyReport) -> wire::PropertyResult {
    wire::PropertyResult {
        name: property.name,
        verdict: property.verdict,
        steps: property.steps(),
        path: property.trace.as_ref().map(path),
    }
}

fn path(trace: &Trace) -> wire::Path {
    let indices: Vec<usize> = trace.steps.iter().filter_map(|step| step.index).collect();
    wire::Path {
        steps: super::super::model::join(&indices),
        end: trace.end,
    }
}

/// The progress that is sent to the page, after the first report.
pub(crate) fn progress(known: &SoFar) -> Option<wire::Progress> {
    if known.progress.is_none() && known.before.is_none() {
        return None;
    }
    let progress = known.progress.unwrap_or(BEGUN);
    let seconds = progress.elapsed.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate, for people")]
    let rate = progress.states as f64 / seconds.max(1e-3);
    Some(wire::Progress {
        states: progress.states,
        steps: progress.steps,
        depth: progress.depth,
        queue: progress.queue,
        memory: progress.memory,
        seconds,
        rate,
        estimate: progress.estimate,
        before: known.before,
        properties: known.decided.clone(),
    })
}
