//! The results of `tandem mutate --spec`: the judgement, and the output as text and JSON.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use super::accepted::Accepted;
use super::spec::SpecFinding;
use crate::output::json::{VERSION, print};
use crate::report::Standing;

/// The results for the mutants of one module.
pub struct SpecOutcome {
    /// The module.
    pub module: &'static str,
    /// The instances at which they were compared, the smallest first.
    pub instances: Vec<String>,
    /// Each mutant: its name with that of the module, its line, and what finds it.
    pub trials: Vec<(String, usize, SpecFinding)>,
    /// The number of mutants that were not tried, because the run was stopped.
    pub not_tried: usize,
}

/// The kinds of findings, in the order of the output.
const KINDS: [&str; 6] = [
    "refused",
    "graph",
    "guarantee",
    "fairness",
    "nothing",
    "open",
];

fn kind(finding: &SpecFinding) -> (&'static str, Option<&str>) {
    match finding {
        SpecFinding::Refused => ("refused", None),
        SpecFinding::Graph(at) => ("graph", Some(at)),
        SpecFinding::Guarantee(at) => ("guarantee", Some(at)),
        SpecFinding::Fairness(at) => ("fairness", Some(at)),
        SpecFinding::Nothing => ("nothing", None),
        SpecFinding::Open(why) => ("open", Some(why)),
    }
}

impl SpecOutcome {
    fn count(&self, of: &str) -> usize {
        let kinds = self.trials.iter().map(|(_, _, finding)| kind(finding).0);
        kinds.filter(|kind| *kind == of).count()
    }

    /// Whether every survivor is accepted, and every mutant was judged.
    pub fn standing(&self, accepted: &Accepted) -> Standing {
        let mut survivors = self
            .trials
            .iter()
            .filter(|(_, _, by)| *by == SpecFinding::Nothing);
        if survivors.any(|(name, _, _)| accepted.reason(name).is_none()) {
            Standing::Fail
        } else if self.count("open") > 0 || self.not_tried > 0 {
            Standing::Incomplete
        } else {
            Standing::Pass
        }
    }

    /// The mutants that are listed as survivors but do not survive.
    fn outdated<'a>(&'a self, accepted: &'a Accepted) -> Vec<&'a str> {
        if self.not_tried > 0 {
            return Vec::new();
        }
        let survives = |listed: &&str| {
            let mut trials = self.trials.iter();
            trials.any(|(name, _, by)| name == listed && *by == SpecFinding::Nothing)
        };
        accepted
            .of(self.module)
            .filter(|name| !survives(name))
            .collect()
    }
}

/// Writes one module as text: the numbers and the survivors; with `all`, every mutant.
///
/// # Errors
///
/// If the result cannot be written.
pub fn outcome(
    out: &mut dyn Write,
    outcome: &SpecOutcome,
    accepted: &Accepted,
    all: bool,
) -> io::Result<()> {
    let passes = outcome.standing(accepted) == Standing::Pass;
    let mark = if passes { "✓" } else { "✗" };
    let counts = KINDS.map(|kind| format!("{kind} {}", outcome.count(kind)));
    let mutants = outcome.trials.len();
    let module = outcome.module;
    writeln!(
        out,
        "{mark} {module} · {mutants} mutants: {}",
        counts.join(", ")
    )?;
    for (name, line, finding) in &outcome.trials {
        let reason = accepted.reason(name);
        let said = match (kind(finding), reason) {
            (("nothing", _), Some(reason)) => format!("survives, accepted: {reason}"),
            (("nothing", _), None) => "survives: no instance differs".to_owned(),
            (("open", why), _) => format!("not decided: {}", why.unwrap_or_default()),
            ((kind, Some(at)), _) if all => format!("{kind}, at {at}"),
            ((kind, None), _) if all => kind.to_owned(),
            _ => continue,
        };
        writeln!(out, "    {name}, line {line}: {said}")?;
    }
    for name in outcome.outdated(accepted) {
        writeln!(
            out,
            "    {name} is listed as a survivor, but does not survive"
        )?;
    }
    if outcome.not_tried > 0 {
        writeln!(out, "    {} mutants were not tried", outcome.not_tried)?;
    }
    Ok(())
}

/// Writes everything as JSON, as described in `docs/json.md`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn json(
    out: &mut dyn Write,
    outcomes: &[SpecOutcome],
    accepted: &Accepted,
) -> anyhow::Result<()> {
    let modules: Vec<_> = outcomes.iter().map(|one| module(one, accepted)).collect();
    print(out, &json!({ "version": VERSION, "modules": modules }))
}

fn module(outcome: &SpecOutcome, accepted: &Accepted) -> Json {
    let mutants = outcome.trials.iter().map(|(name, line, finding)| {
        let (found_by, by) = kind(finding);
        json!({
            "name": name,
            "line": line,
            "found_by": found_by,
            "by": by,
            "accepted": accepted.reason(name),
        })
    });
    json!({
        "module": outcome.module,
        "instances": outcome.instances,
        "mutants": mutants.collect::<Vec<_>>(),
        "outdated": outcome.outdated(accepted),
        "not_tried": outcome.not_tried,
    })
}
