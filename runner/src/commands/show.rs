//! `tandem show`.

use std::path::Path;

use anyhow::Context;

use super::{Desk, setup};
use crate::cli::ShowArgs;
use crate::report::Standing;
use crate::spec::{Spec, render_default};
use crate::tlc::cancel::Cancel;

pub(super) fn show(args: &ShowArgs, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    let instances = setup::instances(&args.selection, desk, false)?;
    let [instance] = &instances[..] else {
        anyhow::bail!(
            "show is about one variant, and that names {}; say which, as in `tandem show outbox`",
            instances.len()
        );
    };
    let spec = render_default(instance)?;
    if let Some(folder) = &args.into {
        return write(&spec, folder, desk);
    }
    for (name, content) in &spec.files {
        writeln!(desk.out, "{:=<77}\n{name}\n{:=<77}\n{content}", "", "")?;
    }
    let cancel = Cancel::on_signals()?;
    let tlc = setup::tlc(&args.tlc, desk, &cancel)?;
    writeln!(desk.out, "{:=<77}\nIn a folder with these files:\n", "")?;
    writeln!(desk.out, "{}", tlc.command(&spec).command_line())?;
    Ok(Standing::Pass)
}

fn write(spec: &Spec, folder: &Path, desk: &mut Desk<'_>) -> anyhow::Result<Standing> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for (name, content) in &spec.files {
        let path = folder.join(name);
        std::fs::write(&path, content)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        writeln!(desk.out, "{}", path.display())?;
    }
    Ok(Standing::Pass)
}
