//! Enumerates the state graph of a protocol's model completely, and merges states with the same view.
//!
//! Stateright 0.31 does not return shortest counterexamples and has no views, so paths, counts and the
//! graph come from here. They are the same in every run. States are compared exactly, not by hashes.

mod around;
mod cells;
mod path;
mod space;
mod states;
mod truth;
mod unfolded;
mod views;
mod walks;

use std::collections::BTreeMap;
use std::sync::Arc;

use tandem_models::kit::guarantees::{Guarantee, When};
use tandem_models::kit::replay::Breach;
use tandem_models::kit::system::{State, System};

pub use around::Distances;
pub use path::{End, Path};
use path::{path_to, through};
pub use space::Folded;
pub use states::Form;
use states::States;
use tandem_search::limits::{CutOff, Run};
use tandem_search::liveness::{Fairness, Formula, Lasso, violation};
use tandem_search::numerals::thousands;
use tandem_search::space::Space;
use tandem_search::visited::VisitedSet;
use tandem_search::{
    Action, Bits, Explored, Keep, Label, Node, Transitions, deadlock, search, search_telling,
};
pub use unfolded::Unfolded;
pub use views::Views;
pub use walks::{Met, Walks, walk};

/// The result of an enumeration.
pub struct Exploration {
    /// The symmetry reduction that was applied.
    pub folded: Folded,
    /// Whether symmetry reduction was requested.
    symmetric: bool,
    found: Explored<States>,
    /// The number of the view of each raw state.
    view_of: Vec<u32>,
    /// For each view, the first raw state that has it.
    first_of_view: Vec<Node>,
    /// For each label, the first label whose action has the same name.
    names: Vec<Label>,
    /// For each of these first labels, the number of steps between distinct views.
    steps_of_views: Vec<usize>,
    /// For each property, in the model's order: the first raw state that decides it.
    pub decided: Vec<Option<Node>>,
    /// Why the enumeration is incomplete, if it is.
    pub cut_off: Option<CutOff>,
    /// A handler that broke the rules of replay, and the raw state in which it did.
    pub breach: Option<(Node, Breach)>,
}

/// The size of an enumerated graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Raw states.
    pub raw_states: usize,
    /// Distinct views.
    pub states: usize,
    /// Steps between distinct views.
    pub transitions: usize,
    /// The number of states on the longest of all shortest paths.
    pub depth: usize,
}

/// Enumerates the model.
pub fn explore(system: &System, run: &Run<'_>) -> Exploration {
    explore_with(system, false, run)
}

/// Enumerates the model, and calls `tell` for each violated invariant and each reached witness, with its
/// index in [`System::asked`], as soon as its shortest path is certain. The final result has the same path. Liveness is judged on the whole graph, so `tell` is not called for it.
pub fn explore_telling(
    system: &System,
    run: &Run<'_>,
    decided: &mut dyn FnMut(usize, &Path),
) -> Exploration {
    let asked = system.asked().len();
    explored(system, (false, Form::Fitting), run, &mut |found, place| {
        if let Some(raw) = found.decided[place].filter(|_| place < asked) {
            decided(place, &path_to(found, &found.space().actions(), raw));
        }
    })
}

/// Enumerates the model with symmetry reduction: merges states that differ only in the order of handler
/// slots, or in the names of interchangeable messages. Verdicts on states and the lengths of shortest
/// paths are those of the whole graph. Liveness is not judged.
pub fn explore_symmetric(system: &System, run: &Run<'_>) -> Exploration {
    explore_with(system, true, run)
}

/// Enumerates the model with or without symmetry reduction.
pub fn explore_with(system: &System, symmetric: bool, run: &Run<'_>) -> Exploration {
    explored(system, (symmetric, Form::Fitting), run, &mut |_, _| {})
}

/// Enumerates the model with states in the given form. The form must not affect the result.
pub fn explore_in(form: Form, system: &System, run: &Run<'_>) -> Exploration {
    explored(system, (false, form), run, &mut |_, _| {})
}

fn explored(
    system: &System,
    (symmetric, form): (bool, Form),
    run: &Run<'_>,
    settled: &mut dyn FnMut(&Explored<States>, usize),
) -> Exploration {
    let states = States::new(Arc::new(system.remembering()), symmetric, form);
    let found = search_telling(states, Keep::Graph, run, settled);
    let states = found.space();
    let mut views = VisitedSet::new();
    let mut view_of = Vec::with_capacity(found.states() as usize);
    let mut first_of_view = Vec::new();
    for raw in 0..found.states() {
        let (view, new) = views.meet(states.look(found.key(raw)));
        if new {
            first_of_view.push(raw);
        }
        view_of.push(view);
    }
    drop(views);
    let mut decided = found.decided.clone();
    let broken = decided.pop().flatten();
    decided.truncate(states.system().asked().len());
    let mut exploration = Exploration {
        folded: states.folded(),
        symmetric,
        view_of,
        first_of_view,
        steps_of_views: vec![0; found.actions.len()],
        names: first_labels(&found.actions),
        decided,
        cut_off: found.cut_off,
        breach: None,
        found,
    };
    exploration.breach = broken.and_then(|raw| Some((raw, exploration.breach_at(raw)?)));
    exploration.count();
    exploration
}

/// Only searches and decides the properties of states, as Stateright's checkers do, without graph, view
/// and liveness. Returns the number of raw states, and for each property whether it is decided.
pub fn decide(system: &System, run: &Run<'_>) -> (usize, Vec<bool>) {
    let mut spec = system.spec().clone();
    let always = |guarantee: &Guarantee| matches!(guarantee.when, When::Always);
    spec.guarantees.retain(always);
    let system = Arc::new(System::new(spec).remembering());
    let found = search(
        States::new(Arc::clone(&system), false, Form::Fitting),
        Keep::Paths,
        run,
    );
    let decided = found.decided.iter().take(system.asked().len());
    let decided = decided.map(Option::is_some).collect();
    (found.states() as usize, decided)
}

/// For each label, the first label whose action has the same name. Steps between views do not distinguish
/// slots.
fn first_labels(actions: &[Action]) -> Vec<Label> {
    let first = |action: &Action| actions.partition_point(|other| other.name < action.name);
    let labels = actions.iter().map(first);
    labels
        .map(|label| Label::try_from(label).unwrap_or(Label::MAX))
        .collect()
}

impl Exploration {
    /// The model.
    pub fn system(&self) -> &Arc<System> {
        self.found.space().system()
    }

    /// The size of the graph.
    pub fn size(&self) -> Size {
        let deepest = self.first_of_view.iter();
        Size {
            raw_states: self.found.states() as usize,
            states: self.first_of_view.len(),
            transitions: self.steps_of_views.iter().sum(),
            depth: deepest.map(|raw| self.found.depth(*raw)).max().unwrap_or(0),
        }
    }

    /// For each action, the number of its steps between distinct views.
    pub fn fired(&self) -> BTreeMap<&str, usize> {
        let taken = self.actions().iter().zip(&self.steps_of_views);
        let taken = taken.filter(|(_, steps)| **steps > 0);
        taken
            .map(|(action, steps)| (&*action.name, *steps))
            .collect()
    }

    fn count(&mut self) {
        let mut counts = std::mem::take(&mut self.steps_of_views);
        for raw in &self.first_of_view {
            for (label, _) in self.through_view(*raw) {
                counts[usize::from(label)] += 1;
            }
        }
        self.steps_of_views = counts;
    }

    /// A sentence about the symmetry reduction and the number of representatives; `None` if it was not
    /// requested.
    pub fn symmetry(&self) -> Option<String> {
        let said = || match self.found.space().knows_symmetry() {
            true => self.folded.said_of(self.size().raw_states),
            false => "none, as symmetry is known only for systems with one endpoint".to_owned(),
        };
        self.symmetric.then(said)
    }

    /// A phrase about how much was enumerated.
    pub fn covered(&self) -> String {
        format!(
            "of {} raw states the steps of {} were taken, on {} levels",
            thousands(self.found.states() as usize),
            thousands(self.found.expanded()),
            thousands(self.found.levels().len())
        )
    }

    /// The actions, by label.
    pub fn actions(&self) -> &[Action] {
        &self.found.actions
    }

    /// The transitions between raw states.
    pub fn transitions(&self) -> &Transitions {
        &self.found.transitions
    }

    /// A raw state.
    pub fn state(&self, raw: Node) -> State {
        self.found.space().unpack(self.found.key(raw))
    }

    /// The raw states in the order in which they were found, each with the number of its view.
    pub fn raws(&self) -> impl Iterator<Item = (Node, u32)> {
        (0..).zip(self.view_of.iter().copied())
    }

    /// The shortest path to a raw state.
    pub fn path(&self, to: Node) -> Path {
        path_to(&self.found, self.actions(), to)
    }

    /// The breach of the rules of replay in a raw state. Its text names messages as they are named on the
    /// shortest path to that state.
    fn breach_at(&self, raw: Node) -> Option<Breach> {
        let (system, path) = (self.system(), self.path(raw));
        let breach = system.breach(path.last()).cloned();
        breach.or_else(|| system.breach(&self.state(raw)).cloned())
    }

    /// The path of a lasso.
    fn lasso(&self, lasso: &Lasso) -> Path {
        let steps = lasso.stem.iter().chain(&lasso.cycle);
        let end = match lasso.cycle.is_empty() {
            true => End::Stutters,
            false => End::Repeats(lasso.stem.len()),
        };
        let steps = steps.map(|step| (step.label, step.to));
        through(&self.found, self.actions(), lasso.start, steps, end)
    }

    /// The nearest deadlock: a state without a step in which the system is not at rest. Returns `None` if
    /// the search was cut off, because steps may be missing.
    pub fn deadlock(&self) -> Option<Node> {
        if self.cut_off.is_some() {
            return None;
        }
        let states = self.found.space();
        let expanded = self.found.transitions.states();
        let at_rest = |raw: Node| states.at_rest(self.found.key(raw));
        deadlock(
            &self.found.transitions,
            &Bits::where_true(expanded, at_rest),
        )
    }

    /// For each temporal guarantee, a violating behaviour with the shortest stem, if there is one. Empty
    /// if the graph is incomplete or was reduced by symmetry.
    pub fn liveness(&self) -> BTreeMap<&'static str, Option<Path>> {
        if self.cut_off.is_some() || self.folded.any() {
            return BTreeMap::new();
        }
        let size = self.found.states() as usize;
        let initial: Vec<Node> = (0..self.found.initial).collect();
        let fair = (0..).zip(self.actions());
        let fair = fair.filter(|(_, action)| self.system().is_fair(&action.name));
        let fairness: Vec<_> = fair.map(|(label, _)| Fairness::weak([label])).collect();
        let kept = self.found.truths.iter().filter(|truth| !truth.is_empty());
        let mut kept = kept.map(|truth| Bits::where_true(size, |node| truth[node as usize]));
        let mut next = || kept.next().unwrap_or_else(|| Bits::none(size));
        let liveness = self.system().liveness().into_iter().map(|guarantee| {
            let holds = next();
            let formula = match guarantee.when {
                // This guarantee is not temporal.
                When::Always => return (guarantee.name, None),
                When::Eventually => Formula::Eventually(holds),
                When::AlwaysEventually => Formula::AlwaysEventually(holds),
                When::EventuallyAlways => Formula::EventuallyAlways(holds),
                When::After(_) => Formula::LeadsTo(next(), holds),
            };
            let lasso = violation(&self.found.transitions, &initial, &formula, &fairness);
            // The graph is complete, so this is not an error.
            let lasso = lasso.ok().flatten();
            (guarantee.name, lasso.map(|lasso| self.lasso(&lasso)))
        });
        liveness.collect()
    }

    /// Two raw states with the same view but different steps, which means that the view lacks something.
    pub fn clash(&self) -> Option<(Node, Node)> {
        (0..self.found.states())
            .map(|raw| (self.first_of_view[self.view_of[raw as usize] as usize], raw))
            .filter(|(first, raw)| first != raw)
            .find(|(first, raw)| self.through_view(*first) != self.through_view(*raw))
    }

    /// The steps of a raw state in terms of views, without repetition.
    fn through_view(&self, raw: Node) -> Vec<(Label, u32)> {
        // States from here on were not expanded.
        if raw as usize >= self.found.transitions.states() {
            return Vec::new();
        }
        let view = self.view_of[raw as usize];
        let steps = self.found.transitions.of(raw).map(|step| {
            let name = self.names[usize::from(step.label)];
            (name, self.view_of[step.to as usize])
        });
        let mut steps: Vec<_> = steps.filter(|(_, to)| *to != view).collect();
        steps.sort_unstable();
        steps.dedup();
        steps
    }
}
