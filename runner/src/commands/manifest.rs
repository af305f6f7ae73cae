//! `tandem manifest`.

use anyhow::Context as _;
use tandem_models::catalogue::Overrides;

use super::Context;
use tandem_check::design::Design;
use tandem_check::enumerate::explore;
use tandem_check::manifest::{Counts, Manifest};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_search::limits::Limits;
use tandem_search::limits::Run;

pub(super) fn manifest(context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let cancel = Cancel::on_signals()?;
    let run = Run::new(&Limits::NONE, &cancel);
    let named = context.catalogue.select(None, &Overrides::default())?;
    let larger = context.catalogue.select_larger(None)?;
    let mut manifest = Manifest::default();
    for instance in &named {
        writeln!(context.err, "measuring {}", instance.label())?;
        if cancel.is_cancelled() {
            anyhow::bail!("interrupted");
        }
        manifest.pin_design(Design::measure(instance, &cancel)?);
    }
    for instance in named
        .into_iter()
        .chain(larger.into_iter().map(|(instance, _)| instance))
    {
        writeln!(context.err, "counting {instance}")?;
        let found = explore(&instance.system(), &run);
        if let Some(cut_off) = found.cut_off {
            anyhow::bail!("{instance} was not counted completely: {cut_off}");
        }
        let size = found.size();
        let (states, transitions) = (size.states, size.transitions);
        manifest.pin(
            &instance,
            Counts {
                states,
                transitions,
            },
        );
    }
    let text = manifest
        .text()
        .context("the counts cannot be written as TOML")?;
    write!(context.out, "{text}")?;
    Ok(Standing::Pass)
}
