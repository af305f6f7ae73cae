//! The Rust side of a comparison with a user's spec: a plain model, or an
//! instance of the catalogue.

use std::collections::BTreeSet;

use stateright::{Expectation, Model};
use tandem_models::catalogue::Instance;
use tandem_models::value::{StateView, Value};
use tandem_search::Node;
use tandem_search::limits::Run;
use tandem_tla::graph::Graph;

use super::explore::{Found, Moves, explore};
use super::names::{Names, Vocabulary};
use super::view::Variables;
use super::{PlainError, Viewed};
use crate::engine::graph::replayable;
use crate::enumerate::explore_with;
use crate::fairness::{Declared, Fair, in_rust};
use crate::trace::Trace;

/// The truth of a property in all states of the graph.
pub(super) struct Truths {
    /// The name of the property in Rust.
    pub(super) name: String,
    /// Whether a state decides it. This is not the case for `eventually`, which is a temporal formula in
    /// the spec.
    pub(super) of_states: bool,
    /// For each view: whether the property is false, and whether it is true, in a raw state with that
    /// view.
    pub(super) seen: Vec<[bool; 2]>,
}

/// The Rust side: a complete graph with the names of the spec, and the properties to compare.
pub struct Side<'a> {
    pub(super) label: String,
    pub(super) graph: Graph,
    /// The names of variables and actions in Rust.
    variables: BTreeSet<String>,
    actions: BTreeSet<String>,
    pub(super) moves: Moves,
    pub(super) raw_states: usize,
    pub(super) clash: Option<[Trace; 2]>,
    pub(super) truths: Vec<Truths>,
    /// The declared fairness, with the names of the spec. `None` is the disjunction of all actions.
    pub(super) fairness: Vec<(Option<String>, Fair)>,
    pub(super) constants: Vec<(String, Value)>,
    /// The first raw state of each view.
    pub(super) first: Vec<Node>,
    pub(super) path_to: PathTo<'a>,
}

/// The shortest path to a raw state.
type PathTo<'a> = Box<dyn Fn(Node) -> Result<Trace, PlainError> + 'a>;

impl Side<'_> {
    /// The names that the Rust side uses.
    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary {
            variables: &self.variables,
            actions: &self.actions,
            properties: self
                .truths
                .iter()
                .map(|truths| truths.name.clone())
                .collect(),
            constants: &self.constants,
        }
    }

    /// The declared fairness by the names of the spec. `all` is the set of names in the disjunction of
    /// all actions.
    pub(super) fn declared(&self, all: &BTreeSet<String>) -> Declared {
        let all = all
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" \\/ ");
        let mut declared = Declared::new();
        for (name, fair) in &self.fairness {
            let name = name.clone().unwrap_or_else(|| all.clone());
            declared.entry(name).or_default().insert(*fair);
        }
        declared
    }
}

/// The Rust side of a plain model.
pub(super) fn of_model<'a, M: Viewed>(
    model: &'a M,
    names: &Names,
    run: &Run<'_>,
) -> Result<Side<'a>, PlainError> {
    let mut found = explore(model, names, run)?;
    if let Some(cut_off) = found.raw.cut_off {
        return Err(PlainError::Incomplete(cut_off));
    }
    let clash = found
        .clash
        .map(|(one, other)| Ok([found.path_to(one)?, found.path_to(other)?]));
    let clash = clash.transpose().map_err(|error: PlainError| error)?;
    let truths = truths(&found)?;
    let several = |name: &str| {
        found
            .raw
            .actions
            .iter()
            .filter(|action| action.name == name)
            .count()
            > 1
    };
    let fairness = model.fairness().into_iter().map(|fair| {
        let each = !fair.is_together() && fair.name().is_some_and(several);
        let strong = fair.is_strong();
        let name = fair.name().map(|name| found.names.action(name).to_owned());
        (name, Fair { strong, each })
    });
    let constants = model.constants().into_iter();
    let actions = found.raw.actions.iter().map(|action| action.name.clone());
    let initial = match found.raw.states() {
        0 => None,
        _ => Some(found.raw.node(0)?),
    };
    let variables = match &initial {
        Some(state) => own_names(&model.view(state).variables().map_err(PlainError::View)?),
        None => BTreeSet::new(),
    };
    Ok(Side {
        label: "the Rust model".to_owned(),
        fairness: fairness.collect(),
        constants: constants
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        graph: std::mem::take(&mut found.graph),
        variables,
        actions: actions.collect(),
        moves: std::mem::take(&mut found.moves),
        first: found.first.clone(),
        raw_states: found.raw.states() as usize,
        clash,
        truths,
        path_to: Box::new(move |raw| found.path_to(raw)),
    })
}

/// The names of the variables of a view.
fn own_names(view: &StateView) -> BTreeSet<String> {
    view.keys().map(ToString::to_string).collect()
}

fn truths<M: Viewed>(found: &Found<'_, M>) -> Result<Vec<Truths>, PlainError> {
    let properties = found.model.properties();
    let none = vec![[false; 2]; found.graph.states.len()];
    let mut truths: Vec<_> = properties
        .iter()
        .map(|property| Truths {
            name: property.name.to_owned(),
            of_states: property.expectation != Expectation::Eventually,
            seen: none.clone(),
        })
        .collect();
    for node in 0..found.raw.states() {
        let state = found.raw.node(node)?;
        let view = found.view_of[node as usize];
        for (property, truths) in properties.iter().zip(&mut truths) {
            let holds = (property.condition)(found.model, &state);
            truths.seen[view][usize::from(holds)] = true;
        }
    }
    Ok(truths)
}

/// The Rust side of an instance of the catalogue.
///
/// # Errors
///
/// If it cannot be enumerated completely, or a handler cannot be replayed.
pub fn of_instance<'a>(
    instance: &'a Instance,
    names: &Names,
    run: &Run<'_>,
) -> Result<Side<'a>, PlainError> {
    let found = explore_with(&instance.system(), false, run);
    replayable(instance, &found)?;
    if let Some(cut_off) = found.cut_off {
        return Err(PlainError::Incomplete(cut_off));
    }
    let names = names.clone();
    let renamed = |trace: Trace| in_names(&names, trace);
    let trace = |raw| renamed(Trace::new(instance, found.system(), &found.path(raw)));
    let clash = found.clash().map(|(one, other)| [trace(one), trace(other)]);
    let fairness = in_rust(instance, &found)
        .into_iter()
        .flat_map(|(name, fair)| {
            let name = names.action(&name).to_owned();
            fair.into_iter().map(move |fair| (Some(name.clone()), fair))
        });
    let fairness = fairness.collect();
    let mut graph = found.graph();
    let variables = graph.states.first().map(own_names).unwrap_or_default();
    let actions = found.fired().into_keys().map(str::to_owned).collect();
    let mut first = vec![Node::MAX; graph.states.len()];
    for (raw, view) in found.raws() {
        let known = &mut first[view as usize];
        *known = raw.min(*known);
    }
    let mut truths: Vec<_> = found
        .system()
        .properties()
        .iter()
        .map(|property| Truths {
            name: property.name.to_owned(),
            of_states: true,
            seen: vec![[false; 2]; graph.states.len()],
        })
        .collect();
    let asked = found.system().properties();
    for (raw, view) in found.raws() {
        let state = found.state(raw);
        for (property, truths) in asked.iter().zip(&mut truths) {
            let holds = (property.condition)(found.system(), &state);
            truths.seen[view as usize][usize::from(holds)] = true;
        }
    }
    for view in &mut graph.states {
        *view = names.view(std::mem::take(view));
    }
    for steps in &mut graph.steps {
        let renamed = std::mem::take(steps).into_iter();
        *steps = renamed
            .map(|(name, to)| (names.action(&name).into(), to))
            .collect();
    }
    // All raw states with the same view have the same steps, unless `clash` names two that do not.
    let moves = graph.steps.iter().zip(&first).map(|(steps, raw)| {
        let steps = steps.iter().map(|step| (step.clone(), *raw));
        steps.collect()
    });
    Ok(Side {
        moves: moves.collect(),
        variables,
        actions,
        first,
        label: instance.to_string(),
        raw_states: found.size().raw_states,
        fairness,
        constants: Vec::new(),
        clash,
        truths,
        graph,
        path_to: Box::new(move |raw| {
            let trace = Trace::new(instance, found.system(), &found.path(raw));
            Ok(in_names(&names, trace))
        }),
    })
}

/// A path with the names of the spec.
fn in_names(names: &Names, mut trace: Trace) -> Trace {
    trace.start = names.view(trace.start);
    for step in &mut trace.steps {
        step.action = names.action(&step.action).to_owned();
        step.state = names.view(std::mem::take(&mut step.state));
    }
    trace
}
