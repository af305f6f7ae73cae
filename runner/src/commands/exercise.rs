//! `tandem exercise`: the coach.

use std::net::{IpAddr, Ipv4Addr};

use tandem_check::watch::By;
use tandem_coach::coach::{Coach, Outcome};
use tandem_coach::course::Course;
use tandem_coach::serving::Serving;
use tandem_explorer::listen;
use tandem_tla::tlc::env::Env;

use super::{Context, laptop};
use crate::cli::ExerciseCommand;
use crate::report::Standing;

pub(super) fn exercise(
    command: &ExerciseCommand,
    context: &mut Context<'_>,
) -> anyhow::Result<Standing> {
    let course = Course::find(&std::env::current_dir()?)?;
    if matches!(command, ExerciseCommand::Setup) {
        return laptop::setup(&course, context);
    }
    let mut coach = Coach {
        course,
        out: context.out,
    };
    let chosen = |coach: &Coach<'_>, name: &Option<String>| coach.choose(name.as_deref());
    let outcome = match command {
        ExerciseCommand::Setup | ExerciseCommand::List => coach.list(),
        ExerciseCommand::Start { name } => {
            let exercise = chosen(&coach, name)?;
            coach.start(&exercise)
        }
        ExerciseCommand::Next => {
            let exercise = chosen(&coach, &None)?;
            coach.start(&exercise)
        }
        ExerciseCommand::Check { name } => {
            let exercise = chosen(&coach, name)?;
            coach.check(&exercise)
        }
        ExerciseCommand::Compare { name } => {
            let exercise = chosen(&coach, name)?;
            coach.compare(&exercise)
        }
        ExerciseCommand::Tla {
            name,
            watch,
            solution,
            anyway,
            reset,
        } => {
            let exercise = chosen(&coach, name)?;
            match (watch, solution, reset) {
                (true, ..) => coach.watch_tla(&exercise),
                (_, true, _) => coach.solution_tla(&exercise, *anyway),
                (.., true) => coach.reset_tla(&exercise),
                _ => coach.start_tla(&exercise),
            }
        }
        ExerciseCommand::Explore { name, port, open } => {
            let exercise = chosen(&coach, name)?;
            let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
            coach.explore(&exercise, &serving((here, *port), *open, false)?)
        }
        ExerciseCommand::Group {
            name,
            port,
            open,
            bind,
        } => {
            let exercise = chosen(&coach, name)?;
            coach.explore(&exercise, &serving((*bind, *port), *open, true)?)
        }
        ExerciseCommand::Watch {
            name,
            by_hand,
            timer,
        } => {
            let exercise = chosen(&coach, name)?;
            let by = if *by_hand { By::Hand } else { By::Save };
            match timer {
                true => coach.watch_with_timer(&exercise, by),
                false => coach.watch(&exercise, by),
            }
        }
        ExerciseCommand::Hint { name, number } => {
            let exercise = chosen(&coach, &Some(name.clone()))?;
            coach.hint(&exercise, *number)
        }
        ExerciseCommand::Solution { name, anyway } => {
            let exercise = chosen(&coach, &Some(name.clone()))?;
            coach.solution(&exercise, *anyway)
        }
        ExerciseCommand::Reset { name } => {
            let exercise = chosen(&coach, &Some(name.clone()))?;
            coach.reset(&exercise)
        }
        ExerciseCommand::Verify { name, write } => coach.verify(name.as_deref(), *write),
    }?;
    Ok(match outcome {
        Outcome::Accepted => Standing::Pass,
        Outcome::Refused => Standing::Fail,
        Outcome::NoVerdict => Standing::Incomplete,
    })
}

/// The options with which a learner's program serves. The port is chosen here, because a rebuilt
/// program must use the same one.
fn serving(
    (bind, port): (IpAddr, Option<u16>),
    open: bool,
    group: bool,
) -> anyhow::Result<Serving> {
    let port = listen(bind, port)?.local_addr()?.port();
    Ok(Serving {
        bind,
        port,
        group,
        open,
        cache: Env::from_process().cache_dir,
    })
}
