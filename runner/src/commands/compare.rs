//! `tandem compare`.

use super::{Desk, setup, workers};
use crate::cli::{CompareArgs, Format};
use crate::compare::{Comparison, compare_instance};
use crate::engine::Run;
use crate::output::{json, text};
use crate::report::{Failure, Standing};
use crate::tlc::cancel::Cancel;

pub(super) fn compare(args: &CompareArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let instances = setup::instances(&args.selection, desk, true)?;
    let cancel = Cancel::on_signals()?;
    let tlc = setup::tlc(&args.tlc, desk, &cancel)?;
    let limits = setup::limits(&args.limits);
    let run = Run {
        limits: &limits,
        cancel: &cancel,
    };
    let mut comparisons = Vec::new();
    let mut failures = Vec::new();
    let started = workers::in_order(
        &instances,
        setup::jobs(&args.tlc),
        &cancel,
        |instance| compare_instance(instance, &tlc, &run),
        |instance, result| {
            match result {
                Ok(comparison) => {
                    if args.format == Format::Text {
                        text::comparison(desk.out, &comparison)?;
                    }
                    comparisons.push(comparison);
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
    match args.format {
        Format::Text => text::comparisons(desk.out, &comparisons, failures.len())?,
        Format::Json => json::comparisons(desk.out, &comparisons, &failures)?,
    }
    let standings = comparisons.iter().map(Comparison::standing);
    let standings = standings.chain((!failures.is_empty()).then_some(Standing::Incomplete));
    Ok(standings.max().unwrap_or(Standing::Pass))
}
