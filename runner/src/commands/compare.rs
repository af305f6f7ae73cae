//! `tandem compare`.

use super::{Desk, setup};
use crate::cli::{CompareArgs, Format};
use crate::compare::{Comparison, compare_instance};
use crate::engine::Run;
use crate::output::{json, text};
use crate::report::Standing;
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
    let mut failed = 0;
    setup::in_order(
        &instances,
        setup::jobs(&args.tlc),
        |instance| compare_instance(instance, &tlc, &run),
        |_, result| {
            match result {
                Ok(comparison) => {
                    if args.format == Format::Text {
                        text::comparison(desk.out, &comparison)?;
                    }
                    comparisons.push(comparison);
                }
                Err(error) => {
                    failed += 1;
                    writeln!(desk.err, "error: {error}")?;
                }
            }
            Ok(())
        },
    )?;
    match args.format {
        Format::Text => text::comparisons(desk.out, &comparisons, failed)?,
        Format::Json => json::comparisons(desk.out, &comparisons)?,
    }
    let standings = comparisons.iter().map(Comparison::standing);
    let standings = standings.chain((failed > 0).then_some(Standing::Incomplete));
    Ok(standings.max().unwrap_or(Standing::Pass))
}
