//! `tandem mutate --spec`.

use std::time::{Duration, Instant};

use tandem_models::catalogue::Instance;
use tandem_tla_rs::BUILT_IN;

use super::{Context, setup, workers};
use crate::cli::{Format, MutateArgs, Selection};
use tandem_check::mutate::spec::{Module, SpecFinding};
use tandem_check::mutate::text::TextMutant;
use tandem_check::mutate::told_spec::{self, SpecOutcome};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::spec::SpecTexts;

/// The default limit on the states of instances at which mutants are compared.
const MAX_STATES: usize = 500;
/// The search of a mutant stops after this many times the states of the largest instance. A mutant that
/// has so many states has a different graph from the Rust model.
const FAR_ABOVE: usize = 20;
/// How often progress is reported.
const TELL: Duration = Duration::from_secs(10);

pub(super) fn mutate(args: &MutateArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    anyhow::ensure!(
        BUILT_IN,
        "mutants of specifications are evaluated in this process, by tla-checker: build with `--features \
         tla-rs`"
    );
    let accepted = super::mutate::accepted(args)?;
    let instances = instances(&args.selection, context)?;
    setup::without_mistakes(&instances)?;
    let session = Session {
        args,
        limits: setup::limits(&args.limits),
        started: Instant::now(),
        cancel: Cancel::on_signals()?,
    };
    let groups: Vec<_> = instances
        .chunk_by(|one, other| one.description.module.name == other.description.module.name)
        .collect();
    let mut outcomes = Vec::new();
    for group in &groups {
        let Some(outcome) = session.outcome(group, context)? else {
            let module = group[0].description.module.name;
            writeln!(
                context.err,
                "{module}: every instance is too large; raise --max-states"
            )?;
            continue;
        };
        if args.format == Format::Text {
            told_spec::outcome(context.out, &outcome, &accepted, groups.len() == 1)?;
        }
        outcomes.push(outcome);
    }
    if args.format == Format::Json {
        told_spec::json(context.out, &outcomes, &accepted)?;
    }
    let standings = outcomes.iter().map(|outcome| outcome.standing(&accepted));
    Ok(Standing::of_all(standings, groups.len() - outcomes.len()))
}

/// All variants of the selected protocols, because each uses other parts of its module.
fn instances(selection: &Selection, context: &mut Context<'_>) -> anyhow::Result<Vec<Instance>> {
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
    setup::instances(&selection, context, false)
}

struct Session<'a> {
    args: &'a MutateArgs,
    limits: Limits,
    started: Instant,
    cancel: Cancel,
}

impl Session<'_> {
    fn largest(&self) -> usize {
        self.args.limits.max_states.unwrap_or(MAX_STATES)
    }

    /// Finds what finds each mutant of a module; `None` if every instance is too large.
    fn outcome(
        &self,
        group: &[Instance],
        context: &mut Context<'_>,
    ) -> anyhow::Result<Option<SpecOutcome>> {
        let limits = Limits {
            max_states: Some(self.largest().saturating_mul(FAR_ABOVE)),
            ..self.limits.clone()
        };
        let run = Run::new(&limits, &self.cancel);
        let texts = SpecTexts::built_in();
        let Some(module) = Module::new(group, &texts, self.largest(), &run) else {
            return Ok(None);
        };
        let name = group[0].description.module.name;
        let try_out = |mutant: &TextMutant| {
            let goes_on = self.limits.over(self.started, &self.cancel).is_none();
            goes_on.then(|| module.try_out(mutant, &run))
        };
        let (mut trials, mut told) = (Vec::new(), Instant::now());
        let done = |mutant: &TextMutant, finding: Option<SpecFinding>| {
            if let Some(finding) = finding {
                trials.push((format!("{name}/{}", mutant.name), mutant.line, finding));
            }
            if told.elapsed() >= TELL {
                told = Instant::now();
                let (tried, all) = (trials.len(), module.mutants.len());
                writeln!(context.err, "{name}: {tried} of {all} mutants tried")?;
            }
            Ok(())
        };
        let jobs = setup::at_a_time(&self.args.limits);
        workers::in_order(&module.mutants, jobs, &self.cancel, try_out, done)?;
        Ok(Some(SpecOutcome {
            module: name,
            instances: module.instances.iter().map(Instance::to_string).collect(),
            not_tried: module.mutants.len() - trials.len(),
            trials,
        }))
    }
}
