//! `tandem graph`.

use std::io::{self, Write};
use std::time::Instant;

use anyhow::Error;

use super::{Context, setup};
use crate::cli::{GraphArgs, GraphFormat};
use tandem_check::engine::graph::replayable;
use tandem_check::enumerate::explore_with;
use tandem_check::output::export::{Notation, graph as export, json_lines};
use tandem_check::output::{json, text};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{CutOff, Limits};

pub(super) fn graph(args: &GraphArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let instance = setup::one_instance(&args.selection, context, "graph")?;
    let cancel = Cancel::on_signals()?;
    let limits = setup::limits(&args.limits);
    let teller = setup::teller(&args.limits, 1);
    let run = setup::run(&args.limits, 1, &limits, &cancel);
    let found = explore_with(&instance.system(), args.symmetry, &run);
    teller.end();
    replayable(&instance, &found)?;
    let (graph, label) = (found.views(), instance.label());
    let mut stopped = None;
    let mut out = Interruptible {
        out: &mut *context.out,
        limits: &limits,
        started: Instant::now(),
        cancel: &cancel,
        stopped: &mut stopped,
    };
    let written: anyhow::Result<()> = match args.format {
        GraphFormat::Text => text::shape(context.out, &instance, &graph).map_err(Error::from),
        GraphFormat::Json => json::shape(context.out, &instance, &graph),
        GraphFormat::Dot => export(&mut out, &label, &graph, Notation::Dot).map_err(Error::from),
        GraphFormat::Graphml => {
            export(&mut out, &label, &graph, Notation::GraphMl).map_err(Error::from)
        }
        GraphFormat::JsonLines => json_lines(&mut out, &graph).map_err(Error::from),
    };
    let why = match (stopped, found.cut_off) {
        (Some(cut_off), _) => format!("{cut_off}; the rest is not written"),
        (None, cut_off) => {
            written?;
            match cut_off {
                Some(cut_off) => format!("the graph is not complete: {cut_off}"),
                None => return Ok(Standing::Pass),
            }
        }
    };
    let covered = found.covered();
    writeln!(context.err, "error: {instance}: {why} ({covered})")?;
    Ok(Standing::Incomplete)
}

/// A writer that stops when the user cancels or the time is over, because writing a graph may take
/// minutes.
struct Interruptible<'a> {
    out: &'a mut dyn Write,
    limits: &'a Limits,
    started: Instant,
    cancel: &'a Cancel,
    /// The reason why it has stopped.
    stopped: &'a mut Option<CutOff>,
}

impl Write for Interruptible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.stopped = self.limits.over(self.started, self.cancel);
        match self.stopped {
            Some(_) => Err(io::Error::other("stopped")),
            None => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
