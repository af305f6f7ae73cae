//! `tandem show`.

use std::path::Path;

use anyhow::Context as _;

use super::{Context, setup};
use crate::cli::ShowArgs;
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_tla::spec::{Spec, render_default};
use tandem_tla::tlc::process::SCRATCH;

pub(super) fn show(args: &ShowArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let instance = setup::one_instance(&args.selection, context, "show")?;
    let texts = setup::texts(args.specs.as_deref(), context)?;
    let spec = render_default(&texts, &instance)?;
    match &args.into {
        Some(folder) => write(&spec, folder, context)?,
        None => {
            for (name, content) in &spec.files {
                writeln!(context.out, "{:=<77}\n{name}\n{:=<77}\n{content}", "", "")?;
            }
            writeln!(context.out, "{:=<77}", "")?;
        }
    }
    let cancel = Cancel::on_signals()?;
    match setup::tlc_at_hand(&args.tlc, false, &cancel) {
        Ok(tlc) => {
            let (made, lacking) = (
                "In that folder:",
                "In a folder with these files and a folder tmp:",
            );
            let place = if args.into.is_some() { made } else { lacking };
            let command = tlc.command(&spec).command_line();
            writeln!(context.out, "{place}\n\n{command}")?;
        }
        // Only the files were requested; the command line is an addition for users who have TLC.
        Err(error) => writeln!(
            context.err,
            "the command that runs TLC is not shown: {error}"
        )?,
    }
    Ok(Standing::Pass)
}

/// Writes the files, and beside them the folder into which TLC unpacks its own modules.
fn write(spec: &Spec, folder: &Path, context: &mut Context<'_>) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder.join(SCRATCH))
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for (name, content) in &spec.files {
        let path = folder.join(name);
        std::fs::write(&path, content)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        writeln!(context.out, "{}", path.display())?;
    }
    Ok(())
}
