//! `tandem graph`.

use super::{Desk, setup};
use crate::cli::{GraphArgs, GraphFormat};
use crate::engine::graph::replayable;
use crate::explore::explore;
use crate::output::export::{Notation, graph as export, json_lines};
use crate::output::{json, text};
use crate::report::{Report, Standing};
use crate::search::Node;
use crate::search::statistics::Statistics;
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
    let graph = found.graph();
    let label = instance.label();
    match args.format {
        GraphFormat::Dot => export(desk.out, &label, &graph, Notation::Dot)?,
        GraphFormat::Graphml => export(desk.out, &label, &graph, Notation::GraphMl)?,
        GraphFormat::JsonLines => json_lines(desk.out, &graph, |state| found.truths(state))?,
        GraphFormat::Text | GraphFormat::Json => {
            let (transitions, names) = graph.adjacency();
            let initial = graph.initial.iter().copied();
            let initial = initial.map(|state| Node::try_from(state).unwrap_or(Node::MAX));
            let shape = Statistics::new(&transitions, initial, names.len());
            let actions = Report::actions_of(&instance, &graph.fired());
            if args.format == GraphFormat::Text {
                text::shape(desk.out, &instance, &shape, &actions)?;
            } else {
                json::shape(desk.out, &instance, &shape, &actions)?;
            }
        }
    }
    let Some(cut_off) = found.cut_off else {
        return Ok(Standing::Pass);
    };
    writeln!(
        desk.err,
        "error: {instance}: the graph is not complete: {cut_off} ({})",
        found.covered()
    )?;
    Ok(Standing::Incomplete)
}
