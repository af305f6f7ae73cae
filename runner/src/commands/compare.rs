//! `tandem compare`.

use super::{Desk, setup};
use crate::cli::{CompareArgs, Format};
use tandem_check::compare::{Comparison, compare_instance};
use tandem_check::output::{json, text};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;

pub(super) fn compare(args: &CompareArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let CompareArgs {
        symmetry,
        run: args,
    } = args;
    let instances = setup::instances(&args.selection, desk, true)?;
    setup::without_mistakes(&instances)?;
    let cancel = Cancel::on_signals()?;
    let tlc = setup::tlc(args, desk, &cancel)?;
    let limits = setup::limits(&args.limits);
    let teller = setup::teller(&args.limits, instances.len());
    let run = setup::run(&args.limits, instances.len(), &limits, &cancel);
    let (comparisons, failures) = setup::each(
        &args.tlc,
        &instances,
        &cancel,
        desk,
        |instance| {
            let comparison = compare_instance(instance, *symmetry, &tlc, &run);
            teller.end();
            comparison
        },
        |desk, comparison| match args.format {
            Format::Text => text::comparison(desk.out, comparison),
            Format::Json => Ok(()),
        },
    )?;
    match args.format {
        Format::Text => text::comparisons(desk.out, &comparisons, failures.len())?,
        Format::Json => json::comparisons(desk.out, &comparisons, &failures)?,
    }
    let standings = comparisons.iter().map(Comparison::standing);
    Ok(Standing::of_all(standings, failures.len()))
}
