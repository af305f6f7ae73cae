//! `tandem graph`.

use std::io::{self, Write};

use super::{Desk, setup};
use crate::cli::{GraphArgs, GraphFormat};
use crate::engine::graph::replayable;
use crate::explore::explore;
use crate::output::export::{Notation, graph as export, json_lines};
use crate::output::{json, text};
use crate::report::{Report, Standing};
use crate::tlc::cancel::Cancel;

pub(super) fn graph(args: &GraphArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let instance = setup::one_instance(&args.selection, desk, "graph")?;
    let cancel = Cancel::on_signals()?;
    let limits = setup::limits(&args.limits);
    let teller = setup::teller(&args.limits, 1);
    let run = setup::run(&args.limits, 1, &limits, &cancel);
    let found = explore(&instance.system(), &run);
    teller.end();
    replayable(&instance, &found)?;
    let (graph, label) = (found.seen(), instance.label());
    let actions = || Report::actions_of(&instance, &found.fired());
    let mut out = Interruptible {
        out: &mut *desk.out,
        cancel: &cancel,
    };
    let written = match args.format {
        GraphFormat::Text => Ok(text::shape(
            desk.out,
            &instance,
            &graph.shape(),
            &actions(),
        )?),
        GraphFormat::Json => json::shape(desk.out, &instance, &graph.shape(), &actions()),
        GraphFormat::Dot => Ok(export(&mut out, &label, &graph, Notation::Dot)?),
        GraphFormat::Graphml => Ok(export(&mut out, &label, &graph, Notation::GraphMl)?),
        GraphFormat::JsonLines => Ok(json_lines(&mut out, &graph)?),
    };
    let why = match (&found.cut_off, written) {
        (Some(cut_off), _) => format!("the graph is not complete: {cut_off}"),
        (None, Err(_)) if cancel.is_cancelled() => {
            "interrupted; the rest is not written".to_owned()
        }
        (None, written) => return written.map(|()| Standing::Pass),
    };
    let covered = found.covered();
    writeln!(desk.err, "error: {instance}: {why} ({covered})")?;
    Ok(Standing::Incomplete)
}

/// Writes until the user wishes to stop: a graph may take minutes to write.
struct Interruptible<'a> {
    out: &'a mut dyn Write,
    cancel: &'a Cancel,
}

impl Write for Interruptible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("interrupted"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
