//! `tandem check --save-trace`: counterexamples as files.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Context;
use tandem_check::report::{PropertyReport, Report, Verdict};
use tandem_explorer::export::{Exported, Files, Form};

pub(super) fn save(
    saves: &[(Form, Option<PathBuf>)],
    reports: &[Report],
    asked: &[String],
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    for (form, file) in saves {
        match file {
            None => {
                for report in reports {
                    for property in shown(report, asked) {
                        let stem = stem(*form, report, property);
                        save_one(*form, Path::new(""), &stem, report, property, context)?;
                    }
                }
            }
            Some(file) => {
                anyhow::ensure!(
                    reports.len() <= 1,
                    "--save-trace {form}={} names one file, and {} variants were checked; leave out the \
                     file, and each trace gets one of its own",
                    file.display(),
                    reports.len()
                );
                let first = reports.iter().find_map(|report| {
                    let property = shown(report, asked).into_iter().next()?;
                    Some((report, property))
                });
                if let Some((report, property)) = first {
                    let (folder, stem) = parts(*form, file)?;
                    save_one(*form, folder, &stem, report, property, context)?;
                }
            }
        }
    }
    let none = reports.iter().all(|report| shown(report, asked).is_empty());
    if none && !saves.is_empty() {
        writeln!(context.err, "no trace was saved: nothing is violated")?;
    }
    Ok(())
}

/// The properties whose traces are saved: the violated ones, claimed guarantees first; or the
/// properties requested by name, including witnesses.
fn shown<'r>(report: &'r Report, asked: &[String]) -> Vec<&'r PropertyReport> {
    let wanted = |property: &&PropertyReport| {
        let named = asked.iter().any(|name| name == property.name);
        property.trace.is_some() && (named || property.verdict == Verdict::Violated)
    };
    let mut shown: Vec<_> = report.properties.iter().filter(wanted).collect();
    shown.sort_by_key(|property| !property.broken_claim());
    shown
}

/// The name of a file without its extension. For a module it must be an identifier.
fn stem(form: Form, report: &Report, property: &PropertyReport) -> String {
    let label = report.instance.label();
    let stem = format!("{label}-{}", property.name);
    match form {
        Form::Tla | Form::Rust => stem.replace(|c: char| !c.is_alphanumeric(), "_"),
        _ => stem.replace(':', "-"),
    }
}

/// The folder of a file, and its name without extension.
fn parts(form: Form, file: &Path) -> anyhow::Result<(&Path, String)> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let end = format!(".{}", form.extension());
    let stem = name.strip_suffix(&end).with_context(|| {
        format!(
            "{} is no name for this form; it has to end in {end}",
            file.display()
        )
    })?;
    let identifier = stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    anyhow::ensure!(
        form != Form::Tla || identifier,
        "{stem} cannot be the name of a TLA+ module; use letters, digits and _"
    );
    Ok((file.parent().unwrap_or(Path::new("")), stem.to_owned()))
}

fn save_one(
    form: Form,
    folder: &Path,
    stem: &str,
    report: &Report,
    property: &PropertyReport,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let Some(trace) = &property.trace else {
        return Ok(());
    };
    let indices: Option<Vec<usize>> = trace.steps.iter().map(|step| step.index).collect();
    let Some(indices) = indices else {
        writeln!(
            context.err,
            "the trace of {} was not saved: it is not a path of the Rust model",
            property.name
        )?;
        return Ok(());
    };
    let exported = Exported {
        instance: &report.instance,
        indices,
        end: trace.end,
        property: Some(property.name),
        catalogue: context.catalogue.path(),
    };
    write(folder, &exported.files(form, stem)?, context)
}

/// Writes the files. The first one is overwritten. The others, which it needs, are written only if
/// they do not exist.
fn write(folder: &Path, files: &Files, context: &mut Context<'_>) -> anyhow::Result<()> {
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    for (place, (name, text)) in files.iter().enumerate() {
        let path = folder.join(name);
        let there = std::fs::read_to_string(&path).ok();
        let other = there.is_some_and(|there| there != *text);
        // The module and its configuration belong to the trace, the other files to the spec.
        anyhow::ensure!(
            place < 2 || !other,
            "{} is there already, with another text: save the trace into a folder of its own, as in \
             --save-trace tla=traces/{}",
            path.display(),
            files[0].0
        );
        std::fs::write(&path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    writeln!(context.err, "saved {}", folder.join(&files[0].0).display())?;
    Ok(())
}
