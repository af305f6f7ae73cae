//! `tandem mutate`.

use std::time::{Duration, Instant};

use tandem_models::catalogue::Instance;
use tandem_models::kit::mutant::Mutant;

use super::{Context, setup, workers};
use crate::cli::{Format, MutateArgs, Selection};
use tandem_check::mutate::accepted::Accepted;
use tandem_check::mutate::told::{self, Outcome};
use tandem_check::mutate::{Original, Trial, is_original};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;

/// The default limit on raw states for each mutant.
const MAX_STATES: usize = 500_000;
/// How often progress is reported.
const TELL: Duration = Duration::from_secs(10);

pub(super) fn mutate(args: &MutateArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let accepted = accepted(args)?;
    let instances = originals(&args.selection, context)?;
    setup::without_mistakes(&instances)?;
    let cancel = Cancel::on_signals()?;
    let mut session = Session {
        args,
        limits: Limits {
            max_states: Some(args.limits.max_states.unwrap_or(MAX_STATES)),
            ..setup::limits(&args.limits)
        },
        started: Instant::now(),
        cancel,
    };
    let (mut outcomes, mut errors) = (Vec::new(), Vec::new());
    for instance in &instances {
        match session.outcome(instance, context) {
            Ok(outcome) => {
                if args.format == Format::Text {
                    let alone = instances.len() == 1;
                    told::outcome(context.out, &outcome, &accepted, alone)?;
                }
                outcomes.push(outcome);
            }
            Err(error) => {
                writeln!(context.err, "error: {error:#}")?;
                errors.push(format!("{error:#}"));
            }
        }
    }
    match args.format {
        Format::Text => told::summary(context.out, &outcomes, &accepted)?,
        Format::Json => told::json(context.out, &outcomes, &accepted, &errors)?,
    }
    let standings = outcomes.iter().map(|outcome| outcome.standing(&accepted));
    Ok(Standing::of_all(standings, errors.len()))
}

/// The accepted survivors.
pub(super) fn accepted(args: &MutateArgs) -> anyhow::Result<Accepted> {
    Ok(match &args.accepted {
        Some(file) => Accepted::read(file)?,
        None => Accepted::built_in()?,
    })
}

/// The correct variants to mutate: if a protocol is named without a variant, all of them.
fn originals(selection: &Selection, context: &mut Context<'_>) -> anyhow::Result<Vec<Instance>> {
    let all = |name: &String| match name.contains(':') {
        true => name.clone(),
        false => format!("{name}:all"),
    };
    let selection = Selection {
        name: selection.name.as_ref().map(all),
        parameters: selection.parameters.clone(),
        faults: selection.faults.clone(),
        large: selection.large,
    };
    let mut instances = setup::instances(&selection, context, false)?;
    instances.retain(is_original);
    anyhow::ensure!(
        !instances.is_empty(),
        "{} is not a correct variant whose claims all hold, and only those can be mutated; `tandem list` \
         shows which variants are correct",
        selection.name.as_deref().unwrap_or("the catalogue")
    );
    Ok(instances)
}

/// One run of the command.
struct Session<'a> {
    args: &'a MutateArgs,
    limits: Limits,
    started: Instant,
    cancel: Cancel,
}

impl Session<'_> {
    /// Whether time is left and the user has not cancelled.
    fn goes_on(&self) -> bool {
        self.limits.over(self.started, &self.cancel).is_none()
    }

    /// The limits for a search that begins now.
    fn left(&self) -> Limits {
        let time_limit = self.limits.time_limit;
        Limits {
            time_limit: time_limit.map(|limit| limit.saturating_sub(self.started.elapsed())),
            ..self.limits.clone()
        }
    }

    /// Finds what finds each mutant of a variant.
    fn outcome(
        &mut self,
        instance: &Instance,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Outcome> {
        let limits = self.left();
        let run = setup::run(&self.args.limits, 1, &limits, &self.cancel);
        let original = Original::new(instance, &run);
        setup::teller(&self.args.limits, 1).end();
        let original = original?;
        let trials = self.trials(&original, context)?;
        Ok(Outcome {
            instance: instance.clone(),
            states: original.states(),
            not_tried: original.mutants.len() - trials.len(),
            trials,
        })
    }

    /// Tries the mutants for which there is time, several at the same time.
    fn trials(&self, original: &Original, context: &mut Context<'_>) -> anyhow::Result<Vec<Trial>> {
        let jobs = setup::at_a_time(&self.args.limits);
        let try_out = |mutant: &Mutant| {
            let goes_on = self.goes_on();
            goes_on.then(|| original.try_out(mutant, &self.left()))
        };
        let (mut trials, mut told) = (Vec::new(), Instant::now());
        let done = |_: &Mutant, trial: Option<Trial>| {
            trials.extend(trial);
            if told.elapsed() >= TELL {
                told = Instant::now();
                let (label, all) = (original.instance.label(), original.mutants.len());
                writeln!(
                    context.err,
                    "{label}: {} of {all} mutants tried",
                    trials.len()
                )?;
            }
            Ok(())
        };
        workers::in_order(&original.mutants, jobs, &self.cancel, try_out, done)?;
        Ok(trials)
    }
}
