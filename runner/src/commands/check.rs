//! `tandem check`.

use super::{Context, save_trace, setup};
use crate::cli::{CheckArgs, EngineName, Format};
use tandem_check::engine::Engine;
use tandem_check::engine::graph::{Graph, UpToSymmetry};
use tandem_check::engine::stateright::Stateright;
use tandem_check::engine::tla_rs::TlaRs;
use tandem_check::output::{json, text};
use tandem_check::refused::refuse;
use tandem_check::report::{Report, Standing};
use tandem_check::scope::Scope;
use tandem_search::cancel::Cancel;

pub(super) fn check(args: &CheckArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let CheckArgs {
        engine,
        symmetry,
        safety,
        guarantees,
        random,
        save_traces,
        run: args,
        watch: _,
    } = args;
    let scope = Scope {
        safety: *safety,
        names: guarantees.clone(),
    };
    anyhow::ensure!(
        !symmetry || (*engine == EngineName::Graph && !random.random),
        "--symmetry works only with the engine graph; leave out one of the two"
    );
    if *engine == EngineName::Tlc && !random.random {
        setup::no_limits_for_tlc(&args.limits)?;
    }
    let instances = setup::instances(&args.selection, context, *engine == EngineName::Tlc)?;
    setup::without_mistakes(&instances)?;
    let instances = scope.select(instances)?;
    let several = setup::several(&args.selection) || instances.len() > 1;
    let cancel = Cancel::on_signals()?;
    let engine: Box<dyn Engine> = match engine {
        _ if random.random => Box::new(setup::random(random, &args.limits)),
        EngineName::Stateright => Box::new(Stateright),
        EngineName::Graph if *symmetry => Box::new(UpToSymmetry),
        EngineName::Graph => Box::new(Graph),
        EngineName::TlaRs => Box::new(TlaRs {
            texts: setup::texts(args.specs.as_deref(), context)?,
        }),
        EngineName::Tlc => Box::new(setup::tlc(args, context, &cancel)?),
    };
    let limits = setup::limits(&args.limits);
    let teller = setup::teller(&args.limits, instances.len());
    let run = setup::run(&args.limits, instances.len(), &limits, &cancel);
    let (reports, failures) = setup::each(
        &args.tlc,
        &instances,
        &cancel,
        context,
        |instance| {
            let report = engine.check(instance, &run);
            let report = report.and_then(|report| refuse(&report, &run).map(|()| report));
            teller.end();
            report.map(|report| report.restrict(&scope))
        },
        |context, report| match args.format {
            Format::Text => text::report(context.out, report, &context.manifest, several),
            Format::Json => Ok(()),
        },
    )?;
    save_trace::save(save_traces, &reports, &scope.names, context)?;
    let judge = |report: &Report| match several {
        true => report.among_others(&context.manifest),
        false => report.alone(&context.manifest),
    };
    let standings = reports.iter().map(judge);
    let standing = Standing::of_all(standings, failures.len());
    match args.format {
        Format::Text if several => {
            text::summary(context.out, &reports, &context.manifest, failures.len())?;
        }
        Format::Text => {}
        Format::Json => json::reports(context.out, &reports, &failures)?,
    }
    Ok(standing)
}
