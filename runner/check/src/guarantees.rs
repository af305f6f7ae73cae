//! Compares the guarantees of both sides in every state of their common graph.
//!
//! Equal graphs show that both sides do the same, but not that both check the same: a `<` on one side
//! and a `<=` on the other may never change a verdict. So the truth of every guarantee and witness is
//! compared in every state. For a temporal guarantee this is the truth of its state predicate.

use stateright::Model;
use tandem_models::catalogue::Instance;
use tandem_models::kit::clause::Clause;
use tandem_models::kit::guarantees::{Predicate, When};
use tandem_models::kit::system::System;
use tandem_models::value::StateView;
use tandem_tla_rs::{Evaluator, SpecClause, state_predicates};

use crate::enumerate::Exploration;
use crate::trace::Trace;
use tandem_tla::graph::Graph;
use tandem_tla::spec::Spec;

/// A predicate that is evaluated in every state on both sides.
pub(crate) struct Asked {
    /// The name of the guarantee or witness.
    pub(crate) name: &'static str,
    /// The predicate in TLA+.
    pub(crate) text: String,
    /// The predicate in Rust.
    pub(crate) holds: Predicate,
}

/// A guarantee or witness that is true on one side and false on the other, in some state.
pub struct TruthDifference {
    /// Its name.
    pub name: &'static str,
    /// The shortest path to a state in which the two sides differ.
    pub path: Trace,
    /// Its truth in Rust in that state; in TLA+ it is the opposite.
    pub rust: bool,
    /// The clauses of the guarantee in Rust.
    pub rust_clauses: Vec<Clause>,
    /// The conjuncts of its definition in TLA+; empty if the spec cannot be evaluated in this process.
    pub tla_clauses: Vec<SpecClause>,
    /// The file and line of its definition in TLA+.
    pub defined_at: Option<(String, usize)>,
    /// The number of raw states of the Rust model in which the two differ.
    pub states: usize,
}

/// The predicates to compare, and the names of temporal guarantees whose formula has another form in
/// TLA+. `read` is the parsed spec, if it could be parsed in this process.
pub(crate) fn asked(
    system: &System,
    spec: &Spec,
    read: Option<&Evaluator>,
) -> (Vec<Asked>, Vec<&'static str>) {
    let states = system.properties().into_iter().map(|property| Asked {
        name: property.name,
        text: property.name.to_owned(),
        holds: property.condition,
    });
    let mut asked: Vec<_> = states.collect();
    let mut left_out = Vec::new();
    for guarantee in system.liveness() {
        let name = guarantee.name;
        let rust = match guarantee.when {
            When::After(trigger) => vec![trigger, guarantee.holds],
            _ => vec![guarantee.holds],
        };
        let texts = match read {
            Some(read) => read.state_predicates(name),
            None => state_predicates(&spec.files, name),
        };
        match texts {
            Some(texts) if texts.len() == rust.len() => {
                let both = texts.into_iter().zip(rust);
                asked.extend(both.map(|(text, holds)| Asked { name, text, holds }));
            }
            _ => left_out.push(name),
        }
    }
    (asked, left_out)
}

/// The guarantees that differ, the one with the shortest path first. `truths` has, for each state of the
/// TLA+ graph (which equals the Rust graph), the truth of each predicate in `asked`.
pub(crate) fn differences(
    instance: &Instance,
    found: &Exploration,
    asked: &[Asked],
    (tla, truths): (&Graph, &[Vec<bool>]),
    spec: &Spec,
) -> Vec<TruthDifference> {
    let system = found.system();
    let (views, index) = (found.views(), tla.index());
    let twins = views.states().map(|view| index.get(&views.view(view)));
    let twins: Vec<_> = twins.map(|twin| twin.copied()).collect();
    let mut first: Vec<Option<(u32, usize)>> = vec![None; asked.len()];
    for (raw, view) in found.raws() {
        let Some(Some(twin)) = twins.get(view as usize) else {
            continue;
        };
        let state = found.state(raw);
        for (place, asked) in asked.iter().enumerate() {
            if (asked.holds)(system, &state) != truths[*twin][place] {
                let (_, states) = first[place].get_or_insert((raw, 0));
                *states += 1;
            }
        }
    }
    let mut differing: Vec<_> = asked.iter().zip(first).collect();
    differing.sort_by_key(|(_, first)| first.map(|(raw, _)| raw));
    let differing = differing
        .into_iter()
        .filter_map(|(asked, first)| Some((asked, first?)));
    let differences = differing.map(|(asked, (raw, states))| {
        let path = Trace::new(instance, system, &found.path(raw));
        let state = found.state(raw);
        let guarantees = instance.guarantees().into_iter();
        let mut named = guarantees.filter(|guarantee| guarantee.name == asked.name);
        let why = named.next().map(|guarantee| guarantee.why(system, &state));
        let (tla_clauses, defined_at) = in_tla(spec, asked.name, &path).unwrap_or_default();
        TruthDifference {
            name: asked.name,
            rust: (asked.holds)(system, &state),
            rust_clauses: why.unwrap_or_default(),
            tla_clauses,
            defined_at,
            path,
            states,
        }
    });
    differences.collect()
}

/// Conjuncts with their truth, and the file and line of the definition.
pub(super) type InTla = (Vec<SpecClause>, Option<(String, usize)>);

/// The conjuncts of an operator in the last state of a path, and where it is defined.
pub(super) fn in_tla(spec: &Spec, operator: &str, path: &Trace) -> Option<InTla> {
    let mut evaluator = Evaluator::new(&spec.files).ok()?;
    let place = evaluator.place(operator);
    let place = place.map(|place| (place.file.clone(), place.line));
    let looks = |evaluator: &Evaluator, state: &_, view: &StateView| {
        evaluator.view(state).is_ok_and(|seen| seen == *view)
    };
    let mut initial = evaluator.initial().ok()?.into_iter();
    let mut at = initial.find(|state| looks(&evaluator, state, &path.start))?;
    for step in &path.steps {
        let mut after = evaluator.steps(&at).ok()?.into_iter();
        (_, at) = after.find(|(_, after)| looks(&evaluator, after, &step.state))?;
    }
    Some((evaluator.clauses(operator, &at), place))
}
