//! What commands need before they start: instances, limits, and TLC.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use tandem_models::catalogue::{Instance, Overrides};

use super::{Context, workers};
use crate::cli::{LimitArgs, RandomArgs, RunArgs, Selection, TlcArgs};
use crate::progress::Teller;
use tandem_check::engine::random::Random;
use tandem_check::engine::tlc::Tlc;
use tandem_check::report::Failure;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::spec::SpecTexts;
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar::{self, Jar};
use tandem_tla::tlc::java::Java;

/// The default limit on raw states of the Rust side.
const MAX_STATES: usize = 5_000_000;

/// The instances of a command. `for_tlc` leaves out those that are too large for TLC.
pub(super) fn instances(
    selection: &Selection,
    context: &mut Context<'_>,
    for_tlc: bool,
) -> anyhow::Result<Vec<Instance>> {
    let name = selection.name.as_deref();
    if selection.large {
        let larger = context.catalogue.select_larger(name)?;
        anyhow::ensure!(
            !larger.is_empty(),
            "{} names no larger setting; `tandem list` shows which variants do",
            name.unwrap_or("the catalogue")
        );
        let fit = larger.into_iter().filter(|(_, tlc)| *tlc || !for_tlc);
        let fit: Vec<_> = fit.map(|(instance, _)| instance).collect();
        anyhow::ensure!(
            !fit.is_empty(),
            "the larger setting of {} is too large for TLC; check it with `--engine graph`",
            name.unwrap_or("the catalogue")
        );
        return Ok(fit);
    }
    let overrides = Overrides {
        parameters: selection.parameters.clone(),
        faults: selection.faults.clone(),
    };
    Ok(context.catalogue.select(name, &overrides)?)
}

/// Refuses protocols with a mistake in their description, because a check of them would be
/// meaningless.
pub(super) fn without_mistakes(instances: &[Instance]) -> anyhow::Result<()> {
    let descriptions = instances.iter().map(|instance| &instance.description);
    let mut mistakes: Vec<_> = descriptions.flat_map(|d| d.mistakes()).collect();
    let mut seen = BTreeSet::new();
    mistakes.retain(|mistake| seen.insert(mistake.clone()));
    anyhow::ensure!(
        mistakes.is_empty(),
        "the catalogue has mistakes, so a check would not mean much; correct these first:\n  {}",
        mistakes.join("\n  ")
    );
    Ok(())
}

/// The single variant of a command.
pub(super) fn one_instance(
    selection: &Selection,
    context: &mut Context<'_>,
    command: &str,
) -> anyhow::Result<Instance> {
    let mut instances = instances(selection, context, false)?;
    match (instances.pop(), instances.len()) {
        (Some(instance), 0) => Ok(instance),
        (_, others) => anyhow::bail!(
            "{command} needs one variant, and this selects {}; name one, as in `tandem \
             {command} outbox`",
            others + 1
        ),
    }
}

/// Whether the name selects several variants, each of which is then judged by the catalogue's
/// expectation.
pub(super) fn several(selection: &Selection) -> bool {
    selection
        .name
        .as_deref()
        .is_none_or(|name| name.ends_with(":all"))
}

/// Refuses limits of the Rust side for a command that runs only TLC.
///
/// # Errors
///
/// If any limit was given.
pub(super) fn no_limits_for_tlc(args: &LimitArgs) -> anyhow::Result<()> {
    let given = [
        ("--max-states", args.max_states.is_some()),
        ("--max-depth", args.max_depth.is_some()),
        ("--time-limit", args.time_limit.is_some()),
        ("--memory-limit", args.memory_limit.is_some()),
        ("--threads", args.threads.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((option, _)) => anyhow::bail!(
            "{option} applies to the Rust side, which `--engine tlc` does not use; for \
             TLC there are --tlc-time-limit, --tlc-heap and --tlc-workers"
        ),
        None => Ok(()),
    }
}

pub(super) fn limits(args: &LimitArgs) -> Limits {
    Limits {
        max_states: Some(args.max_states.unwrap_or(MAX_STATES)),
        max_depth: args.max_depth.map(|depth| depth as usize),
        time_limit: args.time_limit.map(Duration::from_secs),
        memory_limit: args.memory_limit.map(|mb| mb.saturating_mul(1 << 20)),
    }
}

/// The options of random walks. If a time limit but no number of walks is given, the number is
/// unlimited.
pub(super) fn random(args: &RandomArgs, limits: &LimitArgs) -> Random {
    let walks = limits.time_limit.map_or(10_000, |_| u64::MAX);
    Random {
        seed: args.seed,
        walks: args.walks.unwrap_or(walks),
        steps: args.steps as usize,
    }
}

/// The run on the Rust side, for this many instances.
pub(super) fn run<'a>(
    args: &LimitArgs,
    instances: usize,
    limits: &'a Limits,
    cancel: &'a Cancel,
) -> Run<'a> {
    Run {
        threads: threads(args, instances),
        progress: teller(args, instances).telling(),
        ..Run::new(limits, cancel)
    }
}

/// Threads for one search: all cores for a single instance, otherwise one.
fn threads(args: &LimitArgs, instances: usize) -> usize {
    let alone = if instances == 1 { cores() } else { 1 };
    args.threads.map_or(alone, usize::from)
}

/// Threads for a search beside a server: one core is left for the server.
pub(super) fn beside_others(args: &LimitArgs) -> usize {
    args.threads
        .map_or_else(|| cores().saturating_sub(1).max(1), usize::from)
}

/// The number of searches at the same time, each on one thread.
pub(super) fn at_a_time(args: &LimitArgs) -> usize {
    args.threads.map_or_else(cores, usize::from)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Where progress is reported: nowhere for several searches at the same time, unless it was
/// requested.
pub(super) fn teller(args: &LimitArgs, instances: usize) -> Teller {
    if instances == 1 || args.progress {
        Teller::new(args.progress)
    } else {
        Teller::Nobody
    }
}

/// The source of the specs' text: the folder that the user names, or the folder of the repository.
pub(super) fn texts(folder: Option<&Path>, context: &Context<'_>) -> anyhow::Result<SpecTexts> {
    if let Some(folder) = folder {
        return Ok(SpecTexts::in_folder(folder)?);
    }
    let here = std::env::current_dir().unwrap_or_default();
    let protocols = context.catalogue.protocols();
    let modules: Vec<_> = protocols
        .map(|protocol| protocol.describe().module.name)
        .collect();
    Ok(SpecTexts::of_repository(&here, &modules))
}

/// TLC, found or installed.
pub(super) fn tlc(
    args: &RunArgs,
    context: &mut Context<'_>,
    cancel: &Cancel,
) -> anyhow::Result<Tlc> {
    let env = Env::from_process();
    let java = Java::find(&env, cancel)?;
    let mut say = |text: &str| {
        // A progress message that cannot be written is no reason to stop.
        let _ = writeln!(context.err, "{text}");
    };
    let jar = jar::locate_or_install(&env, args.tlc.tlc_jar.as_deref(), cancel, &mut say)?;
    let long = args.selection.large;
    Ok(Tlc {
        long,
        texts: texts(args.specs.as_deref(), context)?,
        ..configured(&args.tlc, env, java, jar)
    })
}

/// TLC, if it is already installed.
pub(super) fn tlc_at_hand(args: &TlcArgs, long: bool, cancel: &Cancel) -> anyhow::Result<Tlc> {
    let env = Env::from_process();
    let java = Java::find(&env, cancel)?;
    let jar = jar::locate(&env, args.tlc_jar.as_deref())?;
    Ok(Tlc {
        long,
        ..configured(args, env, java, jar)
    })
}

fn configured(args: &TlcArgs, env: Env, java: Java, jar: Jar) -> Tlc {
    Tlc {
        texts: SpecTexts::built_in(),
        env,
        java,
        jar,
        workers: usize::from(args.tlc_workers.max(1)),
        heap_mb: args.tlc_heap,
        time_limit: args.tlc_time_limit.map(Duration::from_secs),
        long: false,
    }
}

/// Runs `work` on every instance. Results are shown in the order of the instances, each as soon as
/// possible, and failures are reported.
pub(super) fn each<R: Send, E: Display + Send>(
    args: &TlcArgs,
    instances: &[Instance],
    cancel: &Cancel,
    context: &mut Context<'_>,
    work: impl Fn(&Instance) -> Result<R, E> + Sync,
    mut show: impl FnMut(&mut Context<'_>, &R) -> std::io::Result<()>,
) -> anyhow::Result<(Vec<R>, Vec<Failure>)> {
    let jobs = args.jobs.map_or_else(cores, usize::from);
    let (mut results, mut failures) = (Vec::new(), Vec::new());
    let started = workers::in_order(instances, jobs, cancel, work, |instance, result| {
        match result {
            Ok(result) => {
                show(context, &result)?;
                results.push(result);
            }
            Err(error) => {
                writeln!(context.err, "error: {error}")?;
                failures.push(Failure::new(instance, &error));
            }
        }
        Ok(())
    })?;
    failures.extend(not_started(instances, started, context)?);
    Ok((results, failures))
}

/// Reports the instances that were not started because the user cancelled.
fn not_started(
    instances: &[Instance],
    started: usize,
    context: &mut Context<'_>,
) -> anyhow::Result<Vec<Failure>> {
    let left = &instances[started..];
    if !left.is_empty() {
        let (left, all) = (left.len(), instances.len());
        writeln!(
            context.err,
            "error: interrupted; {left} of {all} variants were not started"
        )?;
    }
    let why = "not started: the run was interrupted";
    Ok(left.iter().map(|one| Failure::new(one, &why)).collect())
}
