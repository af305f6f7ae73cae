//! `tandem graph`.

use std::io::{self, Write};

use anyhow::Error;

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
    let (graph, label) = (found.views(), instance.label());
    let actions = || Report::actions_of(&instance, &found.fired());
    let mut out = Interruptible {
        out: &mut *desk.out,
        cancel: &cancel,
    };
    let written: anyhow::Result<()> = match args.format {
        GraphFormat::Text => {
            text::shape(desk.out, &instance, &graph.shape(), &actions()).map_err(Error::from)
        }
        GraphFormat::Json => json::shape(desk.out, &instance, &graph.shape(), &actions()),
        GraphFormat::Dot => export(&mut out, &label, &graph, Notation::Dot).map_err(Error::from),
        GraphFormat::Graphml => {
            export(&mut out, &label, &graph, Notation::GraphMl).map_err(Error::from)
        }
        GraphFormat::JsonLines => json_lines(&mut out, &graph).map_err(Error::from),
    };
    let interrupted = written.is_err() && cancel.is_cancelled();
    if !interrupted {
        written?;
    }
    let why = match found.cut_off {
        _ if interrupted => "interrupted; the rest is not written".to_owned(),
        Some(cut_off) => format!("the graph is not complete: {cut_off}"),
        None => return Ok(Standing::Pass),
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
