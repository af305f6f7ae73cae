//! `tandem compare`.

use std::sync::OnceLock;

use tandem_tla_rs::BUILT_IN;

use super::{Context, own_spec, setup};
use crate::cli::{CompareArgs, Format, RunArgs, TlaSide, WalkArgs};
use tandem_check::compare::walks::{WalkedComparison, walk_instance};
use tandem_check::compare::{Comparison, TlaEngine, compare_instance};
use tandem_check::lockstep::WalkPlan;
use tandem_check::output::{json, text};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;

pub(super) fn compare(args: &CompareArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let CompareArgs {
        engine: side,
        symmetry,
        own,
        run: args,
        walk,
        watch: _,
    } = args;
    if let Some(walks) = walk.walks {
        return walked(args, walk, walks, *side, context);
    }
    if let Some(file) = &own.spec {
        return own_spec::compare(file, own, *side, args, context);
    }
    let instances = setup::instances(&args.selection, context, true)?;
    setup::without_mistakes(&instances)?;
    let texts = setup::texts(args.specs.as_deref(), context)?;
    let cancel = Cancel::on_signals()?;
    let tlc = match side {
        TlaSide::Auto if !BUILT_IN => Some(setup::tlc(args, context, &cancel)?),
        TlaSide::Tlc => Some(setup::tlc(args, context, &cancel)?),
        TlaSide::Auto | TlaSide::TlaRs => None,
    };
    // Starting Java to get its version takes a moment, so it is done only when needed.
    let at_hand = OnceLock::new();
    let at_hand = || {
        let found = || setup::tlc_at_hand(&args.tlc, args.selection.large, &cancel).ok();
        at_hand.get_or_init(found).as_ref()
    };
    let engine = match (side, &tlc) {
        (_, Some(tlc)) => TlaEngine::Tlc(tlc),
        (TlaSide::TlaRs, _) => TlaEngine::InProcess,
        _ => TlaEngine::Quicker(&at_hand),
    };
    let limits = setup::limits(&args.limits);
    let teller = setup::teller(&args.limits, instances.len());
    let run = setup::run(&args.limits, instances.len(), &limits, &cancel);
    let (comparisons, failures) = setup::each(
        &args.tlc,
        &instances,
        &cancel,
        context,
        |instance| {
            let comparison = compare_instance(instance, *symmetry, (engine, &texts), &run);
            teller.end();
            comparison
        },
        |context, comparison| match args.format {
            Format::Text => text::comparison(context.out, comparison),
            Format::Json => Ok(()),
        },
    )?;
    match args.format {
        Format::Text => {
            text::comparisons(context.out, &comparisons, failures.len())?;
            if !BUILT_IN {
                writeln!(
                    context.out,
                    "fairness and temporal guarantees were not compared: that needs a build without \
                     `--no-default-features`"
                )?;
            }
        }
        Format::Json => json::comparisons(context.out, &comparisons, &failures)?,
    }
    let standings = comparisons.iter().map(Comparison::standing);
    Ok(Standing::of_all(standings, failures.len()))
}

/// `tandem compare --walks`.
fn walked(
    args: &RunArgs,
    walk: &WalkArgs,
    walks: u64,
    side: TlaSide,
    context: &mut Context<'_>,
) -> anyhow::Result<Standing> {
    anyhow::ensure!(
        side != TlaSide::Tlc,
        "--walks evaluates the spec in this process and does not use TLC; leave out `--engine tlc`"
    );
    let instances = setup::instances(&args.selection, context, true)?;
    setup::without_mistakes(&instances)?;
    let texts = setup::texts(args.specs.as_deref(), context)?;
    let cancel = Cancel::on_signals()?;
    let limits = setup::limits(&args.limits);
    let run = setup::run(&args.limits, instances.len(), &limits, &cancel);
    let plan = WalkPlan {
        seed: walk.seed,
        walks,
        steps: walk.steps as usize,
    };
    let (found, failures) = setup::each(
        &args.tlc,
        &instances,
        &cancel,
        context,
        |instance| walk_instance(instance, &texts, plan, &run),
        |context, found| match args.format {
            Format::Text => text::walks(context.out, found),
            Format::Json => Ok(()),
        },
    )?;
    if args.format == Format::Json {
        json::walked(context.out, &found, &failures)?;
    }
    let standings = found.iter().map(WalkedComparison::standing);
    Ok(Standing::of_all(standings, failures.len()))
}
