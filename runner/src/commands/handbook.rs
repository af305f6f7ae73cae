//! `tandem handbook`.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use tandem_check::report::Standing;
use tandem_handbook::Handbook;

use super::Context;

/// Writes all pages of the handbook into a folder.
pub(super) fn handbook(folder: &Path, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let handbook = Handbook::built_in()?;
    fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let files = handbook.files();
    for name in &files {
        let text = handbook.file(name)?;
        let text = text.with_context(|| format!("the handbook lacks its page {name}"))?;
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let (pages, first) = (files.len() - 1, folder.join("index.html"));
    writeln!(
        context.out,
        "{pages} pages; the first is {}",
        first.display()
    )?;
    Ok(Standing::Pass)
}
