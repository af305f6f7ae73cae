//! `tandem check`.

use super::{Desk, setup, workers};
use crate::cli::{CheckArgs, EngineName, Format};
use crate::engine::graph::Graph;
use crate::engine::stateright::Stateright;
use crate::engine::{Engine, Run};
use crate::output::{json, text};
use crate::report::{Failure, Standing};
use crate::tlc::cancel::Cancel;

pub(super) fn check(args: &CheckArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let for_tlc = args.engine == EngineName::Tlc;
    let instances = setup::instances(&args.selection, desk, for_tlc)?;
    let several = setup::several(&args.selection) || instances.len() > 1;
    let cancel = Cancel::on_signals()?;
    let engine: Box<dyn Engine> = match args.engine {
        EngineName::Stateright => Box::new(Stateright),
        EngineName::Graph => Box::new(Graph),
        EngineName::Tlc => Box::new(setup::tlc(&args.tlc, desk, &cancel)?),
    };
    let limits = setup::limits(&args.limits);
    let run = Run {
        limits: &limits,
        cancel: &cancel,
    };
    let mut reports = Vec::new();
    let mut failures = Vec::new();
    let started = workers::in_order(
        &instances,
        setup::jobs(&args.tlc),
        &cancel,
        |instance| engine.check(instance, &run),
        |instance, result| {
            match result {
                Ok(report) => {
                    if args.format == Format::Text {
                        text::report(desk.out, &report, &desk.manifest, several)?;
                    }
                    reports.push(report);
                }
                Err(error) => {
                    writeln!(desk.err, "error: {error}")?;
                    failures.push(Failure::new(instance, &error));
                }
            }
            Ok(())
        },
    )?;
    failures.extend(setup::not_started(&instances, started, desk)?);
    let standing = reports
        .iter()
        .map(|report| match several {
            true => report.among_others(&desk.manifest),
            false => report.alone(&desk.manifest),
        })
        .chain((!failures.is_empty()).then_some(Standing::Incomplete))
        .max()
        .unwrap_or(Standing::Pass);
    match args.format {
        Format::Text if several => {
            text::summary(desk.out, &reports, &desk.manifest, failures.len())?;
        }
        Format::Text => {}
        Format::Json => json::reports(desk.out, &reports, &failures)?,
    }
    Ok(standing)
}
