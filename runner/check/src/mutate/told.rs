//! The results of `tandem mutate`: the judgement, and the output as text and JSON.

use std::io::{self, Write};

use serde_json::{Value as Json, json};
use tandem_models::catalogue::Instance;

use super::accepted::Accepted;
use super::{Finding, Trial};
use crate::output::json::{VERSION, parameters, print};
use crate::report::Standing;

/// The results for the mutants of one variant.
pub struct Outcome {
    /// The variant.
    pub instance: Instance,
    /// The number of states of the original.
    pub states: usize,
    /// Every mutant that was tried.
    pub trials: Vec<Trial>,
    /// The number of mutants that were not tried, because the run was stopped.
    pub not_tried: usize,
}

/// The number of mutants by the check that finds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All mutants.
    pub mutants: usize,
    /// The mutants that are equivalent to the original.
    pub equivalent: usize,
    /// Found by a guarantee.
    pub guarantee: usize,
    /// Found by another check.
    pub check: usize,
    /// Found by the price alone.
    pub price: usize,
    /// Survivors: found by the comparison alone.
    pub comparison: usize,
    /// Survivors that are accepted.
    pub accepted: usize,
    /// Those whose result is not known.
    pub open: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.mutants += other.mutants;
        self.equivalent += other.equivalent;
        self.guarantee += other.guarantee;
        self.check += other.check;
        self.price += other.price;
        self.comparison += other.comparison;
        self.accepted += other.accepted;
        self.open += other.open;
    }

    /// The number of mutants whose graph differs from the original's.
    pub fn different(&self) -> usize {
        self.mutants - self.equivalent
    }

    /// The number of mutants that a guarantee, another check or the price finds.
    pub fn found(&self) -> usize {
        self.guarantee + self.check + self.price
    }

    /// This share in percent, rounded down to a tenth: 95.3.
    fn rate(&self) -> String {
        let tenths = (self.found() * 1000).checked_div(self.different());
        let tenths = tenths.unwrap_or(1000);
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    fn line(&self) -> String {
        let mut parts = vec![
            format!("{} equivalent", self.equivalent),
            format!("{} found by a guarantee", self.guarantee),
            format!("{} by another check", self.check),
            format!("{} by the price", self.price),
            format!("{} by the comparison only", self.comparison),
        ];
        if self.open > 0 {
            parts.push(format!("{} not decided", self.open));
        }
        format!("{} mutants: {}", self.mutants, parts.join(", "))
    }

    fn json(&self) -> Json {
        json!({
            "mutants": self.mutants,
            "equivalent": self.equivalent,
            "guarantee": self.guarantee,
            "check": self.check,
            "price": self.price,
            "comparison": self.comparison,
            "accepted": self.accepted,
            "open": self.open,
        })
    }
}

impl Outcome {
    /// Counts the mutants by the check that finds them.
    pub fn tally(&self, accepted: &Accepted) -> Tally {
        let mut tally = Tally {
            mutants: self.trials.len(),
            ..Tally::default()
        };
        for trial in &self.trials {
            match &trial.finding {
                Finding::Guarantee(..) => tally.guarantee += 1,
                Finding::Check(_) => tally.check += 1,
                Finding::Price => tally.price += 1,
                Finding::Equivalent => tally.equivalent += 1,
                Finding::Open(_) => tally.open += 1,
                Finding::Comparison => {
                    tally.comparison += 1;
                    tally.accepted += usize::from(accepted.reason(&trial.name).is_some());
                }
            }
        }
        tally
    }

    /// Whether every survivor is accepted, and every mutant was judged.
    pub fn standing(&self, accepted: &Accepted) -> Standing {
        let tally = self.tally(accepted);
        if tally.comparison > tally.accepted {
            Standing::Fail
        } else if tally.open > 0 || self.not_tried > 0 {
            Standing::Incomplete
        } else {
            Standing::Pass
        }
    }

    /// The mutants that are listed as survivors but do not survive, each with the reason.
    fn outdated<'a>(&'a self, accepted: &'a Accepted) -> Vec<(String, &'static str)> {
        if self.not_tried > 0 {
            return Vec::new();
        }
        let label = self.instance.label();
        let listed = accepted.of(&label);
        let outdated = listed.filter_map(|name| {
            let mut trials = self.trials.iter();
            let became = match trials.find(|trial| trial.name == name) {
                None => "no such mutant is made any more",
                Some(trial) => match trial.finding {
                    Finding::Comparison => return None,
                    Finding::Open(_) => "it was not decided",
                    Finding::Equivalent => "it has the graph of the original now",
                    _ => "it is found now",
                },
            };
            Some((name.to_owned(), became))
        });
        outdated.collect()
    }
}

fn found_by(trial: &Trial) -> (&'static str, Option<String>) {
    match &trial.finding {
        Finding::Guarantee(name, _) => ("guarantee", Some((*name).to_owned())),
        Finding::Check(what) => ("check", Some(what.clone())),
        Finding::Price => ("price", None),
        Finding::Comparison => ("comparison", None),
        Finding::Equivalent => ("equivalent", None),
        Finding::Open(cut_off) => ("open", Some(cut_off.to_string())),
    }
}

/// Writes one variant as text: the numbers and the survivors; with `all`, every mutant.
///
/// # Errors
///
/// If the result cannot be written.
pub fn outcome(
    out: &mut dyn Write,
    outcome: &Outcome,
    accepted: &Accepted,
    all: bool,
) -> io::Result<()> {
    let (instance, tally) = (&outcome.instance, outcome.tally(accepted));
    let passes = outcome.standing(accepted) == Standing::Pass;
    let mark = if passes { "✓" } else { "✗" };
    writeln!(out, "{mark} {instance} · {}", tally.line())?;
    for trial in &outcome.trials {
        let reason = accepted.reason(&trial.name);
        let said = match (&trial.finding, reason) {
            (Finding::Comparison, Some(reason)) => format!("survives, accepted: {reason}"),
            (Finding::Comparison, None) => "survives: only the comparison finds it".to_owned(),
            (Finding::Open(cut_off), _) => format!("not decided: {cut_off}"),
            (Finding::Guarantee(name, steps), _) if all => format!("{name}, {steps} steps"),
            (Finding::Check(what), _) if all => what.clone(),
            (Finding::Price, _) if all => "its price".to_owned(),
            (Finding::Equivalent, _) if all => "equivalent: the same graph".to_owned(),
            _ => continue,
        };
        let at = trial.elsewhere.as_ref();
        let at = at.map_or_else(String::new, |bounds| format!(", at {bounds}"));
        writeln!(out, "    {}: {said}{at}", trial.name)?;
    }
    for (name, became) in outcome.outdated(accepted) {
        writeln!(out, "    {name} is listed as a survivor: {became}")?;
    }
    if outcome.not_tried > 0 {
        writeln!(out, "    {} mutants were not tried", outcome.not_tried)?;
    }
    Ok(())
}

/// Writes all variants together: the table of protocols, and the rate.
///
/// # Errors
///
/// If the result cannot be written.
pub fn summary(out: &mut dyn Write, outcomes: &[Outcome], accepted: &Accepted) -> io::Result<()> {
    let mut rows: Vec<(&str, Tally)> = Vec::new();
    let mut total = Tally::default();
    for outcome in outcomes {
        let (name, tally) = (outcome.instance.description.name, outcome.tally(accepted));
        match rows.last_mut().filter(|(last, _)| *last == name) {
            Some((_, sum)) => sum.add(tally),
            None => rows.push((name, tally)),
        }
        total.add(tally);
    }
    if rows.len() > 1 {
        let heads = "mutants  equivalent  guarantee  check  price  comparison  accepted";
        writeln!(out, "\n{:<28}{heads}", "protocol")?;
        for (name, row) in &rows {
            writeln!(
                out,
                "{name:<28}{:>7}  {:>10}  {:>9}  {:>5}  {:>5}  {:>10}  {:>8}",
                row.mutants,
                row.equivalent,
                row.guarantee,
                row.check,
                row.price,
                row.comparison,
                row.accepted
            )?;
        }
    }
    writeln!(
        out,
        "\n{}\nOf {} mutants whose graph differs, a guarantee, another check or the price finds {}: {} %. \
         The comparison finds all of them.",
        total.line(),
        total.different(),
        total.found(),
        total.rate()
    )
}

/// Writes everything as JSON, as described in `docs/json.md`.
///
/// # Errors
///
/// If the result cannot be written.
pub fn json(
    out: &mut dyn Write,
    outcomes: &[Outcome],
    accepted: &Accepted,
    errors: &[String],
) -> anyhow::Result<()> {
    let mut total = Tally::default();
    let variants: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            let tally = outcome.tally(accepted);
            total.add(tally);
            variant(outcome, tally, accepted)
        })
        .collect();
    let total = total.json();
    let all = json!({
        "version": VERSION, "variants": variants, "total": total, "errors": errors,
    });
    print(out, &all)
}

fn variant(outcome: &Outcome, tally: Tally, accepted: &Accepted) -> Json {
    let mutants = outcome.trials.iter().map(|trial| {
        let (found_by, by) = found_by(trial);
        let steps = match trial.finding {
            Finding::Guarantee(_, steps) => Some(steps),
            _ => None,
        };
        json!({
            "name": trial.name,
            "action": trial.mutant.action,
            "change": trial.mutant.twist.to_string(),
            "found_by": found_by,
            "by": by,
            "steps": steps,
            "elsewhere": trial.elsewhere,
            "accepted": accepted.reason(&trial.name),
        })
    });
    let outdated = outcome.outdated(accepted).into_iter();
    let outdated = outdated.map(|(name, became)| json!({ "name": name, "why": became }));
    json!({
        "protocol": outcome.instance.description.name,
        "variant": outcome.instance.variant.name,
        "parameters": parameters(&outcome.instance),
        "states": outcome.states,
        "total": tally.json(),
        "mutants": mutants.collect::<Vec<_>>(),
        "outdated": outdated.collect::<Vec<_>>(),
        "not_tried": outcome.not_tried,
    })
}
