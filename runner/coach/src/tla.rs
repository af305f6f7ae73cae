//! The TLA+ part of an exercise. One definition of the protocol's module is the learner's. The resulting
//! specification is checked against the guarantees and compared with the Rust model.
//!
//! The comparison is needed because a step that is never taken, a missing prime or a guard that is too
//! weak may leave every invariant true, but they change the graph.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use tandem_check::compare::{Comparison, TlaEngine, compare_instance};
use tandem_check::engine::tla_rs::TlaRs;
use tandem_check::engine::tlc::Tlc;
use tandem_check::engine::{Engine, EngineError};
use tandem_check::output::text;
use tandem_check::report::{PropertyReport, Report};
use tandem_models::catalogue::Instance;
use tandem_search::cancel::Cancel;
use tandem_search::limits::{Limits, Run};
use tandem_tla::spec::SpecTexts;

use crate::compare::tlc;
use crate::cut::{self, Cut};
use crate::definition::{Definition, TlaHole};
use crate::judge::Judgement;
use crate::learner::tla_instance;

/// The time limit for evaluating one answer.
const MOST: Duration = Duration::from_secs(60);

/// Whether this build can judge a TLA+ definition without Java.
pub const IN_PROCESS: bool = tandem_tla_rs::BUILT_IN;

/// The module of the exercise's protocol, with the learner's definition cut out.
///
/// # Errors
///
/// If the protocol or the definition does not exist.
pub fn cut_out(definition: &Definition, hole: &TlaHole) -> anyhow::Result<Cut> {
    let instance = tla_instance(definition, hole)?;
    let module = &instance.description.module;
    cut::cut(module.name, module.text, &hole.definition)
}

/// Judges the text of a definition and writes the result to `out`.
///
/// # Errors
///
/// If there is no engine for TLA+, or the exercise does not fit its protocol.
pub fn judge(
    definition: &Definition,
    hole: &TlaHole,
    own: &str,
    out: &mut dyn Write,
) -> anyhow::Result<Judgement> {
    let instance = tla_instance(definition, hole)?;
    let folder = tempfile::tempdir().context("a folder for the modules")?;
    for (name, text) in modules(&instance, hole, own)? {
        fs::write(folder.path().join(format!("{name}.tla")), text)?;
    }
    let texts = SpecTexts::in_folder(folder.path())?;
    let cancel = Cancel::new();
    let limits = Limits {
        max_states: Some(definition.demands.max_states),
        time_limit: Some(MOST),
        ..Limits::NONE
    };
    let run = Run::new(&limits, &cancel);
    let found = OnceLock::new();
    let at_hand = || found.get_or_init(|| tlc(&texts, &cancel).ok()).as_ref();
    let engine = TlaEngine::Quicker(&at_hand);
    let mut judgement = Judgement::default();
    let comparison = match compare_instance(&instance, false, (engine, &texts), &run) {
        Ok(comparison) => comparison,
        Err(error) => {
            judgement.refused = Some("text".to_owned());
            writeln!(out, "✗ {} cannot be checked: {error}", hole.definition)?;
            return Ok(judgement);
        }
    };
    judgement.states = comparison.tla.states;
    if comparison.difference.is_none() {
        writeln!(
            out,
            "✓ {}: the specification has the {} states and {} steps of the Rust model, and the same \
             guarantees are true in each state, by {}",
            hole.definition, comparison.tla.states, comparison.tla.transitions, comparison.engine
        )?;
        return Ok(judgement);
    }
    let report = checked(&texts, &instance, at_hand(), &run)?;
    refuse(out, (hole, &comparison), report.as_ref(), &mut judgement)?;
    Ok(judgement)
}

/// The modules of the specification with the learner's definition, by name.
fn modules(
    instance: &Instance,
    hole: &TlaHole,
    own: &str,
) -> anyhow::Result<BTreeMap<String, String>> {
    let module = &instance.description.module;
    let files = SpecTexts::built_in().modules(instance)?;
    let mut modules: BTreeMap<_, _> = files
        .into_iter()
        .map(|(file, text)| (file.trim_end_matches(".tla").to_owned(), text))
        .collect();
    let cut = cut::cut(module.name, module.text, &hole.definition)?;
    modules.insert(cut::before(module.name), cut.before);
    modules.insert(hole.definition.clone(), own.to_owned());
    modules.insert(module.name.to_owned(), cut.after);
    Ok(modules)
}

/// The verdicts on the specification with the learner's definition; `None` if it cannot be enumerated
/// completely.
fn checked(
    texts: &SpecTexts,
    instance: &Instance,
    tlc: Option<&Tlc>,
    run: &Run<'_>,
) -> anyhow::Result<Option<Report>> {
    let texts = texts.clone();
    let report = match (IN_PROCESS, tlc) {
        (true, _) => TlaRs { texts }.check(instance, run),
        (false, Some(tlc)) => tlc.check(instance, run),
        (false, None) => return Ok(None),
    };
    match report {
        Ok(report) => Ok(Some(report)),
        Err(EngineError::CutShort { .. } | EngineError::TlaRs { .. } | EngineError::Tlc { .. }) => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The counterexample of a violated guarantee. The explanation says that the Rust model cannot take this
/// path, so the definition is wrong.
fn told_in_terms_of_the_definition(
    out: &mut dyn Write,
    instance: &Instance,
    property: &PropertyReport,
) -> anyhow::Result<()> {
    let mut told = property.clone();
    let foreign = told.trace.as_mut().is_some_and(|trace| {
        let replayed = std::mem::replace(&mut trace.replayed, true);
        !replayed
    });
    crate::judge::story(out, instance, &told)?;
    if foreign {
        writeln!(
            out,
            "\nThe right handler cannot take this path: your definition allows a step in it that must not be \
             possible there."
        )?;
    }
    Ok(())
}

/// Explains why an answer is refused: by the shortest counterexample of a violated guarantee, or else by
/// the first difference from the Rust model.
fn refuse(
    out: &mut dyn Write,
    (hole, comparison): (&TlaHole, &Comparison),
    report: Option<&Report>,
    judgement: &mut Judgement,
) -> anyhow::Result<()> {
    let properties = report.iter().flat_map(|report| &report.properties);
    let violated: Vec<&PropertyReport> = properties.filter(|one| one.broken_claim()).collect();
    judgement.violated = violated
        .iter()
        .map(|one| (one.name.to_owned(), one.steps().unwrap_or(0)))
        .collect();
    let own = |name: &String| violated.iter().find(|one| one.name == name);
    let told = hole.turns.iter().find_map(own);
    let told = told.or_else(|| violated.iter().min_by_key(|one| one.steps()));
    match told {
        Some(property) => {
            judgement.refused = Some(property.name.to_owned());
            told_in_terms_of_the_definition(out, &comparison.instance, property)?;
        }
        None => {
            judgement.refused = Some("compare".to_owned());
            writeln!(
                out,
                "✗ No guarantee is violated, and still the specification is not that of the handler:"
            )?;
            text::comparison(out, comparison)?;
        }
    }
    Ok(())
}
