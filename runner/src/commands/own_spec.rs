//! `tandem compare --spec FILE`: a model of the catalogue and a spec that somebody else wrote.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use super::{Context, setup};
use crate::cli::{CompareArgs, Format, LimitArgs, OwnSpecArgs, TlaSide};
use tandem_check::lockstep::WalkPlan;
use tandem_check::output::json;
use tandem_check::plain::{Names, Pair, UserSpec};
use tandem_check::report::Standing;
use tandem_contain::Subject;
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;

/// The default time limit for evaluating a spec in this process; the same as for TLC.
const TIME_LIMIT: Duration = Duration::from_secs(3600);
/// The memory limit of this process during the evaluation.
const MEMORY_LIMIT: usize = 4 << 30;

/// The limits of the child process that evaluates a spec. An evaluation that requests more memory than exists
/// ends its process, and the search checks its limits only between two states.
pub(super) fn contained(args: &CompareArgs) -> Option<tandem_contain::Limits> {
    if args.own.spec.is_none() || args.engine != TlaSide::TlaRs {
        return None;
    }
    let limits = limits(&args.run.limits, true);
    Some(tandem_contain::Limits {
        subject: Subject::Spec,
        whole: limits.time_limit,
        memory: limits.memory_limit,
        ..tandem_contain::Limits::HANDLERS_ONLY
    })
}

fn limits(args: &LimitArgs, in_process: bool) -> Limits {
    let mut limits = setup::limits(args);
    if in_process {
        limits.time_limit.get_or_insert(TIME_LIMIT);
        limits.memory_limit.get_or_insert(MEMORY_LIMIT);
    }
    limits
}

pub(super) fn compare(
    file: &Path,
    command: &CompareArgs,
    plan: Option<WalkPlan>,
    context: &mut Context<'_>,
) -> anyhow::Result<Standing> {
    let (own, args) = (&command.own, &command.run);
    let instance = setup::one_instance(&args.selection, context, "compare")?;
    setup::without_mistakes(std::slice::from_ref(&instance))?;
    let spec = UserSpec::read(file, own.cfg.as_deref())?;
    let cancel = Cancel::on_signals()?;
    let in_process = command.engine == TlaSide::TlaRs;
    let tlc = match in_process {
        true => None,
        false => Some(setup::tlc(args, context, &cancel)?),
    };
    let pair = Pair::of_instance(&instance, &spec).names(names(own));
    let pair = pair
        .limits(limits(&args.limits, in_process))
        .cancel(&cancel);
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
    if let Some(plan) = plan {
        let found = pair.walks(plan).with_context(what)?;
        match args.format {
            Format::Text => write!(context.out, "{found}")?,
            Format::Json => json::pair_walks(context.out, &instance, &found)?,
        }
        return Ok(match found.difference {
            Some(_) => Standing::Fail,
            None => Standing::Incomplete,
        });
    }
    let found = pair.compare().with_context(what)?;
    match args.format {
        Format::Text => write!(context.out, "{found}")?,
        Format::Json => json::pair(context.out, &instance, &found)?,
    }
    Ok(standing(found.equal()))
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
