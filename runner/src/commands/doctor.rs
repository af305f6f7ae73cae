//! `tandem doctor` and `tandem tlc`.

use std::io::Write;
use std::path::Path;

use super::Context;
use crate::cli::{DoctorArgs, TlcCommand};
use tandem_check::report::Standing;
use tandem_search::cancel::Cancel;
use tandem_tla::tlc::env::Env;
use tandem_tla::tlc::jar::{self, Jar, JarError, RELEASES, Release};
use tandem_tla::tlc::java::Java;

pub(super) fn tlc(command: &TlcCommand, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let env = Env::from_process();
    let cancel = Cancel::on_signals()?;
    match command {
        TlcCommand::Install(args) => {
            let wanted = |release: &&&Release| args.release.as_deref() == Some(release.tlc);
            let wanted = RELEASES.iter().find(wanted).copied();
            let err = &mut context.err;
            let mut say = |text: &str| {
                // A progress message that cannot be written is no reason to stop.
                let _ = writeln!(err, "{text}");
            };
            let jar = jar::install(&env, wanted, &cancel, &mut say)?;
            writeln!(context.out, "{}", jar.path.display())?;
        }
        TlcCommand::Path(args) => {
            let jar = jar::locate(&env, args.tlc_jar.as_deref())?;
            writeln!(context.out, "{}", jar.path.display())?;
        }
        TlcCommand::Version(args) => {
            let jar = jar::locate(&env, args.tlc_jar.as_deref())?;
            let java = Java::find(&env, &cancel)?;
            writeln!(context.out, "{}", jar::version(&jar, &java, &env, &cancel)?)?;
        }
    }
    Ok(Standing::Pass)
}

/// Java and TLC are needed only for the TLA+ side. Without them the Rust side works, and the doctor
/// reports them as missing with exit code 2.
pub(super) fn doctor(args: &DoctorArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let env = Env::from_process();
    let cancel = Cancel::on_signals()?;
    writeln!(
        context.out,
        "✓ Rust models: {} protocols",
        context.catalogue.protocols().count()
    )?;
    let java = Java::find(&env, &cancel);
    match &java {
        Ok(java) => writeln!(
            context.out,
            "✓ Java: {} at {}",
            java.version,
            java.path.display()
        )?,
        Err(error) => writeln!(context.out, "✗ Java: {error}")?,
    }
    let jar = jar::locate(&env, args.jar.tlc_jar.as_deref());
    match &jar {
        Ok(jar) => writeln!(context.out, "✓ TLC: {jar}")?,
        Err(error @ JarError::NotInstalled { .. }) => {
            writeln!(context.out, "· TLC: {error} (it is installed on first use)")?;
        }
        Err(error) => writeln!(context.out, "✗ TLC: {error}")?,
    }
    if let (Ok(java), Ok(jar)) = (&java, &jar) {
        match jar::version(jar, java, &env, &cancel) {
            Ok(version) => {
                writeln!(context.out, "✓ TLC runs: {version}")?;
                older(jar, context)?;
            }
            Err(error) => {
                writeln!(context.out, "✗ TLC does not run: {error}")?;
                return Ok(Standing::Incomplete);
            }
        }
    }
    let scratch = scratch(&env.temp_dir);
    match &scratch {
        Ok(()) => writeln!(
            context.out,
            "✓ temporary folder: {}",
            env.temp_dir.display()
        )?,
        Err(error) => writeln!(
            context.out,
            "✗ temporary folder: {} cannot be written: {error}; set TMPDIR to one that can",
            env.temp_dir.display()
        )?,
    }
    let fine = java.is_ok()
        && scratch.is_ok()
        && !matches!(&jar, Err(error) if !matches!(error, JarError::NotInstalled { .. }));
    Ok(if fine {
        Standing::Pass
    } else {
        Standing::Incomplete
    })
}

/// Prints a note if a newer release exists and the current one is known to be older.
fn older(jar: &Jar, context: &mut Context<'_>) -> std::io::Result<()> {
    let [newest, ..] = RELEASES;
    match jar.release {
        Some(release) if release != newest => writeln!(
            context.out,
            "· {release} is an older release: `tandem tlc install` gets {newest} where {} can be \
             reached",
            newest.origin
        ),
        _ => Ok(()),
    }
}

/// Writes a small file into a folder, because the folder may exist while its disk is full.
pub(super) fn scratch(folder: &Path) -> std::io::Result<()> {
    let file = tempfile::NamedTempFile::new_in(folder)?;
    std::fs::write(file.path(), [0_u8; 4096])
}
