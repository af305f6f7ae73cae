//! `tandem compare --spec FILE`: a model of the catalogue and a spec that somebody else wrote.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::{Context, setup};
use crate::cli::{Format, OwnSpecArgs, RunArgs, TlaSide};
use tandem_check::output::json;
use tandem_check::plain::{Names, Pair, UserSpec, of_instance};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, resident};

/// Set in the child process that evaluates a spec.
const CHILD: &str = "TANDEM_EVALUATES_SPEC";
/// The default time limit for evaluating a spec in this process; the same as for TLC.
const TIME_LIMIT: Duration = Duration::from_secs(3600);
/// The memory limit of this process during the evaluation.
const MEMORY_LIMIT: usize = 4 << 30;
/// The interval between two checks of the watchdog.
const LOOK: Duration = Duration::from_millis(50);
/// How long after a limit the search itself should have stopped.
const GRACE: Duration = Duration::from_secs(2);

pub(super) fn compare(
    file: &Path,
    own: &OwnSpecArgs,
    side: TlaSide,
    args: &RunArgs,
    context: &mut Context<'_>,
) -> anyhow::Result<Standing> {
    let instance = setup::one_instance(&args.selection, context, "compare")?;
    setup::without_mistakes(std::slice::from_ref(&instance))?;
    let spec = UserSpec::read(file, own.cfg.as_deref())?;
    let cancel = Cancel::on_signals()?;
    let mut limits = setup::limits(&args.limits);
    let in_process = side == TlaSide::TlaRs;
    if in_process && std::env::var_os(CHILD).is_none() {
        return in_a_child(&cancel);
    }
    if in_process {
        limits.time_limit.get_or_insert(TIME_LIMIT);
        limits.memory_limit.get_or_insert(MEMORY_LIMIT);
        watch(&limits).context("the thread that watches the limits cannot be started")?;
    }
    let tlc = match in_process {
        true => None,
        false => Some(setup::tlc(args, context, &cancel)?),
    };
    let pair = Pair::of(&spec, |names, run| of_instance(&instance, names, run));
    let pair = pair.names(names(own)).limits(limits).cancel(&cancel);
    let pair = match &tlc {
        Some(tlc) => pair.tlc(tlc),
        None => pair.in_process(),
    };
    let what = || format!("{instance} and {}", file.display());
    if own.refines {
        anyhow::ensure!(
            args.format == Format::Text,
            "--refines has no JSON; leave out `--format json`"
        );
        let found = pair.refines().with_context(what)?;
        write!(context.out, "{found}")?;
        return Ok(standing(found.broken.is_none()));
    }
    let found = pair.compare().with_context(what)?;
    match args.format {
        Format::Text => write!(context.out, "{found}")?,
        Format::Json => json::pair(context.out, &instance, &found)?,
    }
    Ok(standing(found.equal()))
}

/// Runs this command again as a child process. If an evaluation requests more memory than exists, its
/// process ends, and periodic checks of limits cannot prevent that.
fn in_a_child(cancel: &Cancel) -> anyhow::Result<Standing> {
    let program =
        std::env::current_exe().context("this program cannot be found to run it again")?;
    let mut child = Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(CHILD, "1")
        .stdin(Stdio::null())
        .spawn()
        .context("this program cannot be run again, for the spec")?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if cancel.is_cancelled() {
            // The child may have ended in the meantime.
            let _ = child.kill();
        }
        std::thread::sleep(LOOK);
    };
    match status.code() {
        Some(0) => Ok(Standing::Pass),
        Some(1) => Ok(Standing::Fail),
        // The child has printed the reason.
        Some(2) => Ok(Standing::Incomplete),
        _ if cancel.is_cancelled() => anyhow::bail!("interrupted"),
        _ => anyhow::bail!(
            "the spec was not evaluated to its end: the process that evaluated it ended by itself ({status}); \
             it probably asked for more memory than there is, as for a large set or interval. Choose \
             smaller bounds, or let TLC run it: leave out `--engine tla-rs`"
        ),
    }
}

fn standing(as_it_should_be: bool) -> Standing {
    match as_it_should_be {
        true => Standing::Pass,
        false => Standing::Fail,
    }
}

fn names(own: &OwnSpecArgs) -> Names {
    Names {
        variables: own.variables.iter().cloned().collect(),
        actions: own.actions.iter().cloned().collect(),
        properties: own.properties.iter().cloned().collect(),
        hidden: own.leave_out.iter().cloned().collect(),
    }
}

/// Ends this process if a single evaluation of the spec exceeds the limits. The search itself checks them
/// only between two states.
fn watch(limits: &Limits) -> std::io::Result<()> {
    let (time, memory) = (limits.time_limit, limits.memory_limit);
    let started = Instant::now();
    let over = move || {
        let late = time.filter(|limit| started.elapsed() > *limit + GRACE);
        if let Some(limit) = late {
            return Some(format!("it took more than {} s", limit.as_secs()));
        }
        // The search stops at the limit; a single evaluation may exceed it by a quarter.
        let held = memory.filter(|limit| resident() > limit.saturating_add(limit / 4));
        held.map(|limit| format!("the process held more than {} MB", limit >> 20))
    };
    let watching = std::thread::Builder::new().name("watchdog".to_owned());
    watching.spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            if let Some(why) = over() {
                let _ = std::io::Write::write_fmt(
                    &mut std::io::stderr(),
                    format_args!(
                        "error: the spec was not evaluated to its end: {why}; choose smaller bounds, or \
                         raise --time-limit or --memory-limit\n"
                    ),
                );
                std::process::exit(2);
            }
        }
    })?;
    Ok(())
}
