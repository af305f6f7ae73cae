//! `--watch`: repeats a command whenever a spec is saved.

use std::path::Path;

use anyhow::Context as _;
use tandem_check::report::Standing;
use tandem_check::watch::{By, Watched};
use tandem_search::cancel::Cancel;

use super::{Context, setup};
use crate::cli::WatchArgs;

/// Runs a command once, and again whenever a module is saved in the folder of the specs. An error, such
/// as a half-saved module, is reported, and the next save repeats the command.
///
/// # Errors
///
/// If the specs do not come from a folder, or the reader of the output has gone.
pub(super) fn watch(
    args: &WatchArgs,
    specs: Option<&Path>,
    context: &mut Context<'_>,
    mut command: impl FnMut(&mut Context<'_>) -> anyhow::Result<Standing>,
) -> anyhow::Result<Standing> {
    let texts = setup::texts(specs, context)?;
    let folder = texts.folder().context(
        "--watch needs modules in files, and these are built into the program: name their folder with \
         `--specs FOLDER`; `tandem show NAME --into FOLDER` writes them",
    )?;
    let by = if args.by_hand { By::Hand } else { By::Save };
    let cancel = Cancel::on_signals()?;
    let mut standing = Standing::Incomplete;
    Watched::new(folder, by).each(&cancel, || {
        standing = match command(context) {
            Ok(standing) => standing,
            Err(error) if super::reader_gone(&error) => return Err(error),
            Err(error) => {
                writeln!(context.err, "error: {error:#}")?;
                Standing::Incomplete
            }
        };
        let folder = folder.display();
        writeln!(
            context.err,
            "\nWatching {folder}: press Enter to run it again, or q and Enter to stop."
        )?;
        Ok(())
    })?;
    Ok(standing)
}
