//! `tandem replay`.

use std::io::Read;
use std::path::Path;

use anyhow::Context as _;
use tandem_models::catalogue::Instance;

use super::{Context, setup};
use crate::cli::{ReplayArgs, ReplaySide, TlaSide};
use tandem_check::engine::EngineError;
use tandem_check::engine::tlc::Tlc;
use tandem_check::output::text;
use tandem_check::replay::on_spec::{self, SpecReplay};
use tandem_check::replay::{home, replay};
use tandem_check::report::Standing;
use tandem_check::trace::Trace;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::recording::{self, Behaviour};
use tandem_tla_rs::BUILT_IN;

/// The largest input: larger than any log that a person reads, so that an endless input is not read
/// without end.
const LARGEST: u64 = 256 << 20;

pub(super) fn run(args: &ReplayArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let bytes = read(&args.file)?;
    let file = args.file.display();
    let behaviours = recording::read(&bytes).with_context(|| file.to_string())?;
    let chosen = chosen(behaviours, args)?;
    let mut standings = Vec::new();
    for (place, behaviour) in chosen.iter().enumerate() {
        if place > 0 {
            writeln!(context.out)?;
        }
        let instance = instance(args, behaviour, context)?;
        if args.on != ReplaySide::Tla {
            let system = instance.system();
            let replayed = replay(&system, behaviour);
            let trace = Trace::new(&instance, &system, &replayed.path);
            text::replay(context.out, &instance, behaviour, &replayed, &trace)?;
            standings.push(match replayed.parts {
                None => Standing::Pass,
                Some(_) => Standing::Fail,
            });
        }
        if args.on != ReplaySide::Rust {
            let replayed = on_spec(args, &instance, behaviour, context)?;
            text::replay_on_spec(context.out, &instance, behaviour, &replayed)?;
            standings.push(match replayed.parts {
                None => Standing::Pass,
                Some(_) => Standing::Fail,
            });
        }
    }
    Ok(Standing::of_all(standings.into_iter(), 0))
}

/// Replays the steps on the TLA+ spec: in this process, or with TLC.
fn on_spec(
    args: &ReplayArgs,
    instance: &Instance,
    behaviour: &Behaviour,
    context: &Context<'_>,
) -> anyhow::Result<SpecReplay> {
    let texts = setup::texts(None, context)?;
    let in_process = || on_spec::in_process(&texts, instance, behaviour);
    let cancel = Cancel::on_signals()?;
    let on_tlc = || {
        let found = setup::tlc_at_hand(&args.tlc, false, &cancel)
            .context("TLC is needed to replay on this spec; `tandem tlc install` gets it")?;
        let tlc = Tlc {
            texts: texts.clone(),
            ..found
        };
        let run = Run::new(&Limits::NONE, &cancel);
        anyhow::Ok(on_spec::on_tlc(&tlc, instance, behaviour, &run)?)
    };
    match args.engine {
        TlaSide::TlaRs => Ok(in_process()?),
        TlaSide::Auto if BUILT_IN => match in_process() {
            // TLC may accept a spec that `tla-checker` refuses.
            Err(EngineError::TlaRs { .. }) => on_tlc(),
            found => Ok(found?),
        },
        TlaSide::Auto | TlaSide::Tlc => on_tlc(),
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => std::io::stdin()
            .lock()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes),
        false => std::fs::File::open(path)
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)),
    };
    read.with_context(shown)?;
    anyhow::ensure!(
        bytes.len() as u64 <= LARGEST,
        "{} has more than {} MB: give the counterexample alone",
        path.display(),
        LARGEST >> 20
    );
    Ok(bytes)
}

fn chosen(mut behaviours: Vec<Behaviour>, args: &ReplayArgs) -> anyhow::Result<Vec<Behaviour>> {
    let Some(number) = args.number else {
        return Ok(behaviours);
    };
    let there = behaviours.len();
    anyhow::ensure!(
        (1..=there).contains(&number),
        "there is no behaviour {number} in {}: it has {there}",
        args.file.display()
    );
    Ok(vec![behaviours.swap_remove(number - 1)])
}

/// The model for the replay: the named one, or the one to which the behaviour belongs.
fn instance(
    args: &ReplayArgs,
    behaviour: &Behaviour,
    context: &mut Context<'_>,
) -> anyhow::Result<Instance> {
    let selection = &args.selection;
    if selection.name.is_some() {
        return setup::one_instance(selection, context, "replay");
    }
    anyhow::ensure!(
        selection.parameters.is_empty() && selection.faults.is_empty() && !selection.large,
        "--set, --fault and --large need a variant: name it after the file"
    );
    home(context.catalogue, behaviour).with_context(|| {
        let variables: Vec<_> = behaviour.start.keys().map(|name| &**name).collect();
        format!(
            "\"{}\" is not a behaviour of any variant at its own bounds (its variables are {}); name \
             the variant to see where they diverge, as in `tandem replay {} outbox:transactional`",
            behaviour.heading,
            variables.join(", "),
            args.file.display()
        )
    })
}
